//! The objects beside tables and types.

use std::collections::BTreeMap;

use super::comment;
use crate::{
    def::{DependencyDef, ObjectDef, SchemaDef, SequenceDef, SqlPart, SqlText},
    error::SchemaError,
    schema::{
        CollationObject, Dependency, Expression, Extension, Object, QualifiedName, Sequence,
        SqlType,
    },
};

/// Builds the extensions, by name, of several of one name the first.
pub(in crate::schema) fn build_extensions(def: &SchemaDef) -> Vec<Extension> {
    let mut extensions = BTreeMap::new();
    for def in def.extensions {
        extensions.entry(def.name).or_insert_with(|| Extension {
            namespace: def.namespace.map(str::to_owned),
            version: def.version.map(str::to_owned),
            cascade: def.cascade,
            comment: comment(def.comment),
            ..Extension::new(def.name)
        });
    }
    extensions.into_values().collect()
}

/// Builds the collations, by name.
pub(in crate::schema) fn build_collations(def: &SchemaDef) -> Vec<CollationObject> {
    let collations = def.collations.iter();
    let collations = collations.map(|def| CollationObject {
        ctype: def.ctype.to_owned(),
        deterministic: def.deterministic,
        comment: comment(def.comment),
        ..CollationObject::new(def.name.into(), def.provider, def.collate)
    });
    let mut collations: Vec<CollationObject> = collations.collect();
    collations.sort();
    collations
}

/// Builds the sequences, by name.
pub(in crate::schema) fn build_sequences(def: &SchemaDef) -> Result<Vec<Sequence>, SchemaError> {
    let sequences = def.sequences.iter().map(build_sequence);
    let mut sequences = sequences.collect::<Result<Vec<_>, _>>()?;
    sequences.sort();
    Ok(sequences)
}

fn build_sequence(def: &SequenceDef) -> Result<Sequence, SchemaError> {
    Ok(Sequence {
        name: def.name.into(),
        sql_type: SqlType::from_def(&def.sql_type)?,
        unlogged: false,
        options: def.options.resolve(&def.sql_type),
        owned_by: def.owned_by.map(|(table, field)| {
            let column = table.columns.iter().find(|column| column.field == field);
            let column = column.map_or(field, |column| column.name);
            (table.name.into(), column.to_owned())
        }),
        comment: comment(def.comment),
    })
}

/// Builds the objects known as SQL text, in their order.
pub(in crate::schema) fn build_objects(def: &SchemaDef) -> Vec<Object> {
    def.objects.iter().map(build_object).collect()
}

fn build_object(def: &ObjectDef) -> Object {
    let render = |text: &SqlText| Expression::from(text).to_string();
    let mut depends_on: Vec<Dependency> = def
        .depends_on
        .iter()
        .map(|dependency| match dependency {
            DependencyDef::Table(table) => Dependency::Table(table.name.into()),
            DependencyDef::Object(name) => Dependency::Object((*name).to_owned()),
        })
        .collect();
    let named = def.sql.0.iter().filter_map(|part| match part {
        SqlPart::Table(table) => Some(Dependency::Table((*table).into())),
        _ => None,
    });
    depends_on.extend(named);
    depends_on.sort();
    depends_on.dedup();
    let tables = def.needed_by.iter();
    Object {
        kind: def.kind.to_owned(),
        namespace: def.namespace.map(str::to_owned),
        name: def.name.to_owned(),
        arguments: def.arguments.as_ref().map(render),
        table: def.table.map(QualifiedName::from),
        method: def.method.map(str::to_owned),
        sql: render(&def.sql),
        settings: Vec::new(),
        comment: comment(def.comment),
        depends_on,
        needed_by: tables.map(|table| table.name.into()).collect(),
    }
}
