//! Who the server runs as, who may connect, and what is said when there is no server.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    process::Command,
};

use schema_kit::server::Address;

use super::support::{Place, is_root};

#[test]
fn the_server_never_runs_as_root() {
    let place = Place::new();
    let running = place.project().ensure_running().unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", running.pid)).unwrap();
    let line = |name| {
        status
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap()
            .to_owned()
    };
    assert!(
        !line("Uid:").split_whitespace().any(|word| word == "0"),
        "{status}"
    );
    if is_root() {
        assert!(
            !line("Gid:").split_whitespace().any(|word| word == "0"),
            "{status}"
        );
        assert_eq!(
            line("Groups:").split_whitespace().count(),
            1,
            "no group of root's is left"
        );
    }
}

#[test]
fn a_project_only_root_can_reach_has_its_data_elsewhere_and_says_so() {
    let place = Place::new();
    fs::set_permissions(&place.root, fs::Permissions::from_mode(0o700)).unwrap();
    let running = place.project().ensure_running().unwrap();
    if is_root() {
        assert!(
            running.data.starts_with(&place.environment.state),
            "{running:?}"
        );
        assert!(running.notes[0].contains("its data is in"), "{running:?}");
    } else {
        assert!(running.data.starts_with(&place.root), "{running:?}");
    }
    assert!(place.project().stop().unwrap());
}

#[test]
fn the_directories_of_data_and_socket_are_the_owners_alone() {
    for name in ["project".to_owned(), "long".repeat(30)] {
        let place = Place::named(&name);
        let running = place.project().ensure_running().unwrap();
        let Address::Socket(sockets) = running.connection.address() else {
            panic!("{running:?}")
        };
        for directory in [&running.data, sockets] {
            assert_eq!(
                fs::metadata(directory).unwrap().mode() & 0o777,
                0o700,
                "{directory:?}"
            );
        }
    }
}

/// Connects as another user of the system and returns the refusal.
fn refusal(psql: &mut Command, uid: u32) -> String {
    let output = psql
        .args(["-c", "SELECT 1"])
        .uid(uid)
        .gid(uid)
        .current_dir("/")
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn nobody_else_may_connect() {
    if !is_root() {
        // Only root can try as somebody else; the modes are tested above.
        return;
    }
    let place = Place::new();
    let running = place.project().ensure_running().unwrap();
    let server_user = fs::metadata(&running.data).unwrap().uid();
    let stranger = refusal(&mut running.psql().unwrap(), server_user + 1);
    assert!(stranger.contains("Permission denied"), "{stranger}");
    let server_itself = refusal(&mut running.psql().unwrap(), server_user);
    assert!(
        server_itself.contains("Peer authentication failed"),
        "{server_itself}"
    );
}

#[test]
fn a_socket_directory_prepared_by_somebody_else_is_refused() {
    let place = Place::named(&"long".repeat(30));
    let running = place.project().ensure_running().unwrap();
    let Address::Socket(sockets) = running.connection.address() else {
        panic!("{running:?}")
    };
    place.project().stop().unwrap();
    fs::set_permissions(sockets, fs::Permissions::from_mode(0o777)).unwrap();
    let error = place.project().ensure_running().unwrap_err().to_string();
    assert!(
        error.contains("others may enter it") && error.contains("TMPDIR"),
        "{error}"
    );
}

#[test]
fn a_pg_bin_without_a_server_is_named() {
    let mut place = Place::new();
    place.environment.pg_bin = Some("/nowhere".into());
    let error = place.project().ensure_running().unwrap_err().to_string();
    assert_eq!(
        error,
        "PG_BIN is `/nowhere`, but it has no `initdb`: point it at the directory of `initdb`, or unset it"
    );
    place.environment.pg_bin = None;
}

#[test]
fn nothing_installed_and_nothing_to_fetch_says_what_to_do_in_one_line() {
    let mut place = Place::new();
    let real = place.environment.clone();
    place.environment.root = place.temp().join("empty");
    place.environment.path = Vec::new();
    place.environment.archives = "http://127.0.0.1:1".to_owned();
    let error = place.project().ensure_running().unwrap_err().to_string();
    assert_eq!(error.lines().count(), 1);
    for advice in ["check the network", "install PostgreSQL", "DATABASE_URL"] {
        assert!(error.contains(advice), "{error}");
    }
    place.environment = real;
}
