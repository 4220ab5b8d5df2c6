//! The measurement: threads generate and compile, and this one has the server judge.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::channel,
    },
    thread,
};

use super::{case::Case, compile::Compiler, judge::Judge, report::Report, source::Source};

/// Schemas in one compile: the fixed cost of a compile is that of ten schemas.
const CHUNK: u64 = 200;

/// Tries so many schemas from a seed on: the seed of each is one more than that of the one before.
///
/// # Panics
///
/// When the compiler or the server cannot be used.
pub async fn measure(directory: &Path, seed: u64, count: u64) -> Report {
    let compiler = Arc::new(Compiler::new(directory));
    let judge = Judge::new().await;
    let mut report = Report::default();
    let (sender, receiver) = channel();
    let next = Arc::new(AtomicU64::new(0));
    let lanes = thread::available_parallelism().map_or(1, |cores| cores.get().min(4));
    for lane in 0..lanes {
        let (compiler, next, sender) = (compiler.clone(), next.clone(), sender.clone());
        thread::spawn(move || {
            loop {
                let from = next.fetch_add(CHUNK, Ordering::Relaxed);
                if from >= count {
                    break;
                }
                let seeds = seed + from..seed + count.min(from + CHUNK);
                let mut cases: Vec<Case> = seeds.map(Case::new).collect();
                compile(&compiler, &format!("{seed}-{lane}"), &mut cases);
                if sender.send(cases).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    for cases in receiver {
        for case in &cases {
            report.add(&judge, case).await;
        }
        report.progress(count);
    }
    assert_eq!(report.tried(), count, "a thread that compiles has ended");
    report.sort();
    report
}

/// Compiles until only what is without errors is left (an error of the macro hides those of constants), and runs that.
fn compile(compiler: &Compiler, name: &str, cases: &mut [Case]) {
    let mut left: Vec<usize> = (0..cases.len()).collect();
    loop {
        let sources: Vec<&Source> = left.iter().map(|case| &cases[*case].source).collect();
        match compiler.build(name, &sources) {
            Ok(printed) => {
                for (case, printed) in left.into_iter().zip(printed) {
                    cases[case].printed = Some(printed);
                }
                return;
            }
            Err(errors) => {
                for (case, errors) in left.iter().zip(errors) {
                    cases[*case].errors = errors;
                }
                left.retain(|case| cases[*case].errors.is_empty());
            }
        }
    }
}
