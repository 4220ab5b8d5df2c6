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
    /// The same of tables with all their partitions.
    whole: BTreeMap<Name, (i64, String)>,
    /// What each table is a partition of, at all levels.
    above: BTreeMap<QualifiedName, Vec<QualifiedName>>,
    /// What each table is divided by.
    divided_by: BTreeMap<QualifiedName, String>,
}

const COLUMNS: &str = "\
SELECT n.nspname::text, c.relname::text, c.oid, a.attname::text, a.attnum::int4, a.attgenerated <> '',
    format_type(a.atttypid, a.atttypmod), coalesce(pg_get_partkeydef(c.oid), ''),
    ARRAY(SELECT unnest(ARRAY[r.relnamespace::regnamespace::text, r.relname::text])
        FROM pg_partition_ancestors(c.oid) p JOIN pg_class r ON r.oid = p.relid WHERE r.oid <> c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.oid, a.attnum";

/// Reads what a database holds.
pub(super) async fn holding(client: &Client) -> Holding {
    let mut holding = Holding::default();
    let mut columns: BTreeMap<QualifiedName, Vec<String>> = BTreeMap::new();
    let mut all_columns = columns.clone();
    for row in client.query(COLUMNS, &[]).await.unwrap() {
        let table = QualifiedName::new(row.get::<_, String>(0), row.get::<_, String>(1));
        holding.identities.insert((table.clone(), None), row.get(2));
        let divided_by: String = row.get(7);
        let is_divided = !divided_by.is_empty();
        holding.divided_by.insert(table.clone(), divided_by);
        // Namespaces and names by turns.
        let above: Vec<String> = row.get(8);
        let above = above.chunks_exact(2);
        let above = above.map(|name| QualifiedName::new(&*name[0], &*name[1]));
        holding.above.insert(table.clone(), above.collect());
        // A table without columns has none that is computed.
        let is_computed = row.get::<_, Option<bool>>(5).unwrap_or_default();
        let all = all_columns.entry(table.clone()).or_default();
        all.extend(row.get::<_, Option<String>>(3).filter(|_| !is_computed));
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
        if !is_divided && !is_computed {
            listed.push(column);
        }
    }
    for (table, columns) in columns {
        let only = format!("ONLY {}", table.render());
        read_values(client, &only, (&table, &columns), &mut holding.values).await;
    }
    for (table, columns) in all_columns {
        let whole = table.render();
        read_values(client, &whole, (&table, &columns), &mut holding.whole).await;
    }
    holding
}

async fn read_values(
    client: &Client,
    from: &str,
    (table, columns): (&QualifiedName, &[String]),
    values: &mut BTreeMap<Name, (i64, String)>,
) {
    let mut list = vec!["count(*)".to_owned(), "''".to_owned()];
    for column in columns {
        let column = ident::quote(column);
        list.push(format!("count({column})"));
        list.push(format!(
            "coalesce(string_agg(coalesce({column}::text, '-'), ',' ORDER BY {column}::text COLLATE \"C\"), '')"
        ));
    }
    let sql = format!("SELECT {} FROM {from}", list.join(", "));
    let row = client.query_one(&sql, &[]).await.unwrap();
    let names = columns.iter().cloned().map(Some);
    for (at, column) in [None].into_iter().chain(names).enumerate() {
        let value = (row.get(2 * at), row.get(2 * at + 1));
        values.insert((table.clone(), column), value);
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
        let division = Division::of(before, after, &name.0, |table| {
            renamed(&(table.clone(), None)).0
        });
        if division == Division::GoesWithItsTable {
            continue;
        }
        let is_redivided = matches!(division, Division::Another | Division::AnotherWithLess);
        if identity != after_identity && !is_redivided {
            losses.push(format!("{shown} was dropped and created again"));
            continue;
        }
        // The rows of one that is divided in another way are somewhere below it.
        let values = |of: &Holding, name: &Name| match division {
            Division::Another => of.whole.get(name).cloned(),
            Division::AnotherWithLess => None,
            _ => of.values.get(name).cloned(),
        };
        let (Some((count, values)), Some((count_after, values_after))) =
            (values(before, name), values(after, &now))
        else {
            continue;
        };
        let same_type = before.types.get(name) == after.types.get(&now);
        if count_after < count || same_type && name.1.is_some() && !is_kept(&values, &values_after)
        {
            losses.push(format!(
                "{shown} had {count}: {values}, and has {count_after}: {values_after}"
            ));
        }
    }
    losses
}

/// How a table that both databases have is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Division {
    /// As before.
    Same,
    /// In another way than before.
    Another,
    /// In another way, and a partition left it with its rows.
    AnotherWithLess,
    /// One that it was and is a partition of is divided in another way.
    GoesWithItsTable,
}

impl Division {
    fn of(
        before: &Holding,
        after: &Holding,
        table: &QualifiedName,
        renamed: impl Fn(&QualifiedName) -> QualifiedName,
    ) -> Self {
        let is_redivided = |table: &QualifiedName| {
            let now = after.divided_by.get(&renamed(table));
            now.is_some_and(|now| *now != before.divided_by[table])
        };
        let is_below = |table: &QualifiedName, above: &QualifiedName| {
            let now = after.above.get(&renamed(table));
            now.is_some_and(|now| now.contains(&renamed(above)))
        };
        let mut above = before.above[table].iter();
        if above.any(|it| is_redivided(it) && is_below(table, it)) {
            return Self::GoesWithItsTable;
        }
        let left = before.above.iter().any(|(part, above)| {
            let is_there = after.divided_by.contains_key(&renamed(part));
            above.contains(table) && is_there && !is_below(part, table)
        });
        match (is_redivided(table), left) {
            (true, true) => Self::AnotherWithLess,
            (true, false) => Self::Another,
            (false, _) => Self::Same,
        }
    }
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
