-- Row security, comments and renames.

--# row security is enabled
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--> plan
ALTER TABLE t ENABLE ROW LEVEL SECURITY;

--# row security is forced
--> old
CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--> new
CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> plan
ALTER TABLE t FORCE ROW LEVEL SECURITY;

--# a policy is added
--> both
CREATE TABLE t (a int, owner text);
--> new
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t FOR SELECT TO alice, bob USING (owner = CURRENT_USER);
--> plan
ALTER TABLE t ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON t FOR SELECT TO alice, bob USING (owner = CURRENT_USER);

--# a policy is dropped
--> both
CREATE TABLE t (a int, owner text);
--> old
CREATE POLICY own ON t USING (a > 0);
--> plan
DROP POLICY own ON t;

--# a policy has another condition
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t USING (a > 0);
--> new
CREATE POLICY p ON t USING (a > 1) WITH CHECK (a > 2);
--> plan
DROP POLICY p ON t;

CREATE POLICY p ON t USING (a > 1) WITH CHECK (a > 2);

--# a policy is for other roles
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t TO alice USING (a > 0);
--> new
CREATE POLICY p ON t TO bob, CURRENT_USER USING (a > 0);
--> plan
DROP POLICY p ON t;

CREATE POLICY p ON t TO bob, postgres USING (a > 0);

--# a policy is for another command
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t FOR SELECT USING (a > 0);
--> new
CREATE POLICY p ON t FOR INSERT WITH CHECK (a > 0);
--> plan
DROP POLICY p ON t;

CREATE POLICY p ON t FOR INSERT WITH CHECK (a > 0);

--# a policy becomes restrictive
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t USING (a > 0);
--> new
CREATE POLICY p ON t AS RESTRICTIVE USING (a > 0);
--> plan
DROP POLICY p ON t;

CREATE POLICY p ON t AS RESTRICTIVE USING (a > 0);

--# a policy loses its check
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t USING (a > 0) WITH CHECK (a > 1);
--> new
CREATE POLICY p ON t USING (a > 0);
--> plan
DROP POLICY p ON t;

CREATE POLICY p ON t USING (a > 0);

--# a policy has a comment
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY p ON t USING (a > 0);
--> new
CREATE POLICY p ON t USING (a > 0); COMMENT ON POLICY p ON t IS 'what for';
--> plan
COMMENT ON POLICY p ON t IS 'what for';

--# a policy asks another table
--> both
CREATE TABLE t (a int);
--> new
CREATE TABLE members (a int, name text);
CREATE POLICY p ON t USING (EXISTS (SELECT FROM members m WHERE m.a = t.a AND m.name = CURRENT_USER));
--> plan
CREATE TABLE members (
    a integer,
    name text
);

CREATE POLICY p ON t USING (EXISTS ( SELECT
   FROM members m
  WHERE ((m.a = t.a) AND (m.name = CURRENT_USER))));

--# a policy uses a column that comes and one that goes
--> old
CREATE TABLE t (a int, b int); CREATE POLICY p ON t USING (b > 0);
--> new
CREATE TABLE t (a int, c int); CREATE POLICY p ON t USING (c > 0);
--> plan
DROP POLICY p ON t;

ALTER TABLE t ADD COLUMN c integer;

CREATE POLICY p ON t USING (c > 0);

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# policies swap their names
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY one ON t USING (a > 0); CREATE POLICY other ON t USING (a > 1);
--> new
CREATE POLICY one ON t USING (a > 1); CREATE POLICY other ON t USING (a > 0);
--> plan
DROP POLICY one ON t;

DROP POLICY other ON t;

CREATE POLICY one ON t USING (a > 1);

CREATE POLICY other ON t USING (a > 0);

--# a policy has another name
--> both
CREATE TABLE t (a int);
--> old
CREATE POLICY one ON t USING (a > 0);
--> new
CREATE POLICY other ON t USING (a > 0);
--> plan
DROP POLICY one ON t;

CREATE POLICY other ON t USING (a > 0);

--# comments on a table and its columns are added
--> both
CREATE TABLE t (a int, b int);
--> new
COMMENT ON TABLE t IS 'it''s a table'; COMMENT ON COLUMN t.a IS 'line
and line'; COMMENT ON COLUMN t.b IS '';
--> plan
COMMENT ON COLUMN t.a IS 'line
and line';

COMMENT ON TABLE t IS 'it''s a table';

--# comments change
--> both
CREATE TABLE t (a int PRIMARY KEY); CREATE INDEX i ON t (a);
--> old
COMMENT ON TABLE t IS 'one'; COMMENT ON COLUMN t.a IS 'one'; COMMENT ON CONSTRAINT t_pkey ON t IS 'one'; COMMENT ON INDEX i IS 'one';
--> new
COMMENT ON TABLE t IS 'other'; COMMENT ON COLUMN t.a IS 'other'; COMMENT ON CONSTRAINT t_pkey ON t IS 'other'; COMMENT ON INDEX i IS 'other';
--> plan
COMMENT ON COLUMN t.a IS 'other';

COMMENT ON CONSTRAINT t_pkey ON t IS 'other';

COMMENT ON INDEX i IS 'other';

COMMENT ON TABLE t IS 'other';

--# a comment on a namespace
--> old
CREATE SCHEMA app;
--> new
CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'ours';
--> plan
COMMENT ON SCHEMA app IS 'ours';

--# a comment with a backslash and quotes
--> both
CREATE TABLE t (a int);
--> new
COMMENT ON TABLE t IS E'back\\slash, ''quote'', "double", $dollar$';
--> plan
COMMENT ON TABLE t IS 'back\slash, ''quote'', "double", $dollar$';

--# a table is renamed
--: rename t=s
--: rename back s=t
--> old
CREATE TABLE t (a int PRIMARY KEY, b int);
--> rows
INSERT INTO t VALUES (1, 2);
--> new
CREATE TABLE s (a int CONSTRAINT t_pkey PRIMARY KEY, b int);
--> plan
-- hazard: breaks-clients: table t has another name
ALTER TABLE t RENAME TO s;

--# a table is renamed with its key
--: rename t=s
--: rename back s=t
--> old
CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE);
--> rows
INSERT INTO t VALUES (1, 2);
--> new
CREATE TABLE s (a int PRIMARY KEY, b int UNIQUE);
--> plan
-- hazard: breaks-clients: table t has another name
ALTER TABLE t RENAME TO s;

ALTER TABLE s RENAME CONSTRAINT t_pkey TO s_pkey;

ALTER TABLE s RENAME CONSTRAINT t_b_key TO s_b_key;

--# a table moves into another namespace
--: rename t=app.t
--: rename back app.t=public.t
--> old
CREATE TABLE t (a int PRIMARY KEY);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE SCHEMA app; CREATE TABLE app.t (a int PRIMARY KEY);
--> plan
CREATE SCHEMA app;

-- hazard: breaks-clients: table t has another name
ALTER TABLE t SET SCHEMA app;

--# a referenced table and column are renamed
--: rename r=s
--: rename r.id=key
--: rename back s=r
--: rename back s.key=id
--> old
CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r_id int REFERENCES r);
--> rows
INSERT INTO r VALUES (1); INSERT INTO t VALUES (1);
--> new
CREATE TABLE s (key int CONSTRAINT r_pkey PRIMARY KEY); CREATE TABLE t (r_id int REFERENCES s);
--> plan
-- hazard: breaks-clients: column r.id has another name
ALTER TABLE r RENAME COLUMN id TO key;

-- hazard: breaks-clients: table r has another name
ALTER TABLE r RENAME TO s;

--# a renamed column changes its type and default
--: rename t.a=b
--: rename back t.b=a
--> old
CREATE TABLE t (a int DEFAULT 1);
--> rows
INSERT INTO t VALUES (5);
--> new
CREATE TABLE t (b text DEFAULT 'x' NOT NULL);
--> plan
-- hazard: breaks-clients: column t.a has another name
ALTER TABLE t RENAME COLUMN a TO b;

ALTER TABLE t ALTER COLUMN b DROP DEFAULT;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN b TYPE text;

-- hazard: may-fail: rows of `t` may hold NULL in `b`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN b SET NOT NULL;

ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x'::text;

--# a renamed column is in a check, an index, a generated column and a policy
--: rename t.a=b
--: rename back t.b=a
--> old
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0), g int GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX i ON t (a, (a + 1)) WHERE a > 0; CREATE POLICY p ON t USING (a > 0);
--> rows
INSERT INTO t VALUES (5);
--> new
CREATE TABLE t (b int CONSTRAINT c CHECK (b > 0), g int GENERATED ALWAYS AS (b * 2) STORED);
CREATE INDEX i ON t (b, (b + 1)) WHERE b > 0; CREATE POLICY p ON t USING (b > 0);
--> plan
-- hazard: breaks-clients: column t.a has another name
ALTER TABLE t RENAME COLUMN a TO b;

--# a renamed column is read by a view
--: rename t.a=b
--: rename back t.b=a
--> old
CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (b int); CREATE VIEW v AS SELECT b AS a FROM t;
--> plan
-- hazard: breaks-clients: column t.a has another name
ALTER TABLE t RENAME COLUMN a TO b;

-- hazard: loses-privileges: privileges on view `v` go, for it is made again
DROP VIEW v;

CREATE VIEW v (a) AS
SELECT t.b AS a
   FROM t;

--# a renamed column is a partition key
--: rename t.a=b
--: rename back t.b=a
--> old
CREATE TABLE t (a int, c int) PARTITION BY RANGE (a); CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (b int, c int) PARTITION BY RANGE (b); CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: breaks-clients: column t.a has another name
ALTER TABLE t RENAME COLUMN a TO b;

--# a renamed table has a serial column
--: rename t=s
--: rename back s=t
--> old
CREATE TABLE t (id serial PRIMARY KEY);
--> rows
INSERT INTO t DEFAULT VALUES;
--> new
CREATE TABLE s (id serial PRIMARY KEY);
--> plan
-- hazard: breaks-clients: table t has another name
ALTER TABLE t RENAME TO s;

ALTER TABLE s RENAME CONSTRAINT t_pkey TO s_pkey;

-- hazard: breaks-clients: sequence t_id_seq has another name
ALTER SEQUENCE t_id_seq RENAME TO s_id_seq;

ALTER TABLE s ALTER COLUMN id SET DEFAULT nextval('s_id_seq'::regclass);

--# a renamed partition
--: rename t_1=s_1
--: rename back s_1=t_1
--> both
CREATE TABLE t (a int) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE s_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: breaks-clients: table t_1 has another name
ALTER TABLE t_1 RENAME TO s_1;

--# a policy calls a function that is new
--> both
CREATE TABLE t (a int);
--> new
CREATE FUNCTION me() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE POLICY p ON t USING (a = me());
--> plan
CREATE OR REPLACE FUNCTION public.me()
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$SELECT 1$function$;

CREATE POLICY p ON t USING (a = me());
