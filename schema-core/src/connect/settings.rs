//! A connection string's parameters as `tokio_postgres` takes them, each checked by itself.

use tokio_postgres::Config;

use super::ConnectError;

/// A parameter whose value cannot be used; `reason` ends a sentence that starts with its name.
pub(super) fn invalid(name: &str, reason: &str) -> ConnectError {
    ConnectError::InvalidParameter {
        name: name.to_owned(),
        reason: reason.to_owned(),
    }
}

/// Accepts parameters of libpq that are fixed here, as long as they ask for nothing else.
pub(super) fn require_default(name: &str, value: &str) -> Result<(), ConnectError> {
    match (name, value.to_ascii_lowercase().as_str()) {
        ("gssencmode", "disable" | "prefer") => Ok(()),
        ("gssencmode", _) => Err(invalid(name, "can only be `disable` or `prefer`")),
        (_, "utf8" | "utf-8" | "unicode" | "auto") => Ok(()),
        _ => Err(invalid(name, "can only be `UTF8`")),
    }
}

/// One pair as `tokio_postgres` reads it, checked alone so that a message can name it.
pub(super) fn checked_pair(name: String, value: &str) -> Result<String, ConnectError> {
    if name == "port"
        && value
            .split(',')
            .any(|port| !port.is_empty() && !is_port(port))
    {
        return Err(invalid(&name, "has an unusable value"));
    }
    let escaped = value.replace('\\', r"\\").replace('\'', r"\'");
    let pair = format!("{name}='{escaped}' ");
    match pair.parse::<Config>() {
        Ok(_) => Ok(pair),
        Err(_) => Err(invalid(&name, "has an unusable value")),
    }
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port != 0)
}

/// Gives a configuration the hosts it lacks, and checks that ports and addresses are as many.
pub(super) fn complete_hosts(config: &mut Config) -> Result<(), ConnectError> {
    let addresses = config.get_hostaddrs().to_vec();
    if config.get_hosts().is_empty() {
        if addresses.is_empty() {
            let port = config.get_ports().first().copied().unwrap_or(5432);
            config.host(default_host(port));
        }
        for address in &addresses {
            config.host(address.to_string());
        }
    }
    let hosts = config.get_hosts().len();
    if !addresses.is_empty() && addresses.len() != hosts {
        return Err(invalid(
            "hostaddr",
            "needs as many values as there are hosts",
        ));
    }
    if config.get_ports().len() > 1 && config.get_ports().len() != hosts {
        return Err(invalid(
            "port",
            "needs one value, or as many as there are hosts",
        ));
    }
    Ok(())
}

/// The directory of the server's unix socket where there is one in a usual place, `localhost` otherwise.
fn default_host(port: u16) -> &'static str {
    let socket = format!(".s.PGSQL.{port}");
    let directories = ["/var/run/postgresql", "/run/postgresql", "/tmp"];
    let has_socket = |directory: &&str| std::path::Path::new(directory).join(&socket).exists();
    match directories.into_iter().find(has_socket) {
        Some(directory) if cfg!(unix) => directory,
        _ => "localhost",
    }
}
