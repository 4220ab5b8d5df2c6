//! What `pg_dump --schema-only` says of a database: the judge of what a copy of it lacks.

use std::{env, path::Path, process::Command};

use tokio_postgres::Client;

use crate::TestDatabase;

/// Dumps a database's schema, without what differs between two dumps of one database; nothing where `PG_BIN` names an
/// installation without `pg_dump`.
///
/// # Panics
///
/// When the dump fails.
pub async fn dump(database: &TestDatabase, client: &Client) -> String {
    let sql = "SELECT setting FROM pg_config WHERE name = 'BINDIR'";
    let row = client.query_one(sql, &[]).await;
    let directory: String = row.expect("the server says where its programs are").get(0);
    let program = format!("{directory}/pg_dump");
    // Some builds of a server come without it. Whoever asks for one by name has the reader alone as a judge.
    if env::var_os("PG_BIN").is_some() && !Path::new(&program).exists() {
        return String::new();
    }
    let output = Command::new(program)
        .args(["--schema-only", "--no-owner", "--dbname"])
        .arg(database.url())
        .output()
        .expect("pg_dump lies beside the server");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "pg_dump: {errors}");
    let text = String::from_utf8(output.stdout).expect("the dump is UTF-8");
    // Newer releases begin and end a dump with a random key.
    let lines = text.lines().filter(|line| {
        !line.starts_with("\\restrict")
            && !line.starts_with("\\unrestrict")
            && !line.starts_with("-- Dumped")
    });
    lines.map(|line| format!("{line}\n")).collect()
}
