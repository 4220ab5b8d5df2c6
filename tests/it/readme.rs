//! The README's commands and code: what it tells a new user to do is done here.

use std::{fs, path::Path, process::Command};

use crate::fixture::Fixture;

const README: &str = include_str!("../../README.md");

const WORKFLOW: &str = include_str!("../../schema-kit/github-actions.yml");

/// The fenced blocks of the README in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let starts = README.match_indices(&fence);
    let bodies = starts.filter_map(|(at, fence)| README[at + fence.len()..].split("```").next());
    bodies.collect()
}

#[test]
fn the_commands_for_this_repository_are_run_by_ci() {
    let ci = include_str!("../../.ci/run");
    let commands: Vec<&str> = blocks("sh").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        assert!(ci.lines().any(|line| line == command), "{command}");
    }
}

/// The commands of the workflow for GitHub Actions.
fn steps() -> Vec<&'static str> {
    let lines = WORKFLOW.lines().map(str::trim);
    lines
        .filter_map(|line| line.strip_prefix("- run: "))
        .collect()
}

#[test]
fn the_workflow_is_the_one_that_check_tells() {
    assert_eq!(blocks("yaml"), [WORKFLOW]);
    assert_eq!(steps().len(), 3);
    let help = Fixture::new().run(&["check", "--help"]);
    assert!(help.stdout.contains(WORKFLOW.trim_end()), "{help:?}");
}

#[test]
fn a_crate_of_ones_own_works_as_it_says() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    let [dependencies] = blocks("toml")[..] else {
        panic!("one manifest")
    };
    let [main] = blocks("rust,no_run,main")[..] else {
        panic!("one main.rs")
    };
    let [commands] = blocks("sh,own")[..] else {
        panic!("one list of commands")
    };
    let patched = ["schema-core", "schema-kit"]
        .map(|name| format!("{name} = {{ path = {:?} }}\n", workspace.join(name)));
    let manifest = format!(
        "[package]\nname = \"blog\"\nedition = \"2024\"\n\n{dependencies}\n[workspace]\n\n\
         [patch.crates-io]\n{}",
        patched.concat()
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(
        workspace.join("Cargo.lock"),
        folder.path().join("Cargo.lock"),
    )
    .unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/main.rs"), main).unwrap();
    // What the tests were built with serves here too, where features and profile are the same.
    let target = workspace.join("target");
    // What the workflow does in CI is done before the server goes.
    let mut commands: Vec<&str> = commands.lines().collect();
    let stop = commands.pop().unwrap();
    commands.extend(steps());
    commands.push(stop);
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        let output = Command::new(words[0])
            .args(&words[1..])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env_remove("DATABASE_URL")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{command}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
