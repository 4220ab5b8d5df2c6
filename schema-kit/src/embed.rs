//! The build-step helper that lists an application's migrations, so that they become part of its binary.
//!
//! ```no_run
//! // build.rs, with schema-kit under [build-dependencies] and default-features = false
//! fn main() -> Result<(), schema_kit::embed::EmbedError> {
//!     schema_kit::embed::list("migrations")
//! }
//! ```
//!
//! The crate then says [`embed_migrations!("migrations")`](crate::embed_migrations). A list is needed because no macro
//! of `macro_rules!` reads a directory, and a procedural one that did would not be run again when a migration is added.
//! Without features this module is all there is of the crate, and it has no dependency.

use std::{
    env, fmt, fs, io,
    path::{Path, PathBuf},
};

pub use crate::version::Version;

/// The file of a migration that is run.
pub const UP_FILE: &str = "up.sql";

/// The file that takes a migration back, where there is one.
pub const DOWN_FILE: &str = "down.sql";

/// Why migrations could not be listed. Its `Debug` is its message, which is what a build script that fails prints.
#[derive(PartialEq, Eq)]
pub struct EmbedError {
    path: PathBuf,
    reason: String,
}

impl fmt::Display for EmbedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot embed migrations: `{}` {}",
            self.path.display(),
            self.reason
        )
    }
}

impl fmt::Debug for EmbedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for EmbedError {}

/// Lists the migrations of a directory for [`embed_migrations!`](crate::embed_migrations), and tells cargo to run the
/// build script again when a migration is added, changed or removed.
///
/// The directory is relative to the package. The list lies in `OUT_DIR` under the directory's name with `.rs`; it names
/// the files by way of `CARGO_MANIFEST_DIR`, so it is the same on every machine.
///
/// # Errors
///
/// When it is not run by cargo, the directory cannot be read, a directory in it is not named `<version>_<name>` or has
/// no `up.sql`, two have one version, or the list cannot be written.
pub fn list(directory: impl AsRef<Path>) -> Result<(), EmbedError> {
    let directory = directory.as_ref();
    let variable = |name: &str| {
        let missing = || EmbedError {
            path: directory.to_owned(),
            reason: format!("is embedded by build scripts alone: {name} is not set"),
        };
        env::var_os(name).map(PathBuf::from).ok_or_else(missing)
    };
    let (manifest, out_dir) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    announce(&manifest.join(directory));
    let list = render_list(directory, &find(&manifest.join(directory))?);
    let mut path = out_dir.join(directory).into_os_string();
    path.push(".rs");
    let path = PathBuf::from(path);
    write(&path, &list).map_err(|error| EmbedError {
        path: path.clone(),
        reason: format!("cannot be written: {error}"),
    })
}

/// Cargo looks at a directory and all that is in it
/// ([`rerun-if-changed`](https://doc.rust-lang.org/cargo/reference/build-scripts.html#rerun-if-changed)).
#[expect(
    clippy::print_stdout,
    reason = "cargo reads a build script's instructions from there"
)]
fn announce(directory: &Path) {
    println!("cargo::rerun-if-changed={}", directory.display());
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The names of the directories in a directory, hidden ones left out, sorted.
pub(crate) fn directories(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && entry.path().is_dir() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A migration's directory, and whether it has a `down.sql`.
type Found = (Version, String, bool);

fn find(directory: &Path) -> Result<Vec<Found>, EmbedError> {
    let failed = |path: &Path, reason: String| EmbedError {
        path: path.to_owned(),
        reason,
    };
    let names = directories(directory)
        .map_err(|error| failed(directory, format!("cannot be read: {error}")))?;
    let mut found = Vec::new();
    for id in names {
        let path = directory.join(&id);
        let Some((version, _)) = Version::parse_id(&id) else {
            let reason = "is not named `<version>_<name>`, such as `0002_add_roles`";
            return Err(failed(&path, reason.to_owned()));
        };
        if !path.join(UP_FILE).is_file() {
            return Err(failed(&path, format!("has no `{UP_FILE}`")));
        }
        let has_down = path.join(DOWN_FILE).is_file();
        found.push((version, id, has_down));
    }
    found.sort();
    for pair in found.windows(2) {
        if pair[0].0 == pair[1].0 {
            let reason = format!("has the version of `{}`", pair[0].1);
            return Err(failed(&directory.join(&pair[1].1), reason));
        }
    }
    Ok(found)
}

/// Renders the list as the expression that the macro includes.
fn render_list(directory: &Path, found: &[Found]) -> String {
    let mut text = String::from("&[\n");
    for (_, id, has_down) in found {
        let include = |file: &str| {
            // Cargo and rustc take `/` on every system.
            let path = format!("/{}/{id}/{file}", directory.display()).replace('\\', "/");
            format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
        };
        let down = if *has_down {
            format!("Some({})", include(DOWN_FILE))
        } else {
            "None".to_owned()
        };
        text.push_str(&format!("    ({id:?}, {}, {down}),\n", include(UP_FILE)));
    }
    text + "]\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a directory");
        for file in files {
            write(&folder.path().join(file), "SELECT 1;").expect("a file");
        }
        folder
    }

    #[test]
    fn the_list_is_in_the_order_of_versions_and_the_same_on_every_machine() {
        let folder = folder(&[
            "10_b/up.sql",
            "9_a/up.sql",
            "9_a/down.sql",
            "README.md",
            ".hidden/x",
        ]);
        let list = render_list(Path::new("db/steps"), &find(folder.path()).expect("a list"));
        let include = |path: &str| {
            format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/db/steps/{path}\"))")
        };
        assert_eq!(
            list,
            format!(
                "&[\n    (\"9_a\", {}, Some({})),\n    (\"10_b\", {}, None),\n]\n",
                include("9_a/up.sql"),
                include("9_a/down.sql"),
                include("10_b/up.sql")
            )
        );
    }

    #[test]
    fn what_is_no_migration_is_named_while_the_crate_compiles() {
        for (files, reason) in [
            (&["init/up.sql"][..], "init` is not named"),
            (&["1_a/down.sql"], "1_a` has no `up.sql`"),
            (&["1_a/up.sql", "01_b/up.sql"], "has the version of `01_b`"),
        ] {
            let error = find(folder(files).path()).expect_err("it is refused");
            assert!(format!("{error:?}").contains(reason), "{error}");
        }
    }
}
