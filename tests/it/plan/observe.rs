//! What a statement does to tables, as the server has it: the locks its transaction holds, the tables it read from end to
//! end and the ones it wrote anew.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::QualifiedName;
use schema_kit::plan::{Effect, LockMode, Statement, Work};
use tokio_postgres::Client;

/// Tables, partitions and materialized views of users.
const TABLES: &str = "SELECT c.oid, n.nspname::text, c.relname::text, c.relkind = 'p'
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/// The file and the number of scans of each table, as the transaction sees them.
const STATE: &str = "SELECT oid, pg_relation_filenode(oid), pg_stat_get_xact_numscans(oid)
    FROM unnest($1::oid[]) AS oid";

const LOCKS: &str = "SELECT relation, mode FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted AND relation = ANY ($1)";

/// The tables that were there before a plan.
pub(super) struct Observer {
    there: BTreeSet<u32>,
}

/// A table's file, where it has one, and how often it was read from end to end.
type State = BTreeMap<u32, (Option<u32>, i64)>;

impl Observer {
    pub(super) async fn new(client: &Client) -> Self {
        // Checks of foreign keys are queries, which could read an index instead.
        let set = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off";
        client.batch_execute(set).await.unwrap();
        let rows = client.query(TABLES, &[]).await.unwrap();
        Self {
            there: rows.iter().map(|row| row.get(0)).collect(),
        }
    }

    /// Runs a statement as a plan's reader would, and tells how what it does differs from what it says.
    pub(super) async fn run(
        &self,
        client: &Client,
        statement: &Statement,
        context: &str,
    ) -> Vec<String> {
        let failed = |error: tokio_postgres::Error| -> () {
            panic!("{context}: {error:?}\n{}", statement.sql)
        };
        if !statement.transactional {
            let sent = client.batch_execute(&statement.sql).await;
            sent.unwrap_or_else(failed);
            return Vec::new();
        }
        client.batch_execute("BEGIN").await.unwrap();
        let names = self.names(client).await;
        let before = self.state(client).await;
        let sent = client.batch_execute(&statement.sql).await;
        sent.unwrap_or_else(failed);
        let locks = self.locks(client).await;
        let after = self.state(client).await;
        client.batch_execute("COMMIT").await.unwrap();
        let mut problems = Vec::new();
        for (oid, (name, divided)) in &names {
            let (was, is) = (before[oid], after[oid]);
            let is_rewritten = was.0 != is.0 && is.0.is_some() && !divided;
            let work = match (is_rewritten, is.1 > was.1 && !divided) {
                (true, _) => Work::Rewrite,
                (false, true) => Work::Scan,
                (false, false) => Work::Nothing,
            };
            let said = statement.effects.iter().find(|it| it.table == *name);
            problems.extend(unlike(name, locks.get(oid).copied(), work, said));
        }
        problems
            .iter()
            .map(|problem| format!("{problem}: {}", statement.sql))
            .collect()
    }

    async fn names(&self, client: &Client) -> BTreeMap<u32, (QualifiedName, bool)> {
        let rows = client.query(TABLES, &[]).await.unwrap();
        let names = rows.iter().map(|row| {
            let name = QualifiedName::new(row.get::<_, String>(1), row.get::<_, String>(2));
            (row.get(0), (name, row.get(3)))
        });
        names.filter(|(oid, _)| self.there.contains(oid)).collect()
    }

    async fn state(&self, client: &Client) -> State {
        let there: Vec<u32> = self.there.iter().copied().collect();
        let rows = client.query(STATE, &[&there]).await.unwrap();
        let state = rows
            .iter()
            .map(|row| (row.get(0), (row.get(1), row.get(2))));
        state.collect()
    }

    /// The strongest lock of each table, those of queries left out.
    async fn locks(&self, client: &Client) -> BTreeMap<u32, LockMode> {
        let there: Vec<u32> = self.there.iter().copied().collect();
        let rows = client.query(LOCKS, &[&there]).await.unwrap();
        let mut locks = BTreeMap::new();
        for row in rows {
            let mode = mode(row.get(1));
            let known = locks.entry(row.get(0)).or_insert(mode);
            *known = mode.max(*known);
        }
        locks.retain(|_, mode| *mode > LockMode::AccessShare);
        locks
    }
}

pub(super) fn mode(name: &str) -> LockMode {
    match name {
        "AccessShareLock" => LockMode::AccessShare,
        "RowShareLock" => LockMode::RowShare,
        "RowExclusiveLock" => LockMode::RowExclusive,
        "ShareUpdateExclusiveLock" => LockMode::ShareUpdateExclusive,
        "ShareLock" => LockMode::Share,
        "ShareRowExclusiveLock" => LockMode::ShareRowExclusive,
        "ExclusiveLock" => LockMode::Exclusive,
        "AccessExclusiveLock" => LockMode::AccessExclusive,
        other => panic!("a lock mode of {other}"),
    }
}

/// How what the server did to a table differs from what the statement says.
fn unlike(
    name: &QualifiedName,
    lock: Option<LockMode>,
    work: Work,
    said: Option<&Effect>,
) -> Option<String> {
    let Some(said) = said else {
        let lock = lock?;
        return Some(format!(
            "{name} gets {lock}, {}, and nothing is said",
            work.as_str()
        ));
    };
    // What a foreign key references is looked up in its index or, where that is as quick, read.
    let is_looked_up = said.work == Work::Nothing
        && matches!(said.lock, LockMode::RowShare | LockMode::ShareRowExclusive);
    let same_work = said.work == work || (is_looked_up && work == Work::Scan);
    let same_lock =
        lock == Some(said.lock) || (lock.is_none() && said.lock == LockMode::AccessShare);
    (!same_work || !same_lock).then(|| {
        let lock = lock.map_or("no lock".to_owned(), |lock| lock.to_string());
        let (work, said_work) = (work.as_str(), said.work.as_str());
        format!(
            "{name} gets {lock}, {work}, and {}, {said_work} is said",
            said.lock
        )
    })
}
