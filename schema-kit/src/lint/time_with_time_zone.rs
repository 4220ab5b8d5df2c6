//! TIME WITH TIME ZONE.

use super::{Advice, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "time_with_time_zone",
    summary: "a column of type time with time zone",
    reason: "A time of day without a date has no offset that could be told from its zone: the clocks change. The type is \
             there because the SQL standard has it.",
    instead_of: "#[column(type = timetz)]\nopens_at: OffsetTime,",
    write: "opens_at: civil::Time,",
    source: "https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-TIMEZONES",
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    subject.each_of_type("timetz", "use `timestamptz` for an instant, or `time` with the name of the zone in a column of its own")
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
        #[column(type = "timetz")]
        one: String,
        #[column(type = "timetz[]")]
        many: String,
        #[column(type = "time")]
        good: String,
    }

    #[test]
    fn timetz_is_found_and_time_is_not() {
        assert_eq!(
            messages(&RULE, &[Entry::ENTRY]),
            ["`entries.one` is `timetz`", "`entries.many` is `timetz[]`"]
        );
    }
}
