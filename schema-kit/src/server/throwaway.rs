//! Throw-away servers: in a private temporary directory, not waiting for the disk, deleted with
//! their last user.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use super::{
    cluster::{Cluster, StopMode, free_port},
    connection::{Address, Connection},
    environment::Environment,
    files::{self, failed},
    guard::Guard,
    locate::{installed, locate},
    pidfile, process,
    progress::{OnProgress, Progress},
    settings::Durability,
    socket,
    user::ServerUser,
    version::Version,
};
use crate::error::ServerError;

/// How long a shared server waits for the next process of a run after the last has ended.
const LINGER_SECONDS: u32 = 5;

/// How long a warm server waits for the next command: making it takes seconds, finding it milliseconds.
const WARM_SECONDS: u32 = 600;

/// A server for tests and scratch work. Dropping it stops it and deletes all it held; so does the
/// end of this process, even by `SIGKILL`.
///
/// ```no_run
/// # fn main() -> Result<(), schema_kit::ServerError> {
/// use schema_kit::server::Throwaway;
///
/// let server = Throwaway::start()?;
/// println!("{}", server.connection().url());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Throwaway {
    cluster: Cluster,
    connection: Connection,
    // Dropped last: it waits until the directory is gone.
    guard: Guard,
}

impl Throwaway {
    /// Starts a server of this value's own.
    ///
    /// # Errors
    /// No server installed, or it cannot be made or started: see [`ServerError`].
    pub fn start() -> Result<Self, ServerError> {
        Self::start_in(&Environment::from_process())
    }

    /// Starts a server of this value's own in the given environment.
    ///
    /// # Errors
    /// As [`Throwaway::start`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// use schema_kit::server::{Environment, Throwaway};
    ///
    /// let mut environment = Environment::from_process();
    /// environment.temp = "/dev/shm".into();
    /// let server = Throwaway::start_in(&environment)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_in(environment: &Environment) -> Result<Self, ServerError> {
        let user = ServerUser::choose()?;
        let base = socket::private_base(environment, &user)?;
        Self::make(environment, user, &base, 0, &OnProgress::default())
    }

    /// Joins the server of this name, or starts it: all processes that ask for one name at the same
    /// time share one server. It ends a few seconds after the last of them.
    ///
    /// # Errors
    /// As [`Throwaway::start`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// let server = schema_kit::server::Throwaway::shared(env!("CARGO_MANIFEST_DIR"))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn shared(name: &str) -> Result<Self, ServerError> {
        Self::shared_in(&Environment::from_process(), name)
    }

    /// Joins or starts the server of this name in the given environment.
    ///
    /// # Errors
    /// As [`Throwaway::start`].
    pub fn shared_in(environment: &Environment, name: &str) -> Result<Self, ServerError> {
        Self::join_or_make(environment, name, LINGER_SECONDS, &OnProgress::default())
    }

    /// Joins or starts the server that the commands of this user do their scratch work on. It ends ten minutes after the
    /// last of them.
    ///
    /// # Errors
    /// As [`Throwaway::start`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// use schema_kit::server::{OnProgress, Throwaway};
    ///
    /// let server = Throwaway::warm(&OnProgress::default())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn warm(on_progress: &OnProgress) -> Result<Self, ServerError> {
        Self::join_or_make(
            &Environment::from_process(),
            "scratch",
            WARM_SECONDS,
            on_progress,
        )
    }

    fn join_or_make(
        environment: &Environment,
        name: &str,
        linger_seconds: u32,
        on_progress: &OnProgress,
    ) -> Result<Self, ServerError> {
        let user = ServerUser::choose()?;
        let base = socket::private_base(environment, &user)?;
        let name = socket::short_name(name);
        // Held until the server is up, so that whoever comes meanwhile finds it.
        let _lock = files::lock(&base.join(format!("{name}.lock")))?;
        let pointer = base.join(format!("{name}.current"));
        if let Ok(directory) = fs::read_to_string(&pointer)
            && let Some(joined) = Self::join(environment, &user, Path::new(&directory))
        {
            return Ok(joined);
        }
        let server = Self::make(environment, user, &base, linger_seconds, on_progress)?;
        files::write(&pointer, &server.cluster.directory.to_string_lossy())?;
        Ok(server)
    }

    /// How to connect to the server's first database, `postgres`.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The version of the server's binaries.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.cluster.installation.version
    }

    /// The number of the server's main process; `None` while it is stopped.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.cluster.running().map(|found| found.pid)
    }

    /// The directory that goes away with the server.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.cluster.directory
    }

    /// Stops the server but keeps its data, as to see how a client takes it.
    ///
    /// # Errors
    /// [`ServerError::Program`] when it does not stop in time.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// use schema_kit::server::{StopMode, Throwaway};
    ///
    /// let server = Throwaway::start()?;
    /// server.stop(StopMode::Immediate)?;
    /// server.restart()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stop(&self, mode: StopMode) -> Result<(), ServerError> {
        self.cluster
            .stop(mode, self.guard.held(&self.cluster.directory)?)
    }

    /// Starts the server again at the same address after [`Throwaway::stop`] or a crash.
    ///
    /// # Errors
    /// [`ServerError::Start`] when it does not come up.
    pub fn restart(&self) -> Result<(), ServerError> {
        if self.cluster.settled().is_some() {
            return Ok(());
        }
        let held = self.guard.held(&self.cluster.directory)?;
        self.cluster
            .start(self.connection.address(), held)
            .map(drop)
    }

    fn make(
        environment: &Environment,
        user: ServerUser,
        base: &Path,
        linger_seconds: u32,
        on_progress: &OnProgress,
    ) -> Result<Self, ServerError> {
        let installation = locate(environment, &user, base, on_progress)?;
        let (directory, guard) = {
            // Until a directory has its guard, it looks like one that has lost it.
            let lock_path = base.join("sweep.lock");
            let _lock = files::lock(&lock_path)?;
            sweep(base);
            let directory = fresh_directory(base, &user)?;
            let guard = Guard::start(&directory, &installation, &user, linger_seconds)?;
            (directory, guard)
        };
        let cluster = Cluster {
            directory,
            installation,
            user,
            durability: Durability::None,
        };
        let held = guard.held(&cluster.directory)?;
        on_progress.report(Progress::Making);
        cluster.make(held)?;
        let address = if cfg!(unix) {
            Address::Socket(cluster.directory.clone())
        } else {
            Address::Tcp(free_port(&cluster.directory)?)
        };
        let found = cluster.start(&address, held)?;
        Self::new(cluster, &found, guard)
    }

    fn join(environment: &Environment, user: &ServerUser, directory: &Path) -> Option<Self> {
        let guard = Guard::join(directory)?;
        let data = directory.join("data");
        let found = pidfile::running(&data).filter(|found| found.ready)?;
        // One of a version that is not installed here, or not asked for, is somebody else's.
        let installation = installed(environment, user, &data)?;
        let cluster = Cluster {
            directory: directory.to_path_buf(),
            installation,
            user: user.clone(),
            durability: Durability::None,
        };
        Self::new(cluster, &found, guard).ok()
    }

    fn new(cluster: Cluster, found: &pidfile::PidFile, guard: Guard) -> Result<Self, ServerError> {
        let connection = cluster
            .connection(found)
            .ok_or_else(|| ServerError::Start {
                log: cluster.log(),
                tail: "its postmaster.pid names no address".to_owned(),
            })?;
        Ok(Self {
            cluster,
            connection,
            guard,
        })
    }
}

#[cfg(not(unix))]
impl Drop for Throwaway {
    fn drop(&mut self) {
        // No guard does it here. What fails is swept up by the next start.
        let _ = self.stop(StopMode::Immediate);
        let _ = files::remove_all(&self.cluster.directory);
    }
}

/// The beginning of the names of throw-away directories.
const PREFIX: &str = "run-";

fn fresh_directory(base: &Path, user: &ServerUser) -> Result<PathBuf, ServerError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let directory = base.join(format!("{PREFIX}{}-{count}", std::process::id()));
    fs::create_dir(&directory).map_err(failed("create", &directory))?;
    user.own(&directory)?;
    Ok(directory)
}

/// Stops and deletes the throw-away servers whose guard was killed. What cannot be deleted now is
/// left for the next time: it must not keep anybody from working.
fn sweep(base: &Path) {
    let Ok(entries) = fs::read_dir(base) else {
        return;
    };
    for directory in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let named = directory
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if !named || Guard::watches(&directory) {
            continue;
        }
        if let Some(pid) =
            pidfile::running(&directory.join("data")).and_then(|found| found.pid.try_into().ok())
        {
            process::quit(pid);
        }
        let _ = files::remove_all(&directory);
    }
}
