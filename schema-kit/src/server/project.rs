//! The project's own server: its data lives in the project's ignored `.schema/` directory, and it
//! keeps running between commands until it is stopped.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    cluster::{Cluster, StopMode, free_port},
    connection::{Address, Connection},
    environment::Environment,
    files::{self, failed},
    find::Installation,
    locate::{cluster_version, locate},
    pidfile::{self, PidFile},
    progress::{OnProgress, Progress},
    settings::Durability,
    socket,
    user::ServerUser,
    version::Version,
};
use crate::error::ServerError;

/// The directory in the project that holds everything the kit may delete and remake.
pub const DIRECTORY: &str = ".schema";

/// How many ports are tried when another program takes the chosen one first.
const PORT_TRIES: usize = 3;

/// How a server can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// A Unix socket only the owner can use; the default where there are such.
    Socket,
    /// A random port of 127.0.0.1 and a random password, for programs that know no sockets; the
    /// default on Windows.
    Tcp,
}

impl Default for Listen {
    fn default() -> Self {
        if cfg!(unix) { Self::Socket } else { Self::Tcp }
    }
}

/// A project and its server.
///
/// ```no_run
/// use schema_kit::server::Project;
///
/// # fn main() -> Result<(), schema_kit::ServerError> {
/// let project = Project::new(".");
/// let running = project.ensure_running()?;
/// println!("{}", running.connection.url());
/// project.stop()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    environment: Environment,
    listen: Listen,
    on_progress: OnProgress,
}

/// A server that accepts connections.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Running {
    /// How to connect to its first database, `postgres`.
    pub connection: Connection,
    /// The number of its main process.
    pub pid: u32,
    /// Whether this call started it.
    pub started: bool,
    /// The version of its binaries.
    pub version: Version,
    /// Its data directory.
    pub data: PathBuf,
    /// What the user should know, as where the data is if not in the project.
    pub notes: Vec<String>,
    installation: Installation,
    environment: Environment,
}

/// What is known of a project's server without touching it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// Whether there is a cluster and a server.
    pub state: State,
    /// The data directory, which need not exist.
    pub data: PathBuf,
    /// The server's log, which need not exist.
    pub log: PathBuf,
    /// The cluster's version, as in its `PG_VERSION`: the minor part is 0.
    pub cluster: Option<Version>,
}

/// The state of a project's server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// No cluster has been made.
    Absent,
    /// There is a cluster, and no server runs on it.
    Stopped,
    /// A server runs.
    Running {
        /// The number of its main process.
        pid: u32,
        /// Since when, in seconds since 1970.
        started_unix: u64,
        /// How to connect to it.
        connection: Connection,
    },
}

impl Project {
    /// The project in this directory, with this process's environment.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            environment: Environment::from_process(),
            listen: Listen::default(),
            on_progress: OnProgress::default(),
        }
    }

    /// The project that `directory` is part of: the nearest directory at or above it that has a
    /// `.schema` directory, else the nearest with a `Cargo.lock` or `.git`, else itself.
    ///
    /// ```
    /// use schema_kit::server::Project;
    ///
    /// let project = Project::discover(&std::env::current_dir().unwrap());
    /// assert!(project.root().is_absolute());
    /// ```
    #[must_use]
    pub fn discover(directory: &Path) -> Self {
        let with = |names: &[&str]| {
            directory
                .ancestors()
                .find(|above| names.iter().any(|name| above.join(name).exists()))
        };
        Self::new(
            with(&[DIRECTORY])
                .or_else(|| with(&["Cargo.lock", ".git"]))
                .unwrap_or(directory),
        )
    }

    /// The project's directory.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Takes another environment than this process's.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Chooses how the server can be reached, from its next start on.
    #[must_use]
    pub const fn with_listen(mut self, listen: Listen) -> Self {
        self.listen = listen;
        self
    }

    /// Reports the steps that take long.
    #[must_use]
    pub fn with_progress(mut self, on_progress: OnProgress) -> Self {
        self.on_progress = on_progress;
        self
    }

    /// Makes sure that the project's server runs: finds it, or makes the cluster and starts it.
    ///
    /// Any number of processes may call this at once; one does the work, the others wait for it.
    ///
    /// # Errors
    /// No server installed or not of the cluster's version, root without a user to drop to, a
    /// directory that cannot be written, or a server that does not start: see [`ServerError`].
    pub fn ensure_running(&self) -> Result<Running, ServerError> {
        let lock = self.lock()?;
        let user = ServerUser::choose()?;
        let (directory, notes) = self.directory(&user)?;
        socket::make_private(&directory, &user)?;
        let installation = locate(
            &self.environment,
            &user,
            &directory.join("data"),
            &self.on_progress,
        )?;
        let cluster = Cluster {
            directory,
            installation,
            user,
            durability: Durability::Full,
        };
        let (found, started) = match cluster.settled() {
            Some(found) => (found, false),
            None => (self.start(&cluster, &lock)?, true),
        };
        let connection = cluster
            .connection(&found)
            .ok_or_else(|| ServerError::Start {
                log: cluster.log(),
                tail: "its postmaster.pid names no address".to_owned(),
            })?;
        Ok(Running {
            connection,
            pid: found.pid,
            started,
            version: cluster.installation.version,
            data: cluster.data(),
            notes,
            installation: cluster.installation,
            environment: self.environment.clone(),
        })
    }

    /// Stops the project's server and waits for its end; says whether one was running.
    ///
    /// # Errors
    /// [`ServerError::Program`] when the server does not stop in time, and those of finding the
    /// programs.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// let was_running = schema_kit::server::Project::new(".").stop()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stop(&self) -> Result<bool, ServerError> {
        if self.status()?.state == State::Absent {
            return Ok(false);
        }
        let lock = self.lock()?;
        let user = ServerUser::choose()?;
        let (directory, _) = self.directory(&user)?;
        if pidfile::running(&directory.join("data")).is_none() {
            return Ok(false);
        }
        let installation = locate(
            &self.environment,
            &user,
            &directory.join("data"),
            &self.on_progress,
        )?;
        let cluster = Cluster {
            directory,
            installation,
            user,
            durability: Durability::Full,
        };
        cluster.stop(StopMode::Fast, &lock).map(|()| true)
    }

    /// Says what there is, without making, starting or waiting for anything.
    ///
    /// # Errors
    /// [`ServerError::NoServerUser`] when root has nobody to run a server as.
    ///
    /// ```no_run
    /// use schema_kit::server::{Project, State};
    ///
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// if let State::Running { pid, connection, .. } = Project::new(".").status()?.state {
    ///     println!("{pid} {}", connection.url());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn status(&self) -> Result<Status, ServerError> {
        let user = ServerUser::choose()?;
        let (directory, _) = self.directory(&user)?;
        let data = directory.join("data");
        let cluster = cluster_version(&data);
        let running = pidfile::running(&data);
        let connection = running
            .as_ref()
            .and_then(|found| found.connection(&directory));
        let state = match (cluster, running, connection) {
            (_, Some(found), Some(connection)) => State::Running {
                pid: found.pid,
                started_unix: found.started_unix,
                connection,
            },
            (Some(_), ..) => State::Stopped,
            (None, ..) => State::Absent,
        };
        Ok(Status {
            state,
            log: directory.join("log"),
            data,
            cluster,
        })
    }

    fn start(&self, cluster: &Cluster, lock: &File) -> Result<PidFile, ServerError> {
        if cluster_version(&cluster.data()).is_none() {
            self.on_progress.report(Progress::Making);
            cluster.make(lock)?;
        }
        self.on_progress.report(Progress::Starting);
        if self.listen == Listen::Socket {
            return cluster.start(&Address::Socket(self.socket_directory(cluster)?), lock);
        }
        let mut tries = 1;
        loop {
            match cluster.start(&Address::Tcp(free_port(&cluster.directory)?), lock) {
                Err(ServerError::Start { tail, .. })
                    if tail.contains("Address already in use") && tries < PORT_TRIES =>
                {
                    tries += 1;
                }
                result => return result,
            }
        }
    }

    /// The cluster's own directory, or a short one if the socket's path would be too long.
    fn socket_directory(&self, cluster: &Cluster) -> Result<PathBuf, ServerError> {
        if socket::fits(&cluster.directory) {
            return Ok(cluster.directory.clone());
        }
        let base = socket::private_base(&self.environment, &cluster.user)?;
        let short = base.join(socket::short_name(&cluster.directory.to_string_lossy()));
        socket::make_private(&short, &cluster.user)?;
        Ok(short)
    }

    /// Where the cluster is, and a note if that is not in the project.
    fn directory(&self, user: &ServerUser) -> Result<(PathBuf, Vec<String>), ServerError> {
        let root = fs::canonicalize(&self.root).map_err(failed("find the project", &self.root))?;
        let ours = root.join(DIRECTORY);
        if !user.is_dropped() || user.can_reach(&ours) {
            return Ok((ours.join("server"), Vec::new()));
        }
        let name = socket::short_name(&root.to_string_lossy());
        let elsewhere = self.environment.state.join(name);
        let note = format!(
            "the server does not run as root and cannot reach `{}`: its data is in `{}`",
            ours.display(),
            elsewhere.display()
        );
        Ok((elsewhere, vec![note]))
    }

    /// Makes `.schema/`, ignored by git, and takes its lock.
    fn lock(&self) -> Result<File, ServerError> {
        let ours = self.root.join(DIRECTORY);
        fs::create_dir_all(&ours).map_err(failed("create", &ours))?;
        let ignore = ours.join(".gitignore");
        if !ignore.exists() {
            files::write(&ignore, "*\n")?;
        }
        let user = ServerUser::choose()?;
        if user.is_dropped() && !user.can_reach(&ours) {
            let state = &self.environment.state;
            fs::create_dir_all(state).map_err(failed("create", state))?;
        }
        files::lock(&ours.join("server.lock"))
    }
}

impl Running {
    /// A `psql` command connected to this server; add arguments and run it.
    ///
    /// # Errors
    /// [`ServerError::NoPsql`] when `psql` is neither beside the server nor in `PATH`.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let running = schema_kit::server::Project::new(".").ensure_running()?;
    /// running.psql()?.args(["-c", "SELECT version()"]).status()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn psql(&self) -> Result<Command, ServerError> {
        let name = format!("psql{}", std::env::consts::EXE_SUFFIX);
        let beside = self.installation.program("psql");
        let in_path = self
            .environment
            .path
            .iter()
            .map(|directory| directory.join(&name));
        std::iter::once(beside)
            .chain(in_path)
            .find(|program| program.is_file())
            .map(|program| self.connection.psql(&program))
            .ok_or_else(|| ServerError::NoPsql {
                url: self.connection.url(),
            })
    }
}
