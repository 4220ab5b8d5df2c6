//! CHAR(n).

use super::{Advice, Check, Rule, Subject, subject::is_own};

pub(super) const RULE: Rule = Rule {
    name: "char_type",
    summary: "a column of type char(n)",
    reason: "CHAR(n) fills every value up with blanks: they take space, are ignored in comparisons, count in LIKE and \
             vanish in TEXT. It is not faster, and it refuses no value that is too short.",
    instead_of: "#[column(type = char(2))]\ncountry: String,",
    write: "#[column(type = varchar(2), check = sql(\"length({country}) = 2\"))]\ncountry: String,",
    source: "https://www.postgresql.org/docs/current/datatype-character.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_column(
        |column| {
            let ty = &column.sql_type;
            // Without a length this is `"char"`, a type of one byte that is another matter.
            is_own(ty, "char") && !ty.modifiers.is_empty() || is_own(ty, "bpchar")
        },
        |column| {
            let length = column.sql_type.modifiers.first();
            let help = match length {
                Some(length) => {
                    format!("use `varchar({length})`, with a check where the length is fixed")
                }
                None => "use `text`".to_owned(),
            };
            (subject.is_of_type(column), help)
        },
    )
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::advice, RULE};

    #[derive(Table)]
    #[table(name = "places")]
    struct Place {
        #[column(primary_key)]
        id: i64,
        #[column(type = char(2))]
        country: String,
        #[column(type = "bpchar")]
        padded: String,
        #[column(type = "\"char\"")]
        kind: String,
        #[column(type = varchar(2))]
        language: String,
    }

    #[test]
    fn every_type_that_pads_is_found() {
        let expected = [
            (
                "`places.country` is `char(2)`",
                "use `varchar(2)`, with a check where the length is fixed",
            ),
            ("`places.padded` is `bpchar`", "use `text`"),
        ];
        let expected = expected.map(|(message, help)| (message.to_owned(), help.to_owned()));
        assert_eq!(advice(&RULE, &[Place::ENTRY]), expected);
    }
}
