//! Views and materialized views.

use schema_core::schema::{CheckOption, Expression, QualifiedName, View, ViewColumn};
use tokio_postgres::{Client, Row};

use super::{indexes, rows, text};

/// All views; the query is as the server writes it.
pub(super) async fn views(client: &Client) -> Vec<View> {
    let sql =
        "SELECT c.oid, n.nspname, c.relname, c.relkind = 'm', obj_description(c.oid, 'pg_class'),
            pg_get_viewdef(c.oid), coalesce(c.reloptions, '{}'), c.relispopulated, t.spcname
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
        WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^(pg_|information_schema)'
        ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";
    let mut views = Vec::new();
    for row in rows(client, sql).await {
        views.push(view(client, &row).await);
    }
    views
}

async fn view(client: &Client, row: &Row) -> View {
    let oid: u32 = row.get(0);
    let options = row.get::<_, Vec<String>>(6);
    let options = options.iter().filter_map(|option| option.split_once('='));
    let (check_option, with): (Vec<_>, Vec<_>) =
        options.partition(|(name, _)| *name == "check_option");
    let query = text(row, 5);
    View {
        materialized: row.get(3),
        comment: row.get(4),
        columns: columns(client, oid).await,
        with: with
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        check_option: check_option.first().map(|(_, value)| match *value {
            "local" => CheckOption::Local,
            _ => CheckOption::Cascaded,
        }),
        tablespace: row.get(8),
        with_no_data: !row.get::<_, bool>(7),
        indexes: indexes::indexes(client, oid).await,
        depends_on: depends_on(client, oid).await,
        ..View::new(
            QualifiedName::new(text(row, 1), text(row, 2)),
            Expression::new(query.trim().trim_end_matches(';')),
        )
    }
}

async fn columns(client: &Client, view: u32) -> Vec<ViewColumn> {
    let sql = format!(
        "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute
        WHERE attrelid = {view} AND attnum > 0 ORDER BY attnum"
    );
    let rows = rows(client, &sql).await;
    let column = |row: &Row| ViewColumn {
        name: text(row, 0),
        comment: row.get(1),
    };
    rows.iter().map(column).collect()
}

/// What the view's rule reads.
async fn depends_on(client: &Client, view: u32) -> Vec<QualifiedName> {
    let sql = format!(
        "SELECT DISTINCT n.nspname COLLATE \"C\", c.relname COLLATE \"C\" FROM pg_rewrite r
            JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid
            JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.ev_class = {view} AND c.oid <> {view} ORDER BY 1, 2"
    );
    let rows = rows(client, &sql).await;
    let name = |row: &Row| QualifiedName::new(text(row, 0), text(row, 1));
    rows.iter().map(name).collect()
}
