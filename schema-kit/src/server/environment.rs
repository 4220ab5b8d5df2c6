//! What the server code takes from the outside: variables and places, gathered once so that tests
//! can give others.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Where archives of PostgreSQL are published.
const ARCHIVES: &str = "https://github.com/theseus-rs/postgresql-binaries/releases/download";

/// The variables and places the embedded server depends on.
///
/// [`Environment::from_process`] reads the real ones; change a field to look elsewhere.
///
/// ```
/// use schema_kit::server::Environment;
///
/// let mut environment = Environment::from_process();
/// environment.pg_bin = Some("/opt/postgresql/bin".into());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Environment {
    /// `PG_BIN`: the one directory to take the server from; nothing else is tried.
    pub pg_bin: Option<PathBuf>,
    /// The directories of `PATH`.
    pub path: Vec<PathBuf>,
    /// The root of the file system, under which the usual places are searched.
    pub root: PathBuf,
    /// The user's cache directory, where fetched servers are kept.
    pub cache: Option<PathBuf>,
    /// The directory for sockets and throw-away clusters.
    pub temp: PathBuf,
    /// Where root keeps clusters and fetched servers that the server's user could not reach in the
    /// project and in root's cache.
    pub state: PathBuf,
    /// `SCHEMA_KIT_ARCHIVES`: the address under which archives of PostgreSQL are published, to use
    /// a mirror. Read only with the feature `fetch`.
    pub archives: String,
}

impl Environment {
    /// Reads the variables of this process.
    ///
    /// ```
    /// let environment = schema_kit::server::Environment::from_process();
    /// assert!(environment.temp.is_absolute());
    /// ```
    #[must_use]
    pub fn from_process() -> Self {
        Self {
            pg_bin: directory("PG_BIN"),
            path: env::var_os("PATH")
                .map(|path| env::split_paths(&path).collect())
                .unwrap_or_default(),
            root: root(),
            cache: cache(),
            temp: absolute(env::temp_dir()),
            state: PathBuf::from("/var/lib/schema-kit"),
            archives: env::var("SCHEMA_KIT_ARCHIVES")
                .ok()
                .filter(|url| !url.is_empty())
                .unwrap_or_else(|| ARCHIVES.to_owned()),
        }
    }
}

/// Reads a variable that names a directory; an empty one counts as unset.
fn directory(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

fn root() -> PathBuf {
    match env::var("SystemDrive") {
        Ok(drive) if cfg!(windows) => PathBuf::from(drive + "\\"),
        _ => PathBuf::from(std::path::MAIN_SEPARATOR_STR),
    }
}

/// The user's cache directory: XDG's on Unix, the system's own on macOS and Windows.
fn cache() -> Option<PathBuf> {
    if cfg!(windows) {
        return directory("LOCALAPPDATA");
    }
    if cfg!(target_os = "macos") {
        return directory("HOME").map(|home| home.join("Library/Caches"));
    }
    directory("XDG_CACHE_HOME")
        .filter(|cache| cache.is_absolute())
        .or_else(|| directory("HOME").map(|home| home.join(".cache")))
}

/// A relative `TMPDIR` would move with the current directory.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or_else(|_| Path::new("/tmp").to_path_buf())
}
