//! The rules that are ours on purpose: what the derive refuses although PostgreSQL accepts it, each with its reason, as the
//! reference of the attributes tells them to users.

/// Each rule with a part of its message. The text before the colon names the rule, the text behind it the reason.
const RULES: &[(&str, &str)] = &[
    (
        "is in the primary key, but its type is an `Option`",
        "an `Option` in a primary key: the server makes the column NOT NULL without a word, and the type would lie",
    ),
    (
        "an `Option`, but PostgreSQL makes identity columns NOT NULL",
        "an `Option` with `identity`: the server makes the column NOT NULL without a word, and the type would lie",
    ),
    (
        "`set_null` cannot set",
        "`set_null` of a NOT NULL column: the server finds out when a row is deleted",
    ),
    (
        "`set_default` has nothing to set",
        "`set_default` of a NOT NULL column without a default: the server finds out when a row is deleted",
    ),
    (
        "help: give both the same type",
        "two types in a foreign key: the server compares them by a cast, which no Rust type does",
    ),
    (
        "help: make the field",
        "two types in a foreign key: the server compares them by a cast, which no Rust type does",
    ),
    (
        "in it, whose values PostgreSQL does not compare",
        "a key over a type with a part that does not compare: the server finds out when a second row is inserted",
    ),
    (
        "characters, but the column is",
        "a default longer than its column: the server finds out when a row is inserted",
    ),
    (
        ", but the column is",
        "a default of another kind than its column, such as text for a number: the server casts it without a word",
    ),
    (
        "is out of range of",
        "a default out of its column's range: the server finds out when a row is inserted",
    ),
    (
        "is too large for NUMERIC",
        "a default out of its column's range: the server finds out when a row is inserted",
    ),
    (
        "PostgreSQL keeps 63",
        "a name over 63 bytes: the server cuts it, and then it is not the name in the source",
    ),
    (
        "by its field's type, but the query gives",
        "a view's field of another type than its result: the server knows no fields, and every row would be refused",
    ),
    (
        "never NULL, but the query gives",
        "a view's field that is no `Option` over what may be NULL: the server knows no fields, and some row would be refused",
    ),
    (
        "is not something TSVECTOR reads",
        "a default of TSVECTOR or TSQUERY that is more than plain words: it has a grammar that a constant does not read",
    ),
    (
        "is not something TSQUERY reads",
        "a default of TSVECTOR or TSQUERY that is more than plain words: it has a grammar that a constant does not read",
    ),
    (
        "`partitions` cannot be",
        "`partitions` of 0 or above 1000: none is said by leaving the word out, and more are a slip",
    ),
    (
        "this object names `",
        "an object that depends on a table which its schema does not list: the server looks at what its text says alone",
    ),
    (
        "is reserved: PostgreSQL's own start with `pg_`",
        "a namespace that starts with `pg_`: the server takes an existing one, but it is the system's",
    ),
];

/// What compiles although the server may refuse it: it stands where the user writes what only the server knows. Each with
/// a part of the server's message; what stands for `…` in it may be anything.
const SERVERS_OWN: &[(&str, &str)] = &[
    (
        "does not exist for access method",
        "an operator class by name: extensions and users make their own",
    ),
    (
        "nondeterministic collations are not supported for operator class",
        "an operator class by name: extensions and users make their own",
    ),
    (
        "does not accept data type",
        "an operator class by name: extensions and users make their own",
    ),
    (
        "data type boolean has no default operator class for access method \"gist\"",
        "what a newer server has than the one at hand",
    ),
    (
        "access method \"…\" does not exist",
        "an index method by name: extensions bring their own",
    ),
    (
        "type \"…\" does not exist",
        "a type in quotes: extensions and users make their own",
    ),
    (
        "operator does not exist",
        "an operator in quotes: extensions and users make their own",
    ),
    (
        "column \"x\" does not exist",
        "what a name in SQL text means without braces around it: the derive parses no SQL",
    ),
    (
        "is not a member of operator family",
        "an operator in quotes: extensions and users make their own",
    ),
];

/// What a refusal by the server is about, where it is of what only the server knows.
#[must_use]
pub fn servers_own(message: &str) -> Option<&'static str> {
    let own = SERVERS_OWN
        .iter()
        .find(|(part, _)| part.split('…').all(|piece| message.contains(piece)));
    own.map(|(_, what)| *what)
}

/// The rule an error is about, where it is one of these.
#[must_use]
pub fn our_rule(message: &str) -> Option<&'static str> {
    let rule = RULES.iter().find(|(part, _)| message.contains(part));
    rule.map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_reference_of_the_attributes_tells_every_rule_and_no_other() {
        let reference = include_str!("../../../schema-derive/doc/table.md");
        let (_, told) = reference
            .split_once("# Stricter than PostgreSQL")
            .expect("a section about them");
        let told: BTreeSet<&str> = told
            .lines()
            .filter_map(|line| line.strip_prefix("- "))
            .collect();
        let rules = RULES.iter().chain(SERVERS_OWN);
        let known: BTreeSet<&str> = rules.map(|(_, reason)| *reason).collect();
        assert_eq!(told, known);
    }
}
