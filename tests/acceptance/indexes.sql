-- Indexes of every form.

--# an index is added
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int); CREATE INDEX t_a ON t (a);
--> plan
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_a ON t (a);

--# an index is dropped
--> old
CREATE TABLE t (a int); CREATE INDEX t_a ON t (a);
--> new
CREATE TABLE t (a int);
--> plan
DROP INDEX t_a;

--# an index has another name
--> old
CREATE TABLE t (a int); CREATE INDEX one ON t (a);
--> new
CREATE TABLE t (a int); CREATE INDEX other ON t (a);
--> plan
ALTER INDEX one RENAME TO other;

--# two indexes swap their names
--> old
CREATE TABLE t (a int, b int); CREATE INDEX one ON t (a); CREATE INDEX other ON t (b);
--> new
CREATE TABLE t (a int, b int); CREATE INDEX one ON t (b); CREATE INDEX other ON t (a);
--> plan
DROP INDEX one;

DROP INDEX other;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX one ON t (b);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX other ON t (a);

--# an index is over other columns
--> old
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a, b);

--# the columns of an index are in another order
--> old
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b);
--> new
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b, a);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (b, a);

--# an index sorts in another way
--> old
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b);
--> new
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a DESC, b NULLS FIRST);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a DESC, b NULLS FIRST);

--# an index becomes unique
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a);
--> plan
DROP INDEX i;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX i ON t (a);

--# a unique index takes NULL once
--: since 15
--> old
CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;
--> plan
DROP INDEX i;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;

--# an index gets a predicate
--> old
CREATE TABLE t (a int, b boolean); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int, b boolean); CREATE INDEX i ON t (a) WHERE b;
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a) WHERE (b);

--# an index has another predicate
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0;
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 10 AND a IS NOT NULL;
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a) WHERE ((a > 10) AND (a IS NOT NULL));

--# an index includes columns
--> old
CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a) INCLUDE (b, c);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a) INCLUDE (b, c);

--# an index is over an expression
--> old
CREATE TABLE t (a text, b text); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a text, b text); CREATE INDEX i ON t (lower(a), (a || b) DESC);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t ((lower(a)), (a || b) DESC);

--# an index uses another method
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t USING hash (a);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t USING hash (a);

--# an index of every method is added
--> old
CREATE TABLE t (a int, b jsonb, c tsrange, d inet, e int[]);
--> new
CREATE TABLE t (a int, b jsonb, c tsrange, d inet, e int[]);
CREATE INDEX i1 ON t USING brin (a) WITH (pages_per_range = 8);
CREATE INDEX i2 ON t USING gin (b); CREATE INDEX i3 ON t USING gin (b jsonb_path_ops);
CREATE INDEX i4 ON t USING gist (c); CREATE INDEX i5 ON t USING spgist (d inet_ops);
CREATE INDEX i6 ON t USING gin (e) WITH (fastupdate = off);
--> plan
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i1 ON t USING brin (a) WITH (pages_per_range = 8);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i2 ON t USING gin (b);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i3 ON t USING gin (b jsonb_path_ops);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i4 ON t USING gist (c);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i5 ON t USING spgist (d);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i6 ON t USING gin (e) WITH (fastupdate = off);

--# an operator class changes
--> old
CREATE TABLE t (a text); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a text); CREATE INDEX i ON t (a text_pattern_ops);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a text_pattern_ops);

--# an operator class gets a parameter
--> both
CREATE EXTENSION pg_trgm; CREATE TABLE t (a text);
--> old
CREATE INDEX i ON t USING gist (a gist_trgm_ops);
--> new
CREATE INDEX i ON t USING gist (a gist_trgm_ops (siglen = 64));
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t USING gist (a gist_trgm_ops(siglen='64'));

--# a key of an index has another collation
--> old
CREATE TABLE t (a text); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a text); CREATE INDEX i ON t (a COLLATE "C");
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a COLLATE "C");

--# an index is stored in another way
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a) WITH (fillfactor = 70, deduplicate_items = off);
--> plan
ALTER INDEX i SET (deduplicate_items = off, fillfactor = 70);

--# parameters of an index go
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a) WITH (fillfactor = 70);
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> plan
ALTER INDEX i RESET (fillfactor);

--# a comment on an index
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'quick';
--> plan
COMMENT ON INDEX i IS 'quick';

--# a comment on an index that is made again
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'quick';
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a DESC); COMMENT ON INDEX i IS 'quick';
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a DESC);

COMMENT ON INDEX i IS 'quick';

--# a table is clustered on an index
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t CLUSTER ON i;
--> plan
ALTER TABLE t CLUSTER ON i;

--# a table is clustered on another index
--> old
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); ALTER TABLE t CLUSTER ON i;
--> new
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b); ALTER TABLE t CLUSTER ON j;
--> plan
ALTER TABLE t CLUSTER ON j;

--# the index a table is clustered on goes
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t CLUSTER ON i;
--> new
CREATE TABLE t (a int);
--> plan
DROP INDEX i;

ALTER TABLE t SET WITHOUT CLUSTER;

--# a table is clustered on a renamed index
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t CLUSTER ON i;
--> new
CREATE TABLE t (a int); CREATE INDEX j ON t (a); ALTER TABLE t CLUSTER ON j;
--> plan
ALTER INDEX i RENAME TO j;

ALTER TABLE t CLUSTER ON j;

--# an index identifies rows in replication
--> old
CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a);
--> new
CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i;
--> plan
ALTER TABLE ONLY t REPLICA IDENTITY USING INDEX i;

--# the index that identifies rows is replaced
--> old
CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i;
--> new
CREATE TABLE t (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX j ON t (b); ALTER TABLE t REPLICA IDENTITY USING INDEX j;
--> plan
DROP INDEX i;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX j ON t (b);

ALTER TABLE ONLY t REPLICA IDENTITY USING INDEX j;

--# a replica identity becomes full
--> old
CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX i;
--> new
CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t REPLICA IDENTITY FULL;
--> plan
ALTER TABLE ONLY t REPLICA IDENTITY FULL;

--# a replica identity is nothing
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int); ALTER TABLE t REPLICA IDENTITY NOTHING;
--> plan
ALTER TABLE ONLY t REPLICA IDENTITY NOTHING;

--# an index of a new column
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b);
--> plan
ALTER TABLE t ADD COLUMN b integer;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a, b);

--# an index of a column that is renamed
--: rename t.a=b
--: rename back t.b=a
--> old
CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0;
--> new
CREATE TABLE t (b int); CREATE INDEX i ON t (b) WHERE b > 0;
--> plan
-- hazard: breaks-clients: column t.a has another name
ALTER TABLE t RENAME COLUMN a TO b;

--# an index moves to another table
--> old
CREATE TABLE t (a int); CREATE TABLE s (a int); CREATE INDEX i ON t (a);
--> new
CREATE TABLE t (a int); CREATE TABLE s (a int); CREATE INDEX i ON s (a);
--> plan
DROP INDEX i;

-- hazard: blocks-writes: all rows of `s` are looked at while nobody writes it
-- hazard: builds-index: all rows of `s` are sorted
CREATE INDEX i ON s (a);

--# an index uses an enum label that is new
--> old
CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood);
--> new
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (m mood); CREATE INDEX i ON t (m) WHERE m = 'ok';
--> plan
-- hazard: not-reversible: no statement takes label `ok` away again
ALTER TYPE mood ADD VALUE 'ok' AFTER 'sad';

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (m) WHERE (m = 'ok'::mood);

--# an index of a partitioned table is added
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--> new
CREATE INDEX t_b ON t (b);
--> plan
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_b ON t (b);

--# an index of a partitioned table is made again
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> old
CREATE INDEX t_b ON t (b);
--> new
CREATE INDEX t_b ON t (b DESC);
--> plan
DROP INDEX t_b;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_b ON t (b DESC);

--# an index of a partitioned table has another name
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> old
CREATE INDEX one ON t (b);
--> new
CREATE INDEX other ON t (b);
--> plan
ALTER INDEX one RENAME TO other;

--# an index of a table becomes that of its partition
--> both
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> old
CREATE INDEX own ON t_1 (b);
--> new
CREATE INDEX t_b ON ONLY t (b); CREATE INDEX own ON t_1 (b); ALTER INDEX t_b ATTACH PARTITION own;
--> plan
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_b ON t (b);

--# an index of a materialized view
--> both
CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t;
--> new
CREATE UNIQUE INDEX v_a ON v (a);
--> plan
-- hazard: may-fail: rows of `v` may have equal values
-- hazard: blocks-writes: all rows of `v` are looked at while nobody writes it
-- hazard: builds-index: all rows of `v` are sorted
CREATE UNIQUE INDEX v_a ON v (a);
