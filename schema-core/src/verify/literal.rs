//! Text defaults of types that are not text: whether PostgreSQL reads them, as far as a constant can tell.
//!
//! What is accepted here may still be refused by the server; what is refused here never is accepted there.

use super::message::same;

/// Whether it is words of letters and digits alone, each two with one of these operators between them where there are any:
/// what else `tsvectorin` and `tsqueryin` read has a grammar of its own
/// ([Text Search Types](https://www.postgresql.org/docs/current/datatype-textsearch.html)).
pub(crate) const fn is_words(text: &str, operators: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut in_word, mut after_word, mut i) = (false, false, 0);
    while i < bytes.len() {
        let byte = bytes[i];
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            if !in_word && after_word && !operators.is_empty() {
                return false;
            }
            (in_word, after_word) = (true, true);
        } else if byte == b' ' {
            in_word = false;
        } else if after_word && contains(operators.as_bytes(), byte) {
            (in_word, after_word) = (false, false);
        } else {
            return false;
        }
        i += 1;
    }
    operators.is_empty() || after_word || text.trim_ascii().is_empty()
}

pub(super) const fn contains(bytes: &[u8], byte: u8) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == byte {
            return true;
        }
        i += 1;
    }
    false
}

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

/// Whether it may be an amount of money: what its currency is called, the server's `lc_monetary` says, but letters alone
/// are no amount.
pub(crate) const fn is_money(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut has_letter, mut i) = (false, 0);
    while i < bytes.len() {
        has_letter |= bytes[i].is_ascii_alphabetic();
        i += 1;
    }
    !has_letter || has_digit(text)
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

/// Whether it can be a network address: hexadecimal digits and the signs between them; four numbers are checked to be
/// those of an address, with its mask.
pub(crate) const fn is_network(text: &str) -> bool {
    let text = text.trim_ascii();
    is_hex(text, ".:/") && has_digit_or_colon(text) && !matches!(ipv4(text), Ipv4::Wrong)
}

/// Whether it can be a network: an address without a bit behind its mask.
pub(crate) const fn is_cidr(text: &str) -> bool {
    let has_host = match ipv4(text.trim_ascii()) {
        Ipv4::Network { address, mask } if mask < 32 => address << mask != 0,
        _ => false,
    };
    is_network(text) && !has_host
}

const fn has_digit_or_colon(text: &str) -> bool {
    count(text, b':') > 0 || has_digit(text)
}

enum Ipv4 {
    Network {
        address: u32,
        mask: u32,
    },
    /// Four numbers, but too large ones.
    Wrong,
    /// Written in another way.
    Other,
}

/// Reads `192.0.2.1` and `192.0.2.0/24`.
const fn ipv4(text: &str) -> Ipv4 {
    let bytes = text.as_bytes();
    let mut numbers = [0_u32; 5];
    let (mut part, mut digits, mut i) = (0, 0, 0);
    while i < bytes.len() {
        match bytes[i] {
            digit @ b'0'..=b'9' if digits < 4 => {
                numbers[part] = numbers[part] * 10 + (digit - b'0') as u32;
                digits += 1;
            }
            b'.' if part < 3 && digits > 0 => {
                part += 1;
                digits = 0;
            }
            b'/' if part == 3 && digits > 0 => {
                part += 1;
                digits = 0;
            }
            _ => return Ipv4::Other,
        }
        i += 1;
    }
    let [a, b, c, d, mask] = numbers;
    let mask = if part == 4 { mask } else { 32 };
    if part < 3 || digits == 0 {
        Ipv4::Other
    } else if a > 255 || b > 255 || c > 255 || d > 255 || mask > 32 {
        Ipv4::Wrong
    } else {
        let address = a << 24 | b << 16 | c << 8 | d;
        Ipv4::Network { address, mask }
    }
}

/// Whether `macaddr_in` can read it: six numbers between five signs, two groups, three groups, or digits alone
/// ([Network Address Types](https://www.postgresql.org/docs/current/datatype-net-types.html#DATATYPE-MACADDR)).
pub(crate) const fn is_macaddr(text: &str) -> bool {
    let signs = (count(text, b':'), count(text, b'-'), count(text, b'.'));
    let grouped = matches!(signs, (0 | 1 | 5, 0, 0) | (0, 1 | 2 | 5, 0) | (0, 0, 2));
    grouped && is_hex(text, ":-.") && text.len() - (signs.0 + signs.1 + signs.2) >= 6
}

/// Whether `macaddr8_in` can read it: six or eight numbers of two digits, with or without signs between them.
pub(crate) const fn is_macaddr8(text: &str) -> bool {
    let text = text.trim_ascii();
    let signs = count(text, b':') + count(text, b'-') + count(text, b'.');
    is_hex(text, ":-.") && matches!(text.len() - signs, 12 | 16)
}

/// How often a byte stands in it.
const fn count(text: &str, byte: u8) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut i) = (0, 0);
    while i < bytes.len() {
        count += (bytes[i] == byte) as usize;
        i += 1;
    }
    count
}

/// Whether it begins and ends as an array does: `{…}`, or `[1:2]={…}`.
pub(crate) const fn is_array(text: &str) -> bool {
    matches!(text.trim_ascii().as_bytes(), [b'{' | b'[', .., b'}'])
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
    fn an_address_of_eight_numbers_may_have_six() {
        for text in [
            "08:00:2b:01:02:03",
            "08-00-2b-01-02-03-04-05",
            "08002b0102030405",
        ] {
            assert!(is_macaddr8(text), "{text}");
        }
        for text in [
            "08",
            "08:00:2b:01:02",
            "08:00:2b:01:02:03:04",
            "g8002b010203",
        ] {
            assert!(!is_macaddr8(text), "{text}");
        }
    }

    #[test]
    fn an_amount_of_money_is_not_made_of_letters() {
        for text in ["12.34", "$1,000.00", "(1)", "EUR 12", "", "$"] {
            assert!(is_money(text), "{text}");
        }
        for text in ["much", "EUR"] {
            assert!(!is_money(text), "{text}");
        }
    }

    #[test]
    fn an_address_of_four_numbers_is_checked_with_its_mask() {
        for text in [
            "192.0.2.1",
            "192.0.2.1/24",
            " ::1 ",
            "2001:db8::/32",
            "10.1/16",
        ] {
            assert!(is_network(text), "{text}");
        }
        for text in ["", "abc", "192.0.2.256", "192.0.2.1/33", "nowhere"] {
            assert!(!is_network(text), "{text}");
        }
        for text in [
            "192.0.2.0/24",
            "0.0.0.0/0",
            "192.0.2.1/32",
            "192.0.2.1",
            "10",
        ] {
            assert!(is_cidr(text), "{text}");
        }
        for text in ["192.0.2.1/24", "128.0.0.0/0", "192.0.2.1/31"] {
            assert!(!is_cidr(text), "{text}");
        }
    }

    #[test]
    fn a_hardware_address_has_six_bytes_in_one_of_its_forms() {
        for text in [
            "08:00:2b:01:02:03",
            "8-0-2b-1-2-3",
            "08002b:010203",
            "0800.2b01.0203",
            "08002b010203",
        ] {
            assert!(is_macaddr(text), "{text}");
        }
        for text in [
            "",
            "08:00:2b",
            "08:00:2b:01:02",
            "0800.2b01",
            "08-00:2b:01:02:03",
        ] {
            assert!(!is_macaddr(text), "{text}");
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
