//! Many threads on one generator, and many generators at once.

use std::{
    sync::atomic::{
        AtomicBool, AtomicI64,
        Ordering::{Acquire, Relaxed, Release},
    },
    thread,
};

use schema_core::snowflake::{Clock, Snowflake, SnowflakeGenerator, TickingClock};

use super::{Manual, assert_increasing, generator, take};

/// Takes ids on several threads at once; each thread's own must increase.
fn take_on_threads<C: Clock>(
    ids: &SnowflakeGenerator<C>,
    threads: usize,
    count: usize,
) -> Vec<Snowflake> {
    thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|_| scope.spawn(move || take(ids, count)))
            .collect();
        let taken = handles.into_iter().map(|handle| handle.join().unwrap());
        taken
            .inspect(|ids| assert_increasing(ids))
            .flatten()
            .collect()
    })
}

fn assert_unique(mut ids: Vec<Snowflake>) {
    ids.sort_unstable();
    assert_increasing(&ids);
}

#[test]
fn eight_threads_make_two_million_different_ids() {
    let ids = generator(Manual::at(1));
    let taken = take_on_threads(&ids, 8, 250_000);
    assert_eq!(taken.len(), 2_000_000);
    assert_unique(taken);
}

#[test]
fn threads_leave_no_gap_in_a_used_up_millisecond() {
    let ids = generator(Manual::at(1));
    let mut taken = take_on_threads(&ids, 8, 4096);
    taken.sort_unstable();
    for (number, id) in (0..).zip(taken) {
        assert_eq!(id.timestamp_ms(), 1 + number / 4096);
        assert_eq!(i64::from(id.sequence()), number % 4096);
    }
}

#[test]
fn an_id_asked_for_after_another_was_returned_is_larger_on_any_thread() {
    let ids = generator(Manual::at(1));
    let returned = AtomicI64::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100_000 {
                    let before = returned.load(Acquire);
                    let id = ids.generate().unwrap().get();
                    assert!(id > before, "{id} came after {before}");
                    returned.fetch_max(id, Release);
                }
            });
        }
    });
}

#[test]
fn ids_stay_different_and_in_order_while_the_clock_jumps_about() {
    let clock = Manual::at(10_000);
    let ids = generator(&clock);
    let done = AtomicBool::new(false);
    let taken = thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = 1_u64;
            while !done.load(Relaxed) {
                random = random
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                clock.set((random >> 50) as i64);
            }
        });
        let taken = take_on_threads(&ids, 4, 100_000);
        done.store(true, Relaxed);
        taken
    });
    assert_unique(taken);
}

#[test]
fn generators_of_other_workers_or_processes_never_make_the_same_id() {
    let clock = Manual::at(1);
    let mut taken = Vec::new();
    for worker in [0, 1, 31] {
        for process in [0, 1, 31] {
            clock.set(1);
            let ids = SnowflakeGenerator::new(worker, process)
                .unwrap()
                .with_clock(&clock);
            taken.extend(take(&ids, 10_000));
        }
    }
    assert_unique(taken);
}

#[test]
fn threads_on_the_ticking_clock_make_different_ids() {
    let ids = generator(TickingClock);
    assert_unique(take_on_threads(&ids, 4, 10_000));
}

#[test]
fn the_programs_generator_makes_different_ids_on_all_threads() {
    let taken: Vec<_> = thread::scope(|scope| {
        let take = || {
            (0..5_000)
                .map(|_| schema_core::generate_id())
                .collect::<Vec<_>>()
        };
        let handles: Vec<_> = (0..4).map(|_| scope.spawn(take)).collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().unwrap())
            .collect()
    });
    assert_unique(taken);
}
