//! The project's server: started, found again, stopped, and surviving what befalls it.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::{Command, Output, Stdio},
    thread,
};

use schema_kit::server::{Address, Listen, OnProgress, Project, Running, State};

use super::support::{Place, eventually, is_alive, signal};

/// Runs SQL through the `psql` the library offers.
fn psql(running: &Running, sql: &str) -> Output {
    running
        .psql()
        .unwrap()
        .args(["-XAtc", sql])
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn answer(running: &Running, sql: &str) -> String {
    let output = psql(running, sql);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

#[test]
fn a_second_call_finds_the_server_the_first_has_started() {
    let place = Place::new();
    let first = place.project().ensure_running().unwrap();
    let second = place.project().ensure_running().unwrap();
    assert!(first.started && !second.started);
    assert_eq!(first.pid, second.pid);
    assert_eq!(first.connection, second.connection);
}

#[test]
fn the_cluster_is_in_the_projects_ignored_directory() {
    let place = Place::new();
    let running = place.project().ensure_running().unwrap();
    assert!(
        running
            .data
            .starts_with(fs::canonicalize(&place.root).unwrap().join(".schema"))
    );
    assert!(running.notes.is_empty());
    assert_eq!(
        fs::read_to_string(place.root.join(".schema/.gitignore")).unwrap(),
        "*\n"
    );
}

#[test]
fn data_survives_a_stop() {
    let place = Place::new();
    let project = place.project();
    let first = project.ensure_running().unwrap();
    answer(&first, "CREATE TABLE kept AS SELECT 7 AS n");
    assert!(project.stop().unwrap());
    assert!(!is_alive(first.pid));
    let second = project.ensure_running().unwrap();
    assert!(second.started);
    assert_eq!(answer(&second, "SELECT n FROM kept"), "7");
}

#[test]
fn stopping_what_does_not_run_is_no_error() {
    let place = Place::new();
    assert!(!place.project().stop().unwrap());
    assert!(!place.root.join(".schema").exists());
}

#[test]
fn status_tells_absent_running_and_stopped() {
    let place = Place::new();
    let project = place.project();
    assert_eq!(project.status().unwrap().state, State::Absent);
    assert!(!place.root.join(".schema").exists(), "status makes nothing");
    let running = project.ensure_running().unwrap();
    let status = project.status().unwrap();
    assert!(status.log.is_file());
    assert_eq!(status.cluster.unwrap().major, running.version.major);
    let State::Running {
        pid,
        started_unix,
        connection,
    } = status.state
    else {
        panic!("{status:?}")
    };
    assert_eq!((pid, &connection), (running.pid, &running.connection));
    assert!(started_unix > 1_700_000_000);
    project.stop().unwrap();
    assert_eq!(project.status().unwrap().state, State::Stopped);
}

#[test]
fn parallel_starts_by_threads_make_one_server() {
    let place = Place::new();
    let all: Vec<Running> = thread::scope(|scope| {
        let threads: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| place.project().ensure_running().unwrap()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(
        all.iter()
            .map(|running| running.pid)
            .collect::<BTreeSet<_>>()
            .len(),
        1
    );
    assert_eq!(all.iter().filter(|running| running.started).count(), 1);
}

#[test]
fn parallel_starts_by_processes_make_one_server() {
    let place = Place::new();
    let root = place.root.to_str().unwrap();
    let mut users: Vec<_> = (0..4).map(|_| place.user("project", root)).collect();
    let lines: Vec<_> = users.iter_mut().map(super::support::User::lines).collect();
    users.into_iter().for_each(super::support::User::finish);
    assert_eq!(
        lines
            .iter()
            .map(|line| &line[0])
            .collect::<BTreeSet<_>>()
            .len(),
        1,
        "{lines:?}"
    );
    assert_eq!(
        lines.iter().filter(|line| line[2] == "true").count(),
        1,
        "{lines:?}"
    );
}

#[test]
fn a_start_whose_process_is_killed_half_way_is_no_hindrance() {
    let place = Place::new();
    let user = place.user("project", place.root.to_str().unwrap());
    let server = place.root.join(".schema/server");
    eventually("it has begun", || {
        fs::read_dir(&server).is_ok_and(|mut entries| {
            entries.any(|entry| {
                entry
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with("new-")
            })
        })
    });
    user.kill();
    let running = place.project().ensure_running().unwrap();
    assert_eq!(answer(&running, "SELECT 1"), "1");
    assert!(fs::read_dir(&server).unwrap().all(|entry| {
        !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("new-")
    }));
}

#[test]
fn a_crashed_server_is_started_again_with_its_data() {
    let place = Place::new();
    let first = place.project().ensure_running().unwrap();
    answer(&first, "CREATE TABLE kept AS SELECT 7 AS n");
    signal("KILL", first.pid);
    eventually("the server has crashed", || !is_alive(first.pid));
    let second = place.project().ensure_running().unwrap();
    assert!(second.started);
    assert_eq!(answer(&second, "SELECT n FROM kept"), "7");
}

#[test]
fn lock_files_that_name_a_living_stranger_are_cleared() {
    let place = Place::new();
    let project = place.project();
    let first = project.ensure_running().unwrap();
    signal("KILL", first.pid);
    eventually("the server has crashed", || !is_alive(first.pid));
    // PostgreSQL takes only processes of its own user seriously.
    let owner = fs::metadata(&first.data).unwrap();
    let mut stranger = Command::new("cat")
        .stdin(Stdio::piped())
        .uid(owner.uid())
        .gid(owner.gid())
        .spawn()
        .unwrap();
    let Address::Socket(sockets) = first.connection.address() else {
        panic!("{first:?}")
    };
    for file in [
        first.data.join("postmaster.pid"),
        sockets.join(".s.PGSQL.5432.lock"),
    ] {
        let text = fs::read_to_string(&file).unwrap();
        let (_, rest) = text.split_once('\n').unwrap();
        fs::write(&file, format!("{}\n{rest}", stranger.id())).unwrap();
    }
    assert_eq!(project.status().unwrap().state, State::Stopped);
    assert!(!project.stop().unwrap());
    assert!(
        stranger.try_wait().unwrap().is_none(),
        "the stranger was not signalled"
    );
    let second = project.ensure_running().unwrap();
    assert_eq!(answer(&second, "SELECT 1"), "1");
    drop(stranger.stdin.take());
    stranger.wait().unwrap();
}

#[test]
fn a_path_with_blanks_quotes_and_unicode_works() {
    let place = Place::named("it's a \"pröject\" $HOME `x`, 🐘");
    let running = place.project().ensure_running().unwrap();
    assert_eq!(answer(&running, "SELECT 1"), "1");
    assert!(
        running
            .data
            .starts_with(fs::canonicalize(&place.root).unwrap())
    );
}

#[test]
fn a_path_too_long_for_a_socket_gets_a_short_socket_directory() {
    let place = Place::named(&format!("{}/{}", "long ".repeat(20), "deep".repeat(20)));
    let running = place.project().ensure_running().unwrap();
    assert_eq!(answer(&running, "SELECT 1"), "1");
    let Address::Socket(directory) = running.connection.address() else {
        panic!("{running:?}")
    };
    assert!(directory.join(".s.PGSQL.5432").as_os_str().len() <= 107);
    assert!(directory.starts_with(place.temp()));
}

#[test]
fn a_temporary_directory_too_long_for_a_socket_is_replaced() {
    let mut place = Place::named(&"long".repeat(30));
    place.environment.temp = place.root.clone();
    let running = place.project().ensure_running().unwrap();
    assert_eq!(answer(&running, "SELECT 1"), "1");
    let Address::Socket(directory) = running.connection.address() else {
        panic!("{running:?}")
    };
    assert!(directory.starts_with("/tmp"));
}

#[test]
fn deleting_the_directory_under_a_running_server_is_no_hindrance() {
    for name in ["short".to_owned(), "long".repeat(30)] {
        let place = Place::named(&name);
        let first = place.project().ensure_running().unwrap();
        fs::remove_dir_all(place.root.join(".schema")).unwrap();
        let second = place.project().ensure_running().unwrap();
        assert!(second.started);
        assert_eq!(answer(&second, "SELECT 1"), "1");
        if is_alive(first.pid) {
            // PostgreSQL itself looks for its lock file only once a minute.
            signal("QUIT", first.pid);
        }
    }
}

#[test]
fn a_port_and_a_password_are_there_on_request() {
    let place = Place::new();
    let running = place
        .project()
        .with_listen(Listen::Tcp)
        .ensure_running()
        .unwrap();
    assert!(matches!(running.connection.address(), Address::Tcp(_)));
    assert_eq!(answer(&running, "SELECT 1"), "1");
    let wrong = running
        .psql()
        .unwrap()
        .env("PGPASSWORD", "wrong")
        .arg("-c")
        .arg("SELECT 1")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("password authentication failed"));
}

#[test]
fn the_url_is_understood_by_libpq() {
    let place = Place::named("a b");
    let running = place.project().ensure_running().unwrap();
    let output = running
        .psql()
        .unwrap()
        .arg(running.connection.url())
        .args(["-XAtc", "SELECT 2"])
        .output();
    assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap(), "2\n");
}

#[test]
fn a_cluster_of_another_version_is_refused_with_advice() {
    let place = Place::new();
    let running = place.project().ensure_running().unwrap();
    place.project().stop().unwrap();
    fs::write(running.data.join("PG_VERSION"), "99\n").unwrap();
    let error = place.project().ensure_running().unwrap_err().to_string();
    assert!(
        error.contains("made by PostgreSQL 99") && error.contains("to start afresh"),
        "{error}"
    );
}

#[test]
fn a_server_that_cannot_start_shows_its_log() {
    let place = Place::new();
    let running = place.project().ensure_running().unwrap();
    place.project().stop().unwrap();
    fs::write(
        running.data.join("postgresql.auto.conf"),
        "shared_buffers = 'much'\n",
    )
    .unwrap();
    let error = place.project().ensure_running().unwrap_err().to_string();
    assert!(
        error.contains("invalid value for parameter \"shared_buffers\""),
        "{error}"
    );
}

#[test]
fn variables_meant_for_other_servers_do_not_matter() {
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_server-user"));
    command.arg("project").arg(place.temp()).arg(&place.root);
    command
        .env("PGDATA", "/nowhere")
        .env("PGPORT", "1")
        .env("PGOPTIONS", "-c nonsense=1");
    let output = command
        .env("LC_ALL", "xx_YY")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_steps_that_take_long_are_reported() {
    let place = Place::new();
    let (sender, steps) = std::sync::mpsc::channel();
    let on_progress = OnProgress::new(move |step| sender.send(format!("{step:?}")).unwrap());
    place
        .project()
        .with_progress(on_progress)
        .ensure_running()
        .unwrap();
    assert_eq!(steps.try_iter().collect::<Vec<_>>(), ["Making", "Starting"]);
}

#[test]
fn a_project_is_found_from_a_directory_inside_it() {
    let place = Place::new();
    let inner = place.root.join("crates/inner/src");
    fs::create_dir_all(&inner).unwrap();
    let found = |from: &Path| Project::discover(from).root().to_path_buf();
    fs::write(place.root.join("Cargo.lock"), "").unwrap();
    assert_eq!(found(&inner), place.root);
    fs::create_dir(place.root.join("crates/.schema")).unwrap();
    assert_eq!(found(&inner), place.root.join("crates"));
}
