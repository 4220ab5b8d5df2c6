//! Running PostgreSQL's programs and telling whether a process is a given server.

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::error::ServerError;

/// How many lines of a failed program's output reach the message.
const TAIL_LINES: usize = 12;

/// A command with a neutral environment: variables such as `PGDATA` or `PGPORT`, meant for the
/// user's other servers, must not reach ours, and `LC_ALL` must name a locale that exists.
pub(super) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if is_libpq_variable(&name) {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn is_libpq_variable(name: &OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| name.starts_with("PG") && name != "PG_BIN" && name != "PG_COLOR")
}

/// Runs a program to its end and returns what it printed; a failure carries its last lines.
pub(super) fn run(command: &mut Command) -> Result<String, ServerError> {
    let program = command.get_program().to_owned();
    let output = command.output().map_err(|source| ServerError::Spawn {
        program: program.clone().into(),
        source,
    })?;
    let text = printed(&output);
    if output.status.success() {
        return Ok(text);
    }
    Err(ServerError::Program {
        program: program.into(),
        status: output.status.to_string(),
        output: tail(&text),
    })
}

fn printed(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

/// The last lines of a text.
pub(super) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

/// Says whether the process is the server of the data directory.
///
/// A number alone proves nothing: after a crash or a reboot another process may carry the one in
/// `postmaster.pid`. On Linux a server is known by its current directory, which is its data
/// directory; elsewhere by its name.
pub(super) fn is_server_of(pid: u32, data: &Path) -> bool {
    if !is_alive(pid) {
        return false;
    }
    if cfg!(target_os = "linux") && Path::new("/proc/self/cwd").exists() {
        let Ok(data) = fs::canonicalize(data) else {
            return false;
        };
        return fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|directory| directory == data);
    }
    process_name(pid).is_some_and(|name| name.contains("postgres"))
}

/// Says whether a process of ours, or any when we are root, has this number.
#[cfg(unix)]
fn is_alive(pid: u32) -> bool {
    i32::try_from(pid)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
        .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}

#[cfg(not(unix))]
fn is_alive(pid: u32) -> bool {
    process_name(pid).is_some()
}

/// Makes a server stop at once without a clean shutdown.
#[cfg(unix)]
pub(super) fn quit(pid: i32) {
    if let Some(pid) = rustix::process::Pid::from_raw(pid) {
        // It may have ended by itself meanwhile, which is as good.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::QUIT);
    }
}

#[cfg(not(unix))]
pub(super) fn quit(_pid: i32) {}

#[cfg(unix)]
fn process_name(pid: u32) -> Option<String> {
    let output = Command::new("ps")
        .args(["-o", "args=", "-p", &pid.to_string()])
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(not(unix))]
fn process_name(pid: u32) -> Option<String> {
    let filter = format!("PID eq {pid}");
    let output = Command::new("tasklist")
        .args(["/NH", "/FI", &filter])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.contains(&pid.to_string()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{is_libpq_variable, is_server_of, tail};

    #[test]
    fn variables_of_other_servers_are_kept_away() {
        assert!(is_libpq_variable("PGDATA".as_ref()));
        assert!(!is_libpq_variable("PATH".as_ref()));
    }

    #[test]
    fn a_tail_is_the_last_lines() {
        let text: String = (0..20).map(|line| format!("{line}\n")).collect();
        assert_eq!(tail(&text).lines().next(), Some("8"));
        assert_eq!(tail("one\n"), "one");
    }

    #[test]
    fn a_stranger_is_not_the_server_even_if_alive() {
        let elsewhere = tempfile::TempDir::new().unwrap();
        assert!(!is_server_of(std::process::id(), elsewhere.path()));
    }
}
