//! The questions about privileges, asked only on request
//! ([`aclexplode`](https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM-FN-TABLE)).

/// What is granted on each object whose privileges were ever changed, one row for each; an object on which nothing is granted
/// to others has a row without a privilege. What an owner has is left out, and what it lacks has `true` at its end.
pub(in super::super) const PRIVILEGES: &str = "\
SELECT o.class, o.object, o.kind, o.namespace, o.name, o.col, e.privilege_type, r.rolname::text,
    coalesce(e.is_grantable, false), coalesce(e.grantee = o.owner, false)
FROM (
    SELECT 'pg_class'::regclass::oid AS class, c.oid AS object, CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind,
        n.nspname::text AS namespace, c.relname::text AS name, NULL::text AS col, c.relowner AS owner, c.relacl AS acl,
        acldefault(CASE c.relkind WHEN 'S' THEN 's'::\"char\" ELSE 'r' END, c.relowner) AS usual
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL SELECT 'pg_class'::regclass, c.oid, 'relation', n.nspname::text, c.relname::text, a.attname::text, c.relowner, a.attacl, NULL
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
    UNION ALL SELECT 'pg_proc'::regclass, p.oid, 'object', NULL, p.proname::text, NULL, p.proowner, p.proacl, acldefault('f', p.proowner)
    FROM pg_proc p WHERE p.pronamespace = ANY ($1)
    UNION ALL SELECT 'pg_type'::regclass, t.oid, CASE WHEN t.typtype = 'd' THEN 'domain' WHEN t.typtype IN ('e', 'c') THEN 'type' ELSE 'object' END,
        n.nspname::text, t.typname::text, NULL, t.typowner, t.typacl, acldefault('T', t.typowner)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typnamespace = ANY ($1)
    UNION ALL SELECT 'pg_namespace'::regclass, n.oid, 'namespace', NULL, n.nspname::text, NULL, n.nspowner,
        coalesce(n.nspacl, acldefault('n', n.nspowner)), acldefault('n', n.nspowner)
    FROM pg_namespace n WHERE n.oid = ANY ($1)
    UNION ALL SELECT 'pg_language'::regclass, l.oid, 'object', NULL, l.lanname::text, NULL, l.lanowner, l.lanacl, acldefault('l', l.lanowner)
    FROM pg_language l WHERE $2
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 'object', NULL, w.fdwname::text, NULL, w.fdwowner, w.fdwacl, acldefault('F', w.fdwowner)
    FROM pg_foreign_data_wrapper w WHERE $2
    UNION ALL SELECT 'pg_foreign_server'::regclass, s.oid, 'object', NULL, s.srvname::text, NULL, s.srvowner, s.srvacl, acldefault('S', s.srvowner)
    FROM pg_foreign_server s WHERE $2
) o LEFT JOIN LATERAL (
    SELECT a.grantee, a.privilege_type, a.is_grantable FROM aclexplode(o.acl) a WHERE a.grantee <> o.owner
    UNION ALL SELECT u.grantee, u.privilege_type, false FROM aclexplode(o.usual) u WHERE u.grantee = o.owner
        AND NOT EXISTS (SELECT FROM aclexplode(o.acl) a WHERE a.grantee = o.owner AND a.privilege_type = u.privilege_type)
) e ON true LEFT JOIN pg_roles r ON r.oid = e.grantee
WHERE o.acl IS NOT NULL";

/// The privileges that objects get which are yet to be made.
pub(in super::super) const DEFAULTS: &str = "\
SELECT i.type, i.identity FROM pg_default_acl d CROSS JOIN LATERAL pg_identify_object('pg_default_acl'::regclass, d.oid, 0) i
WHERE d.defaclnamespace = ANY ($1) OR d.defaclnamespace = 0 AND $2
ORDER BY i.identity";
