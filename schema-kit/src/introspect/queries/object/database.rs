//! Objects that lie in no namespace: event triggers, publications, casts, transforms, languages, access methods, foreign data.

use super::{
    super::{POSTGRES_15, POSTGRES_18},
    Listed, not_made_along, options, own, states,
};

/// The kinds of what lies in no namespace.
pub(super) fn kinds(version: i32) -> [Listed; 9] {
    let there = |catalog: &str| format!("SELECT FROM {catalog}");
    let own = |catalog: &str| format!("SELECT FROM {catalog} WHERE {}", own("oid"));
    // Mappings themselves not everyone may look at; each has a server.
    [
        (
            "event triggers",
            there("pg_event_trigger"),
            event_triggers(),
        ),
        (
            "publications",
            there("pg_publication"),
            publications(version),
        ),
        ("casts", own("pg_cast"), casts()),
        ("transforms", there("pg_transform"), transforms()),
        ("languages", own("pg_language"), languages()),
        ("access methods", own("pg_am"), access_methods()),
        (
            "foreign data wrappers",
            there("pg_foreign_data_wrapper"),
            wrappers(),
        ),
        ("servers", there("pg_foreign_server"), servers()),
        ("user mappings", there("pg_foreign_server"), user_mappings()),
    ]
}

fn event_triggers() -> String {
    format!(
        "SELECT 'pg_event_trigger'::regclass::oid, e.oid, 'EVENT TRIGGER', NULL, e.evtname::text, NULL, NULL, NULL, NULL,
    format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
        ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ') FROM unnest(e.evttags) t) || ')', e.evtfoid::regproc), {}
FROM pg_event_trigger e WHERE {}",
        states("e.evtenabled", "'ALTER EVENT TRIGGER %1$I %2$s'", "e.evtname,"),
        not_made_along("pg_event_trigger", "e.oid")
    )
}

fn publications(version: i32) -> String {
    let (columns, filter, namespaces) = if version >= POSTGRES_15 {
        (
            "(SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a
                WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs))",
            "' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'",
            "UNION ALL SELECT format('TABLES IN SCHEMA %I', n.nspname) FROM pg_publication_namespace s
                JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid",
        )
    } else {
        ("NULL", "NULL", "")
    };
    let generated = if version >= POSTGRES_18 {
        "CASE p.pubgencols WHEN 's' THEN ', publish_generated_columns = stored' END"
    } else {
        "NULL"
    };
    format!(
        "SELECT 'pg_publication'::regclass::oid, p.oid, 'PUBLICATION', NULL, p.pubname::text, NULL, NULL, NULL, NULL,
    format('CREATE PUBLICATION %I%s WITH (publish = %L%s%s)', p.pubname,
        CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE ' FOR ' || (SELECT string_agg(i.text, ', ' ORDER BY i.text COLLATE \"C\") FROM (
            SELECT format('TABLE ONLY %s%s%s', r.prrelid::regclass, {columns}, {filter}) AS text
            FROM pg_publication_rel r WHERE r.prpubid = p.oid {namespaces}) i) END,
        array_to_string(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
            CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], ', '),
        CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' END, {generated}), '{{}}'::text[]
FROM pg_publication p WHERE {}",
        not_made_along("pg_publication", "p.oid")
    )
}

fn casts() -> String {
    format!(
        "SELECT 'pg_cast'::regclass::oid, c.oid, 'CAST', NULL, '', t.types, NULL, NULL, NULL,
    format('CREATE CAST (%s) %s%s', t.types,
        CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
        CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END), '{{}}'::text[]
FROM pg_cast c CROSS JOIN LATERAL (
    SELECT format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) AS types) t
WHERE {} AND {}",
        own("c.oid"),
        not_made_along("pg_cast", "c.oid")
    )
}

fn transforms() -> String {
    format!(
        "SELECT 'pg_transform'::regclass::oid, t.oid, 'TRANSFORM', NULL, format_type(t.trftype, NULL), NULL, NULL, NULL, l.lanname::text,
    format('CREATE TRANSFORM FOR %s LANGUAGE %I (', format_type(t.trftype, NULL), l.lanname) || array_to_string(ARRAY[
        CASE WHEN t.trffromsql::oid <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure END,
        CASE WHEN t.trftosql::oid <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure END], ', ') || ')', '{{}}'::text[]
FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE {}",
        not_made_along("pg_transform", "t.oid")
    )
}

fn languages() -> String {
    format!(
        "SELECT 'pg_language'::regclass::oid, l.oid, 'LANGUAGE', NULL, l.lanname::text, NULL, NULL, NULL, NULL,
    format('CREATE %sLANGUAGE %I HANDLER %s%s%s', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, l.lanname, l.lanplcallfoid::regproc,
        CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc END,
        CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc END), '{{}}'::text[]
FROM pg_language l WHERE {} AND {}",
        own("l.oid"),
        not_made_along("pg_language", "l.oid")
    )
}

fn access_methods() -> String {
    format!(
        "SELECT 'pg_am'::regclass::oid, m.oid, 'ACCESS METHOD', NULL, m.amname::text, NULL, NULL, NULL, NULL,
    format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname, CASE m.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, m.amhandler), '{{}}'::text[]
FROM pg_am m WHERE {} AND {}",
        own("m.oid"),
        not_made_along("pg_am", "m.oid")
    )
}

fn wrappers() -> String {
    format!(
        "SELECT 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 'FOREIGN DATA WRAPPER', NULL, w.fdwname::text, NULL, NULL, NULL, NULL,
    format('CREATE FOREIGN DATA WRAPPER %I%s%s%s', w.fdwname,
        CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc END,
        CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc END, {}), '{{}}'::text[]
FROM pg_foreign_data_wrapper w WHERE {}",
        options("w.fdwoptions"),
        not_made_along("pg_foreign_data_wrapper", "w.oid")
    )
}

fn servers() -> String {
    format!(
        "SELECT 'pg_foreign_server'::regclass::oid, s.oid, 'SERVER', NULL, s.srvname::text, NULL, NULL, NULL, NULL,
    format('CREATE SERVER %I%s%s FOREIGN DATA WRAPPER %I%s', s.srvname, ' TYPE ' || quote_literal(s.srvtype),
        ' VERSION ' || quote_literal(s.srvversion), w.fdwname, {}), '{{}}'::text[]
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE {}",
        options("s.srvoptions"),
        not_made_along("pg_foreign_server", "s.oid")
    )
}

fn user_mappings() -> String {
    format!(
        "SELECT 'pg_user_mapping'::regclass::oid, u.umid, 'USER MAPPING', NULL, u.usename::text, NULL, NULL, NULL, u.srvname::text,
    format('CREATE USER MAPPING FOR %s SERVER %I%s', CASE u.usename WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(u.usename) END,
        u.srvname, {}), '{{}}'::text[]
FROM pg_user_mappings u",
        options("u.umoptions")
    )
}
