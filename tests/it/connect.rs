//! Connections over TCP, with and without TLS, to a server with a certificate of the test's own.
//!
//! The server listens on a loopback address chosen by the process id, so that its port is free whatever else runs.

use std::{
    fs,
    path::PathBuf,
    process::{self, Command},
    sync::OnceLock,
};

use schema_core::connect::{ConnectError, ConnectOptions};
use schema_kit::server::{StopMode, Throwaway};
use tempfile::TempDir;

/// The name in the server's certificate, which nothing resolves: the address is given beside it.
const HOST: &str = "db.test";

struct TlsServer {
    // Both go away with the process.
    _server: Throwaway,
    directory: TempDir,
    address: String,
}

fn server() -> &'static TlsServer {
    static SERVER: OnceLock<TlsServer> = OnceLock::new();
    SERVER.get_or_init(start)
}

fn start() -> TlsServer {
    let directory = tempfile::tempdir().unwrap();
    make_certificates(&directory);
    let server = Throwaway::start().unwrap();
    let id = process::id();
    let address = format!(
        "127.{}.{}.{}",
        1 + id % 250,
        (id >> 8) % 250,
        1 + (id >> 16) % 250
    );
    let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    // The server's own user writes its files, so that it may read them and nobody else.
    let write = |name: &str, text: &str| {
        format!("COPY (SELECT '{text}') TO PROGRAM 'umask 077; sed \"s/@/\\n/g\" > {name}';")
    };
    let rules = "local all postgres peer map=owner@hostnossl all plain all scram-sha-256@\
                 hostssl all secure all scram-sha-256";
    let statements = [
        write("server.crt", &read("server.crt").replace('\n', "@")),
        write("server.key", &read("server.key").replace('\n', "@")),
        write("pg_hba.conf", rules),
        "ALTER SYSTEM SET ssl = on;".to_owned(),
        format!("ALTER SYSTEM SET listen_addresses = '{address}';"),
        "CREATE ROLE plain LOGIN PASSWORD 'right'; CREATE ROLE secure LOGIN PASSWORD 'right'"
            .to_owned(),
    ];
    run_on_runtime(async {
        let options = ConnectOptions::parse(&server.connection().url()).unwrap();
        let (client, connection) = options.connect().await.unwrap();
        tokio::spawn(connection);
        for statement in &statements {
            client.batch_execute(statement).await.unwrap();
        }
    });
    server.stop(StopMode::Fast).unwrap();
    server.restart().unwrap();
    TlsServer {
        _server: server,
        directory,
        address,
    }
}

/// A root, a server's certificate signed by it, and a root that signed nothing.
fn make_certificates(directory: &TempDir) {
    let script = format!(
        "set -e
        new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'
        $new -x509 -subj /CN=root -keyout root.key -out root.crt
        $new -x509 -subj /CN=stranger -keyout stranger.key -out stranger.crt
        $new -subj /CN={HOST} -keyout server.key -out server.csr
        echo 'subjectAltName=DNS:{HOST}' > names
        openssl x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -days 2 \
            -extfile names -out server.crt"
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(directory.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn run_on_runtime<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

impl TlsServer {
    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }
}

/// Connects as a role and says whether the connection is encrypted.
fn connect(user: &str, host: &str, parameters: &str) -> Result<bool, ConnectError> {
    let server = server();
    let root = |name: &str| format!("sslrootcert={}", server.file(name).display());
    let parameters = parameters
        .replace("ROOT", &root("root.crt"))
        .replace("STRANGER", &root("stranger.crt"))
        .replace("SERVER", &root("server.crt"));
    let text = format!(
        "host={host} hostaddr={} port=5432 dbname=postgres user={user} password=right {parameters}",
        server.address
    );
    let options = ConnectOptions::parse(&text)?;
    run_on_runtime(async {
        let (client, connection) = options.connect().await?;
        tokio::spawn(connection);
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        Ok(client.query_one(sql, &[]).await.unwrap().get(0))
    })
}

/// The messages of an error and of its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[track_caller]
fn refuses(user: &str, host: &str, parameters: &str) -> String {
    let error = connect(user, host, parameters).unwrap_err();
    assert!(matches!(error, ConnectError::Tls { .. }), "{error:?}");
    chain(&error)
}

#[test]
fn each_mode_encrypts_as_libpq_does() {
    for (user, parameters, encrypted) in [
        ("plain", "sslmode=disable", false),
        ("plain", "sslmode=allow", false),
        ("secure", "sslmode=allow", true),
        ("secure", "", true),
        ("secure", "sslmode=prefer", true),
        ("plain", "sslmode=prefer", false),
        ("secure", "sslmode=require", true),
        ("secure", "sslmode=require ROOT", true),
        ("secure", "sslmode=verify-ca ROOT", true),
        ("secure", "sslmode=verify-full ROOT", true),
    ] {
        let found = connect(user, HOST, parameters);
        assert!(
            matches!(found, Ok(found) if found == encrypted),
            "{user} {parameters}: {found:?}"
        );
    }
}

#[test]
fn a_certificate_of_another_root_is_refused_by_whatever_verifies() {
    for parameters in [
        "sslmode=require STRANGER",
        "sslmode=verify-ca STRANGER",
        "sslmode=verify-full STRANGER",
    ] {
        let message = refuses("secure", HOST, parameters);
        assert!(message.contains("UnknownIssuer"), "{parameters}: {message}");
    }
}

#[test]
fn a_certificate_for_another_host_is_refused_by_verify_full_alone() {
    assert!(connect("secure", "other.test", "sslmode=verify-ca ROOT").unwrap());
    let message = refuses("secure", "other.test", "sslmode=verify-full ROOT");
    assert!(
        message.contains("not valid for name \"other.test\""),
        "{message}"
    );
}

#[test]
fn a_servers_own_certificate_is_trusted_as_it_stands() {
    assert!(connect("secure", HOST, "sslmode=verify-full SERVER").unwrap());
    refuses("secure", "other.test", "sslmode=verify-full SERVER");
}

#[test]
fn without_a_root_the_systems_own_are_asked() {
    // A machine without any root certificates says so instead.
    let error = connect("secure", HOST, "sslmode=verify-full").unwrap_err();
    assert!(
        matches!(
            error,
            ConnectError::Tls { .. } | ConnectError::RootCertificates { path: None, .. }
        ),
        "{error:?}"
    );
}

#[test]
fn a_root_certificate_that_cannot_be_read_is_named() {
    for (file, reason) in [
        ("/no/such/root.crt", "No such file"),
        ("/dev/null", "no PEM certificate"),
    ] {
        let error = connect(
            "secure",
            HOST,
            &format!("sslmode=verify-ca sslrootcert={file}"),
        )
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot read root certificates from `{file}`")
        );
        assert!(chain(&error).contains(reason), "{}", chain(&error));
    }
}

#[test]
fn a_missing_password_is_told_apart_from_a_dead_server() {
    let server = server();
    let url = format!(
        "postgres://secure@{}/postgres?sslmode=require",
        server.address
    );
    let error = run_on_runtime(ConnectOptions::parse(&url).unwrap().connect()).unwrap_err();
    assert!(
        matches!(error, ConnectError::WrongPassword { .. }),
        "{error:?}"
    );
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("postgres://app@127.0.0.1:{port}/chat?connect_timeout=1");
    let error = run_on_runtime(ConnectOptions::parse(&url).unwrap().connect()).unwrap_err();
    assert!(
        matches!(error, ConnectError::Unreachable { .. }),
        "{error:?}"
    );
    assert_eq!(
        chain(&error),
        format!("cannot reach the database server at 127.0.0.1:{port}: no answer within 1 s")
    );
}
