//! Names: quoted as the server quotes them, and chosen as the server chooses them.

use schema_core::{
    def::{IndexKeyDef, IndexedDef, KeyDef, SqlPart, SqlText, TableEntry},
    ident::{
        MAX_BYTES, columns_in, expression_name, quote, quote_literal, quote_qualified, truncate,
    },
    schema::{Schema, SqlType},
};
use tests::{
    catalog, database,
    definitions::{self, References},
    random::Random,
};
use tokio_postgres::Client;

#[tokio::test]
async fn every_keyword_of_the_server_is_quoted_as_the_server_does() {
    let client = database().await;
    let sql = "SELECT word, quote_ident(word) FROM pg_get_keywords()";
    let version: String = client
        .query_one("SHOW server_version_num", &[])
        .await
        .unwrap()
        .get(0);
    let newest = version.parse::<u32>().unwrap() >= 180_000;
    for row in client.query(sql, &[]).await.unwrap() {
        let (word, quoted): (String, String) = (row.get(0), row.get(1));
        // An older server knows fewer keywords and quotes fewer words.
        if newest || quoted != word {
            assert_eq!(quote(&word), quoted);
        }
    }
}

#[tokio::test]
async fn hostile_names_and_texts_are_quoted_as_the_server_does() {
    let client = database().await;
    for name in definitions::names()
        .into_iter()
        .filter(|name| *name != "json")
    {
        let row = client
            .query_one("SELECT quote_ident($1)", &[&name])
            .await
            .unwrap();
        assert_eq!(quote(name), row.get::<_, &str>(0));
        let sql = format!("SELECT {} AS {}", quote_literal(name), quote(name));
        let row = client.query_one(&sql, &[]).await.unwrap();
        assert_eq!(
            (row.get::<_, &str>(0), row.columns()[0].name()),
            (name, name)
        );
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_cut_where_the_server_cuts_it() {
    let client = database().await;
    for character in ["x", "é", "日", "😀"] {
        for start in ["", "a", "ab", "abc"] {
            let name = format!("{start}{}", character.repeat(70));
            let row = client
                .query_one(&format!("SELECT 1 AS {}", quote(&name)), &[])
                .await
                .unwrap();
            assert_eq!(truncate(&name), row.columns()[0].name());
            assert!(truncate(&name).len() <= MAX_BYTES);
        }
    }
}

#[tokio::test]
async fn a_table_called_like_a_system_catalog_is_still_the_users() {
    let client = database().await;
    let table = quote_qualified("public", "pg_class");
    client
        .batch_execute(&format!(
            "CREATE TABLE {table} (own int); SELECT own FROM {table}"
        ))
        .await
        .unwrap();
}

/// Expressions over the columns `a`, `b` (integer), `s`, `u` (text), `d` (timestamp), `j` (jsonb), `l` (integer[]).
const EXPRESSIONS: &[&str] = &[
    "a",
    "(a)",
    "((a))",
    "a + b",
    "-a",
    "- (-a)",
    "+a",
    "a::bigint",
    "(a + b)::bigint",
    "(-a)::int2",
    "a::text::varchar(3)",
    "(a::text || 'x')::varchar(3)",
    "(a || 'x')::char",
    "(a || 'x')::\"char\"",
    "cast(a AS numeric(10, 2))",
    "cast(a + 1 AS double precision)",
    "cast(a + b AS float(3))",
    "lower(s)",
    "LOWER(s)",
    "\"lower\"(s)",
    "pg_catalog.lower(s)",
    "lower(s) || 'x'",
    "lower(s)::varchar(10)",
    "(lower(s))",
    "substring(s from 1 for 2)",
    "substring(s, 1, 2)",
    "trim(s)",
    "trim(both 'x' from s)",
    "trim(leading from s)",
    "trim(trailing 'x' from s)",
    "position('x' in s)",
    "overlay(s placing 'x' from 1)",
    "extract(year from d)",
    "coalesce(a, b)",
    "coalesce(s, '')",
    "greatest(a, b)",
    "least(a, b)",
    "nullif(a, b)",
    "case when a > 0 then b end",
    "case when a > 0 then b else a end",
    "case a when 1 then 2 else b + 1 end",
    "case when a > 0 then case when b > 0 then 1 else 2 end else b end",
    "case when a > 0 then 'x' else lower(s) end",
    "case when a > 0 then 1 else case when b > 0 then 1 else 2 end end",
    "ARRAY[a, b]",
    "array[a]::bigint[]",
    "row(a, b) = row(b, a)",
    "(a, b) = (b, a)",
    "a is null",
    "a > 0",
    "not (a > 0)",
    "a > 0 and b > 0",
    "a in (1, 2)",
    "a between 1 and 2",
    "s like 'x%'",
    "s ~ 'x'",
    "s collate \"C\"",
    "lower(s) collate \"C\"",
    "(s || u) collate pg_catalog.\"C\"",
    "d at time zone 'utc'",
    "(d at time zone 'utc')::date",
    "d at time zone 'utc' at time zone 'cet'",
    "d at time zone ('u' || 'tc')",
    "j -> 'x'",
    "(j ->> 'x')",
    "(j ->> 'x')::int",
    "((j ->> 'x'))::bigint::text",
    "j['x']",
    "l[1]",
    "(l)[1]",
    "l[1:2]",
    "(l || 1)[1]",
    "array_length(l, 1)",
    "'x'",
    "1",
    "'x'::text",
    "'1'::int + a",
    "date '2020-01-01'",
    "timestamp '2020-01-01'",
    "interval '1 day'",
    "interval '1' day",
    "bool 't'",
    "true",
    "null::int",
    "a is true is not true",
    "(a > 0) is true",
    "md5(s || u)",
    "s || /* lower( */ u",
    "concat_ws_own(s)",
    "own.\"Func\"(s)",
    "normalize(s)",
    "s is normalized",
    "s is not normalized",
    "s is nfc normalized",
    "char_length(s)",
    "upper(s) = 'X'",
    "(upper(s) = 'X')::int",
    "make_interval(days => a)",
    "num_nulls(variadic array[a, b])",
    "((a + b))::int[]::text",
    "double precision '1.5'",
    "xmlelement(name foo)::text",
    "E'\\'x' || s",
];

#[tokio::test]
async fn an_index_over_an_expression_is_called_what_the_server_calls_it() {
    let client = database().await;
    let setup = "CREATE SCHEMA own; CREATE TABLE t (a int, b int, s text, u text, d timestamp, j jsonb, l int[]);
        CREATE FUNCTION concat_ws_own(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
        CREATE FUNCTION own.\"Func\"(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'";
    client.batch_execute(setup).await.unwrap();
    let mut judged = 0;
    for expression in EXPRESSIONS {
        client.batch_execute("BEGIN").await.unwrap();
        let made = client
            .batch_execute(&format!("CREATE INDEX ON t (({expression}))"))
            .await;
        if made.is_ok() {
            let sql = "SELECT relname::text FROM pg_class WHERE relkind = 'i' AND relname ~ '^t_'";
            let name: String = client.query_one(sql, &[]).await.unwrap().get(0);
            let own = expression_name(expression).unwrap_or_else(|| "expr".into());
            assert_eq!(format!("t_{own}_idx"), name, "{expression}");
            judged += 1;
        }
        client.batch_execute("ROLLBACK").await.unwrap();
    }
    assert!(judged > 85, "the server refused all but {judged}");
}

/// Conditions over the same columns and those of [`CHECK_COLUMNS`].
const CONDITIONS: &[&str] = &[
    "a > 0",
    "a > 0 and a < 10",
    "a < b",
    "1 > 0",
    "A > 0",
    "\"a\" > 0",
    "t.a > 0",
    "public.t.a > 0",
    "t.a > t.b",
    "s <> 'a'",
    "s <> 'a b'",
    "lower(s) = s",
    "s ~ '^[ab]$'",
    "length(s) > 0 and s is not null",
    "\"Big\" > 0",
    "\"order\" > 0",
    "\"with \"\"q\"\"\" > 0",
    "date > '2020-01-01'",
    "date > date '2020-01-01'",
    "d::date = date",
    "d::date > now()::date",
    "cast(d as date) is not null",
    "extract(year from d) > 0",
    "extract(year from d) > year",
    "s collate \"C\" > 'x'",
    "t is not null",
    "(t.*) is not null",
    "t.a > 0 and t is not null",
    "user <> 'x' and \"user\" > 0",
    "user <> s",
    "a in (1, 2, 3)",
    "a between 1 and 2",
    "(l)[1] > 0",
    "l[a] > 0",
    "coalesce(a, b) > 0",
    "case when a > 0 then true else false end",
    "num_nulls(a, b) = 1",
    "num_nulls(variadic array[a, b]) = 1",
    "make_interval(days => a) is not null",
    "(j -> 'b') is not null",
    "j ? 'a'",
    "a /* b */ > 0",
    "a > 0 -- b",
    "s <> $$b$$",
    "time > 0",
    "d at time zone 'utc' is not null",
    "value > 0",
    "a is distinct from 1",
    "name <> ''",
    "s similar to 'a'",
    "s like 'b' escape 'c'",
    "position('b' in s) > 0",
    "exists_own(a)",
    "position > 0",
    "a is true or a is null",
];

#[tokio::test]
async fn a_check_is_called_what_the_server_calls_it() {
    let client = database().await;
    let columns = [
        "a",
        "b",
        "s",
        "u",
        "d",
        "j",
        "l",
        "Big",
        "order",
        "with \"q\"",
        "date",
        "year",
        "user",
        "time",
        "value",
        "name",
        "position",
    ];
    let setup = "CREATE FUNCTION exists_own(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
        CREATE TABLE t (a int, b int, s text, u text, d timestamp, j jsonb, l int[], \"Big\" int, \"order\" int,
            \"with \"\"q\"\"\" int, date date, year int, \"user\" int, \"time\" int, value int, name text, \"position\" int)";
    client.batch_execute(setup).await.unwrap();
    let mut judged = 0;
    for condition in CONDITIONS {
        client.batch_execute("BEGIN").await.unwrap();
        if client
            .batch_execute(&format!("ALTER TABLE t ADD CHECK ({condition}\n)"))
            .await
            .is_ok()
        {
            let sql = "SELECT conname::text FROM pg_constraint WHERE conrelid = 't'::regclass";
            let name: String = client.query_one(sql, &[]).await.unwrap().get(0);
            let used = columns_in(condition, "t", &columns);
            let own = match used.as_slice() {
                [one] if one != "t" => format!("t_{one}_check"),
                _ => "t_check".to_owned(),
            };
            assert_eq!(own, name, "{condition}");
            judged += 1;
        }
        client.batch_execute("ROLLBACK").await.unwrap();
    }
    assert!(judged > 40, "the server refused all but {judged}");
}

#[tokio::test]
async fn a_type_reads_the_same_from_a_definition_and_from_the_server() {
    let client = database().await;
    client
        .batch_execute("CREATE TYPE mood AS ENUM (); CREATE TYPE public.text AS ENUM ()")
        .await
        .unwrap();
    let types = [
        "int",
        "int8",
        "float(24)",
        "float",
        "dec(5)",
        "numeric",
        "varchar",
        "character varying(9)",
        "char",
        "char(4)[]",
        "bpchar",
        "time(2)",
        "time with time zone",
        "timestamp(3) without time zone",
        "timestamptz(1)",
        "interval",
        "interval(3)",
        "interval year to month",
        "interval second(2)",
        "bit",
        "bit varying",
        "varbit(3)",
        "\"char\"",
        "name",
        "xid8",
        "public.text",
        "mood",
        "mood[][]",
        "int array[2]",
        "regclass",
        "tsmultirange",
    ];
    for written in types {
        let ty: SqlType = written.parse().unwrap();
        let sql = format!(
            "CREATE TEMP TABLE probe (c {ty}); CREATE TEMP TABLE other (c {written}); SET search_path = pg_catalog"
        );
        client.batch_execute(&sql).await.unwrap();
        let sql = "SELECT format_type(atttypid, atttypmod), attndims FROM pg_attribute
            WHERE attrelid IN ('pg_temp.probe'::regclass, 'pg_temp.other'::regclass) AND attname = 'c' ORDER BY attrelid";
        let rows = client.query(sql, &[]).await.unwrap();
        let (own, other): (String, String) = (rows[0].get(0), rows[1].get(0));
        assert_eq!(own, other, "{written} as {ty}");
        assert_eq!(own.parse::<SqlType>().unwrap(), ty, "{written}");
        client
            .batch_execute("RESET search_path; DROP TABLE pg_temp.probe, pg_temp.other")
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn default_names_are_those_the_server_chooses_for_statements_without_names() {
    let client = database().await;
    client
        .batch_execute("CREATE SCHEMA audit; CREATE SCHEMA \"Other one\"")
        .await
        .unwrap();
    let mut judged = 0;
    for seed in 0..150 {
        let entries = definitions::tables(&mut Random::new(seed), References::Backward);
        let schema =
            Schema::from_tables(&entries).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let statements: Vec<String> = entries.iter().flat_map(nameless).collect();
        client.batch_execute("BEGIN").await.unwrap();
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
        client.batch_execute("ROLLBACK").await.unwrap();
    }
    assert!(judged > 1_000, "only {judged} names");
}

/// The statements for one table as a person writes them who names nothing.
fn nameless(entry: &TableEntry) -> Vec<String> {
    let table = entry.table;
    let name = quote_qualified(table.name.namespace, table.name.name);
    let list = |names: &[&str]| {
        names
            .iter()
            .map(|name| quote(name))
            .collect::<Vec<_>>()
            .join(", ")
    };
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
        let ty = SqlType::from_def(&column.sql_type).unwrap();
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
    for foreign_key in entry.foreign_keys {
        let referenced = foreign_key.referenced;
        let fields = foreign_key.referenced_fields.iter().map(|field| {
            referenced
                .columns
                .iter()
                .find(|column| column.field == *field)
                .unwrap()
                .name
        });
        let fields: Vec<&str> = fields.collect();
        let fields = if fields.is_empty() {
            String::new()
        } else {
            format!(" ({})", list(&fields))
        };
        let target = quote_qualified(referenced.name.namespace, referenced.name.name);
        parts.push(format!(
            "FOREIGN KEY ({}) REFERENCES {target}{fields}",
            list(foreign_key.columns)
        ));
    }
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
    };
    text.0.iter().map(part).collect()
}

/// In the order in which they were made.
async fn constraint_names(client: &Client, table: &str, kinds: &str) -> Vec<String> {
    let sql = "SELECT conname::text FROM pg_constraint WHERE conrelid = $1::text::regclass
        AND strpos($2, contype::text) > 0 ORDER BY oid";
    let rows = client.query(sql, &[&table, &kinds]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn index_names(client: &Client, table: &str) -> Vec<String> {
    let sql = "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = $1::text::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid
            AND contype <> 'f') ORDER BY c.oid";
    let rows = client.query(sql, &[&table]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn names_are_numbered_as_the_server_numbers_them_across_tables() {
    let client = database().await;
    let sql = "CREATE TABLE a_b (c int CHECK (c > 0), UNIQUE (c)); CREATE TABLE a (b_c int CHECK (b_c > 0), UNIQUE (b_c));
        CREATE INDEX ON a_b (c); CREATE INDEX ON a (b_c)";
    client.batch_execute(sql).await.unwrap();
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
    schema.name_objects().unwrap();
    assert_eq!(catalog::sorted(schema), live);
    assert_eq!(
        live.table("public", "a").unwrap().checks[0].name,
        "a_b_c_check1"
    );
}
