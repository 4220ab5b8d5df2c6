//! What a snowflake id costs, beside a bare reading of the clock and a bare atomic add.
//!
//! `cargo bench -p tests --bench snowflake`; a word behind `--` selects, as in `-- burst`.
//!
//! All figures are wall time over the ids of all threads. A generator stops at 4,096 ids in a
//! millisecond, so there are two ways to measure one:
//! - `burst`: on the real clock, half a millisecond's ids at a time, the wait for the next
//!   millisecond not timed; one thread.
//! - `1`, `2`, `4` threads: on a clock that is read in full, but turns to the next millisecond as
//!   soon as the ids are used up.

use std::{
    hint::{self, black_box},
    sync::{
        Barrier, Mutex,
        atomic::{
            AtomicI64, AtomicU64,
            Ordering::{AcqRel, Relaxed},
        },
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use schema_core::snowflake::{Clock, Snowflake, SnowflakeGenerator, SystemClock, TickingClock};

/// The ids of one timed burst, half of what a millisecond has.
const BURST: u64 = 2048;

/// Reads the clock it wraps and forgets what it read; its own time moves when a generator waits.
struct Endless<C> {
    clock: C,
    unix_ms: AtomicI64,
}

impl<C: Clock> Endless<C> {
    fn over(clock: C) -> Self {
        let unix_ms = AtomicI64::new(clock.unix_ms());
        Self { clock, unix_ms }
    }
}

impl<C: Clock> Clock for Endless<C> {
    #[inline]
    fn unix_ms(&self) -> i64 {
        black_box(self.clock.unix_ms());
        self.unix_ms.load(Relaxed)
    }

    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        black_box(self.clock.recent_unix_ms());
        self.unix_ms.load(Relaxed)
    }

    #[inline]
    fn pace_nanos(&self) -> Option<u64> {
        self.clock.pace_nanos()
    }

    fn wait(&self, reading: i64) {
        // A failure means that another thread turned the millisecond.
        let _ = self
            .unix_ms
            .compare_exchange(reading, reading + 1, AcqRel, Relaxed);
    }
}

/// The time from the first thread's start to the last one's end, for `count` calls in all.
fn time_threads(threads: u64, count: u64, call: impl Fn() + Sync) -> Duration {
    let barrier = Barrier::new(threads as usize);
    let span = Mutex::new(None::<(Instant, Instant)>);
    thread::scope(|scope| {
        for number in 0..threads {
            let share = count / threads + u64::from(number < count % threads);
            let (barrier, span, call) = (&barrier, &span, &call);
            scope.spawn(move || {
                barrier.wait();
                let start = Instant::now();
                for _ in 0..share {
                    call();
                }
                let end = Instant::now();
                let mut span = span
                    .lock()
                    .expect("no thread panics while it holds the lock");
                let (first, last) = span.unwrap_or((start, end));
                *span = Some((first.min(start), last.max(end)));
            });
        }
    });
    let span = span
        .into_inner()
        .expect("no thread panics while it holds the lock");
    span.map_or(Duration::ZERO, |(first, last)| last - first)
}

/// The time of `count` calls, without the waits for a millisecond that has not given any ids.
fn time_bursts(count: u64, call: impl Fn()) -> Duration {
    let mut total = Duration::ZERO;
    let mut left = count;
    while left > 0 {
        let burst = left.min(BURST);
        let reading = SystemClock.unix_ms();
        while SystemClock.unix_ms() == reading {
            hint::spin_loop();
        }
        let start = Instant::now();
        for _ in 0..burst {
            call();
        }
        total += start.elapsed();
        left -= burst;
    }
    total
}

fn threads(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("snowflake");
    for threads in [1, 2, 4] {
        group.bench_function(BenchmarkId::new("atomic_add", threads), |bencher| {
            let word = AtomicU64::new(0);
            bencher.iter_custom(|count| {
                time_threads(threads, count, || {
                    black_box(word.fetch_add(1, Relaxed));
                })
            });
        });
        group.bench_function(BenchmarkId::new("clock", threads), |bencher| {
            bencher.iter_custom(|count| {
                time_threads(threads, count, || {
                    black_box(SystemTime::now());
                })
            });
        });
        group.bench_function(BenchmarkId::new("system", threads), |bencher| {
            let ids = SnowflakeGenerator::default().with_clock(Endless::over(SystemClock));
            bencher.iter_custom(|count| {
                time_threads(threads, count, || {
                    black_box(ids.generate().map_or(0, Snowflake::get));
                })
            });
        });
        group.bench_function(BenchmarkId::new("ticking", threads), |bencher| {
            let ids = SnowflakeGenerator::default().with_clock(Endless::over(TickingClock));
            bencher.iter_custom(|count| {
                time_threads(threads, count, || {
                    black_box(ids.generate().map_or(0, Snowflake::get));
                })
            });
        });
    }
    group.finish();
}

fn bursts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("snowflake");
    group.bench_function("atomic_add/burst", |bencher| {
        let word = AtomicU64::new(0);
        bencher.iter_custom(|count| {
            time_bursts(count, || {
                black_box(word.fetch_add(1, Relaxed));
            })
        });
    });
    group.bench_function("clock/burst", |bencher| {
        bencher.iter_custom(|count| {
            time_bursts(count, || {
                black_box(SystemTime::now());
            })
        });
    });
    group.bench_function("system/burst", |bencher| {
        let ids = SnowflakeGenerator::default();
        bencher.iter_custom(|count| {
            time_bursts(count, || {
                black_box(ids.generate().map_or(0, Snowflake::get));
            })
        });
    });
    group.bench_function("ticking/burst", |bencher| {
        let ids = SnowflakeGenerator::default().with_clock(TickingClock);
        bencher.iter_custom(|count| {
            time_bursts(count, || {
                black_box(ids.generate().map_or(0, Snowflake::get));
            })
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = threads, bursts
}
criterion_main!(benches);
