//! Rules of partitions and their bounds, as far as literals show them
//! ([`CREATE TABLE … PARTITION OF`](https://www.postgresql.org/docs/current/sql-createtable.html)).

mod order;

use proc_macro2::Span;

use self::order::{below, equal};
use super::names::{identifier, index_names, no_system_namespace};
use crate::{
    ast::{Bound, BoundValue, Default, Partition, PartitionBy, Spanned, SqlPart, Table},
    code,
    ctxt::Ctxt,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    level(cx, table.partition_by.as_ref(), &table.partitions, "table");
    names(cx, table);
}

/// The partitions of a table, or of one partition.
fn level(cx: &Ctxt, by: Option<&PartitionBy>, partitions: &[Partition], what: &str) {
    let Some(by) = by else {
        if let Some(partition) = partitions.first() {
            cx.error(
                code::PARTITION_OF_WHOLE_TABLE,
                partition.span,
                format_args!("this {what} has partitions, but no `partition_by`"),
                "write how rows are told apart: `partition_by = range(id)`",
            );
        }
        return;
    };
    let mut known = Vec::new();
    for partition in partitions {
        if let Some(bound) = &partition.bound
            && fits(cx, by, bound)
        {
            known.push((partition, bound));
        }
        let divided = partition.partition_by.as_ref();
        level(cx, divided, &partition.partitions, "partition");
    }
    for (at, (partition, bound)) in known.iter().enumerate() {
        let found = known[..at].iter().find_map(|(other, taken)| {
            let shared = shared(&taken.value, &bound.value)?;
            Some((other.name.value.as_str(), shared))
        });
        if let Some((other, shared)) = found {
            overlap(cx, (other, &partition.name.value), bound.span, &shared);
        }
    }
    factors(cx, &known);
}

/// The kind of bound is that of the strategy, with a value per key.
fn fits(cx: &Ctxt, by: &PartitionBy, bound: &Spanned<Bound>) -> bool {
    let wrong = match (&bound.value, by.strategy) {
        (Bound::Range { .. }, "Range") | (Bound::List(_), "List") => None,
        (Bound::Hash { .. }, "Hash") | (Bound::Default, "Range" | "List") => None,
        (_, "Range") => Some("range: write `from = …, to = …` or `default`"),
        (_, "List") => Some("list: write `in(…)` or `default`"),
        _ => Some("hash, where every row has its partition: write `modulus = …, remainder = …`"),
    };
    if let Some(wrong) = wrong {
        let (strategy, help) = wrong.split_once(": ").unwrap_or((wrong, ""));
        cx.error(
            code::BOUND_OF_OTHER_STRATEGY,
            bound.span,
            format_args!("this is no bound of a partition by {strategy}"),
            help,
        );
        return false;
    }
    let errors = cx.count();
    match &bound.value {
        Bound::Range { from, to } => {
            for values in [from, to] {
                range_values(cx, by, values);
            }
            if cx.count() == errors && below(from, to) == Some(false) {
                cx.error(
                    code::EMPTY_RANGE,
                    bound.span,
                    "this partition holds no rows: its lower bound is not below its upper one",
                    "the rows are those from `from` on, those at `to` not among them",
                );
            }
        }
        Bound::List(values) => {
            for value in values {
                list_value(cx, value);
            }
        }
        Bound::Hash { modulus, remainder } => hash(cx, *modulus, *remainder, bound.span),
        Bound::Default => {}
    }
    cx.count() == errors
}

fn range_values(cx: &Ctxt, by: &PartitionBy, values: &[Spanned<BoundValue>]) {
    if values.len() != by.keys.len()
        && let Some(value) = values.first()
    {
        cx.error(
            code::BOUND_VALUE_COUNT,
            value.span,
            format_args!(
                "this bound has {}, the partition key {}",
                counted(values.len(), "value"),
                counted(by.keys.len(), "column")
            ),
            "write a value for each, `minvalue` or `maxvalue` where there is no end",
        );
    }
    let mut end: Option<(bool, &str)> = None;
    for value in values {
        let own = match &value.value {
            BoundValue::MinValue => Some((false, "minvalue")),
            BoundValue::MaxValue => Some((true, "maxvalue")),
            BoundValue::Null => {
                cx.error(
                    code::NULL_IN_RANGE,
                    value.span,
                    "a range has no NULL: rows with one are in the default partition",
                    "write `minvalue` or `maxvalue` for a range without an end",
                );
                None
            }
            BoundValue::Value(value) => {
                no_columns(cx, value);
                None
            }
        };
        // Behind the end of all values there is nothing to tell apart.
        if let Some((is_max, word)) = end
            && own.is_none_or(|(own, _)| own != is_max)
        {
            let wrong = format_args!("behind `{word}` stands something else");
            let help = format_args!("write `{word}` for the rest of the key as well");
            cx.error(code::BEHIND_RANGE_END, value.span, wrong, help);
            return;
        }
        end = own.or(end);
    }
}

fn list_value(cx: &Ctxt, value: &Spanned<BoundValue>) {
    match &value.value {
        BoundValue::MinValue | BoundValue::MaxValue => cx.error(
            code::RANGE_END_IN_LIST,
            value.span,
            "a list holds values, and this is the end of a range",
            "write a literal, `null` or SQL text, or make the partition `default`",
        ),
        BoundValue::Value(value) => no_columns(cx, value),
        BoundValue::Null => {}
    }
}

/// A bound is the same for all rows.
fn no_columns(cx: &Ctxt, value: &Default) {
    if let Default::Sql(text) = value
        && text
            .parts
            .iter()
            .any(|part| matches!(part, SqlPart::Column(_)))
    {
        cx.error(
            code::COLUMN_IN_BOUND,
            text.span,
            "this bound names a column",
            "write an expression without columns",
        );
    }
}

fn hash(cx: &Ctxt, modulus: u32, remainder: u32, span: Span) {
    if modulus == 0 {
        cx.error(
            code::REMAINDER_OUT_OF_RANGE,
            span,
            "nothing is divided by 0",
            "write a modulus of 1 or more",
        );
    } else if remainder >= modulus {
        cx.error(
            code::REMAINDER_OUT_OF_RANGE,
            span,
            format_args!("what is divided by {modulus} never leaves {remainder}"),
            format_args!("write a remainder from 0 to {}", modulus - 1),
        );
    }
}

/// What two bounds share.
enum Shared {
    Rows,
    /// This value of a list.
    Value(String),
    /// The rest.
    Default,
}

fn shared(first: &Bound, second: &Bound) -> Option<Shared> {
    match (first, second) {
        (Bound::Default, Bound::Default) => Some(Shared::Default),
        (Bound::List(first), Bound::List(second)) => {
            let value = second
                .iter()
                .find(|value| first.iter().any(|other| equal(other, value)))?;
            Some(Shared::Value(order::written(&value.value)))
        }
        (
            Bound::Range { from, to },
            Bound::Range {
                from: from2,
                to: to2,
            },
        ) => (below(from, to2)? && below(from2, to)?).then_some(Shared::Rows),
        (
            Bound::Hash { modulus, remainder },
            Bound::Hash {
                modulus: modulus2,
                remainder: remainder2,
            },
        ) => {
            // Of two moduli that fit together, the smaller one divides the other.
            let (least, most) = (modulus.min(modulus2), modulus.max(modulus2));
            (most % least == 0 && remainder % least == remainder2 % least).then_some(Shared::Rows)
        }
        _ => None,
    }
}

fn overlap(cx: &Ctxt, (first, second): (&str, &str), span: Span, shared: &Shared) {
    match shared {
        Shared::Default => cx.error(
            code::TWO_DEFAULT_PARTITIONS,
            span,
            format_args!("`{first}` and `{second}` are both the default partition"),
            "keep one of them",
        ),
        Shared::Value(value) => cx.error(
            code::VALUE_IN_TWO_PARTITIONS,
            span,
            format_args!("`{first}` and `{second}` both hold {value}"),
            "name each value in one partition",
        ),
        Shared::Rows => cx.error(
            code::PARTITIONS_OVERLAP,
            span,
            format_args!("partitions `{first}` and `{second}` overlap"),
            "a row has one partition: change the bound of one of them",
        ),
    }
}

/// Every modulus divides the next larger one.
fn factors(cx: &Ctxt, known: &[(&Partition, &Spanned<Bound>)]) {
    let modulus = |bound: &Bound| match bound {
        Bound::Hash { modulus, .. } => Some(*modulus),
        _ => None,
    };
    let moduli: Vec<u32> = known
        .iter()
        .filter_map(|(_, bound)| modulus(&bound.value))
        .collect();
    for (at, (_, bound)) in known.iter().enumerate() {
        let Some(own) = modulus(&bound.value) else {
            return;
        };
        let mut earlier = moduli[..at].iter();
        if let Some(other) = earlier.find(|other| own.max(**other) % own.min(**other) != 0) {
            cx.error(
                code::MODULI_DO_NOT_FIT,
                bound.span,
                format_args!("the moduli {other} and {own} do not fit together"),
                "each modulus must be a factor of the next larger one, such as 4 of 8",
            );
            return;
        }
    }
}

/// Partitions are tables: their names are those of no other one, nor of an index.
fn names(cx: &Ctxt, table: &Table) {
    let mut all = Vec::new();
    collect(&mut all, table.namespace.as_ref(), &table.partitions);
    let in_public = |namespace: Option<&Spanned<String>>| {
        namespace.map_or("public".to_owned(), |name| name.value.clone())
    };
    let own = in_public(table.namespace.as_ref());
    for (at, (namespace, partition)) in all.iter().enumerate() {
        let (name, namespace) = (&partition.name, in_public(*namespace));
        identifier(cx, name, "partition name");
        if let Some(namespace) = &partition.namespace {
            identifier(cx, namespace, "namespace");
            no_system_namespace(cx, namespace);
        }
        let same = |other: &Spanned<String>| other.value == name.value;
        if !table.has_lost_name && own == namespace && same(&table.name) {
            cx.error(
                code::PARTITION_NAME_TAKEN,
                name.span,
                format_args!("this partition has the name of its table, `{}`", name.value),
                "give it another one",
            );
        } else if own == namespace && index_names(table).any(same) {
            cx.error(
                code::PARTITION_NAME_TAKEN,
                name.span,
                format_args!("an index or constraint is called `{}` as well", name.value),
                "tables and indexes share one set of names: give one of them another one",
            );
        }
        let mut earlier = all[..at].iter();
        if earlier.any(|(other, earlier)| same(&earlier.name) && in_public(*other) == namespace) {
            cx.error(
                code::PARTITION_NAME_TAKEN,
                name.span,
                format_args!("two partitions are called `{}`", name.value),
                "give one of them another name",
            );
        }
    }
}

/// All partitions, each with the namespace it lies in: its own, or that of what it is a partition of.
fn collect<'t>(
    all: &mut Vec<(Option<&'t Spanned<String>>, &'t Partition)>,
    namespace: Option<&'t Spanned<String>>,
    partitions: &'t [Partition],
) {
    for partition in partitions {
        let namespace = partition.namespace.as_ref().or(namespace);
        all.push((namespace, partition));
        collect(all, namespace, &partition.partitions);
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
