//! The examples of a page, as modules that compile on their own.

use std::{fmt::Write as _, fs, path::Path};

use schema_kit::catalogue::Page;

/// An example of a page.
pub(super) struct Example {
    pub(super) code: &'static str,
    pub(super) is_wrong: bool,
    text: &'static str,
}

/// The codes whose pages are files, in order.
pub(super) fn files() -> Vec<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema-kit/errors");
    let files = fs::read_dir(directory).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut codes: Vec<String> = paths
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    codes.sort_unstable();
    codes
}

/// The wrong example of a page and the right one.
pub(super) fn examples(page: &Page) -> [Example; 2] {
    let example = |heading: &str| {
        let (_, rest) = page.text.split_once(heading).expect(heading);
        let (_, rest) = rest.split_once("\n```rust\n").expect("an example");
        let (text, _) = rest.split_once("\n```\n").expect("an example's end");
        Example {
            code: page.code,
            is_wrong: heading.contains("Wrong"),
            text,
        }
    };
    [example("\n## Wrong\n"), example("\n## Right\n")]
}

/// An example with what a page leaves out: fields that a comment counts, and the schema of its tables.
pub(super) fn expanded(example: &Example) -> String {
    let mut text = String::new();
    for line in example.text.lines() {
        match counted(line) {
            Some(fields) => text.push_str(&fields),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    let tables = tables(&text);
    if text.contains("static CHAT") {
        text = text.replace("static CHAT", "static SCHEMA");
    } else if !example.is_wrong && !tables.is_empty() {
        let tables = tables.join(", ");
        let _ = writeln!(
            text,
            "::schema_core::schema! {{ pub static SCHEMA = [{tables}]; }}"
        );
    }
    text
}

/// The fields that a comment such as `// c1 to c1601: i64` stands for.
fn counted(line: &str) -> Option<String> {
    let (first, rest) = line.trim().strip_prefix("// c")?.split_once(" to c")?;
    let (last, ty) = rest.split_once(": ")?;
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    Some(
        (first..=last)
            .map(|n| format!("pub c{n}: {ty}, "))
            .collect(),
    )
}

/// The structs with `#[derive(Table)]`.
fn tables(text: &str) -> Vec<&str> {
    let derives = text.split("#[derive(").skip(1);
    let tables = derives.filter(|part| {
        let (derived, _) = part.split_once(')').unwrap_or_default();
        derived.split(", ").any(|name| name.ends_with("Table"))
    });
    tables
        .filter_map(|part| part.split_once("struct ")?.1.split([' ', '(', '<']).next())
        .collect()
}
