//! The rules of the house that neither rustc nor clippy knows, over every file of the workspace.
//!
//! Each rule is a function from a file to its problems, and is shown a violation of itself before it is believed.

mod layers;
mod rules;
mod source;

use self::source::Source;

/// A rule: what is wrong with a file, one line each.
type Rule = fn(&Source) -> Vec<String>;

fn check(rule: Rule) {
    let sources = source::all();
    assert!(sources.len() > 100, "the workspace was not found");
    let problems: Vec<String> = sources.iter().flat_map(rule).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// A rule finds exactly one problem in a file that breaks it.
fn sees(rule: Rule, path: &str, text: &str) {
    let problems = rule(&Source::new(path, text));
    assert_eq!(problems.len(), 1, "{path}: {problems:?}");
}

#[test]
fn every_file_says_first_what_it_holds() {
    sees(
        rules::module_docs,
        "schema-core/src/x.rs",
        "use std::fmt;\n",
    );
    check(rules::module_docs);
}

#[test]
fn files_and_functions_are_short() {
    sees(rules::lengths, "schema-kit/src/x.rs", &"\n".repeat(501));
    let long = format!(
        "impl X {{\n    fn long() {{\n{}    }}\n}}\n",
        "\n".repeat(80)
    );
    sees(rules::lengths, "tests/it/x.rs", &long);
    check(rules::lengths);
}

#[test]
fn words_that_put_work_off_stand_nowhere() {
    for word in rules::BANNED {
        sees(rules::banned_words, "tests/src/x.rs", word);
    }
    check(rules::banned_words);
}

#[test]
fn tests_do_not_sleep() {
    let sleep = concat!("fn x() {\n    thread::", "sleep(pause);\n}\n");
    sees(rules::sleeps, "tests/it/x.rs", sleep);
    sees(
        rules::sleeps,
        "schema-kit/src/x.rs",
        &format!("#[cfg(test)]\n{sleep}"),
    );
    check(rules::sleeps);
}

#[test]
fn nothing_outside_tests_unwraps() {
    sees(
        rules::unwraps,
        "schema-core/src/x.rs",
        "fn x() {\n    y().unwrap();\n}\n",
    );
    check(rules::unwraps);
}

#[test]
fn no_file_names_a_registry_or_a_place_on_one_machine() {
    for host in rules::REGISTRIES {
        sees(rules::places, "README.md", host);
    }
    for directory in rules::MACHINE_PATHS {
        sees(
            rules::places,
            "Cargo.toml",
            &format!("path = \"{directory}x\""),
        );
    }
    check(rules::places);
}

#[test]
fn the_client_library_is_used_where_the_database_is_reached() {
    let text = "use tokio_postgres::Client;\n";
    sees(rules::client_library, "schema-core/src/ddl/table.rs", text);
    sees(rules::client_library, "schema-derive/src/x.rs", text);
    check(rules::client_library);
}

#[test]
fn sql_text_is_made_in_few_places() {
    let text = "    client.execute(\"DELETE FROM users\")\n";
    sees(rules::sql_text, "schema-core/src/row/x.rs", text);
    sees(rules::sql_text, "schema-kit/src/cli/x.rs", text);
    check(rules::sql_text);
}

#[test]
fn the_derive_depends_on_its_tokens_alone() {
    for word in ["std::fs::read(", "std::env::var(", "SystemTime::now("] {
        sees(rules::derive_inputs, "schema-derive/src/x.rs", word);
    }
    check(rules::derive_inputs);
}

#[test]
fn crates_depend_on_those_below_them() {
    let manifest = |crate_name: &str| format!("[dependencies]\n{crate_name}.workspace = true\n");
    sees(
        rules::crates,
        "schema-derive/Cargo.toml",
        &manifest("schema-core"),
    );
    sees(
        rules::crates,
        "schema-core/Cargo.toml",
        &manifest("schema-kit"),
    );
    check(rules::crates);
}

#[test]
fn modules_use_those_below_them() {
    for (path, text) in [
        ("schema-core/src/def/x.rs", "use crate::ddl;\n"),
        ("schema-core/src/row/x.rs", "use crate::{Error, Table};\n"),
        (
            "schema-core/src/ty.rs",
            "use crate::{\n    error::{Error, RowError},\n    json::{read, write},\n};\n",
        ),
        (
            "schema-kit/src/server/x.rs",
            "fn x() -> crate::cli::Kit {}\n",
        ),
        ("schema-derive/src/ast.rs", "use crate::attr::Attribute;\n"),
        ("schema-derive/src/new.rs", "use std::fmt;\n"),
    ] {
        sees(layers::modules, path, text);
    }
    check(layers::modules);
}
