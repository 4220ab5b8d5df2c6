//! Enum types, domains and composite types.

use std::collections::BTreeMap;

use schema_core::schema::{Attribute, CompositeType, Domain, EnumType, QualifiedName, Schema};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup,
    constraint::DomainChecks,
    expression,
};

/// Reads the types into a schema that has nothing else.
pub(super) fn types(
    answers: &Answers,
    lookup: &Lookup,
    mut checks: DomainChecks,
) -> Result<Schema, IntrospectError> {
    let mut schema = Schema::default();
    let mut composites: BTreeMap<u32, CompositeType> = BTreeMap::new();
    for mut fields in answers.types.rows() {
        let oid = fields.next()?;
        let namespace = fields.next()?;
        let Some(name) = lookup.qualified(namespace, fields.next()?) else {
            continue;
        };
        if lookup.is_member(Class::Type, oid) {
            continue;
        }
        let comment = lookup.comment(Class::Type, oid, 0);
        match fields.next()? {
            "e" => {
                fields.skip(6);
                schema.enums.push(EnumType {
                    name,
                    labels: fields.next()?,
                    comment,
                });
            }
            "d" => schema.domains.push(Domain {
                checks: checks.remove(&oid).unwrap_or_default(),
                comment,
                ..domain(name, fields, lookup)?
            }),
            _ => {
                let attributes = Vec::new();
                let composite = CompositeType {
                    name,
                    attributes,
                    comment,
                };
                composites.insert(fields.next()?, composite);
            }
        }
    }
    for mut fields in answers.columns.rows() {
        let relation = fields.next()?;
        if let Some(composite) = composites.get_mut(&relation) {
            let attribute = attribute(fields, relation, lookup)?;
            composite.attributes.push(attribute);
        }
    }
    schema.composites = composites.into_values().collect();
    Ok(schema)
}

fn domain(
    name: QualifiedName,
    mut fields: Fields<'_>,
    lookup: &Lookup,
) -> Result<Domain, IntrospectError> {
    fields.skip(1);
    let Some(ty) = lookup.type_used(fields.next()?, fields.next()?) else {
        return Err(fields.error(format!("the domain {name} is made over no type")));
    };
    let not_null = fields.next()?;
    let default: Option<&str> = fields.next()?;
    Ok(Domain {
        not_null,
        default: default.map(expression),
        collation: lookup.collation(fields.next()?, ty.collation),
        ..Domain::new(name, ty.sql_type.clone())
    })
}

fn attribute(
    mut fields: Fields<'_>,
    relation: u32,
    lookup: &Lookup,
) -> Result<Attribute, IntrospectError> {
    let number: i16 = fields.next()?;
    let name: String = fields.next()?;
    let Some(ty) = lookup.type_used(fields.next()?, fields.next()?) else {
        return Err(fields.error(format!("the attribute `{name}` has no type")));
    };
    fields.skip(5);
    Ok(Attribute {
        collation: lookup.collation(fields.next()?, ty.collation),
        comment: lookup.comment(Class::Relation, relation, number.into()),
        ..Attribute::new(name, ty.sql_type.clone())
    })
}
