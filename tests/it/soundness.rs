//! Soundness: if a schema compiles, PostgreSQL accepts it; if PostgreSQL would refuse it, it does not compile.
//!
//! `SOUNDNESS=10000 cargo test -p tests --test it soundness -- --nocapture` tries so many schemas; `SOUNDNESS_SEED` is
//! where they begin.

use std::{env, path::Path};

use tests::soundness::measure::measure;

#[tokio::test]
async fn what_compiles_is_accepted_and_what_is_refused_says_why() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().unwrap());
    let (seed, count) = (
        number("SOUNDNESS_SEED").unwrap_or(1),
        number("SOUNDNESS").unwrap_or(100),
    );
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("soundness");
    let report = measure(&directory, seed, count).await;
    eprintln!("seed {seed}: {report}");
    assert!(
        report.findings.is_empty(),
        "{} findings, seed {seed}",
        report.findings.len()
    );
}
