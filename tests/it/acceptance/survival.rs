//! What must outlive a plan: every table and column that both schemas have, and the values in them.

use std::collections::BTreeMap;

use schema_core::{ident, schema::QualifiedName};
use tokio_postgres::Client;

/// A table, or a column of it.
type Name = (QualifiedName, Option<String>);

/// What a database holds at one moment.
#[derive(Debug, Default)]
pub(super) struct Holding {
    /// The object identifiers of tables and the numbers of their columns.
    identities: BTreeMap<Name, u32>,
    /// The types of columns.
    types: BTreeMap<Name, String>,
    /// How many values a table or column has, and a digest of them.
    values: BTreeMap<Name, (i64, String)>,
}

const COLUMNS: &str = "\
SELECT n.nspname::text, c.relname::text, c.oid, a.attname::text, a.attnum::int4, a.attgenerated <> '',
    format_type(a.atttypid, a.atttypmod), c.relkind = 'p'
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.oid, a.attnum";

/// Reads what a database holds.
pub(super) async fn holding(client: &Client) -> Holding {
    let mut holding = Holding::default();
    let mut columns: BTreeMap<QualifiedName, Vec<String>> = BTreeMap::new();
    for row in client.query(COLUMNS, &[]).await.unwrap() {
        let table = QualifiedName::new(row.get::<_, String>(0), row.get::<_, String>(1));
        holding.identities.insert((table.clone(), None), row.get(2));
        let is_divided: bool = row.get(7);
        let listed = columns.entry(table.clone()).or_default();
        let Some(column) = row.get::<_, Option<String>>(3) else {
            continue;
        };
        let number: i32 = row.get(4);
        let name = (table, Some(column.clone()));
        holding
            .identities
            .insert(name.clone(), u32::try_from(number).unwrap());
        holding.types.insert(name, row.get(6));
        // A computed value is not kept, and what is in a partition is the partition's.
        if !is_divided && !row.get::<_, bool>(5) {
            listed.push(column);
        }
    }
    for (table, columns) in columns {
        read_values(client, table, &columns, &mut holding).await;
    }
    holding
}

async fn read_values(
    client: &Client,
    table: QualifiedName,
    columns: &[String],
    holding: &mut Holding,
) {
    let mut list = vec!["count(*)".to_owned(), "''".to_owned()];
    for column in columns {
        let column = ident::quote(column);
        list.push(format!("count({column})"));
        list.push(format!(
            "coalesce(string_agg(coalesce({column}::text, '-'), ',' ORDER BY {column}::text COLLATE \"C\"), '')"
        ));
    }
    let sql = format!("SELECT {} FROM ONLY {}", list.join(", "), table.render());
    let row = client.query_one(&sql, &[]).await.unwrap();
    let names = columns.iter().cloned().map(Some);
    for (at, column) in [None].into_iter().chain(names).enumerate() {
        let value = (row.get(2 * at), row.get(2 * at + 1));
        holding.values.insert((table.clone(), column), value);
    }
}

/// What of a database is not as it was. The renames lead from former names to present ones; what is remade may have
/// another number.
pub(super) fn losses(
    before: &Holding,
    after: &Holding,
    renamed: impl Fn(&Name) -> Name,
    remade: &[&str],
) -> Vec<String> {
    let mut losses = Vec::new();
    for (name, identity) in &before.identities {
        let now = renamed(name);
        let shown = show(&now);
        if remade.contains(&shown.as_str()) {
            continue;
        }
        let Some(after_identity) = after.identities.get(&now) else {
            continue;
        };
        if identity != after_identity {
            losses.push(format!("{shown} was dropped and created again"));
            continue;
        }
        let (Some((count, values)), Some((count_after, values_after))) =
            (before.values.get(name), after.values.get(&now))
        else {
            continue;
        };
        let same_type = before.types.get(name) == after.types.get(&now);
        if count_after < count || same_type && name.1.is_some() && !is_kept(values, values_after) {
            losses.push(format!(
                "{shown} had {count}: {values}, and has {count_after}: {values_after}"
            ));
        }
    }
    losses
}

/// A value that was NULL may have become the default.
fn is_kept(before: &str, after: &str) -> bool {
    let mut after: Vec<&str> = after.split(',').collect();
    before.split(',').filter(|it| *it != "-").all(|value| {
        let found = after.iter().position(|it| *it == value);
        found.map(|at| after.swap_remove(at)).is_some()
    })
}

fn show((table, column): &Name) -> String {
    match column {
        Some(column) => format!("{table}.{column}"),
        None => table.to_string(),
    }
}
