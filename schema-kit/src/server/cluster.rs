//! One cluster on disk: made, started and stopped with PostgreSQL's own programs.
//!
//! ```text
//! <directory>/            0700, of the user the server runs as
//!   data/                 made by initdb under another name, renamed when complete
//!   log                   what the server says
//!   server.conf           the settings of this run
//!   password              of the superuser, used over TCP only
//!   .s.PGSQL.5432         the socket, unless its path would be too long
//! ```
//! All programs run in `<directory>` with relative paths: `pg_ctl` hands its arguments to a shell,
//! and a path with a quote or a dollar sign would not survive that.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    connection::{Address, Connection, SUPERUSER},
    files::{self, failed},
    find::Installation,
    pidfile::{self, PidFile},
    process,
    settings::{self, Durability},
    stale,
    user::ServerUser,
};
use crate::error::ServerError;

/// How long `pg_ctl` waits for a server, in seconds: recovery after a crash may take a while.
const PATIENCE_SECONDS: &str = "120";

/// How a server is stopped, in `pg_ctl`'s words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopMode {
    /// Ends all sessions and shuts down cleanly.
    Fast,
    /// Stops at once as if it had crashed; the next start recovers.
    Immediate,
}

/// A cluster's place and how to run it.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) directory: PathBuf,
    pub(super) installation: Installation,
    pub(super) user: ServerUser,
    pub(super) durability: Durability,
}

impl Cluster {
    pub(super) fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// The server running on the cluster, if one is.
    pub(super) fn running(&self) -> Option<PidFile> {
        pidfile::running(&self.data())
    }

    /// Waits until the server is either up or gone: it may just be starting or stopping.
    pub(super) fn settled(&self) -> Option<PidFile> {
        stale::poll(|| match self.running() {
            Some(found) if !found.ready => None,
            settled => Some(settled),
        })
        .unwrap_or_else(|| self.running())
    }

    /// Makes the data directory. It gets its name only when complete, so an interrupted run leaves
    /// nothing that could be taken for a cluster. `held` is kept open by the programs run.
    pub(super) fn make(&self, held: &File) -> Result<(), ServerError> {
        self.remove_half_made()?;
        let half = format!("new-{}", std::process::id());
        let password = self.write_password()?;
        let mut initdb = self.program("initdb", held)?;
        initdb.args([
            "-D",
            &half,
            "-U",
            SUPERUSER,
            "--encoding=UTF8",
            "--locale=C",
        ]);
        initdb
            .args(["--auth=scram-sha-256", "--no-instructions"])
            .arg("--pwfile")
            .arg(&password);
        if self.durability == Durability::None {
            initdb.args(["--no-sync", "--wal-segsize=1"]);
        }
        process::run(&mut initdb)?;
        let half = self.directory.join(half);
        self.configure(&half)?;
        let data = self.data();
        fs::rename(&half, &data).map_err(failed("complete", &data))
    }

    /// Starts the server at the address and waits until it accepts connections.
    pub(super) fn start(&self, address: &Address, held: &File) -> Result<PidFile, ServerError> {
        stale::clear(&self.data(), address)?;
        self.write_owned(
            settings::FILE,
            &settings::server_conf(address, self.durability),
        )?;
        let mut pg_ctl = self.program("pg_ctl", held)?;
        pg_ctl.args([
            "start",
            "-D",
            "data",
            "-l",
            "log",
            "-w",
            "-s",
            "-t",
            PATIENCE_SECONDS,
        ]);
        let log_before = self.log_length();
        let result = process::run(&mut pg_ctl);
        match (result, self.running()) {
            (Ok(_), Some(found)) => Ok(found),
            (Ok(_), None) => Err(self.not_started(log_before, "")),
            (Err(error), _) => Err(self.not_started(log_before, &error.to_string())),
        }
    }

    /// Stops the server and waits for its end; a server that does not run is fine.
    pub(super) fn stop(&self, mode: StopMode, held: &File) -> Result<(), ServerError> {
        // `pg_ctl` would signal whatever process a stale `postmaster.pid` names.
        if self.running().is_none() {
            return Ok(());
        }
        let mode = match mode {
            StopMode::Fast => "fast",
            StopMode::Immediate => "immediate",
        };
        let mut pg_ctl = self.program("pg_ctl", held)?;
        pg_ctl.args([
            "stop",
            "-D",
            "data",
            "-m",
            mode,
            "-w",
            "-s",
            "-t",
            PATIENCE_SECONDS,
        ]);
        match process::run(&mut pg_ctl) {
            Err(error) if self.running().is_some() => Err(error),
            _ => Ok(()),
        }
    }

    /// How to connect to the server that wrote this file.
    pub(super) fn connection(&self, found: &PidFile) -> Option<Connection> {
        found.connection(&self.directory)
    }

    /// A program of the installation, run in the cluster's directory as the server's user.
    fn program(&self, name: &str, held: &File) -> Result<Command, ServerError> {
        let mut command = process::command(&self.installation.program(name));
        command
            .current_dir(&self.directory)
            .stdin(files::hold(held, &self.directory)?);
        self.user.apply(&mut command);
        Ok(command)
    }

    /// Removes what interrupted runs of [`Cluster::make`] left.
    fn remove_half_made(&self) -> Result<(), ServerError> {
        let entries = fs::read_dir(&self.directory).map_err(failed("read", &self.directory))?;
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with("new-") {
                files::remove_all(&entry.path())?;
            }
        }
        Ok(())
    }

    fn configure(&self, data: &Path) -> Result<(), ServerError> {
        let conf = data.join("postgresql.conf");
        let text = fs::read_to_string(&conf).map_err(failed("read", &conf))?;
        files::write(&conf, &(text + settings::INCLUDE))?;
        files::write(&data.join("pg_hba.conf"), &settings::hba_conf())?;
        let client = ServerUser::client_name().unwrap_or_default();
        files::write(&data.join("pg_ident.conf"), &settings::ident_conf(&client))
    }

    fn write_password(&self) -> Result<PathBuf, ServerError> {
        let mut password = random_hex(&self.directory)?;
        password.push('\n');
        self.write_owned("password", &password)
    }

    /// Writes a file in the cluster's directory, itself private, as the server's user would.
    fn write_owned(&self, name: &str, text: &str) -> Result<PathBuf, ServerError> {
        let path = self.directory.join(name);
        files::write(&path, text)?;
        self.user.own(&path)?;
        Ok(path)
    }

    /// What the server says.
    pub(super) fn log(&self) -> PathBuf {
        self.directory.join("log")
    }

    fn log_length(&self) -> usize {
        fs::metadata(self.log()).map_or(0, |found| usize::try_from(found.len()).unwrap_or(0))
    }

    /// The error for a failed start, with what the log gained.
    fn not_started(&self, log_before: usize, otherwise: &str) -> ServerError {
        let log = fs::read(self.log()).unwrap_or_default();
        let gained = String::from_utf8_lossy(log.get(log_before..).unwrap_or_default());
        let tail = if gained.trim().is_empty() {
            otherwise.to_owned()
        } else {
            process::tail(&gained)
        };
        ServerError::Start {
            log: self.log(),
            tail,
        }
    }
}

/// A port of the loopback interface that is free now.
pub(super) fn free_port(directory: &Path) -> Result<u16, ServerError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(failed("find a free port for", directory))
}

/// 128 random bits from the system, as 32 hexadecimal digits.
fn random_hex(directory: &Path) -> Result<String, ServerError> {
    let mut bytes = [0_u8; 16];
    fill_random(&mut bytes).map_err(failed("make a password in", directory))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(unix)]
fn fill_random(bytes: &mut [u8]) -> std::io::Result<()> {
    use std::io::Read;

    File::open("/dev/urandom")?.read_exact(bytes)
}

#[cfg(not(unix))]
fn fill_random(bytes: &mut [u8]) -> std::io::Result<()> {
    getrandom::fill(bytes).map_err(std::io::Error::other)
}
