//! From a connection string to a connection: what an application's pool and the kit share.
//!
//! [`ConnectOptions`] reads a URL or `key=value` pairs, decides about TLS as libpq does, and connects with errors that
//! name the server and what to do. TLS itself needs the feature `tls`.

mod error;
mod mode;
mod parameters;
mod settings;
#[cfg(feature = "tls")]
mod tls;

use std::{
    fmt,
    future::{Future, poll_fn},
    io,
    pin::Pin,
    str::FromStr,
    task::{Context, Poll},
    time::Duration,
};

use tokio_postgres::{
    Client, Config, Socket,
    config::{Host, SslMode},
    error::SqlState,
    tls::MakeTlsConnect,
};

pub use {
    error::ConnectError,
    mode::{RootCertificates, TlsMode},
};

/// How long a server may take to answer where `connect_timeout` says nothing.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// The connector of [`ConnectOptions::tls`]: rustls.
#[cfg(feature = "tls")]
pub type TlsConnector = tokio_postgres_rustls::MakeRustlsConnect;

/// The connector of [`ConnectOptions::tls`]: none, for the feature `tls` is off.
#[cfg(not(feature = "tls"))]
pub type TlsConnector = tokio_postgres::NoTls;

/// Where a database is and how to connect to it.
///
/// # Examples
///
/// ```
/// use schema_core::connect::{ConnectOptions, TlsMode};
///
/// let options = ConnectOptions::parse("postgres://app:secret@db.example/chat?sslmode=disable")?;
/// assert_eq!(options.address(), "db.example:5432");
/// assert_eq!(options.database(), "chat");
/// assert_eq!(options.tls_mode(), TlsMode::Disable);
/// assert!(!format!("{options:?}").contains("secret"));
/// # Ok::<(), schema_core::connect::ConnectError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ConnectOptions {
    config: Config,
    tls_mode: TlsMode,
    root_certificates: RootCertificates,
}

/// The half of a connection that does its input and output: spawn it, or nothing moves.
///
/// It ends when the [`Client`] is dropped or the connection is lost.
#[must_use = "a connection does nothing unless it is awaited or spawned"]
pub struct Connection(Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>> + Send>>);

impl ConnectOptions {
    /// Reads a `postgres://` URL or a string of `key=value` pairs.
    ///
    /// Without a host, the usual directories of unix sockets are looked at, and `localhost` is the last resort.
    ///
    /// # Errors
    ///
    /// When the text cannot be read, or has a parameter that is unknown or has an unusable value; the message never
    /// repeats a password.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::connect::ConnectOptions;
    ///
    /// let options = ConnectOptions::parse("host=db.example port=5433 dbname=chat user=app")?;
    /// assert_eq!(options.address(), "db.example:5433");
    ///
    /// let error = ConnectOptions::parse("postgres://db/chat?port=many").unwrap_err();
    /// assert_eq!(error.to_string(), "`port` in the database URL has an unusable value");
    /// # Ok::<(), schema_core::connect::ConnectError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, ConnectError> {
        let mut plain = String::new();
        let mut tls_mode = None;
        let mut root_certificates = RootCertificates::Unspecified;
        for (name, value) in parameters::parse_parameters(text)? {
            match name.as_str() {
                "sslmode" => tls_mode = Some(value.parse()?),
                "sslrootcert" if value == "system" => root_certificates = RootCertificates::System,
                "sslrootcert" => root_certificates = RootCertificates::File(value.into()),
                "gssencmode" | "client_encoding" => settings::require_default(&name, &value)?,
                _ => plain.push_str(&settings::checked_pair(name, &value)?),
            }
        }
        let tls_mode = mode::effective_mode(tls_mode, &root_certificates)?;
        let mut config: Config = plain.parse().map_err(|_| ConnectError::Malformed {
            reason: "cannot be read".to_owned(),
        })?;
        settings::complete_hosts(&mut config)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(DEFAULT_TIMEOUT);
        }
        let over_tcp = config
            .get_hosts()
            .iter()
            .any(|host| matches!(host, Host::Tcp(_)));
        let tls_mode = if over_tcp { tls_mode } else { TlsMode::Disable };
        config.ssl_mode(tls_mode.first_attempt());
        Ok(Self {
            config,
            tls_mode,
            root_certificates,
        })
    }

    /// The configuration for [`tokio_postgres`], for a pool for instance; use it with [`tls`](Self::tls).
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The configuration, to change: another database of the same server, an application name.
    ///
    /// ```
    /// use schema_core::connect::ConnectOptions;
    ///
    /// let mut options = ConnectOptions::parse("postgres://db.example/chat")?;
    /// options.config_mut().dbname("chat_test");
    /// assert_eq!(options.database(), "chat_test");
    /// # Ok::<(), schema_core::connect::ConnectError>(())
    /// ```
    pub fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// What is asked of TLS.
    #[must_use]
    pub fn tls_mode(&self) -> TlsMode {
        self.tls_mode
    }

    /// Who may sign the server's certificate.
    #[must_use]
    pub fn root_certificates(&self) -> &RootCertificates {
        &self.root_certificates
    }

    /// The database's name: the user's where none was given.
    #[must_use]
    pub fn database(&self) -> String {
        self.config
            .get_dbname()
            .map_or_else(|| self.user(), str::to_owned)
    }

    /// The role's name: the operating system's user where none was given.
    #[must_use]
    pub fn user(&self) -> String {
        let from_system = || std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
        match self.config.get_user() {
            Some(user) => user.to_owned(),
            None => from_system().unwrap_or_else(|_| "the system's user".to_owned()),
        }
    }

    /// The server's address for messages: `host:port`, or the socket's path; several after commas.
    ///
    /// ```
    /// use schema_core::connect::ConnectOptions;
    ///
    /// let options = ConnectOptions::parse("postgres://one,[::1]:5433/chat")?;
    /// assert_eq!(options.address(), "one:5432, [::1]:5433");
    /// # Ok::<(), schema_core::connect::ConnectError>(())
    /// ```
    #[must_use]
    pub fn address(&self) -> String {
        let ports = self.config.get_ports();
        let mut addresses = Vec::new();
        for (index, host) in self.config.get_hosts().iter().enumerate() {
            let port = ports.get(index).or(ports.first()).copied().unwrap_or(5432);
            addresses.push(match host {
                Host::Tcp(host) if host.contains(':') => format!("[{host}]:{port}"),
                Host::Tcp(host) => format!("{host}:{port}"),
                #[cfg(unix)]
                Host::Unix(path) => path.join(format!(".s.PGSQL.{port}")).display().to_string(),
            });
        }
        addresses.join(", ")
    }

    /// The connector that encrypts as the options say, for [`tokio_postgres::Config::connect`] or a pool.
    ///
    /// # Errors
    ///
    /// When the root certificates cannot be read, or TLS is asked for without the feature `tls`.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use schema_core::connect::ConnectOptions;
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let options = ConnectOptions::parse("postgres://app@db.example/chat?sslmode=verify-full")?;
    /// let (client, connection) = options.config().connect(options.tls()?).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn tls(&self) -> Result<TlsConnector, ConnectError> {
        #[cfg(feature = "tls")]
        return tls::connector(self.tls_mode, &self.root_certificates);
        #[cfg(not(feature = "tls"))]
        match self.tls_mode {
            TlsMode::Disable | TlsMode::Allow | TlsMode::Prefer => Ok(tokio_postgres::NoTls),
            mode => Err(ConnectError::NoTls {
                mode: mode.to_string(),
            }),
        }
    }

    /// Connects, within `connect_timeout` (10 seconds where it is not given) for each way tried.
    ///
    /// # Errors
    ///
    /// A variant of [`ConnectError`] for each cause a user can do something about.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use schema_core::connect::ConnectOptions;
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let options = ConnectOptions::parse("postgres://app@db.example/chat")?;
    /// let (client, connection) = options.connect().await?;
    /// tokio::spawn(connection);
    /// client.execute("SELECT 1", &[]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(&self) -> Result<(Client, Connection), ConnectError> {
        let mut config = self.config.clone();
        let mut failure = match self.attempt(&config, self.tls()?).await {
            Ok(connected) => return Ok(connected),
            Err(failure) => failure,
        };
        // Like libpq: `prefer` falls back when TLS or the server's rules fail it, `allow` the other way about.
        let second = match (self.tls_mode, &failure) {
            (TlsMode::Prefer, ConnectError::Tls { .. } | ConnectError::NotPermitted { .. }) => {
                SslMode::Disable
            }
            (TlsMode::Allow, ConnectError::NotPermitted { .. }) => SslMode::Require,
            _ => return Err(failure),
        };
        config.ssl_mode(second);
        match self.attempt(&config, self.tls()?).await {
            Ok(connected) => return Ok(connected),
            // The server does not speak TLS: the refusal without it says more.
            Err(ConnectError::Tls { .. }) => {}
            Err(other) => failure = other,
        }
        Err(failure)
    }

    async fn attempt<T>(
        &self,
        config: &Config,
        tls: T,
    ) -> Result<(Client, Connection), ConnectError>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: Send + 'static,
    {
        let limit = config
            .get_connect_timeout()
            .copied()
            .unwrap_or(DEFAULT_TIMEOUT);
        let (client, mut connection) = match tokio::time::timeout(limit, config.connect(tls)).await
        {
            Ok(Ok(connected)) => connected,
            Ok(Err(error)) => return Err(self.explain(error)),
            Err(_) => {
                let reason = format!("no answer within {} s", limit.as_secs());
                return Err(ConnectError::Unreachable {
                    address: self.address(),
                    source: io::Error::new(io::ErrorKind::TimedOut, reason),
                });
            }
        };
        let run = async move {
            while let Some(message) = poll_fn(|cx| connection.poll_message(cx)).await {
                message?;
            }
            Ok(())
        };
        Ok((client, Connection(Box::pin(run))))
    }

    /// Sorts what `tokio_postgres` reports by what the user can do about it.
    fn explain(&self, source: tokio_postgres::Error) -> ConnectError {
        let (address, user, database) = (self.address(), self.user(), self.database());
        if let Some(code) = source.code() {
            return match *code {
                SqlState::INVALID_PASSWORD => ConnectError::WrongPassword {
                    address,
                    user,
                    source,
                },
                SqlState::INVALID_CATALOG_NAME => ConnectError::DatabaseMissing {
                    address,
                    database,
                    source,
                },
                SqlState::INVALID_AUTHORIZATION_SPECIFICATION
                | SqlState::INSUFFICIENT_PRIVILEGE => ConnectError::NotPermitted {
                    address,
                    user,
                    database,
                    source,
                },
                _ => ConnectError::Refused { address, source },
            };
        }
        // The kinds of tokio_postgres's errors are private; their texts are all that tells them apart.
        let cause = std::error::Error::source(&source);
        match source.to_string().as_str() {
            "error connecting to server" => {
                let reason = cause.map_or_else(|| source.to_string(), ToString::to_string);
                let kind = cause
                    .and_then(|cause| cause.downcast_ref::<io::Error>())
                    .map_or(io::ErrorKind::Other, io::Error::kind);
                ConnectError::Unreachable {
                    address,
                    source: io::Error::new(kind, reason),
                }
            }
            "error performing TLS handshake" => ConnectError::Tls { address, source },
            "invalid configuration"
                if cause.is_some_and(|cause| cause.to_string() == "password missing") =>
            {
                ConnectError::WrongPassword {
                    address,
                    user,
                    source,
                }
            }
            _ => ConnectError::Refused { address, source },
        }
    }
}

impl FromStr for ConnectOptions {
    type Err = ConnectError;

    fn from_str(text: &str) -> Result<Self, ConnectError> {
        Self::parse(text)
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `Config` leaves the password out of its own.
        formatter
            .debug_struct("ConnectOptions")
            .field("config", &self.config)
            .field("tls_mode", &self.tls_mode)
            .field("root_certificates", &self.root_certificates)
            .finish()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Connection").finish_non_exhaustive()
    }
}

impl Future for Connection {
    type Output = Result<(), tokio_postgres::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConnectOptions, RootCertificates, TlsMode};

    fn mode(parameters: &str) -> TlsMode {
        ConnectOptions::parse(&format!("postgres://db/x?{parameters}"))
            .unwrap()
            .tls_mode()
    }

    #[test]
    fn the_tls_mode_follows_libpq() {
        assert_eq!(mode(""), TlsMode::Prefer);
        assert_eq!(mode("sslmode=verify-ca"), TlsMode::VerifyCa);
        assert_eq!(mode("sslmode=require"), TlsMode::Require);
        assert_eq!(
            mode("sslmode=require&sslrootcert=/ca.pem"),
            TlsMode::VerifyCa
        );
        assert_eq!(mode("sslmode=prefer&sslrootcert=/ca.pem"), TlsMode::Prefer);
        assert_eq!(mode("sslrootcert=system"), TlsMode::VerifyFull);
    }

    #[test]
    fn the_systems_roots_refuse_a_weaker_mode() {
        let error = ConnectOptions::parse("postgres://db/x?sslmode=require&sslrootcert=system")
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "`sslmode` in the database URL can only be `verify-full` with `sslrootcert=system`"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_unix_socket_needs_no_tls() {
        let options = ConnectOptions::parse("host=/run/pg port=5433 sslmode=require").unwrap();
        assert_eq!(options.tls_mode(), TlsMode::Disable);
        assert_eq!(options.address(), "/run/pg/.s.PGSQL.5433");
        assert_eq!(*options.root_certificates(), RootCertificates::Unspecified);
    }

    #[test]
    fn values_with_quotes_and_backslashes_reach_the_configuration() {
        let options =
            ConnectOptions::parse(r"host=db password='it\'s \\ here' dbname='a b'").unwrap();
        assert_eq!(options.config().get_password(), Some(&br"it's \ here"[..]));
        assert_eq!(options.database(), "a b");
    }

    #[test]
    fn an_address_alone_serves_as_the_host() {
        let options = ConnectOptions::parse("hostaddr=127.0.0.1 dbname=x").unwrap();
        assert_eq!(options.address(), "127.0.0.1:5432");
    }

    #[test]
    fn an_unusable_value_is_refused_with_what_is_taken() {
        for (parameter, help) in [
            ("port", "from 1 to 65535"),
            ("connect_timeout", "`connect_timeout=10`"),
            ("tcp_user_timeout", "number of seconds"),
            ("keepalives", "`1` for yes"),
            ("target_session_attrs", "`read-write`"),
            ("channel_binding", "`prefer`"),
            ("load_balance_hosts", "`random`"),
            ("sslnegotiation", "`direct`"),
            ("hostaddr", "IP addresses"),
        ] {
            let error = ConnectOptions::parse(&format!("host=db {parameter}=x")).unwrap_err();
            assert!(error.help().unwrap().contains(help), "{error}");
        }
    }

    #[test]
    fn ports_are_numbers_as_many_as_hosts() {
        for (text, reason) in [
            ("postgres://db:0/x", "has an unusable value"),
            ("postgres://db:70000/x", "has an unusable value"),
            (
                "host=a,b,c port=1,2",
                "needs one value, or as many as there are hosts",
            ),
        ] {
            let error = ConnectOptions::parse(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("`port` in the database URL {reason}")
            );
        }
    }
}
