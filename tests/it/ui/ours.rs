//! What is ours in a compiler's output: the text of a message from its code on, and the place it points to.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tests::soundness::compile::Diagnostic;

/// A message of ours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Message {
    /// The line and column it points to, from 1.
    at: (u64, u64),
    /// From the code on, its lines without what stands before and behind them.
    text: String,
}

impl Message {
    /// The message, where it has a code.
    fn new(at: (u64, u64), whole: &str) -> Option<Self> {
        let start = whole.find("[T")?;
        let lines: Vec<&str> = whole[start..].lines().map(str::trim).collect();
        Some(Self {
            at,
            text: without_modules(&lines.join("\n")),
        })
    }
}

/// A text without the modules before its names: how many of them a compiler writes depends on what else it compiles.
fn without_modules(text: &str) -> String {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut parts: Vec<&str> = text.split("::").collect();
    let last = parts.pop().unwrap_or_default();
    let parts = parts.iter().map(|part| part.trim_end_matches(is_name));
    parts.chain([last]).collect()
}

/// The cases in the order of their names.
pub(super) fn cases() -> Vec<PathBuf> {
    files("rs")
}

/// The files of this extension below `ui`, in the order of their names.
pub(super) fn files(extension: &str) -> Vec<PathBuf> {
    let children = |directory: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(directory).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let kinds = children(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui"));
    let files = kinds.iter().flat_map(|kind| children(kind));
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort_unstable();
    files
}

/// The messages of ours in a `.stderr` file, by their places.
pub(super) fn in_stderr(text: &str) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with("error") {
            continue;
        }
        let mut whole = line.to_owned();
        for line in lines.by_ref() {
            if let Some(place) = line.trim_start().strip_prefix("--> ") {
                messages.extend(Message::new(position(place), &whole));
                break;
            }
            whole.push('\n');
            whole.push_str(line);
        }
    }
    messages.sort_unstable();
    messages
}

/// `file:line:column`.
fn position(place: &str) -> (u64, u64) {
    let mut parts = place.rsplit(':');
    let mut number = || parts.next().unwrap().parse().unwrap();
    let column = number();
    (number(), column)
}

/// The messages of ours that a compiler gives, by their places.
pub(super) fn in_diagnostics(found: &[Diagnostic]) -> Vec<Message> {
    let messages = found
        .iter()
        .filter_map(|error| Message::new(error.at, &error.message));
    let mut messages: Vec<Message> = messages.collect();
    messages.sort_unstable();
    messages
}

#[test]
fn a_message_is_read_from_its_code_on_with_the_place_it_points_to() {
    let text = "\
error[E0080]: evaluation panicked: [T0422] it is INTEGER
              help: make it BIGINT
  --> ui/foreign-key/different_type.rs:14:21
   |
14 |     #[column(references = User)]
   |                           ^^^^ evaluation of `_` failed here

error[E0425]: cannot find type `Missing` in this scope
  --> ui/foreign-key/different_type.rs:3:4

error: [T0101] unknown word `x`
       help: remove it
 --> ui/foreign-key/different_type.rs:2:7
";
    let message = |at, text: &str| Message {
        at,
        text: text.to_owned(),
    };
    let expected = [
        message((2, 7), "[T0101] unknown word `x`\nhelp: remove it"),
        message((14, 21), "[T0422] it is INTEGER\nhelp: make it BIGINT"),
    ];
    assert_eq!(in_stderr(text), expected);
}

#[test]
fn modules_before_a_name_are_no_difference() {
    let text = "[T1014] `Option<std::string::String>` and `Id<tables::User>`";
    assert_eq!(
        without_modules(text),
        "[T1014] `Option<String>` and `Id<User>`"
    );
}
