//! Which module of a crate may use which.

use super::source::Source;

/// The modules of each library from the bottom up: one uses those before it alone, so there is no cycle.
const LAYERS: [(&str, &[&str]); 3] = [
    (
        "schema-derive",
        &[
            "code",
            "case",
            "suggest",
            "symbol",
            "ctxt",
            "spelling",
            "ast",
            "attr",
            "valid",
            "table_name",
            "expand",
            "fallback",
            "query",
            "pipeline",
        ],
    ),
    (
        "schema-core",
        &[
            "advice",
            "ident",
            "connect",
            "error",
            "ty",
            "json",
            "range",
            "snowflake",
            "def",
            "row",
            "verify",
            "schema",
            "ddl",
            "table",
            "relation",
            "view",
            "id",
            "statement",
            "query",
            "build",
            "private",
        ],
    ),
    (
        "schema-kit",
        &[
            "version",
            "embed",
            "exit_code",
            "pattern",
            "normalize",
            "snapshot",
            "introspect",
            "diff",
            "plan",
            "migration",
            "chain",
            "generate",
            "pull",
            "error",
            "server",
            "database",
            "scratch",
            "source",
            "proof",
            "drift",
            "push",
            "reset",
            "testing",
            "lint",
            "check",
            "catalogue",
            "cli",
            "main",
        ],
    ),
];

/// Pairs of which the lower one uses the upper one too: a column has a type, and a type of one's own (a composite type)
/// has columns, so the definitions of the two are one thing in two files.
const MUTUAL: [(&str, &str); 1] = [("ty", "def")];

/// What a crate's root hands on, by the module it comes from.
const RE_EXPORTED: [(&str, &str); 9] = [
    ("Error", "error"),
    ("FromRow", "row"),
    ("Id", "id"),
    ("Snowflake", "snowflake"),
    ("SnowflakeGenerator", "snowflake"),
    ("Table", "table"),
    ("View", "view"),
    ("generate_id", "snowflake"),
    ("try_generate_id", "snowflake"),
];

pub(super) fn modules(source: &Source) -> Vec<String> {
    let found = LAYERS.iter().find_map(|(name, layers)| {
        let file = source.path.strip_prefix(name)?.strip_prefix("/src/")?;
        Some((*layers, file))
    });
    let Some((layers, file)) = found else {
        return Vec::new();
    };
    let module = file.split(['/', '.']).next().unwrap_or_default();
    if module == "lib" || source.is_test() {
        return Vec::new();
    }
    let Some(layer) = layers.iter().position(|name| *name == module) else {
        return vec![format!(
            "{}: say in tests/it/tidy/layers.rs where `{module}` lies",
            source.path
        )];
    };
    let mut problems: Vec<String> = used(source)
        .into_iter()
        // What is no module stands in a text, such as an example of a path.
        .filter(|name| layers.contains(&name.as_str()))
        .filter(|name| name != module && !layers[..layer].contains(&name.as_str()))
        .filter(|name| !MUTUAL.contains(&(module, name.as_str())))
        .map(|name| format!("{}: `{module}` uses `{name}`", source.path))
        .collect();
    problems.dedup();
    problems
}

/// The modules a file names behind `crate::`, sorted.
fn used(source: &Source) -> Vec<String> {
    let code: Vec<&str> = source.shipped().map(|(_, line)| line).collect();
    let code = code.join("\n");
    let mut names = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        // `$crate::` and `schema_crate::` are other paths.
        if code[..at].ends_with(['$', '_']) {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(first_names(list)),
            None => names.extend(first_names(rest).into_iter().next()),
        }
    }
    let resolve = |name: String| {
        let found = RE_EXPORTED.iter().find(|(item, _)| *item == name);
        found.map_or(name, |(_, module)| (*module).to_owned())
    };
    let mut modules: Vec<String> = names.into_iter().map(resolve).collect();
    modules.sort();
    modules.dedup();
    modules
}

/// The first name of each path in a list, up to the brace that closes it.
fn first_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut in_first = true;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                in_first = true;
            }
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '_' => {
                if in_first {
                    names.last_mut().expect("it starts with one").push(c);
                }
            }
            c if c.is_whitespace() => {}
            _ => in_first = false,
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
