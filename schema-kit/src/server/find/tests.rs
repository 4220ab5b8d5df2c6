//! The search on made-up trees: no program is run.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{NEEDED, Probe, Search, find_with};
use crate::{
    error::ServerError,
    server::{Environment, Version},
};

/// A made-up file system, and the environment that sees nothing else.
struct Tree {
    root: TempDir,
    environment: Environment,
}

impl Tree {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let mut environment = Environment::from_process();
        environment.pg_bin = None;
        environment.path = Vec::new();
        environment.cache = None;
        environment.state = root.path().join("state");
        environment.root = fs::canonicalize(root.path()).unwrap();
        Self { root, environment }
    }

    fn path(&self, path: &str) -> PathBuf {
        fs::canonicalize(self.root.path()).unwrap().join(path)
    }

    /// Puts a server there; its `postgres` holds the text `--version` would print.
    fn install(&self, bin: &str, version: &str) -> PathBuf {
        let bin = self.path(bin);
        fs::create_dir_all(&bin).unwrap();
        for program in NEEDED {
            fs::write(bin.join(program), version).unwrap();
        }
        bin
    }

    fn search(&self) -> Result<Search, ServerError> {
        let read = |path: &Path| fs::read_to_string(path).ok();
        let bindir = |path: &Path| fs::read_to_string(path).ok().map(PathBuf::from);
        find_with(
            &self.environment,
            &Probe {
                version: &read,
                bindir: &bindir,
            },
        )
    }

    fn found(&self) -> Vec<PathBuf> {
        self.search()
            .unwrap()
            .installations
            .into_iter()
            .map(|found| found.bin)
            .collect()
    }
}

#[test]
fn an_empty_machine_has_no_server_and_no_notes() {
    assert_eq!(Tree::new().search().unwrap(), Search::default());
}

#[test]
fn the_newest_debian_version_comes_first_by_number() {
    let tree = Tree::new();
    let old = tree.install("usr/lib/postgresql/14/bin", "14.2");
    let new = tree.install("usr/lib/postgresql/100/bin", "100.1");
    assert_eq!(tree.found(), [new, old]);
}

#[test]
fn every_usual_place_is_searched() {
    for place in [
        "usr/lib/postgresql/16/bin",
        "usr/pgsql-16/bin",
        "usr/lib/postgresql16/bin",
        "usr/libexec/postgresql16",
        "opt/homebrew/opt/postgresql@16/bin",
        "usr/local/opt/postgresql@16/bin",
        "opt/local/lib/postgresql16/bin",
        "Applications/Postgres.app/Contents/Versions/16/bin",
        "Program Files/PostgreSQL/16/bin",
        "usr/local/pgsql/bin",
    ] {
        let tree = Tree::new();
        let bin = tree.install(place, "16.1");
        assert_eq!(tree.found(), [bin], "{place}");
    }
}

#[test]
fn pg_bin_is_used_alone() {
    let mut tree = Tree::new();
    tree.install("usr/lib/postgresql/17/bin", "17.1");
    let own = tree.install("my server/bin", "15.2");
    tree.environment.pg_bin = Some(own.clone());
    assert_eq!(tree.found(), [own]);
}

#[test]
fn a_useless_pg_bin_is_an_error_even_when_another_server_exists() {
    let mut tree = Tree::new();
    tree.install("usr/lib/postgresql/17/bin", "17.1");
    tree.environment.pg_bin = Some(tree.path("nowhere"));
    let error = tree.search().unwrap_err().to_string();
    assert!(
        error.contains("nowhere") && error.contains("no `initdb`"),
        "{error}"
    );
}

#[test]
fn the_path_comes_before_the_usual_places() {
    let mut tree = Tree::new();
    let usual = tree.install("usr/lib/postgresql/17/bin", "17.1");
    let own = tree.install("home/me/bin", "15.2");
    tree.environment.path = vec![tree.path("empty"), own.clone()];
    assert_eq!(tree.found(), [own, usual]);
}

#[cfg(unix)]
#[test]
fn links_in_the_path_lead_to_the_real_directory_once() {
    let mut tree = Tree::new();
    let real = tree.install("usr/lib/postgresql/16/bin", "16.1");
    let links = tree.path("usr/bin");
    fs::create_dir_all(&links).unwrap();
    std::os::unix::fs::symlink(real.join("initdb"), links.join("initdb")).unwrap();
    tree.environment.path = vec![links];
    assert_eq!(tree.found(), [real]);
}

#[test]
fn pg_config_leads_to_a_server_outside_the_usual_places() {
    let mut tree = Tree::new();
    let hidden = tree.install("srv/pg/bin", "16.1");
    let tools = tree.path("tools");
    fs::create_dir_all(&tools).unwrap();
    fs::write(tools.join("pg_config"), hidden.to_str().unwrap()).unwrap();
    tree.environment.path = vec![tools];
    assert_eq!(tree.found(), [hidden]);
}

#[test]
fn an_old_server_is_passed_over_with_a_note() {
    let tree = Tree::new();
    tree.install("usr/lib/postgresql/13/bin", "postgres (PostgreSQL) 13.9");
    let good = tree.install("usr/lib/postgresql/15/bin", "postgres (PostgreSQL) 15.1");
    let search = tree.search().unwrap();
    assert_eq!(search.installations[0].bin, good);
    assert_eq!(
        search.installations[0].version,
        Version {
            major: 15,
            minor: 1
        }
    );
    assert!(
        search.notes[0].contains("13.9, and 14 is the oldest"),
        "{:?}",
        search.notes
    );
}

#[test]
fn a_client_without_the_server_is_passed_over_with_a_note() {
    let tree = Tree::new();
    let bin = tree.install("usr/lib/postgresql/15/bin", "15.1");
    fs::remove_file(bin.join("postgres")).unwrap();
    let search = tree.search().unwrap();
    assert!(search.installations.is_empty());
    assert!(
        search.notes[0].contains("no `postgres`"),
        "{:?}",
        search.notes
    );
}

#[test]
fn a_fetched_server_is_found_in_the_cache_last() {
    let mut tree = Tree::new();
    let cached = tree.install("cache/schema-kit/postgresql-18.3.0/bin", "18.3");
    let usual = tree.install("usr/lib/postgresql/15/bin", "15.1");
    tree.environment.cache = Some(tree.path("cache"));
    assert_eq!(tree.found(), [usual, cached]);
}
