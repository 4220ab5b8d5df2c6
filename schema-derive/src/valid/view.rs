//! Rules of views.

use super::{
    allows, columns, indexes,
    names::{identifier, no_system_namespace},
    storage::{self, is_boolean},
};
use crate::{
    ast::{Parameter, View},
    code,
    ctxt::Ctxt,
    suggest,
    symbol::{CHECK_OPTION, TABLESPACE, USING, WITH_NO_DATA},
};

/// The most columns of a view (MaxHeapAttributeNumber).
const MAX_COLUMNS: usize = 1600;

/// The options of a plain view ([`CREATE VIEW`](https://www.postgresql.org/docs/current/sql-createview.html)).
const VIEW_OPTIONS: [&str; 2] = ["security_barrier", "security_invoker"];

/// Applies the rules.
pub(crate) fn view(cx: &Ctxt, view: &View) {
    names(cx, view);
    columns(cx, view);
    // A view without a query is none, unless what could not be read was to be it.
    if !view.has_query && !cx.has_lost_word() {
        cx.error(
            code::NO_QUERY,
            view.table.ident.span(),
            format_args!("view `{}` has no query", view.table.ident),
            "write `#[view(query = sql(\"SELECT {u.id} FROM {User as u}\"))]`",
        );
    }
    if view.materialized {
        materialized(cx, view);
    } else {
        plain(cx, view);
    }
    allows::check(cx, &view.table);
}

/// The server takes no other names.
fn names(cx: &Ctxt, view: &View) {
    let table = &view.table;
    identifier(cx, &table.name, "view name");
    if let Some(namespace) = &table.namespace {
        identifier(cx, namespace, "namespace");
        no_system_namespace(cx, namespace);
    }
    for column in &table.columns {
        identifier(cx, &column.name, "column name");
    }
    for (name, what) in [
        (&table.renamed_from, "former name"),
        (&view.method, "access method"),
        (&view.tablespace, "tablespace"),
    ] {
        if let Some(name) = name {
            identifier(cx, name, what);
        }
    }
    let indexes = table.indexes.iter();
    let indexes: Vec<_> = indexes.filter_map(|index| index.name.as_ref()).collect();
    for (at, name) in indexes.iter().enumerate() {
        identifier(cx, name, "index name");
        if name.value == table.name.value
            || indexes[..at].iter().any(|other| other.value == name.value)
        {
            cx.error(
                code::INDEX_NAME_TWICE,
                name.span,
                format_args!("the name `{}` is taken in this view", name.value),
                "a view and its indexes share one set of names: give it another one",
            );
        }
    }
}

fn columns(cx: &Ctxt, view: &View) {
    let table = &view.table;
    let count = table.columns.len();
    // There would be no row to map.
    if count == 0 {
        cx.error(
            code::NO_COLUMNS,
            table.ident.span(),
            format_args!("view `{}` has no columns", table.name.value),
            "add a field for each result of its query",
        );
    }
    if count > MAX_COLUMNS {
        cx.error(
            code::TOO_MANY_COLUMNS,
            table.columns[MAX_COLUMNS].ident.span(),
            format_args!(
                "view `{}` has {count} columns, PostgreSQL takes at most {MAX_COLUMNS}",
                table.name.value
            ),
            "leave some out, or make two views",
        );
    }
    columns::one_name_each(cx, table);
    // Only what is stored has system columns.
    if view.materialized {
        columns::no_system_columns(cx, table);
    }
}

/// A plain view stores nothing: what says how is the materialized view's. What could not be read may have been the word that
/// makes it one.
fn plain(cx: &Ctxt, view: &View) {
    if cx.has_lost_word() {
        return;
    }
    let refuse = |span, what: &str| {
        cx.error(
            code::STORED_ALONE,
            span,
            format_args!("`{what}` on a plain view, which stores no rows"),
            "add `materialized`, or leave it out",
        );
    };
    for index in &view.table.indexes {
        refuse(
            index.span,
            if index.unique {
                "unique_index"
            } else {
                "index"
            },
        );
    }
    if let Some(span) = view.with_no_data {
        refuse(span, WITH_NO_DATA);
    }
    for (word, name) in [(&view.method, USING), (&view.tablespace, TABLESPACE)] {
        if let Some(word) = word {
            refuse(word.span, name);
        }
    }
    for Parameter { name, value, span } in &view.with {
        if storage::is_of_table(name) {
            refuse(*span, &format!("with({name})"));
        } else if name == CHECK_OPTION {
            cx.error(
                code::CHECK_OPTION_PLACE,
                *span,
                "`check_option` stands beside `with(…)`, not in it",
                format_args!("write `check_option = {value}`"),
            );
        } else if !VIEW_OPTIONS.contains(&name.as_str()) {
            cx.error(
                code::UNKNOWN_OPTION,
                *span,
                format_args!("a view has no option `{name}`"),
                suggest::help(name, &VIEW_OPTIONS),
            );
        } else if !is_boolean(value) {
            cx.error(
                code::OPTION_VALUE,
                *span,
                format_args!("`{name}` cannot be `{value}`"),
                format_args!("write `with({name})` or `with({name} = false)`"),
            );
        }
    }
}

/// A materialized view is stored like a table, and nothing is written through it.
fn materialized(cx: &Ctxt, view: &View) {
    indexes::check(cx, &view.table);
    if let Some(option) = &view.check_option {
        cx.error(
            code::PLAIN_ALONE,
            option.span,
            "`check_option` on a materialized view, through which nothing is written",
            "leave it out",
        );
    }
    let (of_plain, stored): (Vec<_>, Vec<_>) = view
        .with
        .iter()
        .cloned()
        .partition(|parameter| VIEW_OPTIONS.contains(&parameter.name.as_str()));
    for Parameter { name, span, .. } in of_plain {
        cx.error(
            code::PLAIN_ALONE,
            span,
            format_args!("`with({name})` on a materialized view, whose rows are its own"),
            "leave it out, or make it a plain view",
        );
    }
    // Another access method has parameters of its own.
    if view.method.is_none() {
        storage::materialized(cx, &stored);
    }
}
