//! VARCHAR where TEXT is meant.

use super::{Advice, Check, Rule, Subject, subject::is_own};

pub(super) const RULE: Rule = Rule {
    name: "varchar_without_length",
    summary: "a varchar without a length",
    reason: "It is the same as TEXT in what it holds, in space and in speed, and looks as if a limit had been forgotten. \
             A limit is the one reason for VARCHAR.",
    instead_of: "#[column(type = varchar)]\nname: String,",
    write: "#[column(type = varchar(100))]\nname: String,",
    source: "https://www.postgresql.org/docs/current/datatype-character.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_column(
        |column| is_own(&column.sql_type, "varchar") && column.sql_type.modifiers.is_empty(),
        |column| {
            let message = format!("{} without a length", subject.is_of_type(column));
            let help = "give it the length it may have, or use `text`".to_owned();
            (message, help)
        },
    )
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(name = "users")]
    struct User {
        #[column(primary_key)]
        id: i64,
        #[column(type = "varchar")]
        name: String,
        #[column(type = "varchar[]")]
        tags: Vec<String>,
        #[column(type = varchar(255))]
        email: String,
        note: String,
    }

    #[test]
    fn a_varchar_with_a_length_and_text_are_not_found() {
        assert_eq!(
            messages(&RULE, &[User::ENTRY]),
            [
                "`users.name` is `varchar` without a length",
                "`users.tags` is `varchar[]` without a length"
            ]
        );
    }
}
