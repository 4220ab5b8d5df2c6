//! The types that tables need, found through their columns.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{comment, name};
use crate::{
    def::{ColumnDef, DomainDef, TableDef, TableName, TypeObjectDef, TypeObjectKind},
    error::SchemaError,
    schema::{
        Attribute, Collation, CompositeType, Domain, DomainCheck, EnumType, Expression,
        QualifiedName, Schema, SqlType,
    },
};

/// Builds a schema of the types alone, each kind by name. Checks that have no name of their own get an empty one.
pub(in crate::schema) fn build_types<'d>(
    relations: impl Iterator<Item = &'d TableDef>,
) -> Result<Schema, SchemaError> {
    let mut schema = Schema::default();
    for (type_name, def) in collect(relations)? {
        let name = QualifiedName::from(type_name);
        match &def.kind {
            TypeObjectKind::Enum(labels) => schema.enums.push(EnumType {
                name,
                labels: labels.iter().map(|label| (*label).to_owned()).collect(),
                comment: comment(def.comment),
            }),
            TypeObjectKind::Domain(domain) => {
                schema.domains.push(build_domain(name, def, domain)?);
            }
            TypeObjectKind::Composite(attributes) => schema.composites.push(CompositeType {
                name,
                attributes: attributes
                    .iter()
                    .map(build_attribute)
                    .collect::<Result<_, _>>()?,
                comment: comment(def.comment),
            }),
        }
    }
    Ok(schema)
}

/// Every type that a column holds, and every type such a one is made of, once.
fn collect<'d>(
    relations: impl Iterator<Item = &'d TableDef>,
) -> Result<BTreeMap<TableName, &'static TypeObjectDef>, SchemaError> {
    let columns = relations.flat_map(|relation| relation.columns);
    let mut pending: Vec<&'static TypeObjectDef> =
        columns.filter_map(ColumnDef::type_object).collect();
    let mut types = BTreeMap::new();
    while let Some(def) = pending.pop() {
        match types.entry(def.name) {
            Entry::Vacant(entry) => {
                entry.insert(def);
                pending.extend(def.parts());
            }
            // A constant may lie in memory more than once, so its place in the source says which type it is.
            Entry::Occupied(first) if first.get().location == def.location => {}
            Entry::Occupied(first) => {
                // Which of the two was found first depends on the tables' order; the message does not.
                let mut places = [first.get().location, def.location];
                places.sort_by_key(|place| (place.file, place.line, place.rust_name));
                return Err(SchemaError::DuplicateType {
                    name: QualifiedName::from(def.name).to_string(),
                    first: super::place(&places[0]),
                    second: super::place(&places[1]),
                });
            }
        }
    }
    Ok(types)
}

fn build_domain(
    type_name: QualifiedName,
    def: &TypeObjectDef,
    domain: &DomainDef,
) -> Result<Domain, SchemaError> {
    let DomainDef {
        value,
        not_null,
        checks,
    } = domain;
    let checks = checks.iter().map(|check| DomainCheck {
        name: name(check.name),
        expression: (&check.expression).into(),
        not_valid: false,
        comment: self::comment(check.comment),
    });
    Ok(Domain {
        collation: value.collation.map(Collation::parse),
        not_null: *not_null,
        default: default(value),
        checks: checks.collect(),
        comment: comment(def.comment),
        ..Domain::new(type_name, SqlType::from_def(&value.sql_type)?)
    })
}

/// A domain takes over the default of the domain it is made over.
fn default(value: &ColumnDef) -> Option<Expression> {
    let mut value = value;
    loop {
        if let Some(default) = &value.default {
            return Some(default.into());
        }
        if value.facts.array {
            return None;
        }
        match &value.type_object()?.kind {
            TypeObjectKind::Domain(below) => value = &below.value,
            _ => return None,
        }
    }
}

fn build_attribute(def: &ColumnDef) -> Result<Attribute, SchemaError> {
    Ok(Attribute {
        collation: def.collation.map(Collation::parse),
        comment: comment(def.comment),
        ..Attribute::new(def.name, SqlType::from_def(&def.sql_type)?)
    })
}
