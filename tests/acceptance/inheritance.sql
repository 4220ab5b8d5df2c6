-- Inheritance, typed tables and other kinds of tables.

--# a table with a child is created
--> new
CREATE TABLE base (id int NOT NULL, note text DEFAULT 'x');
CREATE TABLE child (own int) INHERITS (base);
--> plan
CREATE TABLE base (
    id integer NOT NULL,
    note text DEFAULT 'x'::text
);

CREATE TABLE child (
    own integer
) INHERITS (base);

--# a table comes to inherit
--: local columns
--> both
CREATE TABLE base (id int);
--> old
CREATE TABLE child (id int, own int);
--> rows
INSERT INTO child VALUES (1, 2);
--> new
CREATE TABLE child (id int, own int) INHERITS (base);
--> plan
ALTER TABLE child INHERIT base;

--# a table without the columns comes to inherit
--: local columns
--> both
CREATE TABLE base (id int, note text);
--> old
CREATE TABLE child (own int);
--> new
CREATE TABLE child (own int) INHERITS (base);
--> plan
ALTER TABLE child ADD COLUMN id integer;

ALTER TABLE child ADD COLUMN note text;

ALTER TABLE child INHERIT base;

--# a table inherits no more
--: local columns
--> both
CREATE TABLE base (id int);
--> old
CREATE TABLE child (own int) INHERITS (base);
--> rows
INSERT INTO child VALUES (1, 2);
--> new
CREATE TABLE child (id int, own int);
--> plan
ALTER TABLE child NO INHERIT base;

--# a table inherits from another one
--: local columns
--> both
CREATE TABLE one (id int); CREATE TABLE other (id int);
--> old
CREATE TABLE child (own int) INHERITS (one);
--> new
CREATE TABLE child (own int) INHERITS (other);
--> plan
ALTER TABLE child NO INHERIT one;

ALTER TABLE child INHERIT other;

--# a table inherits from two
--: local columns
--> both
CREATE TABLE one (id int); CREATE TABLE other (id int, name text);
--> old
CREATE TABLE child () INHERITS (one);
--> new
CREATE TABLE child () INHERITS (one, other);
--> plan
ALTER TABLE child ADD COLUMN name text;

ALTER TABLE child INHERIT other;

--# a parent gets a column
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int, note text); CREATE TABLE child () INHERITS (base);
--> plan
ALTER TABLE base ADD COLUMN note text;

--# a parent loses a column
--> old
CREATE TABLE base (id int, note text); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: deletes-data: all values of `base.note` go
ALTER TABLE base DROP COLUMN note;

--# a parent loses a column that the child declares too
--> old
CREATE TABLE base (id int, note text); CREATE TABLE child (note text) INHERITS (base);
--> rows
INSERT INTO child VALUES (1, 'x');
--> new
CREATE TABLE base (id int); CREATE TABLE child (note text) INHERITS (base);
--> plan
-- hazard: deletes-data: all values of `base.note` go
ALTER TABLE base DROP COLUMN note;

--# a column of a parent changes its type
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id bigint); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: rewrites-table: table `base` is written anew and nobody reads it meanwhile
ALTER TABLE base ALTER COLUMN id TYPE bigint;

--# a column of a parent takes no NULL
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int NOT NULL); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: may-fail: rows of `base` may hold NULL in `id`
-- hazard: blocks-reads: all rows of `base` are looked at while nobody reads it
ALTER TABLE base ALTER COLUMN id SET NOT NULL;

--# a default of a parent changes
--> old
CREATE TABLE base (id int DEFAULT 1); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int DEFAULT 2); CREATE TABLE child () INHERITS (base);
--> plan
ALTER TABLE base ALTER COLUMN id SET DEFAULT 2;

--# a child has a default of its own
--> both
CREATE TABLE base (id int DEFAULT 1);
--> old
CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE child () INHERITS (base); ALTER TABLE child ALTER id SET DEFAULT 5;
--> plan
ALTER TABLE child ALTER COLUMN id SET DEFAULT 5;

--# a check of a parent
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int CONSTRAINT c CHECK (id > 0)); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: may-fail: rows of `base` may not meet the condition
-- hazard: blocks-reads: all rows of `base` are looked at while nobody reads it
ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0);

--# a check of the parent alone
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> new
CREATE TABLE base (id int CONSTRAINT c CHECK (id > 0) NO INHERIT); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: may-fail: rows of `base` may not meet the condition
-- hazard: blocks-reads: all rows of `base` are looked at while nobody reads it
ALTER TABLE base ADD CONSTRAINT c CHECK (id > 0) NO INHERIT;

--# a child declares a column that the parent gets too
--> old
CREATE TABLE base (id int); CREATE TABLE child (note text) INHERITS (base);
--> rows
INSERT INTO child VALUES (1, 'x');
--> new
CREATE TABLE base (id int, note text); CREATE TABLE child (note text) INHERITS (base);
--> plan
ALTER TABLE base ADD COLUMN note text;

--# a parent goes and the child stays
--: local columns
--> old
CREATE TABLE base (id int); CREATE TABLE child (own int) INHERITS (base);
--> rows
INSERT INTO child VALUES (1, 2);
--> new
CREATE TABLE child (id int, own int);
--> plan
ALTER TABLE child NO INHERIT base;

-- hazard: deletes-data: all rows of table `base` go
DROP TABLE base;

--# a child goes
--> old
CREATE TABLE base (id int); CREATE TABLE child (own int) INHERITS (base);
--> new
CREATE TABLE base (id int);
--> plan
-- hazard: deletes-data: all rows of table `child` go
DROP TABLE child;

--# grandchildren
--> old
CREATE TABLE base (id int); CREATE TABLE child (b int) INHERITS (base); CREATE TABLE grandchild (c int) INHERITS (child);
--> new
CREATE TABLE base (id bigint, n text); CREATE TABLE child (b text) INHERITS (base); CREATE TABLE grandchild (c int) INHERITS (child);
--> plan
-- hazard: rewrites-table: table `base` is written anew and nobody reads it meanwhile
ALTER TABLE base ALTER COLUMN id TYPE bigint;

ALTER TABLE base ADD COLUMN n text;

-- hazard: rewrites-table: table `child` is written anew and nobody reads it meanwhile
ALTER TABLE child ALTER COLUMN b TYPE text;

--# a column of a parent is renamed
--: rename base.id=key
--: rename back base.key=id
--> old
CREATE TABLE base (id int); CREATE TABLE child () INHERITS (base);
--> rows
INSERT INTO child VALUES (1);
--> new
CREATE TABLE base (key int); CREATE TABLE child () INHERITS (base);
--> plan
-- hazard: breaks-clients: column base.id has another name
ALTER TABLE base RENAME COLUMN id TO key;

--# a table becomes unlogged
--> old
CREATE TABLE t (a int PRIMARY KEY);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE UNLOGGED TABLE t (a int PRIMARY KEY);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t SET UNLOGGED;

--# tables that reference each other become unlogged
--> old
CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r_id int REFERENCES r);
--> new
CREATE UNLOGGED TABLE r (id int PRIMARY KEY); CREATE UNLOGGED TABLE t (r_id int REFERENCES r);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t SET UNLOGGED;

-- hazard: rewrites-table: table `r` is written anew and nobody reads it meanwhile
ALTER TABLE r SET UNLOGGED;

--# a serial column of an unlogged table
--> old
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
--> new
CREATE UNLOGGED TABLE t (id int GENERATED ALWAYS AS IDENTITY);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t SET UNLOGGED;

--# storage parameters are set
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
--> plan
ALTER TABLE t SET (autovacuum_enabled = off, fillfactor = 70, toast.autovacuum_enabled = off);

--# storage parameters change and go
--> old
CREATE TABLE t (a text) WITH (fillfactor = 70, parallel_workers = 2);
--> new
CREATE TABLE t (a text) WITH (fillfactor = 80);
--> plan
ALTER TABLE t RESET (parallel_workers);

ALTER TABLE t SET (fillfactor = 80);

--# a table is created with everything
--> new
CREATE UNLOGGED TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, a text COLLATE "C" DEFAULT 'x' NOT NULL, b tsrange,
    CONSTRAINT k PRIMARY KEY (id), CONSTRAINT u UNIQUE (a) DEFERRABLE, CONSTRAINT c CHECK (a <> ''), CONSTRAINT e EXCLUDE USING gist (b WITH &&))
    WITH (fillfactor = 70);
CREATE INDEX i ON t (lower(a)); COMMENT ON TABLE t IS 'all of it'; COMMENT ON COLUMN t.a IS 'a word'; COMMENT ON CONSTRAINT c ON t IS 'given';
ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (id > 0);
--> plan
CREATE UNLOGGED TABLE t (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    a text COLLATE "C" NOT NULL DEFAULT 'x'::text,
    b tsrange,
    CONSTRAINT k PRIMARY KEY (id),
    CONSTRAINT u UNIQUE (a) DEFERRABLE,
    CONSTRAINT c CHECK (a <> ''::text),
    CONSTRAINT e EXCLUDE USING gist (b WITH &&)
) WITH (fillfactor = 70);

CREATE INDEX i ON t ((lower(a)));

ALTER TABLE t ENABLE ROW LEVEL SECURITY;

CREATE POLICY p ON t USING (id > 0);

COMMENT ON CONSTRAINT c ON t IS 'given';

COMMENT ON TABLE t IS 'all of it';

COMMENT ON COLUMN t.a IS 'a word';

--# a table is dropped
--> old
CREATE TABLE t (a int); CREATE TABLE s (a int);
--> new
CREATE TABLE s (a int);
--> plan
-- hazard: deletes-data: all rows of table `t` go
DROP TABLE t;

--# a table of another namespace is dropped with it
--> old
CREATE SCHEMA app; CREATE TABLE app.t (a int);
--> new
--> plan
-- hazard: deletes-data: all rows of table `app.t` go
DROP TABLE app.t;

DROP SCHEMA app;
