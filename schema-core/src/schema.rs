//! The owned form of a schema: what definitions become, and what a live database is read into, so that the two can be
//! compared. Every constraint and index has its name, every option its value; one fact has one form.
//!
//! The model holds what the catalogs hold. What only the source knows (struct names, lines, former names) stays in
//! [`crate::def`].

mod build;
mod by_name;
mod collation;
mod column;
mod constraint;
mod expression;
mod extension;
mod index;
pub(crate) mod names;
mod naming;
mod object;
pub(crate) mod order;
mod partition;
mod privilege;
mod sequence;
mod sql_type;
mod table;
mod type_object;
mod view;

use std::fmt;

pub use {
    collation::CollationObject,
    column::{Column, Identity},
    constraint::{
        Check, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, ReferentialAction, Unique,
    },
    expression::Expression,
    extension::Extension,
    index::{Collation, Index, IndexKey, Indexed},
    names::Names,
    object::{Dependency, Object, Signature},
    partition::{BoundValue, Partition, PartitionBound, PartitionBy},
    privilege::{Grant, Privileges, Securable},
    sequence::Sequence,
    sql_type::SqlType,
    table::{Policy, ReplicaIdentity, Table},
    type_object::{Attribute, CompositeType, Domain, DomainCheck, EnumType},
    view::{CheckOption, View, ViewColumn},
};

pub use crate::def::{
    CollationProvider, Compression, Deferrable, Identity as IdentityGeneration, NullsOrder,
    PartitionStrategy, PolicyCommand, SequenceOptions, SortOrder, Storage,
};
use crate::{
    def::{SchemaDef, TableEntry, TableName, ViewDef},
    error::SchemaError,
    ident,
};

/// All tables and views an application manages, with what they need around them.
///
/// # Examples
///
/// ```
/// use schema_core::def::{ColumnDef, KeyDef, Location, TableDef, TableEntry, TableName};
/// use schema_core::schema::Schema;
///
/// static USERS: TableDef = TableDef {
///     columns: &[ColumnDef::of::<i64>("id", "id")],
///     primary_key: Some(KeyDef::new(&["id"])),
///     ..TableDef::new(
///         TableName::new("public", "users"),
///         Location::of("User"),
///     )
/// };
/// let schema = Schema::from_tables(&[TableEntry { table: &USERS, foreign_keys: &[] }])?;
/// assert_eq!(schema.tables[0].primary_key.as_ref().unwrap().name, "users_pkey");
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Schema {
    /// The namespaces the tables, views and types lie in, by name; `public` is not among them.
    pub namespaces: Vec<Namespace>,
    /// The extensions it needs, by name.
    pub extensions: Vec<Extension>,
    /// The enum types, by name.
    pub enums: Vec<EnumType>,
    /// The domains, by name.
    pub domains: Vec<Domain>,
    /// The composite types, by name.
    pub composites: Vec<CompositeType>,
    /// The collations it makes, by name.
    pub collations: Vec<CollationObject>,
    /// The sequences, by name; those of identity columns are not among them.
    pub sequences: Vec<Sequence>,
    /// Functions, triggers and whatever else is known as SQL text, in the order they were declared.
    pub objects: Vec<Object>,
    /// The tables, in the order they were declared.
    pub tables: Vec<Table>,
    /// The views, in the order they were declared.
    pub views: Vec<View>,
    /// Who may do what; `None` where that is not known, as in what definitions say. It makes no difference then.
    pub privileges: Option<Privileges>,
}

impl Schema {
    /// Builds the schema that `schema!` declares.
    ///
    /// # Errors
    ///
    /// As for [`from_tables`](Self::from_tables), and a view that reads what is not listed, or itself through others.
    pub fn from_def(def: &SchemaDef) -> Result<Self, SchemaError> {
        let mut schema = Self {
            extensions: build::build_extensions(def),
            collations: build::build_collations(def),
            sequences: build::build_sequences(def)?,
            objects: build::build_objects(def),
            ..Self::without_names(def.tables, def.views)?
        };
        schema.settle()?;
        order::check_cycles(&schema)?;
        Ok(schema)
    }

    /// Builds a schema of tables alone, and gives every constraint and index without a name the one PostgreSQL would.
    ///
    /// # Errors
    ///
    /// A table listed twice, two types with one name, a foreign key to a table that is not among them or to columns it does not have, a key or
    /// index over a column the table does not have, a type that cannot be read, a name the server would refuse, or two
    /// objects with one name.
    pub fn from_tables(entries: &[TableEntry]) -> Result<Self, SchemaError> {
        let mut schema = Self::without_names(entries, &[])?;
        schema.settle()?;
        Ok(schema)
    }

    fn without_names(entries: &[TableEntry], views: &[&ViewDef]) -> Result<Self, SchemaError> {
        build::check_tables(entries)?;
        build::check_views(entries, views)?;
        let tables = entries.iter().map(|entry| entry.table);
        let types = build::build_types(tables.chain(views.iter().map(|view| view.relation)))?;
        let tables = entries.iter().map(build::build_table);
        let views = views.iter().map(|view| build::build_view(view));
        Ok(Self {
            tables: tables.collect::<Result<_, _>>()?,
            views: views.collect::<Result<_, _>>()?,
            ..types
        })
    }

    /// Finds the namespaces, and chooses the names that are left out.
    fn settle(&mut self) -> Result<(), SchemaError> {
        self.namespaces = self.namespaces_used();
        self.name_objects()
    }

    /// Builds a schema of one view, which may read what is outside of it.
    ///
    /// # Errors
    ///
    /// As for [`from_def`](Self::from_def), but for what it reads.
    pub(crate) fn from_view(def: &ViewDef) -> Result<Self, SchemaError> {
        let mut schema = Self {
            views: vec![build::build_view(def)?],
            ..Self::default()
        };
        schema.name_objects()?;
        Ok(schema)
    }

    /// Builds a schema of one table, whose foreign keys may lead out of it.
    ///
    /// # Errors
    ///
    /// As for [`from_tables`](Self::from_tables), but for referenced tables it does not have.
    pub(crate) fn from_table(entry: &TableEntry) -> Result<Self, SchemaError> {
        let mut schema = Self {
            tables: vec![build::build_table(entry)?],
            ..Self::default()
        };
        schema.name_objects()?;
        Ok(schema)
    }

    /// Gives every constraint and index whose name is empty (no identifier can be) the one PostgreSQL would choose,
    /// numbered where it is taken by what comes before it in the order of [`ddl::create`](crate::ddl::create).
    ///
    /// # Errors
    ///
    /// Two objects with one name, or a name that is too long or holds a zero byte.
    pub fn name_objects(&mut self) -> Result<(), SchemaError> {
        naming::name_objects(self)
    }

    /// Finds a table by name.
    #[must_use]
    pub fn table(&self, namespace: &str, name: &str) -> Option<&Table> {
        let mut tables = self.tables.iter();
        tables.find(|table| table.name.namespace == namespace && table.name.name == name)
    }

    /// Finds a view by name.
    #[must_use]
    pub fn view(&self, namespace: &str, name: &str) -> Option<&View> {
        let mut views = self.views.iter();
        views.find(|view| view.name.namespace == namespace && view.name.name == name)
    }

    fn namespaces_used(&self) -> Vec<Namespace> {
        let mut names = Vec::new();
        let mut add = |name: &'_ str| {
            if name != ident::PUBLIC {
                by_name::insert_sorted(&mut names, name.to_owned());
            }
        };
        for table in &self.tables {
            add(&table.name.namespace);
            for (_, partition) in table.partitions() {
                add(&partition.table.name.namespace);
            }
        }
        self.views.iter().for_each(|view| add(&view.name.namespace));
        self.sequences.iter().for_each(|it| add(&it.name.namespace));
        self.collations
            .iter()
            .for_each(|it| add(&it.name.namespace));
        self.enums.iter().for_each(|ty| add(&ty.name.namespace));
        self.domains.iter().for_each(|ty| add(&ty.name.namespace));
        self.composites
            .iter()
            .for_each(|ty| add(&ty.name.namespace));
        let objects = self.objects.iter();
        objects
            .filter_map(|it| it.namespace.as_deref())
            .for_each(&mut add);
        let extensions = self.extensions.iter();
        extensions
            .filter_map(|it| it.namespace.as_deref())
            .for_each(&mut add);
        let names = names.into_iter();
        names
            .map(|name| Namespace {
                name,
                comment: None,
            })
            .collect()
    }
}

impl TryFrom<&SchemaDef> for Schema {
    type Error = SchemaError;

    fn try_from(def: &SchemaDef) -> Result<Self, SchemaError> {
        Self::from_def(def)
    }
}

/// A PostgreSQL schema other than `public`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Namespace {
    /// Its name, unquoted.
    pub name: String,
    /// `COMMENT ON SCHEMA`.
    pub comment: Option<String>,
}

/// The name of a table or another object with the namespace it lies in, both unquoted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName {
    /// The namespace, `public` included.
    pub namespace: String,
    /// The name within it.
    pub name: String,
}

impl QualifiedName {
    /// A name in a namespace.
    #[must_use]
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// Renders the name as SQL ([`ident::quote_qualified`]).
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::QualifiedName;
    ///
    /// assert_eq!(QualifiedName::new("audit", "Log").render(), r#"audit."Log""#);
    /// assert_eq!(QualifiedName::new("audit", "Log").to_string(), "audit.Log");
    /// ```
    #[must_use]
    pub fn render(&self) -> String {
        ident::quote_qualified(&self.namespace, &self.name)
    }
}

impl From<TableName> for QualifiedName {
    fn from(name: TableName) -> Self {
        Self::new(name.namespace, name.name)
    }
}

/// As messages write it: unquoted, without `public`.
impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace != ident::PUBLIC {
            write!(f, "{}.", self.namespace)?;
        }
        f.write_str(&self.name)
    }
}
