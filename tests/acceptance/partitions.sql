-- Partitioned tables and their partitions.

--# a partitioned table is created
--> new
CREATE TABLE t (a int, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--> plan
CREATE TABLE t (
    a integer NOT NULL,
    b text,
    CONSTRAINT t_pkey PRIMARY KEY (a)
) PARTITION BY RANGE (a);

CREATE TABLE t_1 PARTITION OF t
    FOR VALUES FROM (0) TO (10);

CREATE TABLE t_2 PARTITION OF t
    FOR VALUES FROM (10) TO (20);

CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

--# a table partitioned by list and hash is created
--> new
CREATE TABLE t (a text, b int) PARTITION BY LIST (a);
CREATE TABLE t_x PARTITION OF t FOR VALUES IN ('x', NULL) PARTITION BY HASH (b);
CREATE TABLE t_x_0 PARTITION OF t_x FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_x_1 PARTITION OF t_x FOR VALUES WITH (MODULUS 2, REMAINDER 1);
--> plan
CREATE TABLE t (
    a text,
    b integer
) PARTITION BY LIST (a);

CREATE TABLE t_x PARTITION OF t
    FOR VALUES IN ('x', NULL) PARTITION BY HASH (b);

CREATE TABLE t_x_0 PARTITION OF t_x
    FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE t_x_1 PARTITION OF t_x
    FOR VALUES WITH (MODULUS 2, REMAINDER 1);

--# a partition is added
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--> plan
CREATE TABLE t_2 PARTITION OF t
    FOR VALUES FROM (10) TO (20);

--# a default partition is added
--> both
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
--> new
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--> plan
CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

--# a partition is detached and stays a table
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1, 'x');
--> new
CREATE TABLE t_1 (a int, b text);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

--# a partition with a key is detached
--> both
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1, 'x');
--> new
CREATE TABLE t_1 (a int PRIMARY KEY, b text);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

--# a table with other columns first is attached
--> both
CREATE TABLE t (a int NOT NULL, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 (b text, a int NOT NULL);
--> rows
INSERT INTO t_1 VALUES ('x', 1);
--> new
CREATE TABLE t_1 (b text, a int NOT NULL);
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);

--# a table with a key, an index and a check is attached
--> old
CREATE TABLE t (a int PRIMARY KEY, b text, CONSTRAINT c CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE INDEX t_b ON t (b);
CREATE TABLE t_1 (a int PRIMARY KEY, b text, CONSTRAINT c CHECK (b <> ''));
CREATE INDEX t_1_b ON t_1 (b);
--> new
CREATE TABLE t (a int PRIMARY KEY, b text, CONSTRAINT c CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE INDEX t_b ON t (b);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
ALTER INDEX t_1_b RENAME TO t_1_b_idx;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);

--# a partition has other bounds
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1, 'x');
--> new
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (20);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (20);

--# two partitions have other bounds
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--> new
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (5);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (5) TO (20);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

ALTER TABLE t DETACH PARTITION t_2;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (5);

-- hazard: may-fail: rows of partition `t_2` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_2` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_2 FOR VALUES FROM (5) TO (20);

--# a partition is divided further than before
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
CREATE TABLE t_1_a PARTITION OF t_1 FOR VALUES IN (1);
--> new
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
CREATE TABLE t_1_a PARTITION OF t_1 FOR VALUES IN (1);
CREATE TABLE t_1_b PARTITION OF t_1 FOR VALUES IN (2);
--> plan
CREATE TABLE t_1_b PARTITION OF t_1
    FOR VALUES IN (2);

--# a partition becomes that of another table
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a); CREATE TABLE s (a int, b int) PARTITION BY RANGE (a);
--> old
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO p VALUES (1, 2);
--> new
CREATE TABLE p PARTITION OF s FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t DETACH PARTITION p;

-- hazard: may-fail: rows of partition `p` may not be in its bounds
-- hazard: blocks-reads: all rows of `p` are looked at while nobody reads it
ALTER TABLE s ATTACH PARTITION p FOR VALUES FROM (0) TO (10);

--# a partition moves below another partition
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
--> old
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO p VALUES (1, 2);
--> new
CREATE TABLE half PARTITION OF t FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF half FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t DETACH PARTITION p;

CREATE TABLE half PARTITION OF t
    FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (a);

-- hazard: may-fail: rows of partition `p` may not be in its bounds
-- hazard: blocks-reads: all rows of `p` are looked at while nobody reads it
ALTER TABLE half ATTACH PARTITION p FOR VALUES FROM (0) TO (10);

--# a partitioned table is dropped and its partition stays
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO p VALUES (1, 2);
--> new
CREATE TABLE p (a int, b int);
--> plan
ALTER TABLE t DETACH PARTITION p;

-- hazard: deletes-data: all rows of table `t` go
DROP TABLE t;

--# a partitioned table gets a column
--> old
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b text DEFAULT 'x' NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'x'::text;

--# a partitioned table gets a column and a partition
--> old
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--> plan
CREATE TABLE t_2 PARTITION OF t
    FOR VALUES FROM (10) TO (20);

ALTER TABLE t ADD COLUMN b text;

--# a column of a partitioned table changes its type
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN b TYPE text;

--# a partitioned table gets a primary key
--> old
CREATE TABLE t (a int NOT NULL, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int PRIMARY KEY, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a);

--# a partitioned table loses its primary key
--> old
CREATE TABLE t (a int PRIMARY KEY, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int NOT NULL, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

--# a partitioned table gets a check
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b int CONSTRAINT c CHECK (b > 0)) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0);

--# a column of a partitioned table takes no NULL
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: may-fail: rows of `t` may hold NULL in `b`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN b SET NOT NULL;

--# a default of a partitioned table changes
--> old
CREATE TABLE t (a int, b int DEFAULT 1) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b int DEFAULT 2) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t ALTER COLUMN b SET DEFAULT 2;

--# a partition has its own index
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE INDEX own ON t_1 (b); COMMENT ON INDEX own IS 'its own';
--> plan
-- hazard: blocks-writes: all rows of `t_1` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t_1` are sorted
CREATE INDEX own ON t_1 (b);

COMMENT ON INDEX own IS 'its own';

--# a partition has its own constraints
--> both
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 ADD CONSTRAINT c CHECK (b > 0), ADD CONSTRAINT u UNIQUE (b), ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r;
--> plan
-- hazard: may-fail: rows of `t_1` may have equal values
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t_1` are sorted
ALTER TABLE t_1 ADD CONSTRAINT u UNIQUE (b);

-- hazard: may-fail: rows of `t_1` may not meet the condition
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t_1 ADD CONSTRAINT c CHECK (b > 0);

-- hazard: may-fail: rows of `t_1` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t_1` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t_1` are looked at
ALTER TABLE t_1 ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r (id);

--# a partition has its own primary key
--> both
CREATE TABLE t (a int NOT NULL, b int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 ADD CONSTRAINT key PRIMARY KEY (b);
--> plan
-- hazard: may-fail: rows of `t_1` may have equal values
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t_1` are sorted
ALTER TABLE t_1 ADD CONSTRAINT key PRIMARY KEY (b);

--# a partition has its own default and takes no NULL
--> both
CREATE TABLE t (a int, b int DEFAULT 1, c int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 ALTER b SET DEFAULT 2, ALTER c SET NOT NULL;
--> plan
ALTER TABLE t_1 ALTER COLUMN b SET DEFAULT 2;

-- hazard: may-fail: rows of `t_1` may hold NULL in `c`
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t_1 ALTER COLUMN c SET NOT NULL;

--# a partition is stored in its own way
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 SET (fillfactor = 70); ALTER TABLE t_1 ALTER b SET STORAGE EXTERNAL;
ALTER TABLE t_1 ALTER b SET STATISTICS 100; COMMENT ON COLUMN t_1.b IS 'of the partition'; COMMENT ON TABLE t_1 IS 'low';
--> plan
ALTER TABLE t_1 SET (fillfactor = 70);

ALTER TABLE ONLY t_1 ALTER COLUMN b SET STATISTICS 100;

ALTER TABLE t_1 ALTER COLUMN b SET STORAGE EXTERNAL;

COMMENT ON COLUMN t_1.b IS 'of the partition';

COMMENT ON TABLE t_1 IS 'low';

--# a partition is unlogged
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE UNLOGGED TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
ALTER TABLE t_1 SET UNLOGGED;

--# a partition has row security of its own
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON t_1 USING (b = CURRENT_USER);
--> plan
ALTER TABLE t_1 ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON t_1 USING (b = CURRENT_USER);

--# a partition has a replica identity of its own
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 REPLICA IDENTITY FULL;
--> plan
ALTER TABLE ONLY t_1 REPLICA IDENTITY FULL;

--# the columns of a partition are in another order
--> old
CREATE TABLE t (a int, b text, c date) PARTITION BY RANGE (a);
CREATE TABLE t_1 (c date, b text, a int); ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b text, c date) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan

--# the index of a partition has a name of its own
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> old
CREATE INDEX t_b ON t (b);
--> new
CREATE INDEX t_b ON t (b); ALTER INDEX t_1_b_idx RENAME TO by_b;
--> plan
ALTER INDEX t_1_b_idx RENAME TO by_b;

--# an index of the table alone
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE INDEX t_b ON ONLY t (b);
--> plan
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_b ON ONLY t (b);

--# the primary key of a partition has a name of its own
--> old
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10); ALTER TABLE t_1 RENAME CONSTRAINT t_1_pkey TO own_key;
--> plan
ALTER INDEX t_1_pkey RENAME TO own_key;

--# a plain table becomes partitioned
--> old
CREATE TABLE t (a int, b text);
--> rows
INSERT INTO t VALUES (1, 'x'), (NULL, 'y');
--> new
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

CREATE TABLE t (
    a integer,
    b text
) PARTITION BY RANGE (a);

CREATE TABLE t_1 PARTITION OF t
    FOR VALUES FROM (0) TO (10);

CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

--# a table is partitioned by another column
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> rows
INSERT INTO t VALUES (1, 100), (2, 200);
--> new
CREATE TABLE t (a int, b int) PARTITION BY RANGE (b);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (100) TO (1000);
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

CREATE TABLE t (
    a integer,
    b integer
);

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

CREATE TABLE t (
    a integer,
    b integer
) PARTITION BY RANGE (b);

CREATE TABLE t_1 PARTITION OF t
    FOR VALUES FROM (100) TO (1000);

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

--# a table is partitioned in another way
--> old
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (a);
CREATE TABLE t_1_1 PARTITION OF t_1 DEFAULT;
--> rows
INSERT INTO t VALUES (1, 'x'), (2, 'y');
--> new
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY HASH (a);
CREATE TABLE t_h0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_h1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1);
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    a integer NOT NULL,
    b text,
    CONSTRAINT t_pkey PRIMARY KEY (a)
);

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    a integer NOT NULL,
    b text,
    CONSTRAINT t_pkey PRIMARY KEY (a)
) PARTITION BY HASH (a);

CREATE TABLE t_h0 PARTITION OF t
    FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE t_h1 PARTITION OF t
    FOR VALUES WITH (MODULUS 2, REMAINDER 1);

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

--# a table with keys, indexes and comments becomes partitioned
--> old
CREATE TABLE t (id bigint PRIMARY KEY, at int NOT NULL, name text CHECK (name <> '') DEFAULT 'x', code text UNIQUE);
CREATE INDEX t_name_idx ON t (lower(name));
COMMENT ON TABLE t IS 'Things.';
COMMENT ON COLUMN t.name IS 'What it is called.';
--> rows
INSERT INTO t VALUES (1, 5, 'a', 'x'), (2, 15, 'b', 'y');
--> new
CREATE TABLE t (id bigint, at int NOT NULL, name text CHECK (name <> '') DEFAULT 'x', code text, PRIMARY KEY (id, at), UNIQUE (code, at)) PARTITION BY RANGE (at);
CREATE INDEX t_name_idx ON t (lower(name));
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
COMMENT ON TABLE t IS 'Things.';
COMMENT ON COLUMN t.name IS 'What it is called.';
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

ALTER TABLE t_old DROP CONSTRAINT t_code_key;

DROP INDEX t_name_idx;

CREATE TABLE t (
    id bigint NOT NULL,
    at integer NOT NULL,
    name text DEFAULT 'x'::text,
    code text,
    CONSTRAINT t_pkey PRIMARY KEY (id, at),
    CONSTRAINT t_code_at_key UNIQUE (code, at),
    CONSTRAINT t_name_check CHECK (name <> ''::text)
) PARTITION BY RANGE (at);

CREATE TABLE t_1 PARTITION OF t
    FOR VALUES FROM (0) TO (10);

CREATE TABLE t_2 PARTITION OF t
    FOR VALUES FROM (10) TO (20);

CREATE INDEX t_name_idx ON t ((lower(name)));

COMMENT ON TABLE t IS 'Things.';

COMMENT ON COLUMN t.name IS 'What it is called.';

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (id, at, name, code) OVERRIDING SYSTEM VALUE SELECT id, at, name, code FROM t_old;

DROP TABLE t_old;

--# a table between foreign keys becomes partitioned
--> both
CREATE TABLE owner (id int PRIMARY KEY);
--> old
CREATE TABLE t (id int PRIMARY KEY, owner int REFERENCES owner, above int REFERENCES t);
CREATE TABLE part (id int PRIMARY KEY, t int NOT NULL REFERENCES t ON DELETE CASCADE);
--> rows
INSERT INTO owner VALUES (7);
INSERT INTO t VALUES (1, 7, NULL), (2, NULL, 1);
INSERT INTO part VALUES (1, 1);
--> new
CREATE TABLE t (id int PRIMARY KEY, owner int REFERENCES owner, above int REFERENCES t) PARTITION BY HASH (id);
CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE part (id int PRIMARY KEY, t int NOT NULL REFERENCES t ON DELETE CASCADE);
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE part DROP CONSTRAINT part_t_fkey;

ALTER TABLE t DROP CONSTRAINT t_above_fkey;

ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    id integer NOT NULL,
    owner integer,
    above integer,
    CONSTRAINT t_pkey PRIMARY KEY (id)
) PARTITION BY HASH (id);

CREATE TABLE t_0 PARTITION OF t
    FOR VALUES WITH (MODULUS 1, REMAINDER 0);

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (id, owner, above) OVERRIDING SYSTEM VALUE SELECT id, owner, above FROM t_old;

DROP TABLE t_old;

-- hazard: may-fail: rows of `part` may reference nothing in `t`
-- hazard: blocks-writes: all rows of `part` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `t` while the rows of `part` are looked at
ALTER TABLE part ADD CONSTRAINT part_t_fkey FOREIGN KEY (t) REFERENCES t (id) ON DELETE CASCADE;

-- hazard: may-fail: rows of `t` may reference nothing in `t`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
ALTER TABLE t ADD CONSTRAINT t_above_fkey FOREIGN KEY (above) REFERENCES t (id);

-- hazard: may-fail: rows of `t` may reference nothing in `owner`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `owner` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_owner_fkey FOREIGN KEY (owner) REFERENCES owner (id);

--# two tables that reference each other become partitioned
--> old
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
--> rows
INSERT INTO a VALUES (1, NULL);
INSERT INTO b VALUES (1, 1);
UPDATE a SET b = 1;
--> new
CREATE TABLE a (id int PRIMARY KEY, b int) PARTITION BY HASH (id);
CREATE TABLE a_0 PARTITION OF a FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a) PARTITION BY HASH (id);
CREATE TABLE b_0 PARTITION OF b FOR VALUES WITH (MODULUS 1, REMAINDER 0);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
--> plan
-- hazard: loses-privileges: privileges on table `a` go, for it is made again
-- hazard: loses-privileges: privileges on table `b` go, for it is made again
ALTER TABLE a DROP CONSTRAINT a_b_fkey;

ALTER TABLE b DROP CONSTRAINT b_a_fkey;

ALTER TABLE a RENAME TO a_old;

ALTER TABLE b RENAME TO b_old;

ALTER TABLE a_old DROP CONSTRAINT a_pkey;

ALTER TABLE b_old DROP CONSTRAINT b_pkey;

CREATE TABLE a (
    id integer NOT NULL,
    b integer,
    CONSTRAINT a_pkey PRIMARY KEY (id)
) PARTITION BY HASH (id);

CREATE TABLE a_0 PARTITION OF a
    FOR VALUES WITH (MODULUS 1, REMAINDER 0);

CREATE TABLE b (
    id integer NOT NULL,
    a integer,
    CONSTRAINT b_pkey PRIMARY KEY (id)
) PARTITION BY HASH (id);

CREATE TABLE b_0 PARTITION OF b
    FOR VALUES WITH (MODULUS 1, REMAINDER 0);

-- hazard: may-fail: rows of `a` may be in the bounds of no partition
-- hazard: rewrites-table: table `a` is written anew and nobody reads it meanwhile
INSERT INTO a (id, b) OVERRIDING SYSTEM VALUE SELECT id, b FROM a_old;

-- hazard: may-fail: rows of `b` may be in the bounds of no partition
-- hazard: rewrites-table: table `b` is written anew and nobody reads it meanwhile
INSERT INTO b (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM b_old;

DROP TABLE a_old;

DROP TABLE b_old;

-- hazard: may-fail: rows of `a` may reference nothing in `b`
-- hazard: blocks-writes: all rows of `a` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `b` while the rows of `a` are looked at
ALTER TABLE a ADD CONSTRAINT a_b_fkey FOREIGN KEY (b) REFERENCES b (id);

-- hazard: may-fail: rows of `b` may reference nothing in `a`
-- hazard: blocks-writes: all rows of `b` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `a` while the rows of `b` are looked at
ALTER TABLE b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES a (id);

--# a table that much is made with becomes partitioned
--> both
CREATE TABLE other (id int PRIMARY KEY);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--> old
CREATE TABLE t (id int NOT NULL, b text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON t USING (b = current_user);
CREATE POLICY asks ON other USING (EXISTS (SELECT FROM t WHERE t.id = other.id));
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM t;
CREATE FUNCTION of_row(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
CREATE TRIGGER touched AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION touched();
CREATE STATISTICS t_stat (dependencies) ON id, b FROM t;
--> rows
INSERT INTO t VALUES (1, 'x'), (2, 'y');
--> new
CREATE TABLE t (id int NOT NULL, b text) PARTITION BY RANGE (id);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON t USING (b = current_user);
CREATE POLICY asks ON other USING (EXISTS (SELECT FROM t WHERE t.id = other.id));
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM v;
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM t;
CREATE FUNCTION of_row(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
CREATE TRIGGER touched AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION touched();
CREATE STATISTICS t_stat (dependencies) ON id, b FROM t;
--> plan
-- hazard: loses-privileges: privileges on function of_row(t) go, for it is made again
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
-- hazard: loses-privileges: privileges on view `m` go, for it is made again
-- hazard: loses-privileges: privileges on view `v` go, for it is made again
-- hazard: loses-privileges: privileges on view `w` go, for it is made again
DROP POLICY asks ON other;

DROP MATERIALIZED VIEW m;

DROP VIEW w;

DROP VIEW v;

DROP STATISTICS t_stat;

DROP TRIGGER touched ON t;

DROP FUNCTION of_row(t);

ALTER TABLE t RENAME TO t_old;

DROP POLICY mine ON t_old;

ALTER TABLE t_old DISABLE ROW LEVEL SECURITY;

ALTER TABLE t_old NO FORCE ROW LEVEL SECURITY;

CREATE TABLE t (
    id integer NOT NULL,
    b text
) PARTITION BY RANGE (id);

CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (id, b) OVERRIDING SYSTEM VALUE SELECT id, b FROM t_old;

CREATE OR REPLACE FUNCTION public.of_row(t)
 RETURNS text
 LANGUAGE sql
AS $function$SELECT $1.b$function$;

CREATE MATERIALIZED VIEW m (n) AS
SELECT count(*) AS n
   FROM t;

CREATE VIEW v (id) AS
SELECT t.id
   FROM t;

CREATE VIEW w (id) AS
SELECT v.id
   FROM v;

CREATE POLICY asks ON other USING (EXISTS ( SELECT
   FROM t
  WHERE (t.id = other.id)));

ALTER TABLE t ENABLE ROW LEVEL SECURITY;

ALTER TABLE t FORCE ROW LEVEL SECURITY;

CREATE POLICY mine ON t USING (b = CURRENT_USER);

CREATE STATISTICS public.t_stat (dependencies) ON id, b FROM t;

CREATE TRIGGER touched AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION touched();

DROP TABLE t_old;

--# a table with numbered columns becomes partitioned
--> old
CREATE TABLE t (id serial, n int);
--> rows
INSERT INTO t (n) VALUES (1), (2);
--> new
CREATE TABLE t (id serial, n int) PARTITION BY RANGE (n);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER SEQUENCE t_id_seq OWNED BY NONE;

ALTER TABLE t RENAME TO t_old;

CREATE TABLE t (
    id integer NOT NULL DEFAULT nextval('t_id_seq'::regclass),
    n integer
) PARTITION BY RANGE (n);

CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (id, n) OVERRIDING SYSTEM VALUE SELECT id, n FROM t_old;

ALTER SEQUENCE t_id_seq OWNED BY t.id;

DROP TABLE t_old;

--# a table with an identity column becomes partitioned
--: since 17
--> old
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
--> rows
INSERT INTO t (n) VALUES (1), (2);
--> new
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, n int, twice int GENERATED ALWAYS AS (n * 2) STORED) PARTITION BY RANGE (n);
CREATE TABLE t_rest PARTITION OF t DEFAULT;

--# a table becomes partitioned while its columns change
--: rename t.c=d
--> old
CREATE TABLE t (a int, b text, c text);
--> rows
INSERT INTO t VALUES (1, '5', 'x');
--> new
CREATE TABLE t (a bigint NOT NULL, b int, d text, e int DEFAULT 3, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--> plan
-- hazard: breaks-clients: column t.c has another name
ALTER TABLE t RENAME COLUMN c TO d;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- hazard: may-fail: rows of `t` may hold NULL in `a`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- hazard: may-fail: a value of `t.b` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN b TYPE integer USING b::integer;

ALTER TABLE t ADD COLUMN e integer DEFAULT 3;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a);

-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    a bigint NOT NULL,
    b integer,
    d text,
    e integer DEFAULT 3,
    CONSTRAINT t_pkey PRIMARY KEY (a)
) PARTITION BY RANGE (a);

CREATE TABLE t_rest PARTITION OF t
    DEFAULT;

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b, d, e) OVERRIDING SYSTEM VALUE SELECT a, b, d, e FROM t_old;

DROP TABLE t_old;

--# a table becomes partitioned, and another one its partition
--> old
CREATE TABLE t (a int, b text);
CREATE TABLE t_1 (a int, b text);
--> rows
INSERT INTO t VALUES (11, 'x');
INSERT INTO t_1 VALUES (1, 'y');
--> new
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

CREATE TABLE t (
    a integer,
    b text
) PARTITION BY RANGE (a);

CREATE TABLE t_2 PARTITION OF t
    FOR VALUES FROM (10) TO (20);

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);

-- hazard: may-fail: rows of `t` may be in the bounds of no partition
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old;

DROP TABLE t_old;

--# a partition is partitioned in turn
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY LIST (b);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: loses-privileges: privileges on table `t_1` go, for it is made again
ALTER TABLE t_1 RENAME TO t_1_old;

CREATE TABLE t_1 (
    a integer,
    b integer
) PARTITION BY LIST (b);

-- hazard: may-fail: rows of `t_1` may be in the bounds of no partition
-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
INSERT INTO t_1 (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_1_old;

DROP TABLE t_1_old;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (10);

--# what is made with a partition goes with it
--> both
CREATE TABLE t_old (a int);
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--> old
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_1_own ON t_1 (b);
CREATE TABLE r (a int REFERENCES t_1);
CREATE VIEW v AS SELECT a FROM t_1;
CREATE TRIGGER touched AFTER INSERT ON t_1 FOR EACH ROW EXECUTE FUNCTION touched();
--> rows
INSERT INTO t VALUES (1, 'x');
INSERT INTO r VALUES (1);
--> new
CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE TABLE r (a int REFERENCES t);
CREATE VIEW v AS SELECT a FROM t;
--> plan
-- hazard: loses-privileges: privileges on table `t` go, for it is made again
-- hazard: loses-privileges: privileges on view `v` go, for it is made again
ALTER TABLE r DROP CONSTRAINT r_a_fkey;

DROP VIEW v;

DROP TRIGGER touched ON t_1;

ALTER TABLE t RENAME TO t_old1;

ALTER TABLE t_old1 DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    a integer NOT NULL,
    b text,
    CONSTRAINT t_pkey PRIMARY KEY (a)
);

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM t_old1;

DROP TABLE t_old1;

-- hazard: may-fail: rows of `r` may reference nothing in `t`
-- hazard: blocks-writes: all rows of `r` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `t` while the rows of `r` are looked at
ALTER TABLE r ADD CONSTRAINT r_a_fkey FOREIGN KEY (a) REFERENCES t (a);

CREATE VIEW v (a) AS
SELECT t.a
   FROM t;

--# an identity column of a partitioned table
--: since 17
--> old
CREATE TABLE t (a int, id bigint NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, id bigint GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);

--# a partition with a generated column
--> old
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (b * 2) STORED) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ADD COLUMN c integer GENERATED ALWAYS AS (b * 2) STORED;

--# partitions by expressions and other types
--> new
CREATE TABLE t (at timestamptz NOT NULL, name text COLLATE "C") PARTITION BY RANGE (at, lower(name) COLLATE "C");
CREATE TABLE t_old PARTITION OF t FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2026-01-01', 'm');
CREATE TABLE t_new PARTITION OF t FOR VALUES FROM ('2026-01-01', 'm') TO (MAXVALUE, MAXVALUE);
--> plan
CREATE TABLE t (
    at timestamptz NOT NULL,
    name text COLLATE "C"
) PARTITION BY RANGE (at, (lower(name)));

CREATE TABLE t_new PARTITION OF t
    FOR VALUES FROM ('2026-01-01 00:00:00+00', 'm') TO (MAXVALUE, MAXVALUE);

CREATE TABLE t_old PARTITION OF t
    FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2026-01-01 00:00:00+00', 'm');

--# a partition in another namespace with a comment
--> both
CREATE SCHEMA parts; CREATE TABLE t (a int, b text) PARTITION BY RANGE (a); COMMENT ON TABLE t IS 'all';
--> new
CREATE TABLE parts.t_1 PARTITION OF t FOR VALUES FROM (0) TO (10); COMMENT ON TABLE parts.t_1 IS 'some';
--> plan
CREATE TABLE parts.t_1 PARTITION OF t
    FOR VALUES FROM (0) TO (10);

COMMENT ON TABLE parts.t_1 IS 'some';

--# a view over a partition that goes
--> both
CREATE TABLE t (a int, b text) PARTITION BY RANGE (a);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10); CREATE VIEW v AS SELECT a FROM t_1;
--> new
CREATE VIEW v AS SELECT a FROM t;
--> plan
-- hazard: loses-privileges: privileges on view `v` go, for it is made again
DROP VIEW v;

-- hazard: deletes-data: all rows of partition `t_1` go
DROP TABLE t_1;

CREATE VIEW v (a) AS
SELECT t.a
   FROM t;

--# a trigger of a partitioned table
--> both
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
--> plan
CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f();

--# a table goes whose partition references one that stays
--> both
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM (0) TO (10);
--> old
CREATE UNIQUE INDEX own ON r_1 (id);
CREATE TABLE t (id int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
ALTER TABLE t_1 ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES r_1 (id);
--> plan
-- hazard: deletes-data: all rows of table `t` go
DROP TABLE t;

DROP INDEX own;

--# a foreign key of a partition alone references a partition
--> both
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM (0) TO (10);
CREATE TABLE t (id int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE UNIQUE INDEX own ON r_1 (id);
ALTER TABLE t_1 ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES r_1 (id);
--> plan
-- hazard: may-fail: rows of `r_1` may have equal values
-- hazard: blocks-writes: all rows of `r_1` are looked at while nobody writes it
-- hazard: builds-index: all rows of `r_1` are sorted
CREATE UNIQUE INDEX own ON r_1 (id);

-- hazard: may-fail: rows of `t_1` may reference nothing in `r_1`
-- hazard: blocks-writes: all rows of `t_1` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r_1` while the rows of `t_1` are looked at
ALTER TABLE t_1 ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES r_1 (id);

--# a key of a partition has its index for one of the table
--: one way
--> both
CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
ALTER TABLE t_1 ADD CONSTRAINT own PRIMARY KEY (id);
CREATE UNIQUE INDEX whole ON t (id);
--> plan
-- hazard: may-fail: rows of `t_1` may have equal values
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t_1` are sorted
ALTER TABLE t_1 ADD CONSTRAINT own PRIMARY KEY (id);

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX whole ON t (id);

--# tables and partitions in namespaces that go
--> old
CREATE SCHEMA one;
CREATE TABLE one.t (a int) PARTITION BY LIST (a);
CREATE SCHEMA two;
CREATE TABLE two.t_1 PARTITION OF one.t FOR VALUES IN (1);
--> new
CREATE SCHEMA three;
CREATE TABLE three.t (a int) PARTITION BY LIST (a);
--> plan
CREATE SCHEMA three;

CREATE TABLE three.t (
    a integer
) PARTITION BY LIST (a);

-- hazard: deletes-data: all rows of table `one.t` go
DROP TABLE one.t;

DROP SCHEMA one;

DROP SCHEMA two;

--# a partition is divided in turn
--> both
CREATE TABLE other (id int PRIMARY KEY);
--> old
CREATE TABLE t (id int NOT NULL, a int NOT NULL REFERENCES other, PRIMARY KEY (id, a)) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (100) TO (200);
CREATE INDEX t_a ON t (a);
--> new
CREATE TABLE t (id int NOT NULL, a int NOT NULL REFERENCES other, PRIMARY KEY (id, a)) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100) PARTITION BY HASH (a);
CREATE TABLE t_1_0 PARTITION OF t_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_1_1 PARTITION OF t_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (100) TO (200);
CREATE INDEX t_a ON t (a);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: loses-privileges: privileges on table `t_1` go, for it is made again
ALTER TABLE t_1 RENAME TO t_1_old;

ALTER TABLE t_1_old DROP CONSTRAINT t_1_pkey;

DROP INDEX t_1_a_idx;

CREATE TABLE t_1 (
    id integer NOT NULL,
    a integer NOT NULL,
    CONSTRAINT t_1_pkey PRIMARY KEY (id, a)
) PARTITION BY HASH (a);

CREATE TABLE t_1_0 PARTITION OF t_1
    FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE t_1_1 PARTITION OF t_1
    FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE INDEX t_1_a_idx ON t_1 (a);

-- hazard: may-fail: rows of `t_1` may be in the bounds of no partition
-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
INSERT INTO t_1 (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM t_1_old;

DROP TABLE t_1_old;

-- hazard: may-fail: rows of `t_1` may reference nothing in `other`
-- hazard: blocks-writes: all rows of `t_1` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `other` while the rows of `t_1` are looked at
ALTER TABLE t_1 ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES other (id);

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (100);

--# a partition that is divided in turn is divided by another column
--> both
CREATE TABLE t (id int NOT NULL, a int NOT NULL) PARTITION BY RANGE (id);
--> old
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100) PARTITION BY HASH (a);
CREATE TABLE t_1_0 PARTITION OF t_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_1_1 PARTITION OF t_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
--> new
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100) PARTITION BY LIST (id);
CREATE TABLE t_1_0 PARTITION OF t_1 DEFAULT;
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: loses-privileges: privileges on table `t_1` go, for it is made again
ALTER TABLE t_1 RENAME TO t_1_old;

CREATE TABLE t_1 (
    id integer NOT NULL,
    a integer NOT NULL
);

-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
INSERT INTO t_1 (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM t_1_old;

DROP TABLE t_1_old;

-- hazard: loses-privileges: privileges on table `t_1` go, for it is made again
ALTER TABLE t_1 RENAME TO t_1_old;

CREATE TABLE t_1 (
    id integer NOT NULL,
    a integer NOT NULL
) PARTITION BY LIST (id);

CREATE TABLE t_1_0 PARTITION OF t_1
    DEFAULT;

-- hazard: may-fail: rows of `t_1` may be in the bounds of no partition
-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
INSERT INTO t_1 (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM t_1_old;

DROP TABLE t_1_old;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE t ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (100);

--# a partition leaves its table while that is no more divided
--> old
CREATE TABLE t (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (100) TO (200);
--> new
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE t_2 (id int PRIMARY KEY, a int);
--> plan
ALTER TABLE t DETACH PARTITION t_2;

-- hazard: loses-privileges: privileges on table `t` go, for it is made again
ALTER TABLE t RENAME TO t_old;

ALTER TABLE t_old DROP CONSTRAINT t_pkey;

CREATE TABLE t (
    id integer NOT NULL,
    a integer,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
INSERT INTO t (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM t_old;

DROP TABLE t_old;

--# a partition goes to another table, which is divided anew for it
--> old
CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100);
CREATE TABLE other (id int NOT NULL, a int);
--> new
CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE other (id int NOT NULL, a int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF other FOR VALUES FROM (0) TO (100);
CREATE TABLE other_2 PARTITION OF other DEFAULT;
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: loses-privileges: privileges on table `other` go, for it is made again
ALTER TABLE other RENAME TO other_old;

CREATE TABLE other (
    id integer NOT NULL,
    a integer
) PARTITION BY RANGE (id);

CREATE TABLE other_2 PARTITION OF other
    DEFAULT;

-- hazard: may-fail: rows of partition `t_1` may not be in its bounds
-- hazard: blocks-reads: all rows of `t_1` are looked at while nobody reads it
ALTER TABLE other ATTACH PARTITION t_1 FOR VALUES FROM (0) TO (100);

-- hazard: may-fail: rows of `other` may be in the bounds of no partition
-- hazard: rewrites-table: table `other` is written anew and nobody reads it meanwhile
INSERT INTO other (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM other_old;

DROP TABLE other_old;

--# a partition of a table leaves it and is divided
--> old
CREATE TABLE t (id int NOT NULL, a int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100);
--> new
CREATE TABLE t (id int NOT NULL, a int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE t_1 (id int NOT NULL, a int NOT NULL) PARTITION BY HASH (a);
CREATE TABLE t_1_0 PARTITION OF t_1 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
--> plan
ALTER TABLE t DETACH PARTITION t_1;

-- hazard: loses-privileges: privileges on table `t_1` go, for it is made again
ALTER TABLE t_1 RENAME TO t_1_old;

CREATE TABLE t_1 (
    id integer NOT NULL,
    a integer NOT NULL
) PARTITION BY HASH (a);

CREATE TABLE t_1_0 PARTITION OF t_1
    FOR VALUES WITH (MODULUS 1, REMAINDER 0);

-- hazard: may-fail: rows of `t_1` may be in the bounds of no partition
-- hazard: rewrites-table: table `t_1` is written anew and nobody reads it meanwhile
INSERT INTO t_1 (id, a) OVERRIDING SYSTEM VALUE SELECT id, a FROM t_1_old;

DROP TABLE t_1_old;

--# a new partition is divided by a new column
--> old
CREATE TABLE t (id int) PARTITION BY RANGE (id);
--> new
CREATE TABLE t (id int, a int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY HASH (a);
--> plan
ALTER TABLE t ADD COLUMN a integer;

CREATE TABLE t_1 PARTITION OF t
    FOR VALUES FROM (0) TO (10) PARTITION BY HASH (a);
