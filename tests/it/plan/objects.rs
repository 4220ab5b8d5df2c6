//! Functions, triggers and whatever else is known as SQL text: replaced, or made again around what is made with them. No
//! table is made again for it, and no column that holds what somebody wrote.

use super::live::assert_both_ways;

/// Plans each pair both ways; every script goes without a dropped table or column.
async fn keep_tables(pairs: &[(&str, &str)]) {
    for (one, other) in pairs {
        for (one, other) in [(one, other), (other, one)] {
            let script = assert_both_ways(one, other).await;
            let drops = ["DROP TABLE", "DROP COLUMN"]
                .iter()
                .any(|word| script.contains(word));
            assert!(!drops, "{script}");
        }
    }
}

#[tokio::test]
async fn a_routine_is_replaced_where_its_signature_stays() {
    let script = assert_both_ways(
        "CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE PROCEDURE p(n int) LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT f(1);",
        "CREATE FUNCTION f(a int, b text DEFAULT 'y') RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 2; END $$;
        COMMENT ON FUNCTION f IS 'two'; CREATE PROCEDURE p(n int) LANGUAGE sql AS 'SELECT 2'; CREATE VIEW v AS SELECT f(1);",
    )
    .await;
    assert!(
        !script.contains("DROP") && script.contains("CREATE OR REPLACE"),
        "{script}"
    );
}

/// A table all of whose parts are made with a function.
const CALLED: &str = "CREATE TABLE t (id int DEFAULT f(1), name text, CONSTRAINT c CHECK (f(id) > 0), CONSTRAINT x EXCLUDE (f(id) WITH =));
    CREATE INDEX i ON t (f(id)) WHERE f(id) > 5; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (f(id) > 0);
    CREATE VIEW v AS SELECT f(id) AS n FROM t; CREATE MATERIALIZED VIEW m AS SELECT n FROM v; CREATE INDEX mi ON m (n);
    CREATE VIEW w AS SELECT n FROM m; CREATE DOMAIN d AS int DEFAULT f(2) CONSTRAINT dc CHECK (f(VALUE) > 0); CREATE TABLE u (x d);
    CREATE FUNCTION g(v) RETURNS int LANGUAGE sql AS 'SELECT $1.n::int'; COMMENT ON VIEW v IS 'calls';";

#[tokio::test]
async fn what_is_made_with_a_function_is_made_again_around_it() {
    let f = |arguments: &str, results: &str| {
        format!(
            "CREATE FUNCTION f({arguments}) RETURNS {results} LANGUAGE sql IMMUTABLE AS 'SELECT $1'; {CALLED}"
        )
    };
    let (named, other) = (f("a int", "int"), f("b int", "int"));
    keep_tables(&[
        (&named, &other),
        (&named, &f("a int", "bigint")),
        (&named, &f("a bigint", "bigint")),
    ])
    .await;
    let script = assert_both_ways(&named, &other).await;
    assert!(script.contains("loses-privileges"), "{script}");
}

#[tokio::test]
async fn a_generated_column_is_computed_anew() {
    let f = |name: &str| {
        format!(
            "CREATE FUNCTION f({name} int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
            CREATE TABLE t (id int, n int GENERATED ALWAYS AS (f(id)) STORED);"
        )
    };
    assert_both_ways(&f("a"), &f("b")).await;
}

#[tokio::test]
async fn routines_come_and_go_with_what_calls_them() {
    let routine = "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';";
    let plain = "CREATE TABLE t (id int, name text);";
    let atomic = "CREATE FUNCTION n() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(name) FROM t; END;";
    keep_tables(&[
        (plain, &format!("{routine} CREATE TABLE t (id int DEFAULT f(1), name text, CHECK (f(id) > 0)); CREATE INDEX ON t (f(id));")),
        (&format!("{plain} {atomic}"), plain),
        (&format!("{plain} {atomic} CREATE VIEW v AS SELECT n();"), &format!("CREATE TABLE t (id int, name varchar(9)); {atomic} CREATE VIEW v AS SELECT n();")),
    ])
    .await;
    assert_both_ways("", &format!("CREATE TABLE b (id int); CREATE FUNCTION of_row(b) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE TABLE a (id int DEFAULT of_row(NULL::b)); {plain} {atomic}")).await;
    assert_both_ways("CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; CREATE TABLE a (id bigint DEFAULT f());",
        "").await;
    assert_both_ways("",
        "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; CREATE TABLE a (id bigint DEFAULT f());
        CREATE OR REPLACE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a';").await;
}

#[tokio::test]
async fn aggregates_operators_and_casts_are_made_again() {
    let sum = |start: &str, kind: &str| {
        format!("CREATE FUNCTION add(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
            CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '{start}');
            CREATE OPERATOR +| (FUNCTION = add, LEFTARG = int, RIGHTARG = int);
            CREATE TYPE c AS (x int); CREATE FUNCTION x(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.x';
            CREATE CAST (c AS int) WITH FUNCTION x(c) {kind};
            CREATE TABLE t (n int, CHECK (n +| 1 > 0)); CREATE VIEW v AS SELECT total(n) FROM t;")
    };
    keep_tables(&[
        (&sum("0", ""), &sum("1", "AS ASSIGNMENT")),
        ("CREATE TABLE t (n int)", &sum("0", "")),
    ])
    .await;
}

#[tokio::test]
async fn triggers_and_rules_change() {
    let base = "CREATE TABLE t (id int, note text); CREATE VIEW v AS SELECT id FROM t;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;";
    let trigger = "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();";
    let (with, off) = (
        format!("{base} {trigger}"),
        format!("{base} {trigger} ALTER TABLE t DISABLE TRIGGER x;"),
    );
    let other = format!("{base} CREATE TRIGGER x AFTER INSERT OR UPDATE OF note ON t FOR EACH ROW WHEN (NEW.note > 'a') EXECUTE FUNCTION touch('b');
        COMMENT ON TRIGGER x ON t IS 'other'; ALTER TABLE t ENABLE ALWAYS TRIGGER x;");
    let constraint = format!(
        "{base} CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();"
    );
    keep_tables(&[
        (base, &with), (&with, &off), (&off, &other), (&with, &constraint),
        (&constraint, &constraint.replace("DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED")),
        (&format!("{base} CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;"),
         &format!("{base} CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id); CREATE RULE q AS ON DELETE TO t DO ALSO NOTIFY x; ALTER TABLE t DISABLE RULE q;")),
        (&other, &format!("{} CREATE INDEX ON t (note);", other.replace("note text", "note varchar(20)"))),
    ])
    .await;
    let script = assert_both_ways(&with, &off).await;
    assert!(
        !script.contains("DROP") && !script.contains("CREATE"),
        "{script}"
    );
    assert_both_ways(&with, "CREATE TABLE other (id int)").await;
}

#[tokio::test]
async fn views_between_functions_and_triggers() {
    let of = |ty: &str| {
        format!(
            "CREATE TABLE t (id {ty}, note text); CREATE VIEW v AS SELECT id, note FROM t;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;
            CREATE FUNCTION all_v() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
            CREATE VIEW w AS SELECT count(*) FROM all_v();"
        )
    };
    keep_tables(&[(&of("int"), &of("bigint"))]).await;
}

#[tokio::test]
async fn statistics_publications_and_event_triggers() {
    keep_tables(&[
        ("CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s ON a, b FROM t;",
         "CREATE TABLE t (a bigint, b int, c int); CREATE STATISTICS s ON a, b FROM t; ALTER STATISTICS s SET STATISTICS 50; COMMENT ON STATISTICS s IS 'both'"),
        ("CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s ON a, b FROM t;",
         "CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s (mcv) ON a, b, c FROM t;"),
        ("CREATE TABLE t (id int PRIMARY KEY, n int); CREATE TABLE u (id int); CREATE PUBLICATION p FOR TABLE t (id, n) WHERE (n > 0);",
         "CREATE TABLE t (id int PRIMARY KEY, n bigint); CREATE TABLE u (id int); CREATE PUBLICATION p FOR TABLE t (id, n) WHERE (n > 0), TABLE u WITH (publish = 'insert');"),
        ("CREATE TABLE u (id int)", "CREATE TABLE u (id int); CREATE PUBLICATION p FOR ALL TABLES; COMMENT ON PUBLICATION p IS 'all'"),
        ("CREATE TABLE t (); CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER x ON sql_drop EXECUTE FUNCTION e();",
         "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE TABLE t (); CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION e(); ALTER EVENT TRIGGER x DISABLE;"),
    ])
    .await;
}

#[tokio::test]
async fn text_search_and_foreign_data() {
    let search = |stop: &str, mapping: &str| {
        format!("CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, accept = {stop}); CREATE TEXT SEARCH CONFIGURATION c (PARSER = \"default\");
            ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR {mapping} WITH d;")
    };
    let foreign = |host: &str, column: &str| {
        format!("CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host '{host}');
            CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE FOREIGN TABLE f (id int, n {column}) SERVER s; CREATE VIEW v AS SELECT id, n FROM f;")
    };
    keep_tables(&[
        (&search("true", "word"), &search("false", "asciiword, word")),
        ("", &search("true", "word")),
        (&foreign("a", "int"), &foreign("b", "text")),
        ("", &foreign("a", "int")),
    ])
    .await;
    let all = "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; CREATE ACCESS METHOD own TYPE INDEX HANDLER bthandler;
        CREATE TYPE span AS RANGE (SUBTYPE = float8); CREATE TABLE t (s span);";
    assert_both_ways("", all).await;
}

#[tokio::test]
async fn types_change_under_what_names_them() {
    let of = |labels: &str| {
        format!("CREATE TYPE mood AS ENUM ({labels}); CREATE TABLE t (m mood DEFAULT 'on');
            CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'SELECT $1'; CREATE VIEW v AS SELECT f(m) AS m FROM t;
            CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER x BEFORE UPDATE OF m ON t FOR EACH ROW EXECUTE FUNCTION g();")
    };
    keep_tables(&[(&of("'on', 'off', 'idle'"), &of("'on', 'off'"))]).await;
}
