//! Which of two bounds is below the other, where their literals show it whatever the column's type is.

use std::cmp::Ordering;

use crate::ast::{BoundValue, Default, Spanned};

/// Whether the first bound is below the second; `None` where the text does not show it.
pub(super) fn below(first: &[Spanned<BoundValue>], second: &[Spanned<BoundValue>]) -> Option<bool> {
    for (first, second) in first.iter().zip(second) {
        match compare(&first.value, &second.value)? {
            Ordering::Equal => {}
            order => return Some(order == Ordering::Less),
        }
    }
    Some(false)
}

/// Whether two values are one.
pub(super) fn equal(first: &Spanned<BoundValue>, second: &Spanned<BoundValue>) -> bool {
    compare(&first.value, &second.value) == Some(Ordering::Equal)
}

/// A value as it was written.
pub(super) fn written(value: &BoundValue) -> String {
    match value {
        BoundValue::MinValue => "`minvalue`".to_owned(),
        BoundValue::MaxValue => "`maxvalue`".to_owned(),
        BoundValue::Null => "`null`".to_owned(),
        BoundValue::Value(Default::Text(text)) => format!("`\"{text}\"`"),
        BoundValue::Value(Default::Integer(value)) => format!("`{value}`"),
        BoundValue::Value(Default::Float(text)) => format!("`{text}`"),
        BoundValue::Value(Default::Boolean(value)) => format!("`{value}`"),
        BoundValue::Value(Default::Sql(_)) => "`sql(…)`".to_owned(),
    }
}

fn compare(first: &BoundValue, second: &BoundValue) -> Option<Ordering> {
    use BoundValue::{MaxValue, MinValue, Null, Value};
    match (first, second) {
        (MinValue, MinValue) | (MaxValue, MaxValue) | (Null, Null) => Some(Ordering::Equal),
        (MinValue, _) | (_, MaxValue) => Some(Ordering::Less),
        (_, MinValue) | (MaxValue, _) => Some(Ordering::Greater),
        (Value(first), Value(second)) => compare_literals(first, second),
        (Null, Value(_)) | (Value(_), Null) => None,
    }
}

fn compare_literals(first: &Default, second: &Default) -> Option<Ordering> {
    match (first, second) {
        (Default::Integer(first), Default::Integer(second)) => Some(first.cmp(second)),
        (Default::Boolean(first), Default::Boolean(second)) => Some(first.cmp(second)),
        (Default::Text(first), Default::Text(second)) => compare_texts(first, second),
        (Default::Float(first), Default::Float(second)) if first == second => Some(Ordering::Equal),
        (Default::Integer(_) | Default::Float(_), Default::Integer(_) | Default::Float(_)) => {
            // Numbers too near to each other for this are left to the server.
            let order = number(first)?.partial_cmp(&number(second)?)?;
            (order != Ordering::Equal).then_some(order)
        }
        _ => None,
    }
}

fn number(value: &Default) -> Option<f64> {
    match value {
        Default::Integer(value) => value.to_string().parse().ok(),
        Default::Float(text) => text.replace('_', "").parse().ok(),
        _ => None,
    }
}

/// How texts sort depends on their type and collation. Dates and times of one form sort as they read in all of them.
fn compare_texts(first: &str, second: &str) -> Option<Ordering> {
    if first == second {
        return Some(Ordering::Equal);
    }
    let ((date, rest), (date2, rest2)) = (time_stamp(first)?, time_stamp(second)?);
    (rest == rest2 && date.len() == date2.len()).then(|| date.cmp(date2))
}

/// Splits `2026-01-31` or `2026-01-31 12:00:00` from what follows it.
fn time_stamp(text: &str) -> Option<(&str, &str)> {
    let follows = |text: &str, form: &str| {
        text.len() >= form.len()
            && form
                .bytes()
                .zip(text.bytes())
                .all(|(form, byte)| match form {
                    b'0' => byte.is_ascii_digit(),
                    form => byte == form,
                })
    };
    let forms = [
        "0000-00-00 00:00:00",
        "0000-00-00T00:00:00",
        "0000-00-00 00:00",
        "0000-00-00",
    ];
    let form = forms.iter().find(|form| follows(text, form))?;
    text.split_at_checked(form.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_of_one_form_are_compared_and_other_texts_are_not() {
        let order = |first: &str, second: &str| compare_texts(first, second);
        assert_eq!(order("2026-01-31", "2026-02-01"), Some(Ordering::Less));
        assert_eq!(
            order("2026-01-31 12:00:00+00", "2026-01-31 11:59:59+00"),
            Some(Ordering::Greater)
        );
        assert_eq!(order("2026-01-31", "2026-01-31 00:00:00"), None);
        assert_eq!(
            order("2026-01-31 00:00:00+02", "2026-01-31 01:00:00+01"),
            None
        );
        assert_eq!(order("a", "B"), None);
        assert_eq!(order("a", "a"), Some(Ordering::Equal));
    }

    #[test]
    fn numbers_are_compared_exactly_or_not_at_all() {
        let float = |text: &str| Default::Float(text.to_owned());
        let big = Default::Integer(i128::MAX);
        assert_eq!(
            compare_literals(&big, &Default::Integer(i128::MAX - 1)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            compare_literals(&float("1.5"), &Default::Integer(1)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            compare_literals(&float("1.00000000000000000001"), &float("1.0")),
            None
        );
    }
}
