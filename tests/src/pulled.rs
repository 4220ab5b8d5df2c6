//! Compiles what `pull` wrote of many databases as one crate, with all warnings as errors, and asks each for its DDL.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use schema_kit::pull::{Options, Source};

use crate::soundness::{
    compile::{Compiler, Printed, run},
    program::SHOW,
};

/// The options with which a source becomes the module of this number.
#[must_use]
pub fn options(number: usize) -> Options {
    Options {
        module: format!("crate::m{number:02}"),
        root: format!("m{number:02}.rs"),
        ..Options::default()
    }
}

/// Writes sources as the modules of one crate below a directory; returns its root.
///
/// # Panics
///
/// When a file cannot be written.
#[must_use]
pub fn write(directory: &Path, sources: &[Source]) -> PathBuf {
    let _ = fs::remove_dir_all(directory);
    fs::create_dir_all(directory).expect("the directory can be made");
    let mut root = "//! Pulled databases.\n#![deny(warnings)]\n#![allow(dead_code)]\n\n".to_owned();
    let mut modules: Vec<String> = (0..sources.len())
        .map(|at| format!("pub mod m{at:02};\n"))
        .collect();
    modules.sort_by_key(String::len);
    root.push_str(&modules.concat());
    for (number, source) in sources.iter().enumerate() {
        for (at, file) in source.files.iter().enumerate() {
            let folder = if at == 0 {
                String::new()
            } else {
                format!("m{number:02}/")
            };
            let path = directory.join(format!("{folder}{}", file.path));
            let parent = path.parent().expect("the file lies in a directory");
            fs::create_dir_all(parent).expect("the directory can be made");
            fs::write(path, &file.text).expect("the file can be written");
        }
    }
    let shown: String = (0..sources.len())
        .map(|at| format!("    show(&m{at:02}::SCHEMA);\n"))
        .collect();
    root.push_str(&format!("\nfn main() {{\n{shown}}}\n{SHOW}"));
    let path = directory.join("main.rs");
    fs::write(&path, root).expect("the root can be written");
    path
}

/// Builds and runs a crate; returns the DDL of each module.
///
/// # Panics
///
/// When the compiler has anything to say.
#[must_use]
pub fn build(compiler: &Compiler, root: &Path) -> Vec<Printed> {
    succeed(compiler.command("rustc", root, "link"));
    run(&root.with_extension("out"))
}

/// Asks clippy and rustfmt.
///
/// # Panics
///
/// When one of them has anything to say.
pub fn lint(compiler: &Compiler, root: &Path) {
    let mut clippy = compiler.command("clippy-driver", root, "metadata");
    clippy.args(["-W", "clippy::all", "-D", "warnings"]);
    succeed(clippy);
    let mut rustfmt = Command::new("rustfmt");
    let config = "max_width=100,use_small_heuristics=Default";
    rustfmt
        .args(["--edition", "2024", "--check", "--config", config])
        .arg(root);
    succeed(rustfmt);
}

fn succeed(mut command: Command) {
    let output = command.output().expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let rendered: Vec<String> = errors.lines().map(rendered).collect();
    let shown: String = rendered.concat().chars().take(20_000).collect();
    let differences: String = String::from_utf8_lossy(&output.stdout)
        .chars()
        .take(20_000)
        .collect();
    assert!(
        output.status.success(),
        "{:?}:\n{shown}{differences}",
        command.get_program()
    );
}

/// A line of the compiler's messages as a user reads it.
fn rendered(line: &str) -> String {
    let message: Option<serde_json::Value> = serde_json::from_str(line).ok();
    let text = message
        .as_ref()
        .and_then(|message| message["rendered"].as_str());
    text.map_or_else(|| format!("{line}\n"), str::to_owned)
}
