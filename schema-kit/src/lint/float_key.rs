//! Keys over floating-point columns.

use std::collections::BTreeSet;

use schema_core::schema::Column;

use super::{Advice, Check, Rule, Subject, index_key, subject::is_own};

pub(super) const RULE: Rule = Rule {
    name: "float_key",
    summary: "a floating-point column in a primary, unique or foreign key",
    reason: "Floating-point numbers are rounded, so that values which look equal differ in their last bits: the key \
             takes duplicates and misses rows.",
    instead_of: "#[column(unique)]\nversion: f64,",
    write: "#[column(type = numeric(10, 2), unique)]\nversion: Decimal,",
    source: "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let table = subject.table;
    let indexes = index_key::all(subject).into_iter();
    let unique = indexes.filter(|index| index.unique);
    let mut columns: BTreeSet<String> = unique.flat_map(|index| index.columns()).collect();
    let foreign_keys = table.foreign_keys.iter();
    columns.extend(foreign_keys.flat_map(|key| key.columns.iter().cloned()));
    let is_float = |column: &Column| {
        is_own(&column.sql_type, "real") || is_own(&column.sql_type, "double precision")
    };
    subject.each_column(
        |column| columns.contains(&column.name) && is_float(column),
        |column| {
            let message = format!("{} and part of a key", subject.is_of_type(column));
            (message, "use `numeric` or an integer".to_owned())
        },
    )
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(name = "releases", index(size))]
    struct Release {
        #[column(primary_key)]
        version: f64,
        #[column(unique)]
        number: Option<f32>,
        size: f64,
    }

    #[derive(Table)]
    struct File {
        #[column(primary_key)]
        id: i64,
        #[column(references = Release)]
        release: f64,
    }

    #[test]
    fn floats_in_keys_are_found_and_others_are_not() {
        assert_eq!(
            messages(&RULE, &[Release::ENTRY, File::ENTRY]),
            [
                "`releases.version` is `double precision` and part of a key",
                "`releases.number` is `real` and part of a key",
                "`file.release` is `double precision` and part of a key",
            ]
        );
    }
}
