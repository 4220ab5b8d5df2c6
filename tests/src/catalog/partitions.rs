//! Partition keys and partitions, by name.

use schema_core::schema::{
    BoundValue, Expression, IndexKey, Indexed, Partition, PartitionBound, PartitionBy,
    PartitionStrategy, QualifiedName,
};
use tokio_postgres::Client;

use super::{literal, rows, text};

/// How a table is partitioned, with all its partitions.
pub(super) async fn partition_by(client: &Client, table: u32) -> Option<PartitionBy> {
    let sql = format!(
        "SELECT p.partstrat::text, ARRAY(SELECT a.attname FROM unnest(p.partattrs) WITH ORDINALITY k(num, at)
            JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.num ORDER BY k.at)
        FROM pg_partitioned_table p WHERE p.partrelid = {table}"
    );
    let key = rows(client, &sql).await;
    let key = key.first()?;
    let strategy = match text(key, 0).as_str() {
        "r" => PartitionStrategy::Range,
        "l" => PartitionStrategy::List,
        _ => PartitionStrategy::Hash,
    };
    let keys = key.get::<_, Vec<String>>(1).into_iter();
    let sql = format!(
        "SELECT c.oid, n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid), obj_description(c.oid, 'pg_class')
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE i.inhparent = {table} ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\""
    );
    let mut partitions = Vec::new();
    for row in rows(client, &sql).await {
        let name = QualifiedName::new(text(&row, 1), text(&row, 2));
        let mut partition = Partition::new(name, bound(&text(&row, 3)));
        partition.table.comment = row.get(4);
        partition.table.partition_by = Box::pin(partition_by(client, row.get(0))).await;
        partitions.push(partition);
    }
    Some(PartitionBy {
        strategy,
        keys: keys
            .map(|name| IndexKey::new(Indexed::Column(name)))
            .collect(),
        partitions,
    })
}

/// Sorts partitions as they are read, and writes their values as the reader does.
pub(super) fn sort(by: &mut PartitionBy) {
    by.partitions
        .sort_by(|left, right| left.table.name.cmp(&right.table.name));
    for partition in &mut by.partitions {
        match &mut partition.bound {
            PartitionBound::Range { from, to } => {
                for value in from.iter_mut().chain(to) {
                    if let BoundValue::Value(expression) = value {
                        *expression = literal(expression.clone());
                    }
                }
            }
            PartitionBound::List(values) => {
                for value in values {
                    *value = literal(value.clone());
                }
            }
            _ => {}
        }
        partition.table.partition_by.iter_mut().for_each(sort);
    }
}

/// Reads `FOR VALUES FROM (…) TO (…)` and its like.
fn bound(sql: &str) -> PartitionBound {
    if sql == "DEFAULT" {
        return PartitionBound::Default;
    }
    let parts = lists(sql);
    match parts.as_slice() {
        [from, to] => PartitionBound::Range {
            from: from.iter().map(|value| bound_value(value)).collect(),
            to: to.iter().map(|value| bound_value(value)).collect(),
        },
        [values] if sql.starts_with("FOR VALUES IN") => {
            let values = values.iter().map(|value| literal(Expression::new(value)));
            PartitionBound::List(values.collect())
        }
        [values] => {
            let number = |at: usize| {
                let digits = values[at].split(' ').next_back();
                digits.and_then(|digits| digits.parse().ok())
            };
            PartitionBound::Hash {
                modulus: number(0).expect("a modulus"),
                remainder: number(1).expect("a remainder"),
            }
        }
        _ => panic!("{sql}"),
    }
}

fn bound_value(sql: &str) -> BoundValue {
    match sql {
        "MINVALUE" => BoundValue::MinValue,
        "MAXVALUE" => BoundValue::MaxValue,
        sql => BoundValue::Value(literal(Expression::new(sql))),
    }
}

/// What stands in each of the parentheses, split at its commas; quotes hide both.
fn lists(sql: &str) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = Vec::new();
    let (mut quoted, mut depth) = (false, 0);
    for c in sql.chars() {
        quoted ^= c == '\'';
        match c {
            '(' if !quoted => {
                depth += 1;
                if depth == 1 {
                    lists.push(vec![String::new()]);
                    continue;
                }
            }
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => {
                lists.last_mut().expect("an open list").push(String::new());
                continue;
            }
            _ => {}
        }
        if depth > 0 {
            let value = lists.last_mut().and_then(|list| list.last_mut());
            value.expect("an open value").push(c);
        }
    }
    for value in lists.iter_mut().flatten() {
        *value = value.trim().to_owned();
    }
    lists
}
