//! Migrations that are part of a binary: what a build script lists, and when it lists anew.

use std::process::Command;

use app_schema::MIGRATIONS;
use schema_kit::migration::{self, MigrationSource};
use tests::database;

use super::options;
use crate::fixture::Fixture;

#[tokio::test]
async fn an_application_runs_its_own_migrations() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let migrations = MIGRATIONS.load().unwrap();
    migration::apply(&mut client, &migrations, &options(), &mut |_| {})
        .await
        .unwrap();
    // The directory is no other source: it has been applied by what was built in.
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../app-schema/migrations");
    let files = MigrationSource::Directory(directory.into()).load().unwrap();
    let summary = migration::apply(&mut client, &files, &options(), &mut |_| {}).await;
    assert_eq!(summary.unwrap().applied, [""; 0]);
    assert_eq!(files.len(), migrations.len());
}

/// A crate that prints what is built into it. Its build script has no dependency but the kit, which has none itself.
fn application() -> Fixture {
    let kit = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema-kit");
    Fixture::new()
        .file(
            "Cargo.toml",
            format!(
                "[package]\nname = \"embedding\"\nedition = \"2024\"\n[workspace]\n[build-dependencies]\n\
                 schema-kit = {{ path = {kit:?}, default-features = false }}\n"
            ),
        )
        .file(
            "build.rs",
            "fn main() -> Result<(), schema_kit::embed::EmbedError> { schema_kit::embed::list(\"db/steps\") }",
        )
        .file(
            "src/main.rs",
            "const LIST: &[(&str, &str, Option<&str>)] = include!(concat!(env!(\"OUT_DIR\"), \"/db/steps.rs\"));\n\
             fn main() { for (id, up, down) in LIST { println!(\"{id} {up} {}\", down.unwrap_or(\"-\")); } }",
        )
}

/// Builds and runs it.
fn run(application: &Fixture) -> Result<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(application.path())
        .env("CARGO_TARGET_DIR", application.path().join("target"))
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(String::from_utf8(output.stderr).unwrap()),
    }
}

#[test]
fn what_is_added_changed_or_removed_is_built_in_anew() {
    let fixture = application().file("db/steps/1_a/up.sql", "A");
    // The lock file of the workspace knows the kit's dependencies without a look at a registry.
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    let fixture = fixture.file("Cargo.lock", std::fs::read(lock).unwrap());
    assert_eq!(run(&fixture).unwrap(), "1_a A -\n");
    let fixture = fixture
        .file("db/steps/2_b/up.sql", "B")
        .file("db/steps/1_a/down.sql", "D");
    assert_eq!(run(&fixture).unwrap(), "1_a A D\n2_b B -\n");
    let fixture = fixture.file("db/steps/2_b/up.sql", "C");
    assert_eq!(run(&fixture).unwrap(), "1_a A D\n2_b C -\n");
    std::fs::remove_dir_all(fixture.path().join("db/steps/1_a")).unwrap();
    assert_eq!(run(&fixture).unwrap(), "2_b C -\n");
    let fixture = fixture.file("db/steps/add_c/up.sql", "C");
    let error = run(&fixture).unwrap_err();
    assert!(
        error.contains("db/steps/add_c` is not named `<version>_<name>`, such as `0002_add_roles`"),
        "{error}"
    );
}
