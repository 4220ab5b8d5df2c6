//! The bounds of a range literal, and of those in a multirange literal
//! ([Range Input](https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-IO)).

use super::array::{fits, integer};
use crate::ty::TypeDef;

/// Whether it is `empty`, or has two bounds in their order, each of them nothing or a value of this type, as far as a constant
/// can tell: what has a backslash or quotes inside a bound is not taken apart, and numbers alone are held against each other.
pub(super) const fn range_fits(text: &str, of: &TypeDef) -> bool {
    let text = text.trim_ascii();
    if text.eq_ignore_ascii_case("empty") {
        return true;
    }
    let [b'(' | b'[', inside @ .., b')' | b']'] = text.as_bytes() else {
        return false;
    };
    let (mut i, mut comma, mut is_quoted) = (0, None, false);
    while i < inside.len() {
        match inside[i] {
            b'\\' => return true,
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted && comma.is_some() => return false,
            b',' if !is_quoted => comma = Some(i),
            _ => {}
        }
        i += 1;
    }
    let Some(comma) = comma else {
        return false;
    };
    let (lower, rest) = inside.split_at(comma);
    let (_, upper) = rest.split_at(1);
    if !(bound_fits(lower, of) && bound_fits(upper, of)) {
        return false;
    }
    match (integer(lower), integer(upper)) {
        (Some(lower), Some(upper)) => lower <= upper,
        _ => true,
    }
}

/// Whether it is ranges of this type with commas between them, in braces
/// ([Multirange Input](https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-IO)).
pub(super) const fn multirange_fits(text: &str, of: &TypeDef) -> bool {
    let [b'{', inside @ .., b'}'] = text.trim_ascii().as_bytes() else {
        return false;
    };
    let (mut rest, mut is_first) = (inside.trim_ascii(), true);
    while !rest.is_empty() {
        if !is_first {
            let [b',', behind @ ..] = rest else {
                return false;
            };
            rest = behind.trim_ascii();
        }
        let Some(end) = range_end(rest) else {
            // What is not taken apart, only the server can tell.
            return true;
        };
        let (range, behind) = rest.split_at(end);
        match str::from_utf8(range) {
            Ok(range) if range_fits(range, of) => {}
            _ => return false,
        }
        (rest, is_first) = (behind.trim_ascii(), false);
    }
    true
}

/// Where the range ends that this begins with; `None` where a backslash comes before.
const fn range_end(text: &[u8]) -> Option<usize> {
    let (mut i, mut is_quoted) = (0, false);
    while i < text.len() {
        match text[i] {
            b'\\' => return None,
            b'"' => is_quoted = !is_quoted,
            b')' | b']' if !is_quoted => return Some(i + 1),
            // The only range without bounds, and what is none.
            b',' if !is_quoted && !matches!(text[0], b'(' | b'[') => return Some(i),
            _ => {}
        }
        i += 1;
    }
    Some(text.len())
}

/// Whether a bound is nothing, for there is no end, or a value of this type.
const fn bound_fits(bound: &[u8], of: &TypeDef) -> bool {
    let inner = match bound {
        [] => return true,
        [b'"', inner @ .., b'"'] => inner,
        plain => plain,
    };
    let mut i = 0;
    while i < inner.len() {
        if inner[i] == b'"' {
            return true;
        }
        i += 1;
    }
    fits(bound, of, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_range_of_several_is_one() {
        let good = [
            "{}",
            " { } ",
            "{[1,2)}",
            "{[1,2), (5,]}",
            "{empty,[1,2)}",
            "{[\"1\",2)}",
        ];
        for text in good {
            assert!(multirange_fits(text, &TypeDef::Integer), "{text}");
        }
        let bad = [
            "",
            "[1,2)",
            "{1,2}",
            "{[1,2)[3,4)}",
            "{[2,1)}",
            "{[1,2),}",
            "{[a,b)}",
            "{,}",
        ];
        for text in bad {
            assert!(!multirange_fits(text, &TypeDef::Integer), "{text}");
        }
    }

    #[test]
    fn each_bound_is_nothing_or_a_value_in_order() {
        let good = [
            ("empty", TypeDef::Integer),
            (" [1,10) ", TypeDef::Integer),
            ("(,5]", TypeDef::BigInt),
            ("(,)", TypeDef::Date),
            ("[\"1\",2]", TypeDef::Integer),
            ("[1.5,)", TypeDef::Numeric(None)),
            ("[2024-01-01,infinity)", TypeDef::Date),
            ("[\"2024-01-01 12:00:00\",)", TypeDef::Timestamp(None)),
            ("[5,5)", TypeDef::Integer),
        ];
        for (text, ty) in good {
            assert!(range_fits(text, &ty), "{text}");
        }
        let bad = [
            ("1-10", TypeDef::Integer),
            ("[1)", TypeDef::Integer),
            ("[1,2,3)", TypeDef::Integer),
            ("[5,1)", TypeDef::Integer),
            ("[1,2147483648)", TypeDef::Integer),
            ("[a,b)", TypeDef::Numeric(None)),
            ("[2024-02-30,)", TypeDef::Date),
        ];
        for (text, ty) in bad {
            assert!(!range_fits(text, &ty), "{text}");
        }
    }
}
