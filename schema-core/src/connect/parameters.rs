//! Connection strings taken apart: a URL or `key=value` pairs to a list of parameters.
//!
//! `tokio_postgres` parses both too, but knows only three values of `sslmode`, quotes pieces of what it cannot read
//! (which may be of the password), and takes an `@` in the query for the end of the credentials. Here a piece of the
//! text is repeated in a message only where it cannot be part of a password. The forms are those of
//! [libpq](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).

use super::ConnectError;

/// The parameters that may be given.
pub(super) const KNOWN: &[&str] = &[
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "dbname",
    "gssencmode",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "password",
    "port",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];

/// Stands in a message where a piece of a password might.
const HIDDEN: &str = "…";

/// A parameter and its value, in the order they were written.
pub(super) type Parameter = (String, String);

/// Takes a connection string apart.
pub(super) fn parse_parameters(text: &str) -> Result<Vec<Parameter>, ConnectError> {
    let text = text.trim();
    let rest = text
        .strip_prefix("postgres://")
        .or_else(|| text.strip_prefix("postgresql://"));
    let parameters = match rest {
        Some(rest) => parse_url(rest)?,
        None => parse_pairs(text)?,
    };
    let mut previous = "";
    for (name, _) in &parameters {
        if !KNOWN.contains(&name.as_str()) {
            // After an unquoted password with a space in it, the next name is the password's end.
            let name = if previous == "password" {
                HIDDEN.to_owned()
            } else {
                shown(name)
            };
            return Err(ConnectError::UnknownParameter { name });
        }
        previous = name;
    }
    Ok(parameters)
}

/// A parameter's name as a message may show it: what does not look like a name may be part of a password.
fn shown(name: &str) -> String {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    if name.len() <= 32 && name.chars().all(is_name) {
        name.to_owned()
    } else {
        HIDDEN.to_owned()
    }
}

fn malformed<T>(reason: &str) -> Result<T, ConnectError> {
    Err(ConnectError::Malformed {
        reason: reason.to_owned(),
    })
}

fn parse_url(text: &str) -> Result<Vec<Parameter>, ConnectError> {
    let mut parameters = Vec::new();
    let mut rest = text;
    // A `/` or `?` in a password must be percent-encoded, but where it is not, an `@` follows before the query.
    let authority = rest.find(['/', '?']).unwrap_or(rest.len());
    let last_at = match rest[..authority].rfind('@') {
        Some(at) => Some(at),
        None => rest[..rest.find('?').unwrap_or(rest.len())].rfind('@'),
    };
    if let Some(at) = last_at {
        parse_credentials(&rest[..at], &mut parameters)?;
        rest = &rest[at + 1..];
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    parse_hosts(&rest[..end], &mut parameters)?;
    rest = &rest[end..];
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let database = path.strip_prefix('/').unwrap_or(path);
    if !database.is_empty() {
        parameters.push(("dbname".to_owned(), decode(database)?));
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            return malformed("has a parameter without `=`");
        };
        parameters.push((decode(name)?, decode(value)?));
    }
    Ok(parameters)
}

fn parse_credentials(text: &str, parameters: &mut Vec<Parameter>) -> Result<(), ConnectError> {
    let (user, password) = match text.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (text, None),
    };
    if !user.is_empty() {
        parameters.push(("user".to_owned(), decode(user)?));
    }
    if let Some(password) = password {
        parameters.push(("password".to_owned(), decode(password)?));
    }
    Ok(())
}

fn parse_hosts(text: &str, parameters: &mut Vec<Parameter>) -> Result<(), ConnectError> {
    if text.is_empty() {
        return Ok(());
    }
    let mut hosts = Vec::new();
    let mut ports = Vec::new();
    for part in text.split(',') {
        let (host, port) = match part.strip_prefix('[') {
            Some(part) => match part.split_once(']') {
                Some((host, rest)) => (host, rest.strip_prefix(':').unwrap_or(rest)),
                None => return malformed("has a `[` without `]` in its host"),
            },
            None => part.split_once(':').unwrap_or((part, "")),
        };
        hosts.push(decode(host)?);
        ports.push(decode(port)?);
    }
    // Of `:5433` only the port is meant: the host is then the default one.
    if hosts.iter().any(|host| !host.is_empty()) {
        parameters.push(("host".to_owned(), hosts.join(",")));
    }
    if ports.iter().any(|port| !port.is_empty()) {
        parameters.push(("port".to_owned(), ports.join(",")));
    }
    Ok(())
}

/// Replaces `%xx` by the byte it stands for.
fn decode(text: &str) -> Result<String, ConnectError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = tail
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if byte != 0 => bytes.push(byte),
            _ => return malformed("has a `%` without two hexadecimal digits after it"),
        }
        rest = &tail[2..];
    }
    String::from_utf8(bytes)
        .or_else(|_| malformed("is not valid UTF-8 once its `%` sequences are decoded"))
}

fn parse_pairs(text: &str) -> Result<Vec<Parameter>, ConnectError> {
    if let Some((scheme, _)) = text.split_once("://") {
        let scheme = shown(scheme);
        return malformed(&format!(
            "starts with `{scheme}://` where `postgres://` is expected"
        ));
    }
    let mut parameters = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('=') else {
            return malformed("is neither a `postgres://` URL nor `key=value` pairs");
        };
        let (value, after) = parse_value(after.trim_start())?;
        parameters.push((name.trim_end().to_owned(), value));
        rest = after.trim_start();
    }
    Ok(parameters)
}

/// Reads one value, bare or quoted, and returns what follows it.
fn parse_value(text: &str) -> Result<(String, &str), ConnectError> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut characters = text.char_indices().skip(usize::from(quoted));
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            '\'' if quoted => return Ok((value, &text[at + 1..])),
            _ if !quoted && character.is_whitespace() => return Ok((value, &text[at..])),
            _ => value.push(character),
        }
    }
    if quoted {
        malformed("has a quote that is not closed")
    } else {
        Ok((value, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::parse_parameters;

    fn parsed(text: &str) -> Vec<(String, String)> {
        parse_parameters(text).unwrap()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_url_gives_its_parts() {
        assert_eq!(
            parsed(
                "postgres://app:s%40cret@db.example:5433/chat?sslmode=require&options=-c%20a%3Db"
            ),
            pairs(&[
                ("user", "app"),
                ("password", "s@cret"),
                ("host", "db.example"),
                ("port", "5433"),
                ("dbname", "chat"),
                ("sslmode", "require"),
                ("options", "-c a=b"),
            ])
        );
    }

    #[test]
    fn several_hosts_keep_their_order_and_ports() {
        assert_eq!(
            parsed("postgresql://one:1,[::1]:2,three/x"),
            pairs(&[("host", "one,::1,three"), ("port", "1,2,"), ("dbname", "x")])
        );
    }

    #[test]
    fn an_at_sign_in_the_query_ends_no_credentials() {
        assert_eq!(
            parsed("postgres://db/chat?application_name=a@b"),
            pairs(&[
                ("host", "db"),
                ("dbname", "chat"),
                ("application_name", "a@b")
            ])
        );
    }

    #[test]
    fn an_unencoded_at_sign_or_slash_stays_in_the_password() {
        assert_eq!(
            parsed("postgres://u:p@ss@db/x")[1..3],
            pairs(&[("password", "p@ss"), ("host", "db")])
        );
        assert_eq!(
            parsed("postgres://u:p/ss@db/x")[1..3],
            pairs(&[("password", "p/ss"), ("host", "db")])
        );
    }

    #[test]
    fn pairs_may_be_quoted_and_escaped() {
        assert_eq!(
            parsed(r"host = db password='a b\'c\\' user=x\ y dbname=''"),
            pairs(&[
                ("host", "db"),
                ("password", r"a b'c\"),
                ("user", "x y"),
                ("dbname", "")
            ])
        );
    }

    #[test]
    fn no_message_repeats_a_password() {
        for text in [
            "http://u:hunter2@db/x",
            "u:hunter2@db",
            "postgres://u:hunter2%zz@db/x",
            "postgres://u:hunter2@db/x?nonsense=1",
            "postgres://u:hunter2",
            "password=hunter2 hunter2=1",
            "password=my hunter2 =1",
            "password='hunter2",
            "hunter2://x=1",
        ] {
            if let Err(error) = super::super::ConnectOptions::parse(text) {
                let shown = format!(
                    "{error} {error:?} {:?} {:?}",
                    error.help(),
                    error.location()
                );
                assert!(!shown.contains("hunter2"), "{text}: {shown}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, expected) in [
            (
                "mysql://db/x",
                "the database URL starts with `mysql://` where `postgres://` is expected",
            ),
            (
                "chat",
                "the database URL is neither a `postgres://` URL nor `key=value` pairs",
            ),
            (
                "postgres://db/x?ssl",
                "the database URL has a parameter without `=`",
            ),
            (
                "postgres://db/%4",
                "the database URL has a `%` without two hexadecimal digits after it",
            ),
            (
                "postgres://[::1/x",
                "the database URL has a `[` without `]` in its host",
            ),
            (
                "postgres://db/x?slmode=require",
                "unknown parameter `slmode` in the database URL",
            ),
        ] {
            assert_eq!(parse_parameters(text).unwrap_err().to_string(), expected);
        }
    }
}
