//! MONEY.

use super::{Advice, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "money_type",
    summary: "a column of type money",
    reason: "How a MONEY value reads, and how many digits it has behind the point, is the setting lc_monetary of whoever \
             reads it: a dump loaded elsewhere holds other amounts. It names no currency.",
    instead_of: "#[column(type = \"money\")]\nprice: Money,",
    write: "#[column(type = numeric(12, 2))]\nprice: Decimal,",
    source: "https://www.postgresql.org/docs/current/datatype-money.html",
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_of_type(
        "money",
        "use `numeric`, with the currency in a column of its own where there is more than one",
    )
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(name = "entries")]
    struct Entry {
        #[column(primary_key)]
        id: i64,
        #[column(type = "money")]
        one: String,
        #[column(type = "money[]")]
        many: String,
        #[column(type = "numeric(12, 2)")]
        good: String,
    }

    #[test]
    fn money_is_found_and_numeric_is_not() {
        assert_eq!(
            messages(&RULE, &[Entry::ENTRY]),
            ["`entries.one` is `money`", "`entries.many` is `money[]`"]
        );
    }
}
