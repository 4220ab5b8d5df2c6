//! Declared partitions: by range, list and hash, divided further or counted.

use std::fmt::Write as _;

use super::{
    generate::Names,
    kinds::{Family, Kind},
    model::{Indexed, Partition, Table},
    sql::{literal, quote},
};
use crate::random::Random;

/// A partition.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Part {
    pub name: String,
    pub namespace: Option<&'static str>,
    pub comment: Option<&'static str>,
    pub bound: Bound,
    /// So many partitions by hash of its own.
    pub divided: Option<u32>,
}

/// What rows a partition has.
#[derive(Debug, Clone)]
pub enum Bound {
    /// From one value to another, by each key.
    Range(Vec<Value>, Vec<Value>),
    /// One of these values.
    List(Vec<Value>),
    /// By modulus and remainder.
    Hash(u32, u32),
    /// All others.
    Default,
}

/// A value as Rust and as SQL write it.
pub type Value = (&'static str, &'static str);

/// Before and behind all values.
pub const LEAST: Value = ("minvalue", "MINVALUE");
/// Behind all values.
pub const MOST: Value = ("maxvalue", "MAXVALUE");

/// Declares partitions of a table that is partitioned by columns.
pub(super) fn add(random: &mut Random, names: &mut Names, table: &mut Table) {
    let Some(partition) = &table.partition else {
        return;
    };
    let Some(kind) = first_kind(table, partition) else {
        return;
    };
    let (strategy, keys) = (partition.strategy, partition.keys.len());
    let is_short = table.sql_name().len() < 58;
    let mut bounds = match strategy {
        "hash" if random.one_in(2) => {
            if let Some(partition) = table.partition.as_mut().filter(|_| is_short) {
                partition.count = Some(random.pick(&[1, 2, 3]));
            }
            return;
        }
        "hash" => vec![
            Bound::Hash(4, 0),
            Bound::Hash(4, 3),
            Bound::Hash(8, 1),
            Bound::Hash(8, 6),
        ],
        "list" => kind
            .defaults
            .iter()
            .map(|value| Bound::List(vec![*value]))
            .collect(),
        _ => ranges(random, kind, keys),
    };
    if strategy == "list" && random.one_in(2) && !kind.own.is_not_null {
        bounds.push(Bound::List(vec![("null", "NULL")]));
    }
    if strategy != "hash" && random.one_in(2) {
        bounds.push(Bound::Default);
    }
    let mut parts = Vec::new();
    let of_table = table
        .namespace
        .clone()
        .unwrap_or_else(|| "public".to_owned());
    while !bounds.is_empty() && !random.one_in(4) {
        let bound = bounds.swap_remove(random.below(bounds.len()));
        parts.push(part(random, names, (kind, &of_table), bound));
    }
    if let Some(partition) = &mut table.partition {
        partition.parts = parts;
    }
}

/// Two ranges that meet at a value of the first key.
fn ranges(random: &mut Random, kind: &Kind, keys: usize) -> Vec<Bound> {
    let ends = |first: Value, rest: Value| -> Vec<Value> {
        (0..keys)
            .map(|at| if at == 0 { first } else { rest })
            .collect()
    };
    match kind.defaults {
        [] => vec![Bound::Range(ends(LEAST, LEAST), ends(MOST, MOST))],
        values => {
            let middle = random.pick(values);
            vec![
                Bound::Range(ends(LEAST, LEAST), ends(middle, LEAST)),
                Bound::Range(ends(middle, LEAST), ends(MOST, MOST)),
            ]
        }
    }
}

fn part(
    random: &mut Random,
    names: &mut Names,
    (kind, of_table): (&Kind, &str),
    bound: Bound,
) -> Part {
    let namespace = random.pick(&[None, None, Some("public"), Some("audit")]);
    let name = names.table(random, namespace.unwrap_or(of_table));
    let is_hashed = matches!(kind.family, Family::Integer | Family::Text);
    let divided = is_hashed && name.len() < 58 && random.one_in(5);
    Part {
        divided: divided.then_some(2),
        name,
        namespace,
        comment: random.one_in(5).then_some("a part of \"it\""),
        bound,
    }
}

/// The kind of the column that a table is partitioned by first.
#[must_use]
pub fn first_kind(table: &Table, partition: &Partition) -> Option<&'static Kind> {
    match partition.keys.first()? {
        Indexed::Column(column) => Some(table.columns[*column].kind),
        Indexed::Sql(_) => None,
    }
}

impl Partition {
    /// The field and the column it is partitioned by first.
    fn first<'t>(&self, table: &'t Table) -> (&'t str, &'t str) {
        match self.keys[0] {
            Indexed::Column(column) => {
                let column = &table.columns[column];
                (&column.field, column.sql_name())
            }
            Indexed::Sql(_) => ("", ""),
        }
    }
}

impl Part {
    /// As a word.
    #[must_use]
    pub fn rust(&self, table: &Table) -> String {
        let list = |values: &[Value]| match values {
            [(one, _)] => format!(" = {one}"),
            many => {
                let many: Vec<&str> = many.iter().map(|(rust, _)| *rust).collect();
                format!("({})", many.join(", "))
            }
        };
        let mut words = vec![format!("name = {:?}", self.name)];
        words.extend(self.namespace.map(|name| format!("namespace = {name:?}")));
        match &self.bound {
            Bound::Range(from, to) => {
                words.extend([format!("from{}", list(from)), format!("to{}", list(to))]);
            }
            Bound::List(values) => words.push(format!("in{}", list(values))),
            Bound::Hash(modulus, remainder) => words.extend([
                format!("modulus = {modulus}"),
                format!("remainder = {remainder}"),
            ]),
            Bound::Default => words.push("default".to_owned()),
        }
        if let (Some(count), Some(partition)) = (self.divided, &table.partition) {
            let (field, _) = partition.first(table);
            words.push(format!("partition_by = hash({field})"));
            words.push(format!("partitions = {count}"));
        }
        words.extend(self.comment.map(|comment| format!("comment = {comment:?}")));
        format!("partition({})", words.join(", "))
    }

    /// As SQL.
    fn sql(&self, table: &Table, parent: &str) -> String {
        let list = |values: &[Value]| {
            let values: Vec<&str> = values.iter().map(|(_, sql)| *sql).collect();
            values.join(", ")
        };
        let bound = match &self.bound {
            Bound::Range(from, to) => {
                format!("FOR VALUES FROM ({}) TO ({})", list(from), list(to))
            }
            Bound::List(values) => format!("FOR VALUES IN ({})", list(values)),
            Bound::Hash(modulus, remainder) => {
                format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})")
            }
            Bound::Default => "DEFAULT".to_owned(),
        };
        let of_table = table.namespace.as_deref().unwrap_or("public");
        let namespace = self.namespace.unwrap_or(of_table);
        let name = format!("{}.{}", quote(namespace), quote(&self.name));
        let mut sql = format!("CREATE TABLE {name} PARTITION OF {parent} {bound}");
        let mut below = String::new();
        if let (Some(count), Some(partition)) = (self.divided, &table.partition) {
            let (_, column) = partition.first(table);
            let _ = write!(sql, " PARTITION BY HASH ({})", quote(column));
            below = counted(&name, namespace, &self.name, count);
        }
        sql.push_str(";\n");
        if let Some(comment) = self.comment {
            let _ = writeln!(sql, "COMMENT ON TABLE {name} IS {};", literal(comment));
        }
        sql + &below
    }
}

/// The statements that make the partitions of a table.
pub(super) fn sql(table: &Table, partition: &Partition, parent: &str) -> String {
    let parts = partition.parts.iter().map(|part| part.sql(table, parent));
    let mut sql: String = parts.collect();
    if let Some(count) = partition.count {
        let namespace = table.namespace.as_deref().unwrap_or("public");
        sql += &counted(parent, namespace, &table.sql_name(), count);
    }
    sql
}

fn counted(parent: &str, namespace: &str, name: &str, count: u32) -> String {
    let part = |at: u32| {
        let name = format!("{}.{}", quote(namespace), quote(&format!("{name}_p{at}")));
        format!(
            "CREATE TABLE {name} PARTITION OF {parent} FOR VALUES WITH (MODULUS {count}, REMAINDER {at});\n"
        )
    };
    (0..count).map(part).collect()
}
