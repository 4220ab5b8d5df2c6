//! The names PostgreSQL makes up for constraints, indexes and sequences, as `makeObjectName` (`src/backend/commands/indexcmds.c`)
//! and the functions around it do. What is already taken is the caller's to know.

use super::{MAX_BYTES, clip};

/// Joins `name1[_name2]_label`, cutting the longer of the two names byte by byte until the whole fits [`MAX_BYTES`],
/// then each to whole characters.
///
/// # Examples
///
/// ```
/// use schema_core::ident::make_object_name;
///
/// assert_eq!(make_object_name("users", None, "pkey"), "users_pkey");
/// assert_eq!(make_object_name("users", Some("email"), "key"), "users_email_key");
/// assert_eq!(make_object_name(&"t".repeat(63), None, "pkey").len(), 63);
/// ```
#[must_use]
pub fn make_object_name(name1: &str, name2: Option<&str>, label: &str) -> String {
    let underscores = 1 + usize::from(name2.is_some());
    let available = MAX_BYTES.saturating_sub(label.len() + underscores);
    let (mut length1, mut length2) = (name1.len(), name2.map_or(0, str::len));
    while length1 + length2 > available {
        if length1 > length2 {
            length1 -= 1;
        } else {
            length2 -= 1;
        }
    }
    let name1 = clip(name1, length1);
    match name2 {
        Some(name2) => format!("{name1}_{}_{label}", clip(name2, length2)),
        None => format!("{name1}_{label}"),
    }
}

/// Chooses `name1[_name2]_label`, with 1, 2, … after the label until the name is not taken (`ChooseRelationName`,
/// `ChooseConstraintName`).
///
/// # Examples
///
/// ```
/// use schema_core::ident::choose_name;
///
/// let taken = ["t_a_check", "t_a_check1"];
/// let name = choose_name("t", Some("a"), "check", |name| taken.contains(&name));
/// assert_eq!(name, "t_a_check2");
/// ```
pub fn choose_name(
    name1: &str,
    name2: Option<&str>,
    label: &str,
    mut is_taken: impl FnMut(&str) -> bool,
) -> String {
    let mut name = make_object_name(name1, name2, label);
    let mut pass = 0_u32;
    while is_taken(&name) {
        pass += 1;
        name = make_object_name(name1, name2, &format!("{label}{pass}"));
    }
    name
}

/// Joins column names to the middle part of a default name (`ChooseIndexNameAddition`,
/// `ChooseForeignKeyConstraintNameAddition`). It stops after the name with which it is longer than any identifier.
///
/// # Examples
///
/// ```
/// use schema_core::ident::name_addition;
///
/// assert_eq!(name_addition(["username", "discriminator"]), "username_discriminator");
/// ```
#[must_use]
pub fn name_addition<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut addition = String::new();
    for column in columns {
        if !addition.is_empty() {
            addition.push('_');
        }
        addition.push_str(column);
        if addition.len() > MAX_BYTES {
            break;
        }
    }
    addition
}

/// Numbers the columns of an index apart where two have one name (`ChooseIndexColumnNames`); an expression comes in
/// under the name [`expression_name`](super::expression_name) gives it, or `expr`.
///
/// # Examples
///
/// ```
/// use schema_core::ident::index_column_names;
///
/// assert_eq!(index_column_names(["lower", "id", "lower"]), ["lower", "id", "lower1"]);
/// ```
#[must_use]
pub fn index_column_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for original in names {
        let mut current = original.to_owned();
        let mut pass = 0_u32;
        while chosen.contains(&current) {
            pass += 1;
            let number = pass.to_string();
            current = format!("{}{number}", clip(original, MAX_BYTES - number.len()));
        }
        chosen.push(current);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_is_cut_first() {
        let name = make_object_name(&"t".repeat(63), Some("column"), "fkey");
        assert_eq!(name, format!("{}_column_fkey", "t".repeat(51)));
        let name = make_object_name("t", Some(&"c".repeat(80)), "key");
        assert_eq!(name, format!("t_{}_key", "c".repeat(57)));
    }

    #[test]
    fn names_of_one_length_are_cut_evenly_from_the_second_on() {
        let name = make_object_name(&"t".repeat(63), Some(&"c".repeat(63)), "idx");
        assert_eq!(name, format!("{}_{}_idx", "t".repeat(29), "c".repeat(29)));
    }

    #[test]
    fn a_character_that_does_not_fit_whole_is_dropped() {
        let name = make_object_name(&"€".repeat(21), None, "pkey");
        assert_eq!(name, format!("{}_pkey", "€".repeat(19)));
    }
}
