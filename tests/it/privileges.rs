//! Who may do what: read on request, carried into plans, kept where something is made again.

use std::{fs, process::Command};

use schema_core::{ddl, schema::Schema};
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter, Introspection},
    plan::{HazardKind, Plan, PlanOptions},
    snapshot,
    testing::Template,
};
use tests::{TestDatabase, database_from};
use tokio_postgres::Client;

/// Roles are the server's, and other tests make them too.
const ROLES: &str = "DO $$ DECLARE role text; BEGIN
    FOREACH role IN ARRAY ARRAY['reader', 'Writer'] LOOP
        BEGIN EXECUTE format('CREATE ROLE %I', role); EXCEPTION WHEN duplicate_object OR unique_violation THEN END;
    END LOOP;
END $$;";

const OBJECTS: &str =
    "CREATE SCHEMA audit; CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE DOMAIN age AS int;
    CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nick text, mood mood);
    CREATE TABLE audit.logs (id int, at date) PARTITION BY RANGE (at);
    CREATE TABLE audit.logs_1 PARTITION OF audit.logs DEFAULT;
    CREATE SEQUENCE numbers; CREATE VIEW nicks AS SELECT nick FROM users;
    CREATE MATERIALIZED VIEW moods AS SELECT mood FROM users;
    CREATE FUNCTION two(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 2';
    CREATE PROCEDURE run() LANGUAGE sql AS 'SELECT 2';
    CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);";

const GRANTS: &str = "GRANT USAGE ON SCHEMA audit TO reader, PUBLIC; GRANT CREATE ON SCHEMA public TO \"Writer\";
    GRANT SELECT, INSERT ON users TO reader; GRANT SELECT ON users TO PUBLIC;
    GRANT UPDATE ON users TO \"Writer\" WITH GRANT OPTION;
    GRANT UPDATE (nick), SELECT (nick, id) ON users TO reader;
    GRANT SELECT ON audit.logs, audit.logs_1 TO reader; GRANT USAGE, SELECT ON SEQUENCE numbers TO \"Writer\";
    GRANT USAGE ON SEQUENCE users_id_seq TO reader; GRANT SELECT ON nicks, moods TO reader;
    REVOKE EXECUTE ON FUNCTION two(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION two(int) TO reader;
    GRANT EXECUTE ON PROCEDURE run() TO \"Writer\"; GRANT EXECUTE ON FUNCTION total(int) TO \"Writer\";
    REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON TYPE mood TO reader; GRANT USAGE ON DOMAIN age TO \"Writer\";";

async fn read(client: &mut Client) -> Introspection {
    let filter = Filter {
        privileges: true,
        ..Filter::default()
    };
    introspect::read(client, &filter).await.unwrap()
}

async fn made(sql: &str) -> (TestDatabase, Client, Schema) {
    let database = database_from(&Template::new(format!("{ROLES} {sql}")));
    let mut client = database.connect().await.unwrap();
    let schema = read(&mut client).await.schema;
    (database, client, schema)
}

fn plan(previous: &Schema, next: &Schema, hints: &[&str], options: &PlanOptions) -> Plan {
    let renames = Renames::from_hints(hints, previous).unwrap();
    let renamed = renames.apply(previous);
    let diff = Diff::between(&renamed, next);
    Plan::with_options(&diff, &renamed, next, &renames, options).unwrap()
}

fn grants(schema: &Schema) -> Vec<String> {
    let objects = &schema.privileges.as_ref().unwrap().objects;
    objects.iter().map(|it| format!("{it:?}")).collect()
}

/// Runs the plan from one database to another, and holds the privileges of both against each other.
async fn assert_reaches(from: &str, to: &str, hints: &[&str]) -> Plan {
    let (_next, _, next) = made(to).await;
    let mut last = None;
    for options in [PlanOptions::default(), PlanOptions::online()] {
        let (_database, mut client, previous) = made(from).await;
        let plan = plan(&previous, &next, hints, &options);
        for statement in &plan.statements {
            let run = client.batch_execute(&statement.sql).await;
            run.unwrap_or_else(|error| panic!("{error:?}\n{}", plan.script()));
        }
        let live = read(&mut client).await.schema;
        assert_eq!(grants(&live), grants(&next), "{}", plan.script());
        assert!(Diff::between(&live, &next).is_empty(), "{}", plan.script());
        last = Some(plan);
    }
    last.unwrap()
}

#[tokio::test]
async fn privileges_are_read_on_request_alone_and_make_the_same_again() {
    let (_database, mut client, schema) = made(&format!("{OBJECTS} {GRANTS}")).await;
    let filter = Filter::default();
    let silent = introspect::read(&mut client, &filter).await.unwrap().schema;
    assert_eq!(silent.privileges, None);
    // Ten objects of OBJECTS, the identity's sequence, three columns' two and a partition.
    assert_eq!(grants(&schema).len(), 16, "{:#?}", grants(&schema));
    let (_copy, mut copy, _) = made("").await;
    for statement in ddl::create(&schema) {
        copy.batch_execute(&statement).await.unwrap();
    }
    let again = read(&mut copy).await.schema;
    assert_eq!(grants(&again), grants(&schema));
    assert_eq!(snapshot::parse(&snapshot::render(&schema)).unwrap(), schema);
}

#[tokio::test]
async fn what_owners_gave_up_and_default_privileges_are_listed() {
    let sql = "CREATE TABLE users (id int); REVOKE DELETE ON users FROM CURRENT_USER;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;";
    let (_database, mut client, _) = made(sql).await;
    let unknown = read(&mut client).await.unknown;
    let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    assert_eq!(
        unknown,
        [
            "default acl for role postgres in schema public on tables",
            "privilege on table users that its owner gave up: DELETE",
        ]
    );
}

#[tokio::test]
async fn privileges_come_and_go_both_ways() {
    let granted = format!("{OBJECTS} {GRANTS}");
    assert_reaches(OBJECTS, &granted, &[]).await;
    let plan = assert_reaches(&granted, OBJECTS, &[]).await;
    let mut hazards = plan.statements.iter().flat_map(|it| &it.hazards);
    assert!(hazards.any(|it| it.kind == HazardKind::BreaksClients));
    assert_reaches("", &granted, &[]).await;
    assert_reaches(&granted, "", &[]).await;
    let less = format!(
        "{granted} REVOKE GRANT OPTION FOR UPDATE ON users FROM \"Writer\"; REVOKE SELECT (id) ON users FROM reader;"
    );
    assert_reaches(&granted, &less, &[]).await;
    assert_reaches(&less, &granted, &[]).await;
    let renamed = format!(
        "{granted} ALTER TABLE users RENAME nick TO name; ALTER TABLE users RENAME TO people;"
    );
    assert_reaches(&granted, &renamed, &["users=people", "users.nick=name"]).await;
}

#[tokio::test]
async fn what_is_made_again_keeps_its_privileges() {
    let base = format!("{OBJECTS} {GRANTS}");
    for change in [
        "DROP VIEW nicks; CREATE VIEW nicks AS SELECT id, nick FROM users; GRANT SELECT ON nicks TO reader;",
        "DROP MATERIALIZED VIEW moods; CREATE MATERIALIZED VIEW moods AS SELECT mood, id FROM users; GRANT SELECT ON moods TO reader;",
        "DROP FUNCTION two; CREATE FUNCTION two(a int DEFAULT 1) RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint';
            REVOKE EXECUTE ON FUNCTION two(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION two(int) TO reader;",
        "DROP MATERIALIZED VIEW moods; ALTER TABLE users ALTER mood TYPE text; DROP TYPE mood; CREATE TYPE mood AS ENUM ('bad');
            ALTER TABLE users ALTER mood TYPE mood USING mood::mood; CREATE MATERIALIZED VIEW moods AS SELECT mood FROM users;
            GRANT SELECT ON moods TO reader; REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON TYPE mood TO reader;",
    ] {
        let plan = assert_reaches(&base, &format!("{base} {change}"), &[]).await;
        let hazards = || plan.statements.iter().flat_map(|it| &it.hazards);
        assert!(!hazards().any(|it| it.kind == HazardKind::LosesPrivileges));
        // Where the next schema says nothing, what there was comes back.
        let (_database, mut client, previous) = made(&base).await;
        let (_other, _, mut next) = made(&format!("{base} {change}")).await;
        let expected = grants(&next);
        next.privileges = None;
        let plan = self::plan(&previous, &next, &[], &PlanOptions::default());
        for statement in &plan.statements {
            client.batch_execute(&statement.sql).await.unwrap();
        }
        assert_eq!(grants(&read(&mut client).await.schema), expected, "{}", plan.script());
        // Where nothing is known of the privileges, they are lost, and that is said.
        let unknown = Schema { privileges: None, ..previous };
        let plan = self::plan(&unknown, &next, &[], &PlanOptions::default());
        let lost = plan.statements.iter().flat_map(|it| &it.hazards);
        let lost = lost.filter(|it| it.kind == HazardKind::LosesPrivileges);
        assert!(lost.count() > 0 || change.contains("TYPE"), "{}", plan.script());
    }
}

#[test]
fn diff_compares_privileges_on_request_and_proves_the_plan() {
    let granted = database_from(&Template::new(format!("{ROLES} {OBJECTS} {GRANTS}")));
    let plain = database_from(&Template::new(format!("{ROLES} {OBJECTS}")));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("next.sql");
    fs::write(&file, format!("{OBJECTS} {GRANTS}")).unwrap();
    let diff = |from: &str, to: &str, more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_fixture"))
            .args([
                "diff",
                "--from",
                from,
                "--to",
                to,
                "--scratch-url",
                &plain.url(),
            ])
            .args(more)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let (code, out, err) = diff(&plain.url(), &granted.url(), &[]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    let (code, out, err) = diff(&plain.url(), &granted.url(), &["--privileges"]);
    assert_eq!(code, Some(3), "{err}");
    assert!(
        out.contains("GRANT INSERT, SELECT ON TABLE users TO reader"),
        "{out}"
    );
    let file = file.to_str().unwrap();
    let (code, out, err) = diff(&granted.url(), file, &["--privileges"]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
}

#[tokio::test]
async fn a_role_that_the_scratch_server_lacks_is_named() {
    let (database, _, schema) = made(&format!("{OBJECTS} GRANT SELECT ON users TO reader;")).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("next.json");
    let text = snapshot::render(&schema).replace("\"reader\"", "\"absent\"");
    fs::write(&file, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fixture"))
        .args(["diff", "--privileges", "--from", &database.url(), "--to"])
        .arg(&file)
        .args(["--scratch-url", &database.url()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty());
    let message = "error: the scratch server has no role `absent`, which has privileges in the schema\n  \
        help: make the role there, name the server the database is on with `--scratch-url`";
    assert!(said.starts_with(message), "{said}");
}
