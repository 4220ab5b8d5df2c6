//! What keeps a change from being merged, seen without a database: migrations that do not follow each other or were edited,
//! and a schema that has changed without one.

use schema_core::{def::SchemaDef, schema::Schema};

use crate::{
    chain::{Chain, ChainProblem},
    diff::{Diff, Renames, align},
    error::Error,
    lint,
};

/// What was found. Advice is no problem.
#[derive(Debug)]
#[non_exhaustive]
pub struct Findings {
    /// What is wrong with the migrations among themselves.
    pub problems: Vec<ChainProblem>,
    /// What of the compiled schema no migration makes, in words, one line per object.
    pub missing: Vec<String>,
    /// Advice about the compiled schema.
    pub advice: lint::Report,
}

impl Findings {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty() && self.missing.is_empty()
    }
}

/// Looks at the migrations of a directory and at the compiled schema.
///
/// # Errors
///
/// When the definitions make no schema.
///
/// # Examples
///
/// ```
/// use schema_kit::{chain::Chain, check};
/// # use schema_core::def::SchemaDef;
/// # static CHAT: SchemaDef = SchemaDef::new("CHAT");
///
/// # let directory = tempfile::tempdir()?;
/// let chain = Chain::load(directory.path())?;
/// assert!(check::check(&chain, &CHAT)?.is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(chain: &Chain, definition: &'static SchemaDef) -> Result<Findings, Error> {
    let failed = |error| Error::Schema(Box::new(error));
    let schema = Schema::from_def(definition).map_err(failed)?;
    let none = Schema::default();
    let kept = chain.newest();
    let kept = kept.as_ref().map_or(&none, |(_, schema)| schema);
    let mut renames = Renames::default();
    renames.add_definitions(definition, kept);
    let aligned = align(kept, &schema, &renames);
    let mut missing = renames.summary();
    missing.extend(Diff::between(&aligned, &schema).summary());
    Ok(Findings {
        problems: chain.problems(),
        missing,
        advice: lint::lint(definition).map_err(failed)?,
    })
}
