//! Brings a database to the compiled schema without migrations, for prototyping.
//!
//! It touches what it owns alone: what the compiled schema has, and what an earlier push made. Everything else in the
//! database stays as it is and is listed. What was pushed is kept in the database, in the kit's own namespace.

mod loss;
mod owned;
mod record;

use schema_core::{def::SchemaDef, schema::Schema};
use tokio_postgres::Client;

pub use self::loss::Loss;
use crate::{
    diff::{Diff, Renames, align},
    error::{Error, PushError},
    introspect::{self, Filter},
    plan::{Plan, Statement},
    scratch::Scratch,
};

/// What a push would do.
#[derive(Debug)]
#[non_exhaustive]
pub struct Push {
    /// What differs, in words, one line per object.
    pub summary: Vec<String>,
    /// The statements.
    pub plan: Plan,
    /// The rows and values that go, counted; what is empty is no loss.
    pub losses: Vec<Loss>,
    /// What looks like a rename, as `--rename` takes it.
    pub candidates: Vec<String>,
    /// What is in the database and not the push's own, by name.
    pub left_alone: Vec<String>,
    next: Schema,
}

impl Push {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plan.statements.is_empty()
    }
}

/// Compares a database with the compiled schema, and counts what would be lost. Nothing is changed.
///
/// # Errors
///
/// When the database cannot be read, a rename cannot be followed, or no statement makes a change.
///
/// # Examples
///
/// ```no_run
/// use schema_core::def::SchemaDef;
/// use schema_kit::{push, scratch::Scratch, server::OnProgress};
///
/// # async fn example(mut client: tokio_postgres::Client, chat: &'static SchemaDef) -> Result<(), schema_kit::Error> {
/// let scratch = Scratch::embedded(OnProgress::default());
/// let push = push::prepare(&mut client, chat, &[], &scratch).await?;
/// if push.losses.is_empty() {
///     push::apply(&mut client, &push).await?;
/// }
/// # Ok(())
/// # }
/// ```
pub async fn prepare(
    client: &mut Client,
    definition: &'static SchemaDef,
    hints: &[String],
    scratch: &Scratch,
) -> Result<Push, Error> {
    let compiled = Schema::from_def(definition).map_err(|error| Error::Schema(Box::new(error)))?;
    let next = scratch.spell(&compiled).await?.schema;
    let live = introspect::read(client, &Filter::default()).await?.schema;
    let pushed = record::read(client).await?;
    let (own, left_alone) = owned::split(live, &[&next, &pushed]);
    let mut renames = Renames::from_hints(hints, &own)?;
    renames.add_definitions(definition, &own);
    let aligned = align(&own, &next, &renames);
    let diff = Diff::between(&aligned, &next);
    let plan = Plan::new(&diff, &aligned, &next, &renames)?;
    let mut summary = renames.summary();
    summary.extend(diff.summary());
    let candidates = diff.rename_candidates();
    Ok(Push {
        losses: loss::count(client, &diff, &renames).await?,
        candidates: candidates.iter().map(ToString::to_string).collect(),
        summary,
        plan,
        left_alone,
        next,
    })
}

/// Runs the statements: in one transaction, but for what PostgreSQL lets be used only after a commit, a new label of an enum
/// type. Where a statement fails, its transaction is rolled back.
///
/// # Errors
///
/// When a statement is refused.
pub async fn apply(client: &mut Client, push: &Push) -> Result<(), Error> {
    let statements = &push.plan.statements;
    let total = statements.len();
    let mut done = 0;
    for part in statements.split_inclusive(|statement| statement.commits) {
        run(client, part, (done, total)).await?;
        done += part.len();
    }
    record::write(client, &push.next).await
}

async fn run(
    client: &mut Client,
    part: &[Statement],
    (done, total): (usize, usize),
) -> Result<(), Error> {
    let failed = |source| PushError::Transaction { source };
    let transaction = client.transaction().await.map_err(failed)?;
    for (at, statement) in part.iter().enumerate() {
        if let Err(source) = transaction.batch_execute(&statement.sql).await {
            return Err(Error::from(PushError::Statement {
                number: done + at + 1,
                total,
                kept: done,
                statement: statement.sql.clone(),
                source,
            }));
        }
    }
    Ok(transaction.commit().await.map_err(failed)?)
}
