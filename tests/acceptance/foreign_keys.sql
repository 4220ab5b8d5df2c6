-- Foreign keys.

--# a foreign key is added
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int);
--> rows
INSERT INTO r VALUES (1); INSERT INTO t VALUES (1), (NULL);
--> new
CREATE TABLE t (r_id int REFERENCES r);
--> plan
-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id);

--# a foreign key is dropped
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int REFERENCES r);
--> new
CREATE TABLE t (r_id int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

--# a foreign key deletes along
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int REFERENCES r);
--> new
CREATE TABLE t (r_id int REFERENCES r ON DELETE CASCADE ON UPDATE CASCADE);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id) ON UPDATE CASCADE ON DELETE CASCADE;

--# a foreign key sets NULL
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int REFERENCES r ON DELETE RESTRICT);
--> new
CREATE TABLE t (r_id int REFERENCES r ON DELETE SET NULL);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id) ON DELETE SET NULL;

--# a foreign key sets one column NULL
--: since 15
--> both
CREATE TABLE r (a int, b int, PRIMARY KEY (a, b));
--> old
CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES r ON DELETE SET NULL);
--> new
CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES r ON DELETE SET NULL (b));
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_b_fkey;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_a_b_fkey FOREIGN KEY (a, b) REFERENCES r (a, b) ON DELETE SET NULL (b);

--# a foreign key sets defaults
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int DEFAULT 0 REFERENCES r);
--> new
CREATE TABLE t (r_id int DEFAULT 0 REFERENCES r ON DELETE SET DEFAULT);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id) ON DELETE SET DEFAULT;

--# a foreign key becomes deferrable
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int REFERENCES r);
--> new
CREATE TABLE t (r_id int REFERENCES r DEFERRABLE);
--> plan
ALTER TABLE t ALTER CONSTRAINT t_r_id_fkey DEFERRABLE INITIALLY IMMEDIATE;

--# a deferrable foreign key is deferred
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int REFERENCES r DEFERRABLE);
--> new
CREATE TABLE t (r_id int REFERENCES r DEFERRABLE INITIALLY DEFERRED);
--> plan
ALTER TABLE t ALTER CONSTRAINT t_r_id_fkey DEFERRABLE INITIALLY DEFERRED;

--# a foreign key becomes deferrable under another name
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int CONSTRAINT one REFERENCES r);
--> new
CREATE TABLE t (r_id int CONSTRAINT other REFERENCES r DEFERRABLE);
--> plan
ALTER TABLE t DROP CONSTRAINT one;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT other FOREIGN KEY (r_id) REFERENCES r (id) DEFERRABLE;

--# a foreign key becomes valid
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int);
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (r_id) REFERENCES r NOT VALID;
--> new
CREATE TABLE t (r_id int CONSTRAINT f REFERENCES r);
--> plan
-- hazard: may-fail: rows of `t` may not meet the constraint
-- hazard: scans-table: all rows of `t` are looked at
ALTER TABLE t VALIDATE CONSTRAINT f;

--# a foreign key that is not valid is added
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int);
--> rows
INSERT INTO t VALUES (5);
--> new
CREATE TABLE t (r_id int);
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (r_id) REFERENCES r NOT VALID;
--> plan
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (r_id) REFERENCES r (id) NOT VALID;

--# a foreign key becomes valid and deferrable
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int);
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (r_id) REFERENCES r NOT VALID;
--> new
CREATE TABLE t (r_id int CONSTRAINT f REFERENCES r DEFERRABLE);
--> plan
ALTER TABLE t DROP CONSTRAINT f;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (r_id) REFERENCES r (id) DEFERRABLE;

--# a foreign key has another name
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int CONSTRAINT one REFERENCES r);
--> new
CREATE TABLE t (r_id int CONSTRAINT other REFERENCES r);
--> plan
ALTER TABLE t RENAME CONSTRAINT one TO other;

--# a foreign key references another table
--> both
CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE s (id int PRIMARY KEY);
--> old
CREATE TABLE t (id int CONSTRAINT f REFERENCES r);
--> new
CREATE TABLE t (id int CONSTRAINT f REFERENCES s);
--> plan
ALTER TABLE t DROP CONSTRAINT f;

-- hazard: may-fail: rows of `t` may reference nothing in `s`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `s` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES s (id);

--# a foreign key matches in full
--> both
CREATE TABLE r (a int, b int, PRIMARY KEY (a, b));
--> old
CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES r);
--> new
CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES r MATCH FULL);
--> plan
ALTER TABLE t DROP CONSTRAINT f;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES r (a, b) MATCH FULL;

--# the columns of a foreign key are in another order
--> both
CREATE TABLE r (a int, b int, PRIMARY KEY (a, b), UNIQUE (b, a));
--> old
CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES r (a, b));
--> new
CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (b, a) REFERENCES r (b, a));
--> plan
ALTER TABLE t DROP CONSTRAINT f;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b, a) REFERENCES r (b, a);

--# a table with a foreign key is created with what it references
--> new
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int REFERENCES r);
--> plan
CREATE TABLE r (
    id integer NOT NULL,
    CONSTRAINT r_pkey PRIMARY KEY (id)
);

CREATE TABLE t (
    r_id integer,
    CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id)
);

--# tables that reference each other are created
--> new
CREATE TABLE a (id int PRIMARY KEY, b_id int);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;
--> plan
CREATE TABLE a (
    id integer NOT NULL,
    b_id integer,
    CONSTRAINT a_pkey PRIMARY KEY (id)
);

CREATE TABLE b (
    id integer NOT NULL,
    a_id integer,
    CONSTRAINT b_pkey PRIMARY KEY (id),
    CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES a (id)
);

-- hazard: may-fail: rows of `a` may reference nothing in `b`
ALTER TABLE a ADD CONSTRAINT a_b_id_fkey FOREIGN KEY (b_id) REFERENCES b (id);

--# a table that references itself is created
--> new
CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t);
--> plan
CREATE TABLE t (
    id integer NOT NULL,
    parent integer,
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT t_parent_fkey FOREIGN KEY (parent) REFERENCES t (id)
);

--# a referenced table goes
--> old
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int REFERENCES r);
--> new
CREATE TABLE t (r_id int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

-- hazard: deletes-data: all rows of table `r` go
DROP TABLE r;

--# a foreign key references a new column of a table that stays
--> old
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int);
--> new
CREATE TABLE r (id int PRIMARY KEY, code text UNIQUE);
CREATE TABLE t (r_id int, r_code text REFERENCES r (code));
--> plan
ALTER TABLE r ADD COLUMN code text;

ALTER TABLE t ADD COLUMN r_code text;

-- hazard: may-fail: rows of `r` may have equal values
-- hazard: blocks-reads: all rows of `r` are looked at while nobody reads it
-- hazard: builds-index: all rows of `r` are sorted
ALTER TABLE r ADD CONSTRAINT r_code_key UNIQUE (code);

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_code_fkey FOREIGN KEY (r_code) REFERENCES r (code);

--# a foreign key over a unique index
--> old
CREATE TABLE r (id int); CREATE UNIQUE INDEX r_id ON r (id);
CREATE TABLE t (r_id int);
--> new
CREATE TABLE r (id int); CREATE UNIQUE INDEX r_id ON r (id);
CREATE TABLE t (r_id int REFERENCES r (id));
--> plan
-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id);

--# a foreign key into another namespace
--> both
CREATE SCHEMA app; CREATE TABLE app.r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int);
--> new
CREATE TABLE t (r_id int REFERENCES app.r);
--> plan
-- hazard: may-fail: rows of `t` may reference nothing in `app.r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `app.r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES app.r (id);

--# a foreign key has a comment
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (r_id int CONSTRAINT f REFERENCES r);
--> new
CREATE TABLE t (r_id int CONSTRAINT f REFERENCES r);
COMMENT ON CONSTRAINT f ON t IS 'its owner';
--> plan
COMMENT ON CONSTRAINT f ON t IS 'its owner';

--# a foreign key of a partitioned table
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (id int, r_id int) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (id int, r_id int REFERENCES r) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id);

--# a foreign key that references a partitioned table
--> both
CREATE TABLE r (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM (0) TO (10);
--> old
CREATE TABLE t (r_id int);
--> new
CREATE TABLE t (r_id int REFERENCES r);
--> plan
-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id);

--# a foreign key of a partitioned table becomes deferrable
--> both
CREATE TABLE r (id int PRIMARY KEY);
--> old
CREATE TABLE t (id int, r_id int CONSTRAINT f REFERENCES r) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> new
CREATE TABLE t (id int, r_id int CONSTRAINT f REFERENCES r DEFERRABLE) PARTITION BY RANGE (id);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
--> plan
ALTER TABLE t ALTER CONSTRAINT f DEFERRABLE INITIALLY IMMEDIATE;

--# a chain of tables goes
--> old
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY REFERENCES a);
CREATE TABLE c (id int PRIMARY KEY REFERENCES b);
--> new
--> plan
ALTER TABLE b DROP CONSTRAINT b_id_fkey;

ALTER TABLE c DROP CONSTRAINT c_id_fkey;

-- hazard: deletes-data: all rows of table `a` go
DROP TABLE a;

-- hazard: deletes-data: all rows of table `b` go
DROP TABLE b;

-- hazard: deletes-data: all rows of table `c` go
DROP TABLE c;

--# a cycle of tables goes
--> old
CREATE TABLE a (id int PRIMARY KEY, b_id int);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;
--> new
--> plan
ALTER TABLE a DROP CONSTRAINT a_b_id_fkey;

ALTER TABLE b DROP CONSTRAINT b_a_id_fkey;

-- hazard: deletes-data: all rows of table `a` go
DROP TABLE a;

-- hazard: deletes-data: all rows of table `b` go
DROP TABLE b;

--# a cycle of tables goes with its namespace
--> old
CREATE SCHEMA s;
CREATE TABLE s.a (id int PRIMARY KEY, b_id int);
CREATE TABLE s.b (id int PRIMARY KEY, a_id int REFERENCES s.a);
ALTER TABLE s.a ADD FOREIGN KEY (b_id) REFERENCES s.b;
--> new
--> plan
ALTER TABLE s.a DROP CONSTRAINT a_b_id_fkey;

ALTER TABLE s.b DROP CONSTRAINT b_a_id_fkey;

-- hazard: deletes-data: all rows of table `s.a` go
DROP TABLE s.a;

-- hazard: deletes-data: all rows of table `s.b` go
DROP TABLE s.b;

DROP SCHEMA s;

--# two tables that reference each other become unlogged
--> old
CREATE TABLE a (id int PRIMARY KEY, other int);
CREATE TABLE b (id int PRIMARY KEY, other int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b;
--> rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES (2, 1); UPDATE a SET other = 2;
--> new
CREATE UNLOGGED TABLE a (id int PRIMARY KEY, other int);
CREATE UNLOGGED TABLE b (id int PRIMARY KEY, other int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b;
--> plan
ALTER TABLE a DROP CONSTRAINT a_other_fkey;

ALTER TABLE b DROP CONSTRAINT b_other_fkey;

-- hazard: rewrites-table: table `a` is written anew and nobody reads it meanwhile
ALTER TABLE a SET UNLOGGED;

-- hazard: rewrites-table: table `b` is written anew and nobody reads it meanwhile
ALTER TABLE b SET UNLOGGED;

-- hazard: may-fail: rows of `a` may reference nothing in `b`
-- hazard: blocks-writes: all rows of `a` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `b` while the rows of `a` are looked at
ALTER TABLE a ADD CONSTRAINT a_other_fkey FOREIGN KEY (other) REFERENCES b (id);

-- hazard: may-fail: rows of `b` may reference nothing in `a`
-- hazard: blocks-writes: all rows of `b` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `a` while the rows of `b` are looked at
ALTER TABLE b ADD CONSTRAINT b_other_fkey FOREIGN KEY (other) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED;

--# two tables that reference each other become logged
--> old
CREATE UNLOGGED TABLE a (id int PRIMARY KEY, other int);
CREATE UNLOGGED TABLE b (id int PRIMARY KEY, other int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b;
--> rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES (2, 1); UPDATE a SET other = 2;
--> new
CREATE TABLE a (id int PRIMARY KEY, other int);
CREATE TABLE b (id int PRIMARY KEY, other int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b;
--> plan
ALTER TABLE a DROP CONSTRAINT a_other_fkey;

ALTER TABLE b DROP CONSTRAINT b_other_fkey;

-- hazard: rewrites-table: table `a` is written anew and nobody reads it meanwhile
ALTER TABLE a SET LOGGED;

-- hazard: rewrites-table: table `b` is written anew and nobody reads it meanwhile
ALTER TABLE b SET LOGGED;

-- hazard: may-fail: rows of `a` may reference nothing in `b`
-- hazard: blocks-writes: all rows of `a` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `b` while the rows of `a` are looked at
ALTER TABLE a ADD CONSTRAINT a_other_fkey FOREIGN KEY (other) REFERENCES b (id);

-- hazard: may-fail: rows of `b` may reference nothing in `a`
-- hazard: blocks-writes: all rows of `b` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `a` while the rows of `b` are looked at
ALTER TABLE b ADD CONSTRAINT b_other_fkey FOREIGN KEY (other) REFERENCES a (id);
