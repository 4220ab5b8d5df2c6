//! Names that every statement must quote.

use std::slice;

use schema_core::ident::{PUBLIC, needs_quotes};

use super::{Advice, Check, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "quoted_name",
    summary: "a table or column whose name must be quoted",
    reason: "Without quotes PostgreSQL reads capitals as small letters and a reserved word as itself: whoever writes a \
             statement by hand and forgets them gets an error that does not say so.",
    instead_of: "#[column(name = \"createdAt\")]\ncreated_at: Timestamp,",
    write: "created_at: Timestamp,",
    source: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let name = &subject.table.name;
    let table = [("namespace", &name.namespace), ("table", &name.name)].into_iter();
    let table = table
        .filter(|(_, name)| *name != PUBLIC && needs_quotes(name))
        .map(|(what, name)| Advice {
            columns: Vec::new(),
            position: None,
            message: format!("{what} `{name}` must be quoted in every statement"),
            help: help(name),
        });
    let columns = subject.each_column(
        |column| needs_quotes(&column.name),
        |column| {
            let described = subject.describe(slice::from_ref(&column.name));
            let message = format!("column {described} must be quoted in every statement");
            (message, help(&column.name))
        },
    );
    table.chain(columns).collect()
}

fn help(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        format!("it is a reserved word: give it another name than `{name}`")
    } else {
        "use small letters a to z, digits and underscores".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::advice, RULE};

    #[derive(Table)]
    #[table(name = "order", namespace = "Shop")]
    struct Order {
        #[column(primary_key)]
        id: i64,
        #[column(name = "createdAt")]
        created_at: i64,
        #[column(name = "2nd")]
        second: i64,
        left: i64,
        position: i64,
        r#type: String,
    }

    #[test]
    fn capitals_digits_in_front_and_reserved_words_are_found_and_other_keywords_are_not() {
        let small = "use small letters a to z, digits and underscores";
        let expected = [
            ("namespace `Shop` must be quoted in every statement", small),
            (
                "table `order` must be quoted in every statement",
                "it is a reserved word: give it another name than `order`",
            ),
            (
                "column `Shop.order.createdAt` must be quoted in every statement",
                small,
            ),
            (
                "column `Shop.order.2nd` must be quoted in every statement",
                small,
            ),
            (
                "column `Shop.order.left` must be quoted in every statement",
                "it is a reserved word: give it another name than `left`",
            ),
        ];
        let expected = expected.map(|(message, help)| (message.to_owned(), help.to_owned()));
        assert_eq!(advice(&RULE, &[Order::ENTRY]), expected);
    }
}
