//! The build-step helper: a `build.rs` that dumps a schema's DDL.
//!
//! ```no_run
//! // build.rs, with the crate that declares the tables under [build-dependencies]
//! # schema_core::schema! { pub static CHAT = []; }
//! fn main() -> Result<(), schema_core::Error> {
//!     schema_core::build::write_ddl(&CHAT, "schema.sql")?;
//!     Ok(())
//! }
//! ```
//!
//! The crate then reads the file with `include_str!(concat!(env!("OUT_DIR"), "/schema.sql"))`.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    ddl,
    def::SchemaDef,
    error::{BuildError, Error},
    schema::Schema,
};

/// Writes the statements that create a schema to a file, and tells cargo when to run the build script again.
///
/// A relative `path` lies in `OUT_DIR`, where build scripts may write; an absolute one lies where it says. The file is
/// replaced as a whole, and left untouched where it already says the same, so that nothing is built anew for it.
/// Returns the file's path.
///
/// Cargo runs the script again when the file was changed or removed, or when `build.rs` or the source of one of the
/// tables changed; when a build dependency changed it does so by itself
/// ([Change detection](https://doc.rust-lang.org/cargo/reference/build-scripts.html#change-detection)).
///
/// # Errors
///
/// When the schema cannot be built from its definitions, `OUT_DIR` is not set, or the file cannot be written.
pub fn write_ddl(schema: &SchemaDef, path: impl AsRef<Path>) -> Result<PathBuf, Error> {
    let script = ddl::script(&Schema::from_def(schema)?);
    let path = resolve(path.as_ref(), env::var_os("OUT_DIR").map(PathBuf::from))?;
    replace(&path, &script).map_err(|source| BuildError::Write {
        path: path.clone(),
        source,
    })?;
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    for file in watched(schema, &manifest, &path) {
        announce(&file);
    }
    Ok(path)
}

#[expect(
    clippy::print_stdout,
    reason = "cargo reads a build script's instructions from there"
)]
fn announce(file: &Path) {
    println!("cargo::rerun-if-changed={}", file.display());
}

fn resolve(path: &Path, out_dir: Option<PathBuf>) -> Result<PathBuf, BuildError> {
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    match out_dir {
        Some(out_dir) => Ok(out_dir.join(path)),
        None => Err(BuildError::NoOutDir {
            path: path.to_owned(),
        }),
    }
}

/// Replaces a file by way of one beside it, so that a reader never sees half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    fs::write(&beside, text)?;
    fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// The files whose change makes the script run again, sorted and each once.
///
/// A table's file is named as rustc was given it: relative to the package or to a folder above it. One that is not
/// found is left out, since cargo would run the script at every build for it.
fn watched(schema: &SchemaDef, manifest: &Path, written: &Path) -> Vec<PathBuf> {
    let sources = schema.tables.iter().filter_map(|entry| {
        let file = Path::new(entry.table.location.file);
        manifest
            .ancestors()
            .map(|folder| folder.join(file))
            .find(|path| path.is_file())
    });
    let mut files: Vec<PathBuf> = sources
        .chain([manifest.join("build.rs"), written.to_owned()])
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files.dedup();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_lies_in_out_dir() {
        let path = resolve(Path::new("schema.sql"), Some("/out".into()));
        assert_eq!(
            path.expect("OUT_DIR is given"),
            Path::new("/out/schema.sql")
        );
    }

    #[test]
    fn a_relative_path_without_out_dir_is_an_error_that_names_it() {
        let error = resolve(Path::new("schema.sql"), None).expect_err("there is no OUT_DIR");
        assert!(error.to_string().contains("schema.sql"), "{error}");
    }

    #[test]
    fn an_equal_file_is_left_untouched() {
        let folder = env::temp_dir().join(format!("schema-core-build-{}", std::process::id()));
        let path = folder.join("deep/schema.sql");
        replace(&path, "select 1;\n").expect("the folder can be made");
        let before = fs::metadata(&path)
            .and_then(|data| data.modified())
            .expect("a time");
        replace(&path, "select 1;\n").expect("nothing to do");
        assert_eq!(
            fs::metadata(&path)
                .and_then(|data| data.modified())
                .expect("a time"),
            before
        );
        replace(&path, "select 2;\n").expect("the file can be replaced");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "select 2;\n");
        fs::remove_dir_all(folder).expect("the folder can be removed");
    }
}
