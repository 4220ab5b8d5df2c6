//! Types of PostgreSQL's own that are hardly ever what is meant.

use super::{Check, Rule};

/// MONEY.
pub(super) const MONEY: Rule = Rule {
    name: "money_type",
    summary: "a column of type money",
    reason: "How a MONEY value reads, and how many digits it has behind the point, is the setting lc_monetary of whoever \
             reads it: a dump loaded elsewhere holds other amounts. It names no currency.",
    instead_of: "#[column(type = \"money\")]\nprice: Money,",
    write: "#[column(type = numeric(12, 2))]\nprice: Decimal,",
    source: "https://www.postgresql.org/docs/current/datatype-money.html",
    check: Check::ColumnType {
        ty: "money",
        help: "use `numeric`, with the currency in a column of its own where there is more than one",
    },
};

/// JSON where JSONB is meant.
pub(super) const JSON: Rule = Rule {
    name: "json_instead_of_jsonb",
    summary: "a column of type json",
    reason: "JSON keeps the text as it came and reads it again for every access; it has no equality and no index over its \
             content. It is for those who need white space, order of keys and repeated keys kept.",
    instead_of: "#[column(type = json)]\nsettings: Value,",
    write: "#[column(type = jsonb)]\nsettings: Value,",
    source: "https://www.postgresql.org/docs/current/datatype-json.html",
    check: Check::ColumnType {
        ty: "json",
        help: "use `jsonb`",
    },
};

/// TIMESTAMP where an instant is meant.
pub(super) const TIMESTAMP: Rule = Rule {
    name: "timestamp_without_time_zone",
    summary: "a column of type timestamp without time zone",
    reason: "It holds what a clock on some wall showed, and not when that was: differences are wrong across a change of \
             the clocks, and every reader takes it for a time in a zone of its own. TIMESTAMPTZ holds the instant, in the \
             same 8 bytes.",
    instead_of: "#[column(type = timestamp)]\nsent_at: civil::DateTime,",
    write: "sent_at: Timestamp,",
    source: "https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29",
    check: Check::ColumnType {
        ty: "timestamp",
        help: "use `timestamptz`, which an instant such as `jiff::Timestamp` has by default",
    },
};

/// TIME WITH TIME ZONE.
pub(super) const TIME_WITH_TIME_ZONE: Rule = Rule {
    name: "time_with_time_zone",
    summary: "a column of type time with time zone",
    reason: "A time of day without a date has no offset that could be told from its zone: the clocks change. The type is \
             there because the SQL standard has it.",
    instead_of: "#[column(type = timetz)]\nopens_at: OffsetTime,",
    write: "opens_at: civil::Time,",
    source: "https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-TIMEZONES",
    check: Check::ColumnType {
        ty: "timetz",
        help: "use `timestamptz` for an instant, or `time` with the name of the zone in a column of its own",
    },
};

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::advice, *};

    #[derive(Table)]
    #[table(
        name = "entries",
        allow(
            timestamp_without_time_zone,
            json_instead_of_jsonb,
            time_with_time_zone,
            reason = "what is tested"
        )
    )]
    struct Entry {
        #[column(primary_key)]
        id: i64,
        #[column(type = "money")]
        money: String,
        #[column(type = "money[]")]
        moneys: String,
        #[column(type = "numeric(12, 2)")]
        numeric: String,
        #[column(type = "json")]
        json: String,
        #[column(type = "json[]")]
        jsons: String,
        #[column(type = "jsonb")]
        jsonb: String,
        #[column(type = "timestamp(3)")]
        timestamp: String,
        #[column(type = "timestamp[]")]
        timestamps: String,
        #[column(type = "timestamptz(3)")]
        timestamptz: String,
        #[column(type = "timetz(3)")]
        timetz: String,
        #[column(type = "timetz[]")]
        timetzs: String,
        #[column(type = "time")]
        time: String,
    }

    #[test]
    fn a_type_is_found_with_any_precision_and_in_arrays_and_another_is_not() {
        for (rule, first, second) in [
            (
                &MONEY,
                "`entries.money` is `money`",
                "`entries.moneys` is `money[]`",
            ),
            (
                &JSON,
                "`entries.json` is `json`",
                "`entries.jsons` is `json[]`",
            ),
            (
                &TIMESTAMP,
                "`entries.timestamp` is `timestamp(3)`",
                "`entries.timestamps` is `timestamp[]`",
            ),
            (
                &TIME_WITH_TIME_ZONE,
                "`entries.timetz` is `timetz(3)`",
                "`entries.timetzs` is `timetz[]`",
            ),
        ] {
            let found = advice(rule, &[Entry::ENTRY]);
            let messages: Vec<&str> = found.iter().map(|(message, _)| message.as_str()).collect();
            assert_eq!(messages, [first, second]);
            assert!(found.iter().all(|(_, help)| help.starts_with("use `")));
        }
    }
}
