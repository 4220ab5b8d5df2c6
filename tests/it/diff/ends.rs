//! Each sort of end, and what two spellings of one fact are.

use schema_kit::{introspect, snapshot, testing::Template};
use tests::{database_from, dump};

use super::{COMPILED, between, diff, made};
use crate::fixture::Fixture;

/// Many ways to spell many facts, twice.
const SPELLED: [&str; 2] = [
    "CREATE TABLE t (id int8 PRIMARY KEY, at timestamptz DEFAULT CURRENT_TIMESTAMP, n decimal(5, 2) DEFAULT 0,
        kind varchar(10) DEFAULT 'a' CHECK (kind IN ('a', 'b')), CHECK (n BETWEEN 0 AND 9));
    CREATE INDEX t_kind_idx ON t (lower(kind)) WHERE kind IS NOT NULL AND n > 0;",
    "CREATE TABLE t (id bigint NOT NULL, at timestamp with time zone DEFAULT now(), n numeric(5,2) DEFAULT (0)::numeric,
        kind character varying(10) DEFAULT 'a'::character varying, CONSTRAINT t_pkey PRIMARY KEY (id),
        CONSTRAINT t_kind_check CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))),
        CONSTRAINT t_n_check CHECK (n >= 0 AND n <= 9));
    CREATE INDEX t_kind_idx ON t USING btree (lower((kind)::text)) WHERE ((kind IS NOT NULL) AND (n > (0)::numeric));",
];

#[test]
fn two_spellings_of_one_fact_are_equal() {
    between(SPELLED[0], SPELLED[1], &[]).prints("");
    between(SPELLED[1], SPELLED[0], &[]).prints("");
}

#[test]
fn every_sort_of_end_can_be_compared_with_every_other() {
    let database = made(COMPILED);
    let fixture = Fixture::with_url(&database.url())
        .file("file.sql", COMPILED)
        .file(
            "parts/1/users.sql",
            "CREATE TABLE users (id bigint CONSTRAINT users_pkey PRIMARY KEY);",
        )
        .file(
            "parts/2/name.sql",
            "ALTER TABLE users ADD name text NOT NULL;",
        )
        .file("parts/2/name.down.sql", "no SQL")
        .migration(
            "9_users",
            "CREATE TABLE users (id bigint CONSTRAINT users_pkey PRIMARY KEY);",
        )
        .migration("10_name", "ALTER TABLE users ADD name text NOT NULL;")
        .file("snapshot.json", snapshot_of_users());
    let url = database.url();
    let ends = [
        &url,
        "file.sql",
        "parts",
        "migrations",
        "snapshot.json",
        "compiled",
    ];
    for (at, from) in ends.iter().enumerate() {
        for to in &ends[at..] {
            diff(&fixture, &["--from", from, "--to", to]).prints("");
        }
    }
}

/// A snapshot of what the fixture's compiled schema makes.
fn snapshot_of_users() -> String {
    let database = made(COMPILED);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let mut client = database.connect().await.unwrap();
        let found = introspect::read(&mut client, &introspect::Filter::default()).await;
        snapshot::render(&found.unwrap().schema)
    })
}

#[test]
fn a_dump_is_read_with_its_commands_its_roles_and_without_its_rows() {
    let dump = "\\restrict abc'\nSET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);
\\set ON_ERROR_STOP on
CREATE TABLE public.users (id bigint NOT NULL, name text NOT NULL);
COPY public.users (id, name) FROM stdin;
1\tit's; \\N
\\.

ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
\\unrestrict abc'\n";
    let fixture = Fixture::new().file("dump.sql", dump);
    diff(&fixture, &["--from", "dump.sql"]).prints("");
}

#[test]
fn without_a_server_named_there_is_one() {
    let owned =
        format!("{COMPILED} ALTER TABLE users OWNER TO nobody_there; CREATE ROLE kit_made;");
    let fixture = Fixture::new().file("a.sql", owned);
    fixture.run(&["diff", "--from", "a.sql"]).prints("");
    // The role is there now.
    fixture.run(&["diff", "--from", "a.sql"]).prints("");
}

#[test]
fn without_any_server_texts_are_compared_as_they_are() {
    let fixture = Fixture::new()
        .env("PG_BIN", "no-such-directory")
        .file("snapshot.json", snapshot_of_users())
        .file("a.sql", "");
    let outcome = fixture.run(&["diff", "--from", "snapshot.json"]);
    outcome.prints("");
    assert!(
        outcome
            .stderr
            .contains("note: `snapshot.json` is compared as it is written"),
        "{outcome:?}"
    );
    let sql = fixture.run(&["diff", "--from", "a.sql"]);
    assert!(
        sql.stderr
            .starts_with("error: PG_BIN is `no-such-directory`"),
        "{sql:?}"
    );
}

#[tokio::test]
async fn two_databases_need_no_scratch_server() {
    let (one, other) = (
        made(COMPILED),
        made("CREATE TABLE users (id bigint PRIMARY KEY);"),
    );
    let fixture = Fixture::new().env("PG_BIN", "no-such-directory");
    let outcome = fixture.run(&[
        "diff",
        "--no-online",
        "--from",
        &one.url(),
        "--to",
        &other.url(),
    ]);
    super::assert_differs(
        &outcome,
        "-- hazard: deletes-data\nALTER TABLE users DROP COLUMN name;",
    );
    assert!(
        outcome
            .stderr
            .contains("note: the SQL was not tried, since there is no scratch server"),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn the_dump_of_a_database_equals_it() {
    let sql = SPELLED[0];
    let database = database_from(&Template::new(sql));
    let dumped = dump::dump(&database, &database.connect().await.unwrap()).await;
    let fixture = Fixture::new().file("dump.sql", dumped);
    diff(&fixture, &["--from", &database.url(), "--to", "dump.sql"]).prints("");
}

#[test]
fn scratch_databases_are_dropped() {
    let name = "schema_kit_scratch";
    between("CREATE TABLE t ();", "CREATE TABLE u ();", &[]);
    between("", "CREATE nothing;", &[]);
    let database = made("");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let left: Vec<String> = runtime.unwrap().block_on(async {
        let client = database.connect().await.unwrap();
        let sql = format!("SELECT datname::text FROM pg_database WHERE datname LIKE '{name}%'");
        let rows = client.query(&sql, &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    });
    // Those of tests that run at the same time are of other processes, which are still there.
    let is_over = |name: &&String| {
        let pid = name.split('_').nth(3).unwrap();
        !std::path::Path::new("/proc").join(pid).exists()
    };
    assert_eq!(left.iter().filter(is_over).count(), 0, "{left:?}");
}
