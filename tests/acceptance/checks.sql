-- Check and exclusion constraints.

--# a check is added
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int CHECK (a > 0));
--> plan
-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (a > 0);

--# a check is dropped
--> old
CREATE TABLE t (a int CHECK (a > 0));
--> new
CREATE TABLE t (a int);
--> plan
ALTER TABLE t DROP CONSTRAINT t_a_check;

--# a check has another condition
--> old
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
--> new
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 10));
--> plan
ALTER TABLE t DROP CONSTRAINT c;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 10);

--# a check has another name
--> old
CREATE TABLE t (a int CONSTRAINT one CHECK (a > 0));
--> new
CREATE TABLE t (a int CONSTRAINT other CHECK (a > 0));
--> plan
ALTER TABLE t RENAME CONSTRAINT one TO other;

--# two checks swap their names
--> old
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0), CONSTRAINT other CHECK (a < 9));
--> new
CREATE TABLE t (a int, CONSTRAINT one CHECK (a < 9), CONSTRAINT other CHECK (a > 0));
--> plan
ALTER TABLE t DROP CONSTRAINT one;

ALTER TABLE t DROP CONSTRAINT other;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT one CHECK (a < 9);

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT other CHECK (a > 0);

--# a check becomes valid
--> old
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
--> new
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
--> plan
-- hazard: may-fail: rows of `t` may not meet the constraint
-- hazard: scans-table: all rows of `t` are looked at
ALTER TABLE t VALIDATE CONSTRAINT c;

--# a check that is not valid is added
--> old
CREATE TABLE t (a int);
--> rows
INSERT INTO t VALUES (-1);
--> new
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
--> plan
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;

--# a check is not inherited any more
--> old
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
--> new
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0) NO INHERIT);
--> plan
ALTER TABLE t DROP CONSTRAINT c;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NO INHERIT;

--# a check over two columns
--> old
CREATE TABLE t (a int, b int);
--> new
CREATE TABLE t (a int, b int, CONSTRAINT ordered CHECK (a < b OR b IS NULL));
--> plan
-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT ordered CHECK ((a < b) OR (b IS NULL));

--# a check over a new column
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int, b int CHECK (b > 0), CHECK (a <> b));
--> plan
ALTER TABLE t ADD COLUMN b integer;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT t_b_check CHECK (b > 0);

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT t_check CHECK (a <> b);

--# a check of a list of texts gets another text
--> old
CREATE TABLE t (a text CONSTRAINT known CHECK (a IN ('x', 'y')));
--> new
CREATE TABLE t (a text CONSTRAINT known CHECK (a IN ('x', 'y', 'z')));
--> plan
ALTER TABLE t DROP CONSTRAINT known;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT known CHECK (a = ANY (ARRAY['x'::text, 'y'::text, 'z'::text]));

--# a check has a comment
--> old
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
--> new
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
COMMENT ON CONSTRAINT c ON t IS 'it''s positive';
--> plan
COMMENT ON CONSTRAINT c ON t IS 'it''s positive';

--# an exclusion constraint is added
--> old
CREATE TABLE t (during tsrange);
--> new
CREATE TABLE t (during tsrange, EXCLUDE USING gist (during WITH &&));
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_during_excl EXCLUDE USING gist (during WITH &&);

--# an exclusion constraint is dropped
--> old
CREATE TABLE t (during tsrange, CONSTRAINT e EXCLUDE USING gist (during WITH &&));
--> new
CREATE TABLE t (during tsrange);
--> plan
ALTER TABLE t DROP CONSTRAINT e;

--# an exclusion constraint gets a predicate
--> old
CREATE TABLE t (during tsrange, open boolean, CONSTRAINT e EXCLUDE USING gist (during WITH &&));
--> new
CREATE TABLE t (during tsrange, open boolean, CONSTRAINT e EXCLUDE USING gist (during WITH &&) WHERE (open));
--> plan
ALTER TABLE t DROP CONSTRAINT e;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (during WITH &&) WHERE (open);

--# an exclusion constraint over two elements of an extension
--> old
CREATE EXTENSION btree_gist;
CREATE TABLE t (room int, during tsrange);
--> new
CREATE EXTENSION btree_gist;
CREATE TABLE t (room int, during tsrange, CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&) DEFERRABLE INITIALLY DEFERRED);
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&) DEFERRABLE INITIALLY DEFERRED;

--# an exclusion constraint with the extension it needs
--> old
CREATE TABLE t (room int, during tsrange);
--> new
CREATE EXTENSION btree_gist;
CREATE TABLE t (room int, during tsrange, CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&));
--> plan
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&);

--# an exclusion constraint has another name
--> old
CREATE TABLE t (during tsrange, CONSTRAINT one EXCLUDE USING gist (during WITH &&));
--> new
CREATE TABLE t (during tsrange, CONSTRAINT other EXCLUDE USING gist (during WITH &&));
--> plan
ALTER TABLE t RENAME CONSTRAINT one TO other;

--# an exclusion constraint over an expression
--> old
CREATE TABLE t (a text);
--> new
CREATE TABLE t (a text, CONSTRAINT e EXCLUDE USING btree (lower(a) WITH =) WITH (fillfactor = 70));
--> plan
-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING btree ((lower(a)) WITH =) WITH (fillfactor = 70);

--# an exclusion constraint becomes deferrable
--> old
CREATE TABLE t (during tsrange, CONSTRAINT e EXCLUDE USING gist (during WITH &&));
--> new
CREATE TABLE t (during tsrange, CONSTRAINT e EXCLUDE USING gist (during WITH &&) DEFERRABLE);
--> plan
ALTER TABLE t DROP CONSTRAINT e;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (during WITH &&) DEFERRABLE;

--# a check calls a function
--> both
CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
--> old
CREATE TABLE t (a int);
--> new
CREATE TABLE t (a int CONSTRAINT c CHECK (ok(a)));
--> plan
-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT c CHECK (ok(a));

--# a list of texts is compared with what is no text
--> both
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--> new
CREATE TABLE t (s varchar(20) CHECK (s IN ('a', 'b')), n varchar CHECK (n NOT IN ('it''s ]', 'y')), c char(3) CHECK (c IN ('x', 'y')));
CREATE INDEX i ON t (n) WHERE s IN ('x', 'y') AND n <> ALL (ARRAY['x', 'y']::varchar[]);
CREATE VIEW v AS SELECT * FROM t WHERE s IN ('a', 'b');
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON t USING (s IN ('a', 'b'));
CREATE TRIGGER touched AFTER UPDATE ON t FOR EACH ROW WHEN (new.s IN ('a', 'b')) EXECUTE FUNCTION touched();
--> plan
CREATE TABLE t (
    s varchar(20),
    n varchar,
    c char(3),
    CONSTRAINT t_c_check CHECK (c = ANY (ARRAY['x'::bpchar, 'y'::bpchar])),
    CONSTRAINT t_n_check CHECK ((n)::text <> ALL (ARRAY['it''s ]'::character varying, 'y'::character varying])),
    CONSTRAINT t_s_check CHECK ((s)::text = ANY (ARRAY['a'::character varying, 'b'::character varying]))
);

CREATE INDEX i ON t (n) WHERE (((s)::text = ANY (ARRAY['x'::character varying, 'y'::character varying])) AND ((n)::text <> ALL (ARRAY['x'::character varying, 'y'::character varying])));

CREATE VIEW v (s, n, c) AS
SELECT t.s,
    t.n,
    t.c
   FROM t
  WHERE ((t.s)::text = ANY (ARRAY['a'::character varying, 'b'::character varying]));

ALTER TABLE t ENABLE ROW LEVEL SECURITY;

CREATE POLICY mine ON t USING ((s)::text = ANY (ARRAY['a'::character varying, 'b'::character varying]));

CREATE TRIGGER touched AFTER UPDATE ON public.t FOR EACH ROW WHEN (((new.s)::text = ANY (ARRAY['a'::character varying, 'b'::character varying]))) EXECUTE FUNCTION touched();
