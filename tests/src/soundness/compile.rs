//! Compiles many schemas at once: a module each, in one crate, with the compiler the tests were built by.
//!
//! The crate links what cargo has built for this package's tests, so that nothing is built but the schemas.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use super::{
    program::{OWN, SHOW, SHOW_QUERIES},
    source::Source,
};

/// The crates that schemas name.
const CRATES: [&str; 11] = [
    "schema_core",
    "bitflags",
    "chrono",
    "cidr",
    "eui48",
    "jiff",
    "rust_decimal",
    "serde_json",
    "time",
    "tokio_postgres",
    "uuid",
];

/// A compiler with the crates it links.
#[derive(Debug)]
pub struct Compiler {
    libraries: BTreeMap<String, PathBuf>,
    directory: PathBuf,
}

/// What the compiler says of one module.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Its first words, without what it points to.
    pub message: String,
    /// `E0080` and the like.
    pub code: Option<String>,
    /// The module's lines it points to first, from 0; `None` outside of the module.
    pub lines: Option<(usize, usize)>,
    /// The line and column it points to, from 1, as a user reads them.
    pub at: (u64, u64),
    /// As a user reads it.
    pub rendered: String,
}

/// What became of a schema in the program.
pub type Printed = Result<String, String>;

impl Drop for Compiler {
    fn drop(&mut self) {
        let folder = self
            .libraries
            .values()
            .next()
            .and_then(|file| file.parent());
        // What stays behind is below the build's own directory.
        let _ = folder.map(fs::remove_dir_all);
    }
}

impl Compiler {
    /// Asks cargo for the libraries of this package's tests; crates are written below the directory.
    ///
    /// # Panics
    ///
    /// When cargo cannot tell, or the directory cannot be made.
    #[must_use]
    pub fn new(directory: &Path) -> Self {
        fs::create_dir_all(directory).expect("the directory can be made");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        // What cargo says of this package to its tests is no reason to build again what asks for its own.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(name);
            }
        }
        let output = command
            .args([
                "test",
                "--no-run",
                "--lib",
                "--offline",
                "--quiet",
                "--message-format=json",
            ])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let messages: Vec<Value> = messages.collect();
        let libraries = keep(directory, &messages);
        for name in CRATES {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                libraries.contains_key(name),
                "cargo built no `{name}`: {errors}"
            );
        }
        Self {
            libraries,
            directory: directory.to_owned(),
        }
    }

    /// Builds modules as one program and runs it; returns the statements of each schema, or why it has none.
    ///
    /// # Errors
    ///
    /// What is wrong with each module, if anything is with one.
    ///
    /// # Panics
    ///
    /// When the compiler or the program cannot be run, or the compiler says something of no module.
    pub fn build(
        &self,
        name: &str,
        sources: &[&Source],
    ) -> Result<Vec<Printed>, Vec<Vec<Diagnostic>>> {
        let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
        let shown = sources.iter().enumerate().map(|(at, source)| {
            let queries = format!("    show_queries(&m{at}::queries());\n");
            let queries = source.has_queries.then_some(queries);
            format!("    show(&m{at}::SCHEMA);\n{}", queries.unwrap_or_default())
        });
        let shown: String = shown.collect();
        let main = format!("{SHOW}{SHOW_QUERIES}{OWN}\nfn main() {{\n{shown}}}\n");
        let root = self.write(name, &texts, &main);
        let output = self.rustc(&root, "link");
        if output.status.success() {
            let printed = run(&root.with_extension("out"));
            assert_eq!(printed.len(), sources.len());
            return Ok(printed);
        }
        let found = found(&output, sources.len());
        let said = found.iter().any(|errors| !errors.is_empty());
        assert!(said, "the compiler fails without an error");
        Err(found)
    }

    /// Checks modules as one crate, and those without errors again until there are none: the errors of one module hide
    /// those of others, for an error of a macro hides those of types, and these hide those of constants.
    ///
    /// # Panics
    ///
    /// When the compiler cannot be run, or says something of no module.
    #[must_use]
    pub fn check(&self, name: &str, modules: &[&str]) -> Vec<Vec<Diagnostic>> {
        let mut all = vec![Vec::new(); modules.len()];
        let mut left: Vec<usize> = (0..modules.len()).collect();
        loop {
            let texts: Vec<&str> = left.iter().map(|module| modules[*module]).collect();
            let root = self.write(name, &texts, &format!("{OWN}\nfn main() {{}}\n"));
            let errors = found(&self.rustc(&root, "metadata"), texts.len());
            let before = left.len();
            let mut clean = Vec::new();
            for (module, errors) in left.into_iter().zip(errors) {
                if errors.is_empty() {
                    clean.push(module);
                }
                all[module] = errors;
            }
            if clean.len() == before {
                return all;
            }
            left = clean;
        }
    }

    /// Builds a program of one file and runs it.
    ///
    /// # Errors
    ///
    /// What the compiler finds wrong with it, or what the program says when it fails.
    ///
    /// # Panics
    ///
    /// When the file cannot be read, or the compiler or the program cannot be run.
    pub fn run(&self, name: &str, file: &Path) -> Result<(), String> {
        let root = self.directory.join(name).with_extension("rs");
        fs::copy(file, &root).expect("the file is copied");
        let built = self.rustc(&root, "link");
        if !built.status.success() {
            return Err(rendered(&built));
        }
        let program = root.with_extension("out");
        let output = Command::new(program).output().expect("the program runs");
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn write(&self, name: &str, modules: &[&str], main: &str) -> PathBuf {
        let directory = self.directory.join(name);
        fs::create_dir_all(&directory).expect("the directory can be made");
        let mut root = "#![allow(warnings)]\n".to_owned();
        for (at, module) in modules.iter().enumerate() {
            let _ = writeln!(root, "mod m{at};");
            fs::write(directory.join(format!("m{at}.rs")), module).expect("the module is written");
        }
        root.push_str(main);
        let path = directory.join("main.rs");
        fs::write(&path, root).expect("the crate is written");
        path
    }

    fn rustc(&self, root: &Path, emit: &str) -> Output {
        self.command("rustc", root, emit)
            .output()
            .expect("the compiler runs")
    }

    /// The command that compiles a crate's root with `rustc` or what stands in for it.
    pub(crate) fn command(&self, program: &str, root: &Path, emit: &str) -> Command {
        let own = std::env::var_os("RUSTC").filter(|_| program == "rustc");
        let mut command = Command::new(own.unwrap_or_else(|| program.into()));
        command
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "bin",
                "--crate-name",
                "schemas",
            ])
            .args([
                "--error-format",
                "json",
                "--emit",
                emit,
                "-C",
                "codegen-units=1",
                "-C",
                "debuginfo=0",
                "-o",
            ])
            .arg(root.with_extension("out"))
            .arg(root);
        for name in CRATES {
            let library = &self.libraries[name];
            command
                .arg("--extern")
                .arg(format!("{name}={}", library.display()));
            if let Some(folder) = library.parent() {
                command
                    .arg("-L")
                    .arg(format!("dependency={}", folder.display()));
            }
        }
        command
    }
}

/// All that the compiler says, as a user reads it.
fn rendered(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let messages = text.lines().map(|line| {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        message["rendered"].as_str().unwrap_or(line).to_owned()
    });
    messages.collect()
}

/// What the program prints of each schema.
pub(crate) fn run(program: &Path) -> Vec<Printed> {
    let output = Command::new(program).output().expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let parts = text.split('\u{1}').skip(1);
    let printed = parts.map(|part| match part.split_once('\u{2}') {
        Some(("ok", script)) => Ok(script.to_owned()),
        _ => Err(part.to_owned()),
    });
    printed.collect()
}

/// What the compiler finds wrong with each module.
fn found(output: &Output, modules: usize) -> Vec<Vec<Diagnostic>> {
    let mut found = vec![Vec::new(); modules];
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        if message["level"] != "error" || message["message"].as_str().is_some_and(is_summary) {
            continue;
        }
        let (module, diagnostic) = diagnostic(&message);
        match module.and_then(|module| found.get_mut(module)) {
            Some(found) => found.push(diagnostic),
            None => panic!("an error of no module: {}", diagnostic.rendered),
        }
    }
    found
}

/// Links what cargo has built into the directory, where a build meanwhile does not change it; returns the libraries.
fn keep(directory: &Path, messages: &[Value]) -> BTreeMap<String, PathBuf> {
    let kept = directory.join(format!("libraries-{}", std::process::id()));
    fs::create_dir_all(&kept).expect("the directory can be made");
    let files = messages
        .iter()
        .filter_map(|message| message["filenames"].as_array())
        .flatten()
        .filter_map(Value::as_str);
    for file in files {
        let name = Path::new(file).file_name().expect("a file has a name");
        let to = kept.join(name);
        if !to.exists() && fs::hard_link(file, &to).is_err() {
            fs::copy(file, &to).expect("a library can be copied");
        }
    }
    let place = |path: PathBuf| kept.join(path.file_name().expect("a file has a name"));
    let libraries = libraries(messages.iter().cloned()).into_iter();
    libraries.map(|(name, path)| (name, place(path))).collect()
}

/// The libraries cargo has built, from its messages.
///
/// Cargo builds a crate again, with fewer features, where a build script uses it, and tells the two in any order: the one
/// with the most features is what the tests link.
fn libraries(messages: impl Iterator<Item = Value>) -> BTreeMap<String, PathBuf> {
    let mut found: BTreeMap<String, (usize, PathBuf)> = BTreeMap::new();
    for (name, features, path) in messages.filter_map(|message| library(&message)) {
        let candidate = (features, path);
        let best = found.entry(name).or_default();
        if *best < candidate {
            *best = candidate;
        }
    }
    found
        .into_iter()
        .map(|(name, (_, path))| (name, path))
        .collect()
}

/// A library cargo has built, from its message: its name, the number of its features and its file.
fn library(message: &Value) -> Option<(String, usize, PathBuf)> {
    let name = message["target"]["name"].as_str()?.replace('-', "_");
    let features = message["features"].as_array()?.len();
    let files = message["filenames"].as_array()?;
    let mut files = files.iter().filter_map(Value::as_str);
    let rlib = files.find(|file| file.ends_with(".rlib"))?;
    Some((name, features, rlib.into()))
}

fn is_summary(message: &str) -> bool {
    message.starts_with("aborting due to") || message.starts_with("could not compile")
}

/// The module an error is about, and the error.
fn diagnostic(message: &Value) -> (Option<usize>, Diagnostic) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array().cloned().unwrap_or_default();
    let primary = spans.iter().find(|span| span["is_primary"] == true);
    let module = primary.and_then(|span| module(&text(&span["file_name"])));
    // The compiler may point into the library, as for a failed constant: the call's place is then the outermost one.
    let other = spans.iter().find_map(module_of);
    let shown = primary.and_then(in_a_module);
    let number = |span: &Value, key: &str| span[key].as_u64().unwrap_or(1);
    let line =
        |span: &Value, end: &str| usize::try_from(number(span, end)).map_or(0, |line| line - 1);
    let lines = primary
        .filter(|_| module.is_some())
        .map(|span| (line(span, "line_start"), line(span, "line_end")));
    let rendered = text(&message["rendered"]);
    let mentioned = || rendered.split(['/', ':']).find_map(module_name);
    let diagnostic = Diagnostic {
        message: text(&message["message"]),
        code: message["code"]["code"].as_str().map(str::to_owned),
        lines,
        at: shown.map_or((0, 0), |span| {
            (number(span, "line_start"), number(span, "column_start"))
        }),
        rendered: rendered.clone(),
    };
    (module.or(other).or_else(mentioned), diagnostic)
}

/// The span, or that of the macro call in a module it comes from.
fn in_a_module(span: &Value) -> Option<&Value> {
    let mut span = span;
    while module_of(span).is_none() {
        span = span.get("expansion")?.get("span")?;
    }
    Some(span)
}

fn module_of(span: &Value) -> Option<usize> {
    module(span["file_name"].as_str()?)
}

fn module(path: &str) -> Option<usize> {
    module_name(Path::new(path).file_name()?.to_str()?)
}

fn module_name(name: &str) -> Option<usize> {
    name.strip_prefix('m')?.strip_suffix(".rs")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_crate_built_twice_is_taken_with_the_most_features_in_any_order() {
        let built = |features: &[&str], file: &str| {
            json!({
                "target": {"name": "schema-core"},
                "features": features,
                "filenames": [format!("deps/{file}.rlib"), format!("deps/{file}.rmeta")],
            })
        };
        let few = built(&["default"], "libschema_core-b");
        let all = built(&["default", "uuid"], "libschema_core-a");
        for order in [[few.clone(), all.clone()], [all, few]] {
            let found = libraries(order.into_iter());
            let expected = PathBuf::from("deps/libschema_core-a.rlib");
            assert_eq!(found["schema_core"], expected);
        }
    }
}
