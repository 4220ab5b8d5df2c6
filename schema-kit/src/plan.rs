//! The statements that turn one schema into another, in a safe order, each with its dangers.
//!
//! [`Plan::new`] takes a [`Diff`]: each change becomes statements (`lower`), and the order comes from a graph
//! of what they make, need, release and remove (`order`), never from luck. A plan is data; it runs nothing.
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
mod hazard;
mod lower;
mod order;
mod step;

use std::{error, fmt};

use schema_core::schema::Schema;

pub use self::hazard::{Hazard, HazardKind};
use crate::diff::{Diff, Renames};

/// The statements that turn one schema into another, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Plan {
    /// The statements, none where the schemas are equal.
    pub statements: Vec<Statement>,
}

/// One statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The statement, without a semicolon at its end.
    pub sql: String,
    /// Its dangers, the worst first.
    pub hazards: Vec<Hazard>,
    /// Whether what it does can be used in a later transaction only: a new label of an enum type.
    pub commits: bool,
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
        let statements = order::ordered(steps).into_iter().map(|step| {
            let mut hazards = step.hazards;
            hazards.sort();
            Statement {
                sql: step.sql,
                hazards,
                commits: step.commits,
            }
        });
        Ok(Self {
            statements: statements.collect(),
        })
    }

    /// Renders the plan as a script, hazards as comments above the statement they belong to.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::plan::Plan;
    ///
    /// assert_eq!(Plan::default().script(), "");
    /// ```
    #[must_use]
    pub fn script(&self) -> String {
        let statements: Vec<String> = self.statements.iter().map(Statement::render).collect();
        statements.join("\n")
    }
}

impl Statement {
    /// Renders the statement with a semicolon and a newline, its hazards as `-- hazard: KIND: what` lines above it.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for hazard in &self.hazards {
            text.push_str(&format!("-- hazard: {hazard}\n"));
        }
        text + &format!("{};\n", self.sql)
    }
}
