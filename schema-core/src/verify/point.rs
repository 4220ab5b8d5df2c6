//! A point as text.

use super::{array::fits, literal::contains};
use crate::ty::TypeDef;

/// Whether it is two numbers with a comma between them, in parentheses or without
/// ([Points](https://www.postgresql.org/docs/current/datatype-geometric.html#DATATYPE-GEOMETRIC-POINTS)).
pub(super) const fn is_point(text: &str) -> bool {
    let inside = match text.trim_ascii().as_bytes() {
        [b'(', inside @ .., b')'] => inside,
        bare => bare,
    };
    let mut i = 0;
    while i < inside.len() {
        if inside[i] == b',' {
            let (x, rest) = inside.split_at(i);
            let (_, y) = rest.split_at(1);
            return is_coordinate(x) && is_coordinate(y) && !contains(y, b',');
        }
        i += 1;
    }
    false
}

/// Whether it is a number, in hexadecimal digits too.
const fn is_coordinate(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    let is_hex = matches!(
        bytes,
        [b'0', b'x' | b'X', ..] | [b'+' | b'-', b'0', b'x' | b'X', ..]
    );
    is_hex || !contains(bytes, b'(') && fits(bytes, &TypeDef::DoublePrecision, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_two_numbers() {
        for text in [
            "(1,2)",
            "1.5, -2e3",
            " ( 1 , 2 ) ",
            "(Infinity,NaN)",
            "(0x1p3,0)",
        ] {
            assert!(is_point(text), "{text}");
        }
        for text in ["", "1", "(1)", "(1,)", "(1,2,3)", "(a,b)", "(1,2"] {
            assert!(!is_point(text), "{text}");
        }
    }
}
