//! `postmaster.pid`, the file in which a running server says who and where it is.
//!
//! Its lines are described in PostgreSQL's `src/include/utils/pidfile.h`: process number, data
//! directory, start time, port, socket directory, listen address, shared memory key, status.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    connection::{Address, Connection},
    process,
};

/// The file's name in the data directory.
pub(super) const NAME: &str = "postmaster.pid";

/// What a server that accepts connections wrote about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PidFile {
    pub(super) pid: u32,
    /// Seconds since 1970.
    pub(super) started_unix: u64,
    pub(super) address: Option<Address>,
    /// Whether the server says that it accepts connections.
    pub(super) ready: bool,
}

impl PidFile {
    /// Reads the file of a data directory; `None` if there is none or it is not complete.
    pub(super) fn read(data: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(data.join(NAME)).ok()?)
    }

    /// How to reach the server, whose cluster is in the directory.
    pub(super) fn connection(&self, cluster: &Path) -> Option<Connection> {
        let address = self.address.clone()?;
        let password = match address {
            Address::Socket(_) => None,
            Address::Tcp(_) => fs::read_to_string(cluster.join("password")).ok(),
        };
        Some(Connection::new(
            address,
            password.map(|text| text.trim().to_owned()),
        ))
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let line = |index: usize| lines.get(index).copied().unwrap_or_default();
        let socket_directory = line(4);
        let address = if socket_directory.is_empty() {
            line(3).parse().ok().map(Address::Tcp)
        } else {
            Some(Address::Socket(PathBuf::from(socket_directory)))
        };
        Some(Self {
            pid: line(0).parse().ok()?,
            started_unix: line(2).parse().unwrap_or(0),
            address: address.filter(|_| !line(3).is_empty()),
            ready: line(7) == "ready",
        })
    }
}

/// The server running on a data directory, if one is.
pub(super) fn running(data: &Path) -> Option<PidFile> {
    PidFile::read(data).filter(|found| process::is_server_of(found.pid, data))
}

#[cfg(test)]
mod tests {
    use super::{Address, PidFile};

    #[test]
    fn a_socket_server_is_read() {
        let text = "4711\n/data\n1700000000\n5432\n/tmp/a b\n\n  123 456\nready   \n";
        let expected = PidFile {
            pid: 4711,
            started_unix: 1_700_000_000,
            address: Some(Address::Socket("/tmp/a b".into())),
            ready: true,
        };
        assert_eq!(PidFile::parse(text), Some(expected));
    }

    #[test]
    fn a_tcp_server_is_read() {
        let found = PidFile::parse("7\n/data\n1\n6001\n\n127.0.0.1\n1 2\nstarting\n").unwrap();
        assert_eq!(
            (found.address, found.ready),
            (Some(Address::Tcp(6001)), false)
        );
    }

    #[test]
    fn a_file_cut_short_has_no_address_and_an_empty_one_is_nothing() {
        assert_eq!(PidFile::parse("7\n/data\n").unwrap().address, None);
        assert_eq!(PidFile::parse(""), None);
    }
}
