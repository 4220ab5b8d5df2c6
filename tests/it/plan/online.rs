//! Plans for tables in use: each reaches the next schema, says what each statement does, and none that takes long keeps
//! others waiting.

use schema_core::schema::Schema;
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, TableSize},
    plan::{HazardKind, Plan, PlanOptions, Report, Work},
    testing::Template,
};
use tests::database_from;

use super::{
    comparable,
    live::{made, read},
    run_plan,
};

const USERS: &str = "CREATE TABLE users (id bigint, name text, age int, team bigint);
    CREATE TABLE teams (id bigint PRIMARY KEY, name text);
    INSERT INTO teams SELECT n, 'team' FROM generate_series(1, 10) n;
    INSERT INTO users SELECT n, 'user' || n, n, 1 + n % 10 FROM generate_series(1, 100) n;";

const EVENTS: &str = "CREATE TABLE events (id bigint, day date NOT NULL, team bigint) PARTITION BY RANGE (day);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
    CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01') PARTITION BY HASH (id);
    CREATE TABLE events_2_0 PARTITION OF events_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE events_2_1 PARTITION OF events_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    CREATE TABLE teams (id bigint PRIMARY KEY);
    INSERT INTO teams VALUES (1);
    INSERT INTO events SELECT n, date '2026-01-01' + n, 1 FROM generate_series(1, 50) n;";

/// The plan from a database to what it is after some statements, for tables in use; it and its way back are tried.
async fn changed(base: &str, change: &str) -> Plan {
    let changed = format!("{base}\n{change}");
    let (previous, next) = (made(base).await, made(&changed).await);
    let options = PlanOptions::online();
    assert_reaches(base, &previous, &next).await;
    assert_reaches(&changed, &next, &previous).await;
    let (diff, renames) = (Diff::between(&previous, &next), Renames::default());
    Plan::with_options(&diff, &previous, &next, &renames, &options).unwrap()
}

/// Plans for tables in use from a database to another schema, and holds what is there afterwards against that.
async fn assert_reaches(sql: &str, previous: &Schema, next: &Schema) {
    let database = database_from(&Template::new(sql));
    let mut client = database.connect().await.unwrap();
    let (diff, renames) = (Diff::between(previous, next), Renames::default());
    let plan = Plan::with_options(&diff, previous, next, &renames, &PlanOptions::online()).unwrap();
    let script = plan.script();
    run_plan(&client, &plan, &script).await;
    let live = read(&mut client).await;
    assert!(Diff::between(&live, next).is_empty(), "{script}");
    let text = |schema: &Schema| format!("{:#?}", comparable(schema.clone()));
    assert_eq!(text(&live), text(next), "{script}");
}

/// The dangers of a plan that keep others waiting for longer than a moment.
fn blocking(plan: &Plan) -> Vec<String> {
    let hazards = plan.statements.iter().flat_map(|it| &it.hazards);
    let blocking = hazards.filter(|hazard| {
        matches!(
            hazard.kind,
            HazardKind::BlocksReads | HazardKind::BlocksWrites | HazardKind::RewritesTable
        )
    });
    blocking.map(ToString::to_string).collect()
}

async fn assert_blocks_nobody(base: &str, changes: &[&str]) {
    for change in changes {
        let plan = changed(base, change).await;
        assert_eq!(blocking(&plan), [""; 0], "{}", plan.script());
    }
}

#[tokio::test]
async fn indexes_and_constraints_of_a_table_in_use_keep_nobody_waiting() {
    assert_blocks_nobody(
        USERS,
        &[
            "CREATE INDEX by_name ON users (lower(name)) INCLUDE (age) WHERE age > 3;
             CREATE UNIQUE INDEX by_id ON users (id DESC) WITH (fillfactor = 70);",
            "ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 0); COMMENT ON CONSTRAINT grown ON users IS 'of age';",
            "ALTER TABLE users ADD CONSTRAINT in_team FOREIGN KEY (team) REFERENCES teams (id) ON DELETE CASCADE;",
            "ALTER TABLE users ADD CONSTRAINT one UNIQUE (name, id) DEFERRABLE, ADD CONSTRAINT two UNIQUE (id) INCLUDE (age);",
            "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
             ALTER TABLE users ADD CONSTRAINT self FOREIGN KEY (age) REFERENCES users (id) NOT VALID;",
            "ALTER TABLE users ALTER name SET NOT NULL, ALTER age SET NOT NULL, ALTER age SET DEFAULT 3;",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_takes_the_place_of_an_index_or_key_is_built_before_that_goes() {
    let base = format!(
        "{USERS} CREATE INDEX by_name ON users (name);
        ALTER TABLE users ADD CONSTRAINT one UNIQUE (id), ADD CONSTRAINT users_pkey PRIMARY KEY (id);
        CREATE INDEX gone ON users (age);"
    );
    let plan = changed(
        &base,
        "DROP INDEX by_name, gone; CREATE INDEX by_name ON users (name, id); CREATE INDEX by_age ON users (age, id);
        ALTER TABLE users DROP CONSTRAINT one, DROP CONSTRAINT users_pkey;
        ALTER TABLE users ADD CONSTRAINT one UNIQUE (id, age), ADD CONSTRAINT other_pkey PRIMARY KEY (id, name);",
    )
    .await;
    assert_eq!(blocking(&plan), [""; 0], "{}", plan.script());
    let place = |start: &str| {
        let mut statements = plan.statements.iter();
        let place = statements.position(|it| it.sql.starts_with(start));
        place.unwrap_or_else(|| panic!("no {start} in\n{}", plan.script()))
    };
    let built = place("CREATE INDEX CONCURRENTLY IF NOT EXISTS by_name ON");
    assert!(place("ALTER INDEX by_name RENAME") < built);
    assert!(built < place("DROP INDEX CONCURRENTLY IF EXISTS by_name_old"));
    let built = place("CREATE INDEX CONCURRENTLY IF NOT EXISTS by_age");
    assert!(built < place("DROP INDEX CONCURRENTLY IF EXISTS gone"));
    place("ALTER TABLE users DROP CONSTRAINT one, ADD CONSTRAINT one UNIQUE USING INDEX");
    place(
        "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD CONSTRAINT other_pkey PRIMARY KEY USING INDEX",
    );
}

#[tokio::test]
async fn new_columns_of_a_table_in_use_keep_nobody_waiting() {
    assert_blocks_nobody(
        USERS,
        &[
            "ALTER TABLE users ADD a int NOT NULL DEFAULT 3, ADD b timestamptz NOT NULL DEFAULT now(), ADD c text;",
            "ALTER TABLE users ADD a uuid DEFAULT gen_random_uuid(), ADD b float NOT NULL DEFAULT random();",
            "ALTER TABLE users ADD a bigint DEFAULT 1 CONSTRAINT in_team REFERENCES teams (id);",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_column_that_rows_need_a_value_for_has_it_before_it_forbids_null() {
    let (base, next) = (
        USERS.to_owned(),
        format!("{USERS} ALTER TABLE users ADD a float NOT NULL DEFAULT random();"),
    );
    let (previous, next) = (made(&base).await, made(&next).await);
    let (diff, renames) = (Diff::between(&previous, &next), Renames::default());
    let options = PlanOptions::online();
    let plan = Plan::with_options(&diff, &previous, &next, &renames, &options).unwrap();
    let database = database_from(&Template::new(base));
    let client = database.connect().await.unwrap();
    client.batch_execute(&plan.script()).await.unwrap();
    let row = client
        .query_one("SELECT count(DISTINCT a) FROM users", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), 100, "{}", plan.script());
}

#[tokio::test]
async fn partitions_get_indexes_and_keys_one_by_one() {
    assert_blocks_nobody(
        EVENTS,
        &[
            "CREATE INDEX by_team ON events (team) INCLUDE (day); CREATE INDEX by_team_down ON events (team DESC);",
            "ALTER TABLE events ADD CONSTRAINT one UNIQUE (id, day);",
            "ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (day, id);
             CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');",
            "ALTER TABLE events ADD CONSTRAINT in_team FOREIGN KEY (team) REFERENCES teams (id);",
            "ALTER TABLE events ADD CONSTRAINT positive CHECK (team > 0), ALTER team SET NOT NULL;",
            "DROP TABLE events_2; CREATE INDEX by_team ON events (team);",
        ],
    )
    .await;
}

#[tokio::test]
async fn an_index_of_a_partitioned_table_is_what_the_server_makes_at_once() {
    let change = "CREATE INDEX by_team ON events (team) INCLUDE (day); CREATE INDEX ON events (lower(team::text));
        ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (day, id), ADD CONSTRAINT one UNIQUE (id, day);
        ALTER TABLE events ADD CONSTRAINT in_team FOREIGN KEY (team) REFERENCES teams (id);";
    let plan = changed(EVENTS, change).await;
    let planned = database_from(&Template::new(EVENTS));
    let client = planned.connect().await.unwrap();
    for statement in &plan.statements {
        client.batch_execute(&statement.sql).await.unwrap();
    }
    let fresh = database_from(&Template::new(format!("{EVENTS} {change}")));
    let fresh_client = fresh.connect().await.unwrap();
    let (planned, fresh) = (
        tests::dump::dump(&planned, &client).await,
        tests::dump::dump(&fresh, &fresh_client).await,
    );
    let sorted = |text: &str| {
        let mut statements: Vec<_> = text
            .split(";\n")
            .map(str::trim)
            .map(str::to_owned)
            .collect();
        statements.sort();
        statements
    };
    assert_eq!(sorted(&planned), sorted(&fresh));
}

#[tokio::test]
async fn long_names_that_are_cut_to_one_do_not_collide() {
    let long = "a_name_of_a_column_that_is_so_long_that_it_is_cut";
    let base = format!("CREATE TABLE t ({long}_one int, {long}_two int);");
    let change = format!(
        "ALTER TABLE t ALTER {long}_one SET NOT NULL; ALTER TABLE t ALTER {long}_two SET NOT NULL;"
    );
    assert_blocks_nobody(&base, &[&change]).await;
}

#[tokio::test]
async fn a_default_is_of_the_new_type_though_a_key_of_the_old_one_goes_late() {
    let base = "CREATE TABLE t (day timestamptz CONSTRAINT one UNIQUE);";
    let change = "ALTER TABLE t DROP CONSTRAINT one; ALTER TABLE t ALTER day TYPE date;
        ALTER TABLE t ALTER day SET DEFAULT '2026-01-07';";
    changed(base, change).await;
    let base = "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (mood mood CONSTRAINT one UNIQUE);";
    let change = "DROP TABLE t; DROP TYPE mood; CREATE TYPE mood AS ENUM ('glad', 'sad');
        CREATE TABLE t (mood mood DEFAULT 'glad');";
    changed(base, change).await;
}

#[tokio::test]
async fn an_index_that_was_left_invalid_is_dropped_and_built_anew() {
    let broken = format!(
        "{USERS} CREATE UNIQUE INDEX by_team ON users (id);
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_team'::regclass;"
    );
    let whole = format!("{USERS} CREATE UNIQUE INDEX by_team ON users (id);");
    let (previous, next) = (made(&broken).await, made(&whole).await);
    let (diff, renames) = (Diff::between(&previous, &next), Renames::default());
    let options = PlanOptions::online();
    let plan = Plan::with_options(&diff, &previous, &next, &renames, &options).unwrap();
    let statements: Vec<&str> = plan.statements.iter().map(|it| it.sql.as_str()).collect();
    let expected = [
        "DROP INDEX CONCURRENTLY IF EXISTS by_team",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS by_team ON users (id)",
    ];
    assert_eq!(statements, expected);
    let left = plan.statements[1].leaves_invalid.as_ref().unwrap();
    assert_eq!(left.name, "by_team");
}

#[tokio::test]
async fn what_has_no_way_that_blocks_nobody_says_so() {
    for (change, kind) in [
        (
            "ALTER TABLE users ALTER age TYPE bigint;",
            HazardKind::RewritesTable,
        ),
        (
            "ALTER TABLE users ADD n int GENERATED ALWAYS AS IDENTITY;",
            HazardKind::RewritesTable,
        ),
        (
            "ALTER TABLE users ADD n int GENERATED ALWAYS AS (age + 1) STORED;",
            HazardKind::RewritesTable,
        ),
        (
            "ALTER TABLE users ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =);",
            HazardKind::BlocksReads,
        ),
    ] {
        let plan = changed(USERS, change).await;
        let mut hazards = plan.statements.iter().flat_map(|it| &it.hazards);
        assert!(
            hazards.any(|hazard| hazard.kind == kind),
            "{}",
            plan.script()
        );
    }
}

#[tokio::test]
async fn tables_that_a_plan_creates_are_not_in_use() {
    let plan = changed("", USERS).await;
    assert!(
        plan.statements
            .iter()
            .all(|it| it.transactional && it.effects.is_empty())
    );
}

#[tokio::test]
async fn a_part_locks_one_table_and_goes_through_rows_alone() {
    let plan = changed(
        USERS,
        "ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 0), ALTER age SET DEFAULT 1, ADD c int;
        CREATE INDEX by_name ON users (name); ALTER TABLE teams ALTER name SET DEFAULT 'none', ADD d int;",
    )
    .await;
    for part in plan.parts() {
        let works = |statement: &schema_kit::plan::Statement| {
            statement.effects.iter().any(|it| it.work != Work::Nothing)
        };
        assert!(part.statements.len() == 1 || !part.statements.iter().any(works));
        let effects = part.statements.iter().flat_map(|it| &it.effects);
        let mut tables: Vec<_> = effects.map(|effect| &effect.table).collect();
        tables.dedup();
        assert!(tables.len() <= 1, "{tables:?}");
    }
    let script = plan.script();
    assert!(
        script.starts_with("SET lock_timeout = '3s';\nSET statement_timeout = '30s';\nBEGIN;\n"),
        "{script}"
    );
    assert!(
        script.ends_with("\nRESET lock_timeout;\nRESET statement_timeout;\n"),
        "{script}"
    );
}

#[tokio::test]
async fn a_report_shows_locks_and_sizes() {
    let database = database_from(&Template::new(format!("{USERS} ANALYZE users;")));
    let client = database.connect().await.unwrap();
    let plan = changed(
        USERS,
        "ALTER TABLE users ALTER age TYPE bigint; CREATE INDEX by_id ON users (id);",
    )
    .await;
    let renames = Renames::default();
    let sizes = introspect::sizes(&client, &plan.tables(&renames))
        .await
        .unwrap();
    let users = sizes.values().next().unwrap();
    assert_eq!(*users, TableSize::new(Some(100), users.bytes));
    assert!(users.bytes >= 8192, "{users:?}");
    let report = Report::new(&plan, &renames, sizes);
    let text = report.text();
    assert!(
        text.contains("users: ACCESS EXCLUSIVE, writes about 100 rows anew, "),
        "{text}"
    );
    assert!(
        text.contains("users: SHARE UPDATE EXCLUSIVE, reads about 100 rows, "),
        "{text}"
    );
    let json = report.json();
    let table = &json["statements"][0]["tables"][0];
    assert_eq!(
        (&table["name"], &table["rows"]),
        (&"users".into(), &100.into()),
        "{json}"
    );
}
