//! Constraints.

use schema_core::schema::{
    Check, Deferrable, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, QualifiedName,
    ReferentialAction, Unique,
};
use tokio_postgres::{Client, Row};

use super::{expression, indexes, rows, text};

async fn constraints(client: &Client, table: u32, kind: char) -> Vec<Row> {
    let names = |relation: &str, numbers: &str| {
        format!(
            "ARRAY(SELECT a.attname FROM unnest({numbers}) WITH ORDINALITY k(num, at) JOIN pg_attribute a
                ON a.attrelid = {relation} AND a.attnum = k.num ORDER BY k.at)"
        )
    };
    let sql = format!(
        "SELECT c.conname, {}, c.condeferrable, c.condeferred, c.conindid, c.connoinherit, c.convalidated,
            pg_get_expr(c.conbin, c.conrelid), n.nspname, f.relname, {}, c.confdeltype::text,
            c.confupdtype::text, c.confmatchtype::text, {},
            ARRAY(SELECT o.oprname FROM unnest(c.conexclop) WITH ORDINALITY k(op, at)
                JOIN pg_operator o ON o.oid = k.op ORDER BY k.at)
        FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid
            LEFT JOIN pg_namespace n ON n.oid = f.relnamespace
        WHERE c.conrelid = {table} AND c.contype = '{kind}' AND c.conparentid = 0 ORDER BY c.conname COLLATE \"C\"",
        names("c.conrelid", "c.conkey"),
        names("c.confrelid", "c.confkey"),
        // Release 14 has no such column.
        names(
            "c.conrelid",
            "ARRAY(SELECT jsonb_array_elements_text(nullif(to_jsonb(c) -> 'confdelsetcols', 'null'))::int2)",
        ),
    );
    rows(client, &sql).await
}

pub(super) async fn primary_key(client: &Client, table: u32) -> Option<PrimaryKey> {
    let rows = constraints(client, table, 'p').await;
    let row = rows.first()?;
    let index = indexes::index(client, row.get(4)).await;
    Some(PrimaryKey {
        name: text(row, 0),
        columns: indexes::column_names(&index),
        include: index.include,
        deferrable: deferrable(row),
        ..PrimaryKey::default()
    })
}

pub(super) async fn uniques(client: &Client, table: u32) -> Vec<Unique> {
    let mut uniques = Vec::new();
    for row in constraints(client, table, 'u').await {
        let index = indexes::index(client, row.get(4)).await;
        uniques.push(Unique {
            name: text(&row, 0),
            columns: indexes::column_names(&index),
            include: index.include,
            nulls_not_distinct: index.nulls_not_distinct,
            deferrable: deferrable(&row),
            ..Unique::default()
        });
    }
    uniques
}

pub(super) async fn checks(client: &Client, table: u32) -> Vec<Check> {
    let check = |row: &Row| Check {
        name: text(row, 0),
        expression: expression(text(row, 7)),
        no_inherit: row.get(5),
        not_valid: !row.get::<_, bool>(6),
        comment: None,
    };
    constraints(client, table, 'c')
        .await
        .iter()
        .map(check)
        .collect()
}

pub(super) async fn exclusions(client: &Client, table: u32) -> Vec<Exclusion> {
    let mut exclusions = Vec::new();
    for row in constraints(client, table, 'x').await {
        let index = indexes::index(client, row.get(4)).await;
        let elements = index.keys.into_iter().zip(row.get::<_, Vec<String>>(15));
        exclusions.push(Exclusion {
            name: text(&row, 0),
            method: index.method,
            elements: elements
                .map(|(key, operator)| ExclusionElement { key, operator })
                .collect(),
            include: index.include,
            with: index.with,
            predicate: index.predicate,
            deferrable: deferrable(&row),
            comment: None,
        });
    }
    exclusions
}

pub(super) async fn foreign_keys(client: &Client, table: u32) -> Vec<ForeignKey> {
    let foreign_key = |row: &Row| ForeignKey {
        name: text(row, 0),
        columns: row.get(1),
        referenced_table: QualifiedName::new(text(row, 8), text(row, 9)),
        referenced_columns: row.get(10),
        on_delete: action(&text(row, 11), row.get(14)),
        on_update: action(&text(row, 12), Vec::new()),
        match_full: text(row, 13) == "f",
        deferrable: deferrable(row),
        not_valid: !row.get::<_, bool>(6),
        comment: None,
    };
    constraints(client, table, 'f')
        .await
        .iter()
        .map(foreign_key)
        .collect()
}

fn action(action: &str, columns: Vec<String>) -> ReferentialAction {
    match action {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull(columns),
        "d" => ReferentialAction::SetDefault(columns),
        _ => ReferentialAction::NoAction,
    }
}

fn deferrable(row: &Row) -> Option<Deferrable> {
    match (row.get(2), row.get(3)) {
        (true, true) => Some(Deferrable::InitiallyDeferred),
        (true, false) => Some(Deferrable::InitiallyImmediate),
        _ => None,
    }
}
