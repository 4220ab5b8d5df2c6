//! What can go wrong on the way to a database; no message ever holds a password.

use std::{error, fmt, io, path::PathBuf};

/// Why a database could not be reached.
///
/// [`location`](Self::location) and [`help`](Self::help) complete the message; the server's or the system's own
/// words are the [`source`](error::Error::source).
///
/// # Examples
///
/// ```
/// use schema_core::connect::ConnectOptions;
///
/// let error = ConnectOptions::parse("postgres://app@db/chat?sslmode=sometimes").unwrap_err();
/// assert!(error.is_bad_argument());
/// assert_eq!(
///     error.to_string(),
///     "`sslmode` in the database URL is neither `disable`, `allow`, `prefer`, `require`, `verify-ca` nor `verify-full`"
/// );
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// The text is neither a URL nor `key=value` pairs.
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
    /// A parameter nobody knows.
    UnknownParameter {
        /// Its name.
        name: String,
    },
    /// A parameter whose value cannot be used.
    InvalidParameter {
        /// Its name.
        name: String,
        /// What is wrong, as the end of a sentence that starts with the parameter.
        reason: String,
    },
    /// TLS was asked for, but this program was built without it.
    NoTls {
        /// The `sslmode` given.
        mode: String,
    },
    /// The root certificates cannot be read.
    RootCertificates {
        /// The file of `sslrootcert`; `None` for the system's store.
        path: Option<PathBuf>,
        /// The reason.
        source: Box<dyn error::Error + Send + Sync>,
    },
    /// Nothing answers.
    Unreachable {
        /// Host and port, or the socket's path; several after commas.
        address: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The TLS handshake failed, or the server does not speak TLS.
    Tls {
        /// Host and port.
        address: String,
        /// The reason.
        source: tokio_postgres::Error,
    },
    /// The server asks for a password, and there is none or another one.
    WrongPassword {
        /// Host and port, or the socket's path.
        address: String,
        /// The role.
        user: String,
        /// The server's answer, or that no password was given.
        source: tokio_postgres::Error,
    },
    /// The server has no such database.
    DatabaseMissing {
        /// Host and port, or the socket's path.
        address: String,
        /// The database.
        database: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// The server knows no such role, or does not let it in from here or into this database.
    NotPermitted {
        /// Host and port, or the socket's path.
        address: String,
        /// The role.
        user: String,
        /// The database.
        database: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// The server answered, but there is no connection for another reason: too many already, starting up, not
    /// PostgreSQL at all.
    Refused {
        /// Host and port, or the socket's path.
        address: String,
        /// The reason.
        source: tokio_postgres::Error,
    },
}

impl ConnectError {
    /// The [SQLSTATE](https://www.postgresql.org/docs/current/errcodes-appendix.html) the server gave, if it was the
    /// server that refused.
    #[must_use]
    pub fn code(&self) -> Option<&tokio_postgres::error::SqlState> {
        match self {
            Self::WrongPassword { source, .. }
            | Self::DatabaseMissing { source, .. }
            | Self::NotPermitted { source, .. }
            | Self::Refused { source, .. } => source.code(),
            _ => None,
        }
    }

    /// Whether the text given is at fault, as opposed to what was found at the other end.
    #[must_use]
    pub fn is_bad_argument(&self) -> bool {
        matches!(
            self,
            Self::Malformed { .. }
                | Self::UnknownParameter { .. }
                | Self::InvalidParameter { .. }
                | Self::NoTls { .. }
        )
    }

    /// Where it happened: the server's address, or the certificate file.
    ///
    /// ```
    /// use schema_core::connect::ConnectOptions;
    ///
    /// let error = ConnectOptions::parse("mysql://db/chat").unwrap_err();
    /// assert_eq!(error.location(), None);
    /// ```
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Unreachable { address, .. }
            | Self::Tls { address, .. }
            | Self::WrongPassword { address, .. }
            | Self::DatabaseMissing { address, .. }
            | Self::NotPermitted { address, .. }
            | Self::Refused { address, .. } => Some(format!("server {address}")),
            Self::RootCertificates { path, .. } => {
                path.as_ref().map(|path| path.display().to_string())
            }
            _ => None,
        }
    }

    /// What to do about it.
    ///
    /// ```
    /// use schema_core::connect::ConnectOptions;
    ///
    /// let error = ConnectOptions::parse("mysql://db/chat").unwrap_err();
    /// assert!(error.help().unwrap().starts_with("write `postgres://"));
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Malformed { .. } => {
                "write `postgres://user:password@host:5432/database`, with `%40` for an `@` in the password".to_owned()
            }
            Self::UnknownParameter { .. } => format!(
                "the known parameters are {}",
                super::parameters::KNOWN.join(", ")
            ),
            Self::InvalidParameter { name, .. } => accepted(name)?.to_owned(),
            Self::NoTls { .. } => {
                "enable the cargo feature `tls` of `schema-core`, or use `sslmode=disable`".to_owned()
            }
            Self::RootCertificates { .. } => {
                "name a file with PEM certificates in `sslrootcert`".to_owned()
            }
            Self::Unreachable { .. } => {
                "start the server, or correct the host and port in the database URL".to_owned()
            }
            Self::Tls { .. } => "use a certificate that names this host and is signed by a root given in \
                `sslrootcert`, or another `sslmode`"
                .to_owned(),
            Self::WrongPassword { user, .. } => {
                format!("give the password of `{user}` in the database URL")
            }
            Self::DatabaseMissing { database, .. } => format!(
                "create it with `createdb {database}`, or correct the name in the database URL"
            ),
            Self::NotPermitted { user, database, .. } => format!(
                "check that the role `{user}` exists, may log in and may connect to `{database}` (pg_hba.conf, \
                 GRANT CONNECT)"
            ),
            Self::Refused { .. } => return None,
        })
    }
}

/// What a parameter takes, where the message does not say so already.
fn accepted(parameter: &str) -> Option<&'static str> {
    Some(match parameter {
        "port" => "a port is a number from 1 to 65535; the usual one is 5432",
        "connect_timeout" => "give whole seconds, such as `connect_timeout=10`",
        "tcp_user_timeout" | "keepalives_idle" | "keepalives_interval" | "keepalives_retries" => {
            "give a whole number of seconds or, for the retries, of tries"
        }
        "keepalives" => "give `1` for yes or `0` for no",
        "target_session_attrs" => "give `any`, `read-write` or `read-only`",
        "channel_binding" => "give `disable`, `prefer` or `require`",
        "load_balance_hosts" => "give `disable` or `random`",
        "sslnegotiation" => "give `postgres` or `direct`",
        "hostaddr" => "give IP addresses, separated by commas",
        _ => return None,
    })
}

impl fmt::Display for ConnectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { reason } => write!(formatter, "the database URL {reason}"),
            Self::UnknownParameter { name } => {
                write!(formatter, "unknown parameter `{name}` in the database URL")
            }
            Self::InvalidParameter { name, reason } => {
                write!(formatter, "`{name}` in the database URL {reason}")
            }
            Self::NoTls { mode } => write!(
                formatter,
                "`sslmode={mode}` asks for TLS, which this program was built without"
            ),
            Self::RootCertificates { path: None, .. } => {
                formatter.write_str("cannot read the system's root certificates")
            }
            Self::RootCertificates {
                path: Some(path), ..
            } => {
                write!(
                    formatter,
                    "cannot read root certificates from `{}`",
                    path.display()
                )
            }
            Self::Unreachable { address, .. } => {
                write!(formatter, "cannot reach the database server at {address}")
            }
            Self::Tls { address, .. } => {
                write!(formatter, "cannot make a TLS connection to {address}")
            }
            Self::WrongPassword { user, address, .. } => write!(
                formatter,
                "the database server at {address} did not accept the password of `{user}`"
            ),
            Self::DatabaseMissing {
                database, address, ..
            } => {
                write!(formatter, "there is no database `{database}` on {address}")
            }
            Self::NotPermitted {
                user,
                database,
                address,
                ..
            } => write!(
                formatter,
                "the role `{user}` may not connect to database `{database}` on {address}"
            ),
            Self::Refused { address, .. } => {
                write!(
                    formatter,
                    "the database server at {address} refused the connection"
                )
            }
        }
    }
}

impl error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::RootCertificates { source, .. } => Some(&**source),
            Self::Unreachable { source, .. } => Some(source),
            Self::Tls { source, .. }
            | Self::WrongPassword { source, .. }
            | Self::DatabaseMissing { source, .. }
            | Self::NotPermitted { source, .. }
            | Self::Refused { source, .. } => Some(source),
            _ => None,
        }
    }
}
