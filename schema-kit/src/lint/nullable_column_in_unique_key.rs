//! Unique keys over columns that may be NULL.

use super::{Advice, Check, Rule, Subject, index_key};

pub(super) const RULE: Rule = Rule {
    name: "nullable_column_in_unique_key",
    summary: "a unique key over a column that may be NULL",
    reason: "To a unique key, NULL differs from NULL: rows that have it are never duplicates, whatever stands in the \
             key's other columns.",
    instead_of: "#[table(unique(server_id, parent_id, name))]\nparent_id: Option<Id<Folder>>,",
    write: "#[table(unique(server_id, parent_id, name, nulls_not_distinct))]\nparent_id: Option<Id<Folder>>,",
    source: "https://www.postgresql.org/docs/current/indexes-unique.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let indexes = index_key::all(subject);
    let advice = indexes.iter().filter_map(|index| {
        let columns = index.distinct_nulls(subject.table);
        if columns.is_empty() {
            return None;
        }
        let described: Vec<String> = columns
            .iter()
            .map(|column| subject.describe(std::slice::from_ref(column)))
            .collect();
        Some(Advice {
            position: Some(index.position),
            message: format!(
                "{} takes any number of rows in which {} is NULL",
                index.called,
                described.join(" or ")
            ),
            help: format!(
                "add `nulls_not_distinct`, or make `{}` no `Option`; where it is meant, say so with `allow(…)`",
                subject.fields(&columns)
            ),
            columns,
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
        name = "folders",
        unique(server, parent, name),
        unique_index(parent, note)
    )]
    struct Folder {
        #[column(primary_key)]
        id: i64,
        server: i64,
        parent: Option<i64>,
        name: String,
        #[column(unique)]
        note: Option<String>,
    }

    #[test]
    fn each_unique_key_is_found_with_its_nullable_columns() {
        assert_eq!(
            messages(&RULE, &[Folder::ENTRY]),
            [
                "unique constraint `folders_note_key` takes any number of rows in which `folders.note` is NULL",
                "unique constraint `folders_server_parent_name_key` takes any number of rows in which \
                 `folders.parent` is NULL",
                "unique index `folders_parent_note_idx` takes any number of rows in which `folders.parent` or \
                 `folders.note` is NULL",
            ]
        );
    }

    #[derive(Table)]
    #[table(
        unique(id, parent, nulls_not_distinct),
        unique_index(id, parent, where = sql("{parent} is not null")),
        index(parent),
        unique_index(sql("coalesce({parent}, 0)")),
    )]
    struct Settled {
        #[column(primary_key)]
        id: i64,
        parent: Option<i64>,
    }

    #[test]
    fn a_key_that_says_what_null_means_is_not_found() {
        assert_eq!(messages(&RULE, &[Settled::ENTRY]), [""; 0]);
    }
}
