//! The exit codes of the command line.

use std::process::ExitCode;

/// How a command ended; the number is the process's exit code.
///
/// # Examples
///
/// ```
/// assert_eq!(schema_kit::ExitStatus::DifferencesFound as u8, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum ExitStatus {
    /// Everything asked for is done.
    Done = 0,
    /// Something went wrong, and standard error says what; or `lint --deny` has findings, on standard output.
    Failed = 1,
    /// The arguments, the environment or a database URL cannot be used; nothing was tried.
    BadArguments = 2,
    /// The command worked and found differences: `diff` where the schemas differ, `status` where migrations do not fit the
    /// history.
    DifferencesFound = 3,
}

/// The part of `--help` about exit codes.
pub(crate) const HELP: &str = "\
Exit codes:
  0  done
  1  failed; standard error says why, or `lint --deny` has findings
  2  bad arguments, environment or database URL; nothing was tried
  3  differences found";

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}
