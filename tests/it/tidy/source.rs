//! The workspace's own text files, and what is code in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Directories that hold what is made, not written.
const MADE: [&str; 4] = ["target", ".git", ".schema", "node_modules"];

/// A text file.
pub(super) struct Source {
    /// Its path from the workspace's root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Whether it is Rust that is kept to the rules: all but the inputs and outputs of tests.
    pub(super) fn is_rust(&self) -> bool {
        let is_case = ["tests/ui/", "tests/ui-pass/", "tests/expand/"]
            .iter()
            .any(|directory| self.path.starts_with(directory));
        self.path.ends_with(".rs") && !is_case
    }

    /// Whether all of it is run by tests alone.
    pub(super) fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs")
    }

    /// The lines of code that are not comments, from 1; where `tests` is false, those before the unit tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate();
        numbered
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The lines that the program runs.
    pub(super) fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.first_test_line();
        self.code().filter(move |(at, _)| *at < tests)
    }

    /// The lines that tests alone run.
    pub(super) fn tested(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.first_test_line();
        self.code().filter(move |(at, _)| *at >= tests)
    }

    /// Unit tests stand at a file's end.
    fn first_test_line(&self) -> usize {
        if self.is_test() {
            return 0;
        }
        let lines: Vec<&str> = self.text.lines().collect();
        let is_module = |at: usize| {
            let next = lines.get(at + 1).copied().unwrap_or_default();
            lines[at] == "#[cfg(test)]" && !next.ends_with(';')
        };
        (0..lines.len())
            .find(|at| is_module(*at))
            .map_or(usize::MAX, |at| at + 1)
    }

    /// The file and line, as an editor opens it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

/// Every text file of the workspace, in the order of their paths.
pub(super) fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace");
    let mut files = Vec::new();
    walk(root, &mut files);
    files.sort();
    let sources = files.into_iter().map(|path| {
        let relative = path.strip_prefix(root).unwrap().to_string_lossy();
        Source::new(
            &relative.replace('\\', "/"),
            &fs::read_to_string(&path).unwrap(),
        )
    });
    sources.collect()
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // What a link leads to is found where it is.
            if !MADE.contains(&&*name) && !path.is_symlink() {
                walk(&path, files);
            }
            continue;
        }
        let is_text = ["rs", "toml", "md", "stderr", "sql"]
            .iter()
            .any(|extension| path.extension().is_some_and(|found| found == *extension));
        if is_text {
            files.push(path);
        }
    }
}
