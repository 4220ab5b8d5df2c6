//! Whether PostgreSQL compares the values of a column, as its keys and sorted indexes do.

use super::{code, message::Message};
use crate::{
    def::{ColumnDef, TableDef, TypeObjectKind},
    ty::TypeDef,
};

/// Checks that what a key or index compares can be compared.
///
/// What a column itself is, the derive says; this is about the parts of types of the user's own. The server takes a key
/// over a composite type with such a part, and refuses the second row.
#[track_caller]
pub const fn comparable(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    let part = match uncompared(column) {
        Some(part) if column.facts.type_object.is_some() => part,
        _ => return,
    };
    Message::new(code::NOT_COMPARABLE_WITHIN)
        .push("column ")
        .column(table, column.name)
        .push(" is ")
        .sql_type(&column.sql_type)
        .push(", which has ")
        .sql_type(part)
        .push(" in it, whose values PostgreSQL does not compare\nhelp: ")
        .push(match part {
            TypeDef::Json => "use `type = jsonb` there, whose values compare",
            _ => "leave the column out, or use another type there",
        })
        .fail()
}

/// The type in a column that has no comparison, if there is one.
const fn uncompared(column: &ColumnDef) -> Option<&TypeDef> {
    let element = match &column.sql_type {
        TypeDef::Array(element) => element,
        ty => ty,
    };
    match (element, column.facts.type_object) {
        (TypeDef::Json | TypeDef::Xml | TypeDef::Point, _) => Some(element),
        (TypeDef::Named { .. }, Some(object)) => match &object.kind {
            TypeObjectKind::Domain(domain) => uncompared(&domain.value),
            TypeObjectKind::Composite(attributes) => {
                let mut i = 0;
                while i < attributes.len() {
                    if let Some(part) = uncompared(&attributes[i]) {
                        return Some(part);
                    }
                    i += 1;
                }
                None
            }
            TypeObjectKind::Enum(_) => None,
        },
        _ => None,
    }
}
