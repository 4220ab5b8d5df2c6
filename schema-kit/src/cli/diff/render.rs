//! What `diff` prints.

use std::collections::BTreeMap;

use schema_core::schema::QualifiedName;
use serde_json::{Value, json};

use crate::{
    diff::{RenameCandidate, Renames},
    introspect::{TableSize, UnknownObject},
    plan::{Plan, Report, Statement},
};

/// What was found.
#[derive(Debug)]
pub(super) struct Comparison {
    /// What differs, in words.
    pub(super) summary: Vec<String>,
    pub(super) plan: Plan,
    pub(super) renames: Renames,
    /// How large the tables are that the plan touches.
    pub(super) sizes: BTreeMap<QualifiedName, TableSize>,
    pub(super) candidates: Vec<RenameCandidate>,
    /// What the model has no place for, of the previous and of the next schema.
    pub(super) unknown: [Vec<UnknownObject>; 2],
}

impl Comparison {
    pub(super) fn is_empty(&self) -> bool {
        self.summary.is_empty() && self.plan.statements.is_empty()
    }

    pub(super) fn summary(&self) -> String {
        self.summary
            .iter()
            .map(|line| format!("{line}\n"))
            .collect()
    }

    pub(super) fn report(&self) -> String {
        Report::new(&self.plan, &self.renames, self.sizes.clone()).text()
    }

    pub(super) fn json(&self) -> String {
        let candidates = self.candidates.iter().map(ToString::to_string);
        let [previous, next] = self.unknown.each_ref().map(|list| unknown_json(list));
        let value = json!({
            "equal": self.is_empty(),
            "summary": self.summary,
            "statements": self.plan.statements.iter().map(statement_json).collect::<Value>(),
            "report": Report::new(&self.plan, &self.renames, self.sizes.clone()).json(),
            "rename_candidates": candidates.collect::<Vec<_>>(),
            "not_compared": { "from": previous, "to": next },
        });
        format!("{value:#}\n")
    }
}

fn statement_json(statement: &Statement) -> Value {
    let hazards = statement.hazards.iter();
    let hazards = hazards.map(|it| json!({ "kind": it.kind.as_str(), "what": it.what }));
    json!({
        "sql": statement.sql,
        "hazards": hazards.collect::<Value>(),
        "commits": statement.commits,
        "joined": statement.joined,
        "transactional": statement.transactional,
    })
}

fn unknown_json(list: &[UnknownObject]) -> Value {
    let objects = list.iter();
    let objects = objects.map(|it| json!({ "kind": it.kind, "name": it.name }));
    objects.collect()
}
