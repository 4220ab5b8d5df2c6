//! Views from their definitions.

use super::{build_index, check_indexes, comment, duplicate, parameters, place};
use crate::{
    def::{QueryPart, QueryText, TableDef, TableEntry, ViewDef},
    error::SchemaError,
    ident::{self, token::push_name},
    schema::{
        Expression, QualifiedName, View, ViewColumn,
        by_name::{ByName, insert_sorted},
    },
};

/// Builds one view. Indexes that the user did not name have empty names as yet.
pub(in crate::schema) fn build_view(def: &ViewDef) -> Result<View, SchemaError> {
    let relation = def.relation;
    check_indexes(relation)?;
    let columns = relation.columns.iter().map(|column| ViewColumn {
        name: column.name.to_owned(),
        comment: comment(column.comment),
    });
    let mut depends_on = Vec::new();
    for used in def.uses {
        insert_sorted(&mut depends_on, QualifiedName::from(used.name));
    }
    Ok(View {
        materialized: def.materialized,
        comment: comment(relation.comment),
        columns: columns.collect(),
        with: parameters(def.with),
        check_option: def.check_option,
        method: def.method.map(str::to_owned),
        tablespace: def.tablespace.map(str::to_owned),
        with_no_data: def.with_no_data,
        indexes: relation.indexes.iter().map(build_index).collect(),
        depends_on,
        ..View::new(relation.name.into(), query(def, &def.query)?)
    })
}

/// The query's text, names quoted where PostgreSQL needs it.
fn query(def: &ViewDef, query: &QueryText) -> Result<Expression, SchemaError> {
    let mut text = String::new();
    for part in query.0 {
        match part {
            QueryPart::Text(plain) => text.push_str(plain),
            QueryPart::Name(name) => push_name(&mut text, &ident::quote(name)),
            QueryPart::Table(name) => push_name(&mut text, &QualifiedName::from(*name).render()),
            QueryPart::Column(table, field) => {
                let mut columns = table.columns.iter();
                let Some(column) = columns.find(|column| column.field == *field) else {
                    return Err(SchemaError::MissingColumn {
                        object: "the query of a view",
                        table: QualifiedName::from(table.name).to_string(),
                        column: (*field).to_owned(),
                        place: place(&def.relation.location),
                    });
                };
                push_name(&mut text, &ident::quote(column.name));
            }
        }
    }
    Ok(Expression::new(text.trim()))
}

/// Checks that each view has a name of its own, reads what is there, and does not read itself through others.
pub(in crate::schema) fn check_views(
    entries: &[TableEntry],
    views: &[&ViewDef],
) -> Result<(), SchemaError> {
    let mut relations: Vec<&TableDef> = entries.iter().map(|entry| entry.table).collect();
    relations.extend(views.iter().map(|view| view.relation));
    let by_name = ByName::of(&mut relations.iter().map(|relation| relation.name.as_key()));
    if let Some((first, second)) = by_name.repeated() {
        return Err(duplicate(relations[first], relations[second]));
    }
    for view in views {
        let mut used = view.uses.iter();
        if let Some(missing) = used.find(|used| !by_name.contains(used.name.as_key())) {
            return Err(SchemaError::MissingRelation {
                view: QualifiedName::from(view.relation.name).to_string(),
                relation: QualifiedName::from(missing.name).to_string(),
                place: place(&view.relation.location),
            });
        }
    }
    // What is left when no view can be made any more is in a circle, or reads one that is.
    let mut left = ByName::of(&mut views.iter().map(|view| view.relation.name.as_key()));
    loop {
        let mut waiting = Vec::new();
        for at in left.places() {
            let view = views[*at];
            if view
                .uses
                .iter()
                .any(|used| left.contains(used.name.as_key()))
            {
                waiting.push((view.relation.name.as_key(), *at));
            }
        }
        if waiting.len() == left.places().len() {
            break;
        }
        left = ByName::new(waiting);
    }
    let left = left.places();
    let Some(first) = left.first() else {
        return Ok(());
    };
    let name = |at: &usize| QualifiedName::from(views[*at].relation.name).to_string();
    Err(SchemaError::ViewCycle {
        views: left.iter().map(name).collect(),
        place: place(&views[*first].relation.location),
    })
}
