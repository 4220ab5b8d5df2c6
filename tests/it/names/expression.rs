//! Names that PostgreSQL reads off expressions.

use schema_core::ident::{columns_in, expression_name};
use tests::client;

/// Expressions over the columns `a`, `b` (integer), `s`, `u` (text), `d` (timestamp), `j` (jsonb), `l` (integer[]).
#[rustfmt::skip]
const EXPRESSIONS: &[&str] = &[
    "a", "(a)", "((a))", "a + b", "-a", "- (-a)", "+a", "a::bigint", "(a + b)::bigint",
    "(-a)::int2", "a::text::varchar(3)", "(a::text || 'x')::varchar(3)", "(a || 'x')::char",
    "(a || 'x')::\"char\"", "cast(a AS numeric(10, 2))", "cast(a + 1 AS double precision)",
    "cast(a + b AS float(3))", "lower(s)", "LOWER(s)", "\"lower\"(s)", "pg_catalog.lower(s)",
    "lower(s) || 'x'", "lower(s)::varchar(10)", "(lower(s))", "substring(s from 1 for 2)",
    "substring(s, 1, 2)", "trim(s)", "trim(both 'x' from s)", "trim(leading from s)",
    "trim(trailing 'x' from s)", "position('x' in s)", "overlay(s placing 'x' from 1)",
    "extract(year from d)", "coalesce(a, b)", "coalesce(s, '')", "greatest(a, b)", "least(a, b)",
    "nullif(a, b)", "case when a > 0 then b end", "case when a > 0 then b else a end",
    "case a when 1 then 2 else b + 1 end",
    "case when a > 0 then case when b > 0 then 1 else 2 end else b end",
    "case when a > 0 then 'x' else lower(s) end",
    "case when a > 0 then 1 else case when b > 0 then 1 else 2 end end", "ARRAY[a, b]",
    "array[a]::bigint[]", "row(a, b) = row(b, a)", "(a, b) = (b, a)", "a is null", "a > 0",
    "not (a > 0)", "a > 0 and b > 0", "a in (1, 2)", "a between 1 and 2", "s like 'x%'",
    "s ~ 'x'", "s collate \"C\"", "lower(s) collate \"C\"", "(s || u) collate pg_catalog.\"C\"",
    "d at time zone 'utc'", "(d at time zone 'utc')::date",
    "d at time zone 'utc' at time zone 'cet'", "d at time zone ('u' || 'tc')", "j -> 'x'",
    "(j ->> 'x')", "(j ->> 'x')::int", "((j ->> 'x'))::bigint::text", "j['x']", "l[1]", "(l)[1]",
    "l[1:2]", "(l || 1)[1]", "array_length(l, 1)", "'x'", "1", "'x'::text", "'1'::int + a",
    "date '2020-01-01'", "timestamp '2020-01-01'", "interval '1 day'", "interval '1' day",
    "bool 't'", "true", "null::int", "a is true is not true", "(a > 0) is true", "md5(s || u)",
    "s || /* lower( */ u", "concat_ws_own(s)", "own.\"Func\"(s)", "normalize(s)",
    "s is normalized", "s is not normalized", "s is nfc normalized", "char_length(s)",
    "upper(s) = 'X'", "(upper(s) = 'X')::int", "make_interval(days => a)",
    "num_nulls(variadic array[a, b])", "((a + b))::int[]::text", "double precision '1.5'",
    "xmlelement(name foo)::text", "E'\\'x' || s",
];

#[tokio::test]
async fn an_index_over_an_expression_is_called_what_the_server_calls_it() {
    let (_database, client) = client().await;
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
#[rustfmt::skip]
const CONDITIONS: &[&str] = &[
    "a > 0", "a > 0 and a < 10", "a < b", "1 > 0", "A > 0", "\"a\" > 0", "t.a > 0",
    "public.t.a > 0", "t.a > t.b", "s <> 'a'", "s <> 'a b'", "lower(s) = s", "s ~ '^[ab]$'",
    "length(s) > 0 and s is not null", "\"Big\" > 0", "\"order\" > 0", "\"with \"\"q\"\"\" > 0",
    "date > '2020-01-01'", "date > date '2020-01-01'", "d::date = date", "d::date > now()::date",
    "cast(d as date) is not null", "extract(year from d) > 0", "extract(year from d) > year",
    "s collate \"C\" > 'x'", "t is not null", "(t.*) is not null", "t.a > 0 and t is not null",
    "user <> 'x' and \"user\" > 0", "user <> s", "a in (1, 2, 3)", "a between 1 and 2",
    "(l)[1] > 0", "l[a] > 0", "coalesce(a, b) > 0", "case when a > 0 then true else false end",
    "num_nulls(a, b) = 1", "num_nulls(variadic array[a, b]) = 1",
    "make_interval(days => a) is not null", "(j -> 'b') is not null", "j ? 'a'", "a /* b */ > 0",
    "a > 0 -- b", "s <> $$b$$", "time > 0", "d at time zone 'utc' is not null", "value > 0",
    "a is distinct from 1", "name <> ''", "s similar to 'a'", "s like 'b' escape 'c'",
    "position('b' in s) > 0", "exists_own(a)", "position > 0", "a is true or a is null",
];

#[tokio::test]
async fn a_check_is_called_what_the_server_calls_it() {
    let (_database, client) = client().await;
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
