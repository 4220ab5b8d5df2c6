//! The bounds of a range literal
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
