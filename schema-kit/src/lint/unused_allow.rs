//! `allow(…)` that silences nothing.

use schema_core::def::AllowDef;

use super::{Advice, Check, Rule, Subject};

/// Its findings are made where the others are silenced, after all rules have run.
pub(super) const RULE: Rule = Rule {
    name: "unused_allow",
    summary: "an `allow(…)` that silences nothing",
    reason: "It says that something is so on purpose which is not so, or no longer; left standing, it would silence the \
             same advice when it is true again.",
    instead_of: "#[column(references = User, index, allow(unindexed_foreign_key, reason = \"…\"))]",
    write: "#[column(references = User, index)]",
    source: "https://doc.rust-lang.org/rustc/lints/levels.html",
    check: Check::Table(|_| Vec::new()),
};

/// The advice about one such `allow`.
pub(super) fn advice(subject: &Subject<'_>, allow: &AllowDef) -> Advice {
    let columns: Vec<String> = allow.column.iter().map(|&name| name.to_owned()).collect();
    let place = match &columns[..] {
        [] => format!("table `{}`", subject.name()),
        columns => subject.describe(columns),
    };
    Advice {
        columns,
        position: Some(allow.position),
        message: format!("`allow({})` on {place} silences nothing", allow.rule),
        help: format!("remove `allow({}, …)`", allow.rule),
    }
}
