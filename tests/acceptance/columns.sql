-- Columns: added, dropped, and changed fact by fact.

--# a column is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, note text);
--> plan
ALTER TABLE t ADD COLUMN note text;

--# a column with a constant default is added
--> old
CREATE TABLE t (id int);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int, note text NOT NULL DEFAULT 'x');
--> plan
ALTER TABLE t ADD COLUMN note text NOT NULL DEFAULT 'x'::text;

--# a column that takes no NULL and has no default is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, note text NOT NULL);
--> plan
-- hazard: may-fail: rows of `t` have no value for `note`, which takes no NULL
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD COLUMN note text NOT NULL;

--# a column with a volatile default is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, key uuid NOT NULL DEFAULT gen_random_uuid());
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();

--# a column with a volatile default goes beside one that takes no NULL
--> old
CREATE TABLE t (id int, a int NOT NULL, key uuid NOT NULL DEFAULT gen_random_uuid());
--> new
CREATE TABLE t (id int);
--> plan
-- hazard: deletes-data: all values of `t.a` go
ALTER TABLE t DROP COLUMN a;

-- hazard: deletes-data: all values of `t.key` go
ALTER TABLE t DROP COLUMN key;

--# a column with a stable default is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, at timestamptz NOT NULL DEFAULT now());
--> plan
ALTER TABLE t ADD COLUMN at timestamptz NOT NULL DEFAULT now();

--# an array column is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, tags text[] NOT NULL DEFAULT '{}');
--> plan
ALTER TABLE t ADD COLUMN tags text[] NOT NULL DEFAULT '{}'::text[];

--# a column with everything is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, note varchar(20) COLLATE "C" NOT NULL DEFAULT 'x');
ALTER TABLE t ALTER note SET STORAGE EXTERNAL, ALTER note SET STATISTICS 200, ALTER note SET (n_distinct = 5);
COMMENT ON COLUMN t.note IS 'what it is';
--> plan
ALTER TABLE t ADD COLUMN note varchar(20) COLLATE "C" NOT NULL DEFAULT 'x'::character varying;

ALTER TABLE ONLY t ALTER COLUMN note SET (n_distinct = 5);

ALTER TABLE ONLY t ALTER COLUMN note SET STATISTICS 200;

ALTER TABLE t ALTER COLUMN note SET STORAGE EXTERNAL;

COMMENT ON COLUMN t.note IS 'what it is';

--# a column is dropped
--> old
CREATE TABLE t (id int, note text);
--> rows
INSERT INTO t VALUES (1, 'x'), (2, NULL);
--> new
CREATE TABLE t (id int);
--> plan
-- hazard: deletes-data: all values of `t.note` go
ALTER TABLE t DROP COLUMN note;

--# all columns are replaced
--> old
CREATE TABLE t (a int, b text);
--> new
CREATE TABLE t (c int, d text);
--> plan
ALTER TABLE t ADD COLUMN c integer;

ALTER TABLE t ADD COLUMN d text;

-- hazard: deletes-data: all values of `t.a` go
ALTER TABLE t DROP COLUMN a;

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a table loses its last column
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t ();
--> plan
-- hazard: deletes-data: all values of `t.a` go
ALTER TABLE t DROP COLUMN a;

--# columns stand in another order
--> old
CREATE TABLE t (a int, b text, c date);
--> new
CREATE TABLE t (c date, a int, b text);
--> plan

--# a column between others is added
--> old
CREATE TABLE t (a int, c date);
--> new
CREATE TABLE t (a int, b text, c date);
--> plan
ALTER TABLE t ADD COLUMN b text;

--# a column takes NULL
--> old
CREATE TABLE t (id int NOT NULL);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int);
--> plan
ALTER TABLE t ALTER COLUMN id DROP NOT NULL;

--# a column takes no NULL any more
--> old
CREATE TABLE t (id int);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int NOT NULL);
--> plan
-- hazard: may-fail: rows of `t` may hold NULL in `id`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN id SET NOT NULL;

--# a column takes no NULL and gets a default
--> old
CREATE TABLE t (id int, note text);
--> rows
INSERT INTO t VALUES (1, 'x');
--> new
CREATE TABLE t (id int, note text NOT NULL DEFAULT 'none');
--> plan
-- hazard: may-fail: rows of `t` may hold NULL in `note`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN note SET NOT NULL;

ALTER TABLE t ALTER COLUMN note SET DEFAULT 'none'::text;

--# names that need quotes
--> old
CREATE TABLE "My Table" ("select" int, "a""b" text);
--> rows
INSERT INTO "My Table" VALUES (1, 'x');
--> new
CREATE TABLE "My Table" ("select" bigint, "a""b" text NOT NULL, "C d" int DEFAULT 3);
--> plan
-- hazard: rewrites-table: table `My Table` is written anew and nobody reads it meanwhile
ALTER TABLE "My Table" ALTER COLUMN "select" TYPE bigint;

-- hazard: may-fail: rows of `My Table` may hold NULL in `a"b`
-- hazard: blocks-reads: all rows of `My Table` are looked at while nobody reads it
ALTER TABLE "My Table" ALTER COLUMN "a""b" SET NOT NULL;

ALTER TABLE "My Table" ADD COLUMN "C d" integer DEFAULT 3;

--# a column in another namespace
--> both
CREATE SCHEMA app;
--> old
CREATE TABLE app.t (id int);
--> new
CREATE TABLE app.t (id int NOT NULL, note text);
--> plan
-- hazard: may-fail: rows of `app.t` may hold NULL in `id`
-- hazard: blocks-reads: all rows of `app.t` are looked at while nobody reads it
ALTER TABLE app.t ALTER COLUMN id SET NOT NULL;

ALTER TABLE app.t ADD COLUMN note text;

--# a dropped column takes its index and constraints along
--> old
CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0), b int UNIQUE, c int);
CREATE INDEX t_a_c ON t (a, c);
--> new
CREATE TABLE t (id int PRIMARY KEY, c int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_b_key;

ALTER TABLE t DROP CONSTRAINT t_a_check;

DROP INDEX t_a_c;

-- hazard: deletes-data: all values of `t.a` go
ALTER TABLE t DROP COLUMN a;

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a dropped column is in a check with another
--> old
CREATE TABLE t (a int, b int, CONSTRAINT ordered CHECK (a < b));
--> new
CREATE TABLE t (a int);
--> plan
ALTER TABLE t DROP CONSTRAINT ordered;

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a dropped column is in an index expression
--> old
CREATE TABLE t (a text, b text);
CREATE INDEX t_expr ON t ((a || b));
--> new
CREATE TABLE t (a text);
--> plan
DROP INDEX t_expr;

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a dropped column is in the predicate of an index
--> old
CREATE TABLE t (a text, gone boolean);
CREATE INDEX t_a ON t (a) WHERE NOT gone;
--> new
CREATE TABLE t (a text);
CREATE INDEX t_a ON t (a);
--> plan
DROP INDEX t_a;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_a ON t (a);

-- hazard: deletes-data: all values of `t.gone` go
ALTER TABLE t DROP COLUMN gone;

--# a dropped column is included in an index
--> old
CREATE TABLE t (a int, b int);
CREATE INDEX t_a ON t (a) INCLUDE (b);
--> new
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a);
--> plan
DROP INDEX t_a;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_a ON t (a);

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a dropped column is part of the primary key
--> old
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
--> new
CREATE TABLE t (a int, PRIMARY KEY (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a);

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a dropped column is referenced by a foreign key
--> old
CREATE TABLE r (id int PRIMARY KEY, code int UNIQUE);
CREATE TABLE t (r_code int REFERENCES r (code), r_id int);
--> new
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int REFERENCES r (id));
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_code_fkey;

ALTER TABLE r DROP CONSTRAINT r_code_key;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id);

-- hazard: deletes-data: all values of `r.code` go
ALTER TABLE r DROP COLUMN code;

-- hazard: deletes-data: all values of `t.r_code` go
ALTER TABLE t DROP COLUMN r_code;

--# a column gets another collation
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text COLLATE "C");
--> plan
ALTER TABLE t ALTER COLUMN a TYPE text COLLATE "C";

--# a column with an index gets another collation
--> old
CREATE TABLE t (a text);
CREATE INDEX t_a ON t (a);
--> new
CREATE TABLE t (a text COLLATE "POSIX");
CREATE INDEX t_a ON t (a);
--> plan
ALTER TABLE t ALTER COLUMN a TYPE text COLLATE "POSIX";

--# a column is stored in another way
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
--> plan
ALTER TABLE t ALTER COLUMN a SET STORAGE EXTERNAL;

--# a column is compressed in another way
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text COMPRESSION pglz);
--> plan
ALTER TABLE t ALTER COLUMN a SET COMPRESSION pglz;

--# a column gets a statistics target
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET STATISTICS 1000;
--> plan
ALTER TABLE ONLY t ALTER COLUMN a SET STATISTICS 1000;

--# a statistics target changes
--> old
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET STATISTICS 100;
--> new
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET STATISTICS 1000;
--> plan
ALTER TABLE ONLY t ALTER COLUMN a SET STATISTICS 1000;

--# a column gets options of the planner
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text);
ALTER TABLE t ALTER a SET (n_distinct = -0.5, n_distinct_inherited = 100);
--> plan
ALTER TABLE ONLY t ALTER COLUMN a SET (n_distinct = '-0.5', n_distinct_inherited = 100);

--# a numeric column loses its own storage
--> old
CREATE TABLE t (a numeric, b int[], c jsonb);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE PLAIN, ALTER c SET STORAGE MAIN;
--> new
CREATE TABLE t (a numeric, b int[], c jsonb);
--> plan
ALTER TABLE t ALTER COLUMN a SET STORAGE MAIN;

ALTER TABLE t ALTER COLUMN b SET STORAGE EXTENDED;

ALTER TABLE t ALTER COLUMN c SET STORAGE EXTENDED;

--# a column of an enum type loses its storage with the type
--> both
CREATE DOMAIN word AS text;
--> old
CREATE TABLE t (a word);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
--> new
CREATE TABLE t (a word);
--> plan
ALTER TABLE t ALTER COLUMN a SET STORAGE EXTENDED;

--# a composite column loses its own storage
--> both
CREATE TYPE pair AS (x int, y int);
--> old
CREATE TABLE t (a pair);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL;
--> new
CREATE TABLE t (a pair);
--> plan
ALTER TABLE t ALTER COLUMN a SET STORAGE EXTENDED;

--# many facts of one column change at once
--> old
CREATE TABLE t (a varchar(10) DEFAULT 'x');
--> rows
INSERT INTO t VALUES ('y');
--> new
CREATE TABLE t (a text COLLATE "C" NOT NULL DEFAULT 'none');
ALTER TABLE t ALTER a SET STATISTICS 10;
COMMENT ON COLUMN t.a IS 'a word';
--> plan
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

ALTER TABLE t ALTER COLUMN a TYPE text COLLATE "C";

-- hazard: may-fail: rows of `t` may hold NULL in `a`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

ALTER TABLE t ALTER COLUMN a SET DEFAULT 'none'::text;

ALTER TABLE ONLY t ALTER COLUMN a SET STATISTICS 10;

COMMENT ON COLUMN t.a IS 'a word';

--# many columns change at once
--> old
CREATE TABLE t (a int, b text, c date, d int);
--> rows
INSERT INTO t VALUES (1, '2', '2026-01-01', 3);
--> new
CREATE TABLE t (a bigint NOT NULL, b text DEFAULT 'q', c timestamp, e int);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- hazard: may-fail: rows of `t` may hold NULL in `a`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

ALTER TABLE t ALTER COLUMN b SET DEFAULT 'q'::text;

-- hazard: may-fail: a value of `t.c` may not be one of type timestamp
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamp;

ALTER TABLE t ADD COLUMN e integer;

-- hazard: deletes-data: all values of `t.d` go
ALTER TABLE t DROP COLUMN d;

--# a column is used by a view and stays
--> both
CREATE TABLE t (a int);
--> old
CREATE VIEW v AS SELECT a FROM t;
--> new
ALTER TABLE t ADD b int;
CREATE VIEW v AS SELECT a FROM t;
--> plan
ALTER TABLE t ADD COLUMN b integer;
