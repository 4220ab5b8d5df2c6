//! Two catalogs, held against each other.
//!
//! Which of two like objects the server numbers depends on the order of the statements, which is no concern of the source:
//! names that the source does not give are compared among themselves, apart from what has them.

use std::collections::BTreeSet;

use schema_core::schema::Schema;

use super::{judge, model};

/// Says where catalogs differ from what was meant, if they do.
#[must_use]
pub fn difference(
    model: &model::Schema,
    meant: judge::Catalogs,
    found: judge::Catalogs,
) -> Option<String> {
    let given = given_names(model);
    let meant = Catalogs::new(meant, &given);
    let found = Catalogs::new(found, &given);
    (meant != found).then(|| lines(&format!("{meant:#?}"), &format!("{found:#?}")))
}

#[derive(Debug, PartialEq, Eq)]
struct Catalogs {
    schema: Schema,
    objects: Vec<String>,
    chosen: BTreeSet<(String, String)>,
}

impl Catalogs {
    fn new(catalogs: judge::Catalogs, given: &BTreeSet<&str>) -> Self {
        let judge::Catalogs {
            mut schema,
            objects,
        } = catalogs;
        // The server keeps a function's text as it was written: which names are quoted in it is no difference.
        let plain = |text: String| text.replace('"', "").replace("public.", "");
        let objects = objects.into_iter().map(plain).collect();
        let mut chosen = BTreeSet::new();
        for table in &mut schema.tables {
            let namespace = table.name.namespace.clone();
            let mut take = |name: &mut String| {
                if !given.contains(name.as_str()) {
                    chosen.insert((namespace.clone(), std::mem::take(name)));
                }
            };
            if let Some(key) = &mut table.primary_key {
                take(&mut key.name);
            }
            for unique in &mut table.uniques {
                take(&mut unique.name);
            }
            for check in &mut table.checks {
                take(&mut check.name);
            }
            for exclusion in &mut table.exclusions {
                take(&mut exclusion.name);
            }
            for foreign_key in &mut table.foreign_keys {
                take(&mut foreign_key.name);
            }
            for index in &mut table.indexes {
                take(&mut index.name);
            }
            table.uniques.sort();
            table.checks.sort();
            table.exclusions.sort();
            table.foreign_keys.sort();
            table.indexes.sort();
        }
        for view in &mut schema.views {
            for index in &mut view.indexes {
                if !given.contains(index.name.as_str()) {
                    let name = std::mem::take(&mut index.name);
                    chosen.insert((view.name.namespace.clone(), name));
                }
            }
            view.indexes.sort();
        }
        Self {
            schema,
            objects,
            chosen,
        }
    }
}

/// The names of constraints and indexes that the source gives.
fn given_names(model: &model::Schema) -> BTreeSet<&str> {
    let mut given = BTreeSet::new();
    for table in &model.tables {
        let keys = table.primary_key.iter().chain(&table.uniques);
        given.extend(keys.filter_map(|key| key.name.as_deref()));
        given.extend(
            table
                .checks
                .iter()
                .filter_map(|check| check.name.as_deref()),
        );
        given.extend(
            table
                .exclusions
                .iter()
                .filter_map(|part| part.name.as_deref()),
        );
        given.extend(
            table
                .foreign_keys
                .iter()
                .filter_map(|key| key.name.as_deref()),
        );
        given.extend(
            table
                .indexes
                .iter()
                .filter_map(|index| index.name.as_deref()),
        );
    }
    let views = model.views.iter().flat_map(|view| &view.indexes);
    given.extend(views.filter_map(|(_, _, name)| name.as_deref()));
    given
}

/// The lines from the first that differs.
fn lines(meant: &str, found: &str) -> String {
    let both = meant.lines().zip(found.lines());
    let same = both.take_while(|(meant, found)| meant == found).count();
    let some = |text: &str| {
        let lines: Vec<&str> = text
            .lines()
            .skip(same.saturating_sub(1))
            .take(6)
            .map(str::trim)
            .collect();
        lines.join(" ")
    };
    format!("meant {}\nfound {}", some(meant), some(found))
}
