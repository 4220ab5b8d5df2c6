//! Rows of the messages table: the row mapper beside `row.get(i)` and beside the protocol alone.
//!
//! `cargo bench -p tests --bench row`

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

mod message;

const ROWS: i64 = 10_000;

fn rows(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime needs nothing that can be missing");
    let (_database, client) = runtime.block_on(tests::client());
    let statement = runtime.block_on(message::prepare(&client));
    let mut group = criterion.benchmark_group("messages");
    group.sample_size(20);
    group.throughput(Throughput::Elements(ROWS.unsigned_abs()));
    for (name, way) in message::Way::ALL {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| runtime.block_on(way.stream(&client, &statement, ROWS)));
        });
    }
    group.finish();
}

criterion_group!(benches, rows);
criterion_main!(benches);
