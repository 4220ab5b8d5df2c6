//! What can go wrong in a build step.

use std::{error, fmt, io, path::PathBuf};

/// Why a build step did not write its file.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The path is relative, and `OUT_DIR` is not set.
    NoOutDir {
        /// The path as given.
        path: PathBuf,
    },
    /// The file cannot be written.
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOutDir { path } => write!(
                f,
                "`{}` is relative to OUT_DIR, which is not set; call this from a build script, or give an absolute path",
                path.display()
            ),
            Self::Write { path, .. } => write!(f, "cannot write `{}`", path.display()),
        }
    }
}

impl error::Error for BuildError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NoOutDir { .. } => None,
            Self::Write { source, .. } => Some(source),
        }
    }
}
