//! The objects beside tables and types.

use super::comment;
use crate::{
    def::{DependencyDef, ObjectDef, SchemaDef, SequenceDef, SqlPart, SqlText},
    error::SchemaError,
    schema::{
        CollationObject, Dependency, Expression, Extension, Object, QualifiedName, Sequence,
        SqlType,
        by_name::{ByName, insert_sorted},
    },
};

/// Builds the extensions, by name, of several of one name the first.
pub(in crate::schema) fn build_extensions(def: &SchemaDef) -> Vec<Extension> {
    let by_name = ByName::of(&mut def.extensions.iter().map(|def| ("", def.name)));
    let mut extensions: Vec<Extension> = Vec::new();
    for at in by_name.places() {
        let def = &def.extensions[*at];
        if extensions.last().is_none_or(|last| last.name != def.name) {
            extensions.push(Extension {
                namespace: def.namespace.map(str::to_owned),
                version: def.version.map(str::to_owned),
                cascade: def.cascade,
                comment: comment(def.comment),
                ..Extension::new(def.name)
            });
        }
    }
    extensions
}

/// Builds the collations, by name.
pub(in crate::schema) fn build_collations(def: &SchemaDef) -> Vec<CollationObject> {
    let by_name = ByName::of(&mut def.collations.iter().map(|def| def.name.as_key()));
    let collations = by_name.places().iter().map(|at| {
        let def = &def.collations[*at];
        CollationObject {
            ctype: def.ctype.to_owned(),
            deterministic: def.deterministic,
            comment: comment(def.comment),
            ..CollationObject::new(def.name.into(), def.provider, def.collate)
        }
    });
    collations.collect()
}

/// Builds the sequences, by name.
pub(in crate::schema) fn build_sequences(def: &SchemaDef) -> Result<Vec<Sequence>, SchemaError> {
    let by_name = ByName::of(&mut def.sequences.iter().map(|def| def.name.as_key()));
    let sequences = by_name.places().iter();
    sequences
        .map(|at| build_sequence(&def.sequences[*at]))
        .collect()
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
    let mut depends_on = Vec::new();
    for dependency in def.depends_on {
        let dependency = match dependency {
            DependencyDef::Table(table) => Dependency::Table(table.name.into()),
            DependencyDef::Object(name) => Dependency::Object((*name).to_owned()),
        };
        insert_sorted(&mut depends_on, dependency);
    }
    for part in def.sql.0 {
        if let SqlPart::Table(table) = part {
            insert_sorted(&mut depends_on, Dependency::Table((*table).into()));
        }
    }
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
