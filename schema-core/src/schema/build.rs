//! From definitions to the model.

mod object;
mod partition;
mod type_object;
mod view;

use std::collections::BTreeMap;

use super::{
    Check, Collation, Column, Exclusion, ExclusionElement, Expression, ForeignKey, Identity, Index,
    IndexKey, Indexed, NullsOrder, Policy, PrimaryKey, QualifiedName, ReferentialAction,
    ReplicaIdentity, SortOrder, SqlType, Table, Unique, by_name::ByName,
};
use crate::{
    def::{
        CheckDef, ColumnDef, ExclusionDef, ForeignKeyDef, IndexDef, IndexKeyDef, IndexedDef,
        KeyDef, Location, PartitionByDef, PolicyDef, ReferentialActionDef, ReplicaIdentityDef,
        TableDef, TableEntry,
    },
    error::{Place, SchemaError},
    ident,
};

pub(super) use {
    object::{build_collations, build_extensions, build_objects, build_sequences},
    type_object::build_types,
    view::{build_view, check_views},
};

/// The index method where none is named.
const BTREE: &str = "btree";

/// Checks that no table is listed twice, and that foreign keys stay within the schema.
pub(super) fn check_tables(entries: &[TableEntry]) -> Result<(), SchemaError> {
    let tables = ByName::of(&mut entries.iter().map(|entry| entry.table.name.as_key()));
    if let Some((first, second)) = tables.repeated() {
        return Err(duplicate(entries[first].table, entries[second].table));
    }
    for entry in entries {
        for foreign_key in entry.foreign_keys {
            if !tables.contains(foreign_key.referenced.as_key()) {
                return Err(SchemaError::MissingTable {
                    foreign_key: describe(entry.table, foreign_key),
                    table: QualifiedName::from(foreign_key.referenced).to_string(),
                    place: place(&entry.table.location),
                });
            }
        }
    }
    Ok(())
}

/// Two tables or views of one name.
fn duplicate(first: &TableDef, second: &TableDef) -> SchemaError {
    SchemaError::DuplicateTable {
        table: QualifiedName::from(second.name).to_string(),
        first: place(&first.location),
        second: place(&second.location),
    }
}

/// Builds one table. Constraints and indexes that the user did not name have empty names as yet.
pub(super) fn build_table(entry: &TableEntry) -> Result<Table, SchemaError> {
    let def = entry.table;
    check_columns(entry)?;
    Ok(Table {
        comment: comment(def.comment),
        columns: def
            .columns
            .iter()
            .map(build_column)
            .collect::<Result<_, _>>()?,
        primary_key: def.primary_key.as_ref().map(build_primary_key),
        uniques: def.uniques.iter().map(build_unique).collect(),
        checks: def.checks.iter().map(build_check).collect(),
        exclusions: def.exclusions.iter().map(build_exclusion).collect(),
        foreign_keys: entry
            .foreign_keys
            .iter()
            .map(|foreign_key| build_foreign_key(def, foreign_key))
            .collect::<Result<_, _>>()?,
        indexes: def.indexes.iter().map(build_index).collect(),
        partition_by: def.partition_by.as_ref().map(partition::build_partition_by),
        unlogged: def.unlogged,
        with: parameters(def.with),
        replica_identity: build_replica_identity(def.replica_identity),
        clustered_on: def.clustered_on.map(str::to_owned),
        row_level_security: def.row_level_security,
        force_row_level_security: def.force_row_level_security,
        policies: def.policies.iter().map(build_policy).collect(),
        ..Table::new(def.name.into())
    })
}

/// Checks that what the table says names columns it has.
fn check_columns(entry: &TableEntry) -> Result<(), SchemaError> {
    let def = entry.table;
    if let Some(key) = &def.primary_key {
        check_named(def, "the primary key", key.columns)?;
        check_named(def, "the primary key", key.include)?;
    }
    for unique in def.uniques {
        check_named(def, "a unique constraint", unique.columns)?;
        check_named(def, "a unique constraint", unique.include)?;
    }
    check_indexes(def)?;
    for exclusion in def.exclusions {
        for (key, _) in exclusion.elements {
            check_key(def, "an exclusion constraint", key)?;
        }
        check_named(def, "an exclusion constraint", exclusion.include)?;
    }
    let mut pending: Vec<&PartitionByDef> = Vec::new();
    pending.extend(&def.partition_by);
    while let Some(by) = pending.pop() {
        for key in by.keys {
            check_key(def, "the partition key", key)?;
        }
        for partition in by.partitions {
            pending.extend(&partition.partition_by);
        }
    }
    for foreign_key in entry.foreign_keys {
        check_named(def, "a foreign key", foreign_key.columns)?;
    }
    Ok(())
}

/// Checks that the indexes of a table or view are over columns it has.
fn check_indexes(def: &TableDef) -> Result<(), SchemaError> {
    for index in def.indexes {
        for key in index.keys {
            check_key(def, "an index", key)?;
        }
        check_named(def, "an index", index.include)?;
    }
    Ok(())
}

fn check_key(def: &TableDef, object: &'static str, key: &IndexKeyDef) -> Result<(), SchemaError> {
    match key.key {
        IndexedDef::Column(name) => check_named(def, object, &[name]),
        IndexedDef::Expression(_) => Ok(()),
    }
}

/// Checks that the columns an object names are there.
fn check_named(def: &TableDef, object: &'static str, columns: &[&str]) -> Result<(), SchemaError> {
    for name in columns {
        if def.columns.iter().all(|column| column.name != *name) {
            return Err(SchemaError::MissingColumn {
                object,
                table: QualifiedName::from(def.name).to_string(),
                column: (*name).to_owned(),
                place: place(&def.location),
            });
        }
    }
    Ok(())
}

fn build_column(def: &ColumnDef) -> Result<Column, SchemaError> {
    Ok(Column {
        nullable: def.nullable,
        default: def.default.as_ref().map(Expression::from),
        generated: def.generated.as_ref().map(Expression::from),
        identity: def.identity.map(|identity| Identity {
            generation: identity.generation,
            sequence: name(identity.name),
            options: identity.options.resolve(&def.sql_type),
        }),
        collation: def.collation.map(Collation::parse),
        storage: def.storage,
        compression: def.compression,
        statistics: def.statistics,
        options: parameters(def.options),
        comment: comment(def.comment),
        ..Column::new(def.name, SqlType::from_def(&def.sql_type)?)
    })
}

fn build_primary_key(def: &KeyDef) -> PrimaryKey {
    PrimaryKey {
        name: name(def.name),
        columns: owned(def.columns),
        include: owned(def.include),
        with: parameters(def.with),
        deferrable: def.deferrable,
        comment: comment(def.comment),
    }
}

fn build_unique(def: &KeyDef) -> Unique {
    Unique {
        name: name(def.name),
        columns: owned(def.columns),
        include: owned(def.include),
        nulls_not_distinct: def.nulls_not_distinct,
        with: parameters(def.with),
        deferrable: def.deferrable,
        comment: comment(def.comment),
    }
}

fn build_check(def: &CheckDef) -> Check {
    Check {
        name: name(def.name),
        expression: (&def.expression).into(),
        no_inherit: def.no_inherit,
        not_valid: def.not_valid,
        comment: comment(def.comment),
    }
}

fn build_exclusion(def: &ExclusionDef) -> Exclusion {
    let elements = def.elements.iter().map(|(key, operator)| ExclusionElement {
        key: build_index_key(key),
        operator: (*operator).to_owned(),
    });
    Exclusion {
        name: name(def.name),
        method: def.method.unwrap_or(BTREE).to_owned(),
        elements: elements.collect(),
        include: owned(def.include),
        with: parameters(def.with),
        predicate: def.predicate.as_ref().map(Expression::from),
        deferrable: def.deferrable,
        comment: comment(def.comment),
    }
}

fn build_index(def: &IndexDef) -> Index {
    Index {
        name: name(def.name),
        unique: def.unique,
        nulls_not_distinct: def.nulls_not_distinct,
        method: def.method.unwrap_or(BTREE).to_owned(),
        keys: def.keys.iter().map(build_index_key).collect(),
        include: owned(def.include),
        with: parameters(def.with),
        predicate: def.predicate.as_ref().map(Expression::from),
        invalid: false,
        comment: comment(def.comment),
    }
}

fn build_index_key(def: &IndexKeyDef) -> IndexKey {
    let order = def.order.unwrap_or(SortOrder::Asc);
    let default_nulls = match order {
        SortOrder::Asc => NullsOrder::Last,
        SortOrder::Desc => NullsOrder::First,
    };
    IndexKey {
        key: match &def.key {
            IndexedDef::Column(name) => Indexed::Column((*name).to_owned()),
            IndexedDef::Expression(text) => Indexed::Expression(text.into()),
        },
        order,
        nulls: def.nulls.unwrap_or(default_nulls),
        operator_class: def.operator_class.map(operator_class),
        collation: def.collation.map(Collation::parse),
    }
}

/// An operator class as the server writes it: any word may be the name of one, a keyword too.
fn operator_class(class: &str) -> String {
    let (name, parameters) = class.split_at(class.find('(').unwrap_or(class.len()));
    let name: Vec<_> = name.split('.').map(ident::quote).collect();
    name.join(".") + parameters
}

fn build_foreign_key(table: &TableDef, def: &ForeignKeyDef) -> Result<ForeignKey, SchemaError> {
    let referenced_columns = referenced_columns(table, def)?;
    if referenced_columns.len() != def.columns.len() {
        return Err(SchemaError::ColumnCount {
            foreign_key: describe(table, def),
            columns: def.columns.len(),
            table: QualifiedName::from(def.referenced).to_string(),
            referenced_columns: referenced_columns.len(),
        });
    }
    Ok(ForeignKey {
        name: name(def.name),
        columns: owned(def.columns),
        referenced_table: def.referenced.into(),
        referenced_columns,
        on_delete: build_action(def.on_delete),
        on_update: build_action(def.on_update),
        match_full: def.match_full,
        deferrable: def.deferrable,
        not_valid: def.not_valid,
        comment: comment(def.comment),
    })
}

/// The columns behind the referenced fields, or the referenced table's primary key.
fn referenced_columns(table: &TableDef, def: &ForeignKeyDef) -> Result<Vec<String>, SchemaError> {
    let referenced = def.referenced_table.table();
    if def.referenced_fields.is_empty() {
        return match &referenced.primary_key {
            Some(key) => Ok(owned(key.columns)),
            None => Err(SchemaError::MissingPrimaryKey {
                foreign_key: describe(table, def),
                table: QualifiedName::from(referenced.name).to_string(),
                place: place(&table.location),
            }),
        };
    }
    let column = |field: &&str| {
        let mut columns = referenced.columns.iter();
        match columns.find(|column| column.field == *field) {
            Some(column) => Ok(column.name.to_owned()),
            None => Err(SchemaError::MissingField {
                foreign_key: describe(table, def),
                table: QualifiedName::from(referenced.name).to_string(),
                field: (*field).to_owned(),
                place: place(&referenced.location),
            }),
        }
    };
    def.referenced_fields.iter().map(column).collect()
}

fn build_replica_identity(def: Option<ReplicaIdentityDef>) -> ReplicaIdentity {
    match def {
        None => ReplicaIdentity::Default,
        Some(ReplicaIdentityDef::Full) => ReplicaIdentity::Full,
        Some(ReplicaIdentityDef::Nothing) => ReplicaIdentity::Nothing,
        Some(ReplicaIdentityDef::Index(name)) => ReplicaIdentity::Index(name.to_owned()),
    }
}

fn build_action(def: ReferentialActionDef) -> ReferentialAction {
    match def {
        ReferentialActionDef::NoAction => ReferentialAction::NoAction,
        ReferentialActionDef::Restrict => ReferentialAction::Restrict,
        ReferentialActionDef::Cascade => ReferentialAction::Cascade,
        ReferentialActionDef::SetNull(columns) => ReferentialAction::SetNull(owned(columns)),
        ReferentialActionDef::SetDefault(columns) => ReferentialAction::SetDefault(owned(columns)),
    }
}

fn build_policy(def: &PolicyDef) -> Policy {
    Policy {
        name: def.name.to_owned(),
        restrictive: def.restrictive,
        command: def.command,
        roles: owned(def.roles),
        using: def.using.as_ref().map(Expression::from),
        with_check: def.with_check.as_ref().map(Expression::from),
        comment: comment(def.comment),
    }
}

/// A foreign key as messages name it: `messages.author_id`, `member_roles(server_id, user_id)`.
fn describe(table: &TableDef, def: &ForeignKeyDef) -> String {
    let table = QualifiedName::from(table.name);
    match def.columns {
        [column] => format!("{table}.{column}"),
        columns => format!("{table}({})", columns.join(", ")),
    }
}

fn place(location: &Location) -> Place {
    Place {
        rust_name: location.rust_name,
        file: location.file,
        line: location.line,
    }
}

/// An empty comment is none: that is how the server removes one.
fn comment(comment: Option<&str>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The empty name stands for one still to be chosen.
fn name(name: Option<&str>) -> String {
    name.unwrap_or_default().to_owned()
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn parameters(with: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    for (name, value) in with {
        parameters.insert((*name).to_owned(), (*value).to_owned());
    }
    parameters
}
