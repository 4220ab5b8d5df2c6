//! Fetching PostgreSQL: from an archive made here and served here.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use schema_kit::{
    ServerError,
    server::{Environment, Installation, OnProgress, fetch, find},
};

use super::support::Place;

/// An address where the archive and its checksum can be had, for as long as the process runs.
struct Mirror {
    url: String,
    requests: Arc<AtomicUsize>,
}

/// What a mirror sends.
#[derive(Clone)]
struct Files {
    archive: Vec<u8>,
    checksum: String,
    /// How many bytes of the archive arrive before the connection breaks.
    breaks_after: Option<usize>,
}

impl Mirror {
    fn serve(files: Files) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                counter.fetch_add(1, Ordering::Relaxed);
                answer(stream.unwrap(), &files);
            }
        });
        Self { url, requests }
    }
}

fn answer(mut stream: TcpStream, files: &Files) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request = lines.next().unwrap().unwrap();
    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
    let path = request.split(' ').nth(1).unwrap();
    let name = format!("/{0}/postgresql-{0}-", fetch::VERSION);
    let (body, breaks_after) = match path.strip_prefix(&name) {
        Some(rest) if rest.ends_with(".tar.gz.sha256") => (files.checksum.as_bytes(), None),
        Some(rest) if rest.ends_with(".tar.gz") => (files.archive.as_slice(), files.breaks_after),
        _ => {
            return stream
                .write_all(
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                )
                .unwrap();
        }
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
        .write_all(&body[..breaks_after.unwrap_or(body.len())])
        .unwrap();
}

/// The server that is really installed here.
fn installed() -> Installation {
    find(&Environment::from_process())
        .unwrap()
        .installations
        .remove(0)
}

/// An archive as published: one directory whose `bin` has programs. Ours run the installed ones.
fn archive(place: &Path, version: &str) -> Files {
    let bin = place.join("tree/postgresql-x/bin");
    fs::create_dir_all(&bin).unwrap();
    for program in ["initdb", "pg_ctl", "postgres"] {
        let real = installed().program(program);
        let script = format!(
            "#!/bin/sh\n[ \"$*\" = --version ] && echo 'postgres (PostgreSQL) {version}' && exit\nexec '{}' \"$@\"\n",
            real.display()
        );
        let path = bin.join(program);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let file = place.join("archive.tar.gz");
    let mut tar = Command::new("tar");
    tar.arg("-czf")
        .arg(&file)
        .arg("-C")
        .arg(place.join("tree"))
        .arg("postgresql-x");
    assert!(tar.status().unwrap().success());
    let sum = Command::new("sha256sum").arg(&file).output().unwrap();
    Files {
        archive: fs::read(&file).unwrap(),
        checksum: String::from_utf8(sum.stdout).unwrap(),
        breaks_after: None,
    }
}

/// The names in the directory of fetched servers.
fn store(environment: &Environment) -> Vec<String> {
    let store = environment.cache.as_ref().unwrap().join("schema-kit");
    let names = fs::read_dir(store)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "fetch.lock").collect()
}

fn fetch_from(place: &mut Place, mirror: &Mirror) -> Result<Installation, ServerError> {
    place.environment.archives.clone_from(&mirror.url);
    fetch::fetch(&place.environment, &OnProgress::default())
}

/// A fetch that must fail; nothing may be left of it.
fn refused(place: &mut Place, files: Files) -> ServerError {
    let error = fetch_from(place, &Mirror::serve(files)).unwrap_err();
    assert_eq!(store(&place.environment), Vec::<String>::new(), "{error}");
    error
}

#[test]
fn an_archive_is_fetched_once_and_found_again() {
    let mut place = Place::new();
    let mirror = Mirror::serve(archive(place.temp(), "18.3"));
    let first = fetch_from(&mut place, &mirror).unwrap();
    assert_eq!(first.version.to_string(), "18.3");
    assert_eq!(
        store(&place.environment),
        [format!("postgresql-{}", fetch::VERSION)]
    );
    let requests = mirror.requests.load(Ordering::Relaxed);
    assert_eq!(fetch_from(&mut place, &mirror).unwrap(), first);
    assert_eq!(mirror.requests.load(Ordering::Relaxed), requests);
}

#[test]
fn parallel_fetches_download_once() {
    let mut place = Place::new();
    let mirror = Mirror::serve(archive(place.temp(), "18.3"));
    place.environment.archives.clone_from(&mirror.url);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| fetch::fetch(&place.environment, &OnProgress::default()).unwrap());
        }
    });
    assert_eq!(
        mirror.requests.load(Ordering::Relaxed),
        2,
        "the checksum and the archive"
    );
}

#[test]
fn a_machine_without_postgresql_fetches_one_and_runs_it() {
    let mut place = Place::new();
    let version = format!("{} (made for this test)", installed().version);
    let mirror = Mirror::serve(archive(place.temp(), &version));
    place.environment.archives.clone_from(&mirror.url);
    place.environment.root = place.temp().join("empty");
    place.environment.path = Vec::new();
    let running = place.project().ensure_running().unwrap();
    assert!(running.started);
    assert!(place.project().stop().unwrap());
}

#[test]
fn progress_counts_up_to_the_whole_archive() {
    let mut place = Place::new();
    let files = archive(place.temp(), "18.3");
    let bytes = files.archive.len();
    place.environment.archives = Mirror::serve(files).url;
    let (sender, steps) = mpsc::channel();
    let on_progress = OnProgress::new(move |step| sender.send(format!("{step:?}")).unwrap());
    fetch::fetch(&place.environment, &on_progress).unwrap();
    let steps: Vec<String> = steps.try_iter().collect();
    let all = format!("Downloading {{ received: {bytes}, total: Some({bytes}) }}");
    assert!(steps.contains(&all), "{steps:?}");
    assert_eq!(steps.last().unwrap(), "Unpacking");
}

#[test]
fn a_damaged_archive_is_refused() {
    let mut place = Place::new();
    let mut files = archive(place.temp(), "18.3");
    files.archive[40] ^= 1;
    let error = refused(&mut place, files);
    assert!(matches!(error, ServerError::Checksum { .. }), "{error:?}");
}

#[test]
fn an_archive_without_a_checksum_is_refused() {
    let mut place = Place::new();
    let files = Files {
        checksum: "none".to_owned(),
        ..archive(place.temp(), "18.3")
    };
    assert!(
        refused(&mut place, files)
            .to_string()
            .contains("published checksum")
    );
}

#[test]
fn an_interrupted_download_is_an_error() {
    let mut place = Place::new();
    let files = Files {
        breaks_after: Some(100),
        ..archive(place.temp(), "18.3")
    };
    let error = refused(&mut place, files);
    assert!(matches!(error, ServerError::Download { .. }), "{error:?}");
}

#[test]
fn an_archive_that_is_none_or_holds_no_server_is_refused() {
    let mut place = Place::new();
    let file = place.temp().join("text");
    fs::write(&file, "no archive").unwrap();
    let sum = Command::new("sha256sum").arg(&file).output().unwrap();
    let text = Files {
        archive: fs::read(&file).unwrap(),
        checksum: String::from_utf8(sum.stdout).unwrap(),
        breaks_after: None,
    };
    assert!(matches!(
        refused(&mut place, text),
        ServerError::Archive { .. }
    ));
    let old = archive(place.temp(), "13.1");
    let error = refused(&mut place, old).to_string();
    assert!(error.contains("oldest supported"), "{error}");
}

#[test]
fn an_unknown_version_is_an_error_that_names_the_address() {
    let mut place = Place::new();
    let mirror = Mirror::serve(archive(place.temp(), "18.3"));
    place.environment.archives = format!("{}/elsewhere", mirror.url);
    let error = fetch::fetch(&place.environment, &OnProgress::default()).unwrap_err();
    assert!(error.to_string().contains(&mirror.url), "{error}");
    assert!(
        std::error::Error::source(&error)
            .unwrap()
            .to_string()
            .contains("404")
    );
}
