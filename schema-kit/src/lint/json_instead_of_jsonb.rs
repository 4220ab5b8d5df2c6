//! JSON where JSONB is meant.

use super::{Advice, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "json_instead_of_jsonb",
    summary: "a column of type json",
    reason: "JSON keeps the text as it came and reads it again for every access; it has no equality and no index over its \
             content. It is for those who need white space, order of keys and repeated keys kept.",
    instead_of: "#[column(type = json)]\nsettings: Value,",
    write: "#[column(type = jsonb)]\nsettings: Value,",
    source: "https://www.postgresql.org/docs/current/datatype-json.html",
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_of_type("json", "use `jsonb`")
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
        #[column(type = "json")]
        one: String,
        #[column(type = "json[]")]
        many: String,
        #[column(type = "jsonb")]
        good: String,
    }

    #[test]
    fn json_is_found_and_jsonb_is_not() {
        assert_eq!(
            messages(&RULE, &[Entry::ENTRY]),
            ["`entries.one` is `json`", "`entries.many` is `json[]`"]
        );
    }
}
