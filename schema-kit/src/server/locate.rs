//! Chooses the installation to run: one that the server's user can reach and that fits the cluster,
//! fetched if there is none and the feature `fetch` is on.

use std::{fs, path::Path};

use super::{
    environment::Environment,
    find::{Installation, Search, find},
    progress::OnProgress,
    user::ServerUser,
    version::Version,
};
use crate::error::ServerError;

/// The installation for a cluster, which need not exist yet.
pub(super) fn locate(
    environment: &Environment,
    user: &ServerUser,
    data: &Path,
    on_progress: &OnProgress,
) -> Result<Installation, ServerError> {
    let mut search = find(environment)?;
    keep_reachable(&mut search, user);
    let wanted = cluster_version(data);
    if let Some(found) = choose(&search.installations, wanted) {
        return Ok(found.clone());
    }
    if search.installations.is_empty() || can_fetch(wanted) {
        let fetched = obtain(environment, user, search.notes, on_progress)?;
        search.installations.push(fetched);
    }
    choose(&search.installations, wanted)
        .cloned()
        .ok_or_else(|| ServerError::VersionMismatch {
            data: data.to_path_buf(),
            cluster: wanted
                .map(|version| version.major.to_string())
                .unwrap_or_default(),
            installed: search
                .installations
                .iter()
                .map(|found| found.version.to_string())
                .collect(),
        })
}

/// The installation for a cluster that is there, where this environment has one: nothing is fetched.
pub(super) fn installed(
    environment: &Environment,
    user: &ServerUser,
    data: &Path,
) -> Option<Installation> {
    let mut search = find(environment).ok()?;
    keep_reachable(&mut search, user);
    choose(&search.installations, cluster_version(data)).cloned()
}

/// The version of a cluster, from its `PG_VERSION`; `None` if there is no cluster.
pub(super) fn cluster_version(data: &Path) -> Option<Version> {
    Version::parse(&fs::read_to_string(data.join("PG_VERSION")).ok()?)
}

fn choose(installations: &[Installation], wanted: Option<Version>) -> Option<&Installation> {
    installations
        .iter()
        .find(|found| wanted.is_none_or(|wanted| found.version.major == wanted.major))
}

/// Root may see a server in its own home that the server's user cannot run.
fn keep_reachable(search: &mut Search, user: &ServerUser) {
    let (kept, lost): (Vec<_>, Vec<_>) = search
        .installations
        .drain(..)
        .partition(|found| user.can_reach(&found.bin));
    search.installations = kept;
    search.notes.extend(lost.iter().map(|found| {
        format!(
            "`{}` is passed over: root's server user cannot reach it",
            found.bin.display()
        )
    }));
}

#[cfg(feature = "fetch")]
fn can_fetch(wanted: Option<Version>) -> bool {
    wanted.is_none_or(|wanted| {
        Version::parse(super::fetch::VERSION).is_some_and(|ours| ours.major == wanted.major)
    })
}

#[cfg(not(feature = "fetch"))]
const fn can_fetch(_wanted: Option<Version>) -> bool {
    false
}

#[cfg(feature = "fetch")]
fn obtain(
    environment: &Environment,
    user: &ServerUser,
    _notes: Vec<String>,
    on_progress: &OnProgress,
) -> Result<Installation, ServerError> {
    super::fetch::fetch_for(environment, user, on_progress)
}

#[cfg(not(feature = "fetch"))]
fn obtain(
    _environment: &Environment,
    _user: &ServerUser,
    notes: Vec<String>,
    _on_progress: &OnProgress,
) -> Result<Installation, ServerError> {
    Err(ServerError::NotFound { notes })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Installation, Version, choose};

    fn installation(major: u32) -> Installation {
        Installation {
            bin: PathBuf::from(format!("/{major}")),
            version: Version { major, minor: 1 },
        }
    }

    #[test]
    fn a_cluster_gets_its_own_major_version_and_a_new_one_the_first() {
        let installations = [installation(17), installation(15)];
        let wanted = |major| Some(Version { major, minor: 0 });
        assert_eq!(choose(&installations, None), Some(&installations[0]));
        assert_eq!(choose(&installations, wanted(15)), Some(&installations[1]));
        assert_eq!(choose(&installations, wanted(16)), None);
    }
}
