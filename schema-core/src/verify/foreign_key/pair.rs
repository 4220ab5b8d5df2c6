//! Two columns of a foreign key: whether they hold the same values, and ones the server compares.

use crate::{
    def::{ColumnDef, TableDef, TypeObjectDef, TypeObjectKind},
    ty::TypeDef,
    verify::{
        code,
        message::{Message, same, same_table, type_name},
    },
};

/// Whether two columns are typed ids of one table, or neither is a typed id. One whose type is written as text may
/// hold an id in another integer than the typed one's.
pub(super) const fn same_entity(a: &ColumnDef, b: &ColumnDef) -> bool {
    match (&a.entity, &b.entity) {
        (Some(a), Some(b)) => same_table(a, b),
        (None, None) => true,
        (None, Some(_)) => matches!(a.sql_type, TypeDef::Verbatim(_)),
        (Some(_), None) => matches!(b.sql_type, TypeDef::Verbatim(_)),
    }
}

/// Checks that two columns have one type and, for typed ids, belong to one table.
#[track_caller]
pub(super) const fn pair(
    table: &TableDef,
    referencing: &ColumnDef,
    target: &TableDef,
    referenced: &ColumnDef,
) {
    let types = same_type(&referencing.sql_type, &referenced.sql_type);
    if !types || !same_entity(referencing, referenced) {
        differ(table, referencing, target, referenced);
    }
    match referencing.sql_type {
        TypeDef::Array(_) => {
            bounded_array(table, referencing);
            bounded_array(target, referenced);
        }
        TypeDef::Named { .. } => domain_of_enum(table, referencing),
        _ => {}
    }
}

#[track_caller]
const fn differ(
    table: &TableDef,
    referencing: &ColumnDef,
    target: &TableDef,
    referenced: &ColumnDef,
) -> ! {
    let types = same_type(&referencing.sql_type, &referenced.sql_type);
    let mut message = Message::new(if types {
        code::ID_OF_OTHER_TABLE
    } else {
        code::TYPES_DIFFER
    });
    message
        .push("foreign key ")
        .column(table, referencing.name)
        .push(" is ");
    push_type(&mut message, referencing, types);
    message
        .push(", but ")
        .column(target, referenced.name)
        .push(" is ");
    push_type(&mut message, referenced, types);
    message.push("\nhelp: ");
    match &referenced.entity {
        // A name in Rust is known for the target alone.
        Some(entity) if same_table(entity, &target.name) => {
            let id = ["Id<", target.location.rust_name, ">"];
            message.text(&["make the field `", referencing.field, "` "]);
            if referencing.nullable {
                message.push("an `Option<").text(&id).push(">`");
            } else {
                message.push("an `").text(&id).push("`");
            }
        }
        _ => {
            message
                .push("give both the same type, or reference another column of `")
                .push(target.location.rust_name)
                .push("`");
        }
    }
    message.fail()
}

/// Refuses an array whose elements have a length or precision.
///
/// The server's own queries for a foreign key cast both columns to `anyarray`, which fails where the array has a type
/// modifier ([`ri_triggers.c`](https://doxygen.postgresql.org/ri__triggers_8c_source.html)): ALTER TABLE refuses the
/// key, and where CREATE TABLE takes it, rows can be neither changed nor deleted.
#[track_caller]
const fn bounded_array(table: &TableDef, column: &ColumnDef) {
    let TypeDef::Array(element) = &column.sql_type else {
        return;
    };
    let is_bounded = matches!(
        element,
        TypeDef::Char(_)
            | TypeDef::Bit(_)
            | TypeDef::Varchar(Some(_))
            | TypeDef::Varbit(Some(_))
            | TypeDef::Numeric(Some(_))
            | TypeDef::Time(Some(_))
            | TypeDef::Timetz(Some(_))
            | TypeDef::Timestamp(Some(_))
            | TypeDef::Timestamptz(Some(_))
    );
    if is_bounded {
        let mut message = Message::new(code::BOUNDED_ARRAY);
        message
            .column(table, column.name)
            .push(" is ")
            .sql_type(&column.sql_type)
            .push(", and PostgreSQL compares no such arrays in a foreign key: their elements have a length or precision")
            .push("\nhelp: take an array of the type without it, as `text[]` or `numeric[]`, on both sides");
        message.fail()
    }
}

/// Refuses a domain over an enum type.
///
/// The server looks for an operator that takes the columns' types, and the one of enum types is of the polymorphic
/// `anyenum`, for which it looks through no domain, as it does for arrays, ranges and composite types
/// ([`check_generic_type_consistency`](https://doxygen.postgresql.org/parse__coerce_8c_source.html)).
#[track_caller]
const fn domain_of_enum(table: &TableDef, column: &ColumnDef) {
    if let Some(TypeObjectDef {
        kind: TypeObjectKind::Domain(_),
        ..
    }) = column.facts.type_object
        && let Some(TypeObjectDef {
            name,
            kind: TypeObjectKind::Enum(_),
            ..
        }) = column.beneath().facts.type_object
        && let TypeDef::Named { .. } = column.beneath().sql_type
    {
        Message::new(code::DOMAIN_OF_ENUM)
            .column(table, column.name)
            .push(" is ")
            .sql_type(&column.sql_type)
            .push(", a domain over enum `")
            .table(name)
            .push("`, and PostgreSQL compares no such domains in a foreign key")
            .push(
                "\nhelp: take the enum itself on both sides, with a check in place of the domain's",
            )
            .fail()
    }
}

/// Appends what a column is: its SQL type, or where the two agree in that, whose id it is.
const fn push_type(message: &mut Message, column: &ColumnDef, types_agree: bool) {
    match &column.entity {
        _ if !types_agree => message.sql_type(&column.sql_type),
        Some(entity) => message.push("an id of `").table(entity).push("`"),
        None => message.push("a plain ").sql_type(&column.sql_type),
    };
}

/// Whether two columns hold the same values, lengths and precisions aside.
pub(super) const fn same_type(a: &TypeDef, b: &TypeDef) -> bool {
    match (a, b) {
        // Most keys, without a look at their names.
        (TypeDef::BigInt, TypeDef::BigInt) | (TypeDef::Uuid, TypeDef::Uuid) => true,
        (TypeDef::Array(a), TypeDef::Array(b)) => same_type(a, b),
        (TypeDef::Array(_), _) | (_, TypeDef::Array(_)) => false,
        // What a type written as text means, only the server knows.
        (TypeDef::Verbatim(_), _) | (_, TypeDef::Verbatim(_)) => true,
        (
            TypeDef::Named {
                namespace: Some(a), ..
            },
            TypeDef::Named {
                namespace: Some(b), ..
            },
        ) if !same(a, b) => false,
        _ => same(type_name(a), type_name(b)),
    }
}
