//! What a migration is called: what it changes, as far as a short name can say that.

use crate::diff::{Change, Diff, Renames, TableChange};

use super::GenerateError;

/// The longest name that is made; one that is given may be longer.
const LONGEST: usize = 60;

/// The longest name that is taken: file systems have 255 bytes for it and the version.
const LONGEST_GIVEN: usize = 100;

/// Takes a name that was given.
pub(super) fn checked(name: &str) -> Result<String, GenerateError> {
    let is_fine = |it: char| it.is_alphanumeric() || it == '_' || it == '-';
    let name = name.trim().replace(' ', "_");
    if name.is_empty() || name.chars().count() > LONGEST_GIVEN || !name.chars().all(is_fine) {
        return Err(GenerateError::Name { name });
    }
    Ok(name)
}

/// Makes a name: `create_users`, `add_nick_to_users`, `rename_user_to_users_and_3_more`.
pub(super) fn of(diff: &Diff<'_>, renames: &Renames) -> String {
    let actions = actions(diff, renames);
    let Some(first) = actions.first() else {
        return "change_schema".to_owned();
    };
    let name = match &actions[..] {
        [_] => first.clone(),
        [first, second] if first.len() + second.len() < LONGEST / 2 => {
            format!("{first}_and_{second}")
        }
        [first, rest @ ..] => format!("{first}_and_{}_more", rest.len()),
        [] => String::new(),
    };
    cut(&name)
}

/// What is done, what says most first.
fn actions(diff: &Diff<'_>, renames: &Renames) -> Vec<String> {
    let mut actions = Vec::new();
    for (previous, next) in renames.tables() {
        actions.push(format!("rename_{}_to_{}", previous.name, next.name));
    }
    for (table, previous, next) in renames.columns() {
        actions.push(format!("rename_{previous}_to_{next}_in_{}", table.name));
    }
    for change in &diff.tables {
        match change {
            TableChange::Create(table) => actions.push(format!("create_{}", table.name.name)),
            TableChange::Drop(table) => actions.push(format!("drop_{}", table.name.name)),
            TableChange::Alter(alter) => {
                let table = &alter.table.next.name.name;
                let columns = alter.columns.iter().map(|change| match change {
                    Change::Create(column) => format!("add_{}_to_{table}", column.name),
                    Change::Drop(column) => format!("drop_{}_from_{table}", column.name),
                    Change::Alter(pair) => format!("change_{}_in_{table}", pair.next.name),
                });
                let before = actions.len();
                actions.extend(columns);
                if actions.len() == before {
                    actions.push(format!("change_{table}"));
                }
            }
        }
    }
    named(&mut actions, &diff.views, |it| &it.name.name);
    named(&mut actions, &diff.enums, |it| &it.name.name);
    named(&mut actions, &diff.domains, |it| &it.name.name);
    named(&mut actions, &diff.composites, |it| &it.name.name);
    named(&mut actions, &diff.objects, |it| &it.name);
    named(&mut actions, &diff.sequences, |it| &it.name.name);
    named(&mut actions, &diff.extensions, |it| &it.name);
    named(&mut actions, &diff.collations, |it| &it.name.name);
    named(&mut actions, &diff.namespaces, |it| &it.name);
    actions.into_iter().map(|action| plain(&action)).collect()
}

fn named<T>(actions: &mut Vec<String>, changes: &[Change<'_, T>], name: impl Fn(&T) -> &String) {
    let changes = changes.iter().map(|change| match change {
        Change::Create(object) => format!("create_{}", name(object)),
        Change::Drop(object) => format!("drop_{}", name(object)),
        Change::Alter(pair) => format!("change_{}", name(pair.next)),
    });
    actions.extend(changes);
}

/// Lower case, with `_` for everything that is no letter and no digit.
fn plain(name: &str) -> String {
    let plain = name.chars().map(|it| match it {
        it if it.is_alphanumeric() => it.to_lowercase().next().unwrap_or(it),
        _ => '_',
    });
    plain.collect()
}

fn cut(name: &str) -> String {
    let cut: String = name.chars().take(LONGEST).collect();
    cut.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_given_stays_within_one_directory() {
        assert_eq!(checked("add nick").unwrap(), "add_nick");
        for name in ["", "../up", "a/b", "a.b", &"x".repeat(101)] {
            assert!(checked(name).is_err(), "{name}");
        }
    }

    #[test]
    fn odd_names_become_plain_ones() {
        assert_eq!(plain("add_Naïve \"name\"_to_t"), "add_naïve__name__to_t");
        assert_eq!(cut(&format!("{}__", "y".repeat(59))), "y".repeat(59));
    }
}
