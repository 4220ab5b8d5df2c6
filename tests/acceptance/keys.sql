-- Primary keys and unique constraints.

--# a primary key is added
--> old
CREATE TABLE t (id int NOT NULL);
--> new
CREATE TABLE t (id int PRIMARY KEY);
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

--# a primary key over nullable columns is added
--> old
CREATE TABLE t (a int, b int);
--> new
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
--> plan
-- hazard: may-fail: rows of `t` may hold NULL in `a`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- hazard: may-fail: rows of `t` may hold NULL in `b`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN b SET NOT NULL;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a, b);

--# a primary key is dropped
--> old
CREATE TABLE t (id int PRIMARY KEY);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int NOT NULL);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

--# a primary key is dropped and its column takes NULL
--> old
CREATE TABLE t (id int PRIMARY KEY);
--> new
CREATE TABLE t (id int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

ALTER TABLE t ALTER COLUMN id DROP NOT NULL;

--# a primary key is over another column
--> old
CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);
--> rows
INSERT INTO t VALUES (1, 2);
--> new
CREATE TABLE t (a int NOT NULL, b int PRIMARY KEY);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (b);

--# a primary key gets another column
--> old
CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);
--> new
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a, b);

--# the columns of a primary key are in another order
--> old
CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));
--> new
CREATE TABLE t (a int, b int, PRIMARY KEY (b, a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (b, a);

--# a primary key has another name
--> old
CREATE TABLE t (id int CONSTRAINT one PRIMARY KEY);
--> new
CREATE TABLE t (id int CONSTRAINT other PRIMARY KEY);
--> plan
ALTER TABLE t RENAME CONSTRAINT one TO other;

--# a primary key has another name and other columns
--> old
CREATE TABLE t (a int CONSTRAINT one PRIMARY KEY, b int NOT NULL);
--> new
CREATE TABLE t (a int NOT NULL, b int CONSTRAINT other PRIMARY KEY);
--> plan
ALTER TABLE t DROP CONSTRAINT one;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT other PRIMARY KEY (b);

--# a primary key becomes deferrable
--> old
CREATE TABLE t (id int PRIMARY KEY);
--> new
CREATE TABLE t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED;

--# a primary key includes a column
--> old
CREATE TABLE t (id int, a int, PRIMARY KEY (id));
--> new
CREATE TABLE t (id int, a int, PRIMARY KEY (id) INCLUDE (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id) INCLUDE (a);

--# a unique constraint goes with a column it includes
--> old
CREATE TABLE t (id int, a int, b int, UNIQUE (a) INCLUDE (b));
--> rows
INSERT INTO t VALUES (1, 2, 3);
--> new
CREATE TABLE t (id int, a int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_b_key;

-- hazard: deletes-data: all values of `t.b` go
ALTER TABLE t DROP COLUMN b;

--# a primary key is stored in another way
--> old
CREATE TABLE t (id int PRIMARY KEY);
--> new
CREATE TABLE t (id int PRIMARY KEY WITH (fillfactor = 70));
--> plan
ALTER INDEX t_pkey SET (fillfactor = 70);

--# a unique index becomes a primary key
--> old
CREATE TABLE t (id int NOT NULL);
CREATE UNIQUE INDEX t_pkey ON t (id);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int PRIMARY KEY);
--> plan
DROP INDEX t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

--# a unique index of another name becomes a primary key
--> old
CREATE TABLE t (id int NOT NULL);
CREATE UNIQUE INDEX by_id ON t (id);
--> new
CREATE TABLE t (id int PRIMARY KEY);
--> plan
DROP INDEX by_id;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

--# a unique constraint becomes a primary key
--> old
CREATE TABLE t (id int NOT NULL UNIQUE);
--> new
CREATE TABLE t (id int PRIMARY KEY);
--> plan
ALTER TABLE t DROP CONSTRAINT t_id_key;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

--# a unique constraint becomes a unique index
--> old
CREATE TABLE t (a int, CONSTRAINT t_a UNIQUE (a));
--> new
CREATE TABLE t (a int);
CREATE UNIQUE INDEX t_a ON t (a);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX t_a ON t (a);

--# a unique index becomes a unique constraint
--> old
CREATE TABLE t (a int);
CREATE UNIQUE INDEX t_a_key ON t (a);
--> new
CREATE TABLE t (a int UNIQUE);
--> plan
DROP INDEX t_a_key;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);

--# a unique constraint is added
--> old
CREATE TABLE t (a int, b int);
--> rows
INSERT INTO t VALUES (1, 1), (1, 2);
--> new
CREATE TABLE t (a int, b int, UNIQUE (a, b));
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_a_b_key UNIQUE (a, b);

--# a unique constraint is dropped
--> old
CREATE TABLE t (a int UNIQUE);
--> new
CREATE TABLE t (a int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_key;

--# a unique constraint is over other columns
--> old
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a));
--> new
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a, b));
--> plan
ALTER TABLE t DROP CONSTRAINT u;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b);

--# a unique constraint has another name
--> old
CREATE TABLE t (a int CONSTRAINT one UNIQUE);
--> new
CREATE TABLE t (a int CONSTRAINT other UNIQUE);
--> plan
ALTER TABLE t RENAME CONSTRAINT one TO other;

--# two unique constraints swap their names
--> old
CREATE TABLE t (a int CONSTRAINT one UNIQUE, b int CONSTRAINT other UNIQUE);
--> new
CREATE TABLE t (a int CONSTRAINT other UNIQUE, b int CONSTRAINT one UNIQUE);
--> plan
ALTER TABLE t DROP CONSTRAINT one;

ALTER TABLE t DROP CONSTRAINT other;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT one UNIQUE (b);

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT other UNIQUE (a);

--# a unique constraint takes NULL once
--: since 15
--> old
CREATE TABLE t (a int, UNIQUE (a));
--> new
CREATE TABLE t (a int, UNIQUE NULLS NOT DISTINCT (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_key;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE NULLS NOT DISTINCT (a);

--# a unique constraint becomes deferrable
--> old
CREATE TABLE t (a int UNIQUE);
--> new
CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY IMMEDIATE);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_key;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a) DEFERRABLE;

--# a deferrable unique constraint is deferred
--> old
CREATE TABLE t (a int UNIQUE DEFERRABLE);
--> new
CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_key;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;

--# a unique constraint includes a column and has a parameter
--> old
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a));
--> new
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a) INCLUDE (b) WITH (fillfactor = 80));
--> plan
ALTER TABLE t DROP CONSTRAINT u;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a) INCLUDE (b) WITH (fillfactor = 80);

--# a unique constraint has a comment
--> old
CREATE TABLE t (a int CONSTRAINT u UNIQUE);
--> new
CREATE TABLE t (a int CONSTRAINT u UNIQUE);
COMMENT ON CONSTRAINT u ON t IS 'one of each';
--> plan
COMMENT ON CONSTRAINT u ON t IS 'one of each';

--# a referenced primary key changes its columns
--> old
CREATE TABLE r (a int PRIMARY KEY, b int UNIQUE);
CREATE TABLE t (r_a int REFERENCES r (a));
--> new
CREATE TABLE r (a int UNIQUE, b int PRIMARY KEY);
CREATE TABLE t (r_a int REFERENCES r (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_a_fkey;

ALTER TABLE r DROP CONSTRAINT r_pkey;

ALTER TABLE r DROP CONSTRAINT r_b_key;

ALTER TABLE r ALTER COLUMN a DROP NOT NULL;

-- hazard: may-fail: rows of `r` may hold NULL in `b`
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
ALTER TABLE r ALTER COLUMN b SET NOT NULL;

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
-- hazard: builds-index: all rows of `r` are sorted
ALTER TABLE r ADD CONSTRAINT r_pkey PRIMARY KEY (b);

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
-- hazard: builds-index: all rows of `r` are sorted
ALTER TABLE r ADD CONSTRAINT r_a_key UNIQUE (a);

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_a_fkey FOREIGN KEY (r_a) REFERENCES r (a);

--# a referenced primary key is made again
--> old
CREATE TABLE r (a int PRIMARY KEY, b int);
CREATE TABLE t (r_a int REFERENCES r (a));
--> rows
INSERT INTO r VALUES (1, 1); INSERT INTO t VALUES (1);
--> new
CREATE TABLE r (a int, b int, PRIMARY KEY (a) INCLUDE (b));
CREATE TABLE t (r_a int REFERENCES r (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_a_fkey;

ALTER TABLE r DROP CONSTRAINT r_pkey;

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
-- hazard: builds-index: all rows of `r` are sorted
ALTER TABLE r ADD CONSTRAINT r_pkey PRIMARY KEY (a) INCLUDE (b);

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_a_fkey FOREIGN KEY (r_a) REFERENCES r (a);

--# a referenced unique constraint is replaced by a unique index
--> old
CREATE TABLE r (a int CONSTRAINT r_a UNIQUE);
CREATE TABLE t (r_a int REFERENCES r (a));
--> new
CREATE TABLE r (a int);
CREATE UNIQUE INDEX r_a ON r (a);
CREATE TABLE t (r_a int REFERENCES r (a));
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_a_fkey;

ALTER TABLE r DROP CONSTRAINT r_a;

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-writes: all rows of `r` are looked at while nobody writes it
-- hazard: builds-index: all rows of `r` are sorted
CREATE UNIQUE INDEX r_a ON r (a);

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_a_fkey FOREIGN KEY (r_a) REFERENCES r (a);

--# a referenced key has another name
--> old
CREATE TABLE r (a int CONSTRAINT one PRIMARY KEY);
CREATE TABLE t (r_a int REFERENCES r (a));
--> new
CREATE TABLE r (a int CONSTRAINT other PRIMARY KEY);
CREATE TABLE t (r_a int REFERENCES r (a));
--> plan
ALTER TABLE r RENAME CONSTRAINT one TO other;

--# the referencing key moves from a unique constraint to the primary key
--> old
CREATE TABLE r (id int NOT NULL, a int UNIQUE);
CREATE TABLE t (r_a int REFERENCES r (a));
--> new
CREATE TABLE r (id int PRIMARY KEY, a int);
CREATE TABLE t (r_a int REFERENCES r (id));
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_a_fkey;

ALTER TABLE r DROP CONSTRAINT r_a_key;

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
-- hazard: builds-index: all rows of `r` are sorted
ALTER TABLE r ADD CONSTRAINT r_pkey PRIMARY KEY (id);

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_a_fkey FOREIGN KEY (r_a) REFERENCES r (id);

--# a table gets a second key over the same columns
--> old
CREATE TABLE t (a int PRIMARY KEY);
--> new
CREATE TABLE t (a int PRIMARY KEY);
ALTER TABLE t ADD CONSTRAINT again UNIQUE (a);
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT again UNIQUE (a);

--# the primary key moves from a column that goes to one that comes
--> old
CREATE TABLE t (id int PRIMARY KEY, a int);
--> new
CREATE TABLE t (key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ADD COLUMN key bigint NOT NULL GENERATED ALWAYS AS IDENTITY;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (key);

-- hazard: deletes-data: all values of `t.id` go
ALTER TABLE t DROP COLUMN id;

--# a view groups by a primary key that changes
--> old
CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL);
CREATE VIEW v AS SELECT id, a FROM t GROUP BY id;
--> new
CREATE TABLE t (id int NOT NULL, a int, b int PRIMARY KEY);
CREATE VIEW v AS SELECT id, a FROM t GROUP BY id, a;
--> plan
-- hazard: loses-privileges: privileges on view `v` go, for it is made again
DROP VIEW v;

ALTER TABLE t DROP CONSTRAINT t_pkey;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (b);

CREATE VIEW v (id, a) AS
SELECT t.id,
    t.a
   FROM t
  GROUP BY t.id, t.a;

--# a primary key has a tablespace of the database
--> old
CREATE TABLE t (id int, note text);
--> new
CREATE TABLE t (id int PRIMARY KEY USING INDEX TABLESPACE pg_default, note text);
--> plan
-- hazard: may-fail: rows of `t` may hold NULL in `id`
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ALTER COLUMN id SET NOT NULL;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

--# a table comes with the names of the indexes and the sequence of one that goes
--> old
CREATE TABLE stickied (id serial, post int UNIQUE, CONSTRAINT stickied_pkey PRIMARY KEY (id));
CREATE INDEX stickied_post_idx ON stickied (post);
--> new
CREATE SEQUENCE stickied_id_seq AS integer;
CREATE TABLE featured (
    id int NOT NULL DEFAULT nextval('stickied_id_seq'), post int, since date,
    CONSTRAINT stickied_pkey PRIMARY KEY (id), CONSTRAINT stickied_post_key UNIQUE (post)
);
CREATE INDEX stickied_post_idx ON featured (post);
ALTER SEQUENCE stickied_id_seq OWNED BY featured.id;
--> plan
ALTER SEQUENCE stickied_id_seq OWNED BY NONE;

-- hazard: deletes-data: all rows of table `stickied` go
DROP TABLE stickied;

CREATE TABLE featured (
    id integer NOT NULL DEFAULT nextval('stickied_id_seq'::regclass),
    post integer,
    since date,
    CONSTRAINT stickied_pkey PRIMARY KEY (id),
    CONSTRAINT stickied_post_key UNIQUE (post)
);

ALTER SEQUENCE stickied_id_seq OWNED BY featured.id;

CREATE INDEX stickied_post_idx ON featured (post);
