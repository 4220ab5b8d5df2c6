//! The types that tables need, found through their columns.

use super::{comment, name};
use crate::{
    def::{ColumnDef, DomainDef, Location, TableDef, TypeObjectDef, TypeObjectKind},
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
    for def in collect(relations)? {
        let name = QualifiedName::from(def.name);
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

/// Every type that a column holds, and every type such a one is made of, once, by name.
fn collect<'d>(
    relations: impl Iterator<Item = &'d TableDef>,
) -> Result<Vec<&'static TypeObjectDef>, SchemaError> {
    let columns = relations.flat_map(|relation| relation.columns);
    let mut pending: Vec<&'static TypeObjectDef> =
        columns.filter_map(ColumnDef::type_object).collect();
    let mut types: Vec<&'static TypeObjectDef> = Vec::new();
    while let Some(def) = pending.pop() {
        match types.binary_search_by_key(&def.name, |ty| ty.name) {
            Err(at) => {
                types.insert(at, def);
                pending.extend(def.parts());
            }
            // A constant may lie in memory more than once, so its place in the source says which type it is.
            Ok(first) if types[first].location == def.location => {}
            Ok(first) => {
                // Which of the two was found first depends on the tables' order; the message does not.
                let (mut first, mut second) = (&types[first].location, &def.location);
                let order = |place: &Location| (place.file, place.line, place.rust_name);
                if order(second) < order(first) {
                    std::mem::swap(&mut first, &mut second);
                }
                return Err(SchemaError::DuplicateType {
                    name: QualifiedName::from(def.name).to_string(),
                    first: super::place(first),
                    second: super::place(second),
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
