//! Sequences and identity columns: their numbers against each other and against their type, as
//! [`CREATE SEQUENCE`](https://www.postgresql.org/docs/current/sql-createsequence.html) has it.

use super::{
    code,
    foreign_key::{by_field, missing_field},
    message::{Message, same},
    schema::Relations,
};
use crate::{
    def::{ListedDef, SchemaDef, SequenceOptionsDef, TableDef, largest},
    ty::TypeDef,
};

/// The options of an identity column.
#[must_use]
pub const fn identity_options(table: &TableDef, index: usize) -> &SequenceOptionsDef {
    match &table.columns[index].identity {
        Some(identity) => &identity.options,
        None => &SequenceOptionsDef::NONE,
    }
}

/// Checks `increment`.
#[track_caller]
pub const fn sequence_increment(options: &SequenceOptionsDef, _: &TypeDef) {
    if let Some(0) = options.increment {
        Message::new(code::SEQUENCE_INCREMENT)
            .push("`increment` is 0: each number has to differ from the one before")
            .push("\nhelp: write a number above 0 to count up, or below 0 to count down")
            .fail()
    }
}

/// Checks `min`: that the type has it, and that it lies below the largest number where `max` is left out.
#[track_caller]
pub const fn sequence_min(options: &SequenceOptionsDef, ty: &TypeDef) {
    in_type("min", options.min, ty);
    if options.max.is_none() {
        min_below_max("min", options, ty);
    }
}

/// Checks `max`: that the type has it, and that it lies above the smallest number.
#[track_caller]
pub const fn sequence_max(options: &SequenceOptionsDef, ty: &TypeDef) {
    in_type("max", options.max, ty);
    min_below_max("max", options, ty);
}

/// Checks that `start` is one of the numbers.
#[track_caller]
pub const fn sequence_start(options: &SequenceOptionsDef, ty: &TypeDef) {
    let values = options.resolve(ty);
    // A mistake in these has its own message, and there is no range then.
    if !is_integer(ty) || !has(ty, values.min) || !has(ty, values.max) || values.min >= values.max {
        return;
    }
    let mut message = Message::new(code::SEQUENCE_START);
    message.push("`start` is ").number(values.start as i128);
    if values.start < values.min {
        let help = if options.min.is_some() {
            "\nhelp: start at `min` or above"
        } else {
            "\nhelp: start above it, or lower it with `min = …`"
        };
        message
            .push(", below the smallest number, ")
            .number(values.min as i128)
            .push(help)
            .fail()
    }
    if values.start > values.max {
        let help = if options.max.is_some() {
            "\nhelp: start at `max` or below"
        } else {
            "\nhelp: start below it, or raise it with `max = …` or a larger `type`"
        };
        message
            .push(", above the largest number, ")
            .number(values.max as i128)
            .push(help)
            .fail()
    }
}

/// Checks `cache`.
#[track_caller]
pub const fn sequence_cache(options: &SequenceOptionsDef, _: &TypeDef) {
    if let Some(cache) = options.cache
        && cache < 1
    {
        Message::new(code::SEQUENCE_CACHE)
            .push("`cache` is ")
            .number(cache as i128)
            .push(": a session takes at least one number at a time")
            .push("\nhelp: write 1 or more, or leave it out")
            .fail()
    }
}

/// Checks that a sequence's name is not that of a table, view or index.
#[track_caller]
pub const fn schema_sequence<const N: usize>(
    schema: &SchemaDef,
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
) {
    let name = &schema.sequences[index].name;
    if let Some(table) = relations.owner(name) {
        let table = listed[table].relation();
        if table.columns.is_empty() {
            return;
        }
        Message::new(code::SEQUENCE_NAME_TAKEN)
            .push("sequence `")
            .table(name)
            .text(&["` has the name of a table, view, index or constraint of `"])
            .text(&[
                table.location.rust_name,
                "`\nhelp: relations of one namespace share their names; change one",
            ])
            .fail()
    }
}

/// Checks that a sequence's owner is a column of a listed table in the sequence's namespace.
#[track_caller]
pub const fn sequence_owner<const N: usize>(
    schema: &SchemaDef,
    relations: &Relations<N>,
    index: usize,
) {
    let sequence = &schema.sequences[index];
    let Some((table, field)) = sequence.owned_by else {
        return;
    };
    if table.columns.is_empty() {
        return;
    }
    if by_field(table, field).is_none() {
        missing_field(code::NO_SUCH_FIELD, table, field);
    }
    if relations.listed(&table.name).is_none() {
        Message::new(code::OBJECT_TABLE_NOT_LISTED)
            .push("sequence `")
            .table(&sequence.name)
            .push("` belongs to a column of `")
            .table(&table.name)
            .text(&["`, which schema `", schema.name, "` does not list"])
            .text(&["\nhelp: add `", table.location.rust_name, "` to the list"])
            .fail()
    }
    if !same(table.name.namespace, sequence.name.namespace) {
        Message::new(code::SEQUENCE_OWNER_NAMESPACE)
            .text(&[
                "sequence `",
                sequence.name.name,
                "` lies in namespace `",
                sequence.name.namespace,
                "` and its owner's table in `",
                table.name.namespace,
            ])
            .push("`: PostgreSQL keeps the two together")
            .text(&[
                "\nhelp: give the sequence `namespace = \"",
                table.name.namespace,
                "\"`, or leave out `owned_by`",
            ])
            .fail()
    }
}

#[track_caller]
const fn in_type(word: &str, value: Option<i64>, ty: &TypeDef) {
    let Some(value) = value else { return };
    if is_integer(ty) && !has(ty, value) {
        Message::new(code::SEQUENCE_OUT_OF_TYPE)
            .text(&["`", word, "` is "])
            .number(value as i128)
            .push(", which is no ")
            .sql_type(ty)
            .push("\nhelp: ")
            .sql_type(ty)
            .push(" goes from ")
            .number(-(largest(ty) as i128) - 1)
            .push(" to ")
            .number(largest(ty) as i128)
            .fail()
    }
}

#[track_caller]
const fn min_below_max(word: &str, options: &SequenceOptionsDef, ty: &TypeDef) {
    let values = options.resolve(ty);
    if is_integer(ty) && has(ty, values.min) && has(ty, values.max) && values.min >= values.max {
        Message::new(code::SEQUENCE_EMPTY)
            .text(&["`", word, "`: the smallest number, "])
            .number(values.min as i128)
            .push(", is not below the largest, ")
            .number(values.max as i128)
            .push("\nhelp: change `min` or `max`; without them a sequence goes from 1 up to the type's largest number, or from -1 down")
            .fail()
    }
}

const fn is_integer(ty: &TypeDef) -> bool {
    matches!(
        ty,
        TypeDef::SmallInt | TypeDef::Integer | TypeDef::BigInt | TypeDef::Verbatim(_)
    )
}

const fn has(ty: &TypeDef, value: i64) -> bool {
    value <= largest(ty) && value >= -largest(ty) - 1
}
