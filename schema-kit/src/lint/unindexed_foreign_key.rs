//! Foreign keys whose columns no index begins with.

use schema_core::schema::Indexed;

use super::{
    Advice, Check, Rule, Subject,
    index_key::{self, AnyIndex},
};

pub(super) const RULE: Rule = Rule {
    name: "unindexed_foreign_key",
    summary: "a foreign key whose columns no index begins with",
    reason: "When a row is deleted or its key updated, PostgreSQL looks for the rows that reference it: without an index \
             it reads their whole table, once for each such row. So does every query from a row to those that reference \
             it.",
    instead_of: "#[column(references = User)]\nowner_id: Id<User>,",
    write: "#[column(references = User, index)]\nowner_id: Id<User>,",
    source: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let foreign_keys = subject.table.foreign_keys.iter();
    let foreign_keys = foreign_keys.zip(subject.foreign_keys);
    let unindexed = foreign_keys.filter(|(key, _)| !is_indexed(subject, &key.columns));
    let advice = unindexed.map(|(key, def)| {
        let described = subject.describe(&key.columns);
        let help = match &key.columns[..] {
            [column] => {
                let field = subject.field(column).unwrap_or(column);
                format!("add `index` to field `{field}`")
            }
            columns => format!(
                "add `index({})` to the struct's `#[table(…)]`",
                subject.fields(columns)
            ),
        };
        Advice {
            columns: key.columns.clone(),
            position: Some(def.position),
            message: format!(
                "no index begins with foreign key {described}, which references `{}`",
                key.referenced_table
            ),
            help,
        }
    });
    advice.collect()
}

/// Whether PostgreSQL can find rows by these columns through an index or exclusion constraint.
fn is_indexed(subject: &Subject<'_>, columns: &[String]) -> bool {
    let serves = |index: &AnyIndex<'_>| {
        // A partial index serves where its predicate follows from `column = $1`, as this one does.
        let whole =
            index.predicate.is_none() || columns.iter().any(|column| index.excludes_null(column));
        // The comparison is under the column's own collation.
        let keys = index.keys.iter();
        let keys = keys.take_while(|key| key.collation.is_none());
        // BRIN finds ranges of blocks, GIN has no equality for scalars.
        whole
            && matches!(index.method, "btree" | "hash" | "gist" | "spgist")
            && begin_with(keys.map(|key| &key.key), columns)
    };
    let mut exclusions = subject.table.exclusions.iter();
    index_key::all(subject).iter().any(serves)
        || exclusions.any(|exclusion| {
            let elements = exclusion.elements.iter();
            let equal = elements.take_while(|element| element.operator == "=");
            exclusion.predicate.is_none()
                && begin_with(equal.map(|element| &element.key.key), columns)
        })
}

/// Whether the first keys are exactly these columns, in whatever order.
fn begin_with<'k>(keys: impl Iterator<Item = &'k Indexed>, columns: &[String]) -> bool {
    let first: Vec<&Indexed> = keys.take(columns.len()).collect();
    let is_key = |column: &String| {
        let is_it = |key: &&Indexed| matches!(key, Indexed::Column(name) if name == column);
        first.iter().any(is_it)
    };
    columns.iter().all(is_key)
}

#[cfg(test)]
mod tests {
    use schema_core::{Id, Table};

    use super::{
        super::testing::{advice, messages},
        RULE,
    };

    #[derive(Table)]
    #[table(primary_key(tenant, id), index(tenant, id desc))]
    struct Node {
        tenant: i64,
        id: i64,
    }

    #[derive(Table)]
    #[table(
        foreign_key(columns(tenant, node), references = Node(tenant, id)),
        foreign_key(columns(tenant, other), references = Node(tenant, id)),
        index(other, tenant, id)
    )]
    struct Leaf {
        #[column(primary_key)]
        id: i64,
        tenant: i64,
        node: i64,
        other: i64,
    }

    #[test]
    fn a_composite_key_needs_an_index_that_begins_with_its_columns_in_any_order() {
        assert_eq!(
            advice(&RULE, &[Node::ENTRY, Leaf::ENTRY]),
            [(
                "no index begins with foreign key `leaf (tenant, node)`, which references `node`"
                    .to_owned(),
                "add `index(tenant, node)` to the struct's `#[table(…)]`".to_owned()
            )]
        );
    }

    #[derive(Table)]
    #[table(
        name = "people",
        index(id, second),
        index(sql("{third} + 0")),
        index(fourth, using = brin),
        index(fifth, where = sql("{id} > 0")),
        index(note collate = "C", sixth),
    )]
    struct Person {
        #[column(primary_key, references = Person)]
        id: Id<Person>,
        #[column(references = Person, name = "first_id")]
        first: Option<Id<Person>>,
        #[column(references = Person)]
        second: Option<Id<Person>>,
        #[column(references = Person)]
        third: Option<Id<Person>>,
        #[column(references = Person)]
        fourth: Option<Id<Person>>,
        #[column(references = Person)]
        fifth: Option<Id<Person>>,
        #[column(references = Person)]
        sixth: Option<Id<Person>>,
        note: String,
    }

    #[test]
    fn an_index_that_does_not_begin_with_the_column_or_hold_all_its_rows_does_not_help() {
        let columns = ["first_id", "second", "third", "fourth", "fifth", "sixth"];
        let expected = columns.map(|column| {
            format!("no index begins with foreign key `people.{column}`, which references `people`")
        });
        assert_eq!(messages(&RULE, &[Person::ENTRY]), expected);
    }

    #[test]
    fn the_help_names_the_field() {
        let (_, help) = &advice(&RULE, &[Person::ENTRY])[0];
        assert_eq!(help, "add `index` to field `first`");
    }

    #[derive(Table)]
    #[table(
        primary_key(first, second),
        index(third, where = sql("{third} is not null")),
        exclude(using = gist, fifth with "=", id with "<>"),
    )]
    struct Indexed {
        id: i64,
        #[column(references = Person)]
        first: Id<Person>,
        #[column(references = Person, unique)]
        second: Id<Person>,
        #[column(references = Person)]
        third: Option<Id<Person>>,
        #[column(references = Person, index(using = hash))]
        fourth: Option<Id<Person>>,
        #[column(references = Person)]
        fifth: Id<Person>,
    }

    #[test]
    fn keys_partial_indexes_of_all_references_and_exclusions_count() {
        let messages = messages(&RULE, &[Person::ENTRY, Indexed::ENTRY]);
        assert!(messages.iter().all(|message| message.contains("people.")));
    }
}
