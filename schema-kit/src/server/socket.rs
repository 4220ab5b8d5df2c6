//! Private directories in the system's temporary directory: for sockets whose own path would be
//! too long, and for throw-away clusters.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{environment::Environment, user::ServerUser};
use crate::error::ServerError;

/// The longest path of a Unix socket: `sun_path` of unix(7) on Linux, and of the BSDs, each less
/// the closing NUL.
const SOCKET_PATH_BYTES: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// What PostgreSQL appends to the socket's directory.
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// Says whether a socket can live in this directory: its path is short enough, and neither libpq
/// nor a URL would misread it (a comma separates hosts).
pub(super) fn fits(directory: &Path) -> bool {
    directory.to_str().is_some_and(|path| {
        path.len() + SOCKET_NAME.len() <= SOCKET_PATH_BYTES
            && !path.contains([',', '\n', '\r', '\0'])
    })
}

/// The private directory of this user, `schema-kit-<uid>` in the temporary directory, made if
/// missing.
///
/// A temporary directory whose own path is too long for a socket is replaced by `/tmp`.
pub(super) fn private_base(
    environment: &Environment,
    user: &ServerUser,
) -> Result<PathBuf, ServerError> {
    let name = format!("schema-kit-{}", ServerUser::client_id());
    // A run's or project's directory, its longest name, must still fit below.
    let longest = Path::new("run-0123456789abcdef-4194304-999");
    let base = environment.temp.join(&name);
    let base = if cfg!(windows) || fits(&base.join(longest)) {
        base
    } else {
        Path::new("/tmp").join(&name)
    };
    make_private(&base, user)?;
    Ok(base)
}

/// Makes a directory that only the server's user (and root) can enter, or checks that it is one.
pub(super) fn make_private(directory: &Path, user: &ServerUser) -> Result<(), ServerError> {
    match create_dir_private(directory) {
        Ok(()) => return user.own(directory),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(source) => {
            return Err(ServerError::Io {
                action: "create",
                path: directory.into(),
                source,
            });
        }
    }
    // It may have been put there by somebody else to catch our connections: no link is followed.
    let found = fs::symlink_metadata(directory).map_err(|source| ServerError::Io {
        action: "read",
        path: directory.into(),
        source,
    })?;
    let refuse = |reason| {
        Err(ServerError::NotPrivate {
            path: directory.into(),
            reason,
        })
    };
    if !found.is_dir() {
        return refuse("it is not a directory");
    }
    if is_open_to_others(&found) {
        return refuse("others may enter it");
    }
    if user.owns(&found) {
        return Ok(());
    }
    if user.is_dropped() {
        // Root may have run before with another server user, or been stopped half-way.
        return user.own(directory);
    }
    refuse("it belongs to another user")
}

#[cfg(unix)]
fn create_dir_private(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().mode(0o700).create(directory)
}

#[cfg(not(unix))]
fn create_dir_private(directory: &Path) -> io::Result<()> {
    // The temporary directory and the project are the user's own on Windows.
    fs::create_dir(directory)
}

#[cfg(unix)]
fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    metadata.mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_metadata: &fs::Metadata) -> bool {
    false
}

/// A short name for a path, the same in every run and version: FNV-1a, 64 bits, as 16 digits.
pub(crate) fn short_name(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::{ServerUser, fits, make_private, private_base, short_name};
    use crate::server::Environment;

    #[test]
    fn a_socket_directory_may_have_93_bytes_on_linux() {
        let limit = super::SOCKET_PATH_BYTES - super::SOCKET_NAME.len();
        assert!(fits(Path::new(&"x".repeat(limit))));
        assert!(!fits(Path::new(&"x".repeat(limit + 1))));
        assert!(!fits(Path::new("/tmp/a,b")));
        assert!(fits(Path::new("/tmp/a b")));
    }

    #[test]
    fn short_names_are_fnv_1a() {
        assert_eq!(short_name(""), "cbf29ce484222325");
        assert_eq!(short_name("foobar"), "85944171f73967e8");
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;

        let temp = tempfile::TempDir::new().unwrap();
        let directory = temp.path().join("open");
        fs::create_dir(&directory).unwrap();
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
        let error = make_private(&directory, &ServerUser::choose().unwrap()).unwrap_err();
        assert!(error.to_string().contains("others may enter it"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused() {
        let temp = tempfile::TempDir::new().unwrap();
        let link = temp.path().join("link");
        std::os::unix::fs::symlink(temp.path(), &link).unwrap();
        let error = make_private(&link, &ServerUser::choose().unwrap()).unwrap_err();
        assert!(error.to_string().contains("not a directory"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_private_directory_is_made_once_and_used_again() {
        let temp = tempfile::TempDir::new().unwrap();
        let mut environment = Environment::from_process();
        environment.temp = temp.path().to_path_buf();
        let user = ServerUser::choose().unwrap();
        let base = private_base(&environment, &user).unwrap();
        assert_eq!(private_base(&environment, &user).unwrap(), base);
        assert!(base.starts_with(temp.path()));
    }
}
