//! TIMESTAMP where an instant is meant.

use super::{Advice, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "timestamp_without_time_zone",
    summary: "a column of type timestamp without time zone",
    reason: "It holds what a clock on some wall showed, and not when that was: differences are wrong across a change of \
             the clocks, and every reader takes it for a time in a zone of its own. TIMESTAMPTZ holds the instant, in the \
             same 8 bytes.",
    instead_of: "#[column(type = timestamp)]\nsent_at: civil::DateTime,",
    write: "sent_at: Timestamp,",
    source: "https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29",
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_of_type(
        "timestamp",
        "use `timestamptz`, which an instant such as `jiff::Timestamp` has by default",
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
        #[column(type = "timestamp(3)")]
        one: String,
        #[column(type = "timestamp[]")]
        many: String,
        #[column(type = "timestamptz(3)")]
        good: String,
    }

    #[test]
    fn a_timestamp_of_any_precision_is_found_and_a_timestamptz_is_not() {
        assert_eq!(
            messages(&RULE, &[Entry::ENTRY]),
            [
                "`entries.one` is `timestamp(3)`",
                "`entries.many` is `timestamp[]`"
            ]
        );
    }
}
