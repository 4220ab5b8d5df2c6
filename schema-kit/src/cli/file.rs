//! Files written whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::error::OutputError;

/// Replaces a file's content: whoever reads it sees the old or the new one, and after a failure it is the old.
///
/// A link stays a link to the file it names; a pipe or device is written to directly. Missing directories are made.
pub(super) fn write_atomically(path: &Path, text: &str) -> Result<(), OutputError> {
    let failed = |source| OutputError::File {
        path: path.to_owned(),
        source,
    };
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Err(failed(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a directory",
        ))),
        Ok(metadata) if !metadata.is_file() => fs::write(path, text).map_err(failed),
        Ok(metadata) => {
            let target = fs::canonicalize(path).map_err(failed)?;
            replace(&target, text, Some(metadata.permissions())).map_err(failed)
        }
        Err(_) => make_new(path, text).map_err(failed),
    }
}

/// Makes the directories above too, so that a first migration can be written in one command.
fn make_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    replace(path, text, None)
}

fn replace(path: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let temporary = temporary_beside(path)?;
    let written =
        write_new(&temporary, text, permissions).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_new(path: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// A name in the same directory, since a rename works within one file system only.
fn temporary_beside(path: &Path) -> io::Result<PathBuf> {
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the path names no file",
        ));
    };
    let name = format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id());
    Ok(path.with_file_name(name))
}
