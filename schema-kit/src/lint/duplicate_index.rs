//! Indexes that say what another index or key says.

use super::{
    Advice, Check, Rule, Subject,
    index_key::{self, AnyIndex, Kind},
};

pub(super) const RULE: Rule = Rule {
    name: "duplicate_index",
    summary: "an index or unique constraint that another one makes needless",
    reason: "Both are written on every insert and update and take the same space, and no query is faster with two. A \
             primary key or unique constraint makes its index itself.",
    instead_of: "#[column(type = varchar(255), unique, index)]\nemail: String,",
    write: "#[column(type = varchar(255), unique)]\nemail: String,",
    source: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-UNIQUE-CONSTRAINTS",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let indexes = index_key::all(subject);
    let replaces = |one: &AnyIndex<'_>, other: &AnyIndex<'_>| {
        one.keys.len() == other.keys.len()
            && one.begins_like(other)
            && one.enforces(other, subject.table)
    };
    let mut advice = Vec::new();
    for (at, index) in indexes.iter().enumerate() {
        // Of two that replace each other the later one goes.
        let mut others = indexes.iter().enumerate();
        let replacement = others.find(|(other_at, other)| {
            *other_at != at && replaces(other, index) && (*other_at < at || !replaces(index, other))
        });
        if let Some((_, other)) = replacement
            && index.kind != Kind::PrimaryKey
        {
            advice.push(Advice {
                columns: index.columns(),
                position: Some(index.position),
                message: format!(
                    "{} of `{}` has the keys of {}",
                    index.called,
                    subject.name(),
                    other.called
                ),
                help: "remove it".to_owned(),
            });
        }
    }
    advice
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(
        name = "users",
        unique_index(id),
        index(team, name),
        index(team desc, name desc, name = "backwards"),
        unique(team, name),
    )]
    struct User {
        #[column(primary_key)]
        id: i64,
        #[column(index, unique)]
        email: String,
        team: i64,
        name: String,
    }

    #[test]
    fn an_index_with_the_keys_of_another_one_is_found_whatever_its_direction() {
        assert_eq!(
            messages(&RULE, &[User::ENTRY]),
            [
                "index `users_email_idx` of `users` has the keys of unique constraint `users_email_key`",
                "unique index `users_id_idx` of `users` has the keys of primary key `users_pkey`",
                "index `users_team_name_idx` of `users` has the keys of unique constraint `users_team_name_key`",
                "index `backwards` of `users` has the keys of unique constraint `users_team_name_key`",
            ]
        );
    }

    #[derive(Table)]
    #[table(
        index(name),
        index(name, using = hash),
        index(name text_pattern_ops),
        index(name collate = "C"),
        index(name, where = sql("{id} > 0")),
        index(name, include(team)),
        index(name desc nulls_last),
        unique_index(team),
        unique_index(team, nulls_not_distinct),
        index(sql("lower({name})")),
        index(sql("upper({name})")),
    )]
    struct Different {
        #[column(primary_key)]
        id: i64,
        name: String,
        team: Option<i64>,
    }

    #[test]
    fn another_method_operator_class_collation_predicate_or_order_of_nulls_is_another_index() {
        // The first is needless beside the one with more columns in it, and nothing else is.
        assert_eq!(
            messages(&RULE, &[Different::ENTRY]),
            [
                "index `different_name_idx` of `different` has the keys of index `different_name_team_idx`"
            ]
        );
    }

    #[derive(Table)]
    struct Deferred {
        #[column(primary_key)]
        id: i64,
        #[column(unique(deferrable = initially_deferred), unique_index)]
        name: String,
    }

    #[test]
    fn a_constraint_checked_later_does_not_replace_an_index_checked_at_once() {
        assert_eq!(
            messages(&RULE, &[Deferred::ENTRY]),
            [
                "unique constraint `deferred_name_key` of `deferred` has the keys of unique index `deferred_name_idx`"
            ]
        );
    }
}
