//! Indexes, checks, exclusion constraints, partitions and policies.

use super::{
    Names,
    keys::{flag_is_clear, include},
};
use crate::{
    random::Random,
    soundness::{
        kinds::{Family, Kind},
        model::{Check, Exclusion, Index, IndexKey, Indexed, Partition, Policy, Table, Text},
    },
};

/// What a table has besides columns and keys.
pub(super) fn add_parts(random: &mut Random, names: &mut Names, table: &mut Table) {
    add_partition(random, table);
    for _ in 0..random.below(3) {
        add_index(random, names, table);
    }
    for _ in 0..random.below(3) {
        add_check(random, names, table);
    }
    if random.one_in(4) {
        add_exclusion(random, names, table);
    }
    table.row_security = random.one_in(6);
    while random.one_in(5) {
        let policy = policy(random, names, table);
        table.policies.push(policy);
    }
}

/// A generated column's expression over an earlier plain column, where the column at hand can have one.
pub(super) fn generated(random: &mut Random, table: &Table, at: usize) -> Option<Text> {
    let target = &table.columns[at];
    let template = match (target.kind.family, target.kind.sql) {
        (Family::Integer, "bigint") if !target.kind.rust.contains("Id<") => "$ + 1",
        (Family::Text, "text") => "upper($)",
        (_, "boolean") => "$ is null",
        _ => return None,
    };
    let fits = |family: Family| template == "$ is null" || family == target.kind.family;
    let sources: Vec<usize> = (0..at)
        .filter(|source| {
            let source = &table.columns[*source];
            source.generated.is_none() && fits(source.kind.family)
        })
        .collect();
    if sources.is_empty() || !random.one_in(3) {
        return None;
    }
    Some(Text::of(template, &[random.pick(&sources)]))
}

/// A condition over the table's columns.
pub(super) fn condition(random: &mut Random, table: &Table) -> Text {
    let column = random.below(table.columns.len());
    let same = (0..table.columns.len())
        .find(|other| *other != column && table.columns[*other].kind == table.columns[column].kind);
    let template = match table.columns[column].kind.family {
        family if family.is_ordered() && same.is_some() && random.one_in(2) => {
            return Text::of("$ <> $", &[column, same.unwrap_or(column)]);
        }
        Family::Integer => random.pick(&["$ >= 0", "($) % 2 = 0", "$ between 1 and 9"]),
        Family::Text => {
            random.pick(&["length($) > 0", "$ <> '{}'", "$ like 'it''s%' or $ is null"])
        }
        _ => random.pick(&["$ is not null", "not ($ is null)"]),
    };
    Text::of(template, &vec![column; template.matches('$').count()])
}

/// A partition key out of columns that all unique keys have.
fn add_partition(random: &mut Random, table: &mut Table) {
    if !random.one_in(8) || table.foreign_keys.iter().any(|key| key.not_valid) {
        return;
    }
    let fits = |column: &usize| {
        let declared = &table.columns[*column];
        matches!(
            declared.kind.family,
            Family::Integer | Family::Text | Family::Ordered
        ) && declared.generated.is_none()
            && table
                .primary_key
                .iter()
                .chain(&table.uniques)
                .all(|key| key.columns.contains(column))
    };
    let columns: Vec<usize> = (0..table.columns.len()).filter(fits).collect();
    if columns.is_empty() {
        return;
    }
    let strategy = random.pick(&["range", "list", "hash"]);
    let most = if strategy == "list" { 1 } else { 2 };
    let keys = random
        .some(&columns, most)
        .into_iter()
        .map(Indexed::Column)
        .collect();
    table.partition = Some(Partition {
        strategy,
        keys,
        parts: Vec::new(),
        count: None,
    });
}

/// The index methods, most often none.
const METHODS: [Option<&str>; 9] = [
    None,
    None,
    None,
    Some("btree"),
    Some("hash"),
    Some("gin"),
    Some("gist"),
    Some("brin"),
    Some("spgist"),
];

fn add_index(random: &mut Random, names: &mut Names, table: &mut Table) {
    let method = random.pick(&METHODS);
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|column| takes(method, table.columns[*column].kind))
        .collect();
    if columns.is_empty() {
        return;
    }
    let is_btree = matches!(method, None | Some("btree"));
    let most = if matches!(method, Some("hash" | "spgist")) {
        1
    } else {
        3
    };
    let mut keys: Vec<IndexKey> = random
        .some(&columns, most)
        .into_iter()
        .map(IndexKey::column)
        .collect();
    if is_btree {
        for key in &mut keys {
            vary(random, table, key);
        }
    }
    let used: Vec<usize> = keys
        .iter()
        .filter_map(|key| match key.indexed {
            Indexed::Column(column) => Some(column),
            Indexed::Sql(_) => None,
        })
        .collect();
    let partition_held = table.partition.as_ref().is_none_or(|partition| {
        partition
            .keys
            .iter()
            .all(|key| matches!(key, Indexed::Column(column) if used.contains(column)))
    });
    let partition_held = partition_held
        && (table.partition.is_none() || keys.iter().all(|key| key.collate.is_none()));
    let unique = is_btree && partition_held && random.one_in(3);
    let on_field = keys.len() == 1 && used.len() == 1 && random.one_in(2);
    let includes = is_btree || matches!(method, Some("gist" | "spgist"));
    let index = Index {
        unique,
        name: names.object(random),
        using: method,
        include: if includes {
            include(random, table, &used)
        } else {
            Vec::new()
        },
        predicate: random.one_in(4).then(|| condition(random, table)),
        concurrently: table.partition.is_none()
            && random.one_in(12)
            && table
                .columns
                .iter()
                .all(|column| column.field != "concurrently"),
        fillfactor: (includes && random.one_in(5)).then_some(70),
        nulls_not_distinct: unique && random.one_in(4) && flag_is_clear(table),
        on_field,
        keys,
    };
    table.indexes.push(index);
}

/// Whether an index method has a default operator class for a type.
pub(super) fn takes(method: Option<&str>, kind: &Kind) -> bool {
    let family = kind.family;
    match method {
        Some("gin") => matches!(family, Family::Searched | Family::TextArray),
        Some("gist") => matches!(family, Family::Range | Family::Point),
        Some("spgist") => {
            // A domain does not say whether it is over a multirange, which has none.
            let is_plain = !kind.sql.contains("multirange") && !kind.own.is_domain;
            matches!(family, Family::Range | Family::Point) && is_plain
        }
        Some("brin") => family == Family::Integer || kind.sql == "text",
        Some("hash") => matches!(family, Family::Integer | Family::Text | Family::Ordered),
        _ => family.is_ordered(),
    }
}

fn vary(random: &mut Random, table: &Table, key: &mut IndexKey) {
    key.order = random.one_in(4).then(|| random.pick(&["asc", "desc"]));
    key.nulls = random
        .one_in(4)
        .then(|| random.pick(&["nulls_first", "nulls_last"]));
    let Indexed::Column(column) = key.indexed else {
        return;
    };
    let kind = table.columns[column].kind;
    if kind.family == Family::Text && random.one_in(5) {
        key.collate = Some("C");
    }
    if kind.sql == "text" && random.one_in(5) {
        key.class = Some("text_pattern_ops");
    }
    if random.one_in(6) && key.class.is_none() {
        match kind.family {
            Family::Integer => key.indexed = Indexed::Sql(Text::of("$ + 1", &[column])),
            Family::Text => key.indexed = Indexed::Sql(Text::of("lower($)", &[column])),
            _ => {}
        }
    }
}

fn add_check(random: &mut Random, names: &mut Names, table: &mut Table) {
    let check = Check {
        sql: condition(random, table),
        name: names.object(random),
        no_inherit: table.partition.is_none() && random.one_in(6),
        not_valid: random.one_in(6),
        on_field: random.one_in(2).then(|| random.below(table.columns.len())),
    };
    table.checks.push(check);
}

fn add_exclusion(random: &mut Random, names: &mut Names, table: &mut Table) {
    if table.partition.is_some() {
        return;
    }
    let of = |family: Family| {
        (0..table.columns.len()).find(|at| table.columns[*at].kind.family == family)
    };
    let (column, operator, using) = match (of(Family::Range), of(Family::Integer)) {
        (Some(column), _) => (column, "&&", Some("gist")),
        (None, Some(column)) => (
            column,
            "=",
            random.pick(&[None, Some("btree"), Some("hash")]),
        ),
        (None, None) => return,
    };
    let exclusion = Exclusion {
        name: names.object(random),
        using,
        elements: vec![(column, operator)],
        include: match using {
            Some("hash") => Vec::new(),
            _ => include(random, table, &[column]),
        },
        fillfactor: random.one_in(5).then_some(70),
        predicate: random.one_in(3).then(|| condition(random, table)),
        deferrable: random
            .one_in(4)
            .then(|| random.pick(&["initially_deferred", "initially_immediate"])),
    };
    table.exclusions.push(exclusion);
}

fn policy(random: &mut Random, names: &mut Names, table: &Table) -> Policy {
    let command = random.pick(&[
        None,
        Some("all"),
        Some("select"),
        Some("insert"),
        Some("update"),
        Some("delete"),
    ]);
    let using = command != Some("insert");
    let with_check = !matches!(command, Some("select" | "delete"));
    Policy {
        name: names.unique(random),
        restrictive: random.one_in(3),
        command,
        roles: if random.one_in(2) {
            vec![random.pick(&["public", "current_user", "session_user"])]
        } else {
            Vec::new()
        },
        using: (using && !random.one_in(4)).then(|| condition(random, table)),
        with_check: (with_check && !random.one_in(3)).then(|| condition(random, table)),
    }
}
