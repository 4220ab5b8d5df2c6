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
mod lookup;
mod lower;
mod name;
mod online;
mod options;
mod order;
mod rebuild;
mod report;
mod script;
mod statement;
mod step;
mod volatile;

use std::{error, fmt};

use schema_core::{ddl, schema::Schema};

use self::{
    effect::Relations,
    lookup::Lookup,
    online::Online,
    rebuild::{Role, Stage},
    step::Step,
};
pub use self::{
    effect::{Effect, LockMode, Work},
    hazard::{Hazard, HazardKind},
    options::{Mode, PlanOptions, PlanRequest},
    report::Report,
    script::Part,
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
        Self::with_options(diff, previous, next, renames, &PlanOptions::default())
    }

    /// Plans a diff as [`Plan::new`] does, in the way that the options say.
    ///
    /// # Errors
    ///
    /// As for [`Plan::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{Index, IndexKey, Indexed, QualifiedName, Schema, Table};
    /// use schema_kit::{diff::{Diff, Renames}, plan::{Plan, PlanOptions}};
    ///
    /// let table = |indexes: Vec<Index>| Table {
    ///     columns: vec![schema_core::schema::Column::new("name", "text".parse().unwrap())],
    ///     indexes,
    ///     ..Table::new(QualifiedName::new("public", "users"))
    /// };
    /// let by_name = Index::new("by_name", vec![IndexKey::new(Indexed::Column("name".to_owned()))]);
    /// let previous = Schema { tables: vec![table(vec![])], ..Schema::default() };
    /// let next = Schema { tables: vec![table(vec![by_name])], ..Schema::default() };
    /// let (diff, none) = (Diff::between(&previous, &next), Renames::default());
    ///
    /// let plan = Plan::with_options(&diff, &previous, &next, &none, &PlanOptions::online())?;
    /// let [statement] = &plan.statements[..] else { unreachable!() };
    /// assert_eq!(statement.sql, "CREATE INDEX CONCURRENTLY IF NOT EXISTS by_name ON users (name)");
    /// assert!(!statement.transactional);
    /// # Ok::<(), schema_kit::plan::PlanError>(())
    /// ```
    pub fn with_options(
        diff: &Diff<'_>,
        previous: &Schema,
        next: &Schema,
        renames: &Renames,
        options: &PlanOptions,
    ) -> Result<Self, PlanError> {
        if diff.is_empty() && renames.is_empty() {
            return Ok(Self::default());
        }
        let (before, after) = (Lookup::new(previous), Lookup::new(next));
        match rebuild::stages(&before, &after, renames) {
            None => Self::in_one(diff, (&before, &after), renames, options),
            Some(stages) => Self::in_stages(stages, options),
        }
    }

    /// Plans what leads to the next schema through others.
    fn in_stages(stages: Vec<Stage>, options: &PlanOptions) -> Result<Self, PlanError> {
        let mut statements = Vec::new();
        let (mut has_begun, mut lost) = (false, Vec::new());
        let mut offline = options.clone();
        offline.mode = Mode::Offline;
        for stage in stages {
            let Stage {
                from,
                to,
                renames,
                rows,
                role,
                losses,
            } = stage;
            let options = match role {
                Role::Ordinary => options,
                Role::Begins | Role::Continues => &offline,
            };
            let diff = Diff::between(&from, &to);
            let schemas = (&Lookup::new(&from), &Lookup::new(&to));
            let mut planned = Self::in_one(&diff, schemas, &renames, options)?.statements;
            let relations = Relations::new(&to, &renames);
            let rows = rows.into_iter();
            planned.extend(rows.map(|step| options.timed(Statement::new(step, &relations))));
            if role == Role::Begins {
                has_begun = false;
            }
            if role != Role::Ordinary {
                for statement in &mut planned {
                    statement.join(has_begun, options);
                    has_begun = true;
                }
            }
            lost.extend(losses);
            if let Some(first) = planned.first_mut() {
                first.hazards.append(&mut lost);
                first.hazards.sort();
            }
            statements.extend(planned);
        }
        Ok(Self { statements })
    }

    /// Plans what leads to the next schema by itself.
    fn in_one(
        diff: &Diff<'_>,
        (previous, next): (&Lookup<'_>, &Lookup<'_>),
        renames: &Renames,
        options: &PlanOptions,
    ) -> Result<Self, PlanError> {
        let mut steps = lower::lower(diff, previous, next, renames)?;
        let relations = Relations::new(previous, renames);
        if options.mode == Mode::Online {
            let online = Online::new(previous, next, &relations, options.server_version);
            steps = online.rewrite(steps);
        }
        let mut statements = Vec::new();
        let timed = |step| options.timed(Statement::new(step, &relations));
        for step in order::ordered(steps) {
            let is_unchecked = step.unchecked;
            let setting = |sql: &str| timed(Step::setting(sql));
            statements.extend(is_unchecked.then(|| setting(ddl::IGNORE_BODIES)));
            statements.push(timed(step));
            statements.extend(is_unchecked.then(|| setting(ddl::CHECK_BODIES)));
        }
        Ok(Self { statements })
    }
}
