//! Tables.

use std::collections::BTreeMap;

use super::{
    Check, Column, Exclusion, Expression, ForeignKey, Index, Partition, PartitionBy, PolicyCommand,
    PrimaryKey, QualifiedName, Unique,
};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// `COMMENT ON TABLE`.
    pub comment: Option<String>,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Unique constraints.
    pub uniques: Vec<Unique>,
    /// Check constraints.
    pub checks: Vec<Check>,
    /// Exclusion constraints.
    pub exclusions: Vec<Exclusion>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Indexes that no constraint makes.
    pub indexes: Vec<Index>,
    /// `PARTITION BY`.
    pub partition_by: Option<PartitionBy>,
    /// The tables it inherits from, in the order in which their columns come.
    pub inherits: Vec<QualifiedName>,
    /// `UNLOGGED`.
    pub unlogged: bool,
    /// Storage parameters; those of its TOAST table begin with `toast.`.
    pub with: BTreeMap<String, String>,
    /// What identifies a row in logical replication.
    pub replica_identity: ReplicaIdentity,
    /// The index the table was last clustered on.
    pub clustered_on: Option<String>,
    /// `ENABLE ROW LEVEL SECURITY`.
    pub row_level_security: bool,
    /// `FORCE ROW LEVEL SECURITY`: the owner is subject to it too.
    pub force_row_level_security: bool,
    /// Row security policies.
    pub policies: Vec<Policy>,
}

impl Table {
    /// A table with nothing in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{QualifiedName, Table};
    ///
    /// let table = Table::new(QualifiedName::new("public", "users"));
    /// assert!(table.columns.is_empty());
    /// ```
    #[must_use]
    pub fn new(name: QualifiedName) -> Self {
        Self {
            name,
            comment: None,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            partition_by: None,
            inherits: Vec::new(),
            unlogged: false,
            with: BTreeMap::new(),
            replica_identity: ReplicaIdentity::Default,
            clustered_on: None,
            row_level_security: false,
            force_row_level_security: false,
            policies: Vec::new(),
        }
    }

    /// Finds a column by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns it declares itself, whether or not a table it inherits from has them too.
    pub fn own_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.inherited)
    }

    /// Every partition, at all levels, with the table or partition it is one of; each before those it is divided into.
    #[must_use]
    pub fn partitions(&self) -> Vec<(&QualifiedName, &Partition)> {
        let partition_by = self.partition_by.as_ref();
        partition_by.map_or(Vec::new(), |by| by.walk(&self.name))
    }

    /// Whether a unique constraint says what an earlier key of the table says. `CREATE TABLE` would make one of the two
    /// (`transformIndexConstraints`, `src/backend/parser/parse_utilcmd.c`), so this one is added afterwards. The storage
    /// parameters are not compared.
    pub(crate) fn is_repeated_unique(&self, index: usize) -> bool {
        let unique = &self.uniques[index];
        let repeats_primary_key = self.primary_key.as_ref().is_some_and(|key| {
            key.columns == unique.columns
                && key.include == unique.include
                && key.deferrable == unique.deferrable
                && !unique.nulls_not_distinct
        });
        repeats_primary_key
            || self.uniques[..index].iter().any(|earlier| {
                earlier.columns == unique.columns
                    && earlier.include == unique.include
                    && earlier.nulls_not_distinct == unique.nulls_not_distinct
                    && earlier.deferrable == unique.deferrable
            })
    }

    /// Whether an exclusion constraint says what an earlier one says; as for unique constraints. The storage parameters
    /// are not compared.
    pub(crate) fn is_repeated_exclusion(&self, index: usize) -> bool {
        let exclusion = &self.exclusions[index];
        self.exclusions[..index].iter().any(|earlier| {
            earlier.elements == exclusion.elements
                && earlier.method == exclusion.method
                && earlier.include == exclusion.include
                && earlier.predicate == exclusion.predicate
                && earlier.deferrable == exclusion.deferrable
        })
    }

    /// Whether `CREATE TABLE` itself makes a key over exactly these columns, in whatever order.
    pub(crate) fn makes_key_over(&self, columns: &[String]) -> bool {
        let primary_key = self.primary_key.iter().map(|key| &key.columns);
        let mut keys = primary_key.chain(self.uniques.iter().map(|unique| &unique.columns));
        keys.any(|key| key.len() == columns.len() && key.iter().all(|name| columns.contains(name)))
    }
}

/// What identifies a row that is updated or deleted in logical replication
/// ([`REPLICA IDENTITY`](https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY)).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ReplicaIdentity {
    /// The primary key, where there is one.
    #[default]
    Default,
    /// All columns.
    Full,
    /// Nothing.
    Nothing,
    /// The columns of this unique index.
    Index(String),
}

/// A row security policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Policy {
    /// Its name, unquoted.
    pub name: String,
    /// Whether it takes permission away instead of adding it.
    pub restrictive: bool,
    /// `FOR`.
    pub command: PolicyCommand,
    /// `TO`; empty is `PUBLIC`.
    pub roles: Vec<String>,
    /// `USING`.
    pub using: Option<Expression>,
    /// `WITH CHECK`.
    pub with_check: Option<Expression>,
    /// `COMMENT ON POLICY`.
    pub comment: Option<String>,
}
