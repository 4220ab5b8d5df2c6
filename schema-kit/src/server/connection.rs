//! How to reach a server: as a URL, as a `tokio_postgres` configuration, as `psql` arguments.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// The superuser of every cluster the kit makes, and its first database.
pub(super) const SUPERUSER: &str = "postgres";

/// Sockets are named after the port; the directory is ours alone, so the number never clashes.
pub(super) const SOCKET_PORT: u16 = 5432;

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Address {
    /// A Unix socket in this directory.
    Socket(PathBuf),
    /// A port of the loopback interface, 127.0.0.1.
    Tcp(u16),
}

/// Everything needed to connect to a database of an embedded server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    address: Address,
    password: Option<String>,
    database: String,
}

impl Connection {
    pub(super) fn new(address: Address, password: Option<String>) -> Self {
        Self {
            address,
            password,
            database: SUPERUSER.to_owned(),
        }
    }

    /// Where the server listens.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// use schema_kit::server::{Address, Throwaway};
    ///
    /// let server = Throwaway::start()?;
    /// assert!(matches!(server.connection().address(), Address::Socket(_) | Address::Tcp(_)));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// The database's name.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The same server, another database.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// let server = schema_kit::server::Throwaway::start()?;
    /// assert!(server.connection().with_database("chat").url().contains("/chat"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self {
            database: database.to_owned(),
            ..self.clone()
        }
    }

    /// The connection as a URL that libpq and `tokio_postgres` read:
    /// `postgresql://postgres@/postgres?host=/tmp/…` for a socket,
    /// `postgresql://postgres:secret@127.0.0.1:6001/postgres` for a port.
    #[must_use]
    pub fn url(&self) -> String {
        let mut url = format!("postgresql://{SUPERUSER}");
        if let Some(password) = &self.password {
            let _ = write!(url, ":{}", percent_encode(password));
        }
        match &self.address {
            Address::Socket(directory) => {
                let _ = write!(
                    url,
                    "@/{}?host={}",
                    percent_encode(&self.database),
                    percent_encode(&directory.to_string_lossy())
                );
            }
            Address::Tcp(port) => {
                let _ = write!(url, "@127.0.0.1:{port}/{}", percent_encode(&self.database));
            }
        }
        url
    }

    /// The connection as a `tokio_postgres` configuration.
    #[must_use]
    pub fn config(&self) -> tokio_postgres::Config {
        let mut config = tokio_postgres::Config::new();
        config.user(SUPERUSER).dbname(&self.database);
        if let Some(password) = &self.password {
            config.password(password);
        }
        match &self.address {
            #[cfg(unix)]
            Address::Socket(directory) => config.host_path(directory).port(SOCKET_PORT),
            #[cfg(not(unix))]
            Address::Socket(directory) => {
                config.host(directory.to_string_lossy()).port(SOCKET_PORT)
            }
            Address::Tcp(port) => config.host("127.0.0.1").port(*port),
        };
        config
    }

    /// A `psql` command for this database; the password travels in the environment, where other
    /// users cannot see it, not in the arguments.
    pub(super) fn psql(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("PGUSER", SUPERUSER)
            .env("PGDATABASE", &self.database);
        match &self.address {
            Address::Socket(directory) => command
                .env("PGHOST", directory)
                .env("PGPORT", SOCKET_PORT.to_string()),
            Address::Tcp(port) => command
                .env("PGHOST", "127.0.0.1")
                .env("PGPORT", port.to_string()),
        };
        match &self.password {
            Some(password) => command.env("PGPASSWORD", password),
            None => command.env_remove("PGPASSWORD"),
        };
        for other in ["PGHOSTADDR", "PGSERVICE", "PGOPTIONS", "PGSSLMODE"] {
            command.env_remove(other);
        }
        command
    }
}

/// Encodes all but unreserved characters (RFC 3986, section 2.3) and the slash of paths.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Address, Connection};

    fn socket(directory: &str) -> Connection {
        Connection::new(Address::Socket(directory.into()), None)
    }

    #[test]
    fn a_socket_url_names_the_directory() {
        let url = socket("/tmp/a b").with_database("chat").url();
        assert_eq!(url, "postgresql://postgres@/chat?host=/tmp/a%20b");
    }

    #[test]
    fn a_port_url_carries_the_password() {
        let connection = Connection::new(Address::Tcp(6001), Some("a:b@c".to_owned()));
        assert_eq!(
            connection.url(),
            "postgresql://postgres:a%3Ab%40c@127.0.0.1:6001/postgres"
        );
    }

    #[test]
    fn the_url_means_the_same_as_the_configuration() {
        for connection in [
            socket("/tmp/ü x"),
            Connection::new(Address::Tcp(6001), Some("p/ä".to_owned())),
        ] {
            let parsed: tokio_postgres::Config = connection.url().parse().unwrap();
            let built = connection.config();
            assert_eq!(parsed.get_hosts(), built.get_hosts());
            assert_eq!(parsed.get_password(), built.get_password());
            assert_eq!(parsed.get_dbname(), built.get_dbname());
            assert_eq!(parsed.get_user(), built.get_user());
        }
    }

    #[test]
    fn psql_gets_the_password_through_its_environment() {
        let connection = Connection::new(Address::Tcp(6001), Some("secret".to_owned()));
        let command = connection.psql("psql".as_ref());
        assert!(command.get_args().all(|argument| argument != "secret"));
        assert!(
            command
                .get_envs()
                .any(|(_, value)| value == Some("secret".as_ref()))
        );
    }
}
