//! The names of types of the user's own against those of tables and of each other. Every table is a type, too
//! (`pg_type`), and a composite type is a relation like a table (`pg_class`).

use super::{
    code,
    message::{Message, same},
    schema::Relations,
};
use crate::def::{ColumnDef, ListedDef, Location, TypeObjectDef, TypeObjectKind};

/// How many types of the user's own these columns have, one within another counted, and one of two columns twice.
pub(super) const fn type_count(mut columns: &[ColumnDef]) -> usize {
    let mut count = 0;
    while let [column, rest @ ..] = columns {
        if let Some(object) = column.facts.type_object {
            count += 1 + type_count(object.columns());
        }
        columns = rest;
    }
    count
}

/// Checks that the types of a listed table's columns have names of their own.
#[track_caller]
pub(super) const fn own_types<const N: usize>(
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
) {
    types(listed, relations, index, listed[index].relation().columns);
}

#[track_caller]
const fn types<const N: usize>(
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
    mut columns: &[ColumnDef],
) {
    while let [column, rest @ ..] = columns {
        if let Some(object) = column.facts.type_object {
            own_type(listed, relations, index, object);
        }
        columns = rest;
    }
}

#[track_caller]
const fn own_type<const N: usize>(
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
    object: &TypeObjectDef,
) {
    let is_relation = matches!(object.kind, TypeObjectKind::Composite(_));
    if let Some(owner) = relations.type_owner(&object.name, is_relation)
        && !listed[owner].relation().columns.is_empty()
    {
        let owner = listed[owner].relation().location;
        taken(listed, index, object, (owner, "what `", "` makes"));
    }
    if let Some(first) = relations.type_object(&object.name)
        && !is_same(&first.location, &object.location)
    {
        taken(listed, index, object, (first.location, "type `", "`"));
    }
    types(listed, relations, index, object.columns());
}

const fn is_same(left: &Location, right: &Location) -> bool {
    same(left.rust_name, right.rust_name)
        && left.line == right.line
        && left.column == right.column
        && same(left.file, right.file)
}

/// Whether a type is among those of these columns.
const fn uses(mut columns: &[ColumnDef], object: &TypeObjectDef) -> bool {
    while let [column, rest @ ..] = columns {
        if let Some(used) = column.facts.type_object
            && (is_same(&used.location, &object.location) || uses(used.columns(), object))
        {
            return true;
        }
        columns = rest;
    }
    false
}

/// Fails at the first listed table that has the type.
#[track_caller]
const fn taken(
    listed: &[ListedDef],
    index: usize,
    object: &TypeObjectDef,
    (other, before, behind): (Location, &str, &str),
) {
    let mut earlier = listed.split_at(index).0;
    while let [table, rest @ ..] = earlier {
        if uses(table.relation().columns, object) {
            return;
        }
        earlier = rest;
    }
    Message::new(code::TYPE_NAME_TAKEN)
        .text(&["type `", object.location.rust_name, "` is called `"])
        .table(&object.name)
        .text(&["`, and so is ", before, other.rust_name, behind])
        .push("\nhelp: types, tables and views share their names; give one of them another `name`")
        .fail()
}
