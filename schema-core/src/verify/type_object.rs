//! What domains and composite types are made of.

use core::slice;

use super::{code, collation, column, default_value, message::Message};
use crate::def::{ColumnDef, TableDef, TypeObjectDef, TypeObjectKind};

/// The parts of a type as the columns of a table, so that the same rules and messages hold for them.
const fn as_table(object: &'static TypeObjectDef) -> TableDef {
    let columns: &[ColumnDef] = match &object.kind {
        TypeObjectKind::Enum(_) => &[],
        TypeObjectKind::Domain(domain) => slice::from_ref(&domain.value),
        TypeObjectKind::Composite(attributes) => attributes,
    };
    TableDef {
        columns,
        ..TableDef::new(object.name, object.location)
    }
}

/// Checks that the SQL type of a domain, or of a composite type's attribute, holds its Rust type.
#[track_caller]
pub const fn type_part(object: &'static TypeObjectDef, index: usize, rust: &str) {
    let table = as_table(object);
    column(&table, index, rust);
}

/// Checks that the field below a domain is no `Option`: the column says whether it may be NULL.
#[track_caller]
pub const fn domain_value(object: &'static TypeObjectDef, rust: &str) {
    let table = as_table(object);
    if table.columns[0].nullable {
        Message::new(code::NULLABLE_DOMAIN)
            .push("domain `")
            .table(&object.name)
            .text(&["` is over `", rust, "`, but each column says for itself whether it may be NULL"])
            .push("\nhelp: remove the `Option` here, and make the column's field an `Option` of this type")
            .fail()
    }
}

/// Checks that a domain, or an attribute of a composite type, with a collation is of a type that has one.
#[track_caller]
pub const fn type_collation(object: &'static TypeObjectDef, index: usize) {
    collation(&as_table(object), index);
}

/// Checks a domain's literal default against its type.
#[track_caller]
pub const fn domain_default(object: &'static TypeObjectDef) {
    default_value(&as_table(object), 0);
}
