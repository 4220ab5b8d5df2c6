//! What the options of `migrate` change.

use schema_kit::{
    MigrationError,
    migration::{State, Transactions, Version},
};
use tests::database;

use super::{HISTORY, apply, apply_with, count, options};
use crate::fixture::Fixture;

#[tokio::test]
async fn a_run_ends_with_the_version_named() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = [
        ("1_a", "SELECT 1"),
        ("2_b", "SELECT 2"),
        ("3_c", "SELECT 3"),
    ];
    let to = |version: &str| options().to(Version::parse(version));
    let applied = apply_with(&mut client, &list, &to("0002")).await;
    assert_eq!(applied.unwrap(), ["1_a", "2_b"]);
    let error = apply_with(&mut client, &list, &to("7")).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no migration of version `7`");
    assert_eq!(apply(&mut client, &list).await.unwrap(), ["3_c"]);
}

#[tokio::test]
async fn one_transaction_holds_all_of_them_or_none() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let single = options().transactions(Transactions::Single);
    let mut list = [
        ("1_a", "SET search_path = ''; CREATE TABLE public.a ()"),
        ("2_b", "CREATE TABLE b (); SELECT 1/0"),
    ];
    let error = apply_with(&mut client, &list, &single).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration `2_b` failed at statement 2 of 2"
    );
    assert_eq!(count(&client, HISTORY).await, 0);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(count(&client, tables).await, 0);
    list[1].1 = "CREATE TABLE b (); CREATE INDEX CONCURRENTLY i ON a ()";
    let error = apply_with(&mut client, &list, &single).await.unwrap_err();
    assert!(
        matches!(error, MigrationError::NotSingle { .. }),
        "{error:?}"
    );
    list[1].1 = "CREATE TABLE b ()";
    assert_eq!(
        apply_with(&mut client, &list, &single).await.unwrap().len(),
        2
    );
    assert_eq!(count(&client, tables).await, 2);
}

#[tokio::test]
async fn late_and_missing_migrations_are_allowed_by_name_alone() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let old = [("1_a", "SELECT 1"), ("3_c", "CREATE TABLE c ()")];
    apply(&mut client, &old).await.unwrap();
    let merged = [("2_b", "CREATE TABLE b ()"), ("3_c", "CREATE TABLE c ()")];
    for allowed in [State::OutOfOrder, State::Missing] {
        let error = apply_with(&mut client, &merged, &options().allow(allowed)).await;
        let MigrationError::History { problems, .. } = error.unwrap_err() else {
            panic!("the other one is not allowed")
        };
        assert_eq!(problems.len(), 1);
    }
    let both = options().allow(State::OutOfOrder).allow(State::Missing);
    assert_eq!(
        apply_with(&mut client, &merged, &both).await.unwrap(),
        ["2_b"]
    );
    assert_eq!(count(&client, HISTORY).await, 3);
}

#[test]
fn a_dry_run_prints_what_would_run_and_runs_nothing() {
    let database = database();
    let fixture = Fixture::with_url(&database.url())
        .migration("1_a", "CREATE TABLE a (id int);\n")
        .migration("2_b", "DROP INDEX CONCURRENTLY i;\nSELECT 2;\nSELECT 3;\n");
    let script = "-- 1_a\nBEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n\n\
                  -- 2_b, part 1 of 2\nDROP INDEX CONCURRENTLY i;\n\n\
                  -- 2_b, part 2 of 2\nBEGIN;\nSELECT 2;\nSELECT 3;\nCOMMIT;\n\n";
    // The second time says that the first one did nothing.
    for _ in 0..2 {
        fixture.run(&["migrate", "--dry-run"]).prints(script);
    }
    let outcome = fixture.run(&["migrate", "--dry-run", "--to", "1_a", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(value["migrations"][0]["id"], "1_a");
    assert_eq!(value["migrations"][0]["parts"][0]["transaction"], true);
    assert_eq!(value["migrations"].as_array().unwrap().len(), 1);
}

#[test]
fn bad_numbers_are_bad_arguments() {
    for arguments in [
        ["migrate", "--lock-timeout", "soon"],
        ["migrate", "--to", "abc"],
        ["migrate", "--allow", "diverged"],
    ] {
        let outcome = Fixture::new().run(&arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
    }
}
