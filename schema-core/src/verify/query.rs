//! The columns a hand-written statement names, and the struct its rows are read as.

use super::{
    code::{self, Code},
    column::fits,
    foreign_key::{by_field, missing_field},
    message::{Message, same, same_table},
};
use crate::{
    def::{ColumnDef, TableDef},
    row::{Listed, RowField, RowShape},
    ty::{TypeDef, TypeFacts, default_of},
};

/// Checks that a table has a column of this field. Gives 0, for a constant to be made of.
#[track_caller]
#[must_use]
pub const fn query_column(table: &TableDef, field: &str) -> usize {
    // The stand-in of a table with errors of its own has no columns at all.
    if by_field(table, field).is_none() && !table.columns.is_empty() {
        missing_field(code::NO_SUCH_COLUMN, table, field);
    }
    0
}

/// The column of a field.
pub(crate) const fn column_of_field<'a>(table: &'a TableDef, field: &str) -> Option<&'a ColumnDef> {
    by_field(table, field)
}

/// Checks that a struct reads what a statement gives: as many columns, in an order that its names do not contradict, of
/// types its fields read. Gives 0, for a constant to be made of.
#[track_caller]
#[must_use]
pub const fn query_row(row: &RowShape, results: &[Listed]) -> usize {
    // The stand-in of a struct with errors of its own has no fields at all.
    if row.fields.is_empty() {
        return 0;
    }
    if RowField::columns_of(row.fields) != results.len() {
        wrong_number(row, results);
    }
    let mut i = 0;
    while i < results.len() {
        if is_flat(row) {
            order(row, results, i);
        }
        if let Some(field) = field(row.fields, i)
            && let Some(facts) = field.facts
        {
            fit(row, &field, facts, &results[i]);
        }
        i += 1;
    }
    0
}

/// A field that is one column.
struct Field {
    name: &'static str,
    facts: Option<&'static TypeFacts>,
    /// Whether its struct may be missing as a whole, as far as can be told.
    optional: bool,
}

/// The field that reads the column at `index`, those of nested structs counted in.
const fn field(fields: &'static [RowField], mut index: usize) -> Option<Field> {
    let mut i = 0;
    while i < fields.len() {
        match &fields[i] {
            RowField::Value { name, facts, .. } if index == 0 => {
                return Some(Field {
                    name,
                    facts: *facts,
                    optional: false,
                });
            }
            RowField::Nested { fields, .. } if index < RowField::columns_of(fields) => {
                return match field(fields, index) {
                    Some(nested) => Some(Field {
                        optional: true,
                        ..nested
                    }),
                    None => None,
                };
            }
            passed => index -= passed.columns(),
        }
        i += 1;
    }
    None
}

/// Whether no field is a struct: names are then those of the results.
const fn is_flat(row: &RowShape) -> bool {
    let mut i = 0;
    while i < row.fields.len() {
        if matches!(row.fields[i], RowField::Nested { .. }) {
            return false;
        }
        i += 1;
    }
    true
}

/// The name a result has in the row, where it is known.
const fn name(result: &Listed) -> Option<&'static str> {
    match result {
        Listed::Column {
            name: Some(name), ..
        }
        | Listed::Typed { name, .. } => Some(name),
        Listed::Column {
            table,
            field,
            name: None,
            ..
        } => match by_field(table, field) {
            Some(column) => Some(column.name),
            None => None,
        },
        Listed::Other(name) => *name,
    }
}

const fn has_field(row: &RowShape, name: &str) -> bool {
    let mut i = 0;
    while i < row.fields.len() {
        if let RowField::Value { name: other, .. } = &row.fields[i]
            && same(other, name)
        {
            return true;
        }
        i += 1;
    }
    false
}

#[track_caller]
const fn wrong_number(row: &RowShape, results: &[Listed]) -> ! {
    let mut message = Message::new(code::ROW_COUNT);
    message
        .push("this statement gives ")
        .number(results.len() as i128)
        .push(if results.len() == 1 {
            " column"
        } else {
            " columns"
        })
        .text(&[", but `", row.source, "` reads "])
        .number(RowField::columns_of(row.fields) as i128);
    if !is_flat(row) {
        message
            .push("\nhelp: list the columns of each struct in the order of its fields")
            .fail()
    }
    let (mut unnamed, mut i) = (false, 0);
    while i < results.len() {
        match name(&results[i]) {
            Some(name) if !has_field(row, name) => message
                .text(&["\nhelp: `", row.source, "` has no field for `", name, "`"])
                .fail(),
            Some(_) => {}
            None => unnamed = true,
        }
        i += 1;
    }
    let mut i = 0;
    while i < row.fields.len() && !unnamed {
        if let RowField::Value { name: field, .. } = &row.fields[i]
            && !has_result(results, field)
        {
            message
                .text(&["\nhelp: no column is read into the field `", field, "`"])
                .fail()
        }
        i += 1;
    }
    message
        .push("\nhelp: list one column for each field, in the order of the fields")
        .fail()
}

const fn has_result(results: &[Listed], field: &str) -> bool {
    let mut i = 0;
    while i < results.len() {
        if let Some(name) = name(&results[i])
            && same(name, field)
        {
            return true;
        }
        i += 1;
    }
    false
}

/// Rows are read by position; a column with the name of another field is in the wrong one.
#[track_caller]
const fn order(row: &RowShape, results: &[Listed], index: usize) {
    let RowField::Value { name: field, .. } = &row.fields[index] else {
        return;
    };
    if let Some(name) = name(&results[index])
        && !same(name, field)
        && has_field(row, name)
    {
        Message::new(code::ROW_ORDER)
            .push("column ")
            .number(index as i128 + 1)
            .text(&[" of this statement is `", name, "`, but `", row.source])
            .text(&["` reads its field `", field, "` from there"])
            .push("\nhelp: list the columns in the order of the fields")
            .fail()
    }
}

/// Checks that a field reads a result.
#[track_caller]
const fn fit(row: &RowShape, field: &Field, facts: &TypeFacts, result: &Listed) {
    let optional = field.optional || row.optional || facts.nullable;
    match result {
        Listed::Column {
            table,
            field: column,
            outer,
            ..
        } => {
            let Some(column) = by_field(table, column) else {
                return;
            };
            if !reads(facts, &column.sql_type) {
                misfit(row, field, facts, result, &column.sql_type);
            }
            entity(row, field, facts, result, column);
            if *outer && !optional {
                null(
                    row,
                    field,
                    result,
                    " is on the nullable side of an outer join",
                );
            }
            if column.nullable && !optional {
                null(row, field, result, " may be NULL");
            }
        }
        Listed::Typed {
            facts: Some(given), ..
        } if !given.sql_types.is_empty() => {
            let ty = default_of(given);
            if !reads(facts, &ty) {
                misfit(row, field, facts, result, &ty);
            }
            if given.nullable && !optional {
                null(row, field, result, " is an `Option`");
            }
        }
        _ => {}
    }
}

/// A message that begins with a result.
const fn message(code: Code, result: &Listed) -> Message {
    let mut message = Message::new(code);
    match result {
        Listed::Column { table, field, .. } => match by_field(table, field) {
            Some(column) => message.push("column ").column(table, column.name),
            None => &mut message,
        },
        Listed::Typed { name, .. } => message.text(&["result `", name, "`"]),
        Listed::Other(_) => &mut message,
    };
    message
}

/// Whether a type reads a column of this SQL type. Types of the user's own are left to the server: it sends a domain as
/// the type below it.
const fn reads(facts: &TypeFacts, ty: &TypeDef) -> bool {
    match ty {
        _ if facts.sql_types.is_empty() => true,
        TypeDef::Named { .. } | TypeDef::Array(TypeDef::Named { .. }) => true,
        // What reads JSONB through serde reads JSON as well.
        TypeDef::Json => fits(facts, ty) || fits(facts, &TypeDef::Jsonb),
        _ => is_named(facts) || fits(facts, ty),
    }
}

const fn is_named(facts: &TypeFacts) -> bool {
    matches!(facts.sql_types[0], TypeDef::Named { .. })
}

#[track_caller]
const fn misfit(
    row: &RowShape,
    field: &Field,
    facts: &TypeFacts,
    result: &Listed,
    ty: &TypeDef,
) -> ! {
    message(code::ROW_TYPE, result)
        .push(" is ")
        .sql_type(ty)
        .text(&[", which the field `", field.name, "` of `", row.source])
        .text(&["` does not read\nhelp: it reads "])
        .sql_types(facts.sql_types, if facts.array { "[]" } else { "" })
        .fail()
}

#[track_caller]
const fn entity(
    row: &RowShape,
    field: &Field,
    facts: &TypeFacts,
    result: &Listed,
    column: &ColumnDef,
) {
    if let (Some(given), Some(read)) = (&column.entity, &facts.entity)
        && !same_table(given, read)
    {
        message(code::ROW_ID, result)
            .push(" is an id of `")
            .table(given)
            .text(&["`, but the field `", field.name, "` of `", row.source])
            .push("` is an id of `")
            .table(read)
            .push("`\nhelp: give them one type")
            .fail()
    }
}

#[track_caller]
const fn null(row: &RowShape, field: &Field, result: &Listed, how: &str) -> ! {
    message(code::ROW_NULL, result)
        .text(&[how, ", but the field `", field.name, "` of `", row.source])
        .text(&[
            "` is no `Option`\nhelp: make it one; where a condition excludes NULL, say so: `as {",
            field.name,
            ": Type}`",
        ])
        .fail()
}
