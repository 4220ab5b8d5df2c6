-- Types: what a column of one becomes as another, and what stands around it.

--# integer becomes bigint
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1), (2, NULL);
--> new
CREATE TABLE t (id int, c bigint);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# smallint becomes integer
--> old
CREATE TABLE t (id int, c smallint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer;

--# smallint becomes bigint
--> old
CREATE TABLE t (id int, c smallint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# bigint becomes integer
--> old
CREATE TABLE t (id int, c bigint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer;

--# integer becomes smallint
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c smallint);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type smallint
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE smallint;

--# integer becomes numeric
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c numeric);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric;

--# numeric becomes integer
--> old
CREATE TABLE t (id int, c numeric);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer;

--# integer becomes double precision
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c double precision);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type double precision
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE double precision;

--# real becomes double precision
--> old
CREATE TABLE t (id int, c real);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c double precision);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type double precision
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE double precision;

--# double precision becomes real
--> old
CREATE TABLE t (id int, c double precision);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c real);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type real
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE real;

--# numeric becomes double precision
--> old
CREATE TABLE t (id int, c numeric);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c double precision);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type double precision
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE double precision;

--# numeric(10, 2) becomes numeric(12, 2)
--> old
CREATE TABLE t (id int, c numeric(10, 2));
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric(12, 2));
--> plan
ALTER TABLE t ALTER COLUMN c TYPE numeric(12, 2);

--# numeric(10, 2) becomes numeric(12, 4)
--> old
CREATE TABLE t (id int, c numeric(10, 2));
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric(12, 4));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(12, 4)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(12, 4);

--# numeric(12, 4) becomes numeric(10, 2)
--> old
CREATE TABLE t (id int, c numeric(12, 4));
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric(10, 2));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(10, 2)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(10, 2);

--# numeric(10, 2) becomes numeric
--> old
CREATE TABLE t (id int, c numeric(10, 2));
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric);
--> plan
ALTER TABLE t ALTER COLUMN c TYPE numeric;

--# numeric becomes numeric(10, 2)
--> old
CREATE TABLE t (id int, c numeric);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric(10, 2));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(10, 2)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(10, 2);

--# integer becomes text
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# text becomes integer
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

--# varchar(10) becomes varchar(20)
--> old
CREATE TABLE t (id int, c varchar(10));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c varchar(20));
--> plan
ALTER TABLE t ALTER COLUMN c TYPE varchar(20);

--# varchar(20) becomes varchar(10)
--> old
CREATE TABLE t (id int, c varchar(20));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c varchar(10));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type varchar(10)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);

--# varchar(10) becomes varchar
--> old
CREATE TABLE t (id int, c varchar(10));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c varchar);
--> plan
ALTER TABLE t ALTER COLUMN c TYPE varchar;

--# varchar(10) becomes text
--> old
CREATE TABLE t (id int, c varchar(10));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c text);
--> plan
ALTER TABLE t ALTER COLUMN c TYPE text;

--# text becomes varchar(10)
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c varchar(10));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type varchar(10)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);

--# text becomes char(10)
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c char(10));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type char(10)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE char(10);

--# char(3) becomes char(5)
--> old
CREATE TABLE t (id int, c char(3));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c char(5));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type char(5)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE char(5);

--# char(3) becomes text
--> old
CREATE TABLE t (id int, c char(3));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# boolean becomes integer
--> old
CREATE TABLE t (id int, c boolean);
--> rows
INSERT INTO t VALUES (1, true), (2, false);
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

--# integer becomes boolean
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1), (2, 0);
--> new
CREATE TABLE t (id int, c boolean);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type boolean
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE boolean USING c::boolean;

--# boolean becomes text
--> old
CREATE TABLE t (id int, c boolean);
--> rows
INSERT INTO t VALUES (1, true);
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# text becomes boolean
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'true');
--> new
CREATE TABLE t (id int, c boolean);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type boolean
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE boolean USING c::boolean;

--# boolean becomes smallint
--> old
CREATE TABLE t (id int, c boolean);
--> rows
INSERT INTO t VALUES (1, true);
--> new
CREATE TABLE t (id int, c smallint);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type smallint
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE smallint USING c::integer::smallint;

--# smallint becomes boolean
--> old
CREATE TABLE t (id int, c smallint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c boolean);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type boolean
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE boolean USING (c <> 0);

--# bigint becomes boolean
--> old
CREATE TABLE t (id int, c bigint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c boolean);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type boolean
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE boolean USING (c <> 0);

--# date becomes timestamp
--> old
CREATE TABLE t (id int, c date);
--> rows
INSERT INTO t VALUES (1, '2026-01-01');
--> new
CREATE TABLE t (id int, c timestamp);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamp
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamp;

--# timestamp becomes date
--> old
CREATE TABLE t (id int, c timestamp);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00');
--> new
CREATE TABLE t (id int, c date);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type date
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE date;

--# timestamp becomes timestamptz
--> old
CREATE TABLE t (id int, c timestamp);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00');
--> new
CREATE TABLE t (id int, c timestamptz);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamptz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;

--# timestamptz becomes timestamp
--> old
CREATE TABLE t (id int, c timestamptz);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c timestamp);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamp
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamp;

--# timestamptz becomes date
--> old
CREATE TABLE t (id int, c timestamptz);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c date);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type date
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE date;

--# date becomes timestamptz
--> old
CREATE TABLE t (id int, c date);
--> rows
INSERT INTO t VALUES (1, '2026-01-01');
--> new
CREATE TABLE t (id int, c timestamptz);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamptz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;

--# timestamptz becomes timestamptz(3)
--> old
CREATE TABLE t (id int, c timestamptz);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c timestamptz(3));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamptz(3)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamptz(3);

--# timestamptz(3) becomes timestamptz
--> old
CREATE TABLE t (id int, c timestamptz(3));
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c timestamptz);
--> plan
ALTER TABLE t ALTER COLUMN c TYPE timestamptz;

--# time becomes timetz
--> old
CREATE TABLE t (id int, c time);
--> rows
INSERT INTO t VALUES (1, '10:00');
--> new
CREATE TABLE t (id int, c timetz);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timetz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timetz;

--# time becomes interval
--> old
CREATE TABLE t (id int, c time);
--> rows
INSERT INTO t VALUES (1, '10:00');
--> new
CREATE TABLE t (id int, c interval);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type interval
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE interval;

--# interval becomes time
--> old
CREATE TABLE t (id int, c interval);
--> rows
INSERT INTO t VALUES (1, '10:00');
--> new
CREATE TABLE t (id int, c time);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type time
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE time USING c::time;

--# timestamp becomes time
--> old
CREATE TABLE t (id int, c timestamp);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00');
--> new
CREATE TABLE t (id int, c time);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type time
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE time;

--# text becomes date
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '2026-01-01');
--> new
CREATE TABLE t (id int, c date);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type date
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE date USING c::date;

--# text becomes timestamptz
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '2026-01-01');
--> new
CREATE TABLE t (id int, c timestamptz);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamptz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING c::timestamptz;

--# timestamptz becomes text
--> old
CREATE TABLE t (id int, c timestamptz);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# integer becomes timestamptz
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1700000000);
--> new
CREATE TABLE t (id int, c timestamptz);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamptz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamptz USING to_timestamp(c);

--# bigint becomes timestamp
--> old
CREATE TABLE t (id int, c bigint);
--> rows
INSERT INTO t VALUES (1, 1700000000);
--> new
CREATE TABLE t (id int, c timestamp);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type timestamp
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE timestamp USING (to_timestamp(c) AT TIME ZONE 'UTC');

--# timestamptz becomes bigint
--> old
CREATE TABLE t (id int, c timestamptz);
--> rows
INSERT INTO t VALUES (1, '2026-01-01 10:00+00');
--> new
CREATE TABLE t (id int, c bigint);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type bigint
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint USING extract(epoch FROM c)::bigint;

--# text becomes uuid
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '00000000-0000-0000-0000-000000000001');
--> new
CREATE TABLE t (id int, c uuid);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type uuid
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE uuid USING c::uuid;

--# uuid becomes text
--> old
CREATE TABLE t (id int, c uuid);
--> rows
INSERT INTO t VALUES (1, '00000000-0000-0000-0000-000000000001');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# varchar(36) becomes uuid
--> old
CREATE TABLE t (id int, c varchar(36));
--> rows
INSERT INTO t VALUES (1, '00000000-0000-0000-0000-000000000001');
--> new
CREATE TABLE t (id int, c uuid);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type uuid
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE uuid USING c::uuid;

--# bytea becomes uuid
--> old
CREATE TABLE t (id int, c bytea);
--> rows
INSERT INTO t VALUES (1, '\x00000000000000000000000000000001');
--> new
CREATE TABLE t (id int, c uuid);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type uuid
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE uuid USING encode(c, 'hex')::uuid;

--# json becomes jsonb
--> old
CREATE TABLE t (id int, c json);
--> rows
INSERT INTO t VALUES (1, '{"a": 1}');
--> new
CREATE TABLE t (id int, c jsonb);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type jsonb
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE jsonb;

--# jsonb becomes json
--> old
CREATE TABLE t (id int, c jsonb);
--> rows
INSERT INTO t VALUES (1, '{"a": 1}');
--> new
CREATE TABLE t (id int, c json);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type json
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE json;

--# text becomes jsonb
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '{}');
--> new
CREATE TABLE t (id int, c jsonb);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type jsonb
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING c::jsonb;

--# jsonb becomes text
--> old
CREATE TABLE t (id int, c jsonb);
--> rows
INSERT INTO t VALUES (1, '{}');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# text becomes json
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '[]');
--> new
CREATE TABLE t (id int, c json);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type json
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE json USING c::json;

--# integer becomes jsonb
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c jsonb);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type jsonb
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING c::text::jsonb;

--# text[] becomes jsonb
--> old
CREATE TABLE t (id int, c text[]);
--> rows
INSERT INTO t VALUES (1, '{a,b}');
--> new
CREATE TABLE t (id int, c jsonb);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type jsonb
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE jsonb USING to_jsonb(c);

--# jsonb becomes text[]
--> old
CREATE TABLE t (id int, c jsonb);
--> rows
INSERT INTO t VALUES (1, '["a"]');
--> new
CREATE TABLE t (id int, c text[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type text[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text[] USING ARRAY[c]::text[];

--# text becomes text[]
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c text[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type text[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text[] USING ARRAY[c]::text[];

--# text[] becomes text
--> old
CREATE TABLE t (id int, c text[]);
--> rows
INSERT INTO t VALUES (1, '{a}');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text USING c::text::text;

--# integer becomes integer[]
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c integer[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer[] USING ARRAY[c]::integer[];

--# integer[] becomes bigint[]
--> old
CREATE TABLE t (id int, c integer[]);
--> rows
INSERT INTO t VALUES (1, '{1}');
--> new
CREATE TABLE t (id int, c bigint[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type bigint[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint[];

--# integer[] becomes text[]
--> old
CREATE TABLE t (id int, c integer[]);
--> rows
INSERT INTO t VALUES (1, '{1}');
--> new
CREATE TABLE t (id int, c text[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type text[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text[] USING c::text[]::text[];

--# text[] becomes integer[]
--> old
CREATE TABLE t (id int, c text[]);
--> rows
INSERT INTO t VALUES (1, '{1}');
--> new
CREATE TABLE t (id int, c integer[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer[] USING c::text[]::integer[];

--# varchar(5)[] becomes varchar(9)[]
--> old
CREATE TABLE t (id int, c varchar(5)[]);
--> rows
INSERT INTO t VALUES (1, '{a}');
--> new
CREATE TABLE t (id int, c varchar(9)[]);
--> plan
ALTER TABLE t ALTER COLUMN c TYPE varchar(9)[];

--# varchar(5)[] becomes text[]
--> old
CREATE TABLE t (id int, c varchar(5)[]);
--> rows
INSERT INTO t VALUES (1, '{a}');
--> new
CREATE TABLE t (id int, c text[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type text[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text[];

--# text becomes bytea
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'abc');
--> new
CREATE TABLE t (id int, c bytea);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type bytea
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bytea USING c::bytea;

--# bytea becomes text
--> old
CREATE TABLE t (id int, c bytea);
--> rows
INSERT INTO t VALUES (1, '\x61');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# inet becomes cidr
--> old
CREATE TABLE t (id int, c inet);
--> rows
INSERT INTO t VALUES (1, '10.0.0.1');
--> new
CREATE TABLE t (id int, c cidr);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type cidr
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE cidr USING c::cidr;

--# cidr becomes inet
--> old
CREATE TABLE t (id int, c cidr);
--> rows
INSERT INTO t VALUES (1, '10.0.0.0/8');
--> new
CREATE TABLE t (id int, c inet);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type inet
ALTER TABLE t ALTER COLUMN c TYPE inet;

--# text becomes inet
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '10.0.0.1');
--> new
CREATE TABLE t (id int, c inet);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type inet
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE inet USING c::inet;

--# inet becomes text
--> old
CREATE TABLE t (id int, c inet);
--> rows
INSERT INTO t VALUES (1, '10.0.0.1');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# bit(3) becomes bit(5)
--> old
CREATE TABLE t (id int, c bit(3));
--> rows
INSERT INTO t VALUES (1, B'101');
--> new
CREATE TABLE t (id int, c bit(5));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type bit(5)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bit(5) USING c::bit(5);

--# bit(3) becomes varbit
--> old
CREATE TABLE t (id int, c bit(3));
--> rows
INSERT INTO t VALUES (1, B'101');
--> new
CREATE TABLE t (id int, c varbit);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type varbit
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE varbit;

--# varbit(3) becomes varbit(5)
--> old
CREATE TABLE t (id int, c varbit(3));
--> rows
INSERT INTO t VALUES (1, B'101');
--> new
CREATE TABLE t (id int, c varbit(5));
--> plan
ALTER TABLE t ALTER COLUMN c TYPE varbit(5);

--# integer becomes bit(8)
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 5);
--> new
CREATE TABLE t (id int, c bit(8));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type bit(8)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bit(8) USING c::bit(8);

--# bit(8) becomes integer
--> old
CREATE TABLE t (id int, c bit(8));
--> rows
INSERT INTO t VALUES (1, B'00000101');
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

--# money becomes numeric
--> old
CREATE TABLE t (id int, c money);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric USING c::numeric;

--# numeric becomes money
--> old
CREATE TABLE t (id int, c numeric);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c money);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type money
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE money USING c::money;

--# int4range becomes int8range
--> old
CREATE TABLE t (id int, c int4range);
--> rows
INSERT INTO t VALUES (1, '[1,2)');
--> new
CREATE TABLE t (id int, c int8range);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type int8range
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE int8range USING c::text::int8range;

--# daterange becomes tsrange
--> old
CREATE TABLE t (id int, c daterange);
--> rows
INSERT INTO t VALUES (1, '[2026-01-01,2026-01-02)');
--> new
CREATE TABLE t (id int, c tsrange);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type tsrange
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE tsrange USING c::text::tsrange;

--# int4range becomes int4multirange
--> old
CREATE TABLE t (id int, c int4range);
--> rows
INSERT INTO t VALUES (1, '[1,2)');
--> new
CREATE TABLE t (id int, c int4multirange);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type int4multirange
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE int4multirange USING int4multirange(c);

--# text becomes interval
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '1 day');
--> new
CREATE TABLE t (id int, c interval);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type interval
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE interval USING c::interval;

--# integer becomes interval
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 60);
--> new
CREATE TABLE t (id int, c interval);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type interval
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE interval USING c::text::interval;

--# text becomes numeric(10, 2)
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '1.5');
--> new
CREATE TABLE t (id int, c numeric(10, 2));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(10, 2)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(10, 2) USING c::numeric(10, 2);

--# oid becomes integer
--> old
CREATE TABLE t (id int, c oid);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c integer);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::text::integer;

--# integer becomes oid
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c oid);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type oid
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE oid USING c::text::oid;

--# text becomes "char"
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c "char");
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type "char"
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE "char";

--# text becomes name
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c name);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type name
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE name USING c::name;

--# text becomes tsvector
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a b');
--> new
CREATE TABLE t (id int, c tsvector);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type tsvector
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE tsvector USING c::tsvector;

--# text becomes xml
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '<a/>');
--> new
CREATE TABLE t (id int, c xml);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type xml
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE xml USING c::xml;

--# point becomes text
--> old
CREATE TABLE t (id int, c point);
--> rows
INSERT INTO t VALUES (1, '(1,2)');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# text becomes point
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '(1,2)');
--> new
CREATE TABLE t (id int, c point);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type point
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE point USING c::point;

--# macaddr becomes text
--> old
CREATE TABLE t (id int, c macaddr);
--> rows
INSERT INTO t VALUES (1, '08:00:2b:01:02:03');
--> new
CREATE TABLE t (id int, c text);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# macaddr becomes macaddr8
--> old
CREATE TABLE t (id int, c macaddr);
--> rows
INSERT INTO t VALUES (1, '08:00:2b:01:02:03');
--> new
CREATE TABLE t (id int, c macaddr8);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type macaddr8
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE macaddr8 USING c::text::macaddr8;

--# text becomes macaddr
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '08:00:2b:01:02:03');
--> new
CREATE TABLE t (id int, c macaddr);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type macaddr
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE macaddr USING c::macaddr;

--# real becomes numeric(6, 2)
--> old
CREATE TABLE t (id int, c real);
--> rows
INSERT INTO t VALUES (1, 1.5);
--> new
CREATE TABLE t (id int, c numeric(6, 2));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(6, 2)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(6, 2);

--# bigint becomes numeric(20, 0)
--> old
CREATE TABLE t (id int, c bigint);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c numeric(20, 0));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type numeric(20, 0)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE numeric(20, 0);

--# interval becomes interval second(3)
--> old
CREATE TABLE t (id int, c interval);
--> rows
INSERT INTO t VALUES (1, '1 second');
--> new
CREATE TABLE t (id int, c interval second(3));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type interval second(3)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE interval second(3) USING c::text::interval second(3);

--# text becomes an enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'sad');
--> new
CREATE TABLE t (id int, c mood);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type mood
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;

--# a text with a default becomes an enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> old
CREATE TABLE t (id int, c text DEFAULT 'ok');
--> rows
INSERT INTO t VALUES (1, 'sad');
--> new
CREATE TABLE t (id int, c mood DEFAULT 'ok');
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: may-fail: a value of `t.c` may not be one of type mood
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 'ok'::mood;

--# an enum becomes a varchar
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> old
CREATE TABLE t (id int, c mood);
--> rows
INSERT INTO t VALUES (1, 'sad');
--> new
CREATE TABLE t (id int, c varchar(10));
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type varchar(10)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);

--# an enum becomes another enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE feeling AS ENUM ('ok', 'well');
--> old
CREATE TABLE t (id int, c mood);
--> rows
INSERT INTO t VALUES (1, 'ok');
--> new
CREATE TABLE t (id int, c feeling);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type feeling
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE feeling USING c::text::feeling;

--# an enum with a default becomes another enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE feeling AS ENUM ('ok', 'well');
--> old
CREATE TABLE t (id int, c mood NOT NULL DEFAULT 'ok');
--> rows
INSERT INTO t VALUES (1, 'ok');
--> new
CREATE TABLE t (id int, c feeling NOT NULL DEFAULT 'well');
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: may-fail: a value of `t.c` may not be one of type feeling
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE feeling USING c::text::feeling;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 'well'::feeling;

--# an array of an enum becomes an array of another
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE feeling AS ENUM ('ok', 'well');
--> old
CREATE TABLE t (id int, c mood[] DEFAULT '{ok}');
--> rows
INSERT INTO t VALUES (1, '{ok}');
--> new
CREATE TABLE t (id int, c feeling[] DEFAULT '{well}');
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: may-fail: a value of `t.c` may not be one of type feeling[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE feeling[] USING c::text[]::feeling[];

ALTER TABLE t ALTER COLUMN c SET DEFAULT '{well}'::feeling[];

--# text with an index becomes an enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> old
CREATE TABLE t (id int, c text); CREATE INDEX t_c ON t (c);
--> rows
INSERT INTO t VALUES (1, 'sad');
--> new
CREATE TABLE t (id int, c mood); CREATE INDEX t_c ON t (c);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type mood
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;

--# text with a check becomes an enum
--> both
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> old
CREATE TABLE t (id int, c text CONSTRAINT known CHECK (c IN ('sad', 'ok')));
--> rows
INSERT INTO t VALUES (1, 'sad');
--> new
CREATE TABLE t (id int, c mood);
--> plan
ALTER TABLE t DROP CONSTRAINT known;

-- hazard: may-fail: a value of `t.c` may not be one of type mood
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE mood USING c::mood;

--# an integer becomes an enum by its text
--> both
CREATE TYPE size AS ENUM ('1', '2');
--> old
CREATE TABLE t (id int, c integer);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c size);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type size
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE size USING c::text::size;

--# text becomes a domain
--> both
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a@b');
--> new
CREATE TABLE t (id int, c email);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type email
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE email USING c::email;

--# a domain becomes another one
--> both
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE DOMAIN address AS varchar(50);
--> old
CREATE TABLE t (id int, c email);
--> rows
INSERT INTO t VALUES (1, 'a@b');
--> new
CREATE TABLE t (id int, c address);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type address
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE address USING c::text::address;

--# text with a default becomes a domain
--> both
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
--> old
CREATE TABLE t (id int, c text DEFAULT 'a@b');
--> rows
INSERT INTO t VALUES (1, 'a@b');
--> new
CREATE TABLE t (id int, c email DEFAULT 'c@d');
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: may-fail: a value of `t.c` may not be one of type email
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE email USING c::email;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 'c@d'::text;

--# an array of text becomes an array of a domain
--> both
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
--> old
CREATE TABLE t (id int, c text[]);
--> rows
INSERT INTO t VALUES (1, '{a@b}');
--> new
CREATE TABLE t (id int, c email[]);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type email[]
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE email[] USING c::text[]::email[];

--# jsonb becomes a composite type
--> both
CREATE TYPE pair AS (x int, y int);
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, '(1,2)');
--> new
CREATE TABLE t (id int, c pair);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type pair
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE pair USING c::pair;

--# text becomes citext
--> both
CREATE EXTENSION citext;
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c citext);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type citext
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE citext USING c::citext;

--# varchar becomes citext with an index
--> both
CREATE EXTENSION citext;
--> old
CREATE TABLE t (id int, c varchar(10)); CREATE UNIQUE INDEX t_c ON t (c);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c citext); CREATE UNIQUE INDEX t_c ON t (c);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type citext
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE citext USING c::citext;

--# text becomes hstore
--> both
CREATE EXTENSION hstore;
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a=>1');
--> new
CREATE TABLE t (id int, c hstore);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type hstore
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE hstore USING c::hstore;

--# a type of another namespace
--> both
CREATE SCHEMA app; CREATE TYPE app.kind AS ENUM ('a', 'b');
--> old
CREATE TABLE t (id int, c text);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c app.kind);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type app.kind
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE app.kind USING c::app.kind;

--# a primary key becomes wider
--> old
CREATE TABLE t (id int, c int PRIMARY KEY);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint PRIMARY KEY);
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# a column with a check changes its type
--> old
CREATE TABLE t (id int, c int CONSTRAINT positive CHECK (c > 0));
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint CONSTRAINT positive CHECK (c > 0));
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# a column with a numeric default changes its type
--> old
CREATE TABLE t (id int, c int DEFAULT 5);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint DEFAULT 5);
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 5;

--# a column changes its type and loses its default
--> old
CREATE TABLE t (id int, c int DEFAULT 5);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c text);
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

--# a column changes its type and gets a default
--> old
CREATE TABLE t (id int, c int);
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c text DEFAULT 'x');
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE text;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x'::text;

--# a default does not fit the next type
--> old
CREATE TABLE t (id int, c text DEFAULT 'none');
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c int DEFAULT 0);
--> plan
ALTER TABLE t ALTER COLUMN c DROP DEFAULT;

-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

ALTER TABLE t ALTER COLUMN c SET DEFAULT 0;

--# a column in an expression index changes its type
--> old
CREATE TABLE t (id int, c varchar(10)); CREATE INDEX t_c ON t (lower(c));
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c text); CREATE INDEX t_c ON t (lower(c));
--> plan
DROP INDEX t_c;

ALTER TABLE t ALTER COLUMN c TYPE text;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_c ON t ((lower(c)));

--# a column in a partial index changes its type
--> old
CREATE TABLE t (id int, c int); CREATE INDEX t_c ON t (id) WHERE c > 5;
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint); CREATE INDEX t_c ON t (id) WHERE c > 5;
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# a column with an operator class changes its type
--> old
CREATE TABLE t (id int, c varchar(10)); CREATE INDEX t_c ON t (c varchar_pattern_ops);
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c text); CREATE INDEX t_c ON t (c text_pattern_ops);
--> plan
DROP INDEX t_c;

ALTER TABLE t ALTER COLUMN c TYPE text;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_c ON t (c text_pattern_ops);

--# text in a trigram index becomes integer
--> both
CREATE EXTENSION pg_trgm;
--> old
CREATE TABLE t (id int, c text); CREATE INDEX t_c ON t USING gin (c gin_trgm_ops);
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c int); CREATE INDEX t_c ON t (c);
--> plan
DROP INDEX t_c;

-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_c ON t (c);

--# json becomes jsonb with an index
--> old
CREATE TABLE t (id int, c json);
--> rows
INSERT INTO t VALUES (1, '{}');
--> new
CREATE TABLE t (id int, c jsonb); CREATE INDEX t_c ON t USING gin (c);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type jsonb
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE jsonb;

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX t_c ON t USING gin (c);

--# a column of statistics and comment changes its type
--> old
CREATE TABLE t (id int, c int); ALTER TABLE t ALTER c SET STATISTICS 50; COMMENT ON COLUMN t.c IS 'x';
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, c bigint); ALTER TABLE t ALTER c SET STATISTICS 50; COMMENT ON COLUMN t.c IS 'x';
--> plan
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE bigint;

--# a column with its own storage changes its type
--> old
CREATE TABLE t (id int, c text); ALTER TABLE t ALTER c SET STORAGE EXTERNAL;
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, c varchar(10)); ALTER TABLE t ALTER c SET STORAGE EXTERNAL;
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type varchar(10)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE varchar(10);

ALTER TABLE t ALTER COLUMN c SET STORAGE EXTERNAL;

--# a text with its own storage becomes a number
--> old
CREATE TABLE t (id int, c text); ALTER TABLE t ALTER c SET STORAGE EXTERNAL;
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c int);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

--# a compressed column becomes a number
--> old
CREATE TABLE t (id int, c text COMPRESSION pglz);
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c int);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

ALTER TABLE t ALTER COLUMN c SET COMPRESSION DEFAULT;

--# a column with a collation becomes a number
--> old
CREATE TABLE t (id int, c text COLLATE "C");
--> rows
INSERT INTO t VALUES (1, '1');
--> new
CREATE TABLE t (id int, c int);
--> plan
-- hazard: may-fail: a value of `t.c` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer;

--# both ends of a foreign key become wider
--> old
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int REFERENCES r);
--> rows
INSERT INTO r VALUES (1); INSERT INTO t VALUES (1);
--> new
CREATE TABLE r (id bigint PRIMARY KEY);
CREATE TABLE t (r_id bigint REFERENCES r);
--> plan
-- hazard: rewrites-table: table `r` is written anew and nobody reads it meanwhile
ALTER TABLE r ALTER COLUMN id TYPE bigint;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN r_id TYPE bigint;

--# both ends of a foreign key become text
--> old
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (r_id int REFERENCES r ON DELETE CASCADE);
--> rows
INSERT INTO r VALUES (1); INSERT INTO t VALUES (1);
--> new
CREATE TABLE r (id text PRIMARY KEY);
CREATE TABLE t (r_id text REFERENCES r ON DELETE CASCADE);
--> plan
ALTER TABLE t DROP CONSTRAINT t_r_id_fkey;

-- hazard: rewrites-table: table `r` is written anew and nobody reads it meanwhile
ALTER TABLE r ALTER COLUMN id TYPE text;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN r_id TYPE text;

-- hazard: may-fail: rows of `t` may reference nothing in `r`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `r` while the rows of `t` are looked at
ALTER TABLE t ADD CONSTRAINT t_r_id_fkey FOREIGN KEY (r_id) REFERENCES r (id) ON DELETE CASCADE;

--# a chain of foreign keys becomes uuid
--> old
CREATE TABLE a (id text PRIMARY KEY);
CREATE TABLE b (id text PRIMARY KEY REFERENCES a);
CREATE TABLE c (id text PRIMARY KEY REFERENCES b, a_id text REFERENCES a);
--> new
CREATE TABLE a (id uuid PRIMARY KEY);
CREATE TABLE b (id uuid PRIMARY KEY REFERENCES a);
CREATE TABLE c (id uuid PRIMARY KEY REFERENCES b, a_id uuid REFERENCES a);
--> plan
ALTER TABLE b DROP CONSTRAINT b_id_fkey;

ALTER TABLE c DROP CONSTRAINT c_a_id_fkey;

ALTER TABLE c DROP CONSTRAINT c_id_fkey;

-- hazard: may-fail: a value of `a.id` may not be one of type uuid
-- hazard: rewrites-table: table `a` is written anew and nobody reads it meanwhile
ALTER TABLE a ALTER COLUMN id TYPE uuid USING id::uuid;

-- hazard: may-fail: a value of `b.id` may not be one of type uuid
-- hazard: rewrites-table: table `b` is written anew and nobody reads it meanwhile
ALTER TABLE b ALTER COLUMN id TYPE uuid USING id::uuid;

-- hazard: may-fail: a value of `c.id` may not be one of type uuid
-- hazard: rewrites-table: table `c` is written anew and nobody reads it meanwhile
ALTER TABLE c ALTER COLUMN id TYPE uuid USING id::uuid;

-- hazard: may-fail: a value of `c.a_id` may not be one of type uuid
-- hazard: rewrites-table: table `c` is written anew and nobody reads it meanwhile
ALTER TABLE c ALTER COLUMN a_id TYPE uuid USING a_id::uuid;

-- hazard: may-fail: rows of `b` may reference nothing in `a`
-- hazard: blocks-writes: all rows of `b` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `a` while the rows of `b` are looked at
ALTER TABLE b ADD CONSTRAINT b_id_fkey FOREIGN KEY (id) REFERENCES a (id);

-- hazard: may-fail: rows of `c` may reference nothing in `a`
-- hazard: blocks-writes: all rows of `c` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `a` while the rows of `c` are looked at
ALTER TABLE c ADD CONSTRAINT c_a_id_fkey FOREIGN KEY (a_id) REFERENCES a (id);

-- hazard: may-fail: rows of `c` may reference nothing in `b`
-- hazard: blocks-writes: all rows of `c` are looked at while nobody writes it
-- hazard: blocks-writes: nobody writes `b` while the rows of `c` are looked at
ALTER TABLE c ADD CONSTRAINT c_id_fkey FOREIGN KEY (id) REFERENCES b (id);

--# a table that references itself gets another key type
--> old
CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t);
--> rows
INSERT INTO t VALUES (1, NULL), (2, 1);
--> new
CREATE TABLE t (id text PRIMARY KEY, parent text REFERENCES t);
--> plan
ALTER TABLE t DROP CONSTRAINT t_parent_fkey;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN id TYPE text;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN parent TYPE text;

-- hazard: may-fail: rows of `t` may reference nothing in `t`
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
ALTER TABLE t ADD CONSTRAINT t_parent_fkey FOREIGN KEY (parent) REFERENCES t (id);

--# a column with a policy over it changes its type
--> old
CREATE TABLE t (id int, owner text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (owner = CURRENT_USER);
--> new
CREATE TABLE t (id int, owner varchar(63));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING ((owner)::text = CURRENT_USER);
--> plan
DROP POLICY own ON t;

-- hazard: may-fail: a value of `t.owner` may not be one of type varchar(63)
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN owner TYPE varchar(63);

CREATE POLICY own ON t USING ((owner)::text = CURRENT_USER);

--# a column with a view over it changes its type
--> old
CREATE TABLE t (id int, name varchar(10));
CREATE VIEW v AS SELECT id, name FROM t;
CREATE VIEW w AS SELECT name FROM v;
--> rows
INSERT INTO t VALUES (1, 'a');
--> new
CREATE TABLE t (id int, name text);
CREATE VIEW v AS SELECT id, name FROM t;
CREATE VIEW w AS SELECT name FROM v;
--> plan
-- hazard: loses-privileges: privileges on view `w` go, for it is made again
DROP VIEW w;

-- hazard: loses-privileges: privileges on view `v` go, for it is made again
DROP VIEW v;

ALTER TABLE t ALTER COLUMN name TYPE text;

CREATE VIEW v (id, name) AS
SELECT t.id,
    t.name
   FROM t;

CREATE VIEW w (name) AS
SELECT v.name
   FROM v;

--# a column under an exclusion constraint changes its type
--> old
CREATE TABLE t (during tsrange, EXCLUDE USING gist (during WITH &&));
--> new
CREATE TABLE t (during tstzrange, EXCLUDE USING gist (during WITH &&));
--> plan
-- hazard: may-fail: a value of `t.during` may not be one of type tstzrange
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN during TYPE tstzrange USING during::text::tstzrange;

--# a column under a generated one changes its type
--: remakes t.double
--> old
CREATE TABLE t (a int, double int GENERATED ALWAYS AS (a * 2) STORED);
--> rows
INSERT INTO t VALUES (1);
--> new
CREATE TABLE t (a bigint, double bigint GENERATED ALWAYS AS (a * 2) STORED);
--> plan
ALTER TABLE t DROP COLUMN double;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ADD COLUMN double bigint GENERATED ALWAYS AS (a * 2) STORED;

--# an unchanged generated column stands over one that changes its type
--: remakes t.size
--> old
CREATE TABLE t (a varchar(10), size int GENERATED ALWAYS AS (length((a)::text)) STORED);
--> rows
INSERT INTO t VALUES ('abc');
--> new
CREATE TABLE t (a text, size int GENERATED ALWAYS AS (length(a)) STORED);
--> plan
ALTER TABLE t DROP COLUMN size;

ALTER TABLE t ALTER COLUMN a TYPE text;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ADD COLUMN size integer GENERATED ALWAYS AS (length(a)) STORED;

--# an extension goes with the column of its type
--> old
CREATE EXTENSION citext;
CREATE TABLE t (id int, a citext);
CREATE INDEX t_a_idx ON t (a);
--> new
CREATE TABLE t (id int);
--> plan
DROP INDEX t_a_idx;

-- hazard: deletes-data: all values of `t.a` go
ALTER TABLE t DROP COLUMN a;

-- hazard: deletes-data: everything that extension `citext` keeps for itself goes
DROP EXTENSION citext;

--# an extension goes with the index of its operator class
--> old
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id int, a text);
CREATE INDEX t_a_idx ON t USING gin (a gin_trgm_ops);
--> new
CREATE TABLE t (id int, a text);
--> plan
DROP INDEX t_a_idx;

-- hazard: deletes-data: everything that extension `pg_trgm` keeps for itself goes
DROP EXTENSION pg_trgm;

--# a double precision column becomes integer below checks and indexes of expressions
--> old
CREATE TABLE t (
    id int, a float8, since timestamp,
    CONSTRAINT a_check CHECK (a > 0), CONSTRAINT since_check CHECK (since IS NOT NULL),
    CONSTRAINT t_excl EXCLUDE USING btree (id WITH =) WHERE (a > 0)
);
CREATE INDEX i ON t (id) WHERE a > 0;
CREATE INDEX j ON t ((a + 1));
CREATE INDEX k ON t (id) WHERE a IS NULL;
--> rows
INSERT INTO t VALUES (1, 1.5, '2024-01-01');
--> new
CREATE TABLE t (
    id int, a int, since timestamptz,
    CONSTRAINT a_check CHECK (a > 0), CONSTRAINT since_check CHECK (since IS NOT NULL),
    CONSTRAINT t_excl EXCLUDE USING btree (id WITH =) WHERE (a > 0)
);
CREATE INDEX i ON t (id) WHERE a > 0;
CREATE INDEX j ON t ((a + 1));
CREATE INDEX k ON t (id) WHERE a IS NULL;
--> plan
ALTER TABLE t DROP CONSTRAINT a_check;

ALTER TABLE t DROP CONSTRAINT t_excl;

DROP INDEX i;

DROP INDEX j;

-- hazard: may-fail: a value of `t.a` may not be one of type integer
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE integer;

-- hazard: may-fail: a value of `t.since` may not be one of type timestamptz
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN since TYPE timestamptz;

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
-- hazard: builds-index: all rows of `t` are sorted
ALTER TABLE t ADD CONSTRAINT t_excl EXCLUDE USING btree (id WITH =) WHERE (a > 0);

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT a_check CHECK (a > 0);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (id) WHERE (a > 0);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX j ON t ((a + 1));

--# an integer column becomes double precision below a check and an index of an expression
--> old
CREATE TABLE t (id int, a int, CONSTRAINT a_check CHECK (a > 0));
CREATE INDEX i ON t (id) WHERE a > 0;
--> rows
INSERT INTO t VALUES (1, 1);
--> new
CREATE TABLE t (id int, a float8, CONSTRAINT a_check CHECK (a > 0));
CREATE INDEX i ON t (id) WHERE a > 0;
--> plan
ALTER TABLE t DROP CONSTRAINT a_check;

DROP INDEX i;

-- hazard: may-fail: a value of `t.a` may not be one of type double precision
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE double precision;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT a_check CHECK (a > (0)::double precision);

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (id) WHERE (a > (0)::double precision);

--# a date column becomes text below a check
--> old
CREATE TABLE t (id int, a date, CONSTRAINT a_check CHECK (a > '2024-01-01'));
--> rows
INSERT INTO t VALUES (1, '2024-05-01');
--> new
CREATE TABLE t (id int, a text, CONSTRAINT a_check CHECK (a > '2024-01-01'));
--> plan
ALTER TABLE t DROP CONSTRAINT a_check;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE text;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT a_check CHECK (a > '2024-01-01'::text);

--# a label goes below a check and an index of expressions
--> old
CREATE TYPE state AS ENUM ('todo', 'doing', 'done');
CREATE TABLE t (id int, s state, CONSTRAINT s_check CHECK (s <> 'done' OR id > 0));
CREATE UNIQUE INDEX i ON t (id) WHERE s = 'todo';
--> rows
INSERT INTO t VALUES (1, 'todo');
--> new
CREATE TYPE state AS ENUM ('todo', 'done');
CREATE TABLE t (id int, s state, CONSTRAINT s_check CHECK (s <> 'done' OR id > 0));
CREATE UNIQUE INDEX i ON t (id) WHERE s = 'todo';
--> plan
ALTER TYPE state RENAME TO state_old;

ALTER TABLE t DROP CONSTRAINT s_check;

DROP INDEX i;

CREATE TYPE state AS ENUM ('todo', 'done');

-- hazard: may-fail: rows of `t` may hold a label that goes
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN s TYPE state USING s::text::state;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT s_check CHECK ((s <> 'done'::state) OR (id > 0));

-- hazard: may-fail: rows of `t` may have equal values
-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE UNIQUE INDEX i ON t (id) WHERE (s = 'todo'::state);

DROP TYPE state_old;

--# an attribute of a type that functions alone use has another type
--> old
CREATE TYPE spec AS (id int, note text);
CREATE FUNCTION f(specs spec[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
--> new
CREATE TYPE spec AS (id smallint, note text COLLATE "C");
CREATE FUNCTION f(specs spec[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
--> plan
ALTER TYPE spec ALTER ATTRIBUTE id TYPE smallint;

ALTER TYPE spec ALTER ATTRIBUTE note TYPE text COLLATE "C";

--# a domain is over a wider type
--> old
CREATE DOMAIN amount AS integer CHECK (VALUE >= 0);
CREATE TABLE t (a amount DEFAULT 1, b amount[], c text);
CREATE INDEX i ON t (a) WHERE a > 5;
CREATE VIEW v AS SELECT a, c FROM t;
COMMENT ON DOMAIN amount IS 'How much.';
--> new
CREATE DOMAIN amount AS bigint CHECK (VALUE >= 0);
CREATE TABLE t (a amount DEFAULT 1, b amount[], c text);
CREATE INDEX i ON t (a) WHERE a > 5;
CREATE VIEW v AS SELECT a, c FROM t;
COMMENT ON DOMAIN amount IS 'How much.';
--> plan
ALTER DOMAIN amount RENAME TO amount_old;

ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

DROP INDEX i;

-- hazard: loses-privileges: privileges on view `v` go, for it is made again
DROP VIEW v;

CREATE DOMAIN amount AS bigint
    CONSTRAINT amount_check CHECK (VALUE >= 0);

-- hazard: may-fail: rows of `t` may hold values that `amount` does not take
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE amount;

ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;

-- hazard: may-fail: rows of `t` may hold values that `amount` does not take
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN b TYPE amount[];

-- hazard: blocks-writes: all rows of `t` are looked at while nobody writes it
-- hazard: builds-index: all rows of `t` are sorted
CREATE INDEX i ON t (a) WHERE ((a)::bigint > 5);

CREATE VIEW v (a, c) AS
SELECT t.a,
    t.c
   FROM t;

COMMENT ON DOMAIN amount IS 'How much.';

DROP DOMAIN amount_old;

--# a domain is over another type, which one of its columns leaves
--> old
CREATE DOMAIN code AS text DEFAULT '1';
CREATE TABLE t (a code, b code, c code);
--> new
CREATE DOMAIN code AS integer DEFAULT 1 NOT NULL;
CREATE TABLE t (a code, b text);
--> plan
ALTER DOMAIN code RENAME TO code_old;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN b TYPE text;

-- hazard: deletes-data: all values of `t.c` go
ALTER TABLE t DROP COLUMN c;

CREATE DOMAIN code AS integer
    DEFAULT 1
    NOT NULL;

-- hazard: may-fail: rows of `t` may hold values that `code` does not take
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE code USING a::integer;

DROP DOMAIN code_old;

--# a domain of a text has a collation
--> old
CREATE DOMAIN word AS text;
CREATE FUNCTION f(w word) RETURNS word LANGUAGE sql AS 'SELECT w';
CREATE TABLE t (a word, b text CHECK (b::word <> ''));
--> new
CREATE DOMAIN word AS text COLLATE "C";
CREATE FUNCTION f(w word) RETURNS word LANGUAGE sql AS 'SELECT w';
CREATE TABLE t (a word, b text CHECK (b::word <> ''));
--> plan
-- hazard: loses-privileges: privileges on function f(word) go, for it is made again
DROP FUNCTION f(word);

ALTER DOMAIN word RENAME TO word_old;

ALTER TABLE t DROP CONSTRAINT t_b_check;

CREATE DOMAIN word AS text
    COLLATE "C";

CREATE OR REPLACE FUNCTION public.f(w word)
 RETURNS word
 LANGUAGE sql
AS $function$SELECT w$function$;

-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE word;

-- hazard: may-fail: rows of `t` may not meet the condition
-- hazard: blocks-reads: all rows of `t` are looked at while nobody reads it
ALTER TABLE t ADD CONSTRAINT t_b_check CHECK (((b)::word)::text <> ''::text);

DROP DOMAIN word_old;

--# a domain of an array is over another array
--> old
CREATE DOMAIN numbers AS text[];
CREATE TABLE t (a numbers);
--> new
CREATE DOMAIN numbers AS integer[];
CREATE TABLE t (a numbers);
--> plan
ALTER DOMAIN numbers RENAME TO numbers_old;

CREATE DOMAIN numbers AS integer[];

-- hazard: may-fail: rows of `t` may hold values that `numbers` does not take
-- hazard: rewrites-table: table `t` is written anew and nobody reads it meanwhile
ALTER TABLE t ALTER COLUMN a TYPE numbers USING a::text[]::integer[];

DROP DOMAIN numbers_old;
