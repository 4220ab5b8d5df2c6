//! The rules that look at one file each.

use super::source::Source;

/// Lines a file may have.
const FILE_LINES: usize = 500;

/// Lines a function may have, from its signature to its closing brace.
const FUNCTION_LINES: usize = 80;

/// What an issue is for, and tests that are not run.
pub(super) const BANNED: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("#[ign", "ore"),
    concat!("to", "do!("),
    concat!("dbg", "!("),
];

/// Hosts of package registries: they are reached through their clients alone.
pub(super) const REGISTRIES: [&str; 3] = [
    concat!("crates", ".io"),
    concat!("npmjs", "."),
    concat!("pypi", "."),
];

/// Where somebody's files lie.
pub(super) const MACHINE_PATHS: [&str; 4] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
];

/// What reaches the database, or hands on what it said.
const CLIENT: [&str; 20] = [
    "schema-core/src/connect",
    "schema-core/src/error",
    "schema-core/src/query",
    "schema-core/src/row",
    "schema-core/src/statement",
    "schema-kit/src/cli/report",
    "schema-kit/src/cli/kit",
    "schema-kit/src/cli/runner",
    "schema-kit/src/cli/seed",
    "schema-kit/src/database",
    "schema-kit/src/error",
    "schema-kit/src/drift",
    "schema-kit/src/introspect",
    "schema-kit/src/migration",
    "schema-kit/src/push",
    "schema-kit/src/reset",
    "schema-kit/src/scratch",
    "schema-kit/src/server",
    "schema-kit/src/source",
    "schema-kit/src/testing",
];

/// What writes SQL; the rest asks these for it.
const SQL: [&str; 8] = [
    "schema-core/src/ddl",
    "schema-core/src/query",
    "schema-core/src/statement",
    "schema-kit/src/introspect/queries",
    "schema-kit/src/migration",
    "schema-kit/src/scratch",
    "schema-kit/src/reset",
    "schema-kit/src/testing/database",
];

/// How a literal with a statement begins.
const VERBS: [&str; 9] = [
    "ALTER", "COMMENT", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "SELECT", "UPDATE",
];

pub(super) fn module_docs(source: &Source) -> Vec<String> {
    let has_docs = source.text.starts_with("//! ");
    if has_docs || !source.is_rust() {
        return Vec::new();
    }
    vec![format!("{} has no `//!` to open with", source.path)]
}

pub(super) fn lengths(source: &Source) -> Vec<String> {
    if !source.is_rust() {
        return Vec::new();
    }
    let lines: Vec<&str> = source.text.lines().collect();
    let mut problems = Vec::new();
    if lines.len() > FILE_LINES {
        problems.push(format!("{} has {} lines", source.path, lines.len()));
    }
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        if !is_function(code) {
            continue;
        }
        // rustfmt puts the closing brace under the signature.
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let length = lines[start..]
            .iter()
            .position(|line| *line == end)
            .map_or(1, |at| at + 1);
        if length > FUNCTION_LINES && line.trim_end().ends_with(['{', '(', '>']) {
            problems.push(format!(
                "{}: a function of {length} lines",
                source.at(start + 1)
            ));
        }
    }
    problems
}

fn is_function(code: &str) -> bool {
    let mut words = code.split(' ');
    let is_modifier = |word: &&str| word.starts_with("pub") || ["const", "async"].contains(word);
    words.find(|word| !is_modifier(word)) == Some("fn")
}

pub(super) fn banned_words(source: &Source) -> Vec<String> {
    if !source.is_rust() {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let word = BANNED.iter().find(|word| line.contains(**word))?;
            Some(format!("{}: `{word}`", source.at(at + 1)))
        })
        .collect()
}

pub(super) fn sleeps(source: &Source) -> Vec<String> {
    if !source.is_rust() {
        return Vec::new();
    }
    let sleeps = [concat!("thread::", "sleep("), concat!("time::", "sleep(")];
    let lines = source
        .tested()
        .filter(|(_, line)| sleeps.iter().any(|sleep| line.contains(sleep)));
    lines
        .map(|(at, _)| {
            format!(
                "{}: a test waits for what happens, not for time",
                source.at(at)
            )
        })
        .collect()
}

pub(super) fn unwraps(source: &Source) -> Vec<String> {
    if !source.is_rust() {
        return Vec::new();
    }
    let lines = source
        .shipped()
        .filter(|(_, line)| line.contains(".unwrap()"));
    lines
        .map(|(at, _)| format!("{}: say with `expect` why it cannot fail", source.at(at)))
        .collect()
}

pub(super) fn places(source: &Source) -> Vec<String> {
    let banned = REGISTRIES.iter().chain(&MACHINE_PATHS);
    let banned: Vec<_> = banned.collect();
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let place = banned.iter().find(|place| line.contains(***place))?;
            Some(format!("{}: `{place}`", source.at(at + 1)))
        })
        .collect()
}

pub(super) fn client_library(source: &Source) -> Vec<String> {
    outside(source, &CLIENT, |line| line.contains("tokio_postgres::"))
}

pub(super) fn sql_text(source: &Source) -> Vec<String> {
    outside(source, &SQL, |line| {
        let mut literals = line.split('"').skip(1).step_by(2);
        literals.any(|text| {
            let verb = text.split_once(' ').map(|(verb, _)| verb);
            verb.is_some_and(|verb| VERBS.contains(&verb))
        })
    })
}

/// The lines of our libraries with something that stands elsewhere than in these modules.
fn outside(source: &Source, allowed: &[&str], is_it: fn(&str) -> bool) -> Vec<String> {
    let is_library = source.path.starts_with("schema-") && source.path.contains("/src/");
    let is_allowed = allowed.iter().any(|module| {
        let rest = source.path.strip_prefix(module);
        rest.is_some_and(|rest| rest.starts_with(['.', '/']))
    });
    if !is_library || is_allowed || !source.is_rust() {
        return Vec::new();
    }
    let lines = source.shipped().filter(|(_, line)| is_it(line));
    lines
        .map(|(at, line)| format!("{}: {}", source.at(at), line.trim()))
        .collect()
}

pub(super) fn derive_inputs(source: &Source) -> Vec<String> {
    if !source.path.starts_with("schema-derive/src/") {
        return Vec::new();
    }
    let inputs = [
        "std::fs",
        "std::env",
        "std::net",
        "std::time",
        "fs::",
        "env::",
        "Instant::",
        "SystemTime::",
    ];
    let lines = source
        .shipped()
        .filter(|(_, line)| inputs.iter().any(|input| line.contains(input)));
    lines
        .map(|(at, line)| format!("{}: {}", source.at(at), line.trim()))
        .collect()
}

/// Our crates from the bottom up: one depends on those before it alone.
const CRATES: [&str; 4] = ["schema-derive", "schema-core", "schema-kit", "app-schema"];

pub(super) fn crates(source: &Source) -> Vec<String> {
    let Some(above) = CRATES
        .iter()
        .position(|name| source.path == format!("{name}/Cargo.toml"))
        .map(|at| &CRATES[at..])
    else {
        return Vec::new();
    };
    let dependencies = source
        .text
        .split("\n[")
        .filter(|section| section.trim_start_matches('[').starts_with("dependencies]"));
    let lines = dependencies.flat_map(str::lines);
    lines
        .filter(|line| above.iter().any(|name| line.starts_with(name)))
        .map(|line| format!("{}: {line}", source.path))
        .collect()
}
