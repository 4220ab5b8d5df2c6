//! Storage parameters: which there are of what, and the values they take (`src/backend/access/common/reloptions.c`). A
//! server older than a parameter refuses it, which is not looked at here.

use std::collections::BTreeSet;

use crate::{
    ast::{Parameter, Spanned, Table},
    code::{self, Code},
    ctxt::Ctxt,
    suggest,
};

/// The values that a parameter takes.
#[derive(Debug, Clone, Copy)]
enum Values {
    Boolean,
    Integer(i64, i64),
    Real(f64, f64),
    /// One of these, in whatever case.
    Words(&'static [&'static str]),
}

use Values::{Boolean, Integer, Real, Words};

type Known = (&'static str, Values);

const ANY: i64 = i32::MAX as i64;

/// Of the parameters of a table those that its TOAST table has too, with `toast.` before the name
/// ([Storage Parameters](https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS)).
const TOAST: [Known; 18] = [
    ("autovacuum_enabled", Boolean),
    ("autovacuum_freeze_max_age", Integer(100_000, 2_000_000_000)),
    ("autovacuum_freeze_min_age", Integer(0, 1_000_000_000)),
    ("autovacuum_freeze_table_age", Integer(0, 2_000_000_000)),
    (
        "autovacuum_multixact_freeze_max_age",
        Integer(10_000, 2_000_000_000),
    ),
    (
        "autovacuum_multixact_freeze_min_age",
        Integer(0, 1_000_000_000),
    ),
    (
        "autovacuum_multixact_freeze_table_age",
        Integer(0, 2_000_000_000),
    ),
    ("autovacuum_vacuum_cost_delay", Real(0.0, 100.0)),
    ("autovacuum_vacuum_cost_limit", Integer(1, 10_000)),
    ("autovacuum_vacuum_insert_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_vacuum_insert_threshold", Integer(-1, ANY)),
    ("autovacuum_vacuum_max_threshold", Integer(-1, ANY)),
    ("autovacuum_vacuum_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_vacuum_threshold", Integer(0, ANY)),
    ("log_autovacuum_min_duration", Integer(-1, ANY)),
    (
        "vacuum_index_cleanup",
        Words(&["auto", "on", "off", "true", "false", "yes", "no", "1", "0"]),
    ),
    ("vacuum_max_eager_freeze_failure_rate", Real(0.0, 1.0)),
    ("vacuum_truncate", Boolean),
];

/// Those that a table has alone, or a materialized view.
const TABLE: [Known; 6] = [
    ("autovacuum_analyze_scale_factor", Real(0.0, 100.0)),
    ("autovacuum_analyze_threshold", Integer(0, ANY)),
    FILLFACTOR,
    ("parallel_workers", Integer(0, 1024)),
    ("toast_tuple_target", Integer(128, 8160)),
    ("user_catalog_table", Boolean),
];

const FILLFACTOR: Known = ("fillfactor", Integer(10, 100));

/// Those of the server's own index methods
/// ([Index Storage Parameters](https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-STORAGE-PARAMETERS)).
const METHODS: [(&str, &[Known]); 6] = [
    ("btree", &[FILLFACTOR, ("deduplicate_items", Boolean)]),
    ("hash", &[FILLFACTOR]),
    (
        "gist",
        &[FILLFACTOR, ("buffering", Words(&["auto", "on", "off"]))],
    ),
    ("spgist", &[FILLFACTOR]),
    (
        "gin",
        &[
            ("fastupdate", Boolean),
            ("gin_pending_list_limit", Integer(64, ANY)),
        ],
    ),
    (
        "brin",
        &[
            ("pages_per_range", Integer(1, 131_072)),
            ("autosummarize", Boolean),
        ],
    ),
];

/// Of a column's own statistics
/// ([`ALTER TABLE … SET (…)`](https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-ATTRIBUTE-OPTION)).
const COLUMN: [Known; 2] = [
    ("n_distinct", Real(-1.0, f64::MAX)),
    ("n_distinct_inherited", Real(-1.0, f64::MAX)),
];

/// Applies the rules to a table, its keys, indexes and columns.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    let what = match table.partition_by {
        Some(_) => "a partitioned table",
        None => "a table",
    };
    match table.partition_by {
        Some(_) => stored(cx, what, &table.with, &[], &[]),
        None => stored(cx, what, &table.with, &of_table(), &TOAST),
    }
    for column in &table.columns {
        stored(cx, "a column", &column.options, &COLUMN, &[]);
    }
    for key in table.primary_key.iter().chain(&table.uniques) {
        indexed(cx, None, &key.with);
    }
    for exclusion in &table.exclusions {
        indexed(cx, exclusion.method.as_ref(), &exclusion.with);
    }
    for index in &table.indexes {
        indexed(cx, index.method.as_ref(), &index.with);
    }
}

/// The parameters of a materialized view are those of a table.
pub(super) fn materialized(cx: &Ctxt, parameters: &[Parameter]) {
    stored(cx, "a materialized view", parameters, &of_table(), &TOAST);
}

/// Whether a table has a storage parameter of this name.
pub(super) fn is_of_table(name: &str) -> bool {
    of_table().iter().any(|(known, _)| *known == name)
}

/// Those of a table, its TOAST table's not among them.
fn of_table() -> Vec<Known> {
    TABLE.into_iter().chain(TOAST).collect()
}

/// Holds parameters against those of what has them, and those with `toast.` against those of its TOAST table.
fn stored(cx: &Ctxt, what: &str, parameters: &[Parameter], own: &[Known], toast: &[Known]) {
    each(cx, parameters, |parameter| {
        let (known, name) = match parameter.name.strip_prefix("toast.") {
            Some(name) if !toast.is_empty() => (toast, name),
            _ => (own, parameter.name.as_str()),
        };
        find(known, name).ok_or_else(|| {
            let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            let help = match names[..] {
                [] => "leave it out".to_owned(),
                _ => suggest::help(name, &names),
            };
            let wrong = format!("{what} has no storage parameter `{}`", parameter.name);
            (code::UNKNOWN_OPTION, wrong, help)
        })
    });
}

/// The parameters of an index; of one by another method than the server's own nothing is known.
fn indexed(cx: &Ctxt, method: Option<&Spanned<String>>, parameters: &[Parameter]) {
    let method = method.map_or("btree", |method| &method.value);
    let known = METHODS.iter().find(|(name, _)| *name == method);
    let Some((_, known)) = known else {
        return;
    };
    each(cx, parameters, |parameter| {
        find(known, &parameter.name).ok_or_else(|| {
            let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            let wrong = format!("index method `{method}` has no `{}`", parameter.name);
            let help = suggest::help(&parameter.name, &names);
            (code::NO_SUCH_PARAMETER, wrong, help)
        })
    });
}

fn find(known: &[Known], name: &str) -> Option<Known> {
    known.iter().find(|(known, _)| *known == name).copied()
}

/// Holds each parameter against the one of its name.
fn each(
    cx: &Ctxt,
    parameters: &[Parameter],
    find: impl Fn(&Parameter) -> Result<Known, (Code, String, String)>,
) {
    let mut seen = BTreeSet::new();
    for parameter in parameters {
        let Parameter { name, value, span } = parameter;
        if !seen.insert(name) {
            cx.error(
                code::DUPLICATE_WORD,
                *span,
                format_args!("`{name}` stands here twice"),
                "keep one of them",
            );
            continue;
        }
        match find(parameter) {
            Err((code, wrong, help)) => cx.error(code, *span, wrong, help),
            Ok((_, values)) if !takes(values, value.trim()) => cx.error(
                code::PARAMETER_VALUE,
                *span,
                format_args!("`{name}` cannot be {value}"),
                help(values),
            ),
            Ok(_) => {}
        }
    }
}

fn takes(values: Values, value: &str) -> bool {
    match values {
        Boolean => is_boolean(value),
        Integer(least, most) => integer(value).is_some_and(|value| (least..=most).contains(&value)),
        Real(least, most) => {
            let value = value.parse::<f64>();
            value.is_ok_and(|value| (least..=most).contains(&value))
        }
        Words(words) => words.iter().any(|word| word.eq_ignore_ascii_case(value)),
    }
}

/// An integer as the server reads it (`parse_int`): a fraction is rounded, and digits in C's other bases are taken.
fn integer(value: &str) -> Option<i64> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let other_base = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => Some((&digits[2..], 16)),
        [b'0', _, ..] => Some((&digits[1..], 8)),
        _ => None,
    };
    let whole = match other_base {
        Some((digits, base)) => i64::from_str_radix(digits, base).ok(),
        None => digits.parse().ok(),
    };
    let rounded = || {
        let value: f64 = digits.parse().ok()?;
        // What is past the bounds stays past them.
        #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
        Some(value.round_ties_even() as i64)
    };
    whole.or_else(rounded).map(|value| sign * value)
}

/// What the server reads as a Boolean (`parse_bool`): each word, and what it begins with as long as that is clear.
pub(super) fn is_boolean(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let begins = |word: &str, least: usize| value.len() >= least && word.starts_with(&value);
    begins("true", 1)
        || begins("false", 1)
        || begins("yes", 1)
        || begins("no", 1)
        || begins("on", 2)
        || begins("off", 2)
        || matches!(value.as_str(), "1" | "0")
}

fn help(values: Values) -> String {
    match values {
        Boolean => "write `true` or `false`".to_owned(),
        Integer(10, 100) => "PostgreSQL takes 10 to 100, in percent".to_owned(),
        Integer(least, most) => format!("PostgreSQL takes {least} to {most}"),
        Real(least, f64::MAX) => format!("PostgreSQL takes a number from {least} on"),
        Real(least, most) => format!("PostgreSQL takes a number from {least} to {most}"),
        Words(words) => format!("PostgreSQL takes {}", suggest::list(words)),
    }
}
