//! Expansions compared with files, formatted: `tests/expand/<name>.rs` becomes `tests/expand/<name>.expected.rs`.
//!
//! With `UPDATE_EXPECTED` set, the files are written instead; read them before they are committed.

use std::{fs, path::PathBuf};

use syn::DeriveInput;

use crate::{expand, pipeline};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/expand")
}

/// The formatted expansion of a table or view.
fn expansion(name: &str) -> String {
    let source = fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap();
    let input: DeriveInput = syn::parse_str(&source).unwrap();
    let is_view = input
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("view"));
    let tokens = if is_view {
        pipeline::view(&input, expand::view)
    } else {
        pipeline::table(&input, expand::table)
    };
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn assert_expected(name: &str) {
    let expected = folder().join(format!("{name}.expected.rs"));
    let found = expansion(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&expected).unwrap());
}

#[test]
fn a_table_expands_as_expected() {
    assert_expected("message");
}

#[test]
fn a_table_of_rarer_words_expands_as_expected() {
    assert_expected("wide");
}

#[test]
fn a_view_expands_as_expected() {
    assert_expected("view");
}

/// Lines of constant data are those of the statics and of `NAME`, which say nothing but what the user said.
#[test]
fn a_table_of_8_columns_has_at_most_75_lines_beside_its_data() {
    let mut in_data = false;
    let mut lines = 0;
    for line in expansion("message").lines() {
        in_data |= line.starts_with("    static ") || line.starts_with("        const NAME:");
        lines += usize::from(!in_data);
        in_data &= !(line.ends_with(';') && line.len() - line.trim_start().len() <= 8);
    }
    assert!(lines <= 75, "{lines} lines");
}
