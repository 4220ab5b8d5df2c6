//! Partitions: whether the values in their bounds are values of the columns, and what they are called.

use super::{
    code,
    default::{Problem, kind, problem, push_literal, push_problem},
    message::Message,
};
use crate::{
    def::{
        ColumnDef, DefaultDef, PartitionByDef, TableDef, TableName, TypeObjectDef, TypeObjectKind,
    },
    ty::TypeDef,
};

/// Checks a literal in the bound of a partition against the type of the column it is a value of, by the rules of
/// literal defaults.
#[track_caller]
pub const fn partition_value(table: &TableDef, index: usize, value: &DefaultDef) {
    let declared = &table.columns[index];
    let beneath = declared.beneath();
    let column = ColumnDef {
        default: Some(*value),
        sql_type: beneath.sql_type,
        facts: beneath.facts,
        ..*declared
    };
    let Some(problem) = problem(value, &column) else {
        return;
    };
    let mut message = Message::new(code::BOUND_VALUE);
    message.push("bound ");
    push_literal(&mut message, value);
    message.push(" for ").column(table, column.name);
    match problem {
        Problem::Kind(_) => message
            .push(kind(&column.default))
            .sql_type(&column.sql_type)
            .push("\nhelp: write a literal of the column's kind, or an expression as `sql(\"…\")`"),
        Problem::Malformed(example) => message
            .push(" is not something ")
            .sql_type(&column.sql_type)
            .text(&[
                " reads\nhelp: write it like ",
                example,
                ", or an expression as `sql(\"…\")`",
            ]),
        problem => {
            push_problem(&mut message, &problem, &column);
            &mut message
        }
    };
    message.fail()
}

/// Checks that NULL in the bound of a partition is a value of the column: the server makes each bound a value of the type,
/// and one of a domain that is NOT NULL has none, while NOT NULL of the column itself is about rows alone.
#[track_caller]
pub const fn partition_null(table: &TableDef, index: usize) {
    let mut column = &table.columns[index];
    while let (
        TypeDef::Named { .. },
        Some(TypeObjectDef {
            name,
            kind: TypeObjectKind::Domain(domain),
            ..
        }),
    ) = (&column.sql_type, column.facts.type_object)
    {
        if domain.not_null {
            Message::new(code::BOUND_NULL)
                .push("bound `null` for ")
                .column(table, table.columns[index].name)
                .push(", of domain `")
                .table(name)
                .push(
                    "`, which is NOT NULL\nhelp: remove `null` here, or `not_null` from the domain",
                )
                .fail()
        }
        column = &domain.value;
    }
}

/// How many partitions there are, at all levels.
pub(super) const fn partition_count(by: &Option<PartitionByDef>) -> usize {
    let Some(by) = by else {
        return 0;
    };
    let (mut count, mut i) = (0, 0);
    while i < by.partitions.len() {
        count += 1 + partition_count(&by.partitions[i].partition_by);
        i += 1;
    }
    count
}

/// The name of one of these partitions.
pub(super) const fn partition_name(
    by: &Option<PartitionByDef>,
    mut index: usize,
) -> Option<TableName> {
    let Some(by) = by else {
        return None;
    };
    let mut i = 0;
    while i < by.partitions.len() {
        let partition = &by.partitions[i];
        if index == 0 {
            return Some(partition.name);
        }
        let below = partition_count(&partition.partition_by);
        if index <= below {
            return partition_name(&partition.partition_by, index - 1);
        }
        index -= 1 + below;
        i += 1;
    }
    None
}
