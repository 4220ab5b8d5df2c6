//! The elements of an array literal
//! ([Array Value Input](https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT)).

use super::{
    decimal::Decimal,
    default::{integer_problem, malformed},
    literal::is_word,
    message::contains,
};
use crate::{
    def::{TypeObjectDef, TypeObjectKind},
    ty::TypeDef,
};

/// What may stand for a boolean, shortened at will ([Boolean Type](https://www.postgresql.org/docs/current/datatype-boolean.html)).
const BOOLEANS: &[&str] = &[
    "t", "tr", "tru", "true", "f", "fa", "fal", "fals", "false", "y", "ye", "yes", "n", "no", "on",
    "of", "off", "1", "0",
];

/// Whether each element is a value of its type, as far as a constant can tell: what has more than one dimension, a
/// backslash or bounds of its own is not taken apart.
pub(super) const fn elements_fit(
    text: &str,
    element: &TypeDef,
    object: Option<&TypeObjectDef>,
) -> bool {
    let [b'{', inside @ .., b'}'] = text.trim_ascii().as_bytes() else {
        return true;
    };
    let (mut i, mut from, mut is_quoted) = (0, 0, false);
    while i < inside.len() {
        match inside[i] {
            b'{' | b'}' | b'\\' => return true,
            b'"' => is_quoted = !is_quoted,
            _ => {}
        }
        i += 1;
    }
    if is_quoted || inside.trim_ascii().is_empty() {
        return true;
    }
    i = 0;
    while i <= inside.len() {
        if i < inside.len() && inside[i] == b'"' {
            is_quoted = !is_quoted;
        }
        if i == inside.len() || (inside[i] == b',' && !is_quoted) {
            let (before, _) = inside.split_at(i);
            let (_, one) = before.split_at(from);
            if !fits(one.trim_ascii(), element, object) {
                return false;
            }
            from = i + 1;
        }
        i += 1;
    }
    true
}

/// Whether an element, in quotes or not, is a value of its type.
pub(super) const fn fits(bytes: &[u8], ty: &TypeDef, object: Option<&TypeObjectDef>) -> bool {
    let is_quoted = matches!(bytes, [b'"', .., b'"']);
    let bytes = match bytes {
        [b'"', inner @ .., b'"'] => inner,
        [] => return false,
        _ => bytes,
    };
    let Ok(text) = core::str::from_utf8(bytes) else {
        return true;
    };
    if !is_quoted && text.eq_ignore_ascii_case("null") {
        return true;
    }
    match (ty, object) {
        (TypeDef::Named { .. }, Some(object)) => match &object.kind {
            TypeObjectKind::Enum(labels) => contains(labels, text),
            TypeObjectKind::Domain(domain)
                if matches!(domain.value.sql_type, TypeDef::Array(_)) =>
            {
                true
            }
            TypeObjectKind::Domain(domain) => fits(
                bytes,
                &domain.value.sql_type,
                domain.value.facts.type_object,
            ),
            TypeObjectKind::Composite(_) => true,
        },
        (TypeDef::SmallInt | TypeDef::Integer | TypeDef::BigInt, _) => match integer(bytes) {
            Some(value) => integer_problem(value, ty).is_none(),
            None => false,
        },
        (TypeDef::Boolean, _) => is_word(text.trim_ascii(), BOOLEANS),
        (TypeDef::Real | TypeDef::DoublePrecision | TypeDef::Numeric(_), _) => {
            // Only what has no digit is surely no number: there are more ways to write one than are read here.
            let has_digit = super::literal::has_digit(text);
            has_digit
                || Decimal::parse(text).is_some()
                || is_word(text.trim_ascii(), super::default::NOT_FINITE)
        }
        _ => malformed(text, ty).is_none(),
    }
}

/// A whole number in digits.
pub(super) const fn integer(bytes: &[u8]) -> Option<i128> {
    let bytes = bytes.trim_ascii();
    let (sign, digits) = match bytes {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        digits => (1, digits),
    };
    if digits.is_empty() || digits.len() > 30 {
        return None;
    }
    let (mut value, mut i) = (0, 0);
    while i < digits.len() {
        if !digits[i].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (digits[i] - b'0') as i128;
        i += 1;
    }
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_is_a_value_of_its_type() {
        let good = [
            ("{}", TypeDef::Uuid),
            ("{1, -2,\"3\",NULL}", TypeDef::SmallInt),
            ("{t,false,off}", TypeDef::Boolean),
            ("{1e5,NaN, .5}", TypeDef::Real),
            ("{a,\"b,c\",\"\"}", TypeDef::Text),
            ("[2:3]={1,2}", TypeDef::Integer),
            ("{{1,2},{3,4}}", TypeDef::Integer),
            ("{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", TypeDef::Uuid),
        ];
        for (text, ty) in good {
            assert!(elements_fit(text, &ty, None), "{text}");
        }
        let bad = [
            ("{x}", TypeDef::Uuid),
            ("{1,x}", TypeDef::Integer),
            ("{32768}", TypeDef::SmallInt),
            ("{maybe}", TypeDef::Boolean),
            ("{x}", TypeDef::Numeric(None)),
            ("{1,}", TypeDef::Text),
            ("{2023-02-29}", TypeDef::Date),
        ];
        for (text, ty) in bad {
            assert!(!elements_fit(text, &ty, None), "{text}");
        }
    }
}
