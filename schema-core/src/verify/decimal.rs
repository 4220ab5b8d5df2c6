//! Decimal numbers as text: whether a type's range holds them.

use super::message::Digits;

/// A number's significant digits and where its decimal point lies: `0.d₀d₁d₂… × 10^point`, `d₀` not zero.
pub(crate) struct Decimal {
    digits: [u8; Decimal::KEPT],
    len: usize,
    point: i64,
}

impl Decimal {
    /// Digits kept; what follows cannot decide more than a rounding in the last of them.
    const KEPT: usize = 1024;

    /// Reads digits with an optional sign, fraction and exponent, as Rust writes a float literal; `None` for
    /// anything else.
    pub(crate) const fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut number = Self {
            digits: [0; Self::KEPT],
            len: 0,
            point: 0,
        };
        let mut i = (!bytes.is_empty() && (bytes[0] == b'-' || bytes[0] == b'+')) as usize;
        let (mut seen, mut fraction) = (false, false);
        while i < bytes.len() {
            match bytes[i] {
                b'0'..=b'9' => {
                    seen = true;
                    number.append(bytes[i], fraction);
                }
                b'.' if !fraction => fraction = true,
                b'_' => {}
                b'e' | b'E' if seen => {
                    let (_, exponent) = bytes.split_at(i + 1);
                    return match parse_exponent(exponent) {
                        Some(exponent) => {
                            number.point += exponent;
                            Some(number)
                        }
                        None => None,
                    };
                }
                _ => return None,
            }
            i += 1;
        }
        if seen { Some(number) } else { None }
    }

    pub(crate) const fn of(value: i128) -> Self {
        match Self::parse(Digits::of(value.unsigned_abs()).as_str()) {
            Some(number) => number,
            None => panic!("digits are a number"),
        }
    }

    const fn append(&mut self, digit: u8, fraction: bool) {
        if self.len == 0 && digit == b'0' {
            self.point -= fraction as i64;
            return;
        }
        if self.len < Self::KEPT {
            self.digits[self.len] = digit - b'0';
            self.len += 1;
        }
        self.point += !fraction as i64;
    }

    const fn is_zero(&self) -> bool {
        self.len == 0
    }

    /// Whether NUMERIC(precision, scale) holds it, rounded to the scale as PostgreSQL rounds
    /// ([Arbitrary Precision Numbers](https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL)).
    pub(crate) const fn fits(&self, precision: u16, scale: i16) -> bool {
        let room = precision as i64 - scale as i64;
        if self.is_zero() || self.point < room {
            return true;
        }
        self.point == room && !self.carries(precision as usize)
    }

    /// Whether rounding to the first `kept` digits needs one more.
    const fn carries(&self, kept: usize) -> bool {
        if kept >= self.len || self.digits[kept] < 5 {
            return false;
        }
        let mut i = 0;
        while i < kept {
            if self.digits[i] != 9 {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Whether it lies between the least positive and the greatest number of a binary float.
    pub(crate) const fn fits_float(&self, least: &Self, greatest: &Self) -> bool {
        self.is_zero() || (!self.is_below(least) && !greatest.is_below(self))
    }

    const fn is_below(&self, other: &Self) -> bool {
        if self.point != other.point {
            return self.point < other.point;
        }
        let mut i = 0;
        while i < self.len || i < other.len {
            let left = if i < self.len { self.digits[i] } else { 0 };
            let right = if i < other.len { other.digits[i] } else { 0 };
            if left != right {
                return left < right;
            }
            i += 1;
        }
        false
    }
}

/// Reads an exponent; one far outside every range is cut, not wrapped.
const fn parse_exponent(bytes: &[u8]) -> Option<i64> {
    let negative = !bytes.is_empty() && bytes[0] == b'-';
    let mut i = (negative || (!bytes.is_empty() && bytes[0] == b'+')) as usize;
    if i == bytes.len() {
        return None;
    }
    let mut value: i64 = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'0'..=b'9' if value < 1_000_000 => value = value * 10 + (bytes[i] - b'0') as i64,
            b'0'..=b'9' | b'_' => {}
            _ => return None,
        }
        i += 1;
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(text: &str, precision: u16, scale: i16) -> bool {
        Decimal::parse(text).unwrap().fits(precision, scale)
    }

    #[test]
    fn a_number_fits_by_its_digits_before_the_point() {
        assert!(fits("99.99", 4, 2));
        assert!(!fits("100", 4, 2));
        assert!(fits("0.00012", 2, 2));
        assert!(fits("-1e3", 4, 0));
        assert!(!fits("1e4", 4, 0));
        assert!(fits("12300", 3, -2));
        assert!(!fits("123000", 3, -2));
    }

    #[test]
    fn rounding_may_need_a_digit_more() {
        assert!(fits("99.994", 4, 2));
        assert!(!fits("99.995", 4, 2));
        assert!(fits("0.0994", 2, 3));
        assert!(!fits("0.0995", 2, 3));
    }

    #[test]
    fn zero_fits_everywhere() {
        assert!(fits("0", 1, 1));
        assert!(fits("-0.000e99", 1, 1));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "e5", "1e", "1e+", "1x", "1.2.3", "NaN"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn integers_are_read_whole() {
        assert!(Decimal::of(i128::MIN).fits(39, 0));
        assert!(!Decimal::of(i128::MIN).fits(38, 0));
    }
}
