//! Rules of primary keys and unique constraints.

use proc_macro2::Span;

use super::columns::twice;
use crate::{
    ast::{Key, Table},
    attr::DeclaredTable,
    code,
    ctxt::Ctxt,
};

/// The most columns of a key, an index or a foreign key
/// ([INDEX_MAX_KEYS](https://www.postgresql.org/docs/current/limits.html)).
pub(super) const MAX_KEYS: usize = 32;

/// Settles the primary key.
///
/// A table without one cannot be updated row by row or replicated, and is nearly always an oversight: leaving it out takes
/// a word.
pub(super) fn primary(cx: &Ctxt, declared: DeclaredTable) -> Table {
    let DeclaredTable {
        mut table,
        primary_keys,
        no_primary_key,
    } = declared;
    match (no_primary_key, primary_keys.as_slice()) {
        (None, []) if !table.columns.is_empty() => missing(cx, &table),
        (Some(_), []) | (None, [] | [_]) => {}
        (Some(span), [_, ..]) => cx.error(
            code::KEY_DENIED,
            span,
            format_args!("`{}` has `no_primary_key` and a primary key", table.ident),
            "remove one of them",
        ),
        (None, [_, others @ ..]) => {
            for other in others {
                second(cx, &table, &primary_keys, other.span);
            }
        }
    }
    table.primary_key = primary_keys.into_iter().next();
    table
}

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    for key in table.primary_key.iter().chain(&table.uniques) {
        for column in &key.columns {
            ordered(cx, table, column.index, key.span);
        }
    }
    if let Some(key) = &table.primary_key {
        no_column_twice(cx, table, key, "a primary key");
        not_too_many(cx, key.span, key.columns.len() + key.include.len());
    }
    for key in &table.uniques {
        no_column_twice(cx, table, key, "a unique constraint");
        not_too_many(cx, key.span, key.columns.len() + key.include.len());
    }
}

/// PostgreSQL's indexes hold at most 32 columns, included ones counted.
pub(super) fn not_too_many(cx: &Ctxt, span: Span, columns: usize) {
    if columns > MAX_KEYS {
        cx.error(
            code::TOO_MANY_KEY_COLUMNS,
            span,
            format_args!("{columns} columns in one key: PostgreSQL takes at most {MAX_KEYS}"),
            "leave some out",
        );
    }
}

/// The server compares no values of these types, so nothing over them is unique or sorted.
///
/// An SQL type stands here as it was written, and no Rust type is one of these by itself.
pub(super) fn ordered(cx: &Ctxt, table: &Table, column: usize, span: Span) {
    let column = &table.columns[column];
    let Some(ty) = column.sql_type.as_ref().filter(|ty| !ty.value.array) else {
        return;
    };
    let help = match ty.value.variant {
        "Json" => "use `type = jsonb`, whose values compare",
        "Xml" | "Point" => "leave it out, or use another type",
        _ => return,
    };
    let name = ty.value.variant.to_uppercase();
    cx.error(
        code::NOT_COMPARABLE,
        span,
        format_args!(
            "column `{}` is {name}, whose values PostgreSQL does not compare",
            column.name.value
        ),
        help,
    );
}

fn missing(cx: &Ctxt, table: &Table) {
    let help = match table.columns.iter().find(|column| column.field == "id") {
        Some(_) => "put `#[column(primary_key)]` on `id`, or `no_primary_key` in `#[table(…)]`",
        None => {
            "put `#[column(primary_key)]` on a field, `primary_key(a, b)` in `#[table(…)]`, or `no_primary_key` there"
        }
    };
    let wrong = format_args!("table `{}` has no primary key", table.name.value);
    cx.error(code::NO_PRIMARY_KEY, table.ident.span(), wrong, help);
}

/// The server takes one primary key per table; two fields that carry the word mean a composite one.
fn second(cx: &Ctxt, table: &Table, all: &[Key], span: Span) {
    let columns = all.iter().flat_map(|key| &key.columns);
    let mut names: Vec<&str> = Vec::new();
    for column in columns {
        let name = table.columns[column.index].field.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let on_fields = all.iter().all(|key| key.columns.len() == 1);
    let help = if on_fields && names.len() > 1 {
        format!(
            "write a composite key on the struct: `#[table(primary_key({}))]`",
            names.join(", ")
        )
    } else {
        "keep one of them; a composite key is `primary_key(a, b)` on the struct".to_owned()
    };
    let wrong = format_args!("table `{}` has two primary keys", table.name.value);
    cx.error(code::TWO_PRIMARY_KEYS, span, wrong, help);
}

/// The server refuses a column that appears twice in a key.
fn no_column_twice(cx: &Ctxt, table: &Table, key: &Key, what: &str) {
    for column in twice(&key.columns) {
        let name = &table.columns[column.index].field;
        cx.error(
            code::KEY_COLUMN_TWICE,
            column.span,
            format_args!("`{name}` stands twice in {what}"),
            "remove it once",
        );
    }
}
