//! The source's files on disk: which are the kit's own, and all of them written or none.
//!
//! Beside the files lies `.pulled`, with the SHA-256 of each as it was written. A file that still is what it says may be
//! written again, or removed with its table. Any other file is somebody's work.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{PullError, Source};

/// The file that lists the others.
const LIST: &str = ".pulled";
/// Its first line, with the version of its form.
const HEAD: &str = "# Files that `pull` wrote, with their SHA-256: version 1.";

/// What happens to files that `pull` did not write, or that were changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Foreign {
    /// They are an error, and nothing is written.
    #[default]
    Keep,
    /// They are replaced where a file of the source has their name.
    Replace,
}

/// What writing a source changes in a directory, by paths below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Files that are not there yet.
    pub created: Vec<String>,
    /// Files that hold something else.
    pub changed: Vec<String>,
    /// Files that `pull` wrote before and the source does not have any more.
    pub removed: Vec<String>,
    /// How many files are already as they should be.
    pub unchanged: usize,
    texts: BTreeMap<String, Option<String>>,
    before: BTreeMap<String, Option<Vec<u8>>>,
}

impl Changes {
    /// Compares a source with what a directory holds.
    ///
    /// # Errors
    ///
    /// Files in the way that `pull` did not write or that were changed since, and a directory that cannot be read.
    pub fn find(directory: &Path, source: &Source, foreign: Foreign) -> Result<Self, PullError> {
        let listed = read_list(directory)?;
        let mut changes = Self::default();
        let mut in_the_way = Vec::new();
        let mut paths: BTreeMap<String, Option<String>> =
            listed.keys().map(|path| (path.clone(), None)).collect();
        paths.extend(
            source
                .files
                .iter()
                .map(|file| (file.path.clone(), Some(file.text.clone()))),
        );
        for (path, text) in paths {
            let before = read(directory, &path)?;
            let is_same = before.as_deref() == text.as_deref().map(str::as_bytes);
            let is_own = before
                .as_ref()
                .is_none_or(|before| listed.get(&path) == Some(&checksum(before)));
            match (&before, &text) {
                _ if is_same => {
                    changes.unchanged += usize::from(text.is_some());
                    continue;
                }
                (None, _) => changes.created.push(path.clone()),
                (Some(_), None) if !is_own => {
                    // It was taken over by somebody, and the source does not need it.
                    continue;
                }
                (Some(_), None) => changes.removed.push(path.clone()),
                (Some(_), Some(_)) => {
                    if !is_own && foreign == Foreign::Keep {
                        in_the_way.push(path.clone());
                    }
                    changes.changed.push(path.clone());
                }
            }
            changes.before.insert(path.clone(), before);
            changes.texts.insert(path, text);
        }
        if !in_the_way.is_empty() {
            return Err(PullError::Foreign {
                directory: directory.to_owned(),
                files: in_the_way,
            });
        }
        changes.note_list(directory, source)?;
        Ok(changes)
    }

    /// Whether the directory already holds the source.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Makes the changes, all of them or none: the new files are written beside the old ones first, and what was replaced
    /// comes back where a later step fails.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn write(&self, directory: &Path) -> Result<(), PullError> {
        let mut written = Vec::new();
        for (path, text) in &self.texts {
            let Some(text) = text else {
                continue;
            };
            let target = directory.join(path);
            let temporary = beside(&target);
            let made = make(&temporary, text);
            written.push((temporary, target.clone()));
            if let Err(source) = made {
                discard(&written);
                return Err(PullError::Write {
                    path: target,
                    source,
                });
            }
        }
        for (temporary, target) in &written {
            if let Err(source) = fs::rename(temporary, target) {
                discard(&written);
                self.take_back(directory);
                let path = target.clone();
                return Err(PullError::Write { path, source });
            }
        }
        for path in &self.removed {
            let target = directory.join(path);
            if let Err(source) = fs::remove_file(&target) {
                self.take_back(directory);
                return Err(PullError::Write {
                    path: target,
                    source,
                });
            }
        }
        Ok(())
    }

    /// The list of files is one more of them.
    fn note_list(&mut self, directory: &Path, source: &Source) -> Result<(), PullError> {
        let mut list = format!("{HEAD}\n");
        let files: BTreeMap<&str, &str> = source
            .files
            .iter()
            .map(|file| (file.path.as_str(), file.text.as_str()))
            .collect();
        for (path, text) in files {
            let _ = writeln!(list, "{}  {path}", checksum(text.as_bytes()));
        }
        let before = read(directory, LIST)?;
        if before.as_deref() != Some(list.as_bytes()) {
            self.before.insert(LIST.to_owned(), before);
            self.texts.insert(LIST.to_owned(), Some(list));
        }
        Ok(())
    }

    /// Puts back what was there. The first error is the one to tell.
    fn take_back(&self, directory: &Path) {
        for (path, before) in &self.before {
            let target = directory.join(path);
            let _ = match before {
                Some(bytes) => fs::write(target, bytes),
                None => fs::remove_file(target),
            };
        }
    }
}

/// The files that were written before, each with its checksum.
fn read_list(directory: &Path) -> Result<BTreeMap<String, String>, PullError> {
    let Some(bytes) = read(directory, LIST)? else {
        return Ok(BTreeMap::new());
    };
    let broken = || PullError::List {
        path: directory.join(LIST),
    };
    let text = String::from_utf8(bytes).map_err(|_| broken())?;
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Err(broken());
    }
    let entry = |line: &str| {
        let (checksum, path) = line.split_once("  ")?;
        let is_below = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        is_below.then(|| (path.to_owned(), checksum.to_owned()))
    };
    lines.map(|line| entry(line).ok_or_else(broken)).collect()
}

/// What a file holds; nothing where there is none.
fn read(directory: &Path, path: &str) -> Result<Option<Vec<u8>>, PullError> {
    let path = directory.join(path);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(source) => Err(PullError::Read { path, source }),
    }
}

fn checksum(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn make(path: &Path, text: &str) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::write(path, text)
}

fn discard(written: &[(PathBuf, PathBuf)]) {
    let temporaries: BTreeSet<&PathBuf> = written.iter().map(|(temporary, _)| temporary).collect();
    for temporary in temporaries {
        let _ = fs::remove_file(temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pull::SourceFile;

    fn source(files: &[(&str, &str)]) -> Source {
        let files = files.iter().map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        });
        Source {
            files: files.collect(),
            left_out: Vec::new(),
        }
    }

    fn write(
        directory: &Path,
        files: &[(&str, &str)],
        foreign: Foreign,
    ) -> Result<Changes, PullError> {
        let changes = Changes::find(directory, &source(files), foreign)?;
        changes.write(directory)?;
        Ok(changes)
    }

    #[test]
    fn own_files_follow_the_source() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let first = write(
            root,
            &[("lib.rs", "a"), ("tables/a.rs", "a")],
            Foreign::Keep,
        )
        .unwrap();
        assert_eq!(first.created, ["lib.rs", "tables/a.rs"]);
        let second = write(
            root,
            &[("lib.rs", "b"), ("tables/b.rs", "b")],
            Foreign::Keep,
        )
        .unwrap();
        assert_eq!(second.created, ["tables/b.rs"]);
        assert_eq!(second.changed, ["lib.rs"]);
        assert_eq!(second.removed, ["tables/a.rs"]);
        assert!(!root.join("tables/a.rs").exists());
        let third = write(
            root,
            &[("lib.rs", "b"), ("tables/b.rs", "b")],
            Foreign::Keep,
        )
        .unwrap();
        assert!(third.is_empty());
        assert_eq!(third.unchanged, 2);
    }

    #[test]
    fn somebodys_file_stays_unless_it_is_to_be_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::write(root.join("lib.rs"), "by hand").unwrap();
        let files = [("lib.rs", "a"), ("tables/a.rs", "a")];
        let error = write(root, &files, Foreign::Keep).unwrap_err();
        assert!(matches!(error, PullError::Foreign { files, .. } if files == ["lib.rs"]));
        assert_eq!(fs::read_to_string(root.join("lib.rs")).unwrap(), "by hand");
        assert!(!root.join("tables").exists());
        write(root, &files, Foreign::Replace).unwrap();
        assert_eq!(fs::read_to_string(root.join("lib.rs")).unwrap(), "a");
    }

    #[test]
    fn a_file_that_was_changed_by_hand_is_somebodys() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        write(root, &[("lib.rs", "a"), ("b.rs", "b")], Foreign::Keep).unwrap();
        fs::write(root.join("lib.rs"), "by hand").unwrap();
        fs::write(root.join("b.rs"), "by hand").unwrap();
        assert!(write(root, &[("lib.rs", "c")], Foreign::Keep).is_err());
        write(root, &[("lib.rs", "by hand")], Foreign::Keep).unwrap();
        assert!(
            root.join("b.rs").exists(),
            "what the source does not have stays"
        );
    }

    #[test]
    fn nothing_is_written_where_one_file_cannot_be() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        write(root, &[("lib.rs", "a")], Foreign::Keep).unwrap();
        fs::write(root.join("tables"), "no directory").unwrap();
        let files = [("lib.rs", "b"), ("tables/a.rs", "a")];
        assert!(write(root, &files, Foreign::Replace).is_err());
        assert_eq!(fs::read_to_string(root.join("lib.rs")).unwrap(), "a");
        let left: Vec<_> = fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left.len(), 3, "{left:?}");
    }

    #[test]
    fn a_broken_list_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(LIST), "x").unwrap();
        let found = Changes::find(directory.path(), &source(&[]), Foreign::Keep);
        assert!(matches!(found, Err(PullError::List { .. })));
    }
}
