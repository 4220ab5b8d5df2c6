//! The statements that turn one schema into another, in a safe order, each with its dangers.
//!
//! [`Plan::new`] takes a [`Diff`]: each change becomes statements (`lower`), and the order comes from a graph
//! of what they make, need, release and remove (`order`), never from luck. A plan is data; it runs nothing. Each
//! [`Statement`] says which tables it locks and whether it goes through their rows ([`Effect`]); the hazards that follow
//! from that are derived in one place.
//!
//! ```
//! use schema_core::schema::{Column, QualifiedName, Schema, Table};
//! use schema_kit::{diff::{Diff, Renames}, plan::{HazardKind, Plan}};
//!
//! let table = |columns: &[&str]| Table {
//!     columns: columns.iter().map(|name| Column::new(*name, "text".parse().unwrap())).collect(),
//!     ..Table::new(QualifiedName::new("public", "users"))
//! };
//! let previous = Schema { tables: vec![table(&["name", "nick"])], ..Schema::default() };
//! let next = Schema { tables: vec![table(&["name"])], ..Schema::default() };
//!
//! let plan = Plan::new(&Diff::between(&previous, &next), &previous, &next, &Renames::default())?;
//! let [statement] = &plan.statements[..] else { unreachable!() };
//! assert_eq!(statement.sql, "ALTER TABLE users DROP COLUMN nick");
//! assert_eq!(statement.hazards[0].kind, HazardKind::DeletesData);
//! # Ok::<(), schema_kit::plan::PlanError>(())
//! ```

mod convert;
mod effect;
mod hazard;
mod lower;
mod order;
mod script;
mod statement;
mod step;

use std::{error, fmt};

use schema_core::{ddl, schema::Schema};

use self::{effect::Relations, step::Step};
pub use self::{
    effect::{Effect, LockMode, Work},
    hazard::{Hazard, HazardKind},
    statement::{Statement, Timeouts},
};
use crate::diff::{Diff, Renames};

/// The statements that turn one schema into another, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Plan {
    /// The statements, none where the schemas are equal.
    pub statements: Vec<Statement>,
}

/// A change that no statement can make.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanError {
    /// The object, such as `table messages`.
    pub object: String,
    /// What cannot be changed, as the rest of a sentence: `cannot become partitioned`.
    pub change: &'static str,
    /// What to do instead.
    pub help: &'static str,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.object, self.change)
    }
}

impl error::Error for PlanError {}

impl Plan {
    /// Plans a diff of two schemas, of which the previous one is as it is after the renames ([`Renames::apply`]).
    ///
    /// # Errors
    ///
    /// When PostgreSQL has no statement for a change.
    pub fn new(
        diff: &Diff<'_>,
        previous: &Schema,
        next: &Schema,
        renames: &Renames,
    ) -> Result<Self, PlanError> {
        let steps = lower::lower(diff, previous, next, renames)?;
        let relations = Relations::new(previous, renames);
        let mut statements = Vec::new();
        for step in order::ordered(steps) {
            let is_unchecked = step.unchecked;
            let setting = |sql: &str| Statement::new(Step::setting(sql), &relations);
            statements.extend(is_unchecked.then(|| setting(ddl::IGNORE_BODIES)));
            statements.push(Statement::new(step, &relations));
            statements.extend(is_unchecked.then(|| setting(ddl::CHECK_BODIES)));
        }
        Ok(Self { statements })
    }
}
