//! What stands beside tables, columns, constraints and indexes: one row of SQL for each kind.

use super::{assert_survives, made};

/// What the SQL of each row makes survives.
async fn survive(rows: &[&str]) {
    for sql in rows {
        let (database, mut client) = made(sql).await;
        assert_survives(&database, &mut client, sql).await;
    }
}

#[tokio::test]
async fn sequences_with_their_owners_and_collations() {
    survive(&[
        "CREATE TABLE t (id serial PRIMARY KEY, big bigserial, small smallserial);",
        r#"CREATE SCHEMA app;
        CREATE SEQUENCE app."Numbers" AS integer START 7 INCREMENT 3 MINVALUE -5 MAXVALUE 900 CACHE 4 CYCLE;
        CREATE SEQUENCE down INCREMENT -1; CREATE UNLOGGED SEQUENCE quick;
        COMMENT ON SEQUENCE down IS 'it''s down';
        CREATE TABLE app.t (n int DEFAULT nextval('app."Numbers"'), m int DEFAULT nextval('down') * 2);
        ALTER SEQUENCE app."Numbers" OWNED BY app.t.n;
        CREATE TABLE i (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME named START 5 INCREMENT 5));
        CREATE VIEW v AS SELECT last_value FROM down;"#,
        r#"CREATE COLLATION natural_de (PROVIDER = icu, LOCALE = 'de-u-kn-true', DETERMINISTIC = false);
        CREATE COLLATION "Posix" (LOCALE = 'POSIX'); COMMENT ON COLLATION "Posix" IS 'bytes';
        CREATE TABLE t (a text COLLATE natural_de, b text COLLATE "Posix");"#,
    ])
    .await;
}

#[tokio::test]
async fn routines_of_every_sort() {
    survive(&[
        "CREATE TYPE mood AS ENUM ('on', 'off'); CREATE TABLE t (id int, m mood);
        CREATE FUNCTION a(int DEFAULT 1, VARIADIC list text[] DEFAULT '{}') RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            COST 5 SET search_path = public AS 'SELECT 1';
        CREATE FUNCTION a(text) RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
        CREATE FUNCTION z_first(t, mood[], OUT x int, OUT y mood) LANGUAGE plpgsql AS $$ BEGIN x := 1; y := $1.m; END $$;
        CREATE PROCEDURE p(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
        COMMENT ON FUNCTION a(text) IS 'all'; COMMENT ON PROCEDURE p(int) IS 'one more';
        CREATE FUNCTION atomic(int) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t WHERE id > a($1); END;",
        "CREATE FUNCTION b() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT c(); END;"
            .replace("BEGIN ATOMIC SELECT c(); END", "AS 'SELECT 1'")
            .as_str(),
        "CREATE FUNCTION add(numeric, numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
        CREATE AGGREGATE total(numeric) (SFUNC = add, STYPE = numeric, INITCOND = '0', PARALLEL = SAFE, COMBINEFUNC = add);
        CREATE AGGREGATE nothing(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
        CREATE FUNCTION collect(int[], int) RETURNS int[] LANGUAGE sql AS 'SELECT $1 || $2';
        CREATE FUNCTION pick(int[], float) RETURNS int LANGUAGE sql AS 'SELECT $1[1]';
        CREATE AGGREGATE picked(float ORDER BY n int) (SFUNC = collect, STYPE = int[], FINALFUNC = pick);
        COMMENT ON AGGREGATE total(numeric) IS 'a sum'; COMMENT ON AGGREGATE nothing(*) IS 'counts';
        CREATE TABLE t (n numeric); CREATE VIEW v AS SELECT total(n) FROM t;",
    ])
    .await;
}

#[tokio::test]
async fn what_calls_a_routine_comes_after_it() {
    survive(&[
        "CREATE SCHEMA app;
        CREATE FUNCTION app.slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
        CREATE FUNCTION fine(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
        CREATE FUNCTION fresh() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE DOMAIN good AS int CHECK (fine(VALUE));
        CREATE TABLE a_first (id good DEFAULT fresh(), name text, slug text GENERATED ALWAYS AS (app.slug(name)) STORED,
            CHECK (fine(id)), EXCLUDE (app.slug(name) WITH =));
        CREATE INDEX by_slug ON a_first (app.slug(name)) WHERE fine(id);
        ALTER TABLE a_first ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON a_first USING (fine(id));
        CREATE VIEW v AS SELECT app.slug(name) AS s FROM a_first;
        CREATE MATERIALIZED VIEW m AS SELECT s FROM v; CREATE INDEX ON m (app.slug(s));
        CREATE FUNCTION of_view(v) RETURNS text LANGUAGE sql AS 'SELECT $1.s';
        CREATE VIEW w AS SELECT of_view(v) AS x FROM v;",
        "CREATE TABLE b (id int); CREATE FUNCTION of_row(b) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TABLE a (id int DEFAULT of_row(NULL::b));",
        "CREATE FUNCTION counted() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN 0; END $$;
        CREATE TABLE a (id bigint DEFAULT counted());
        CREATE OR REPLACE FUNCTION counted() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a';",
    ])
    .await;
}

#[tokio::test]
async fn triggers_rules_and_event_triggers() {
    survive(&[
        r#"CREATE TABLE t (id int, note text); CREATE VIEW v AS SELECT id FROM t;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER z BEFORE INSERT OR UPDATE OF note ON t FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION touch('a', '1');
        CREATE TRIGGER "Off" AFTER DELETE ON t REFERENCING OLD TABLE AS gone EXECUTE FUNCTION touch();
        CREATE TRIGGER replica AFTER DELETE ON t EXECUTE FUNCTION touch();
        CREATE TRIGGER always AFTER TRUNCATE ON t EXECUTE FUNCTION touch();
        ALTER TABLE t DISABLE TRIGGER "Off", ENABLE REPLICA TRIGGER replica, ENABLE ALWAYS TRIGGER always;
        CREATE CONSTRAINT TRIGGER later AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch();
        CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch();
        COMMENT ON TRIGGER z ON t IS 'touches';
        CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id);
        CREATE RULE "R 2" AS ON DELETE TO t DO ALSO NOTIFY gone; ALTER TABLE t DISABLE RULE "R 2";
        COMMENT ON RULE r ON v IS 'writes';
        CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parts DEFAULT;
        CREATE TRIGGER each AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION touch();
        CREATE TRIGGER own AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION touch();"#,
        "CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
        CREATE EVENT TRIGGER on_drop ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION noted();
        CREATE EVENT TRIGGER off ON ddl_command_end EXECUTE FUNCTION noted(); ALTER EVENT TRIGGER off DISABLE;
        COMMENT ON EVENT TRIGGER off IS 'sleeps'; CREATE TABLE t ();",
    ])
    .await;
}

#[tokio::test]
async fn statistics_and_publications() {
    survive(&[
        r#"CREATE TABLE t (id int, "Name" text, n int);
        CREATE STATISTICS st (ndistinct, mcv) ON id, "Name" FROM t; ALTER STATISTICS st SET STATISTICS 200;
        CREATE STATISTICS ex ON lower("Name"), (n + 1) FROM t; COMMENT ON STATISTICS ex IS 'what';"#,
        r#"CREATE SCHEMA app; CREATE TABLE t (id int PRIMARY KEY, n int); CREATE TABLE app."U" (id int);
        CREATE TABLE old () INHERITS (t);
        CREATE PUBLICATION everything FOR ALL TABLES;
        CREATE PUBLICATION part FOR TABLE t (id, n) WHERE (n > 0), TABLE app."U" WITH (publish = 'insert, delete', publish_via_partition_root = true);
        CREATE PUBLICATION "None"; COMMENT ON PUBLICATION part IS 'a part';
        CREATE PUBLICATION spaces FOR TABLES IN SCHEMA app, TABLE ONLY t;"#,
    ])
    .await;
}

#[tokio::test]
async fn types_operators_and_casts() {
    survive(&[
        "CREATE FUNCTION far(float, float) RETURNS float LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
        CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = far, MULTIRANGE_TYPE_NAME = spans);
        CREATE TYPE words AS RANGE (SUBTYPE = text, COLLATION = \"C\", SUBTYPE_OPCLASS = text_pattern_ops);
        COMMENT ON TYPE span IS 'from to';
        CREATE TYPE pair AS (one span, other words[]); CREATE TABLE a (s span, many spans, p pair);
        CREATE VIEW v AS SELECT s FROM a WHERE s && 'empty'::span;",
        "CREATE SCHEMA app; CREATE TYPE app.money AS (cents int);
        CREATE FUNCTION app.less(app.money, app.money) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).cents < ($2).cents';
        CREATE FUNCTION app.more(app.money, app.money) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).cents > ($2).cents';
        CREATE FUNCTION app.compare(app.money, app.money) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).cents - ($2).cents';
        CREATE FUNCTION cents(app.money) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).cents';
        CREATE OPERATOR app.<<< (FUNCTION = app.less, LEFTARG = app.money, RIGHTARG = app.money, COMMUTATOR = OPERATOR(app.>>>), RESTRICT = scalarltsel);
        CREATE OPERATOR app.>>> (FUNCTION = app.more, LEFTARG = app.money, RIGHTARG = app.money, COMMUTATOR = OPERATOR(app.<<<));
        CREATE OPERATOR !! (FUNCTION = cents, RIGHTARG = app.money);
        COMMENT ON OPERATOR !!(NONE, app.money) IS 'cents';
        CREATE OPERATOR FAMILY app.money_ops USING btree;
        CREATE OPERATOR CLASS app.money_ops FOR TYPE app.money USING btree FAMILY app.money_ops
            AS OPERATOR 1 app.<<<, OPERATOR 5 app.>>>, FUNCTION 1 app.compare(app.money, app.money);
        COMMENT ON OPERATOR CLASS app.money_ops USING btree IS 'ordered';
        CREATE CAST (app.money AS int) WITH FUNCTION cents(app.money) AS ASSIGNMENT;
        CREATE CAST (bigint AS app.money) WITH INOUT; COMMENT ON CAST (app.money AS int) IS 'loses nothing';
        CREATE TABLE a (m app.money, CHECK (m OPERATOR(app.<<<) ROW(5)::app.money));
        CREATE INDEX ON a (m app.money_ops); CREATE VIEW v AS SELECT !! m AS c FROM a;",
    ])
    .await;
}

#[tokio::test]
async fn what_is_used_elsewhere() {
    survive(&[
        "CREATE TEXT SEARCH DICTIONARY stop (TEMPLATE = simple, stopwords = english, accept = false);
        CREATE TEXT SEARCH CONFIGURATION own (PARSER = \"default\");
        ALTER TEXT SEARCH CONFIGURATION own ADD MAPPING FOR asciiword, word WITH stop, simple;
        COMMENT ON TEXT SEARCH CONFIGURATION own IS 'words';
        CREATE TEXT SEARCH TEMPLATE template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
        CREATE TEXT SEARCH PARSER parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
        CREATE TABLE t (body text); CREATE INDEX ON t USING gin (to_tsvector('own', body));",
        "CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'true');
        CREATE SERVER \"S\" TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'a''b');
        CREATE USER MAPPING FOR CURRENT_USER SERVER \"S\" OPTIONS (name 'me'); CREATE USER MAPPING FOR PUBLIC SERVER \"S\";
        CREATE FOREIGN TABLE f (id int OPTIONS (key 'yes') NOT NULL, note text COLLATE \"C\" DEFAULT 'x', CONSTRAINT c CHECK (id > 0))
            SERVER \"S\" OPTIONS (path '/x');
        COMMENT ON FOREIGN TABLE f IS 'far'; COMMENT ON COLUMN f.id IS 'key'; COMMENT ON SERVER \"S\" IS 'there';
        CREATE VIEW v AS SELECT id FROM f;",
        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; COMMENT ON CONVERSION c IS 'old';
        CREATE ACCESS METHOD own TYPE INDEX HANDLER bthandler;
        CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
        CREATE LANGUAGE pl HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;",
    ])
    .await;
}

#[tokio::test]
async fn extensions_keep_what_is_theirs() {
    survive(&[
        "CREATE SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext; CREATE EXTENSION citext; CREATE EXTENSION pg_trgm;
        CREATE TABLE t (tags ext.hstore, name citext); CREATE INDEX ON t USING gin (name gin_trgm_ops);
        COMMENT ON EXTENSION citext IS 'our own words';",
    ])
    .await;
}
