//! What a dead server leaves behind, cleared before a new one starts.
//!
//! PostgreSQL removes its own lock files when no process has the number in them. After a crash that
//! number may belong to some other process of the same user, and then PostgreSQL refuses to start.

use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{
    connection::Address,
    files::failed,
    pidfile::{self, PidFile},
    process,
};
use crate::error::ServerError;

/// How long to wait for another process to do what it has begun.
const PATIENCE: Duration = Duration::from_secs(30);

/// The socket's name in its directory, and its lock file's.
const SOCKET: &str = ".s.PGSQL.5432";
const SOCKET_LOCK: &str = ".s.PGSQL.5432.lock";

/// Clears the way for a server on the data directory at the address. The caller has made sure that
/// none is running there.
pub(super) fn clear(data: &Path, address: &Address) -> Result<(), ServerError> {
    clear_pid_file(data)?;
    match address {
        Address::Socket(directory) => clear_socket(directory, data),
        Address::Tcp(_) => Ok(()),
    }
}

/// Removes a `postmaster.pid` whose number now belongs to some other process.
///
/// Should a server yet run on this data directory out of our sight, as from another container, its
/// socket answers and the file stays, so that PostgreSQL refuses to start.
fn clear_pid_file(data: &Path) -> Result<(), ServerError> {
    let file = data.join(pidfile::NAME);
    if !file.exists() {
        return Ok(());
    }
    let in_use = PidFile::read(data).is_some_and(|found| {
        process::is_server_of(found.pid, data) || found.address.as_ref().is_some_and(answers)
    });
    if in_use { Ok(()) } else { remove(&file) }
}

/// Removes the socket of a dead server, and stops a live one whose data directory was deleted
/// under it: the socket's directory is ours alone, so nothing else can be listening there.
fn clear_socket(directory: &Path, data: &Path) -> Result<(), ServerError> {
    let lock = directory.join(SOCKET_LOCK);
    let Ok(text) = fs::read_to_string(&lock) else {
        return Ok(());
    };
    let address = Address::Socket(directory.to_path_buf());
    if answers(&address) {
        if data.join(pidfile::NAME).exists() {
            return Ok(());
        }
        if let Some(pid) = text
            .lines()
            .next()
            .and_then(|line| line.trim().parse().ok())
        {
            process::quit(pid);
        }
        poll(|| (!answers(&address)).then_some(()));
    }
    remove(&directory.join(SOCKET))?;
    remove(&lock)
}

fn remove(file: &Path) -> Result<(), ServerError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(failed("remove the stale file", file)(error))
        }
        _ => Ok(()),
    }
}

/// Says whether something accepts connections at the address.
fn answers(address: &Address) -> bool {
    match address {
        #[cfg(unix)]
        Address::Socket(directory) => {
            std::os::unix::net::UnixStream::connect(directory.join(SOCKET)).is_ok()
        }
        #[cfg(not(unix))]
        Address::Socket(_) => false,
        Address::Tcp(port) => TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_ok(),
    }
}

/// Asks again and again, with growing pauses, until there is an answer or patience ends.
pub(super) fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if start.elapsed() > PATIENCE {
            return None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Address, SOCKET, SOCKET_LOCK, clear};

    #[test]
    fn lock_files_naming_a_stranger_are_removed() {
        let data = tempfile::TempDir::new().unwrap();
        let sockets = tempfile::TempDir::new().unwrap();
        let me = std::process::id();
        let directory = sockets.path().to_str().unwrap();
        let text = format!(
            "{me}\n{}\n1700000000\n5432\n{directory}\n\n1 2\nready\n",
            data.path().display()
        );
        for file in [
            data.path().join("postmaster.pid"),
            sockets.path().join(SOCKET_LOCK),
        ] {
            fs::write(file, &text).unwrap();
        }
        fs::write(sockets.path().join(SOCKET), "").unwrap();
        clear(data.path(), &Address::Socket(sockets.path().into())).unwrap();
        for directory in [&data, &sockets] {
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn nothing_to_clear_is_fine() {
        let empty = tempfile::TempDir::new().unwrap();
        clear(empty.path(), &Address::Socket(empty.path().into())).unwrap();
    }
}
