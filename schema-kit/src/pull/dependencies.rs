//! The crates and features that a source needs.

use super::Source;

/// Crates by a piece of source that names them, each with the feature of `schema-core` that goes with it.
const CRATES: [(&str, &str, Option<&str>); 6] = [
    ("use cidr::", "cidr", Some("cidr")),
    ("use eui48::", "eui48", Some("eui48")),
    ("use jiff::", "jiff", None),
    ("use rust_decimal::", "rust_decimal", Some("rust_decimal")),
    ("serde_json::Value", "serde_json", Some("serde_json")),
    ("use uuid::", "uuid", Some("uuid")),
];

/// The commands that add what a source needs to its crate.
///
/// # Examples
///
/// ```
/// use schema_kit::pull::{Source, SourceFile, dependencies};
///
/// let text = "use uuid::Uuid;\n".to_owned();
/// let files = vec![SourceFile { path: "tables/user.rs".to_owned(), text }];
/// let source = Source { files, left_out: Vec::new() };
/// assert_eq!(dependencies(&source), ["cargo add schema-core --features uuid", "cargo add uuid"]);
/// ```
#[must_use]
pub fn dependencies(source: &Source) -> Vec<String> {
    let is_named = |piece: &str| source.files.iter().any(|file| file.text.contains(piece));
    let named: Vec<_> = CRATES
        .iter()
        .filter(|(piece, ..)| is_named(piece))
        .collect();
    let features: Vec<&str> = named
        .iter()
        .filter_map(|(_, _, feature)| *feature)
        .collect();
    let features = match features.as_slice() {
        [] => String::new(),
        features => format!(" --features {}", features.join(",")),
    };
    let mut commands = vec![format!("cargo add schema-core{features}")];
    if !named.is_empty() {
        let crates: Vec<&str> = named.iter().map(|(_, name, _)| *name).collect();
        commands.push(format!("cargo add {}", crates.join(" ")));
    }
    commands
}
