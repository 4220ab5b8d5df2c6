//! Defaults: a literal where the server would read it as what it has, otherwise SQL.

use schema_core::schema::{Column, SqlType};

use super::text::{literal, sql};

/// The value of `default = …`.
pub(super) fn default(column: &Column, expression: &str) -> String {
    default_of(&column.sql_type, expression)
}

/// The value of `default = …` for a type.
pub(super) fn default_of(ty: &SqlType, expression: &str) -> String {
    let word = match (ty.namespace.as_deref(), ty.array) {
        (None, false) => builtin(ty, expression),
        (Some(_), false) => cast(expression, &[&ty.to_string()]).map(|text| literal(&text)),
        (_, true) => None,
    };
    word.unwrap_or_else(|| sql(&super::text::one_line(expression)))
}

fn builtin(ty: &SqlType, expression: &str) -> Option<String> {
    match ty.name.as_str() {
        "boolean" => matches!(expression, "true" | "false").then(|| expression.to_owned()),
        "smallint" | "integer" | "bigint" => integer(&ty.name, expression),
        "real" | "double precision" => float(expression),
        "numeric" => float(expression).filter(|number| fits(number, &ty.modifiers)),
        "text" => cast(expression, &["text"]).map(|text| literal(&text)),
        "varchar" | "char" => {
            let names = ["character varying", "bpchar"];
            let text = cast(expression, &names[usize::from(ty.name == "char")..][..1])?;
            let limit: Option<usize> = ty.modifiers.first().and_then(|limit| limit.parse().ok());
            limit
                .is_none_or(|limit| text.chars().count() <= limit)
                .then(|| literal(&text))
        }
        "json" | "jsonb" => {
            let text = cast(expression, &[&ty.name])?;
            matches!(text.as_str(), "{}" | "[]").then(|| literal(&text))
        }
        "date" => {
            let text = cast(expression, &["date"])?;
            let is_date = text.len() == 10
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
            is_date.then(|| literal(&text))
        }
        _ => None,
    }
}

/// A number as the server prints it: without quotes if it is not negative and an INTEGER.
fn integer(ty: &str, expression: &str) -> Option<String> {
    let (text, cast_to) = match expression.strip_prefix('\'') {
        None => (expression, "integer"),
        Some(rest) => rest.split_once("'::")?,
    };
    let value: i64 = text.parse().ok()?;
    if value.to_string() != text {
        return None;
    }
    let written = if i32::try_from(value).is_ok() {
        "integer"
    } else {
        "bigint"
    };
    // The least INTEGER is read as a BIGINT less than zero.
    let is_same = written == cast_to && value != i64::from(i32::MIN) && value != i64::MIN;
    let holds = match ty {
        "smallint" => i16::try_from(value).is_ok(),
        "integer" => i32::try_from(value).is_ok(),
        _ => true,
    };
    (is_same && holds).then(|| text.to_owned())
}

/// A number that Rust's literals have as well.
fn float(expression: &str) -> Option<String> {
    let (text, cast_to) = match expression.strip_prefix('\'') {
        None => (expression, ""),
        Some(rest) => rest.split_once("'::")?,
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_number(whole)
        && is_number(fraction)
        && whole.len() < 9
        && (whole == "0" || !whole.starts_with('0'));
    let written = match (text.starts_with('-'), text.contains('.')) {
        (false, _) => "",
        (true, true) => "numeric",
        (true, false) => "integer",
    };
    (is_plain && written == cast_to && text != "-0").then(|| text.to_owned())
}

/// Whether NUMERIC with these modifiers holds a number with room to round.
fn fits(number: &str, modifiers: &[String]) -> bool {
    let [precision, scale] = modifiers else {
        return true;
    };
    let (Ok(precision), Ok(scale)) = (precision.parse::<i64>(), scale.parse::<i64>()) else {
        return false;
    };
    let digits = number.trim_start_matches('-');
    let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    let length = i64::try_from(whole.len()).unwrap_or(i64::MAX);
    whole == "0" && precision > scale
        || length < precision - scale
        || number.chars().all(|c| "0.".contains(c))
}

/// The text of `'text'::type`, one of these types.
fn cast(expression: &str, types: &[&str]) -> Option<String> {
    let rest = expression.strip_prefix('\'')?;
    let mut text = String::new();
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c != '\'' {
            text.push(c);
            continue;
        }
        if chars.next_if(|(_, next)| *next == '\'').is_some() {
            text.push('\'');
            continue;
        }
        let behind = rest[at + 1..].strip_prefix("::")?;
        return types.contains(&behind).then_some(text);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::default_of;

    #[test]
    fn a_literal_stands_where_it_means_the_same() {
        for (ty, expression, expected) in [
            ("boolean", "false", "false"),
            ("integer", "0", "0"),
            ("integer", "'-1'::integer", "-1"),
            ("bigint", "'-1'::integer", "-1"),
            ("bigint", "'5000000000'::bigint", "5000000000"),
            ("bigint", "'5'::bigint", "sql(\"'5'::bigint\")"),
            (
                "integer",
                "'-2147483648'::integer",
                "sql(\"'-2147483648'::integer\")",
            ),
            ("numeric(4, 2)", "1.50", "1.50"),
            ("numeric(2, 2)", "1.50", "sql(\"1.50\")"),
            ("double precision", "'-1.5'::numeric", "-1.5"),
            (
                "double precision",
                "'1'::double precision",
                "sql(\"'1'::double precision\")",
            ),
            ("text", "'it''s'::text", "\"it's\""),
            ("varchar(3)", "'abc'::character varying", "\"abc\""),
            (
                "varchar(2)",
                "'abc'::character varying",
                "sql(\"'abc'::character varying\")",
            ),
            ("char(3)", "'abc'::bpchar", "\"abc\""),
            (
                "text",
                "'a'::text || 'b'::text",
                "sql(\"'a'::text || 'b'::text\")",
            ),
            ("mood", "'sad'::mood", "\"sad\""),
            ("jsonb", "'{}'::jsonb", "\"{}\""),
            (
                "jsonb",
                "'{\"a\": 1}'::jsonb",
                "sql(r#\"'{{\"a\": 1}}'::jsonb\"#)",
            ),
            ("date", "'2024-01-31'::date", "\"2024-01-31\""),
            ("timestamptz", "now()", "sql(\"now()\")"),
        ] {
            let ty = ty.parse().unwrap();
            assert_eq!(default_of(&ty, expression), expected);
        }
    }
}
