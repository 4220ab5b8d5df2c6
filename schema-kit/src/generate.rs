//! Makes the next migration of a directory: what turns the schema as of the newest snapshot into the one that was compiled.
//! No database is asked.
//!
//! [`draft`] makes it as text, [`Draft::write`] puts it beside the others, whole or not at all. What looks like a rename is
//! never guessed, and what deletes data is never written without being allowed: both are errors that say what to add.
//! No database is known, so the tables there are count as large and in use: see [`Options::plan`].
//! [`rebase`] makes a migration of a merged branch follow the others.

mod accept;
mod draft;
mod error;
mod name;
mod rebase;
mod version;

use std::collections::BTreeSet;

use schema_core::{ddl, def::SchemaDef, schema::Schema};

pub use self::{
    accept::accept,
    draft::Draft,
    error::GenerateError,
    rebase::{Rebase, rebase},
    version::next_version,
};
use crate::{
    chain::Chain,
    diff::{Change, Diff, RenameCandidate, Renames, TableChange, align},
    migration::Version,
    plan::{HazardKind, Plan, PlanError, PlanOptions, PlanRequest},
};

/// What is asked of a migration.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Its version, which is higher than all others; see [`next_version`].
    pub version: Version,
    /// Its name; what changed where there is none.
    pub name: Option<String>,
    /// Renames, as [`Renames::from_hints`] takes them.
    pub renames: Vec<String>,
    /// What looks renamed and is not: `table` or `table.column` of the previous schema.
    pub dropped: BTreeSet<String>,
    /// Where `renamed_from` is read.
    pub definition: Option<&'a SchemaDef>,
    /// Whether rows and values may be deleted.
    pub may_delete: bool,
    /// How its statements are made, on the way back too: for tables in use where the previous schema has tables.
    pub plan: PlanRequest,
}

impl Options<'_> {
    /// Nothing asked but a version.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Self {
            version,
            name: None,
            renames: Vec::new(),
            dropped: BTreeSet::new(),
            definition: None,
            may_delete: false,
            plan: PlanRequest::default(),
        }
    }
}

/// Makes the next migration of a chain; `None` where the newest snapshot is the schema already.
///
/// # Errors
///
/// When the chain is broken, a rename cannot be followed, something dropped may have been renamed, a change cannot be made
/// by any statement, or rows or values are deleted and may not be.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Column, QualifiedName, Schema, Table};
/// use schema_kit::{chain::Chain, generate::{self, Options}, migration::Version};
///
/// # let directory = tempfile::tempdir()?;
/// let directory = directory.path().join("migrations");
/// let column = |name: &&str| Column { nullable: true, ..Column::new(*name, "text".parse().unwrap()) };
/// let schema = |columns: &[&str]| Schema {
///     tables: vec![Table {
///         columns: columns.iter().map(column).collect(),
///         ..Table::new(QualifiedName::new("public", "users"))
///     }],
///     ..Schema::default()
/// };
/// let options = |version| Options::new(Version::parse(version).unwrap());
///
/// let first = generate::draft(&Chain::load(&directory)?, &schema(&["name"]), &options("1"))?.unwrap();
/// assert_eq!(first.id, "1_create_users");
/// first.write(&directory)?;
///
/// let second = generate::draft(&Chain::load(&directory)?, &schema(&["name", "nick"]), &options("2"))?.unwrap();
/// assert_eq!(second.id, "2_add_nick_to_users");
/// assert!(second.up.starts_with("SET lock_timeout = '3s';\n"));
/// assert!(second.up.contains("BEGIN;\nALTER TABLE users ADD COLUMN nick text;\nCOMMIT;\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn draft(
    chain: &Chain,
    next: &Schema,
    options: &Options<'_>,
) -> Result<Option<Draft>, GenerateError> {
    let problems = chain.problems();
    if !problems.is_empty() {
        return Err(GenerateError::Chain { problems });
    }
    let (parent, previous) = newest(chain)?;
    let (renames, stale) = renames(&previous, options)?;
    let step = Step::between(&previous, next, &renames, &options.plan)?;
    if step.is_empty() {
        return Ok(None);
    }
    let is_dropped = |name: &&String| !step.dropped.contains(*name);
    if let Some(name) = options.dropped.iter().find(is_dropped) {
        return Err(GenerateError::NotDropped { name: name.clone() });
    }
    let undecided = undecided(&step, options);
    if !undecided.is_empty() {
        return Err(GenerateError::Undecided {
            candidates: undecided,
        });
    }
    let deleted = step.deletes();
    if !options.may_delete && !deleted.is_empty() {
        return Err(GenerateError::DeletesData { what: deleted });
    }
    let name = match &options.name {
        Some(name) => name::checked(name)?,
        None => step.name.clone(),
    };
    let id = format!("{}_{name}", options.version);
    Ok(Some(Draft::new(id, parent, step, next, stale)))
}

/// Makes a migration without statements, for those written by hand: the schema stays as it is.
///
/// # Errors
///
/// When the chain is broken or the name cannot be one.
pub fn custom(chain: &Chain, name: &str, version: &Version) -> Result<Draft, GenerateError> {
    let problems = chain.problems();
    if !problems.is_empty() {
        return Err(GenerateError::Chain { problems });
    }
    let (parent, previous) = newest(chain)?;
    let id = format!("{version}_{}", name::checked(name)?);
    Ok(Draft::custom(id, parent, &previous))
}

/// The newest migration with a snapshot, and its schema; nothing before the first migration.
fn newest(chain: &Chain) -> Result<(Option<String>, Schema), GenerateError> {
    match (chain.newest(), chain.links()) {
        (Some((id, schema)), _) => Ok((Some(id), schema.clone())),
        (None, []) => Ok((None, Schema::default())),
        (None, [.., last]) => Err(GenerateError::NoSnapshot {
            migration: last.migration.id(),
        }),
    }
}

/// The renames that are asked for and those the source tells, and where what the source tells is done already.
fn renames(
    previous: &Schema,
    options: &Options<'_>,
) -> Result<(Renames, Vec<String>), GenerateError> {
    let mut renames = Renames::from_hints(&options.renames, previous)?;
    let stale = match options.definition {
        Some(definition) => renames.add_definitions(definition, previous),
        None => Vec::new(),
    };
    Ok((renames, stale))
}

fn undecided(step: &Step, options: &Options<'_>) -> Vec<RenameCandidate> {
    let is_open = |candidate: &RenameCandidate| !options.dropped.contains(&candidate.previous());
    let candidates = step.candidates.iter().filter(|it| is_open(it));
    candidates.cloned().collect()
}

/// The way from one schema to another and back.
#[derive(Debug)]
struct Step {
    name: String,
    candidates: Vec<RenameCandidate>,
    /// The tables and columns that are dropped, as hints write them.
    dropped: Vec<String>,
    up: Plan,
    /// Statements of an empty database's first migration, which reads better than a plan.
    first: Option<String>,
    down: Result<Plan, PlanError>,
}

impl Step {
    fn between(
        previous: &Schema,
        next: &Schema,
        renames: &Renames,
        request: &PlanRequest,
    ) -> Result<Self, GenerateError> {
        let options = request.options(previous);
        let renamed = align(previous, next, renames);
        let (diff, up) = plan(&renamed, next, renames, &options);
        let back = renames.reversed();
        let (_, down) = plan(&align(next, previous, &back), previous, &back, &options);
        Ok(Self {
            name: name::of(&diff, renames),
            candidates: diff.rename_candidates(),
            dropped: dropped(&diff),
            up: up?,
            first: (*previous == Schema::default()).then(|| ddl::script(next)),
            down,
        })
    }

    fn is_empty(&self) -> bool {
        self.up.statements.is_empty()
    }

    /// The text of `up.sql`.
    fn script(&self) -> String {
        self.first.clone().unwrap_or_else(|| self.up.script())
    }

    /// What is deleted on the way, a sentence each.
    fn deletes(&self) -> Vec<String> {
        let hazards = self.up.statements.iter().flat_map(|it| &it.hazards);
        let deleting = hazards.filter(|hazard| hazard.kind == HazardKind::DeletesData);
        deleting.map(|hazard| hazard.what.clone()).collect()
    }
}

/// What differs between two schemas, of which one is as it is after the renames, and the statements for it.
fn plan<'s>(
    renamed: &'s Schema,
    next: &'s Schema,
    renames: &Renames,
    options: &PlanOptions,
) -> (Diff<'s>, Result<Plan, PlanError>) {
    let diff = Diff::between(renamed, next);
    let plan = Plan::with_options(&diff, renamed, next, renames, options);
    (diff, plan)
}

fn dropped(diff: &Diff<'_>) -> Vec<String> {
    let tables = diff.tables.iter().filter_map(|change| match change {
        TableChange::Drop(table) => Some(table.name.to_string()),
        _ => None,
    });
    let columns = diff.altered_tables().flat_map(|alter| {
        let table = &alter.table.next.name;
        alter.columns.iter().filter_map(move |change| match change {
            Change::Drop(column) => Some(format!("{table}.{}", column.name)),
            _ => None,
        })
    });
    tables.chain(columns).collect()
}
