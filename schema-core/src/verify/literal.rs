//! Text defaults of types that are not text: whether PostgreSQL reads them, as far as a constant can tell.
//!
//! What is accepted here may still be refused by the server; what is refused here never is accepted there.

use super::message::same;

/// Whether `uuid_in` reads it: 32 hexadecimal digits, a hyphen allowed after every four, braces around them allowed
/// ([UUID](https://www.postgresql.org/docs/current/datatype-uuid.html)).
pub(crate) const fn is_uuid(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    if let [b'{', inner @ .., b'}'] = bytes {
        bytes = inner;
    }
    let mut digits = 0;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'-' {
            if digits == 0 || digits % 4 != 0 || bytes[i - 1] == b'-' || digits == 32 {
                return false;
            }
        } else if bytes[i].is_ascii_hexdigit() {
            digits += 1;
        } else {
            return false;
        }
        i += 1;
    }
    digits == 32
}

/// Whether `byteain` reads it: behind `\x` pairs of hexadecimal digits, white space allowed between them; any other text
/// is in the escape format, which is not taken apart here
/// ([Binary Data Types](https://www.postgresql.org/docs/current/datatype-binary.html)).
pub(crate) const fn is_bytea(text: &str) -> bool {
    let [b'\\', b'x', digits @ ..] = text.as_bytes() else {
        return true;
    };
    let mut i = 0;
    while i < digits.len() {
        if digits[i].is_ascii_whitespace() {
            i += 1;
            continue;
        }
        if !digits[i].is_ascii_hexdigit() || i + 1 == digits.len() {
            return false;
        }
        if !digits[i + 1].is_ascii_hexdigit() {
            return false;
        }
        i += 2;
    }
    true
}

/// Whether it can be a date, a time or both: an ISO date is checked to the day, any other text only for having a
/// digit or being one of the words
/// ([Special Values](https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES)).
pub(crate) const fn is_datetime(text: &str, words: &[&str]) -> bool {
    let text = text.trim_ascii();
    if is_word(text, words) {
        return true;
    }
    let bytes = text.as_bytes();
    let mut digits = 0;
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'-' | b'+' | b':' | b'.' | b',' | b'/' | b'_' => {}
            _ => return false,
        }
        i += 1;
    }
    digits > 0 && is_iso_date(bytes)
}

/// Whether text that begins like `2024-01-31` names a day there is; true for text that does not begin so.
const fn is_iso_date(bytes: &[u8]) -> bool {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, ..] = bytes else {
        return true;
    };
    let parts = [*y0, *y1, *y2, *y3, *m0, *m1, *d0, *d1];
    let mut i = 0;
    while i < parts.len() {
        if !parts[i].is_ascii_digit() {
            return true;
        }
        i += 1;
    }
    let year = number(*y0, *y1) * 100 + number(*y2, *y3);
    let (month, day) = (number(*m0, *m1), number(*d0, *d1));
    1 <= month && month <= 12 && 1 <= day && day <= days(year, month)
}

const fn number(tens: u8, ones: u8) -> u32 {
    ((tens - b'0') * 10 + (ones - b'0')) as u32
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Whether it is one of the words, in any case.
pub(crate) const fn is_word(text: &str, words: &[&str]) -> bool {
    let mut i = 0;
    while i < words.len() {
        if text.eq_ignore_ascii_case(words[i]) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether it has a digit, as every interval and every network address has.
pub(crate) const fn has_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i].is_ascii_digit() {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether it is made of hexadecimal digits and the given separators.
pub(crate) const fn is_hex(text: &str, separators: &str) -> bool {
    let (bytes, separators) = (text.as_bytes(), separators.as_bytes());
    let mut i = 0;
    while i < bytes.len() {
        let mut known = bytes[i].is_ascii_hexdigit();
        let mut j = 0;
        while j < separators.len() {
            known |= bytes[i] == separators[j];
            j += 1;
        }
        if !known {
            return false;
        }
        i += 1;
    }
    !bytes.is_empty()
}

/// Whether it begins and ends as an array does: `{…}`, or `[1:2]={…}`.
pub(crate) const fn is_array(text: &str) -> bool {
    matches!(text.trim_ascii().as_bytes(), [b'{' | b'[', .., b'}'])
}

/// Whether it begins and ends as a range does, or is `empty`.
pub(crate) const fn is_range(text: &str) -> bool {
    let text = text.trim_ascii();
    text.eq_ignore_ascii_case("empty") || matches!(text.as_bytes(), [b'(' | b'[', .., b')' | b']'])
}

/// Whether it begins and ends as a multirange does.
pub(crate) const fn is_multirange(text: &str) -> bool {
    matches!(text.trim_ascii().as_bytes(), [b'{', .., b'}'])
}

/// Whether its first and last characters can be those of a JSON value.
pub(crate) const fn is_json(text: &str) -> bool {
    let text = text.trim_ascii();
    match text.as_bytes() {
        [b'{', .., b'}'] | [b'[', .., b']'] | [b'"', .., b'"'] => true,
        [b'-' | b'0'..=b'9', ..] => super::decimal::Decimal::parse(text).is_some(),
        _ => same(text, "null") || same(text, "true") || same(text, "false"),
    }
}

/// How many bits a bit string has; `None` when it is not one. A leading `b` or `x` says which digits follow.
pub(crate) const fn bits(text: &str) -> Option<u32> {
    let (digits, base, each) = match text.as_bytes() {
        [b'x' | b'X', rest @ ..] => (rest, 16, 4),
        [b'b' | b'B', rest @ ..] => (rest, 2, 1),
        all => (all, 2, 1),
    };
    let mut i = 0;
    while i < digits.len() {
        if !(digits[i] as char).is_digit(base) {
            return None;
        }
        i += 1;
    }
    Some(digits.len() as u32 * each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_32_digits_in_groups_of_four() {
        for text in [
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "A0EEBC999C0B4EF8BB6D6BB9BD380A11",
            "{a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11}",
        ] {
            assert!(is_uuid(text), "{text}");
        }
        for text in ["", "a0eebc99", "a0e-ebc999c0b4ef8bb6d6bb9bd380a11", "{}"] {
            assert!(!is_uuid(text), "{text}");
        }
    }

    #[test]
    fn an_iso_date_is_checked_to_the_day() {
        assert!(is_datetime("2024-02-29", &[]));
        assert!(is_datetime("2024-02-29 12:00:00+00", &[]));
        assert!(!is_datetime("2023-02-29", &[]));
        assert!(!is_datetime("2024-13-01", &[]));
    }

    #[test]
    fn other_dates_need_a_digit_or_a_known_word() {
        assert!(is_datetime("Jan 8, 1999", &[]));
        assert!(is_datetime(" Infinity", &["infinity"]));
        assert!(!is_datetime("soon", &["now"]));
    }

    #[test]
    fn json_is_told_by_its_ends() {
        for text in ["{}", "[1]", "null", "-1.5e3", "\"a\""] {
            assert!(is_json(text), "{text}");
        }
        for text in ["", "{", "nil", "'a'", "1x"] {
            assert!(!is_json(text), "{text}");
        }
    }

    #[test]
    fn bit_strings_are_binary_or_hexadecimal() {
        assert_eq!(
            (bits("0101"), bits("b01"), bits("x1F"), bits("012")),
            (Some(4), Some(2), Some(8), None)
        );
    }
}
