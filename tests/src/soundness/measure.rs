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

use super::{
    case::{Case, Change},
    compile::Compiler,
    judge::Judge,
    report::Report,
    source::Source,
};

/// How many judge at once: a judgement is hundreds of short requests, and nearly all of its time is waiting for their answers.
const JUDGES: usize = 4;

/// Schemas in one compile: the fixed cost of a compile is that of ten schemas.
const CHUNK: u64 = 200;

/// Tries so many schemas from a seed on: the seed of each is one more than that of the one before.
///
/// # Panics
///
/// When the compiler or the server cannot be used.
pub async fn measure(directory: &Path, seed: u64, count: u64) -> Report {
    let compiler = Arc::new(Compiler::new(directory));
    let mut judges = Vec::new();
    for _ in 0..JUDGES {
        judges.push(Judge::new().await);
    }
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
        let share = |at: usize| judged(&judges[at], cases.iter().skip(at).step_by(JUDGES));
        let (one, two, three, four) = tokio::join!(share(0), share(1), share(2), share(3));
        for judged in [one, two, three, four] {
            report.merge(judged);
        }
        report.progress(count);
    }
    assert_eq!(report.tried(), count, "a thread that compiles has ended");
    report.sort();
    report
}

/// What comes out of some cases.
async fn judged(judge: &Judge, cases: impl Iterator<Item = &Case>) -> Report {
    let mut report = Report::default();
    for case in cases {
        report.add(judge, case).await;
    }
    report
}

/// Compiles until only what is without errors is left, and runs that. What is most likely wrong is checked by itself
/// before: a crate is compiled again as often as errors hide others, and only the last time is it to be linked.
fn compile(compiler: &Compiler, name: &str, cases: &mut [Case]) {
    let all = 0..cases.len();
    let (mut left, changed): (Vec<usize>, Vec<usize>) =
        all.partition(|case| matches!(cases[*case].change, Change::None));
    let texts: Vec<&str> = changed
        .iter()
        .map(|case| cases[*case].source.text.as_str())
        .collect();
    let found = compiler.check(name, &texts);
    for (case, errors) in changed.into_iter().zip(found) {
        if errors.is_empty() {
            left.push(case);
        }
        cases[case].errors = errors;
    }
    while !left.is_empty() {
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
