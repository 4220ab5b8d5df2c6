//! What reading, comparing and planning cost at 10, 1,000 and 10,000 tables, equal and with one table in a hundred
//! changed, beside `pg_dump --schema-only` in the same run; the memory it takes, and a whole `diff` between two small
//! databases.

#![expect(clippy::print_stdout, reason = "what it prints is its result")]

use std::{
    fs,
    hint::black_box,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use criterion::{BenchmarkId, Criterion};
use schema_core::{ddl, schema::Schema};
use schema_kit::{
    diff::{self, Diff, Renames},
    introspect::{self, Filter},
    plan::Plan,
};
use tests::{TestDatabase, database, dump, large};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::Client;

const SIZES: [usize; 3] = [10, 1_000, 10_000];

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    for size in SIZES {
        let schema = large::schema(size);
        let database = filled(&runtime, &schema);
        let mut client = runtime.block_on(database.connect()).expect("it connects");
        let live = read(&runtime, &mut client);
        let changed = large::changed(&live);
        compare(&mut criterion, size, &live, &changed);
        criterion.bench_with_input(BenchmarkId::new("introspect", size), &(), |bencher, ()| {
            bencher.iter(|| black_box(read(&runtime, &mut client)));
        });
        report(&runtime, &mut client, &database, (&live, &changed));
    }
    whole_command(&runtime);
    criterion.final_summary();
}

/// A database that holds a schema; its statistics are there, as in one that is in use.
fn filled(runtime: &Runtime, schema: &Schema) -> TestDatabase {
    let database = database();
    runtime.block_on(async {
        let client = database.connect().await.expect("it connects");
        for statements in ddl::create(schema).chunks(500) {
            let sql = statements.join(";\n");
            client
                .batch_execute(&sql)
                .await
                .expect("the server takes the schema");
        }
        client
            .batch_execute("VACUUM ANALYZE")
            .await
            .expect("it vacuums");
    });
    database
}

fn read(runtime: &Runtime, client: &mut Client) -> Schema {
    let found = runtime.block_on(introspect::read(client, &Filter::default()));
    found.expect("it can be read").schema
}

fn plan(previous: &Schema, next: &Schema) -> Plan {
    let renames = Renames::default();
    let aligned = diff::align(previous, next, &renames);
    let diff = Diff::between(&aligned, next);
    Plan::new(&diff, &aligned, next, &renames).expect("there are statements")
}

fn compare(criterion: &mut Criterion, size: usize, live: &Schema, changed: &Schema) {
    for (name, next) in [
        ("diff and plan, equal", live),
        ("diff and plan, 1 % changed", changed),
    ] {
        criterion.bench_with_input(BenchmarkId::new(name, size), &(), |bencher, ()| {
            bencher.iter(|| black_box(plan(live, next)));
        });
    }
    let empty = Schema::default();
    criterion.bench_with_input(
        BenchmarkId::new("diff and plan, all new", size),
        &(),
        |bencher, ()| {
            bencher.iter(|| black_box(plan(&empty, live)));
        },
    );
}

/// The least of three runs.
fn least(mut work: impl FnMut()) -> Duration {
    let runs = (0..3).map(|_| {
        let started = Instant::now();
        work();
        started.elapsed()
    });
    runs.min().unwrap_or_default()
}

/// Prints what the targets are about, side by side.
fn report(
    runtime: &Runtime,
    client: &mut Client,
    database: &TestDatabase,
    (live, changed): (&Schema, &Schema),
) {
    let introspection = least(|| drop(black_box(read(runtime, client))));
    let equal = least(|| drop(black_box(plan(live, live))));
    let planned = least(|| drop(black_box(plan(live, changed))));
    let dumped = least(|| drop(runtime.block_on(dump::dump(database, client))));
    println!(
        "{} tables: introspection {introspection:.1?} ({:.0} % of pg_dump's {dumped:.1?}); diff and plan {equal:.1?} equal, \
         {planned:.1?} with 1 % changed ({:.0} % of introspection); peak memory {} MB",
        live.tables.len(),
        100.0 * introspection.as_secs_f64() / dumped.as_secs_f64(),
        100.0 * planned.as_secs_f64() / introspection.as_secs_f64(),
        peak_megabytes(),
    );
}

/// The most memory this process has had so far, as Linux counts it.
fn peak_megabytes() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    kilobytes
        .and_then(|number| number.parse::<usize>().ok())
        .unwrap_or(0)
        / 1024
}

/// Prints how long a process takes that compares two small databases.
fn whole_command(runtime: &Runtime) {
    let schema = large::schema(12);
    let ends = [&schema, &large::changed(&schema)].map(|schema| filled(runtime, schema));
    let [from, to] = [ends[0].url(), ends[1].url()];
    let mut times: Vec<Duration> = (0..30)
        .map(|_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_fixture"));
            command.args(["diff", "--from", &from, "--to", &to, "--no-proof"]);
            let started = Instant::now();
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
            assert_eq!(status.expect("it starts").code(), Some(3));
            started.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "diff between two databases of 12 tables, whole process: least {:.1?}, median {:.1?}",
        times[0],
        times[times.len() / 2]
    );
}
