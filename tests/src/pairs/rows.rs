//! Rows in the way of a change, and what of them must be there after it.

use std::collections::BTreeMap;

use schema_core::{
    ident,
    schema::{Column, QualifiedName, Schema, Table},
};
use schema_kit::diff::Renames;
use tokio_postgres::{GenericClient, Transaction};

/// Gives each table two rows, where rows can be had.
///
/// # Panics
///
/// When the server cannot be asked.
pub async fn insert(begun: &Transaction<'_>, schema: &Schema) {
    for table in &schema.tables {
        for at in 1..=2 {
            let columns = table.columns.iter();
            let columns = columns.filter(|it| it.generated.is_none() && it.identity.is_none());
            let (names, values): (Vec<_>, Vec<_>) = columns
                .filter_map(|column| Some((ident::quote(&column.name), value(schema, column, at)?)))
                .unzip();
            let sql = format!(
                "INSERT INTO {} ({}) VALUES ({})",
                table.name.render(),
                names.join(", "),
                values.join(", ")
            );
            let begins = begun.batch_execute("SAVEPOINT before_row").await;
            begins.expect("a savepoint can be set");
            // Keys and checks may allow none. What is checked later only would be in the way of every change.
            let sql = format!("{sql}; SET CONSTRAINTS ALL IMMEDIATE");
            let end = match begun.batch_execute(&sql).await {
                Ok(()) => "RELEASE before_row",
                Err(_) => "ROLLBACK TO before_row",
            };
            let ended = begun.batch_execute(end).await;
            ended.expect("a savepoint can be left");
        }
    }
}

/// A value for a column, where one of its type is known; `NULL` and the default are had without one.
fn value(schema: &Schema, column: &Column, at: usize) -> Option<String> {
    let ty = &column.sql_type;
    if ty.array {
        return Some("'{}'".to_owned());
    }
    if let Some(namespace) = &ty.namespace {
        let name = QualifiedName::new(namespace.as_str(), ty.name.as_str());
        let found = schema.enums.iter().find(|it| it.name == name);
        let label = found.map(|it| &it.labels[at % it.labels.len()]);
        return label.map_or(Some(at.to_string()), |label| {
            Some(ident::quote_literal(label))
        });
    }
    Some(match ty.name.as_str() {
        "bigint" | "integer" | "smallint" | "numeric" | "real" | "double precision" | "oid" => {
            at.to_string()
        }
        "text" | "varchar" | "char" | "bpchar" | "name" => format!("'{at}'"),
        "boolean" => "true".to_owned(),
        "date" | "timestamp" | "timestamptz" => format!("'2026-01-0{at}'"),
        "json" | "jsonb" => "'{}'".to_owned(),
        "uuid" => format!("'6f2a9c0e-9d0a-4a55-8d53-6d7f7a0b1c2{at}'"),
        _ => return None,
    })
}

/// Which of two schemas.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    /// The one that there was.
    Previous,
    /// The one that is to be.
    Next,
}

/// The tables and columns that both schemas have, under both their names.
#[derive(Debug)]
pub struct Shared(Vec<SharedTable>);

#[derive(Debug)]
struct SharedTable {
    names: [QualifiedName; 2],
    /// Whether the next schema has no partition less, whose rows would go with it.
    keeps_rows: bool,
    /// Whether it is divided in another way: another table takes its place.
    is_rebuilt: bool,
    columns: Vec<[String; 2]>,
}

/// What must stay in a shared table: itself, its rows, its columns and how many values each holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    oid: u32,
    rows: i64,
    columns: BTreeMap<String, (i16, i64)>,
}

impl Kept {
    /// How many rows the table has.
    #[must_use]
    pub fn rows(&self) -> i64 {
        self.rows
    }

    /// Whether it is the table it was with the columns it had, whatever rows it has.
    #[must_use]
    pub fn is_the_same_table(&self, other: &Self) -> bool {
        let numbers = |kept: &Self| -> Vec<_> {
            let columns = kept.columns.iter();
            columns
                .map(|(name, (number, _))| (name.clone(), *number))
                .collect()
        };
        self.oid == other.oid && numbers(self) == numbers(other)
    }
}

impl Shared {
    /// What two schemas share.
    #[must_use]
    pub fn new(previous: &Schema, next: &Schema, renames: &Renames) -> Self {
        let tables: BTreeMap<_, _> = renames.tables().collect();
        let renamed = renames.apply(previous);
        let renamed_columns: Vec<_> = renames.columns().collect();
        let shared = previous.tables.iter().filter_map(|table| {
            let name = tables.get(&table.name).copied().unwrap_or(&table.name);
            let other = next.table(&name.namespace, &name.name)?;
            let columns = table.columns.iter().filter_map(|column| {
                let found = renamed_columns
                    .iter()
                    .find(|(of, old, _)| **of == table.name && *old == column.name);
                let name = found.map_or(column.name.as_str(), |(_, _, new)| new);
                let same = is_kept(column, other.column(name)?);
                same.then(|| [column.name.clone(), name.to_owned()])
            });
            let by = |table: &Table| {
                let by = table.partition_by.as_ref();
                by.map(|by| (by.strategy, by.keys.clone()))
            };
            let now = renamed.table(&name.namespace, &name.name)?;
            let is_rebuilt = by(now) != by(other);
            Some(SharedTable {
                keeps_rows: is_rebuilt || table.partition_by == other.partition_by,
                is_rebuilt,
                columns: columns.collect(),
                names: [table.name.clone(), name.clone()],
            })
        });
        Self(shared.collect())
    }

    /// Looks at the shared tables under the names of one side; columns go by their previous names.
    ///
    /// # Panics
    ///
    /// When something shared is not there.
    pub async fn look(&self, client: &impl GenericClient, side: Side) -> BTreeMap<String, Kept> {
        let mut found = BTreeMap::new();
        for table in &self.0 {
            let kept = table.look(client, side as usize).await;
            found.insert(table.names[0].render(), kept);
        }
        found
    }
}

/// Whether a column must stay what it is: only what is computed in another way, or no longer, may be made again.
fn is_kept(previous: &Column, next: &Column) -> bool {
    previous.generated == next.generated
}

impl SharedTable {
    async fn look(&self, client: &impl GenericClient, side: usize) -> Kept {
        let name = self.names[side].render();
        let counts: String = self
            .columns
            .iter()
            .map(|names| format!(", count({})", ident::quote(&names[side])))
            .collect();
        let sql = format!(
            "SELECT {}::regclass::oid, count(*){counts} FROM {name} WHERE {}",
            ident::quote_literal(&name),
            self.keeps_rows
        );
        let row = client
            .query_one(&sql, &[])
            .await
            .expect("shared tables and columns are there");
        let numbers =
            "SELECT attname::text, attnum FROM pg_attribute WHERE attrelid = $1 AND attnum > 0";
        let numbers = client.query(numbers, &[&row.get::<_, u32>(0)]).await;
        let numbers = numbers.expect("the catalog can be read");
        let numbers: BTreeMap<String, i16> =
            numbers.iter().map(|row| (row.get(0), row.get(1))).collect();
        let columns = self.columns.iter().enumerate().map(|(at, names)| {
            let number = numbers[&names[side]];
            let number = if self.is_rebuilt { 0 } else { number };
            (names[0].clone(), (number, row.get(at + 2)))
        });
        Kept {
            oid: if self.is_rebuilt { 0 } else { row.get(0) },
            rows: row.get(1),
            columns: columns.collect(),
        }
    }
}
