//! Whether a default has to be computed for each row
//! ([function volatility](https://www.postgresql.org/docs/current/xfunc-volatility.html)): the server writes a table anew to
//! give its rows such a value.

/// Functions that give all rows of a statement one value; those that are not here may not.
const SAME_FOR_ALL: [&str; 56] = [
    "abs",
    "age",
    "array",
    "array_append",
    "array_cat",
    "array_fill",
    "array_prepend",
    "bool",
    "ceil",
    "char_length",
    "chr",
    "coalesce",
    "concat",
    "concat_ws",
    "current_database",
    "current_schema",
    "current_setting",
    "date",
    "date_bin",
    "date_part",
    "date_trunc",
    "daterange",
    "decode",
    "encode",
    "extract",
    "floor",
    "format",
    "greatest",
    "int4range",
    "int8range",
    "interval",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "least",
    "left",
    "length",
    "lower",
    "make_date",
    "make_interval",
    "make_timestamp",
    "make_timestamptz",
    "md5",
    "now",
    "nullif",
    "numeric",
    "numrange",
    "repeat",
    "round",
    "statement_timestamp",
    "to_char",
    "to_timestamp",
    "transaction_timestamp",
    "upper",
    "varchar",
];

/// Whether an expression may have another value for each row.
pub(super) fn is_volatile(sql: &str) -> bool {
    let mut rest = sql;
    let mut word = String::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\'' => {
                // A quote inside a literal is written twice, and reads as two literals here.
                let end = rest.find('\'').map_or(rest.len(), |at| at + 1);
                rest = &rest[end..];
                word.clear();
            }
            '(' => {
                if !word.is_empty() && !SAME_FOR_ALL.contains(&word.as_str()) {
                    return true;
                }
                word.clear();
            }
            c if c.is_alphanumeric() || c == '_' => word.extend(c.to_lowercase()),
            // The words that stand before a parenthesis that is no call's.
            c if c.is_whitespace() && is_call(&word, rest) => {}
            _ => word.clear(),
        }
    }
    false
}

/// Whether a word and what comes behind it are a call.
fn is_call(word: &str, rest: &str) -> bool {
    rest.trim_start().starts_with('(')
        && !matches!(
            word,
            "and" | "or" | "not" | "in" | "then" | "else" | "when" | "case" | "any"
        )
}

#[cfg(test)]
mod tests {
    use super::is_volatile;

    #[test]
    fn a_default_that_each_row_has_its_own_of_is_volatile() {
        for volatile in [
            "gen_random_uuid()",
            "nextval('s'::regclass)",
            "clock_timestamp()",
            "'x' || random()",
            "app.next_number()",
            "now() + random () * '1 day'::interval",
        ] {
            assert!(is_volatile(volatile), "{volatile}");
        }
    }

    #[test]
    fn a_default_that_all_rows_share_is_not() {
        for shared in [
            "0",
            "'it''s nextval(1)'",
            "now()",
            "CURRENT_TIMESTAMP",
            "(now() AT TIME ZONE 'utc')",
            "'{}'::jsonb",
            "ARRAY['a'::text]",
            "(1 + 2) * (3)",
            "'a'::varchar(10)",
        ] {
            assert!(!is_volatile(shared), "{shared}");
        }
    }
}
