//! One statement of a plan, and how it is written for a reader.

use std::time::Duration;

use schema_core::schema::QualifiedName;

use super::{
    effect::{Effect, Relations},
    hazard::{Hazard, HazardKind},
    options::PlanOptions,
    step::Step,
};

/// One statement of a plan, with what has to be known before it is run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The statement, without a semicolon at its end.
    pub sql: String,
    /// Its dangers, the worst first.
    pub hazards: Vec<Hazard>,
    /// What whoever runs it should know besides, each a sentence without a full stop.
    pub notes: Vec<String>,
    /// What it does to tables that were there before the plan, by name. A lock of `ACCESS SHARE`, which every query takes,
    /// is listed only where rows are read.
    pub effects: Vec<Effect>,
    /// Whether it may run inside a transaction block. `CREATE INDEX CONCURRENTLY` and its like may not.
    pub transactional: bool,
    /// Whether what it does can be used in a later transaction only: a new label of an enum type.
    pub commits: bool,
    /// Whether it is nothing without the statement before it: both run in one transaction.
    pub joined: bool,
    /// The index that it leaves behind, invalid, when it fails: it has to be dropped before the statement runs again.
    pub leaves_invalid: Option<QualifiedName>,
    /// How long it may wait and run.
    pub timeouts: Timeouts,
}

/// How long a statement may wait and run; `None` is as the session has it, and a duration of zero is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Timeouts {
    /// `lock_timeout`: how long it waits for a lock, and others that want a lock wait behind it.
    pub lock: Option<Duration>,
    /// `statement_timeout`: how long it runs in all.
    pub statement: Option<Duration>,
}

impl Statement {
    pub(super) fn new(step: Step, relations: &Relations<'_>) -> Self {
        let mut hazards = step.hazards;
        hazards.extend(relations.hazards(&step.touches));
        hazards.sort();
        hazards.dedup();
        Self {
            sql: step.sql,
            hazards,
            notes: step.notes,
            effects: relations.effects(&step.touches),
            transactional: step.transactional,
            commits: step.commits,
            joined: false,
            leaves_invalid: step.leaves_invalid,
            timeouts: Timeouts::default(),
        }
    }

    /// Makes it a part of a transaction in which nothing is lost: what it drops comes again, with its rows.
    pub(super) fn join(&mut self, before: bool, options: &PlanOptions) {
        self.joined = before;
        self.timeouts = options.timeouts;
        self.hazards.retain(|hazard| {
            !matches!(
                hazard.kind,
                HazardKind::DeletesData | HazardKind::BreaksClients | HazardKind::NotReversible
            )
        });
    }

    /// Renders the statement with a semicolon and a newline, its hazards as `-- hazard: KIND: what` lines above it, then
    /// its notes as `-- note: what`.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for hazard in &self.hazards {
            text.push_str(&format!("-- hazard: {}\n", one_line(&hazard.to_string())));
        }
        for note in &self.notes {
            text.push_str(&format!("-- note: {}\n", one_line(note)));
        }
        text + &format!("{};\n", self.sql)
    }
}

/// A name may hold a line break, which would end a comment.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
