//! The command: what it writes, and what it leaves alone.

use std::{fs, path::Path, process::Command};

use schema_kit::{
    introspect::{self, Filter},
    snapshot,
    testing::Template,
};
use tests::database_from;

const SQL: &str = "CREATE TABLE users (id bigint PRIMARY KEY, key uuid);";

/// Runs `pull` with the database of the URL; gives the exit code and both outputs.
fn pull(url: &str, directory: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fixture"))
        .arg("pull")
        .arg("--output")
        .arg(directory)
        .args(arguments)
        .env("DATABASE_URL", url)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn the_source_is_written_once_and_told_when_it_would_change() {
    let database = database_from(&Template::new(SQL));
    let directory = tempfile::tempdir().unwrap();
    let source = directory.path().join("src");
    let pull = |arguments: &[&str]| pull(&database.url(), &source, arguments);

    let (code, out, _) = pull(&["--check"]);
    assert_eq!(code, Some(3));
    assert_eq!(
        out,
        "create lib.rs\ncreate tables.rs\ncreate tables/user.rs\n"
    );
    assert!(!source.exists());

    let (code, out, err) = pull(&[]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(err.contains("1 tables, 0 views: 3 files created"), "{err}");
    assert!(
        err.contains("cargo add schema-core --features uuid"),
        "{err}"
    );
    let root = fs::read_to_string(source.join("lib.rs")).unwrap();
    assert!(root.contains("tables::User,"), "{root}");

    let (code, out, _) = pull(&["--check"]);
    assert_eq!((code, out.as_str()), (Some(0), ""));

    fs::write(source.join("tables/user.rs"), "by hand").unwrap();
    let (code, _, err) = pull(&[]);
    assert_eq!(code, Some(1));
    assert!(err.contains("the file `tables/user.rs` in"), "{err}");
    assert!(err.contains("--force"), "{err}");
    let kept = fs::read_to_string(source.join("tables/user.rs")).unwrap();
    assert_eq!(kept, "by hand");
    let (code, out, _) = pull(&["--check"]);
    assert_eq!((code, out.as_str()), (Some(3), "change tables/user.rs\n"));
    assert_eq!(pull(&["--force"]).0, Some(0));
    assert_eq!(pull(&["--check"]).0, Some(0));
}

#[test]
fn a_part_of_a_database_is_written_alone_and_what_leads_out_of_it_is_told() {
    let database = database_from(&Template::new(
        "CREATE SCHEMA audit; CREATE TABLE users (id bigserial PRIMARY KEY);
        CREATE TABLE user_roles (user_id bigint REFERENCES users, PRIMARY KEY (user_id));
        CREATE TABLE audit.logs (id bigint PRIMARY KEY); CREATE VIEW ids AS SELECT id FROM users;",
    ));
    let files = |arguments: &[&str]| {
        let directory = tempfile::tempdir().unwrap();
        let mut all = vec!["--check"];
        all.extend(arguments);
        let (code, out, err) = pull(&database.url(), directory.path(), &all);
        assert_eq!(code, Some(3), "{err}");
        (out, err)
    };
    let (out, _) = files(&["--namespace", "audit"]);
    assert_eq!(
        out,
        "create lib.rs\ncreate tables.rs\ncreate tables/log.rs\n"
    );
    let (out, err) = files(&["--table", "user_*", "--table", "ids"]);
    assert_eq!(
        out,
        "create lib.rs\ncreate tables.rs\ncreate tables/user_role.rs\n"
    );
    assert!(
        err.contains("foreign key user_roles_user_id_fkey of table user_roles"),
        "{err}"
    );
    let (out, _) = files(&["--table", "public.*"]);
    assert!(out.contains("create views/ids.rs"), "{out}");
}

#[tokio::test]
async fn a_snapshot_and_sql_are_written_as_the_database_they_make() {
    let tables = "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE EXTENSION pg_trgm;
        CREATE TABLE users (id bigserial PRIMARY KEY, nick varchar(32) NOT NULL DEFAULT lower('A'), mood mood);
        CREATE INDEX by_nick ON users USING gin (nick gin_trgm_ops) WHERE mood IN ('good', 'bad');";
    let rest = "CREATE VIEW nicks AS SELECT id, nick FROM users WHERE mood = 'good';
        CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';
        COMMENT ON COLUMN users.mood IS 'How they are.';";
    let database = database_from(&Template::new(format!("{tables}\n{rest}")));
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let write = |name: &str, text: &str| {
        fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        fs::write(path(name), text).unwrap();
    };
    write("schema.sql", &format!("{tables}\n{rest}"));
    write("sql/1.sql", tables);
    write("sql/2.sql", rest);
    write("migrations/0001_tables/up.sql", tables);
    write("migrations/0002_rest/up.sql", rest);
    let mut client = database.connect().await.unwrap();
    let found = introspect::read(&mut client, &Filter::default()).await;
    write("snapshot.json", &snapshot::render(&found.unwrap().schema));

    let source = path("src");
    let (code, _, err) = pull(&database.url(), &source, &[]);
    assert_eq!(code, Some(0), "{err}");
    let root = fs::read_to_string(source.join("lib.rs")).unwrap();
    let mut files: Vec<_> = fs::read_dir(source.join("views")).unwrap().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.clear();
    assert!(root.contains("FUNCTION"), "{root}");
    for from in ["schema.sql", "sql", "migrations", "snapshot.json"] {
        let from = path(from);
        let arguments = [
            "--check",
            "--from",
            from.to_str().unwrap(),
            "--scratch-url",
            &database.url(),
        ];
        // The database that is in the environment is not read.
        let (code, out, err) = pull("postgres://nobody@127.0.0.1:1/none", &source, &arguments);
        assert_eq!((code, out.as_str()), (Some(0), ""), "{from:?}: {err}");
    }
    let (code, _, err) = pull(&database.url(), &source, &["--from", "no/such.sql"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no/such.sql"), "{err}");
}

#[test]
fn what_no_source_says_is_listed_by_name() {
    let sql = "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE heirs () INHERITS (users);
        CREATE UNLOGGED SEQUENCE counted;";
    let database = database_from(&Template::new(sql));
    let directory = tempfile::tempdir().unwrap();
    let (code, _, err) = pull(
        &database.url(),
        directory.path(),
        &["--module", "crate::db"],
    );
    assert_eq!(code, Some(0));
    for left_out in [
        "inheritance of table heirs from users",
        "that sequence counted is unlogged",
    ] {
        assert!(
            err.contains(&format!("not in the source: {left_out}")),
            "{err}"
        );
    }
    assert!(directory.path().join("mod.rs").exists());
}
