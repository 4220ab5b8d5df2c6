//! The text of the files that configure a cluster: settings, and who may connect.
//!
//! # Who may connect
//! On Unix the server listens only on a socket in a directory of mode 0700. The superuser is let
//! in by `peer`: the system vouches that the caller is the user who runs the kit, and there is no
//! password to leak or to compute. That also holds when root runs the kit and the server runs as
//! `nobody`, whom strangers may share. Other roles need their password (`scram-sha-256`), as does
//! everybody over TCP, which is used only where there are no sockets, or on request.

use std::path::Path;

use super::connection::{Address, SUPERUSER};

/// How much a cluster may lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// PostgreSQL's own defaults: data survives a crash of the machine.
    Full,
    /// Nothing is worth keeping: no waiting for the disk.
    None,
}

/// The file, beside the data directory, with the settings of the coming run.
pub(super) const FILE: &str = "server.conf";

/// The line that makes `postgresql.conf` read [`FILE`], relative so that a project can be moved.
pub(super) const INCLUDE: &str =
    "\n# Written by schema-kit before each start.\ninclude = '../server.conf'\n";

/// Settings of a run; see "Server Configuration" in PostgreSQL's manual.
pub(super) fn server_conf(address: &Address, durability: Durability) -> String {
    let mut text = match address {
        Address::Socket(directory) => format!(
            "listen_addresses = ''\nport = {}\nunix_socket_directories = {}\n",
            super::connection::SOCKET_PORT,
            quote(&list_element(directory)),
        ),
        Address::Tcp(port) => {
            format!("listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n")
        }
    };
    text.push_str("unix_socket_permissions = 0700\nlog_timezone = 'UTC'\ntimezone = 'UTC'\n");
    if durability == Durability::None {
        text.push_str(
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n\
             wal_level = minimal\nmax_wal_senders = 0\nshared_buffers = '32MB'\n\
             max_connections = 200\ncheckpoint_timeout = '1d'\nmax_wal_size = '1GB'\n",
        );
    }
    text
}

/// `pg_hba.conf`: the first line that fits decides.
pub(super) fn hba_conf() -> String {
    format!(
        "local all {SUPERUSER} peer map=owner\n\
         local all all scram-sha-256\n\
         host all all 127.0.0.1/32 scram-sha-256\n\
         host all all ::1/128 scram-sha-256\n"
    )
}

/// `pg_ident.conf`: the user who runs the kit is the superuser.
pub(super) fn ident_conf(client: &str) -> String {
    format!("owner \"{}\" {SUPERUSER}\n", client.replace('"', "\"\""))
}

/// One directory of a list setting, where double quotes keep commas and blanks together.
fn list_element(directory: &Path) -> String {
    format!("\"{}\"", directory.to_string_lossy().replace('"', "\"\""))
}

/// A string in a configuration file ("Parameter Interaction via the Configuration File").
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::{Address, Durability, ident_conf, server_conf};

    #[test]
    fn a_socket_directory_with_blanks_and_quotes_is_one_element() {
        let text = server_conf(
            &Address::Socket("/tmp/it's a \"b\"".into()),
            Durability::Full,
        );
        assert!(
            text.contains(r#"unix_socket_directories = '"/tmp/it''s a ""b"""'"#),
            "{text}"
        );
        assert!(text.contains("listen_addresses = ''"));
        assert!(!text.contains("fsync"));
    }

    #[test]
    fn a_throw_away_server_does_not_wait_for_the_disk() {
        let text = server_conf(&Address::Tcp(6001), Durability::None);
        for setting in [
            "fsync = off",
            "synchronous_commit = off",
            "full_page_writes = off",
            "port = 6001",
        ] {
            assert!(text.contains(setting), "{text}");
        }
    }

    #[test]
    fn a_client_name_is_quoted() {
        assert_eq!(ident_conf("a b"), "owner \"a b\" postgres\n");
    }
}
