//! What changing a column's type does to its values
//! ([`pg_cast`](https://www.postgresql.org/docs/current/catalog-pg-cast.html)).

use schema_core::{
    ident::quote,
    schema::{Expression, SqlType},
};

/// How a column's values become those of another type.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conversion {
    /// `USING`, where the server would not convert by itself.
    pub(super) using: Option<Expression>,
    /// Whether the values stay as they are on disk.
    pub(super) keeps_rows: bool,
    /// Whether there may be values that do not fit.
    pub(super) may_fail: bool,
}

/// The number types from the narrowest to the widest.
const NUMBERS: [&str; 6] = [
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "real",
    "double precision",
];

/// The types that hold any text.
const TEXTS: [&str; 2] = ["text", "varchar"];

/// Types that turn into others by themselves on assignment, numbers and texts apart.
const ASSIGNED: [(&str, &str); 15] = [
    ("date", "timestamp"),
    ("date", "timestamptz"),
    ("timestamp", "timestamptz"),
    ("timestamptz", "timestamp"),
    ("timestamp", "date"),
    ("timestamptz", "date"),
    ("timestamp", "time"),
    ("timestamptz", "time"),
    ("timestamptz", "timetz"),
    ("time", "timetz"),
    ("timetz", "time"),
    ("time", "interval"),
    ("json", "jsonb"),
    ("jsonb", "json"),
    ("cidr", "inet"),
];

/// Types whose values are others' as they are.
const KEPT: [(&str, &str); 3] = [("cidr", "inet"), ("xml", "text"), ("xml", "varchar")];

/// Tells how values of a column go from one type to another.
pub(super) fn conversion(column: &str, previous: &SqlType, next: &SqlType) -> Conversion {
    let same_base = previous.array == next.array && has_same_base(previous, next);
    if same_base {
        let widened = is_widened(&previous.modifiers, &next.modifiers, &next.name);
        // A string of bits has exactly its length; only a cast cuts or fills it.
        let cast = next.name == "bit" && previous.modifiers != next.modifiers && is_builtin(next);
        return Conversion {
            using: cast.then(|| Expression::new(format!("{}::{next}", quote(column)))),
            keeps_rows: widened,
            may_fail: !widened,
        };
    }
    let kept = is_builtin(previous)
        && is_builtin(next)
        && !previous.array
        && !next.array
        && TEXTS.contains(&previous.name.as_str())
        && TEXTS.contains(&next.name.as_str());
    let assigned = previous.array == next.array && is_assigned(previous, next);
    let using = (!assigned).then(|| using(column, previous, next));
    let unbounded = next.modifiers.is_empty();
    let takes_all = is_text(next) || is_wider(previous, next);
    let same_bytes = !previous.array
        && !next.array
        && is_builtin(previous)
        && is_builtin(next)
        && KEPT.contains(&(&previous.name, &next.name));
    Conversion {
        using,
        keeps_rows: (kept && unbounded) || same_bytes,
        may_fail: !(takes_all && unbounded),
    }
}

/// Whether the server compares values of the two types as they are, as foreign keys do.
pub(super) fn is_comparable(previous: &SqlType, next: &SqlType) -> bool {
    let same_base = has_same_base(previous, next);
    let family = |names: &[&str]| {
        is_builtin(previous)
            && is_builtin(next)
            && names.contains(&previous.name.as_str())
            && names.contains(&next.name.as_str())
    };
    previous.array == next.array && (same_base || family(&NUMBERS) || family(&TEXTS))
}

/// Whether an expression over a column of the one type, as the server prints it, is the same over the other: it has added
/// no cast, or the one it would add again.
pub(super) fn keeps_texts(previous: &SqlType, next: &SqlType) -> bool {
    // A number without a point is an integer by itself.
    let of_integer = is_one_of(previous, &NUMBERS[..3]) && is_one_of(next, &NUMBERS);
    let of_text = is_text(previous) && is_text(next);
    (previous.array == next.array && has_same_base(previous, next)) || of_integer || of_text
}

fn is_builtin(ty: &SqlType) -> bool {
    ty.namespace.is_none()
}

/// Whether two types, or their elements, differ in modifiers at most.
fn has_same_base(previous: &SqlType, next: &SqlType) -> bool {
    previous.name == next.name && previous.namespace == next.namespace
}

fn is_one_of(ty: &SqlType, names: &[&str]) -> bool {
    is_builtin(ty) && !ty.array && names.contains(&ty.name.as_str())
}

fn is_text(ty: &SqlType) -> bool {
    is_one_of(ty, &TEXTS)
}

/// Whether every value of one number type is one of another.
fn is_wider(previous: &SqlType, next: &SqlType) -> bool {
    let place = |ty: &SqlType| NUMBERS.iter().position(|name| *name == ty.name);
    let both = !previous.array && !next.array && is_builtin(previous) && is_builtin(next);
    match (place(previous), place(next)) {
        (Some(previous), Some(next)) => both && previous < next && next < 4,
        _ => false,
    }
}

/// Whether a type's modifiers take all values that others took.
fn is_widened(previous: &[String], next: &[String], name: &str) -> bool {
    let number = |modifiers: &[String], at: usize| modifiers.get(at)?.parse::<u32>().ok();
    match name {
        _ if previous == next => true,
        "varchar" | "varbit" => {
            next.is_empty() || (!previous.is_empty() && number(previous, 0) <= number(next, 0))
        }
        // A scale that stays leaves digits as they are.
        "numeric" => {
            next.is_empty()
                || (!previous.is_empty()
                    && number(previous, 1).unwrap_or(0) == number(next, 1).unwrap_or(0)
                    && number(previous, 0) <= number(next, 0))
        }
        "time" | "timetz" | "timestamp" | "timestamptz" | "interval" => {
            next.is_empty() || (!previous.is_empty() && number(previous, 0) <= number(next, 0))
        }
        _ => false,
    }
}

/// Whether the server converts on assignment.
fn is_assigned(previous: &SqlType, next: &SqlType) -> bool {
    let number = |ty: &SqlType| NUMBERS.contains(&ty.name.as_str());
    if !is_builtin(next) {
        return false;
    }
    // Everything turns into text, as by output.
    if TEXTS.contains(&next.name.as_str()) || matches!(&*next.name, "char" | "bpchar") {
        return !next.array || TEXTS.contains(&previous.name.as_str());
    }
    is_builtin(previous)
        && (number(previous) && number(next)
            || ASSIGNED.contains(&(&previous.name, &next.name))
            || matches!(
                (&*previous.name, &*next.name),
                ("bit", "varbit") | ("varbit", "bit")
            ))
}

/// Whether a conversion is by a function rather than by a cast; the expression that has it.
fn called(column: &str, previous: &SqlType, next: &SqlType) -> Option<String> {
    let number = |ty: &SqlType| is_builtin(ty) && NUMBERS.contains(&ty.name.as_str());
    if next.array || !is_builtin(next) {
        return None;
    }
    let to = next.name.as_str();
    if previous.array {
        return matches!(to, "json" | "jsonb").then(|| format!("to_{to}({column})"));
    }
    Some(match (previous.name.as_str(), to) {
        ("boolean", "smallint" | "bigint" | "numeric") => format!("{column}::integer::{next}"),
        ("smallint" | "bigint" | "numeric", "boolean") => format!("({column} <> 0)"),
        (_, "timestamptz") if number(previous) => format!("to_timestamp({column})"),
        (_, "timestamp") if number(previous) => {
            format!("(to_timestamp({column}) AT TIME ZONE 'UTC')")
        }
        ("timestamptz" | "timestamp", _) if number(next) => {
            format!("extract(epoch FROM {column})::{next}")
        }
        ("bytea", "uuid") => format!("encode({column}, 'hex')::uuid"),
        ("uuid", "bytea") => format!("decode(replace({column}::text, '-', ''), 'hex')"),
        (range, multirange)
            if range.strip_suffix("range").is_some()
                && multirange.strip_suffix("multirange") == range.strip_suffix("range") =>
        {
            format!("{multirange}({column})")
        }
        _ => return None,
    })
}

/// Pairs of types with a cast between them that is no assignment.
const CASTS: [(&str, &str); 12] = [
    ("boolean", "integer"),
    ("integer", "boolean"),
    ("inet", "cidr"),
    ("integer", "bit"),
    ("bigint", "bit"),
    ("bit", "integer"),
    ("bit", "bigint"),
    ("money", "numeric"),
    ("numeric", "money"),
    ("integer", "money"),
    ("bigint", "money"),
    ("interval", "time"),
];

/// An explicit conversion: a cast where there may be one, through text otherwise.
fn using(column: &str, previous: &SqlType, next: &SqlType) -> Expression {
    let column = quote(column);
    if let Some(called) = called(&column, previous, next) {
        return Expression::new(called);
    }
    let direct = is_text(previous)
        || CASTS.contains(&(&previous.name, &next.name)) && !previous.array && !next.array;
    if previous.array && !next.array {
        return Expression::new(format!("{column}::text::{next}"));
    }
    if !previous.array && next.array {
        // One value becomes an array of one.
        return Expression::new(format!("ARRAY[{column}]::{next}"));
    }
    if direct {
        return Expression::new(format!("{column}::{next}"));
    }
    let array = if next.array { "[]" } else { "" };
    Expression::new(format!("{column}::text{array}::{next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(previous: &str, next: &str) -> (Option<String>, bool, bool) {
        let conversion = conversion("c", &previous.parse().unwrap(), &next.parse().unwrap());
        let using = conversion.using.map(|using| using.to_string());
        (using, conversion.keeps_rows, conversion.may_fail)
    }

    #[test]
    fn more_room_keeps_rows_and_less_may_fail() {
        assert_eq!(converted("varchar(10)", "varchar(20)"), (None, true, false));
        assert_eq!(converted("varchar(10)", "text"), (None, true, false));
        assert_eq!(converted("varchar(20)", "varchar(10)"), (None, false, true));
        assert_eq!(
            converted("numeric(8,2)", "numeric(10,2)"),
            (None, true, false)
        );
        assert_eq!(converted("text", "varchar(10)"), (None, false, true));
    }

    #[test]
    fn a_wider_number_takes_all_values() {
        assert_eq!(converted("integer", "bigint"), (None, false, false));
        assert_eq!(converted("bigint", "integer"), (None, false, true));
    }

    #[test]
    fn what_the_server_does_not_convert_gets_a_cast() {
        assert_eq!(
            converted("text", "integer").0.as_deref(),
            Some("c::integer")
        );
        assert_eq!(
            converted("public.mood", "public.feeling").0.as_deref(),
            Some("c::text::feeling")
        );
        assert_eq!(
            converted("text", "text[]").0.as_deref(),
            Some("ARRAY[c]::text[]")
        );
    }
}
