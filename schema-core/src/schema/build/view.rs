//! Views from their definitions.

use std::collections::{BTreeMap, BTreeSet};

use super::{build_index, comment, indexed_column, parameters, place};
use crate::{
    def::{QueryPart, QueryText, TableEntry, TableName, ViewDef},
    error::SchemaError,
    ident,
    schema::{Expression, QualifiedName, View, ViewColumn},
};

/// Builds one view. Indexes that the user did not name have empty names as yet.
pub(in crate::schema) fn build_view(def: &ViewDef) -> Result<View, SchemaError> {
    let relation = def.relation;
    let columns = relation.columns.iter().map(|column| ViewColumn {
        name: column.name.to_owned(),
        comment: comment(column.comment),
    });
    let columns: Vec<ViewColumn> = columns.collect();
    for index in relation.indexes {
        let keys = index.keys.iter().filter_map(indexed_column);
        let mut named = keys.chain(index.include.iter().copied());
        if let Some(column) = named.find(|name| columns.iter().all(|column| column.name != *name)) {
            return Err(SchemaError::MissingColumn {
                object: "an index",
                table: QualifiedName::from(relation.name).to_string(),
                column: column.to_owned(),
                place: place(&relation.location),
            });
        }
    }
    let used: BTreeSet<TableName> = def.uses.iter().map(|used| used.name).collect();
    Ok(View {
        materialized: def.materialized,
        comment: comment(relation.comment),
        columns,
        with: parameters(def.with),
        check_option: def.check_option,
        method: def.method.map(str::to_owned),
        tablespace: def.tablespace.map(str::to_owned),
        with_no_data: def.with_no_data,
        indexes: relation.indexes.iter().map(build_index).collect(),
        depends_on: used.into_iter().map(QualifiedName::from).collect(),
        ..View::new(relation.name.into(), query(def, &def.query)?)
    })
}

/// The query's text, names quoted where PostgreSQL needs it.
fn query(def: &ViewDef, query: &QueryText) -> Result<Expression, SchemaError> {
    let mut text = String::new();
    for part in query.0 {
        match part {
            QueryPart::Text(plain) => text.push_str(plain),
            QueryPart::Name(name) => text.push_str(&ident::quote(name)),
            QueryPart::Table(name) => text.push_str(&QualifiedName::from(*name).render()),
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
                text.push_str(&ident::quote(column.name));
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
    let tables = entries.iter().map(|entry| (entry.table.name, entry.table));
    let mut relations: BTreeMap<_, _> = tables.collect();
    for view in views {
        if let Some(first) = relations.insert(view.relation.name, view.relation) {
            return Err(SchemaError::DuplicateTable {
                table: QualifiedName::from(view.relation.name).to_string(),
                first: place(&first.location),
                second: place(&view.relation.location),
            });
        }
    }
    for view in views {
        if let Some(missing) = view
            .uses
            .iter()
            .find(|used| !relations.contains_key(&used.name))
        {
            return Err(SchemaError::MissingRelation {
                view: QualifiedName::from(view.relation.name).to_string(),
                relation: QualifiedName::from(missing.name).to_string(),
                place: place(&view.relation.location),
            });
        }
    }
    // What is left when no view can be made any more is in a circle, or reads one that is.
    let mut left: BTreeMap<TableName, &ViewDef> = views
        .iter()
        .map(|view| (view.relation.name, *view))
        .collect();
    loop {
        let waits = |view: &&ViewDef| view.uses.iter().any(|used| left.contains_key(&used.name));
        let (waiting, ready): (Vec<&ViewDef>, Vec<&ViewDef>) =
            left.values().copied().partition(waits);
        if ready.is_empty() {
            break;
        }
        left = waiting
            .into_iter()
            .map(|view| (view.relation.name, view))
            .collect();
    }
    match left.values().next() {
        None => Ok(()),
        Some(view) => Err(SchemaError::ViewCycle {
            views: left
                .keys()
                .map(|name| QualifiedName::from(*name).to_string())
                .collect(),
            place: place(&view.relation.location),
        }),
    }
}
