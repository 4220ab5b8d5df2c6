//! What a mistake gets: each case in `ui/<kind>/<mistake>.rs` fails to compile with exactly the messages beside it.
//!
//! A `.stderr` file holds the wording of one compiler. On any other, what is ours in it is compared alone: the text of
//! each message from its code on, and the place it points to.

mod ours;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use tests::soundness::compile::Compiler;

use self::ours::{Message, in_diagnostics, in_stderr};

/// The compiler whose wording the `.stderr` files hold.
const WRITTEN_WITH: &str = "rustc 1.95.";

/// The version of the compiler the cases are tried on.
fn version() -> String {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Set where this binary runs once more, as a test of the package `cases`.
const IN_CASES: &str = "UI_IN_CASES";

/// `trybuild` builds what the package depends on that it runs in, so it runs in one that has few dependencies.
#[test]
fn every_mistake_gets_its_message_in_the_wording_of_one_compiler() {
    if !version().starts_with(WRITTEN_WITH) {
        return;
    }
    if env::var_os(IN_CASES).is_some() {
        trybuild::TestCases::new().compile_fail("ui/*/*.rs");
        return;
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let name = "ui::every_mistake_gets_its_message_in_the_wording_of_one_compiler";
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .current_dir(&package)
        .env("CARGO_MANIFEST_DIR", &package)
        .env(IN_CASES, "1")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[test]
fn every_mistake_gets_our_text_at_its_place_on_every_compiler() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    let cases = ours::cases();
    assert!(cases.len() > 200, "the cases were not found");
    let sources: Vec<String> = cases
        .iter()
        .map(|case| fs::read_to_string(case).unwrap())
        .collect();
    let modules: Vec<&str> = sources.iter().map(String::as_str).collect();
    let found = Compiler::new(&directory).check("check", &modules);
    let mut problems = Vec::new();
    for (case, found) in cases.iter().zip(&found) {
        let written = fs::read_to_string(case.with_extension("stderr")).unwrap();
        let (written, found) = (in_stderr(&written), in_diagnostics(found));
        if written != found {
            let lines = |messages: &[Message]| -> String {
                let lines = messages.iter().map(|message| format!("  {message:?}\n"));
                lines.collect()
            };
            problems.push(format!(
                "{}\n expected\n{} found\n{}",
                case.display(),
                lines(&written),
                lines(&found)
            ));
        }
    }
    assert!(
        problems.is_empty(),
        "{} of {} cases, {}:\n{}",
        problems.len(),
        cases.len(),
        version(),
        problems.join("\n")
    );
}

#[test]
fn every_case_has_its_messages_and_all_messages_have_their_case() {
    let cases = ours::cases();
    let messages: Vec<PathBuf> = ours::files("stderr");
    let cases: Vec<PathBuf> = cases
        .iter()
        .map(|case| case.with_extension("stderr"))
        .collect();
    assert_eq!(cases, messages);
}

/// The programs are linked with what the tests are: `trybuild` would build all of that once more.
#[test]
fn tables_compile_under_strict_lints_and_among_names_that_stand_in_the_way() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui-pass");
    let compiler = Compiler::new(&directory);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui-pass");
    let programs = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut count = 0;
    for program in programs {
        let name = program.file_stem().unwrap().to_str().unwrap();
        if let Err(said) = compiler.run(name, &program) {
            panic!("{}:\n{said}", program.display());
        }
        count += 1;
    }
    assert!(count >= 5, "the programs were not found");
}
