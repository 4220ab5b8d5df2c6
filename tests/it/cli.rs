//! The command line: help, choice of the database, outputs, and one clear message per bad input.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Stdio,
};

use tests::database;

use crate::fixture::Fixture;

#[test]
fn help_goes_to_standard_output_and_teaches() {
    let outcome = Fixture::new().run(&["--help"]);
    for part in [
        "ddl",
        "lint",
        "migrate",
        "status",
        "server",
        "Exit codes:",
        "DATABASE_URL",
        "Examples:",
    ] {
        assert!(outcome.stdout.contains(part), "{part}: {outcome:?}");
    }
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
}

#[test]
fn each_commands_help_has_an_example() {
    for command in [
        "ddl", "lint", "migrate", "status", "server", "down", "redo", "baseline", "repair",
        "squash",
    ] {
        let outcome = Fixture::new().run(&[command, "--help"]);
        assert!(outcome.stdout.contains("Examples:"), "{outcome:?}");
        assert!(!outcome.stdout.contains('\x1b'), "{outcome:?}");
    }
}

#[test]
fn an_unknown_command_is_a_bad_argument_with_a_suggestion() {
    let outcome = Fixture::new().run(&["migrat"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("'migrate'"), "{outcome:?}");
}

#[test]
fn ddl_writes_a_file_whole() {
    let fixture = Fixture::new();
    let printed = fixture.run(&["ddl"]);
    fixture.run(&["ddl", "--output", "schema.sql"]).prints("");
    assert_eq!(
        fs::read_to_string(fixture.path().join("schema.sql")).unwrap(),
        printed.stdout
    );
    assert_eq!(fs::read_dir(fixture.path()).unwrap().count(), 1);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let fixture = Fixture::new();
    fs::write(fixture.path().join("file"), "").unwrap();
    fixture.run(&["ddl", "--output", "file/schema.sql"]).fails(
        1,
        "
error: cannot write `file/schema.sql`
 cause: File exists (os error 17)
  help: name a file in a directory that may be written to
",
    );
}

#[test]
fn ddl_makes_the_directories_above_its_file() {
    let fixture = Fixture::new();
    fixture
        .run(&["ddl", "--output", "migrations/0001_init/up.sql"])
        .prints("");
    assert!(fixture.path().join("migrations/0001_init/up.sql").is_file());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_file_keeps_its_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let fixture = Fixture::new().file("real.sql", "old");
    let real = fixture.path().join("real.sql");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.sql", fixture.path().join("link.sql")).unwrap();
    fixture.run(&["ddl", "--output", "link.sql"]).prints("");
    assert!(fixture.path().join("link.sql").is_symlink());
    assert_ne!(fs::read_to_string(&real).unwrap(), "old");
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let fixture = Fixture::new();
    let mut command = fixture.command(&["ddl"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[test]
fn the_argument_wins_over_the_environment_and_that_over_the_file() {
    let database = database();
    let url = database.url();
    let bad = "postgres://127.0.0.1:1/x";
    let good = Fixture::new().file("migrations/.keep", "");
    assert_eq!(good.run(&["--database-url", &url, "migrate"]).code, Some(0));
    let argument = Fixture::with_url(bad).file("migrations/.keep", "");
    assert_eq!(
        argument.run(&["migrate", "--database-url", &url]).code,
        Some(0)
    );
    let environment = Fixture::with_url(&url).file("migrations/.keep", "");
    let environment = environment.file(".env", format!("DATABASE_URL={bad}\n"));
    assert_eq!(environment.run(&["migrate"]).code, Some(0));
}

#[test]
fn a_file_in_a_directory_above_names_the_database() {
    let database = database();
    let fixture = Fixture::new().file(
        ".env",
        format!("OTHER=1\nDATABASE_URL=\"{}\"\n", database.url()),
    );
    let fixture = fixture.file("inner/migrations/.keep", "");
    let mut command = fixture.command(&["migrate"]);
    let output = command
        .current_dir(fixture.path().join("inner"))
        .output()
        .unwrap();
    let expected = format!(
        "nothing to do: there are no migrations for database `{}`\n",
        database.name()
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn a_line_of_the_file_that_cannot_be_read_is_not_shown() {
    let fixture = Fixture::new()
        .file("migrations/.keep", "")
        .file(".env", "DATABASE_URL='postgres://u:hunter2@db\n");
    let outcome = fixture.run(&["migrate"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("the line of `DATABASE_URL` is not `NAME=value`"),
        "{outcome:?}"
    );
    assert!(!outcome.stderr.contains("hunter2"), "{outcome:?}");
}

fn migrate(url: &str) -> crate::fixture::Outcome {
    Fixture::with_url(url)
        .migration("0001_init", "CREATE TABLE a ();")
        .run(&["migrate"])
}

#[test]
fn an_unreachable_server_is_named_with_host_and_port() {
    migrate("postgres://app:secret@127.0.0.1:1/chat").fails(
        1,
        "
error: cannot reach the database server at 127.0.0.1:1
 where: server 127.0.0.1:1, from DATABASE_URL in the environment
 cause: Connection refused (os error 111)
  help: start the server, or correct the host and port in the database URL
",
    );
}

#[test]
fn a_url_that_cannot_be_read_is_a_bad_argument() {
    migrate("mysql://app:secret@db/chat").fails(
        2,
        "
error: the database URL starts with `mysql://` where `postgres://` is expected
 where: DATABASE_URL in the environment
  help: write `postgres://user:password@host:5432/database`, with `%40` for an `@` in the password
",
    );
}

#[test]
fn a_missing_database_is_named_with_how_to_create_it() {
    let database = database();
    let url = database.url().replace(database.name(), "no_such_database");
    let outcome = migrate(&url);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .starts_with("error: there is no database `no_such_database` on "),
        "{outcome:?}"
    );
    assert!(
        outcome
            .stderr
            .contains("\n  help: create it with `createdb no_such_database`"),
        "{outcome:?}"
    );
}

/// Makes a role of the test's own in its database's server and gives its URL.
async fn role(database: &tests::TestDatabase, name: &str) -> String {
    let client = database.connect().await.unwrap();
    let sql = format!("DROP ROLE IF EXISTS {name}; CREATE ROLE {name} LOGIN PASSWORD 'right'");
    client.batch_execute(&sql).await.unwrap();
    database
        .url()
        .replace("postgres@", &format!("{name}:right@"))
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_shown() {
    let database = database();
    let url = role(&database, "kit_forgetful")
        .await
        .replace(":right@", ":wrong@");
    let outcome = migrate(&url);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("did not accept the password of `kit_forgetful`"),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("(SQLSTATE 28P01)"), "{outcome:?}");
    assert!(!outcome.stderr.contains("wrong"), "{outcome:?}");
}

#[tokio::test]
async fn a_role_that_may_not_create_the_history_is_told_what_to_grant() {
    let database = database();
    let url = role(&database, "kit_visitor").await;
    let outcome = migrate(&url);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let title = format!(
        "error: cannot create the history table `schema_kit.history` in database `{}`",
        database.name()
    );
    assert!(outcome.stderr.contains(&title), "{outcome:?}");
    let help = format!(
        "GRANT CREATE ON DATABASE {} TO kit_visitor",
        database.name()
    );
    assert!(outcome.stderr.contains(&help), "{outcome:?}");
}

#[tokio::test]
async fn a_role_that_may_not_create_tables_leaves_none() {
    let database = database();
    let url = role(&database, "kit_guest").await;
    let client = database.connect().await.unwrap();
    let grant = format!("GRANT CREATE ON DATABASE {} TO kit_guest", database.name());
    client.batch_execute(&grant).await.unwrap();
    client
        .batch_execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        .await
        .unwrap();
    let outcome = migrate(&url);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("cause: permission denied for schema public"),
        "{outcome:?}"
    );
    assert!(
        outcome.stderr.contains("GRANT CREATE ON SCHEMA"),
        "{outcome:?}"
    );
    let rows = client
        .query("SELECT FROM schema_kit.history", &[])
        .await
        .unwrap();
    assert_eq!(rows.len(), 0);
    client
        .batch_execute("DROP OWNED BY kit_guest; DROP ROLE kit_guest")
        .await
        .unwrap();
}

#[test]
fn a_server_that_is_too_old_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || pretend_to_be_old(listener.accept().unwrap().0));
    let outcome = migrate(&format!(
        "postgres://app@127.0.0.1:{port}/chat?sslmode=disable"
    ));
    outcome.fails(1, "error: the server runs PostgreSQL 13.4; 14 or newer is needed\n  help: upgrade the server, or name another one");
    server.join().unwrap();
}

/// Answers one connection as a server of version 13 does: a login without a password, then one row.
fn pretend_to_be_old(mut stream: TcpStream) {
    let mut length = [0; 4];
    stream.read_exact(&mut length).unwrap();
    let mut startup = vec![0; u32::from_be_bytes(length) as usize - 4];
    stream.read_exact(&mut startup).unwrap();
    let ready = message(b'Z', b"I");
    stream
        .write_all(&[message(b'R', &[0; 4]), ready.clone()].concat())
        .unwrap();
    let mut header = [0; 5];
    stream.read_exact(&mut header).unwrap();
    let mut query =
        vec![0; u32::from_be_bytes([header[1], header[2], header[3], header[4]]) as usize - 4];
    stream.read_exact(&mut query).unwrap();
    let values = ["130004", "13.4", "chat", "app", "f", "f", "7"];
    let count = u16::try_from(values.len()).unwrap().to_be_bytes();
    let (mut columns, mut row) = (count.to_vec(), count.to_vec());
    for value in values {
        // An unnamed column: table 0, column 0, type text (25), variable length, no modifier, text format.
        columns.extend(b"c\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0");
        row.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
        row.extend(value.as_bytes());
    }
    let answer = [
        message(b'T', &columns),
        message(b'D', &row),
        message(b'C', b"SELECT 1\0"),
        ready,
    ];
    stream.write_all(&answer.concat()).unwrap();
    // The client hangs up.
    let _ = stream.read_to_end(&mut Vec::new());
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
    [&[kind], &length[..], body].concat()
}

#[test]
fn a_missing_migrations_directory_is_named() {
    Fixture::with_url("host=x").run(&["migrate", "--migrations", "db/steps"]).fails(
        1,
        "
error: there is no migrations directory `db/steps`
  help: create it, or name another with `--migrations DIR`; a migration is `<version>_<name>/up.sql` in it
",
    );
}

#[test]
fn a_malformed_migrations_directory_is_explained() {
    let help = "name it digits, an underscore and what it does: `0002_add_roles`";
    for (path, content, message) in [
        (
            "init/up.sql",
            &b""[..],
            "error: `init` is not the name of a migration\n where: migrations/init\n",
        ),
        (
            "1_a/down.sql",
            b"",
            "error: there is no `migrations/1_a/up.sql`\n",
        ),
        (
            "1_a/up.sql",
            b"a\n\xff",
            "error: `migrations/1_a/up.sql` is not UTF-8\n where: migrations/1_a/up.sql, line 2\n",
        ),
        (
            "1_a/up.sql",
            b"a\n\n\0",
            "error: the migration holds a zero byte\n where: migrations/1_a/up.sql, line 3",
        ),
        (
            "01_b/up.sql",
            b"",
            "error: the migrations `1_z` and `01_b` have the same version\n",
        ),
    ] {
        let fixture = Fixture::with_url("host=x").file(&format!("migrations/{path}"), content);
        let fixture = if path.starts_with("01") {
            fixture.migration("1_z", "")
        } else {
            fixture
        };
        let outcome = fixture.run(&["migrate"]);
        let stderr = outcome
            .stderr
            .replace("`01_b` and `1_z`", "`1_z` and `01_b`");
        assert!(stderr.starts_with(message), "{outcome:?}");
        assert_eq!(
            (outcome.code, stderr.contains(help)),
            (Some(1), path.starts_with("init"))
        );
    }
}

/// Stops the embedded server of a fixture, whatever becomes of the test.
struct Stopped<'a>(&'a Fixture);

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        self.0.run(&["server", "stop"]);
    }
}

#[test]
fn without_a_name_the_embedded_server_is_the_database() {
    let fixture = Fixture::new()
        .migration("0001_init", "CREATE TABLE a ();")
        .file("Cargo.lock", "");
    let fixture = Stopped(&fixture);
    let absent = fixture.0.run(&["server", "status", "--format", "json"]);
    assert!(
        absent.stdout.contains("\"state\": \"absent\""),
        "{absent:?}"
    );
    let migrated = fixture.0.run(&["migrate"]);
    migrated.prints("applied 1 migration to database `postgres`: 0001_init\n");
    let started = fixture.0.run(&["server", "start"]);
    assert!(started.stdout.starts_with("postgresql://"), "{started:?}");
    fixture
        .0
        .run(&[
            "server",
            "psql",
            "-Atc",
            "SELECT name FROM schema_kit.history",
        ])
        .prints("init\n");
    fixture.0.run(&["server", "stop"]).prints("stopped\n");
    fixture
        .0
        .run(&["server", "stop"])
        .prints("nothing to do: it does not run\n");
}
