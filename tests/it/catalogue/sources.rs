//! The codes as the source has them, and the messages beside the compile-fail cases.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The files of a directory and below with this extension, with their texts.
fn files(directory: &str, extension: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut directories = vec![Path::new(ROOT).join(directory)];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path, text);
            }
        }
    }
    found
}

/// What the compile-fail cases get.
pub(super) fn stderr() -> BTreeMap<PathBuf, String> {
    files("tests/ui", "stderr")
}

/// Every code that the source defines; those of constants with the title that stands above.
pub(super) fn codes() -> Vec<(String, Option<String>)> {
    let mut codes = Vec::new();
    for directory in ["schema-derive/src", "schema-core/src"] {
        for text in files(directory, "rs").into_values() {
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for (at, line) in lines.iter().enumerate() {
                let Some((_, code)) = line.split_once("Code(\"T") else {
                    continue;
                };
                // A declaration too long for its line goes on in the next one.
                let above = lines[..at]
                    .iter()
                    .rev()
                    .find_map(|line| line.strip_prefix("/// "));
                let title = above.map(|title| title.trim_end_matches('.').to_owned());
                codes.push((format!("T{}", &code[..4]), title));
            }
        }
    }
    let of_traits = messages_of_traits();
    let of_traits = of_traits
        .iter()
        .flat_map(|message| super::codes_in(message));
    codes.extend(of_traits.map(|code| (format!("T{code}"), None)));
    codes
}

/// The messages of `on_unimplemented`.
pub(super) fn messages_of_traits() -> Vec<String> {
    let mut messages = Vec::new();
    for text in files("schema-core/src", "rs").into_values() {
        for part in text.split("#[diagnostic::on_unimplemented(").skip(1) {
            let (_, rest) = part.split_once("message = \"").unwrap_or_default();
            let (message, _) = rest.split_once('"').unwrap_or_default();
            messages.push(message.to_owned());
        }
    }
    messages
}
