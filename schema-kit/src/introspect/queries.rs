//! The questions asked of the catalogs
//! ([System Catalogs](https://www.postgresql.org/docs/current/catalogs.html)): each about all objects of the namespaces
//! `$1` at once. What only newer servers have is asked of those alone.

use schema_core::{ident, schema::QualifiedName};

pub(super) mod object;
pub(super) mod privilege;

/// The number of a release, as `server_version_num` writes it.
pub(super) const POSTGRES_15: i32 = 150_000;
/// As [`POSTGRES_15`].
const POSTGRES_16: i32 = 160_000;
/// As [`POSTGRES_15`].
const POSTGRES_17: i32 = 170_000;
/// As [`POSTGRES_15`].
pub(super) const POSTGRES_18: i32 = 180_000;

/// What is said to the server before anything is asked. Expressions come out as definitions and the DDL write them: only
/// what is neither in `pg_catalog` nor in `public` has its namespace. No question is worth being compiled, and each says
/// itself in which order it joins: to think about that takes the server longer than most answers.
pub(super) const SET_UP: &str = "\
SET LOCAL search_path = public;
SET LOCAL quote_all_identifiers = off;
SET LOCAL DateStyle = ISO;
SET LOCAL IntervalStyle = postgres;
SET LOCAL extra_float_digits = 3;
SET LOCAL jit = off;
SET LOCAL join_collapse_limit = 1;
SET LOCAL from_collapse_limit = 1";

pub(super) const VERSION: &str =
    "SELECT current_setting('server_version_num')::int4, current_setting('server_version')";

/// The namespaces that are nobody's but the user's.
pub(super) const NAMESPACES: &str = "\
SELECT n.oid, n.nspname::text FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'schema_kit')
    AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')";

pub(super) const EXTENSIONS: &str =
    "SELECT e.oid, e.extname::text, n.nspname::text, e.extversion FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'";

/// The tables `$1[i].$2[i]` with about how many rows they have, where that was ever counted, and their bytes.
pub(super) const SIZES: &str = "\
SELECT n.nspname::text, c.relname::text, nullif(c.reltuples, -1)::int8, pg_table_size(c.oid)
FROM unnest($1::text[], $2::text[]) AS wanted (namespace, name)
JOIN pg_namespace n ON n.nspname = wanted.namespace
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name AND c.relkind IN ('r', 'p', 'm')";

/// What belongs to extensions.
pub(super) const MEMBERS: &str = "\
SELECT classid, objid FROM pg_depend
WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass";

/// Tables of every kind, and composite types.
pub(super) const RELATIONS: &str = "\
SELECT c.oid, c.relnamespace, c.relname::text, c.relkind::text, c.relpersistence::text, pg_get_expr(c.relpartbound, c.oid),
    c.reloftype <> 0, c.reloptions, t.reloptions, c.relreplident::text, c.relrowsecurity, c.relforcerowsecurity,
    s.spcname::text, CASE WHEN a.amname <> 'heap' THEN a.amname::text END,
    p.partstrat::text, p.partattrs::int2[], p.partclass::oid[], p.partcollation::oid[],
    CASE WHEN p.partexprs IS NOT NULL THEN pg_get_expr(p.partexprs, c.oid) END,
    ARRAY(SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno)
FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
    LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_am a ON a.oid = c.relam
    LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'c') AND c.relnamespace = ANY ($1)";

/// Columns of tables and views, attributes of composite types, and what index columns have of their own.
pub(super) const COLUMNS: &str = "\
SELECT a.attrelid, a.attnum, a.attname::text, a.atttypid, a.atttypmod, a.attnotnull, a.attislocal,
    pg_get_expr(d.adbin, d.adrelid), a.attgenerated::text, a.attidentity::text, a.attcollation, a.attstorage::text,
    a.attcompression::text, coalesce(a.attstattarget, -1)::int4, a.attoptions
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped
    AND (c.relkind IN ('r', 'p', 'c', 'v', 'm')
        OR c.relkind IN ('i', 'I') AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0))
ORDER BY a.attrelid, a.attnum";

/// Views, plain and materialized.
pub(super) const VIEWS: &str = "\
SELECT c.oid, c.relnamespace, c.relname::text, c.relkind = 'm', pg_get_viewdef(c.oid), c.reloptions, c.relispopulated,
    s.spcname::text, CASE WHEN a.amname <> 'heap' THEN a.amname::text END
FROM pg_class c LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace LEFT JOIN pg_am a ON a.oid = c.relam
WHERE c.relkind IN ('v', 'm') AND c.relnamespace = ANY ($1)";

/// What of the user's each view reads.
pub(super) const VIEW_DEPENDENCIES: &str = "\
SELECT DISTINCT r.ev_class, n.nspname::text, c.relname::text
FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid AND r.rulename = '_RETURN'
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
    JOIN pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE v.relkind IN ('v', 'm') AND v.relnamespace = ANY ($1) AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// Types by object identifier and modifier, which come as two lists.
pub(super) const TYPES_USED: &str = "\
SELECT u.type, u.modifier, format_type(u.type, u.modifier), n.nspname::text, t.typcollation, t.typstorage::text,
    CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
FROM unnest($1::oid[], $2::int4[]) u (type, modifier)
    JOIN pg_type t ON t.oid = u.type JOIN pg_namespace n ON n.oid = t.typnamespace";

pub(super) const COLLATIONS: &str = "\
SELECT c.oid, n.nspname::text, c.collname::text FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace";

/// Operator classes; with the type each is the default of, where it is one.
pub(super) const OPERATOR_CLASSES: &str = "\
SELECT o.oid, n.nspname::text, o.opcname::text, o.opcmethod, CASE WHEN o.opcdefault THEN o.opcintype END
FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace";

/// Constraints of tables and domains.
pub(super) fn constraints(version: i32) -> String {
    let since = |release, column: &'static str, otherwise: &'static str| {
        if version >= release {
            column
        } else {
            otherwise
        }
    };
    format!(
        "SELECT c.oid, c.conrelid, c.contypid, c.conname::text, c.contype::text, c.condeferrable, c.condeferred,
    c.convalidated, c.conindid, c.connoinherit, c.conislocal, c.conparentid <> 0,
    c.conkey, c.confkey, n.nspname::text, f.relname::text, c.confrelid,
    CASE WHEN f.relnamespace <> ALL ($1) THEN ARRAY(SELECT a.attname::text
        FROM unnest(c.confkey) WITH ORDINALITY k (num, at)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.at) END,
    c.confupdtype::text, c.confdeltype::text, c.confmatchtype::text, {}, {}, {},
    CASE c.contype WHEN 'c' THEN pg_get_expr(c.conbin, c.conrelid) END,
    CASE c.contype WHEN 'x' THEN ARRAY(SELECT o.oprname::text FROM unnest(c.conexclop) WITH ORDINALITY k (op, at)
        JOIN pg_operator o ON o.oid = k.op ORDER BY k.at) END,
    CASE c.contype WHEN 'x' THEN ARRAY(SELECT s.nspname::text FROM unnest(c.conexclop) WITH ORDINALITY k (op, at)
        JOIN pg_operator o ON o.oid = k.op JOIN pg_namespace s ON s.oid = o.oprnamespace ORDER BY k.at) END
FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid LEFT JOIN pg_namespace n ON n.oid = f.relnamespace
WHERE c.connamespace = ANY ($1) AND c.contype IN ('p', 'u', 'x', 'c', 'f')
ORDER BY c.conrelid, c.contypid, c.conname",
        since(POSTGRES_15, "c.confdelsetcols", "NULL::int2[]"),
        since(POSTGRES_18, "c.conperiod", "false"),
        since(POSTGRES_18, "c.conenforced", "true"),
    )
}

/// Indexes, those of constraints among them.
pub(super) fn indexes(version: i32) -> String {
    let nulls_not_distinct = if version >= POSTGRES_15 {
        "i.indnullsnotdistinct"
    } else {
        "false"
    };
    format!(
        "SELECT i.indexrelid, i.indrelid, c.relname::text, i.indisunique, {nulls_not_distinct}, i.indisvalid,
    i.indisclustered, i.indisreplident, i.indnkeyatts, i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[],
    i.indoption::int2[], m.amname::text, c.reloptions, pg_get_expr(i.indpred, i.indrelid), s.spcname::text,
    CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, false)
        FROM generate_series(1, i.indnkeyatts) k ORDER BY k) END,
    CASE WHEN i.indexprs IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END,
    CASE WHEN c.relispartition THEN (SELECT h.inhparent FROM pg_inherits h WHERE h.inhrelid = c.oid) END
FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am m ON m.oid = c.relam
    LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE c.relkind IN ('i', 'I') AND c.relnamespace = ANY ($1)
ORDER BY i.indrelid, c.relname"
    )
}

pub(super) const POLICIES: &str = "\
SELECT p.oid, p.polrelid, p.polname::text, p.polpermissive, p.polcmd::text,
    CASE WHEN 0 = ANY (p.polroles) THEN '{}' ELSE ARRAY(SELECT r.rolname::text FROM pg_roles r
        WHERE r.oid = ANY (p.polroles) ORDER BY r.rolname COLLATE \"C\") END,
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = ANY ($1)
ORDER BY p.polrelid, p.polname";

/// Enum types, domains and composite types.
pub(super) const TYPES: &str = "\
SELECT t.oid, t.typnamespace, t.typname::text, t.typtype::text, t.typrelid, t.typbasetype, t.typtypmod, t.typnotnull,
    pg_get_expr(t.typdefaultbin, 0), t.typcollation,
    CASE t.typtype WHEN 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
        ORDER BY e.enumsortorder) END
FROM pg_type t
WHERE t.typnamespace = ANY ($1) AND (t.typtype IN ('e', 'd')
    OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))";

/// The comments on what users made, but for what extensions say of themselves.
pub(super) const COMMENTS: &str = "\
SELECT c.classoid, c.objoid, c.objsubid, c.description FROM pg_description c
WHERE c.objoid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = c.classoid AND d.objid = c.objoid AND d.deptype = 'e')
    AND NOT EXISTS (SELECT FROM pg_extension e JOIN pg_available_extensions a ON a.name = e.extname
        WHERE c.classoid = 'pg_extension'::regclass AND e.oid = c.objoid AND a.comment = c.description)";

/// Sequences: with the column that owns each, and whether it is that of an identity column.
pub(super) const SEQUENCES: &str = "\
SELECT c.oid, c.relnamespace, c.relname::text, format_type(s.seqtypid, NULL), c.relpersistence = 'u', s.seqstart, s.seqincrement,
    s.seqmin, s.seqmax, s.seqcache, s.seqcycle, d.deptype = 'i', d.refobjid, d.refobjsubid::int2
FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
WHERE c.relkind = 'S' AND c.relnamespace = ANY ($1)";

/// The collations that users made.
pub(super) fn own_collations(version: i32) -> String {
    let locale = match version {
        POSTGRES_17.. => "c.colllocale",
        POSTGRES_15.. => "c.colliculocale",
        _ => "NULL",
    };
    let rules = if version >= POSTGRES_16 {
        "c.collicurules"
    } else {
        "NULL"
    };
    format!(
        "SELECT c.oid, c.collnamespace, c.collname::text, c.collprovider::text, coalesce({locale}, c.collcollate)::text,
    coalesce({locale}, c.collctype)::text, c.collisdeterministic, {rules} IS NOT NULL
FROM pg_collation c WHERE c.collnamespace = ANY ($1) AND c.oid >= 16384"
    )
}

/// What the model has no place for, by catalog and object identifier; `$2` says whether what lies in no namespace is
/// asked for too. Each is named as the server names it.
pub(super) fn unknown(version: i32) -> String {
    let not_null = match version {
        POSTGRES_18.. => NOT_NULL,
        _ => "",
    };
    format!(
        "\
SELECT u.class, u.object, i.type, i.identity
FROM (
    SELECT 'pg_class'::regclass::oid AS class, c.oid AS object FROM pg_class c
    WHERE c.relnamespace = ANY ($1) AND (c.reloftype <> 0
        OR c.relkind = 'f' AND EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))
    UNION ALL SELECT 'pg_type'::regclass, t.oid FROM pg_type t
    WHERE t.typnamespace = ANY ($1) AND (t.typtype = 'p' OR t.typtype = 'b'
            AND NOT (t.typelem <> 0 AND t.typsubscript = 'array_subscript_handler'::regproc)
        OR t.typtype = 'r' AND EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = t.oid AND r.rngcanonical::oid <> 0))
    UNION ALL SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_trigger p ON p.oid = t.tgparentid
    WHERE c.relnamespace = ANY ($1) AND NOT t.tgisinternal AND t.tgenabled <> p.tgenabled
    UNION ALL SELECT 'pg_user_mapping'::regclass, m.umid FROM pg_user_mappings m
    WHERE $2 AND EXISTS (SELECT FROM pg_options_to_table(m.umoptions) o WHERE o.option_name ~ 'pass|secret|token')
    UNION ALL SELECT 'pg_subscription'::regclass, oid FROM pg_subscription
    WHERE $2 AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    {not_null}
) u CROSS JOIN LATERAL pg_identify_object(u.class, u.object, 0) i
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = u.class AND d.objid = u.object AND d.deptype = 'e')"
    )
}

/// Release 18 has constraints that forbid NULL: those that are more than the column's, or have a name of their own.
const NOT_NULL: &str = "\
UNION ALL SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint c
    WHERE c.connamespace = ANY ($1) AND c.contype = 'n' AND c.conislocal AND c.conrelid <> 0
        AND (NOT c.convalidated OR c.connoinherit OR c.conname !~ '_not_null[0-9]*$'
            OR EXISTS (SELECT FROM pg_description d WHERE d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid))";

/// The rows of a table, or those with a value in a column.
pub(super) fn count(table: &QualifiedName, column: Option<&str>) -> String {
    let counted = column.map_or("*".into(), ident::quote);
    format!("SELECT count({counted}) FROM {}", table.render())
}
