//! Throw-away servers: durability off, and no orphans whatever happens.

use std::{fs, path::Path, process::Command};

use schema_kit::server::{Address, StopMode, Throwaway};
use tokio_postgres::NoTls;

use super::support::{Place, eventually, is_alive, signal};

/// One value from the server.
async fn ask(server: &Throwaway, sql: &str) -> String {
    let (client, connection) = server.connection().config().connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn it_does_not_wait_for_the_disk() {
    let place = Place::new();
    let server = Throwaway::start_in(&place.environment).unwrap();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(
            ask(&server, &format!("SELECT current_setting('{setting}')")).await,
            "off"
        );
    }
    assert!(matches!(server.connection().address(), Address::Socket(_)));
}

#[test]
fn dropping_it_stops_it_and_deletes_its_directory() {
    let place = Place::new();
    let server = Throwaway::start_in(&place.environment).unwrap();
    let (pid, directory) = (server.pid().unwrap(), server.directory().to_path_buf());
    drop(server);
    assert!(!is_alive(pid));
    assert!(!directory.exists());
}

#[tokio::test]
async fn a_stopped_one_can_be_started_again() {
    let place = Place::new();
    let server = Throwaway::start_in(&place.environment).unwrap();
    server.stop(StopMode::Immediate).unwrap();
    assert_eq!(server.pid(), None);
    server.restart().unwrap();
    assert_eq!(ask(&server, "SELECT 'up'").await, "up");
}

#[test]
fn a_restarted_one_is_stopped_too() {
    let place = Place::new();
    let server = Throwaway::start_in(&place.environment).unwrap();
    server.stop(StopMode::Fast).unwrap();
    server.restart().unwrap();
    let pid = server.pid().unwrap();
    drop(server);
    assert!(!is_alive(pid));
}

#[test]
fn a_killed_parent_leaves_no_server() {
    let place = Place::new();
    let mut user = place.user("own", "-");
    let [pid, directory, _] = user.lines();
    let pid = pid.parse().unwrap();
    assert!(is_alive(pid));
    user.kill();
    eventually("the server is gone", || {
        !is_alive(pid) && !Path::new(&directory).exists()
    });
}

#[test]
fn a_parent_killed_while_the_server_is_made_leaves_nothing() {
    let place = Place::new();
    let user = place.user("own", "-");
    eventually("initdb works", || {
        place.throwaways().iter().any(|directory| {
            fs::read_dir(directory).is_ok_and(|mut entries| {
                entries.any(|entry| {
                    entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("new-"))
                })
            })
        })
    });
    user.kill();
    eventually("nothing is left", || place.throwaways().is_empty());
    assert_eq!(processes_in(place.temp()), Vec::<u32>::new());
}

#[test]
fn a_killed_guard_is_swept_up_after_by_the_next_start() {
    let place = Place::new();
    let mut user = place.user("own", "-");
    let [pid, directory, _] = user.lines();
    let guard = guard_of(&directory);
    signal("KILL", guard);
    user.kill();
    eventually("the guard is gone", || !is_alive(guard));
    let pid = pid.parse().unwrap();
    assert!(is_alive(pid), "nothing has stopped the server yet");
    let next = Throwaway::start_in(&place.environment).unwrap();
    assert!(!Path::new(&directory).exists());
    eventually("the server is gone", || !is_alive(pid));
    drop(next);
}

#[test]
fn a_sweep_leaves_the_living_alone() {
    let place = Place::new();
    let first = Throwaway::start_in(&place.environment).unwrap();
    let second = Throwaway::start_in(&place.environment).unwrap();
    assert!(first.pid().is_some());
    assert_ne!(first.pid(), second.pid());
}

#[test]
fn processes_share_one_server_until_the_last_of_them_ends() {
    let place = Place::new();
    let mut users: Vec<_> = (0..3).map(|_| place.user("shared", "tests")).collect();
    let lines: Vec<_> = users.iter_mut().map(super::support::User::lines).collect();
    assert!(lines.iter().all(|line| line == &lines[0]), "{lines:?}");
    let pid = lines[0][0].parse().unwrap();
    users.pop().unwrap().kill();
    users.pop().unwrap().finish();
    let mut late = place.user("shared", "tests");
    assert_eq!(late.lines(), lines[0]);
    late.finish();
    users.pop().unwrap().kill();
    eventually("the server is gone", || {
        !is_alive(pid) && !Path::new(&lines[0][1]).exists()
    });
}

#[test]
fn a_shared_server_waits_for_the_next_process_of_the_run() {
    let place = Place::new();
    let mut first = place.user("shared", "tests");
    let lines = first.lines();
    first.finish();
    let mut second = place.user("shared", "tests");
    assert_eq!(second.lines(), lines);
    second.finish();
}

/// The shell that guards a directory.
fn guard_of(directory: &str) -> u32 {
    let output = Command::new("pgrep")
        .args(["-f", &format!("^sh -c .* sh {directory} ")])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .next()
        .unwrap_or_else(|| panic!("{directory} has no guard"))
        .parse()
        .unwrap()
}

/// The processes that work below a directory.
fn processes_in(directory: &Path) -> Vec<u32> {
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .filter(|pid| {
            fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(directory))
        })
        .collect()
}
