//! Text search: parsers, templates, dictionaries and configurations.

use super::{Listed, function, not_made_along, parts, qualified, within};

/// One kind for each of the four.
pub(super) fn kinds() -> [Listed; 4] {
    let select = |class: &str, letter: &str, kind: &str, body: &str, settings: &str| {
        let sql = format!(
            "SELECT '{class}'::regclass::oid, o.oid, 'TEXT SEARCH {kind}', n.nspname::text, o.{letter}name::text, NULL, NULL, NULL, NULL,
    format('CREATE TEXT SEARCH {kind} %s (', {}) || {body} || ')', {settings}::text[]
FROM {class} o JOIN pg_namespace n ON n.oid = o.{letter}namespace WHERE o.{letter}namespace = ANY ($1) AND {}",
            qualified("n.nspname", &format!("o.{letter}name")),
            not_made_along(class, "o.oid")
        );
        (
            "text search",
            within(class, &format!("{letter}namespace")),
            sql,
        )
    };
    let parser = [
        function("START", "o.prsstart"),
        function("GETTOKEN", "o.prstoken"),
        function("END", "o.prsend"),
        function("LEXTYPES", "o.prslextype"),
        function("HEADLINE", "o.prsheadline"),
    ];
    let parser: Vec<&str> = parser.iter().map(String::as_str).collect();
    let template = [
        function("INIT", "o.tmplinit"),
        function("LEXIZE", "o.tmpllexize"),
    ];
    let template: Vec<&str> = template.iter().map(String::as_str).collect();
    let dictionary = format!(
        "(SELECT 'TEMPLATE = ' || {} FROM pg_ts_template t JOIN pg_namespace m ON m.oid = t.tmplnamespace
            WHERE t.oid = o.dicttemplate) || coalesce(', ' || o.dictinitoption, '')",
        qualified("m.nspname", "t.tmplname")
    );
    let configuration = format!(
        "(SELECT 'PARSER = ' || {} FROM pg_ts_parser t JOIN pg_namespace m ON m.oid = t.prsnamespace WHERE t.oid = o.cfgparser)",
        qualified("m.nspname", "t.prsname")
    );
    let mappings = format!(
        "ARRAY(SELECT format('ALTER TEXT SEARCH CONFIGURATION %s ADD MAPPING FOR %I WITH %s', {}, k.alias,
            string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno))
        FROM pg_ts_config_map m JOIN ts_token_type(o.cfgparser) k ON k.tokid = m.maptokentype
        WHERE m.mapcfg = o.oid GROUP BY m.maptokentype, k.alias ORDER BY m.maptokentype)",
        qualified("n.nspname", "o.cfgname")
    );
    [
        select("pg_ts_parser", "prs", "PARSER", &parts(&parser), "'{}'"),
        select(
            "pg_ts_template",
            "tmpl",
            "TEMPLATE",
            &parts(&template),
            "'{}'",
        ),
        select("pg_ts_dict", "dict", "DICTIONARY", &dictionary, "'{}'"),
        select(
            "pg_ts_config",
            "cfg",
            "CONFIGURATION",
            &configuration,
            &mappings,
        ),
    ]
}
