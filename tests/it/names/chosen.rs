//! The names PostgreSQL chooses for statements that name nothing.

use schema_core::{
    def::{ForeignKeyDef, IndexKeyDef, IndexedDef, KeyDef, SqlPart, SqlText, TableEntry},
    ident::{quote, quote_qualified},
    schema::{Schema, SqlType},
};
use tests::{
    catalog, client,
    definitions::{self, References},
    random::Random,
};
use tokio_postgres::Client;

#[tokio::test]
async fn default_names_are_those_the_server_chooses_for_statements_without_names() {
    let (_database, client) = client().await;
    client
        .batch_execute("CREATE SCHEMA audit; CREATE SCHEMA \"Other one\"")
        .await
        .expect("the server answers");
    let mut judged = 0;
    for seed in 0..150 {
        let entries = definitions::tables(&mut Random::new(seed), References::Backward);
        let schema =
            Schema::from_tables(&entries).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let statements: Vec<String> = entries.iter().flat_map(nameless).collect();
        client
            .batch_execute("BEGIN")
            .await
            .expect("the server answers");
        for statement in &statements {
            let sent = client.batch_execute(statement).await;
            sent.unwrap_or_else(|error| panic!("seed {seed}: {error:?}\n{statement}"));
        }
        for table in &schema.tables {
            let name = table.name.render();
            let own = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect::<Vec<_>>();
            let key = table
                .primary_key
                .as_ref()
                .map_or(vec![], |key| own(&[&key.name]));
            let uniques = table.uniques.iter().map(|unique| unique.name.clone());
            assert_eq!(
                constraint_names(&client, &name, "pu").await,
                [key, uniques.collect()].concat(),
                "seed {seed}"
            );
            let checks: Vec<_> = table
                .checks
                .iter()
                .map(|check| check.name.clone())
                .collect();
            assert_eq!(
                constraint_names(&client, &name, "c").await,
                checks,
                "seed {seed}: {statements:#?}"
            );
            let keys: Vec<_> = table
                .foreign_keys
                .iter()
                .map(|key| key.name.clone())
                .collect();
            assert_eq!(
                constraint_names(&client, &name, "f").await,
                keys,
                "seed {seed}"
            );
            let indexes: Vec<_> = table
                .indexes
                .iter()
                .map(|index| index.name.clone())
                .collect();
            assert_eq!(index_names(&client, &name).await, indexes, "seed {seed}");
            judged += checks.len() + keys.len() + indexes.len() + table.uniques.len();
        }
        client
            .batch_execute("ROLLBACK")
            .await
            .expect("the server answers");
    }
    assert!(judged > 1_000, "only {judged} names");
}

/// The statements for one table as a person writes them who names nothing.
fn nameless(entry: &TableEntry) -> Vec<String> {
    let table = entry.table;
    let name = quote_qualified(table.name.namespace, table.name.name);
    let key = |kind: &str, key: &KeyDef| {
        let include = match key.include {
            [] => String::new(),
            columns => format!(" INCLUDE ({})", list(columns)),
        };
        let nulls = if key.nulls_not_distinct {
            " NULLS NOT DISTINCT"
        } else {
            ""
        };
        format!("{kind}{nulls} ({}){include}", list(key.columns))
    };
    let mut parts: Vec<String> = Vec::new();
    for column in table.columns {
        let identity = if column.identity.is_some() {
            " GENERATED ALWAYS AS IDENTITY"
        } else {
            ""
        };
        let ty = SqlType::from_def(&column.sql_type).expect("the server answers");
        parts.push(format!("{} {ty}{identity}", quote(column.name)));
    }
    parts.extend(
        table
            .primary_key
            .iter()
            .map(|primary| key("PRIMARY KEY", primary)),
    );
    parts.extend(table.uniques.iter().map(|unique| key("UNIQUE", unique)));
    parts.extend(
        table
            .checks
            .iter()
            .map(|check| format!("CHECK ({})", sql(&check.expression))),
    );
    parts.extend(entry.foreign_keys.iter().map(nameless_foreign_key));
    let mut statements = vec![format!("CREATE TABLE {name} ({})", parts.join(", "))];
    for index in table.indexes {
        let keys: Vec<String> = index.keys.iter().map(index_key).collect();
        let include = match index.include {
            [] => String::new(),
            columns => format!(" INCLUDE ({})", list(columns)),
        };
        let method = index.method.unwrap_or("btree");
        statements.push(format!(
            "CREATE INDEX ON {name} USING {method} ({}){include}",
            keys.join(", ")
        ));
    }
    statements
}

fn nameless_foreign_key(key: &ForeignKeyDef) -> String {
    let referenced = key.referenced;
    let fields = key.referenced_fields.iter().map(|field| {
        let mut columns = referenced.columns.iter();
        let column = columns.find(|column| column.field == *field);
        column.expect("the definition was proved").name
    });
    let fields: Vec<&str> = fields.collect();
    let fields = if fields.is_empty() {
        String::new()
    } else {
        format!(" ({})", list(&fields))
    };
    let target = quote_qualified(referenced.name.namespace, referenced.name.name);
    let columns = list(key.columns);
    format!("FOREIGN KEY ({columns}) REFERENCES {target}{fields}")
}

fn list(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| quote(name)).collect();
    names.join(", ")
}

fn index_key(key: &IndexKeyDef) -> String {
    match &key.key {
        IndexedDef::Column(name) => quote(name).into_owned(),
        IndexedDef::Expression(text) => format!("({})", sql(text)),
    }
}

fn sql(text: &SqlText) -> String {
    let part = |part: &SqlPart| match part {
        SqlPart::Text(text) => (*text).to_owned(),
        SqlPart::Column(name) => quote(name).into_owned(),
        SqlPart::Table(table) => quote(table.name).into_owned(),
    };
    text.0.iter().map(part).collect()
}

/// In the order in which they were made.
async fn constraint_names(client: &Client, table: &str, kinds: &str) -> Vec<String> {
    let sql = "SELECT conname::text FROM pg_constraint WHERE conrelid = $1::text::regclass
        AND strpos($2, contype::text) > 0 ORDER BY oid";
    let rows = client
        .query(sql, &[&table, &kinds])
        .await
        .expect("the server answers");
    rows.iter().map(|row| row.get(0)).collect()
}

async fn index_names(client: &Client, table: &str) -> Vec<String> {
    let sql = "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = $1::text::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid
            AND contype <> 'f') ORDER BY c.oid";
    let rows = client
        .query(sql, &[&table])
        .await
        .expect("the server answers");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn names_are_numbered_as_the_server_numbers_them_across_tables() {
    let (_database, client) = client().await;
    let sql = "CREATE TABLE a_b (c int CHECK (c > 0), UNIQUE (c)); CREATE TABLE a (b_c int CHECK (b_c > 0), UNIQUE (b_c));
        CREATE INDEX ON a_b (c); CREATE INDEX ON a (b_c)";
    client.batch_execute(sql).await.expect("the server answers");
    let live = catalog::read(&client).await;
    let mut schema = live.clone();
    schema.tables.reverse();
    for table in &mut schema.tables {
        table
            .uniques
            .iter_mut()
            .for_each(|unique| unique.name.clear());
        table.checks.iter_mut().for_each(|check| check.name.clear());
    }
    schema.name_objects().expect("the server answers");
    assert_eq!(catalog::sorted(schema), live);
    assert_eq!(
        live.table("public", "a")
            .expect("the server answers")
            .checks[0]
            .name,
        "a_b_c_check1"
    );
}
