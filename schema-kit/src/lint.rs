//! Advice that is not an error: what PostgreSQL accepts and its experts advise against.
//!
//! Each rule is a file here, with its reason, an example of both ways and its tests; those that only name a type share
//! one. [`rules`] is the one place that lists them. Advice is about definitions alone, so no database is needed. What is meant is silenced at its place in
//! the source: `allow(rule, reason = "…")` on the field or the struct.

mod boolean_index;
mod char_type;
mod column_type;
mod duplicate_index;
mod engine;
mod float_key;
mod index_key;
mod integer_primary_key;
mod nullable_column_in_unique_key;
mod policy_without_row_level_security;
mod quoted_name;
mod redundant_index;
mod row_level_security_without_policy;
mod subject;
#[cfg(test)]
mod testing;
mod unindexed_foreign_key;
mod unused_allow;
mod varchar_without_length;

use schema_core::{
    def::{Location, Position, SchemaDef},
    error::SchemaError,
};

use self::subject::{Advice, Subject};

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, which `allow(…)` takes; it never changes.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that is advised against.
    pub reason: &'static str,
    /// Rust source it finds something in.
    pub instead_of: &'static str,
    /// The same as it is advised to be.
    pub write: &'static str,
    /// Where more is said about it.
    pub source: &'static str,
    check: Check,
}

/// How a rule finds something.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// By looking at a table.
    Table(fn(&Subject<'_>) -> Vec<Advice>),
    /// By the type of a column, one of PostgreSQL's own or an array of it.
    ColumnType {
        /// The type.
        ty: &'static str,
        /// What to do about it.
        help: &'static str,
    },
}

impl Rule {
    fn check(&self, subject: &Subject<'_>) -> Vec<Advice> {
        match self.check {
            Check::Table(check) => check(subject),
            Check::ColumnType { ty, help } => subject.each_of_type(ty, help),
        }
    }
}

/// The rules, in the order their findings are reported; `allow(…)` takes each of them.
static RULES: [Rule; 16] = [
    unindexed_foreign_key::RULE,
    duplicate_index::RULE,
    redundant_index::RULE,
    boolean_index::RULE,
    nullable_column_in_unique_key::RULE,
    integer_primary_key::RULE,
    float_key::RULE,
    varchar_without_length::RULE,
    char_type::RULE,
    column_type::MONEY,
    column_type::JSON,
    column_type::TIMESTAMP,
    column_type::TIME_WITH_TIME_ZONE,
    quoted_name::RULE,
    policy_without_row_level_security::RULE,
    row_level_security_without_policy::RULE,
];

/// The rules that `allow(…)` takes, in the order their findings are reported.
///
/// # Examples
///
/// ```
/// let names: Vec<&str> = schema_kit::lint::rules().iter().map(|rule| rule.name).collect();
/// assert!(names.contains(&"unindexed_foreign_key"));
/// ```
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule about `allow(…)` itself, which nothing silences.
#[must_use]
pub fn unused_allow() -> &'static Rule {
    &unused_allow::RULE
}

/// Finds a rule by name, [`unused_allow`] too.
///
/// # Examples
///
/// ```
/// use schema_kit::lint;
///
/// assert!(lint::rule("money_type").is_some_and(|rule| rule.reason.contains("lc_monetary")));
/// assert!(lint::rule("no_such_rule").is_none());
/// ```
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    let mut all = RULES.iter().chain([unused_allow()]);
    all.find(|rule| rule.name == name)
}

/// A piece of advice about one place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The table, as messages write it.
    pub table: String,
    /// The columns it is about, by database name; none where it is about the table.
    pub columns: Vec<String>,
    /// The fields of these columns.
    pub fields: Vec<&'static str>,
    /// The struct, its file and line.
    pub location: Location,
    /// Where in that file what it is about is declared: the field, the word, or the struct itself.
    pub position: Position,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A finding that an `allow(…)` silences.
#[derive(Debug, Clone)]
pub struct Silenced {
    /// What was found.
    pub finding: Finding,
    /// The reason given for leaving it so.
    pub reason: &'static str,
}

/// What was found in a schema: tables in the order of the schema, rules in the order of [`rules`].
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What to look at, each `allow(…)` that silences nothing included.
    pub findings: Vec<Finding>,
    /// What was looked at already.
    pub silenced: Vec<Silenced>,
}

/// Looks through a schema.
///
/// # Errors
///
/// When the definitions make no schema, which `schema!` checks when the user's crate compiles.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table, schema};
/// use schema_kit::lint::lint;
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
///     #[column(references = User)]
///     invited_by: Option<Id<User>>,
///     #[column(references = User, allow(unindexed_foreign_key, reason = "users are never deleted"))]
///     confirmed_by: Option<Id<User>>,
/// }
///
/// schema! { static CHAT = [User]; }
///
/// let report = lint(&CHAT)?;
/// assert_eq!(report.findings.len(), 1);
/// assert_eq!(report.findings[0].rule.name, "unindexed_foreign_key");
/// assert_eq!(report.findings[0].columns, ["invited_by"]);
/// assert_eq!(report.silenced[0].reason, "users are never deleted");
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
pub fn lint(schema: &SchemaDef) -> Result<Report, SchemaError> {
    engine::lint(schema)
}
