//! Runs the fixture's command line the way a user does: in a directory, with an environment, without a keyboard.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A project directory to run commands in.
pub(crate) struct Fixture {
    directory: TempDir,
    environment: Vec<(String, String)>,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            directory: tempfile::tempdir().unwrap(),
            environment: Vec::new(),
        }
    }

    /// A project whose `DATABASE_URL` is given.
    pub(crate) fn with_url(url: &str) -> Self {
        Self::new().env("DATABASE_URL", url)
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a migration, or replaces its SQL.
    pub(crate) fn migration(self, id: &str, sql: &str) -> Self {
        self.file(&format!("migrations/{id}/up.sql"), sql)
    }

    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixture"));
        command
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null());
        // What the developer's own environment says must not reach the tests.
        for name in ["DATABASE_URL", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `generate`, which writes a migration, and returns its name.
    #[track_caller]
    pub(crate) fn generates(&self, arguments: &[&str]) -> String {
        let outcome = self.run(&[&["generate"], arguments].concat());
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        let path = Path::new(outcome.stdout.trim());
        path.file_name().unwrap().to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, migration: &str, file: &str) -> String {
        fs::read_to_string(self.path().join("migrations").join(migration).join(file)).unwrap()
    }

    pub(crate) fn migration_names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path().join("migrations")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Outcome {
    /// Holds the exit code and the whole of standard error to what is expected.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, stderr: &str) {
        assert_eq!(self.stderr.trim_end(), stderr.trim(), "{self:?}");
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (Some(code), ""),
            "{self:?}"
        );
    }

    /// Holds the command to success and standard output to what is expected.
    #[track_caller]
    pub(crate) fn prints(&self, stdout: &str) {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (Some(0), stdout),
            "{self:?}"
        );
    }

    /// Holds the command to success.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}
