//! Checks, exclusion constraints and indexes that stay as they are, over columns whose type becomes another or is made
//! anew.
//!
//! The server makes them anew from the text it had made of them for the type before, with the casts it had added: `a > 0`
//! of a `double precision` column is `a > (0)::double precision` to it, which of an `integer` one is
//! `(a)::double precision > (0)::double precision`, and of a `date` an error. Where the text may not be what is made of it
//! for the next type, they are dropped before and made again after.

use std::collections::BTreeSet;

use schema_core::{
    ident,
    schema::{Check, Exclusion, QualifiedName, Table},
};

use super::{super::step::Step, Context, column, constraint, dependent, index, table};
use crate::diff::{self, AlterTable, Diff, Pair};

pub(super) fn lower(cx: &Context<'_>, diff: &Diff<'_>, steps: &mut Vec<Step>) {
    let altered = diff.altered_tables().map(|alter| &alter.table.next.name);
    let mut differing: BTreeSet<&QualifiedName> = altered.collect();
    differing.extend(diff::names(&diff.moved));
    // A type that is made anew is that of columns which do not differ.
    let has_all = !cx.types_again.is_empty();
    for next in &cx.next.tables {
        if !has_all && !differing.contains(&next.name) {
            continue;
        }
        if let Some(previous) = cx.previous.own(&next.name) {
            parts(cx, Pair { previous, next }, steps);
        }
    }
}

fn parts(cx: &Context<'_>, pair: Pair<'_, Table>, steps: &mut Vec<Step>) {
    let changed = column::respelled(cx, pair);
    if changed.is_empty() {
        return;
    }
    // What goes with a column that is made again comes back with it.
    let again = column::made_again(&AlterTable::new(pair));
    let (previous, next) = (&table::without(pair.previous, &again), pair.next);
    let name = &next.name;
    // What is made with an object that is made again goes with that.
    let is_over = |texts: &[String]| {
        let mut texts = texts.iter().map(String::as_str);
        !dependent::is_gone(cx, texts.clone())
            && texts.any(|text| {
                let used = ident::columns_in(text, &name.name, &changed);
                !used.is_empty() && !only_asks_for_null(text, &used)
            })
    };
    for check in previous.checks.iter().filter(|it| next.checks.contains(it)) {
        if is_over(&[check.expression.to_string()]) {
            constraint::make_again::<Check>(cx, previous, name, check, steps);
        }
    }
    let exclusions = previous.exclusions.iter();
    for exclusion in exclusions.filter(|it| next.exclusions.contains(it)) {
        if is_over(&constraint::exclusion_texts(exclusion)) {
            constraint::make_again::<Exclusion>(cx, previous, name, exclusion, steps);
        }
    }
    let indexes = previous.indexes.iter();
    for index in indexes.filter(|it| next.indexes.contains(it)) {
        if is_over(&index::texts(index)) {
            index::make_again(cx, name, index, steps);
        }
    }
}

/// Whether the columns stand before `IS NULL` and `IS NOT NULL` alone, which mean the same of every type.
fn only_asks_for_null(text: &str, columns: &[String]) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let asked = words.iter().enumerate().filter(|(at, word)| {
        let is_column = columns.iter().any(|name| word.trim_matches('"') == name);
        let behind = words.get(at + 1).zip(words.get(at + 2));
        is_column
            && behind.is_some_and(|(is, what)| {
                let is_null = |word: &str| word.eq_ignore_ascii_case("null");
                let is_not = what.eq_ignore_ascii_case("not");
                let is_null =
                    is_null(what) || (is_not && words.get(at + 3).is_some_and(|it| is_null(it)));
                is.eq_ignore_ascii_case("is") && is_null
            })
    });
    let mentions = words.iter().filter(|word| {
        let mut names = columns.iter();
        names.any(|name| word.contains(name.as_str()))
    });
    asked.count() == mentions.count()
}

#[cfg(test)]
mod tests {
    use super::only_asks_for_null;

    #[test]
    fn a_column_before_is_null_means_the_same_of_every_type() {
        let columns = ["a".to_owned(), "B".to_owned()];
        for text in [
            "(a IS NULL)",
            "a is not null",
            "((a IS NULL) OR (\"B\" IS NOT NULL))",
        ] {
            assert!(only_asks_for_null(text, &columns), "{text}");
        }
        for text in [
            "a > 0",
            "(a IS NULL) OR (a > (0)::numeric)",
            "a",
            "f(a)",
            "a IS DISTINCT FROM 1",
            "(a)::text IS NULL",
        ] {
            assert!(!only_asks_for_null(text, &columns), "{text}");
        }
    }
}
