//! Composite types: their attributes come, go and change in place.

use schema_core::{
    ddl::{self, Address},
    schema::{Attribute, CompositeType, QualifiedName, Schema},
};

use super::{
    super::{
        PlanError,
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, comment, released_type,
    type_object::is_of,
};
use crate::diff::Pair;

/// Creates a composite type.
pub(super) fn create(cx: &Context<'_>, ty: &CompositeType, steps: &mut Vec<Step>) {
    let address = Address::Type(ty.name.clone());
    let types = ty.attributes.iter().flat_map(|it| cx.ty(&it.sql_type));
    let step = Step::new(Phase::Type, ddl::create_composite(ty))
        .needs(cx.namespace(&ty.name))
        .needs(types)
        .makes(address.clone());
    steps.push(step);
    if ty.comment.is_some() {
        steps.push(comment(address.clone(), ty.comment.as_deref()));
    }
    for attribute in ty.attributes.iter().filter(|it| it.comment.is_some()) {
        steps.push(attribute_comment(ty, attribute).needs([address.clone()]));
    }
}

/// Whether a column of a table holds values of a type, by itself or in another type.
fn is_in_columns(schema: &Schema, name: &QualifiedName) -> bool {
    let tables = schema.tables.iter();
    let mut columns = tables.flat_map(|table| &table.columns);
    let mut domains = schema.domains.iter();
    columns.any(|column| is_of(&column.sql_type, name))
        || domains.any(|it| is_of(&it.sql_type, name) && is_in_columns(schema, &it.name))
        || schema.composites.iter().any(|it| {
            let mut attributes = it.attributes.iter();
            attributes.any(|attribute| is_of(&attribute.sql_type, name))
                && is_in_columns(schema, &it.name)
        })
}

fn attribute_comment(ty: &CompositeType, attribute: &Attribute) -> Step {
    let column = Address::Column(ty.name.clone(), attribute.name.clone());
    comment(column, attribute.comment.as_deref())
}

/// Changes the attributes of a composite type.
pub(super) fn alter(
    cx: &Context<'_>,
    pair: Pair<'_, CompositeType>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let address = Address::Type(next.name.clone());
    let find = |ty: &'_ CompositeType, name: &str| {
        ty.attributes
            .iter()
            .position(|attribute| attribute.name == name)
    };
    for attribute in &next.attributes {
        let was = find(previous, &attribute.name).map(|at| &previous.attributes[at]);
        match was {
            None => {
                let sql = ddl::add_attribute(&next.name, attribute);
                let step = Step::new(Phase::Type, sql).needs(cx.ty(&attribute.sql_type));
                steps.push(step.makes(address.clone()));
            }
            Some(was)
                if (&was.sql_type, &was.collation)
                    != (&attribute.sql_type, &attribute.collation) =>
            {
                if is_in_columns(cx.previous, &next.name) {
                    return Err(PlanError {
                        object: address.to_string(),
                        change: "cannot have an attribute of another type while columns use it",
                        help: "add an attribute of another name, or make a type of another name and change over to it",
                    });
                }
                let sql = ddl::alter_attribute_type(&next.name, attribute);
                let step = Step::new(Phase::Type, sql).needs(cx.ty(&attribute.sql_type));
                let step = step.releases(released_type(&was.sql_type));
                steps.push(step.makes(address.clone()));
            }
            Some(_) => {}
        }
        if was.and_then(|was| was.comment.as_ref()) != attribute.comment.as_ref() {
            steps.push(attribute_comment(next, attribute).needs([address.clone()]));
        }
    }
    for attribute in &previous.attributes {
        if find(next, &attribute.name).is_none() {
            let sql = ddl::drop_attribute(&next.name, &attribute.name);
            let step = Step::new(Phase::Remove, sql).releases(released_type(&attribute.sql_type));
            steps.push(step.hazard(
                HazardKind::DeletesData,
                format!("all values of `{}.{}` go", next.name, attribute.name),
            ));
        }
    }
    if pair.differs(|ty| &ty.comment) {
        steps.push(comment(address, next.comment.as_deref()));
    }
    Ok(())
}
