//! The derive's own tree: what a struct declares, checked and resolved, with the token each fact came from.
//!
//! `attr` reads the words into this tree, `valid` checks it, `expand` prints it as constant data.

mod object;
mod partition;
mod type_object;
mod view;

use proc_macro2::{Ident, Span};
use syn::{Path, Type};

use crate::spelling::Spelling;

pub(crate) use object::{
    Collation, Dependency, Extension, IdentitySequence, Object, ObjectIdentity, ObjectPart,
    ObjectTable, ObjectText, Sequence, SequenceOptions,
};
pub(crate) use partition::{Bound, BoundValue, Partition, PartitionBy};
pub(crate) use type_object::{Domain, Part, TypeKind, TypeObject};
pub(crate) use view::View;

/// A value and the token an error about it points to.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A struct with `#[derive(Table)]`.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    /// The path of `schema_core`, `::schema_core` unless `crate = …` says otherwise.
    pub(crate) krate: Path,
    pub(crate) name: Spanned<String>,
    pub(crate) namespace: Option<Spanned<String>>,
    /// Whether it would have another name or namespace, could it be read.
    pub(crate) has_lost_name: bool,
    pub(crate) comment: Option<String>,
    pub(crate) columns: Vec<Column>,
    /// Fields with `skip`, in order.
    pub(crate) skipped: Vec<Ident>,
    /// Missing only with `no_primary_key`, or after an error.
    pub(crate) primary_key: Option<Key>,
    pub(crate) uniques: Vec<Key>,
    pub(crate) checks: Vec<Check>,
    pub(crate) exclusions: Vec<Exclusion>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) partition_by: Option<PartitionBy>,
    pub(crate) partitions: Vec<Partition>,
    pub(crate) row_level_security: bool,
    pub(crate) force_row_level_security: bool,
    pub(crate) unlogged: bool,
    pub(crate) with: Vec<Parameter>,
    pub(crate) replica_identity: Option<ReplicaIdentity>,
    pub(crate) clustered_on: Option<Spanned<String>>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) renamed_from: Option<Spanned<String>>,
    /// Those of single columns first, in field order, then the struct's.
    pub(crate) allows: Vec<Allow>,
}

/// `replica_identity = …`.
#[derive(Debug)]
pub(crate) enum ReplicaIdentity {
    /// A variant of `def::ReplicaIdentityDef` that stands for itself.
    Word(&'static str),
    /// An index by name.
    Index(String),
}

/// One rule that `allow(…)` names.
#[derive(Debug)]
pub(crate) struct Allow {
    pub(crate) rule: Spanned<&'static str>,
    /// Index into `Table::columns`; `None` on the struct.
    pub(crate) column: Option<usize>,
    pub(crate) reason: String,
}

/// A field that is a column.
pub(crate) struct Column {
    pub(crate) ident: Ident,
    /// The field's name, a leading `r#` dropped.
    pub(crate) field: String,
    pub(crate) name: Spanned<String>,
    pub(crate) ty: Type,
    /// How [`ty`](Self::ty) is written.
    pub(crate) spelling: Spelling,
    pub(crate) sql_type: Option<Spanned<SqlType>>,
    pub(crate) json: bool,
    pub(crate) default: Option<Spanned<Default>>,
    pub(crate) generated: Option<SqlText>,
    pub(crate) identity: Option<Spanned<Identity>>,
    /// The sequence of an identity column, where something is said of it.
    pub(crate) sequence: IdentitySequence,
    pub(crate) collation: Option<Spanned<String>>,
    /// A variant of `def::Storage`.
    pub(crate) storage: Option<Spanned<&'static str>>,
    /// A variant of `def::Compression`.
    pub(crate) compression: Option<Spanned<&'static str>>,
    pub(crate) statistics: Option<i32>,
    pub(crate) options: Vec<Parameter>,
    pub(crate) comment: Option<String>,
    pub(crate) renamed_from: Option<Spanned<String>>,
}

/// A column of the same struct, as a key names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnRef {
    /// Index into `Table::columns`.
    pub(crate) index: usize,
    pub(crate) span: Span,
}

/// An SQL type as `type = …` spells it.
#[derive(Debug, Clone)]
pub(crate) struct SqlType {
    /// A variant of `ty::TypeDef`, such as `Varchar`.
    pub(crate) variant: &'static str,
    pub(crate) modifiers: Modifiers,
    /// Whether `[]` follows.
    pub(crate) array: bool,
}

/// What stands in parentheses behind an SQL type's name, as its `TypeDef` variant takes it.
#[derive(Debug, Clone)]
pub(crate) enum Modifiers {
    /// The variant takes none: `TypeDef::Text`.
    None,
    /// An optional length or precision: `TypeDef::Varchar(Some(32))`, `TypeDef::Varchar(None)`.
    One(Option<u32>),
    /// An optional precision and scale: `TypeDef::Numeric(Some((10, 2)))`.
    Two(Option<(u16, i16)>),
    /// `TypeDef::Verbatim("vector(3)")`.
    Verbatim(String),
}

/// `default = …`.
#[derive(Debug, Clone)]
pub(crate) enum Default {
    Text(String),
    Integer(i128),
    /// As written, with its sign.
    Float(String),
    Boolean(bool),
    Sql(SqlText),
}

/// `identity = …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    Always,
    ByDefault,
}

/// `sql("…")` with its placeholders resolved.
#[derive(Debug, Clone)]
pub(crate) struct SqlText {
    pub(crate) parts: Vec<SqlPart>,
    pub(crate) span: Span,
}

/// One part of a `sql("…")`.
#[derive(Debug, Clone)]
pub(crate) enum SqlPart {
    Text(String),
    /// Index into `Table::columns`.
    Column(usize),
}

/// A parameter in `with(…)` or `options(…)`.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// As the server reads it.
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// A primary key or unique constraint.
#[derive(Debug)]
pub(crate) struct Key {
    /// The word it was declared with.
    pub(crate) span: Span,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) columns: Vec<ColumnRef>,
    /// Whether there would be more columns, could they be read.
    pub(crate) has_lost: bool,
    pub(crate) include: Vec<ColumnRef>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) with: Vec<Parameter>,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) comment: Option<String>,
}

/// `deferrable = …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deferrable {
    InitiallyImmediate,
    InitiallyDeferred,
}

/// A check constraint.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) span: Span,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) expression: SqlText,
    pub(crate) no_inherit: bool,
    pub(crate) not_valid: bool,
    pub(crate) comment: Option<String>,
}

/// An exclusion constraint.
#[derive(Debug)]
pub(crate) struct Exclusion {
    pub(crate) span: Span,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) method: Option<Spanned<String>>,
    /// Each with its operator.
    pub(crate) elements: Vec<(IndexKey, Spanned<String>)>,
    pub(crate) include: Vec<ColumnRef>,
    pub(crate) with: Vec<Parameter>,
    pub(crate) predicate: Option<SqlText>,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) comment: Option<String>,
    /// Whether there would be more elements or options, could they be read.
    pub(crate) has_lost: bool,
}

/// An index or unique index.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) span: Span,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) unique: bool,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) method: Option<Spanned<String>>,
    pub(crate) keys: Vec<IndexKey>,
    /// Whether there would be more keys or options, could they be read.
    pub(crate) has_lost: bool,
    pub(crate) include: Vec<ColumnRef>,
    pub(crate) with: Vec<Parameter>,
    pub(crate) predicate: Option<SqlText>,
    pub(crate) concurrently: bool,
    pub(crate) comment: Option<String>,
}

/// One key of an index, exclusion constraint or partition key.
#[derive(Debug)]
pub(crate) struct IndexKey {
    pub(crate) key: Indexed,
    pub(crate) order: Option<SortOrder>,
    pub(crate) nulls: Option<NullsOrder>,
    pub(crate) operator_class: Option<Spanned<String>>,
    pub(crate) collation: Option<Spanned<String>>,
}

impl IndexKey {
    /// A key in the server's default order.
    pub(crate) fn new(key: Indexed) -> Self {
        Self {
            key,
            order: None,
            nulls: None,
            operator_class: None,
            collation: None,
        }
    }
}

/// What a key indexes.
#[derive(Debug)]
pub(crate) enum Indexed {
    Column(ColumnRef),
    Expression(SqlText),
}

/// `asc` or `desc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortOrder {
    Asc,
    Desc,
}

/// `nulls_first` or `nulls_last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NullsOrder {
    First,
    Last,
}

/// A foreign key.
pub(crate) struct ForeignKey {
    /// The value of `references`: what errors about the referenced table point to.
    pub(crate) span: Span,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) columns: Vec<ColumnRef>,
    /// The referenced struct's path, as written.
    pub(crate) referenced: Path,
    /// The referenced struct's fields; empty for its primary key.
    pub(crate) referenced_fields: Vec<Ident>,
    pub(crate) on_delete: Option<Spanned<Action>>,
    pub(crate) on_update: Option<Spanned<Action>>,
    pub(crate) match_full: bool,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) not_valid: bool,
    pub(crate) comment: Option<String>,
}

/// A referential action.
#[derive(Debug, Clone)]
#[expect(clippy::enum_variant_names, reason = "PostgreSQL's own words")]
pub(crate) enum Action {
    NoAction,
    Restrict,
    Cascade,
    /// Of these columns alone where any are named.
    SetNull(Vec<ColumnRef>),
    SetDefault(Vec<ColumnRef>),
}

/// `policy(…)`.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) name: Spanned<String>,
    pub(crate) restrictive: bool,
    /// A variant of `def::PolicyCommand`.
    pub(crate) command: &'static str,
    pub(crate) roles: Vec<Spanned<String>>,
    pub(crate) using: Option<SqlText>,
    pub(crate) with_check: Option<SqlText>,
    pub(crate) comment: Option<String>,
}

/// A struct with `#[derive(FromRow)]`.
pub(crate) struct Projection {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) generics: syn::Generics,
    pub(crate) fields: Vec<ProjectionField>,
}

/// A field of a [`Projection`].
pub(crate) struct ProjectionField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) source: ProjectionSource,
}

/// Where a [`ProjectionField`] comes from.
#[derive(Debug)]
pub(crate) enum ProjectionSource {
    /// A column by this name.
    Column(String),
    /// A column by this name, through serde.
    Json(String),
    /// `nested` (prefix: the field's name and `_`) or `nested = "prefix"`: a struct of its own.
    Nested(String),
    /// `skip`.
    Skip,
}

/// An enum with `#[derive(TextEnum)]`.
pub(crate) struct TextEnum {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// Each variant with its text.
    pub(crate) variants: Vec<(Ident, Spanned<String>)>,
}

/// A bit set with `#[derive(SqlFlags)]`.
pub(crate) struct SqlFlags {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
}

/// `schema! { pub static NAME = [Table, …]; }`.
pub(crate) struct Schema {
    /// `$crate`, handed over by the `macro_rules!` wrapper.
    pub(crate) krate: Path,
    pub(crate) attributes: Vec<syn::Attribute>,
    pub(crate) comment: Option<String>,
    pub(crate) visibility: syn::Visibility,
    pub(crate) ident: Ident,
    pub(crate) tables: Vec<Path>,
    pub(crate) extensions: Vec<Extension>,
    pub(crate) sequences: Vec<Sequence>,
    pub(crate) collations: Vec<Collation>,
    pub(crate) objects: Vec<Object>,
}
