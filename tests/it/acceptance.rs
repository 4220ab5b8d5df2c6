//! The acceptance table: pairs of schemas as SQL, each with the statements and hazards of the plan between the two.
//!
//! The rows stand in `tests/acceptance/<topic>.sql`, one topic to a file; what a row says is explained in [`row`], what is
//! checked of it in [`run`]. `BLESS=1` writes the plans anew: read them before you commit them. `ACCEPTANCE_DIR` names
//! another directory to take the files from, `ACCEPTANCE_ROW` a word that the titles of the rows to be tried hold.

mod compare;
mod generate;
mod row;
mod run;
mod survival;

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use self::{row::File, run::Bench};

/// The release whose spelling the plans in the files have: what the server prints of a view differs from one to the next.
/// On another release the plans are tried all the same.
const WRITTEN_WITH: u32 = 15;

/// One test per topic, which is one file.
macro_rules! topics {
    ($($topic:ident)*) => {
        $(
            #[tokio::test]
            async fn $topic() {
                check(stringify!($topic)).await;
            }
        )*

        const TOPICS: &[&str] = &[$(stringify!($topic)),*];
    };
}

topics! {
    checks columns foreign_keys indexes inheritance keys partitions security types values
}

fn directory() -> PathBuf {
    let own = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/acceptance"));
    env::var_os("ACCEPTANCE_DIR").map_or_else(own, PathBuf::from)
}

/// Tries all rows of a file, and tells of all that fail.
async fn check(topic: &str) {
    let path = directory().join(format!("{topic}.sql"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{topic}: {error}"));
    let mut file = File::parse(&text).unwrap_or_else(|error| panic!("{topic}: {error}"));
    let word = env::var("ACCEPTANCE_ROW").unwrap_or_default();
    let bless = env::var_os("BLESS").is_some();
    let mut bench = Bench::new().await;
    let mut failures = Vec::new();
    let mut tried = 0;
    for row in &mut file.rows {
        if !row.title.contains(&word) || !row.is_for(bench.release) {
            continue;
        }
        tried += 1;
        let expected = row.clone();
        match bench.run(row).await {
            Ok(()) if bless => {}
            Ok(()) => {
                if bench.release != WRITTEN_WITH {
                    row.spell_as(&expected);
                }
                failures.extend(row.unlike(&expected));
            }
            Err(failure) => failures.push(format!("{}: {failure}", row.title)),
        }
    }
    if bless {
        fs::write(&path, file.render()).unwrap();
    }
    assert!(
        failures.is_empty(),
        "{} of {tried} rows of {topic} fail:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_file_of_rows_is_a_topic() {
    let own = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/acceptance"));
    let files: BTreeSet<String> = fs::read_dir(own)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let topics: BTreeSet<String> = TOPICS.iter().map(|topic| (*topic).to_owned()).collect();
    assert_eq!(files, topics);
}
