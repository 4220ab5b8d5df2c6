//! Indexes.

use schema_core::schema::{Index, IndexKey, Indexed, NullsOrder, SortOrder};
use tokio_postgres::{Client, Row};

use super::{collation_of, expression, rows, text};

pub(super) async fn indexes(client: &Client, table: u32) -> Vec<Index> {
    let sql = format!(
        "SELECT i.indexrelid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = {table} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid
            AND contype IN ('p', 'u', 'x'))
        ORDER BY c.relname COLLATE \"C\""
    );
    let mut indexes = Vec::new();
    for row in rows(client, &sql).await {
        indexes.push(index(client, row.get(0)).await);
    }
    indexes
}

/// The index with this object identifier.
pub(super) async fn index(client: &Client, oid: u32) -> Index {
    let sql = format!(
        "SELECT c.relname, i.indisunique, coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false), m.amname,
            pg_get_expr(i.indpred, i.indrelid), coalesce(c.reloptions, '{{}}')
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
        WHERE i.indexrelid = {oid}"
    );
    let rows = rows(client, &sql).await;
    let row = rows.first().expect("the index is there");
    let (keys, include) = keys(client, oid).await;
    let parameters = row.get::<_, Vec<String>>(5);
    let parameters = parameters
        .iter()
        .filter_map(|parameter| parameter.split_once('='));
    Index {
        name: text(row, 0),
        unique: row.get(1),
        nulls_not_distinct: row.get(2),
        method: text(row, 3),
        keys,
        include,
        with: parameters
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        predicate: row.get::<_, Option<String>>(4).map(expression),
        invalid: false,
        comment: None,
    }
}

/// The keys, and the names of the columns it includes.
async fn keys(client: &Client, oid: u32) -> (Vec<IndexKey>, Vec<String>) {
    let sql = format!(
        "SELECT k.at <= i.indnkeyatts, a.attname, pg_get_indexdef(i.indexrelid, k.at::int, false),
            coalesce(i.indoption[k.at - 1], 0)::int,
            CASE WHEN NOT o.opcdefault THEN o.opcname END,
            CASE WHEN l.oid <> coalesce(a.attcollation, l.oid) THEN l.collname END, n.nspname
        FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(num, at)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num AND k.num > 0
            LEFT JOIN pg_opclass o ON o.oid = i.indclass[k.at - 1] AND k.at <= i.indnkeyatts
            LEFT JOIN pg_collation l ON l.oid = i.indcollation[k.at - 1] AND k.at <= i.indnkeyatts
            LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
        WHERE i.indexrelid = {oid} ORDER BY k.at"
    );
    let rows = rows(client, &sql).await;
    let (keys, include): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.get(0));
    (
        keys.into_iter().map(key).collect(),
        include.into_iter().map(|row| text(row, 1)).collect(),
    )
}

fn key(row: &Row) -> IndexKey {
    let options: i32 = row.get(3);
    let collation: Option<String> = row.get(5);
    IndexKey {
        key: match row.get(1) {
            Some(column) => Indexed::Column(column),
            None => Indexed::Expression(expression(text(row, 2))),
        },
        order: if options & 1 == 1 {
            SortOrder::Desc
        } else {
            SortOrder::Asc
        },
        nulls: if options & 2 == 2 {
            NullsOrder::First
        } else {
            NullsOrder::Last
        },
        operator_class: row.get(4),
        collation: collation.map(|name| collation_of(row.get(6), name)),
    }
}

/// The columns of an index without expressions.
pub(super) fn column_names(index: &Index) -> Vec<String> {
    let columns = index.keys.iter().map(|key| match &key.key {
        Indexed::Column(name) => name.clone(),
        Indexed::Expression(expression) => panic!("{expression} is no column"),
    });
    columns.collect()
}
