//! Finds installed PostgreSQL servers: `PG_BIN`, else `PATH`, `pg_config --bindir`, the usual
//! places of the common systems, and what an earlier fetch left in the user's cache.

use std::{
    collections::BTreeSet,
    env::consts::EXE_SUFFIX,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    environment::Environment,
    version::{OLDEST_SUPPORTED, Version},
};
use crate::error::ServerError;

/// The programs a usable installation has.
const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Where installers put PostgreSQL, relative to the root; `*` stands for part of one directory's
/// name, and the newest match comes first.
const USUAL_PLACES: [&str; 11] = [
    "usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
    "usr/pgsql-*/bin",                                   // Red Hat, from postgresql.org
    "usr/lib/postgresql*/bin",                           // SUSE
    "usr/libexec/postgresql*",                           // Alpine
    "opt/homebrew/opt/postgresql@*/bin",                 // Homebrew on Apple silicon
    "usr/local/opt/postgresql@*/bin",                    // Homebrew on Intel
    "home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",    // Homebrew on Linux
    "opt/local/lib/postgresql*/bin",                     // MacPorts
    "Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
    "Program Files/PostgreSQL/*/bin",                    // Windows, EnterpriseDB's installer
    "usr/local/pgsql/bin",                               // PostgreSQL's own default prefix
];

/// A PostgreSQL server that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The directory of `initdb`, `pg_ctl` and `postgres`, with symbolic links resolved.
    pub bin: PathBuf,
    /// What `postgres --version` says.
    pub version: Version,
}

impl Installation {
    /// The path of one of its programs.
    ///
    /// ```
    /// use schema_kit::server::{Installation, Version};
    ///
    /// let installation = Installation { bin: "/opt/pg/bin".into(), version: Version { major: 17, minor: 2 } };
    /// assert!(installation.program("psql").starts_with("/opt/pg/bin"));
    /// ```
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.bin.join(format!("{name}{EXE_SUFFIX}"))
    }
}

/// What a search found: the usable installations, best first, and notes on those passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The usable installations in the order they are preferred.
    pub installations: Vec<Installation>,
    /// Why others are not usable, one sentence each.
    pub notes: Vec<String>,
}

/// Finds the installed servers, best first.
///
/// ```
/// use schema_kit::server::{Environment, find};
///
/// if let Ok(search) = find(&Environment::from_process()) {
///     for installation in search.installations {
///         println!("{} {}", installation.version, installation.bin.display());
///     }
/// }
/// ```
///
/// # Errors
/// [`ServerError::PgBin`] when `PG_BIN` is set but holds no usable server: what the user asked for
/// is never silently replaced. Finding nothing is not an error here.
pub fn find(environment: &Environment) -> Result<Search, ServerError> {
    find_with(
        environment,
        &Probe {
            version: &ask_version,
            bindir: &ask_bindir,
        },
    )
}

/// The server in this directory, or why there is none.
#[cfg(feature = "fetch")]
pub(super) fn installation_at(bin: &Path) -> Result<Installation, String> {
    inspect(
        bin,
        &Probe {
            version: &ask_version,
            bindir: &ask_bindir,
        },
    )
}

/// The two questions the search asks of real programs, so that tests can answer them.
struct Probe<'a> {
    version: &'a dyn Fn(&Path) -> Option<String>,
    bindir: &'a dyn Fn(&Path) -> Option<PathBuf>,
}

fn find_with(environment: &Environment, probe: &Probe<'_>) -> Result<Search, ServerError> {
    if let Some(path) = &environment.pg_bin {
        let installation = inspect(path, probe).map_err(|reason| ServerError::PgBin {
            path: path.clone(),
            reason,
        })?;
        return Ok(Search {
            installations: vec![installation],
            notes: Vec::new(),
        });
    }
    let mut search = Search::default();
    let mut seen = BTreeSet::new();
    for candidate in candidates(environment, probe) {
        let Ok(bin) = real_bin(&candidate) else {
            continue;
        };
        if !seen.insert(bin.clone()) {
            continue;
        }
        match inspect(&bin, probe) {
            Ok(installation) => search.installations.push(installation),
            Err(reason) => search
                .notes
                .push(format!("`{}` is passed over: {reason}", bin.display())),
        }
    }
    Ok(search)
}

/// Directories that may hold a server, best first.
fn candidates(environment: &Environment, probe: &Probe<'_>) -> Vec<PathBuf> {
    let mut found = environment.path.clone();
    let pg_config = format!("pg_config{EXE_SUFFIX}");
    let bindirs = environment
        .path
        .iter()
        .map(|directory| directory.join(&pg_config));
    found.extend(
        bindirs
            .filter(|program| program.is_file())
            .filter_map(|program| (probe.bindir)(&program)),
    );
    for place in USUAL_PLACES {
        found.extend(expand(&environment.root, place));
    }
    if let Some(cache) = &environment.cache {
        found.extend(expand(cache, "schema-kit/postgresql-*/bin"));
    }
    found.extend(expand(&environment.state, "postgresql-*/bin"));
    found
}

/// The directory the candidate's `initdb` really is in: a `PATH` entry often holds links only.
fn real_bin(candidate: &Path) -> Result<PathBuf, String> {
    let initdb = candidate.join(format!("initdb{EXE_SUFFIX}"));
    let real = fs::canonicalize(&initdb).map_err(|_| "it has no `initdb`".to_owned())?;
    Ok(real.parent().unwrap_or(candidate).to_path_buf())
}

fn inspect(candidate: &Path, probe: &Probe<'_>) -> Result<Installation, String> {
    let bin = real_bin(candidate)?;
    for program in NEEDED {
        if !bin.join(format!("{program}{EXE_SUFFIX}")).is_file() {
            return Err(format!("it has no `{program}`"));
        }
    }
    let postgres = bin.join(format!("postgres{EXE_SUFFIX}"));
    let answer = (probe.version)(&postgres).ok_or("its `postgres --version` fails")?;
    let version = Version::parse(&answer).ok_or("its `postgres --version` names no version")?;
    if version.is_supported() {
        Ok(Installation { bin, version })
    } else {
        Err(format!(
            "it is PostgreSQL {version}, and {OLDEST_SUPPORTED} is the oldest supported"
        ))
    }
}

/// Expands a pattern with at most one `*` below `root`, newest version first.
fn expand(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut parts = pattern.split('/');
    let fixed: PathBuf = parts
        .by_ref()
        .take_while(|part| !part.contains('*'))
        .collect();
    let Some(starred) = pattern.split('/').find(|part| part.contains('*')) else {
        return vec![root.join(pattern)];
    };
    let rest: PathBuf = parts.collect();
    let (prefix, suffix) = starred.split_once('*').unwrap_or((starred, ""));
    let Ok(entries) = fs::read_dir(root.join(fixed)) else {
        return Vec::new();
    };
    let mut matches: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let middle = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
            Some((numbers(middle), entry.path().join(&rest)))
        })
        .collect();
    matches.sort_by(|a, b| b.cmp(a));
    matches.into_iter().map(|(_, path)| path).collect()
}

/// The numbers in a directory's name, so that 10 sorts above 9; no number sorts last.
fn numbers(name: &str) -> Vec<u32> {
    name.split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn ask_version(postgres: &Path) -> Option<String> {
    answer(postgres, "--version")
}

fn ask_bindir(pg_config: &Path) -> Option<PathBuf> {
    answer(pg_config, "--bindir").map(|text| PathBuf::from(text.trim_end()))
}

fn answer(program: &Path, question: &str) -> Option<String> {
    let output = Command::new(program)
        .arg(question)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests;
