//! Mistakes in a table or among tables.

use super::any_column;
use crate::{
    random::Random,
    soundness::{
        beside::Sequence,
        model::{Indexed, Partition, Schema, Text},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn partition(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = any_column(schema, random);
    let strategy = random.pick(&["range", "list", "hash"]);
    if schema.tables[table].columns[column].kind.is_verbatim() {
        return None;
    }
    partition_by(schema, table, strategy, Indexed::Column(column))
}

pub(super) fn partition_by_expression(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = any_column(schema, random);
    partition_by(
        schema,
        table,
        "list",
        Indexed::Sql(Text::of("$ is null", &[column])),
    )
}

fn partition_by(schema: &mut Schema, table: usize, strategy: &'static str, key: Indexed) -> Sites {
    let declared = &mut schema.tables[table];
    declared.partition = Some(Partition {
        strategy,
        keys: vec![key],
        parts: Vec::new(),
        count: None,
    });
    let mut sites = vec![Site::Partition(table), Site::PrimaryKey(table)];
    sites.extend((0..declared.uniques.len()).map(|at| Site::Unique(table, at)));
    for index in &mut declared.indexes {
        index.concurrently = false;
    }
    sites.extend((0..declared.indexes.len()).map(|at| Site::Index(table, at)));
    sites.extend((0..declared.checks.len()).map(|at| Site::Check(table, at)));
    sites.extend((0..declared.exclusions.len()).map(|at| Site::Exclusion(table, at)));
    sites.extend((0..declared.foreign_keys.len()).map(|at| Site::ForeignKey(table, at)));
    Some(sites)
}

pub(super) fn same_name(schema: &mut Schema, random: &mut Random) -> Sites {
    let (left, right) = (
        random.below(schema.tables.len()),
        random.below(schema.tables.len()),
    );
    if left == right || owns_sequence(schema, right) {
        return None;
    }
    let (name, namespace) = (
        schema.tables[left].sql_name(),
        schema.tables[left].namespace.clone(),
    );
    schema.tables[right].name = Some(name);
    schema.tables[right].namespace = namespace;
    Some(vec![Site::Listed(left), Site::Listed(right)])
}

pub(super) fn named_as_index(schema: &mut Schema, random: &mut Random) -> Sites {
    let (left, right) = (
        random.below(schema.tables.len()),
        random.below(schema.tables.len()),
    );
    let end = random.pick(&["pkey", "id_seq", "id_key", "a_idx"]);
    let name = format!("{}_{end}", schema.tables[left].sql_name());
    if left == right || name.len() > 63 || owns_sequence(schema, right) {
        return None;
    }
    schema.tables[right].namespace = schema.tables[left].namespace.clone();
    schema.tables[right].name = Some(name);
    Some(vec![Site::Listed(left), Site::Listed(right)])
}

pub(super) fn unlisted(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = schema.listed.swap_remove(random.below(schema.listed.len()));
    let mut sites = Vec::new();
    for (at, other) in schema.tables.iter().enumerate() {
        for (key, _) in other
            .foreign_keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.table == table)
        {
            sites.push(Site::ForeignKey(at, key));
            sites.push(Site::Listed(at));
        }
    }
    for view in schema.readers(table) {
        sites.push(Site::ListedView(view));
    }
    let of_table = |sequence: &Sequence| matches!(sequence.owned_by, Some((of, _)) if of == table);
    for (at, sequence) in schema.sequences.iter().enumerate() {
        sites.extend(of_table(sequence).then_some(Site::Sequence(at)));
    }
    for (at, object) in schema.objects.iter().enumerate() {
        sites.extend(object.names(table).then_some(Site::Object(at)));
    }
    sites.dedup();
    Some(sites)
}

pub(super) fn listed_twice(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = random.pick(&schema.listed);
    schema.listed.push(table);
    Some(vec![Site::Listed(table)])
}

pub(super) fn no_extension(schema: &mut Schema, _: &mut Random) -> Sites {
    if !schema.has_citext() {
        return None;
    }
    schema.extensions.clear();
    let mut sites: Vec<Site> = schema
        .listed
        .iter()
        .map(|table| Site::Listed(*table))
        .collect();
    sites.push(Site::Elsewhere);
    Some(sites)
}

pub(super) fn policy_command(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = random.below(schema.tables.len());
    let policies = &mut schema.tables[table].policies;
    if policies.is_empty() {
        return None;
    }
    let at = random.below(policies.len());
    policies[at].command = Some(random.pick(&["select", "insert", "delete", "update"]));
    Some(vec![Site::Policy(table, at)])
}

pub(super) fn same_policy(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = random.below(schema.tables.len());
    let policies = &mut schema.tables[table].policies;
    let mut copy = policies.first()?.clone();
    copy.using = None;
    policies.push(copy);
    Some(vec![Site::Policy(table, policies.len() - 1)])
}

pub(super) fn namespace(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = random.below(schema.tables.len());
    let namespace = random.pick(&["pg_mine", "pg_catalog", "information_schema", "pgmine"]);
    schema.tables[table].namespace = Some(namespace.to_owned());
    (!owns_sequence(schema, table)).then(|| vec![Site::Table(table)])
}

/// Whether a column of the table owns a sequence. The two lie in one namespace: to move one of them is a mistake of its own.
fn owns_sequence(schema: &Schema, table: usize) -> bool {
    let mut sequences = schema.sequences.iter();
    sequences.any(|it| it.owned_by.is_some_and(|(owner, _)| owner == table))
}
