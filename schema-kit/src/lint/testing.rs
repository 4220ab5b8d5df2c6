//! What the rules' tests share.

use schema_core::{def::TableEntry, schema::Schema};

use super::{Rule, Subject};

/// What a rule says about tables, in their order: each message with its help.
pub(super) fn advice(rule: &Rule, entries: &[TableEntry]) -> Vec<(String, String)> {
    let schema = Schema::from_tables(entries).expect("a rule's test declares a valid schema");
    let subjects = entries.iter().zip(&schema.tables);
    let advice = subjects.flat_map(|(entry, table)| {
        rule.check(&Subject {
            def: entry.table,
            foreign_keys: entry.foreign_keys,
            table,
        })
    });
    advice.map(|one| (one.message, one.help)).collect()
}

/// The messages alone.
pub(super) fn messages(rule: &Rule, entries: &[TableEntry]) -> Vec<String> {
    let advice = advice(rule, entries).into_iter();
    advice.map(|(message, _)| message).collect()
}
