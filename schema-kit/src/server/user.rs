//! The operating-system user a server runs as.
//!
//! PostgreSQL refuses to run as root. A kit run by root therefore starts it as the user `postgres`,
//! or `nobody` where that does not exist. No `sudo`, `su` or `setuid` helper is involved: root may
//! start a process as anybody. Dropping with [`CommandExt::uid`] also clears the supplementary
//! groups, so nothing of root's is left.
//!
//! [`CommandExt::uid`]: std::os::unix::process::CommandExt::uid

#[cfg(not(unix))]
pub(super) use other::ServerUser;
#[cfg(unix)]
pub(super) use unix::ServerUser;

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        os::unix::{fs::MetadataExt, process::CommandExt},
        path::Path,
        process::Command,
    };

    use crate::error::ServerError;

    /// Who runs the server, and who connects to it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::server) struct ServerUser {
        uid: u32,
        gid: u32,
        dropped: bool,
    }

    impl ServerUser {
        /// The current user, or the one root drops to.
        pub(in crate::server) fn choose() -> Result<Self, ServerError> {
            let uid = rustix::process::geteuid().as_raw();
            let gid = rustix::process::getegid().as_raw();
            if uid != 0 {
                return Ok(Self {
                    uid,
                    gid,
                    dropped: false,
                });
            }
            let named = |name| {
                Some(Self {
                    uid: id("-u", name)?,
                    gid: id("-g", name)?,
                    dropped: true,
                })
            };
            ["postgres", "nobody"]
                .into_iter()
                .filter_map(named)
                .find(|user| user.uid != 0)
                .ok_or(ServerError::NoServerUser)
        }

        /// The name of the user who connects: the one running this process.
        pub(in crate::server) fn client_name() -> Option<String> {
            ask_id(&["-un"])
        }

        /// The number of the user running this process, which names its private directory.
        pub(in crate::server) fn client_id() -> String {
            rustix::process::geteuid().as_raw().to_string()
        }

        /// Says whether the server runs as another user than the caller.
        pub(in crate::server) const fn is_dropped(&self) -> bool {
            self.dropped
        }

        /// Makes the command run as this user.
        pub(in crate::server) fn apply(&self, command: &mut Command) {
            if self.dropped {
                command.uid(self.uid).gid(self.gid);
            }
        }

        /// Gives a file or directory to this user.
        pub(in crate::server) fn own(&self, path: &Path) -> Result<(), ServerError> {
            if !self.dropped {
                return Ok(());
            }
            std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid)).map_err(|source| {
                ServerError::Io {
                    action: "change the owner of",
                    path: path.into(),
                    source,
                }
            })
        }

        /// Says whether the path belongs to this user.
        pub(in crate::server) fn owns(&self, metadata: &fs::Metadata) -> bool {
            metadata.uid() == self.uid
        }

        /// Says whether this user can reach what lies in `directory`, judging by permission bits.
        pub(in crate::server) fn can_reach(&self, directory: &Path) -> bool {
            if !self.dropped {
                return true;
            }
            let Ok(directory) = fs::canonicalize(directory) else {
                return false;
            };
            directory.ancestors().all(|ancestor| {
                fs::metadata(ancestor)
                    .is_ok_and(|found| self.may_enter(found.mode(), found.uid(), found.gid()))
            })
        }

        /// The first class that fits decides, as path_resolution(7) says.
        const fn may_enter(&self, mode: u32, uid: u32, gid: u32) -> bool {
            let bit = if uid == self.uid {
                0o100
            } else if gid == self.gid {
                0o010
            } else {
                0o001
            };
            mode & bit != 0
        }
    }

    fn id(question: &str, name: &str) -> Option<u32> {
        ask_id(&[question, name])?.parse().ok()
    }

    /// Asks id(1), which unlike `/etc/passwd` also knows directory services.
    fn ask_id(arguments: &[&str]) -> Option<String> {
        let output = Command::new("id").args(arguments).output().ok()?;
        let answer = String::from_utf8(output.stdout).ok()?;
        (output.status.success() && !answer.trim().is_empty()).then(|| answer.trim().to_owned())
    }

    #[cfg(test)]
    mod tests {
        use super::ServerUser;

        #[test]
        fn entering_a_directory_takes_the_bit_of_the_first_class_that_fits() {
            let user = ServerUser {
                uid: 101,
                gid: 104,
                dropped: true,
            };
            let cases = [
                (0o755, 0, 0, true),
                (0o700, 0, 0, false),
                (0o700, 101, 0, true),
                (0o710, 0, 104, true),
                (0o701, 0, 104, false),
                (0o077, 101, 104, false),
            ];
            for (mode, uid, gid, expected) in cases {
                assert_eq!(
                    user.may_enter(mode, uid, gid),
                    expected,
                    "{mode:o} {uid} {gid}"
                );
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::{fs, path::Path, process::Command};

    use crate::error::ServerError;

    /// The current user; `pg_ctl` itself gives up an administrator's rights on Windows.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::server) struct ServerUser;

    impl ServerUser {
        pub(in crate::server) fn choose() -> Result<Self, ServerError> {
            Ok(Self)
        }

        pub(in crate::server) fn client_name() -> Option<String> {
            std::env::var("USERNAME").ok()
        }

        pub(in crate::server) fn client_id() -> String {
            Self::client_name().unwrap_or_default()
        }

        pub(in crate::server) const fn is_dropped(&self) -> bool {
            false
        }

        pub(in crate::server) fn apply(&self, _command: &mut Command) {}

        pub(in crate::server) fn own(&self, _path: &Path) -> Result<(), ServerError> {
            Ok(())
        }

        pub(in crate::server) fn owns(&self, _metadata: &fs::Metadata) -> bool {
            true
        }

        pub(in crate::server) fn can_reach(&self, _directory: &Path) -> bool {
            true
        }
    }
}
