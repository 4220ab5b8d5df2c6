//! Makes an orphaned throw-away server impossible: a small process beside it waits for the end of
//! all its users, stops it and deletes its directory.
//!
//! Users are counted by the system, as writers of a named pipe, so it does not matter whether they
//! return, panic or are killed. Should the guard itself be killed, the next throw-away server
//! sweeps up: a pipe without a reader has no guard.

#[cfg(not(unix))]
pub(super) use other::Guard;
#[cfg(unix)]
pub(super) use unix::Guard;

#[cfg(unix)]
mod unix {
    use std::{
        fs::File,
        io::{BufRead, BufReader},
        os::unix::process::CommandExt,
        path::Path,
        process::{Child, Command, Stdio},
    };

    use rustix::fs::{Mode, OFlags};

    use crate::{
        error::ServerError,
        server::{find::Installation, user::ServerUser},
    };

    /// The guard's program.
    const SCRIPT: &str = include_str!("guard.sh");

    /// The named pipe in the guarded directory.
    const PIPE: &str = "alive";

    /// Our share in a guarded directory: while it exists, the guard waits.
    #[derive(Debug)]
    pub(in crate::server) struct Guard {
        pipe: Option<File>,
        child: Option<Child>,
    }

    impl Guard {
        /// Starts a guard for a directory; it lingers so many seconds after its last user.
        pub(in crate::server) fn start(
            directory: &Path,
            installation: &Installation,
            user: &ServerUser,
            linger_seconds: u32,
        ) -> Result<Self, ServerError> {
            let failed = |reason: String| ServerError::Guard {
                directory: directory.into(),
                reason,
            };
            let mut command = Command::new("sh");
            command
                .args(["-c", SCRIPT, "sh"])
                .arg(directory)
                .arg(installation.program("pg_ctl"));
            command.arg(linger_seconds.to_string()).current_dir("/");
            // In a group of its own it does not get the Ctrl-C meant for us.
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .process_group(0);
            user.apply(&mut command);
            let mut child = command.spawn().map_err(|source| ServerError::Spawn {
                program: "sh".into(),
                source,
            })?;
            let mut ready = String::new();
            if let Some(stdout) = child.stdout.take() {
                BufReader::new(stdout)
                    .read_line(&mut ready)
                    .map_err(|error| failed(error.to_string()))?;
            }
            if ready != "ready\n" {
                return Err(failed(
                    "its guard did not start; are `mkfifo` and `cat` in PATH?".to_owned(),
                ));
            }
            let pipe =
                open(directory).ok_or_else(|| failed("its pipe cannot be opened".to_owned()))?;
            // The guard waits for this before it counts users.
            drop(child.stdin.take());
            Ok(Self {
                pipe: Some(pipe),
                // A guard that lingers may have other users, and is not waited for.
                child: (linger_seconds == 0).then_some(child),
            })
        }

        /// Becomes another user of a guarded directory; `None` if it has no guard or is being ended.
        pub(in crate::server) fn join(directory: &Path) -> Option<Self> {
            let pipe = open(directory)?;
            // The guard renames the pipe before its last look at the users. If the name is still
            // there after opening, that look will find us.
            directory.join(PIPE).exists().then_some(Self {
                pipe: Some(pipe),
                child: None,
            })
        }

        /// Gives a program a share of its own, so that the guard waits for it too.
        pub(in crate::server) fn held(&self, directory: &Path) -> Result<&File, ServerError> {
            self.pipe.as_ref().ok_or_else(|| ServerError::Guard {
                directory: directory.into(),
                reason: "its pipe is closed".to_owned(),
            })
        }

        /// Says whether a directory is guarded.
        pub(in crate::server) fn watches(directory: &Path) -> bool {
            directory.join("ended").exists() || open(directory).is_some()
        }
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            self.pipe.take();
            if let Some(mut child) = self.child.take() {
                // When it has ended, the server is stopped and the directory deleted.
                let _ = child.wait();
            }
        }
    }

    /// Opens the pipe for writing; without a reader that fails instead of waiting.
    fn open(directory: &Path) -> Option<File> {
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        rustix::fs::open(directory.join(PIPE), flags, Mode::empty())
            .ok()
            .map(File::from)
    }
}

#[cfg(not(unix))]
mod other {
    use std::{fs::File, path::Path};

    use crate::{
        error::ServerError,
        server::{files, find::Installation, user::ServerUser},
    };

    /// Our share in a throw-away directory: a shared lock. Without named pipes nothing waits for
    /// the users' end, so an abandoned server is swept up by the next one's start.
    #[derive(Debug)]
    pub(in crate::server) struct Guard {
        lock: File,
    }

    impl Guard {
        pub(in crate::server) fn start(
            directory: &Path,
            _installation: &Installation,
            _user: &ServerUser,
            _linger_seconds: u32,
        ) -> Result<Self, ServerError> {
            let path = directory.join("alive");
            let lock = File::create(&path).map_err(files::failed("create", &path))?;
            lock.lock_shared().map_err(files::failed("lock", &path))?;
            Ok(Self { lock })
        }

        pub(in crate::server) fn join(directory: &Path) -> Option<Self> {
            let lock = File::open(directory.join("alive")).ok()?;
            lock.try_lock_shared().ok()?;
            Some(Self { lock })
        }

        pub(in crate::server) fn held(&self, _directory: &Path) -> Result<&File, ServerError> {
            Ok(&self.lock)
        }

        pub(in crate::server) fn watches(directory: &Path) -> bool {
            File::open(directory.join("alive")).is_ok_and(|lock| lock.try_lock().is_err())
        }
    }
}
