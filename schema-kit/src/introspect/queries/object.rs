//! The objects that the model knows as SQL text, each with the statement that makes it: from the server where it has a
//! function for that, otherwise put together here as `pg_dump` does.
//!
//! All answers have the same columns: catalog, object identifier, kind, namespace, name, what stands in parentheses
//! behind the name, the namespace and name of the table, the index method, the statement, and the statements that say the
//! rest.

//! A question costs the server more than its answer where there is nothing to find, as mostly there is not: which kinds there
//! are is asked first, of all at once.

mod database;
mod text_search;

/// A kind of objects.
#[derive(Debug)]
pub(in crate::introspect) struct Kind {
    /// What messages call them.
    pub(in crate::introspect) what: &'static str,
    /// A query that has rows where there are any.
    any: String,
    /// The question for them.
    pub(in crate::introspect) sql: String,
    /// Whether they lie in no namespace, so that the question takes none.
    pub(in crate::introspect) of_database: bool,
}

/// What messages call a kind, the query that has rows where there are any, and the question for them.
type Listed = (&'static str, String, String);

/// Asks which kinds there are, in their order.
pub(in crate::introspect) fn which(kinds: &[Kind]) -> String {
    let any = kinds.iter().map(|kind| match kind.of_database {
        true => format!("$2 AND EXISTS ({})", kind.any),
        false => format!("EXISTS ({})", kind.any),
    });
    format!("SELECT ARRAY[{}]", any.collect::<Vec<_>>().join(",\n    "))
}

/// All kinds of objects: those of the namespaces `$1`, and those of no namespace where `$2` asks for them too.
pub(in crate::introspect) fn kinds(version: i32) -> Vec<Kind> {
    let mut listed = vec![
        ("routines", within("pg_proc", "pronamespace"), routines()),
        (
            "triggers",
            "SELECT FROM pg_trigger WHERE NOT tgisinternal".to_owned(),
            triggers(),
        ),
        (
            "rules",
            format!(
                "SELECT FROM pg_rewrite WHERE rulename <> '_RETURN' AND {}",
                own("oid")
            ),
            rules(),
        ),
        (
            "statistics objects",
            within("pg_statistic_ext", "stxnamespace"),
            statistics(),
        ),
        (
            "foreign tables",
            "SELECT FROM pg_foreign_table".to_owned(),
            foreign_tables(),
        ),
        (
            "range types",
            format!("SELECT FROM pg_range WHERE {}", own("rngtypid")),
            range_types(),
        ),
        (
            "operators",
            within("pg_operator", "oprnamespace"),
            operators(),
        ),
        (
            "operator families",
            within("pg_opfamily", "opfnamespace"),
            operator_families(),
        ),
        (
            "operator classes",
            within("pg_opclass", "opcnamespace"),
            operator_classes(),
        ),
        (
            "conversions",
            within("pg_conversion", "connamespace"),
            conversions(),
        ),
    ];
    listed.extend(text_search::kinds());
    let kind = |of_database: bool| {
        move |(what, any, sql): Listed| Kind {
            what,
            any,
            sql,
            of_database,
        }
    };
    let of_database = database::kinds(version).into_iter().map(kind(true));
    listed
        .into_iter()
        .map(kind(false))
        .chain(of_database)
        .collect()
}

/// An object that is made along with another one, or by an extension.
fn not_made_along(class: &str, oid: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{class}'::regclass AND d.objid = {oid} AND d.deptype IN ('i', 'e'))"
    )
}

/// A name with its namespace `n`, unless that is searched.
fn qualified(namespace: &str, name: &str) -> String {
    format!(
        "CASE WHEN {namespace} IN ('public', 'pg_catalog') THEN '' ELSE quote_ident({namespace}) || '.' END || quote_ident({name})"
    )
}

/// ` OPTIONS (…)`, where there are any but secrets.
fn options(list: &str) -> String {
    format!(
        "coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.name) || ' ' || quote_literal(o.value), ', ' ORDER BY o.at)
            FROM pg_options_to_table({list}) WITH ORDINALITY o (name, value, at) WHERE o.name !~ 'pass|secret|token') || ')', '')"
    )
}

/// `WORD = value` for each part that is not NULL.
fn parts(parts: &[&str]) -> String {
    format!(
        "array_to_string(ARRAY[{}], ', ')",
        parts.join(",\n        ")
    )
}

fn function(word: &str, column: &str) -> String {
    format!("CASE WHEN {column}::oid <> 0 THEN '{word} = ' || {column}::regproc::text END")
}

fn modify(word: &str, function: &str, column: &str) -> String {
    format!(
        "CASE WHEN {function}::oid <> 0 AND {column} <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
            THEN '{word} = ' || CASE {column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END"
    )
}

fn aggregate() -> String {
    let functions = [
        ("SFUNC", "a.aggtransfn"),
        ("FINALFUNC", "a.aggfinalfn"),
        ("COMBINEFUNC", "a.aggcombinefn"),
        ("SERIALFUNC", "a.aggserialfn"),
        ("DESERIALFUNC", "a.aggdeserialfn"),
        ("MSFUNC", "a.aggmtransfn"),
        ("MINVFUNC", "a.aggminvtransfn"),
        ("MFINALFUNC", "a.aggmfinalfn"),
    ];
    let functions = functions.map(|(word, column)| function(word, column));
    let final_modify = modify("FINALFUNC_MODIFY", "a.aggfinalfn", "a.aggfinalmodify");
    let moving_modify = modify("MFINALFUNC_MODIFY", "a.aggmfinalfn", "a.aggmfinalmodify");
    let mut list: Vec<&str> = functions.iter().map(String::as_str).collect();
    list.insert(1, "'STYPE = ' || format_type(a.aggtranstype, NULL)");
    list.extend([
        "CASE WHEN a.aggtransspace <> 0 THEN 'SSPACE = ' || a.aggtransspace END",
        "'INITCOND = ' || quote_literal(a.agginitval)",
        "CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END",
        &final_modify,
        "CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END",
        "CASE WHEN a.aggmtransspace <> 0 THEN 'MSSPACE = ' || a.aggmtransspace END",
        "'MINITCOND = ' || quote_literal(a.aggminitval)",
        "CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END",
        &moving_modify,
        "(SELECT format('SORTOP = OPERATOR(%I.%s)', s.nspname, o.oprname)
            FROM pg_operator o JOIN pg_namespace s ON s.oid = o.oprnamespace WHERE o.oid = a.aggsortop)",
        "CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END",
        "CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END",
    ]);
    format!(
        "format('CREATE AGGREGATE %s(%s) (', {}, coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'))
        || {} || ')'",
        qualified("n.nspname", "p.proname"),
        parts(&list)
    )
}

/// Functions, procedures and aggregates.
fn routines() -> String {
    format!(
        "SELECT 'pg_proc'::regclass::oid, p.oid,
    CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
    n.nspname::text, p.proname::text,
    CASE p.prokind WHEN 'a' THEN coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')
        ELSE oidvectortypes(p.proargtypes) END,
    NULL, NULL, NULL,
    CASE p.prokind WHEN 'a' THEN {} ELSE rtrim(pg_get_functiondef(p.oid), E'\\n') END,
    '{{}}'::text[]
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE p.pronamespace = ANY ($1) AND {}",
        aggregate(),
        not_made_along("pg_proc", "p.oid")
    )
}

/// Whether a catalog has anything in the namespaces.
fn within(catalog: &str, namespace: &str) -> String {
    format!("SELECT FROM {catalog} WHERE {namespace} = ANY ($1)")
}

/// A statement for each state of a trigger or rule but the usual one.
fn states(letter: &str, disable: &str, words: &str) -> String {
    format!(
        "CASE {letter} WHEN 'O' THEN '{{}}' ELSE ARRAY[format({disable}, {words}
        CASE {letter} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END)] END"
    )
}

fn triggers() -> String {
    format!(
        "SELECT 'pg_trigger'::regclass::oid, t.oid, 'TRIGGER', NULL, t.tgname::text, NULL,
    n.nspname::text, c.relname::text, NULL, pg_get_triggerdef(t.oid), {}::text[]
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace = ANY ($1) AND NOT t.tgisinternal AND t.tgparentid = 0",
        states(
            "t.tgenabled",
            "'ALTER TABLE %1$s %3$s TRIGGER %2$I'",
            "c.oid::regclass, t.tgname,"
        )
    )
}

fn rules() -> String {
    format!(
        "SELECT 'pg_rewrite'::regclass::oid, r.oid, 'RULE', NULL, r.rulename::text, NULL,
    n.nspname::text, c.relname::text, NULL, rtrim(pg_get_ruledef(r.oid), ';'), {}::text[]
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relnamespace = ANY ($1) AND r.rulename <> '_RETURN'",
        states(
            "r.ev_enabled",
            "'ALTER TABLE %1$s %3$s RULE %2$I'",
            "c.oid::regclass, r.rulename,"
        )
    )
}

/// The server's own objects have lower numbers (`FirstNormalObjectId`).
fn own(oid: &str) -> String {
    format!("{oid} >= 16384")
}

fn statistics() -> String {
    format!(
        "SELECT 'pg_statistic_ext'::regclass::oid, s.oid, 'STATISTICS', n.nspname::text, s.stxname::text, NULL, NULL, NULL, NULL,
    pg_get_statisticsobjdef(s.oid),
    CASE WHEN coalesce(s.stxstattarget, -1) >= 0
        THEN ARRAY[format('ALTER STATISTICS %s SET STATISTICS %s', {}, s.stxstattarget)] ELSE '{{}}' END
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE s.stxnamespace = ANY ($1)",
        qualified("n.nspname", "s.stxname")
    )
}

fn foreign_tables() -> String {
    format!(
        "SELECT 'pg_class'::regclass::oid, c.oid, 'FOREIGN TABLE', n.nspname::text, c.relname::text, NULL, NULL, NULL, NULL,
    format('CREATE FOREIGN TABLE %s (%s) SERVER %I%s', c.oid::regclass,
        (SELECT string_agg(format(E'\\n    %I %s%s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), {},
            CASE WHEN a.attcollation <> y.typcollation
                THEN (SELECT ' COLLATE ' || {} FROM pg_collation l JOIN pg_namespace m ON m.oid = l.collnamespace
                    WHERE l.oid = a.attcollation) END,
            CASE WHEN a.attnotnull THEN ' NOT NULL' END,
            CASE a.attgenerated WHEN '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED' END), ',' ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), s.srvname, {}),
    ARRAY(SELECT format('ALTER FOREIGN TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid))
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' ORDER BY k.conname)
    || ARRAY(SELECT format('COMMENT ON COLUMN %s.%I IS %L', c.oid::regclass, a.attname, e.description)
        FROM pg_description e JOIN pg_attribute a ON a.attrelid = e.objoid AND a.attnum = e.objsubid
        WHERE e.classoid = 'pg_class'::regclass AND e.objoid = c.oid ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_foreign_table f ON f.ftrelid = c.oid
    JOIN pg_foreign_server s ON s.oid = f.ftserver
WHERE c.relnamespace = ANY ($1) AND NOT EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))",
        options("a.attfdwoptions"),
        qualified("m.nspname", "l.collname"),
        options("f.ftoptions")
    )
}

fn range_types() -> String {
    format!(
        "SELECT 'pg_type'::regclass::oid, t.oid, 'TYPE', n.nspname::text, t.typname::text, NULL, NULL, NULL, NULL,
    format('CREATE TYPE %s AS RANGE (', {}) || {} || ')', '{{}}'::text[]
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_range r ON r.rngtypid = t.oid
    JOIN pg_type s ON s.oid = r.rngsubtype JOIN pg_opclass o ON o.oid = r.rngsubopc
    JOIN pg_namespace p ON p.oid = o.opcnamespace
    JOIN pg_type m ON m.oid = r.rngmultitypid JOIN pg_namespace mn ON mn.oid = m.typnamespace
    LEFT JOIN pg_collation l ON l.oid = r.rngcollation LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
WHERE t.typnamespace = ANY ($1) AND r.rngcanonical::oid = 0 AND {}",
        qualified("n.nspname", "t.typname"),
        parts(&[
            "'SUBTYPE = ' || format_type(r.rngsubtype, NULL)",
            &format!("CASE WHEN NOT o.opcdefault THEN 'SUBTYPE_OPCLASS = ' || {} END", qualified("p.nspname", "o.opcname")),
            &format!("CASE WHEN r.rngcollation <> s.typcollation THEN 'COLLATION = ' || {} END", qualified("ln.nspname", "l.collname")),
            &function("SUBTYPE_DIFF", "r.rngsubdiff"),
            &format!("'MULTIRANGE_TYPE_NAME = ' || {}", qualified("mn.nspname", "m.typname")),
        ]),
        not_made_along("pg_type", "t.oid")
    )
}

fn operators() -> String {
    let other = |word: &str, column: &str| {
        format!(
            "(SELECT format('{word} = OPERATOR(%I.%s)', m.nspname, x.oprname) FROM pg_operator x
            JOIN pg_namespace m ON m.oid = x.oprnamespace WHERE x.oid = o.{column})"
        )
    };
    format!(
        "SELECT 'pg_operator'::regclass::oid, o.oid, 'OPERATOR', n.nspname::text, o.oprname::text,
    CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END || ', ' || format_type(o.oprright, NULL), NULL, NULL, NULL,
    format('CREATE OPERATOR %s%s (', CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END, o.oprname)
        || {} || ')', '{{}}'::text[]
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oprnamespace = ANY ($1) AND o.oprcode::oid <> 0 AND {}",
        parts(&[
            "'FUNCTION = ' || o.oprcode::regproc::text",
            "CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, NULL) END",
            "'RIGHTARG = ' || format_type(o.oprright, NULL)",
            &other("COMMUTATOR", "oprcom"),
            &other("NEGATOR", "oprnegate"),
            &function("RESTRICT", "o.oprrest"),
            &function("JOIN", "o.oprjoin"),
            "CASE WHEN o.oprcanhash THEN 'HASHES' END",
            "CASE WHEN o.oprcanmerge THEN 'MERGES' END",
        ]),
        not_made_along("pg_operator", "o.oid")
    )
}

/// The members of an operator class or family that depend on it, as `CREATE OPERATOR CLASS` lists them.
fn members(class: &str, oid: &str) -> String {
    let linked = |catalog: &str, member: &str| {
        format!(
            "EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{catalog}'::regclass AND d.objid = {member}.oid
                AND d.refclassid = '{class}'::regclass AND d.refobjid = {oid})"
        )
    };
    format!(
        "(SELECT string_agg(m.text, ', ' ORDER BY m.kind, m.number, m.text) FROM (
            SELECT 1 AS kind, q.amopstrategy AS number, format('OPERATOR %s %s%s', q.amopstrategy, q.amopopr::regoperator,
                (SELECT ' FOR ORDER BY ' || {} FROM pg_opfamily b JOIN pg_namespace bn ON bn.oid = b.opfnamespace
                    WHERE b.oid = q.amopsortfamily)) AS text
            FROM pg_amop q WHERE q.amopfamily = f.oid AND {}
            UNION ALL SELECT 2, q.amprocnum, format('FUNCTION %s (%s, %s) %s', q.amprocnum,
                format_type(q.amproclefttype, NULL), format_type(q.amprocrighttype, NULL), q.amproc::regprocedure)
            FROM pg_amproc q WHERE q.amprocfamily = f.oid AND {}) m)",
        qualified("bn.nspname", "b.opfname"),
        linked("pg_amop", "q"),
        linked("pg_amproc", "q")
    )
}

fn operator_families() -> String {
    let members = members("pg_opfamily", "f.oid");
    format!(
        "SELECT 'pg_opfamily'::regclass::oid, f.oid, 'OPERATOR FAMILY', n.nspname::text, f.opfname::text, NULL, NULL, NULL, m.amname::text,
    format('CREATE OPERATOR FAMILY %s USING %I', {name}, m.amname),
    array_remove(ARRAY[format('ALTER OPERATOR FAMILY %s USING %I ADD ', {name}, m.amname) || {members}], NULL)
FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am m ON m.oid = f.opfmethod
WHERE f.opfnamespace = ANY ($1) AND {}",
        not_made_along("pg_opfamily", "f.oid"),
        name = qualified("n.nspname", "f.opfname"),
    )
}

fn operator_classes() -> String {
    format!(
        "SELECT 'pg_opclass'::regclass::oid, c.oid, 'OPERATOR CLASS', n.nspname::text, c.opcname::text, NULL, NULL, NULL, m.amname::text,
    format('CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %I FAMILY %s AS ', {}, CASE WHEN c.opcdefault THEN 'DEFAULT ' END,
        format_type(c.opcintype, NULL), m.amname, {})
        || coalesce(nullif(array_to_string(ARRAY[
            CASE WHEN c.opckeytype <> 0 THEN 'STORAGE ' || format_type(c.opckeytype, NULL) END, {}], ', '), ''),
        'STORAGE ' || format_type(c.opcintype, NULL)), '{{}}'::text[]
FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am m ON m.oid = c.opcmethod
    JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_namespace fn ON fn.oid = f.opfnamespace
WHERE c.opcnamespace = ANY ($1) AND {}",
        qualified("n.nspname", "c.opcname"),
        qualified("fn.nspname", "f.opfname"),
        members("pg_opclass", "c.oid"),
        not_made_along("pg_opclass", "c.oid")
    )
}

fn conversions() -> String {
    format!(
        "SELECT 'pg_conversion'::regclass::oid, c.oid, 'CONVERSION', n.nspname::text, c.conname::text, NULL, NULL, NULL, NULL,
    format('CREATE %sCONVERSION %s FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' END, {},
        pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc::regproc), '{{}}'::text[]
FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.connamespace = ANY ($1) AND {}",
        qualified("n.nspname", "c.conname"),
        not_made_along("pg_conversion", "c.oid")
    )
}

/// What each object needs, the type or relation behind an array, a row or a multirange resolved: with the namespace and
/// name of a relation, and those of a type.
pub(in crate::introspect) const DEPENDENCIES: &str = "\
SELECT DISTINCT u.class, u.object, u.refclass, u.ref, cn.nspname::text, c.relname::text, tn.nspname::text, t.typname::text
FROM (SELECT d.classid AS class, d.objid AS object,
        CASE WHEN k.oid IS NULL THEN d.refclassid ELSE 'pg_class'::regclass::oid END AS refclass,
        coalesce(k.oid, b.oid, d.refobjid) AS ref
    FROM pg_depend d
        LEFT JOIN pg_type a ON d.refclassid = 'pg_type'::regclass AND a.oid = d.refobjid
        LEFT JOIN pg_type e ON e.oid = a.typelem AND a.typsubscript = 'array_subscript_handler'::regproc
        LEFT JOIN pg_range m ON m.rngmultitypid = coalesce(e.oid, a.oid)
        LEFT JOIN pg_type b ON b.oid = coalesce(m.rngtypid, e.oid, a.oid)
        LEFT JOIN pg_class k ON k.oid = b.typrelid AND k.relkind <> 'c'
    WHERE d.deptype IN ('n', 'a') AND d.objid >= 16384 AND d.refobjid >= 16384
        AND d.classid IN ('pg_proc'::regclass, 'pg_trigger'::regclass, 'pg_rewrite'::regclass, 'pg_operator'::regclass,
            'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_cast'::regclass, 'pg_type'::regclass,
            'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass,
            'pg_ts_template'::regclass, 'pg_event_trigger'::regclass, 'pg_foreign_data_wrapper'::regclass,
            'pg_foreign_server'::regclass, 'pg_user_mapping'::regclass, 'pg_conversion'::regclass,
            'pg_transform'::regclass, 'pg_language'::regclass, 'pg_am'::regclass)
        AND NOT (d.classid = 'pg_rewrite'::regclass
            AND EXISTS (SELECT FROM pg_rewrite r WHERE r.oid = d.objid AND r.rulename = '_RETURN'))
    UNION ALL SELECT 'pg_class'::regclass, ftrelid, 'pg_foreign_server'::regclass, ftserver FROM pg_foreign_table
    UNION ALL SELECT 'pg_publication'::regclass, prpubid, 'pg_class'::regclass, prrelid FROM pg_publication_rel) u
    LEFT JOIN pg_class c ON u.refclass = 'pg_class'::regclass AND c.oid = u.ref
    LEFT JOIN pg_namespace cn ON cn.oid = c.relnamespace
    LEFT JOIN pg_type t ON u.refclass = 'pg_type'::regclass AND t.oid = u.ref
    LEFT JOIN pg_namespace tn ON tn.oid = t.typnamespace
WHERE u.class <> u.refclass OR u.object <> u.ref";
