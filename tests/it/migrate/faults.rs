//! Runners that are killed, servers that crash, connections that are cut: afterwards `migrate` reaches the same end.
//!
//! A proxy between the two strikes at one request of the runner: before it reaches the server, while the server is at
//! work on it, or before the answer comes back. The suite takes some of these places, `FAULTS=300` all of them and so many
//! random moments more, with `FAULTS_SEED` those of another run.

use std::{
    env,
    io::Read as _,
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    thread,
};

use schema_kit::{
    server::{StopMode, Throwaway},
    testing::{Template, TestDatabase, TestServer},
};
use tests::{
    proxy::{Fault, Moment, Proxy},
    random::Random,
};

use super::count;
use crate::fixture::Fixture;

/// What is done at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// The connection is cut, and the runner gets an error.
    Cut,
    /// The runner is killed.
    Kill,
    /// The server stops at once, as if it had crashed.
    Crash,
}

#[derive(Debug, Clone, Copy)]
struct Round {
    blow: Blow,
    request: usize,
    moment: Moment,
    /// How much of the statement passes first, by no clock.
    delay: u64,
}

/// Each statement leaves a trace that tells how often it ran. The last migrations are what `generate` writes for tables in
/// use.
fn project() -> Fixture {
    let fixture = Fixture::new().env("FIXTURE_SCHEMA", "teams: id; users: id, name?, team?+");
    fixture.generates(&[]);
    let fill = fixture.generates(&["--custom", "--name", "fill"]);
    let fixture = fixture.env(
        "FIXTURE_SCHEMA",
        "teams: id; users: id, name!, team?, lead@teams?+; posts: id, author@users",
    );
    fixture.generates(&[]);
    fixture
        .migration(
            &fill,
            "INSERT INTO teams VALUES (1);\nINSERT INTO users SELECT n, n, 'team' FROM generate_series(1, 1000) AS n;\n",
        )
        .migration(
            "1_tables",
            "CREATE TABLE runs (statement text);\nCREATE TYPE mood AS ENUM ('sad');\n\
             CREATE TABLE moods (mood mood);\nCREATE TABLE many AS SELECT generate_series(1, 20000) AS n;\n\
             CREATE INDEX old ON many (n);\nCREATE TABLE p (n int) PARTITION BY LIST (n);\n\
             CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\nINSERT INTO runs VALUES ('1');\n",
        )
        .migration(
            "2_mixed",
            "INSERT INTO runs VALUES ('2a');\nCREATE UNIQUE INDEX CONCURRENTLY new ON many (n);\n\
             INSERT INTO runs VALUES ('2b');\nALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;\n\
             DROP INDEX CONCURRENTLY old;\nREINDEX INDEX CONCURRENTLY new;\nALTER TYPE mood ADD VALUE 'glad';\n\
             INSERT INTO moods VALUES ('glad');\n",
        )
        .migration(
            "3_last",
            "INSERT INTO runs VALUES ('3');\nALTER TABLE many ADD COLUMN m int DEFAULT 7;\n",
        )
}

/// One row of one column for each thing that is as it should be at the end.
const END: [&str; 8] = [
    "SELECT count(*) FROM (SELECT string_agg(statement, ' ' ORDER BY statement) AS all FROM runs) AS r \
     WHERE r.all = '1 2a 2b 3'",
    "SELECT count(*) FROM moods WHERE mood = 'glad'",
    "SELECT count(*) FROM (SELECT string_agg(relname || indisvalid, ' ') AS all FROM pg_index \
     JOIN pg_class AS c ON c.oid = indexrelid WHERE indrelid = 'many'::regclass) AS i WHERE i.all = 'newtrue'",
    "SELECT count(*) FROM (SELECT string_agg(relname || indisvalid, ' ' ORDER BY relname) AS all FROM pg_index \
     JOIN pg_class AS c ON c.oid = indexrelid WHERE indrelid = 'users'::regclass) AS i \
     WHERE i.all = 'users_lead_idxtrue users_name_keytrue users_pkeytrue'",
    "SELECT count(*) / 1000 FROM users WHERE lead IS NULL AND EXISTS (SELECT FROM pg_attribute \
     WHERE attrelid = 'users'::regclass AND attname = 'name' AND attnotnull) \
     AND (SELECT bool_and(convalidated) AND count(*) FILTER (WHERE contype = 'c') = 0 FROM pg_constraint \
     WHERE conrelid IN ('users'::regclass, 'posts'::regclass))",
    "SELECT 1 - count(*) FROM pg_inherits",
    "SELECT count(*) / 20000 FROM many WHERE m = 7",
    "SELECT count(*) / 6 FROM schema_kit.history WHERE finished_at IS NOT NULL AND step_before IS NULL \
     AND steps_done = cardinality(steps)",
];

struct Arena {
    server: TestServer,
    project: Fixture,
}

impl Arena {
    /// A server of the test's own, whose commits are on the disk.
    fn new() -> Self {
        let server = TestServer::new(Throwaway::start().unwrap()).unwrap();
        Self {
            server,
            project: project(),
        }
    }

    /// Strikes once and migrates again; whether the runner was struck.
    async fn survive(&self, round: Round) -> bool {
        let database = self.server.database(&Template::empty()).unwrap();
        let is_struck = self.strike(&database, round);
        if round.blow == Blow::Crash {
            self.server.server().restart().unwrap();
        }
        let url = database.url();
        let outcome = self.project.run(&["--database-url", &url, "migrate"]);
        assert_eq!(outcome.code, Some(0), "{round:?}: {outcome:?}");
        let client = database.connect().await.unwrap();
        for sql in END {
            assert_eq!(
                count(&client, sql).await,
                1,
                "{round:?}: {sql}\n{outcome:?}"
            );
        }
        is_struck
    }

    fn strike(&self, database: &TestDatabase, round: Round) -> bool {
        let runner: Arc<Mutex<Option<Child>>> = Arc::default();
        let (victim, server) = (Arc::clone(&runner), self.server.clone());
        let (ready, is_ready) = std::sync::mpsc::channel();
        let action = move || {
            for _ in 0..round.delay {
                thread::yield_now();
            }
            match round.blow {
                Blow::Cut => {}
                Blow::Kill => {
                    is_ready.recv().unwrap();
                    victim.lock().unwrap().as_mut().unwrap().kill().unwrap();
                }
                Blow::Crash => server.server().stop(StopMode::Immediate).unwrap(),
            }
        };
        let fault = Fault {
            request: round.request,
            moment: round.moment,
            action: Box::new(action),
        };
        let proxy = Proxy::start(database.connection(), Some(fault));
        let mut command = self
            .project
            .command(&["--database-url", proxy.url(), "migrate"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        *runner.lock().unwrap() = Some(child);
        // A proxy that has not struck may be gone already.
        let _ = ready.send(());
        stdout.read_to_end(&mut Vec::new()).unwrap();
        let mut child = runner.lock().unwrap().take().unwrap();
        !child.wait().unwrap().success()
    }

    /// Strikes at every so many requests, until a run comes through.
    async fn sweep(&self, blow: Blow, step: usize) -> usize {
        let moments = [Moment::BeforeRequest, Moment::During, Moment::BeforeAnswer];
        let mut rounds = 0;
        for request in (0..).step_by(step) {
            let moments = match step {
                1 => &moments[..],
                _ => std::slice::from_ref(&moments[request % 3]),
            };
            for moment in moments {
                let round = Round {
                    blow,
                    request,
                    moment: *moment,
                    delay: 0,
                };
                rounds += 1;
                // A runner that has all its answers is not struck; only its last request may be cut in vain.
                if !self.survive(round).await && request > 120 {
                    return rounds;
                }
            }
        }
        rounds
    }
}

fn long() -> Option<u64> {
    env::var("FAULTS").ok().and_then(|count| count.parse().ok())
}

async fn test(blow: Blow, step: usize) {
    let arena = Arena::new();
    let step = if long().is_some() { 1 } else { step };
    let swept = arena.sweep(blow, step).await;
    assert!(swept >= 5, "only {swept} rounds");
    let seed = env::var("FAULTS_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(1);
    let mut random = Random::new(seed);
    for _ in 0..long().unwrap_or(2) {
        let round = Round {
            blow,
            request: random.below(170),
            moment: Moment::During,
            delay: random.below(20_000) as u64,
        };
        arena.survive(round).await;
    }
    eprintln!(
        "{blow:?}: {swept} places and {} random moments, seed {seed}",
        long().unwrap_or(2)
    );
}

#[tokio::test]
async fn a_cut_connection_loses_and_repeats_nothing() {
    test(Blow::Cut, 16).await;
}

#[tokio::test]
async fn a_killed_runner_loses_and_repeats_nothing() {
    test(Blow::Kill, 16).await;
}

#[tokio::test]
async fn a_crashed_server_loses_and_repeats_nothing() {
    test(Blow::Crash, 25).await;
}
