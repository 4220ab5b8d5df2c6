//! What the tests of the server share: places, processes to kill, and waiting for an end.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use schema_kit::server::{Environment, Project};
use tempfile::TempDir;

/// A place of a test's own, reachable for root's server user, with a project in it.
pub(super) struct Place {
    temp: TempDir,
    pub(super) root: PathBuf,
    pub(super) environment: Environment,
}

impl Place {
    pub(super) fn new() -> Self {
        Self::named("project")
    }

    /// A place whose project has this path.
    pub(super) fn named(project: &str) -> Self {
        let temp = TempDir::with_prefix("it-").unwrap();
        fs::set_permissions(temp.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let root = temp.path().join(project);
        fs::create_dir_all(&root).unwrap();
        let mut environment = Environment::from_process();
        environment.temp = temp.path().to_path_buf();
        environment.state = temp.path().join("state");
        environment.cache = Some(temp.path().join("cache"));
        Self {
            temp,
            root,
            environment,
        }
    }

    pub(super) fn project(&self) -> Project {
        Project::new(&self.root).with_environment(self.environment.clone())
    }

    pub(super) fn temp(&self) -> &Path {
        self.temp.path()
    }

    /// A process that has, or is about to have, a server.
    pub(super) fn user(&self, mode: &str, name: &str) -> User {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server-user"));
        command.arg(mode).arg(self.temp()).arg(name);
        User(
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap(),
        )
    }

    /// The throw-away directories in this place.
    pub(super) fn throwaways(&self) -> Vec<PathBuf> {
        let bases = fs::read_dir(self.temp())
            .unwrap()
            .map(|entry| entry.unwrap().path());
        bases
            .filter(|base| {
                base.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with("schema-kit-")
            })
            .flat_map(|base| {
                fs::read_dir(base)
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
            })
            .filter(|path| {
                path.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with("run-")
            })
            .collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A test that fails half-way must not leave its project's server behind.
        let _ = self.project().stop();
    }
}

/// A running `server-user`.
pub(super) struct User(Child);

impl User {
    /// The three lines it prints once its server runs.
    pub(super) fn lines(&mut self) -> [String; 3] {
        let mut stdout = BufReader::new(self.0.stdout.take().unwrap());
        std::array::from_fn(|_| {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        })
    }

    /// Ends it with `SIGKILL`.
    pub(super) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Lets it return from `main`.
    pub(super) fn finish(mut self) {
        drop(self.0.stdin.take());
        assert!(self.0.wait().unwrap().success());
    }
}

/// Sends a signal.
pub(super) fn signal(name: &str, pid: u32) {
    let status = Command::new("kill")
        .args(["-s", name, &pid.to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// Says whether a process exists that is not merely waiting to be collected.
pub(super) fn is_alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(") ").next().unwrap().starts_with('Z'))
}

/// Waits until the condition holds; a minute is far more than any machine needs.
pub(super) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        thread::park_timeout(Duration::from_millis(5));
    }
}

/// Says whether the tests run as root.
pub(super) fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
