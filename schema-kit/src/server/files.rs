//! Small file operations with errors that name the file.

use std::{
    fs::{self, File},
    path::Path,
};

use crate::error::ServerError;

/// Turns an I/O error into ours.
pub(super) fn failed(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(std::io::Error) -> ServerError {
    move |source| ServerError::Io {
        action,
        path: path.to_path_buf(),
        source,
    }
}

/// Replaces a file's text.
pub(super) fn write(path: &Path, text: &str) -> Result<(), ServerError> {
    fs::write(path, text).map_err(failed("write", path))
}

/// Takes the exclusive lock of a file, waiting for whoever holds it.
///
/// The system frees the lock when the last process holding the file ends, however it ends, so
/// there are no stale locks. A program run with the file as its standard input keeps the lock
/// until it has finished, even if we are killed meanwhile.
pub(super) fn lock(path: &Path) -> Result<File, ServerError> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .map_err(failed("open the lock file", path))?;
    file.lock().map_err(failed("lock", path))?;
    Ok(file)
}

/// Gives a program the same open file as its standard input, which keeps a lock or a guard alive
/// for as long as the program runs.
pub(super) fn hold(file: &File, path: &Path) -> Result<std::process::Stdio, ServerError> {
    file.try_clone()
        .map(Into::into)
        .map_err(failed("duplicate", path))
}

/// Removes a directory with all it holds; one that does not exist is fine.
pub(super) fn remove_all(directory: &Path) -> Result<(), ServerError> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(failed("remove", directory)(error))
        }
        _ => Ok(()),
    }
}
