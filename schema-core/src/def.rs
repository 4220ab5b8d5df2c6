//! What the derive emits: a table's definition as constant data.
//!
//! Two tables may reference each other and constants may not be cyclic, so a definition comes in two parts:
//! [`TableDef`] holds what a table says of itself alone, and each [`ForeignKeyDef`] points to the `TableDef` of the
//! table it references. Names of constraints and indexes are optional here; [`mod@crate::schema`] gives the ones left out
//! the names PostgreSQL would choose.

mod collation;
mod extension;
mod foreign_key;
mod index;
mod location;
mod object;
mod option;
mod partition;
mod policy;
mod schema;
mod sequence;
mod type_object;
mod view;

pub(crate) use self::sequence::largest;
#[doc(hidden)]
pub use self::view::{count_tables, tables, views};
pub use self::{
    collation::{CollationDef, CollationProvider},
    extension::ExtensionDef,
    foreign_key::{ForeignKeyDef, ReferencedDef, ReferentialActionDef},
    index::{IndexDef, IndexKeyDef, IndexedDef, NullsOrder, SortOrder},
    location::{Location, Position},
    object::{DependencyDef, ObjectDef},
    partition::{
        BoundValueDef, PartitionBoundDef, PartitionByDef, PartitionDef, PartitionStrategy,
    },
    policy::{PolicyCommand, PolicyDef},
    schema::{SchemaDef, TableEntry},
    sequence::{SequenceDef, SequenceOptions, SequenceOptionsDef},
    type_object::{DomainDef, TypeObjectDef, TypeObjectKind},
    view::{CheckOption, ListedDef, QueryPart, QueryText, ViewDef},
};
pub use crate::ident::TableName;

use crate::ty::{TypeDef, TypeFacts, default_of};

/// A piece of SQL from `sql("…")`, with its placeholders resolved: `{field}` to a column of the table, in the text of an
/// object `{Message}` to a table or view and `{Message.content}` to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlText(pub &'static [SqlPart]);

/// One part of a [`SqlText`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlPart {
    /// SQL as the user wrote it.
    Text(&'static str),
    /// A column of this table by its database name; rendered quoted where PostgreSQL needs it.
    Column(&'static str),
    /// A table; rendered with its namespace, quoted where PostgreSQL needs it.
    Table(TableName),
}

/// A table as its struct declares it, without its foreign keys.
#[derive(Debug, Clone, Copy)]
pub struct TableDef {
    /// The table's name.
    pub name: TableName,
    /// The struct it was declared with.
    pub location: Location,
    /// `COMMENT ON TABLE`.
    pub comment: Option<&'static str>,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [ColumnDef],
    /// The primary key; `None` only where `no_primary_key` says so.
    pub primary_key: Option<KeyDef>,
    /// Unique constraints: those of single columns first, in field order, then the struct's.
    pub uniques: &'static [KeyDef],
    /// Check constraints: those of single columns first, in field order, then the struct's.
    pub checks: &'static [CheckDef],
    /// Exclusion constraints.
    pub exclusions: &'static [ExclusionDef],
    /// Indexes that no constraint makes: those of single columns first, in field order, then the struct's.
    pub indexes: &'static [IndexDef],
    /// `PARTITION BY`.
    pub partition_by: Option<PartitionByDef>,
    /// `ENABLE ROW LEVEL SECURITY`.
    pub row_level_security: bool,
    /// `FORCE ROW LEVEL SECURITY`.
    pub force_row_level_security: bool,
    /// `UNLOGGED`.
    pub unlogged: bool,
    /// `WITH (…)` storage parameters.
    pub with: &'static [(&'static str, &'static str)],
    /// `REPLICA IDENTITY`; `None` is the primary key.
    pub replica_identity: Option<ReplicaIdentityDef>,
    /// `CLUSTER ON`: an index by its name.
    pub clustered_on: Option<&'static str>,
    /// Row security policies.
    pub policies: &'static [PolicyDef],
    /// The table's former name.
    pub renamed_from: Option<&'static str>,
    /// Advice that does not hold here: that on single columns first, in field order, then the struct's.
    pub allows: &'static [AllowDef],
    /// Whether this is what a view has in common with a table.
    pub is_view: bool,
}

impl TableDef {
    /// A table without columns or anything else: what the derive's literals fill in in.
    #[must_use]
    pub const fn new(name: TableName, location: Location) -> Self {
        Self {
            name,
            location,
            comment: None,
            columns: &[],
            primary_key: None,
            uniques: &[],
            checks: &[],
            exclusions: &[],
            indexes: &[],
            partition_by: None,
            row_level_security: false,
            force_row_level_security: false,
            unlogged: false,
            with: &[],
            replica_identity: None,
            clustered_on: None,
            policies: &[],
            renamed_from: None,
            allows: &[],
            is_view: false,
        }
    }
}

/// What identifies a row in logical replication, where it is not the primary key
/// ([`REPLICA IDENTITY`](https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplicaIdentityDef {
    /// All columns.
    Full,
    /// Nothing.
    Nothing,
    /// The columns of a unique index, by its name.
    Index(&'static str),
}

/// A rule of `schema-kit lint` that is silenced at this place, `allow(rule, reason = "…")`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowDef {
    /// The rule's name.
    pub rule: &'static str,
    /// The column it stands on; `None` on the struct, for the whole table.
    pub column: Option<&'static str>,
    /// Why the advice does not hold here.
    pub reason: &'static str,
    /// Where the rule is named.
    pub position: Position,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnDef {
    /// The struct's field, a leading `r#` dropped.
    pub field: &'static str,
    /// The column's name, unquoted.
    pub name: &'static str,
    /// Where the field stands.
    pub position: Position,
    /// Its SQL type.
    pub sql_type: TypeDef,
    /// Whether it may hold NULL: whether the field's type is an `Option`.
    pub nullable: bool,
    /// The table whose typed id this is, where the field's type is an `Id<T>`.
    pub entity: Option<TableName>,
    /// `DEFAULT`.
    pub default: Option<DefaultDef>,
    /// `GENERATED ALWAYS AS (…) STORED`.
    pub generated: Option<SqlText>,
    /// `GENERATED … AS IDENTITY`.
    pub identity: Option<IdentityDef>,
    /// `COLLATE`: a collation's name, unquoted, with its namespace before a dot if it has one.
    pub collation: Option<&'static str>,
    /// `STORAGE`.
    pub storage: Option<Storage>,
    /// `COMPRESSION`.
    pub compression: Option<Compression>,
    /// `STATISTICS`.
    pub statistics: Option<i32>,
    /// The planner's options.
    pub options: &'static [(&'static str, &'static str)],
    /// `COMMENT ON COLUMN`.
    pub comment: Option<&'static str>,
    /// The column's former name.
    pub renamed_from: Option<&'static str>,
    /// What the field's Rust type allows.
    #[doc(hidden)]
    pub facts: &'static TypeFacts,
}

impl ColumnDef {
    /// A column with the type, nullability and entity of the Rust type `T`.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::def::ColumnDef;
    /// use schema_core::ty::TypeDef;
    ///
    /// const NOTE: ColumnDef = ColumnDef::of::<Option<String>>("note", "note");
    /// assert_eq!((NOTE.sql_type, NOTE.nullable), (TypeDef::Text, true));
    /// ```
    #[track_caller]
    #[must_use]
    pub const fn of<T: crate::ty::ColumnType>(field: &'static str, name: &'static str) -> Self {
        Self::new(field, T::FACTS).named(name)
    }

    /// A column of a Rust type of which these facts are known, under the name of its field.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn new(field: &'static str, facts: &'static TypeFacts) -> Self {
        // Moved whole and changed, which costs the compiler less than a field at a time.
        let mut column = Self::PLAIN;
        column.field = field;
        column.name = field;
        column.position = Position::here();
        column.sql_type = match facts.sql_types {
            &[sql_type, ..] if !facts.array => sql_type,
            _ => default_of(facts),
        };
        column.nullable = facts.nullable;
        column.entity = facts.entity;
        column.facts = facts;
        column
    }

    /// Gives it a name of its own.
    #[doc(hidden)]
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// A column of a given type and nullability, with nothing else said of it.
    #[track_caller]
    #[must_use]
    pub const fn with_type(
        field: &'static str,
        name: &'static str,
        sql_type: TypeDef,
        nullable: bool,
    ) -> Self {
        Self {
            field,
            name,
            position: Position::here(),
            sql_type,
            nullable,
            ..Self::PLAIN
        }
    }

    const PLAIN: Self = Self {
        field: "",
        name: "",
        position: Position { line: 0, column: 0 },
        sql_type: TypeDef::STAND_IN,
        nullable: false,
        entity: None,
        default: None,
        generated: None,
        identity: None,
        collation: None,
        storage: None,
        compression: None,
        statistics: None,
        options: &[],
        comment: None,
        renamed_from: None,
        facts: TypeFacts::UNKNOWN,
    };
}

/// A column's default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DefaultDef {
    /// A string, rendered as a quoted literal.
    Text(&'static str),
    /// An integer.
    Integer(i128),
    /// A number with a fraction or exponent, as written.
    Float(&'static str),
    /// `true` or `false`.
    Boolean(bool),
    /// An expression.
    Sql(SqlText),
}

/// An identity column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityDef {
    /// Whether a value may be given on insert.
    pub generation: Identity,
    /// The name of its sequence, where the user gave one.
    pub name: Option<&'static str>,
    /// What its sequence counts.
    pub options: SequenceOptionsDef,
}

impl IdentityDef {
    /// An identity column with nothing else said of its sequence.
    #[must_use]
    pub const fn new(generation: Identity) -> Self {
        Self {
            generation,
            name: None,
            options: SequenceOptionsDef::NONE,
        }
    }
}

/// When an identity column generates its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// `GENERATED ALWAYS`: a given value is refused.
    Always,
    /// `GENERATED BY DEFAULT`: a given value is taken.
    ByDefault,
}

/// How a column's values are stored (`STORAGE`, in [`CREATE TABLE`](https://www.postgresql.org/docs/current/sql-createtable.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Storage {
    /// Inline, uncompressed.
    Plain,
    /// Out of line, uncompressed.
    External,
    /// Out of line, compressed.
    Extended,
    /// Inline as long as possible, compressed.
    Main,
}

/// How a column's large values are compressed (`COMPRESSION`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compression {
    /// `pglz`.
    Pglz,
    /// `lz4`.
    Lz4,
}

/// A primary key or unique constraint.
#[derive(Debug, Clone, Copy)]
pub struct KeyDef {
    /// Where it is declared.
    pub position: Position,
    /// The constraint's name, where the user gave one.
    pub name: Option<&'static str>,
    /// Column names, in key order.
    pub columns: &'static [&'static str],
    /// `INCLUDE` columns.
    pub include: &'static [&'static str],
    /// `NULLS NOT DISTINCT` (PostgreSQL 15 and later); only on unique constraints.
    pub nulls_not_distinct: bool,
    /// `WITH (…)` storage parameters of the index.
    pub with: &'static [(&'static str, &'static str)],
    /// `DEFERRABLE`; `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<&'static str>,
}

impl KeyDef {
    /// A key over columns, with nothing else said of it.
    #[track_caller]
    #[must_use]
    pub const fn new(columns: &'static [&'static str]) -> Self {
        Self {
            position: Position::here(),
            name: None,
            columns,
            include: &[],
            nulls_not_distinct: false,
            with: &[],
            deferrable: None,
            comment: None,
        }
    }
}

/// When a deferrable constraint is checked unless `SET CONSTRAINTS` says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deferrable {
    /// `DEFERRABLE INITIALLY IMMEDIATE`: after each statement.
    InitiallyImmediate,
    /// `DEFERRABLE INITIALLY DEFERRED`: at commit.
    InitiallyDeferred,
}

/// A check constraint.
#[derive(Debug, Clone, Copy)]
pub struct CheckDef {
    /// The constraint's name, where the user gave one.
    pub name: Option<&'static str>,
    /// The condition.
    pub expression: SqlText,
    /// `NO INHERIT`.
    pub no_inherit: bool,
    /// `NOT VALID`.
    pub not_valid: bool,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<&'static str>,
}

impl CheckDef {
    /// A check of a condition, with nothing else said of it.
    #[must_use]
    pub const fn new(expression: SqlText) -> Self {
        Self {
            name: None,
            expression,
            no_inherit: false,
            not_valid: false,
            comment: None,
        }
    }
}

/// An exclusion constraint.
#[derive(Debug, Clone, Copy)]
pub struct ExclusionDef {
    /// The constraint's name, where the user gave one.
    pub name: Option<&'static str>,
    /// The index method; `None` is the server's default, `btree`.
    pub method: Option<&'static str>,
    /// Each element with the operator that must not hold between two rows.
    pub elements: &'static [(IndexKeyDef, &'static str)],
    /// `INCLUDE` columns.
    pub include: &'static [&'static str],
    /// `WITH (…)` storage parameters.
    pub with: &'static [(&'static str, &'static str)],
    /// `WHERE`.
    pub predicate: Option<SqlText>,
    /// `DEFERRABLE`; `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<&'static str>,
}

impl ExclusionDef {
    /// An exclusion constraint over elements, with nothing else said of it.
    #[must_use]
    pub const fn new(elements: &'static [(IndexKeyDef, &'static str)]) -> Self {
        Self {
            name: None,
            method: None,
            elements,
            include: &[],
            with: &[],
            predicate: None,
            deferrable: None,
            comment: None,
        }
    }
}
