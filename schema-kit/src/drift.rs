//! What a live database has that its migrations did not make, and the other way round.

use schema_core::schema::Schema;
use tokio_postgres::Client;

use crate::{
    chain::Chain,
    diff::{Diff, Renames, align},
    error::Error,
    introspect::{self, Filter, UnknownObject},
    migration::{self, Migrations, State},
    plan::Plan,
    scratch::Scratch,
};

/// How a database differs from the schema as of the newest migration it has.
#[derive(Debug)]
#[non_exhaustive]
pub struct Drift {
    /// The migration, `<version>_<name>`; `None` where none is applied, and the database should hold nothing.
    pub as_of: Option<String>,
    /// What differs, in words: what would have to happen to the database to be as expected.
    pub summary: Vec<String>,
    /// The statements that do it.
    pub plan: Plan,
    /// What the model has no place for, and is not compared.
    pub unknown: Vec<UnknownObject>,
}

impl Drift {
    /// Whether the database is as its migrations made it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.summary.is_empty()
    }
}

/// Compares a database with the snapshot of the newest migration that is applied to it.
///
/// # Errors
///
/// When the history or the database cannot be read, or no statement makes a change.
///
/// # Examples
///
/// ```no_run
/// use schema_kit::{chain::Chain, drift, migration::MigrationSource, scratch::Scratch, server::OnProgress};
///
/// # async fn example(mut client: tokio_postgres::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let directory = "migrations".as_ref();
/// let migrations = MigrationSource::Directory("migrations".into()).load()?;
/// let scratch = Scratch::embedded(OnProgress::default());
/// let drift = drift::find(&mut client, &Chain::load(directory)?, &migrations, &scratch).await?;
/// println!("{}", drift.summary.join("\n"));
/// # Ok(())
/// # }
/// ```
pub async fn find(
    client: &mut Client,
    chain: &Chain,
    migrations: &Migrations,
    scratch: &Scratch,
) -> Result<Drift, Error> {
    let status = migration::status(client, migrations).await?;
    let applied = status.entries.iter();
    let applied = applied.filter(|entry| entry.state == State::Applied);
    let applied: Vec<String> = applied
        .map(|entry| format!("{}_{}", entry.version, entry.name))
        .collect();
    let mut newest_first = chain.kept().rev();
    let newest = newest_first.find(|(id, _)| applied.contains(id));
    let expected = match &newest {
        Some((_, snapshot)) => scratch.spell(&snapshot.schema).await?.schema,
        None => Schema::default(),
    };
    let live = introspect::read(client, &Filter::default()).await?;
    let none = Renames::default();
    let aligned = align(&live.schema, &expected, &none);
    let diff = Diff::between(&aligned, &expected);
    Ok(Drift {
        as_of: newest.map(|(id, _)| id),
        summary: diff.summary(),
        plan: Plan::new(&diff, &aligned, &expected, &none)?,
        unknown: live.unknown,
    })
}
