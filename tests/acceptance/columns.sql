-- Columns: added, dropped, and changed fact by fact.

--# a column is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, note text);
--> plan
ALTER TABLE t ADD COLUMN note text;

--# a column with a default is added
--> old
CREATE TABLE t (id int);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (id int, note text NOT NULL DEFAULT 'x');
--> plan
ALTER TABLE t ADD COLUMN note text NOT NULL DEFAULT ('x'::text);

--# a column that takes no NULL is added
--> old
CREATE TABLE t (id int);
--> new
CREATE TABLE t (id int, note text NOT NULL);
--> plan
-- hazard: may-fail: rows of `t` have no value for `note`, which takes no NULL
ALTER TABLE t ADD COLUMN note text NOT NULL;

--# a column is renamed
--: rename t.note=remark
--: rename back t.remark=note
--> old
CREATE TABLE t (id int, note text);
--> rows
INSERT INTO t VALUES (1, 'x');
--> new
CREATE TABLE t (id int, remark text);
--> plan
-- hazard: breaks-clients: column t.note has another name
ALTER TABLE t RENAME COLUMN note TO remark;
