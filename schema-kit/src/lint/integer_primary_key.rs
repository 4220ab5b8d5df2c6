//! Primary keys that run out of numbers.

use super::{Advice, Check, Rule, Subject, subject::is_own};

pub(super) const RULE: Rule = Rule {
    name: "integer_primary_key",
    summary: "a primary key of type integer, or a numbered one of type smallint",
    reason: "INTEGER ends at 2,147,483,647, and numbers of failed inserts are used up too. A table in use is made wider \
             only by rewriting it and every table that references it.",
    instead_of: "#[column(primary_key, identity = always)]\nid: i32,",
    write: "#[column(primary_key, identity = always)]\nid: i64,",
    source: "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let table = subject.table;
    let Some([key]) = table.primary_key.as_ref().map(|key| &key.columns[..]) else {
        return Vec::new();
    };
    // A key that is also a foreign key has the type of what it references, which gets the advice.
    let is_reference = table
        .foreign_keys
        .iter()
        .any(|foreign_key| foreign_key.columns.contains(key));
    subject.each_column(
        |column| {
            let ty = &column.sql_type;
            let runs_out =
                is_own(ty, "integer") || is_own(ty, "smallint") && column.identity.is_some();
            column.name == *key && !ty.array && runs_out && !is_reference
        },
        |column| {
            let message = format!("primary key {}", subject.is_of_type(column));
            (message, "make the field an `i64` or an `Id<…>`".to_owned())
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
        #[column(primary_key, allow(integer_primary_key, reason = "what is tested"))]
        id: i32,
        other: i32,
    }

    #[derive(Table)]
    struct Small {
        #[column(primary_key, identity = by_default)]
        id: i16,
    }

    #[test]
    fn an_integer_and_a_numbered_smallint_are_found() {
        assert_eq!(
            messages(&RULE, &[User::ENTRY, Small::ENTRY]),
            [
                "primary key `users.id` is `integer`",
                "primary key `small.id` is `smallint`"
            ]
        );
    }

    #[derive(Table)]
    struct Big {
        #[column(primary_key)]
        id: i64,
    }

    #[derive(Table)]
    struct Code {
        #[column(primary_key)]
        code: i16,
    }

    #[derive(Table)]
    struct Profile {
        #[column(primary_key, references = User)]
        user_id: i32,
    }

    #[derive(Table)]
    #[table(primary_key(user_id, position))]
    struct Picture {
        user_id: i32,
        position: i32,
    }

    #[test]
    fn a_bigint_a_code_a_reference_and_a_composite_key_are_not_found() {
        let entries = [Big::ENTRY, Code::ENTRY, Picture::ENTRY];
        assert_eq!(messages(&RULE, &entries), [""; 0]);
        assert_eq!(messages(&RULE, &[User::ENTRY, Profile::ENTRY]).len(), 1);
    }
}
