//! Indexes that are a prefix of another one.

use super::{Advice, Check, Rule, Subject, index_key};

pub(super) const RULE: Rule = Rule {
    name: "redundant_index",
    summary: "an index that is a prefix of another index or key",
    reason: "The longer one serves the same queries: a B-tree finds rows by its first columns alone. The shorter one \
             is written on every insert and update all the same.",
    instead_of: "#[table(index(channel_id), index(channel_id, id desc))]",
    write: "#[table(index(channel_id, id desc))]",
    source: "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let indexes = index_key::all(subject);
    // One that enforces uniqueness does more than serve queries.
    let candidates = indexes.iter().filter(|index| !index.unique);
    let candidates = candidates.filter(|index| index.method == "btree");
    let advice = candidates.filter_map(|index| {
        let mut others = indexes.iter();
        let other =
            others.find(|other| other.keys.len() > index.keys.len() && other.begins_like(index))?;
        Some(Advice {
            columns: index.columns(),
            position: Some(index.position),
            message: format!(
                "{} of `{}` is a prefix of {}",
                index.called,
                subject.name(),
                other.called
            ),
            help: "remove it".to_owned(),
        })
    });
    advice.collect()
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(
        name = "members",
        primary_key(server, user),
        index(server),
        index(role, user),
        index(role desc, name = "newest"),
    )]
    struct Member {
        server: i64,
        user: i64,
        role: i64,
    }

    #[test]
    fn an_index_that_another_one_begins_with_is_found() {
        assert_eq!(
            messages(&RULE, &[Member::ENTRY]),
            [
                "index `members_server_idx` of `members` is a prefix of primary key `members_pkey`",
                "index `newest` of `members` is a prefix of index `members_role_user_idx`",
            ]
        );
    }

    #[derive(Table)]
    #[table(
        primary_key(server, user),
        unique_index(server),
        index(user),
        index(role, user, where = sql("{role} > 0")),
        index(role),
        index(name text_pattern_ops, user),
        index(name),
        index(role desc nulls_last, server),
        index(tags, using = gin),
        index(tags, more, using = gin),
    )]
    struct Kept {
        server: i64,
        user: i64,
        role: i64,
        name: String,
        tags: Vec<String>,
        more: Vec<String>,
    }

    #[test]
    fn one_that_is_unique_or_differs_in_predicate_operator_class_order_or_method_is_kept() {
        assert_eq!(messages(&RULE, &[Kept::ENTRY]), [""; 0]);
    }
}
