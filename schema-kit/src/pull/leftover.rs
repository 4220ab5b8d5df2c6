//! What no struct or enum stands for, as statements: types and tables without parts, namespaces that hold nothing, and
//! comments on those that do.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ddl, ident,
    schema::{
        Column, CompositeType, Domain, EnumType, Partition, PartitionBy, QualifiedName, Schema,
        SqlType, Table,
    },
};

/// The types of each view's columns.
type ViewTypes = BTreeMap<QualifiedName, Vec<SqlType>>;

/// A statement for the list of objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) sql: String,
    /// What it is and its name, where its first words do not say so.
    pub(super) identity: Option<(&'static str, String)>,
}

impl Statement {
    fn new(kind: &'static str, name: &str, sql: String) -> Self {
        Self {
            sql,
            identity: Some((kind, name.to_owned())),
        }
    }
}

/// Takes what has no struct out of a schema.
pub(super) fn take(schema: &mut Schema, view_types: &ViewTypes) -> Vec<Statement> {
    let mut statements = Vec::new();
    let used = types_used(schema, view_types);
    let without_labels = |ty: &EnumType| ty.labels.is_empty() || !used.contains(&ty.name);
    for ty in schema.enums.iter().filter(|ty| without_labels(ty)) {
        statements.extend(of_type(&Schema {
            enums: vec![ty.clone()],
            ..Schema::default()
        }));
    }
    schema.enums.retain(|ty| !without_labels(ty));
    let is_unused = |domain: &Domain| !used.contains(&domain.name);
    for domain in schema.domains.iter().filter(|domain| is_unused(domain)) {
        statements.extend(of_type(&Schema {
            domains: vec![domain.clone()],
            ..Schema::default()
        }));
    }
    schema.domains.retain(|domain| !is_unused(domain));
    let without_parts = |ty: &CompositeType| ty.attributes.is_empty() || !used.contains(&ty.name);
    for ty in schema.composites.iter().filter(|ty| without_parts(ty)) {
        statements.extend(of_type(&Schema {
            composites: vec![ty.clone()],
            ..Schema::default()
        }));
    }
    schema.composites.retain(|ty| !without_parts(ty));
    let is_empty = |table: &Table| table.columns.is_empty();
    for table in schema.tables.iter().filter(|table| is_empty(table)) {
        let alone = Schema {
            tables: vec![table.clone()],
            ..Schema::default()
        };
        let name = table.name.to_string();
        let made = ddl::create(&alone).into_iter().enumerate();
        statements.extend(made.map(|(at, sql)| match at {
            0 => Statement::new("table", &name, sql),
            at => Statement::new("part of table", &format!("{name} {at}"), sql),
        }));
    }
    schema.tables.retain(|table| !is_empty(table));
    for table in &mut schema.tables {
        let columns = table.columns.clone();
        if let Some(by) = &mut table.partition_by {
            of_partitions(&columns, by, &mut statements);
        }
    }
    let mut all = namespaces(schema);
    all.extend(statements);
    all
}

/// The types that a column of a table or view has, and those that these are made of: a schema makes them by itself.
fn types_used(schema: &Schema, view_types: &ViewTypes) -> BTreeSet<QualifiedName> {
    let named = |ty: &SqlType| {
        let namespace = ty.namespace.clone()?;
        Some(QualifiedName::new(namespace, ty.name.clone()))
    };
    let columns = schema.tables.iter().flat_map(|table| &table.columns);
    let columns = columns.map(|column| &column.sql_type);
    let of_views = schema
        .views
        .iter()
        .filter_map(|view| view_types.get(&view.name));
    let mut left: Vec<QualifiedName> = columns
        .chain(of_views.flatten())
        .filter_map(named)
        .collect();
    let mut used = BTreeSet::new();
    while let Some(name) = left.pop() {
        if !used.insert(name.clone()) {
            continue;
        }
        let domains = schema.domains.iter().filter(|domain| domain.name == name);
        left.extend(domains.filter_map(|domain| named(&domain.sql_type)));
        let composites = schema.composites.iter().filter(|ty| ty.name == name);
        let attributes = composites.flat_map(|ty| &ty.attributes);
        left.extend(attributes.filter_map(|attribute| named(&attribute.sql_type)));
    }
    used
}

/// Takes what partitions have of their own out of them.
fn of_partitions(above: &[Column], by: &mut PartitionBy, statements: &mut Vec<Statement>) {
    for partition in &mut by.partitions {
        let name = partition.table.name.to_string();
        let own = ddl::partition_own(above, partition).into_iter().enumerate();
        statements.extend(
            own.map(|(at, sql)| Statement::new("part of partition", &format!("{name} {at}"), sql)),
        );
        let columns = partition.all_columns(above);
        if let Some(nested) = &mut partition.table.partition_by {
            of_partitions(&columns, nested, statements);
        }
        let mut bare = Partition::new(partition.table.name.clone(), partition.bound.clone());
        bare.table.comment = partition.table.comment.take();
        bare.table.partition_by = partition.table.partition_by.take();
        *partition = bare;
    }
}

/// The first statement says what it makes; the rest is about it.
fn of_type(alone: &Schema) -> Vec<Statement> {
    let made = ddl::create(alone).into_iter().enumerate();
    let names = alone.enums.iter().map(|ty| &ty.name);
    let names = names.chain(alone.domains.iter().map(|ty| &ty.name));
    let mut names = names.chain(alone.composites.iter().map(|ty| &ty.name));
    let name = names.next().map_or_else(String::new, ToString::to_string);
    let made = made.map(|(at, sql)| Statement {
        sql,
        identity: (at > 0).then(|| ("part of type", format!("{name} {at}"))),
    });
    made.collect()
}

fn namespaces(schema: &Schema) -> Vec<Statement> {
    let used = used(schema);
    let mut statements = Vec::new();
    for namespace in &schema.namespaces {
        let name = &namespace.name;
        if !used.contains(name.as_str()) {
            statements.push(Statement::new(
                "schema",
                name,
                ddl::create_namespace(namespace),
            ));
        }
        if namespace.comment.is_some() {
            statements.push(Statement::new(
                "comment",
                name,
                ddl::comment_on_namespace(namespace),
            ));
        }
    }
    statements
}

/// The namespaces that something lies in that is declared, which makes them.
fn used(schema: &Schema) -> BTreeSet<&str> {
    let tables = schema
        .tables
        .iter()
        .filter(|table| !table.columns.is_empty());
    let tables = tables.map(|table| &table.name);
    let views = schema.views.iter().map(|view| &view.name);
    let enums = schema
        .enums
        .iter()
        .filter(|ty| !ty.labels.is_empty())
        .map(|ty| &ty.name);
    let domains = schema.domains.iter().map(|ty| &ty.name);
    let composites = schema
        .composites
        .iter()
        .filter(|ty| !ty.attributes.is_empty());
    let composites = composites.map(|ty| &ty.name);
    let sequences = schema.sequences.iter().map(|sequence| &sequence.name);
    let collations = schema.collations.iter().map(|collation| &collation.name);
    let partitions = schema.tables.iter().flat_map(Table::partitions);
    let objects = schema
        .objects
        .iter()
        .filter_map(|object| object.namespace.as_deref());
    let extensions = schema.extensions.iter();
    let extensions = extensions.filter_map(|extension| extension.namespace.as_deref());
    tables
        .chain(views)
        .chain(enums)
        .chain(domains)
        .chain(composites)
        .chain(sequences)
        .chain(collations)
        .chain(partitions.map(|(_, partition)| &partition.table.name))
        .map(|name| name.namespace.as_str())
        .chain(objects)
        .chain(extensions)
        .filter(|name| *name != ident::PUBLIC)
        .collect()
}
