//! `sslmode` and `sslrootcert`: what is asked of TLS.

use std::{fmt, path::PathBuf, str::FromStr};

use tokio_postgres::config::SslMode;

use super::{ConnectError, settings::invalid};

/// Whether a connection is encrypted and what is verified: libpq's
/// [`sslmode`](https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION).
///
/// Unix sockets are never encrypted, whatever the mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsMode {
    /// No TLS.
    Disable,
    /// TLS only where the server refuses a connection without.
    Allow,
    /// TLS where the server offers it, and nothing is verified; the default.
    Prefer,
    /// TLS; the certificate is verified, without the host name, only where `sslrootcert` is given.
    Require,
    /// TLS with a certificate signed by a trusted root.
    VerifyCa,
    /// TLS with a certificate signed by a trusted root and made for this host.
    VerifyFull,
}

/// Who may sign a server's certificate: `sslrootcert`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootCertificates {
    /// Nothing was said: the system's store where the mode verifies.
    Unspecified,
    /// `sslrootcert=system`: the system's store; the mode is then [`TlsMode::VerifyFull`].
    System,
    /// A file of PEM certificates. A server's own certificate in it is trusted as it stands.
    File(PathBuf),
}

impl TlsMode {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Disable, "disable"),
        (Self::Allow, "allow"),
        (Self::Prefer, "prefer"),
        (Self::Require, "require"),
        (Self::VerifyCa, "verify-ca"),
        (Self::VerifyFull, "verify-full"),
    ];

    /// What the first attempt to connect asks of the server.
    pub(super) fn first_attempt(self) -> SslMode {
        match self {
            Self::Disable | Self::Allow => SslMode::Disable,
            Self::Prefer => SslMode::Prefer,
            Self::Require | Self::VerifyCa | Self::VerifyFull => SslMode::Require,
        }
    }
}

impl fmt::Display for TlsMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL
            .iter()
            .find(|(mode, _)| mode == self)
            .map_or("", |(_, name)| name);
        formatter.write_str(name)
    }
}

impl FromStr for TlsMode {
    type Err = ConnectError;

    fn from_str(text: &str) -> Result<Self, ConnectError> {
        match Self::ALL.iter().find(|(_, name)| *name == text) {
            Some((mode, _)) => Ok(*mode),
            None => Err(invalid(
                "sslmode",
                "is neither `disable`, `allow`, `prefer`, `require`, `verify-ca` nor `verify-full`",
            )),
        }
    }
}

/// Combines `sslmode` and `sslrootcert`, which in libpq's way also decides about the mode.
pub(super) fn effective_mode(
    mode: Option<TlsMode>,
    roots: &RootCertificates,
) -> Result<TlsMode, ConnectError> {
    match (mode, roots) {
        (None, RootCertificates::System) => Ok(TlsMode::VerifyFull),
        (Some(mode), RootCertificates::System) if mode != TlsMode::VerifyFull => Err(invalid(
            "sslmode",
            "can only be `verify-full` with `sslrootcert=system`",
        )),
        (Some(TlsMode::Require), RootCertificates::File(_)) => Ok(TlsMode::VerifyCa),
        (mode, _) => Ok(mode.unwrap_or(TlsMode::Prefer)),
    }
}
