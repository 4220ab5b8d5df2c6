//! A diff in words, one line per object.

use std::fmt::Display;

use schema_core::schema::{Column, Table, View};

use super::{AlterTable, Change, Diff, Moved, Pair, TableChange};

/// Names the facts in which two objects differ.
macro_rules! facts {
    ($pair:expr, $($fact:ident $name:literal,)*) => {{
        let Pair { previous, next } = $pair;
        let mut facts: Vec<String> = Vec::new();
        $(if previous.$fact != next.$fact {
            facts.push($name.to_owned());
        })*
        facts
    }};
}

pub(super) fn summary(diff: &Diff<'_>) -> Vec<String> {
    let Diff {
        namespaces,
        extensions,
        collations,
        sequences,
        objects,
        enums,
        domains,
        composites,
        tables,
        moved,
        views,
        privileges,
    } = diff;
    let mut lines = Vec::new();
    let mut add = |list: Vec<String>| lines.extend(list);
    add(list("namespace", namespaces, |it| it.name.clone()));
    add(list("extension", extensions, |it| it.name.clone()));
    add(list("collation", collations, |it| it.name.to_string()));
    add(list("type", enums, |it| it.name.to_string()));
    add(list("domain", domains, |it| it.name.to_string()));
    add(list("type", composites, |it| it.name.to_string()));
    add(list("sequence", sequences, |it| it.name.to_string()));
    add(tables.iter().map(table).collect());
    add(moved.iter().copied().map(moved_table).collect());
    add(views.iter().map(view).collect());
    add(objects
        .iter()
        .map(|change| line("", change, |it| it.identity()))
        .collect());
    add(privileges
        .iter()
        .map(|change| format!("alter privileges on {}", change.on))
        .collect());
    lines
}

fn list<T>(kind: &str, changes: &[Change<'_, T>], name: impl Fn(&T) -> String) -> Vec<String> {
    let lines = changes.iter().map(|change| line(kind, change, &name));
    lines.collect()
}

/// `drop type mood`; a name that says its kind itself needs none.
fn line<T, N: Display>(kind: &str, change: &Change<'_, T>, name: impl Fn(&T) -> N) -> String {
    let (verb, name) = match change {
        Change::Drop(it) => ("drop", name(it)),
        Change::Alter(pair) => ("alter", name(pair.next)),
        Change::Create(it) => ("create", name(it)),
    };
    let space = if kind.is_empty() { "" } else { " " };
    format!("{verb} {kind}{space}{name}")
}

/// `make table logs a partition of events`.
fn moved_table(moved: Moved<'_>) -> String {
    let name = moved.name();
    match moved.next.above() {
        Some(above) => format!("make table {name} a partition of {above}"),
        None => format!("make partition {name} a table of its own"),
    }
}

fn view(change: &Change<'_, View>) -> String {
    let is_materialized = match change {
        Change::Drop(view) | Change::Create(view) | Change::Alter(Pair { next: view, .. }) => {
            view.materialized
        }
    };
    let kind = if is_materialized {
        "materialized view"
    } else {
        "view"
    };
    line(kind, change, |view| view.name.to_string())
}

fn table(change: &TableChange<'_>) -> String {
    match change {
        TableChange::Drop(table) => format!("drop table {}", table.name),
        TableChange::Create(table) => format!("create table {}", table.name),
        TableChange::Alter(alter) => {
            format!(
                "alter table {}: {}",
                alter.table.next.name,
                parts(alter).join(", ")
            )
        }
    }
}

/// What differs in a table, each as `add column email` or as the fact's name.
fn parts(alter: &AlterTable<'_>) -> Vec<String> {
    let mut parts = own_facts(alter.table);
    parts.extend(alter.columns.iter().map(column));
    parts.extend(
        alter
            .primary_key
            .iter()
            .map(|change| part("primary key", change, |it| &it.name)),
    );
    macro_rules! add {
        ($($list:ident $kind:literal,)*) => {
            $(parts.extend(alter.$list.iter().map(|change| part($kind, change, |it| &it.name)));)*
        };
    }
    add! {
        uniques "unique constraint",
        checks "check",
        exclusions "exclusion constraint",
        foreign_keys "foreign key",
        indexes "index",
        policies "policy",
    }
    parts
}

fn part<T>(kind: &str, change: &Change<'_, T>, name: impl Fn(&T) -> &String) -> String {
    match change {
        Change::Drop(it) => format!("drop {kind} {}", name(it)),
        Change::Create(it) => format!("add {kind} {}", name(it)),
        Change::Alter(pair) if name(pair.previous) != name(pair.next) => {
            format!(
                "rename {kind} {} to {}",
                name(pair.previous),
                name(pair.next)
            )
        }
        Change::Alter(pair) => format!("alter {kind} {}", name(pair.next)),
    }
}

fn column(change: &Change<'_, Column>) -> String {
    let words = part("column", change, |it| &it.name);
    let Change::Alter(pair) = change else {
        return words;
    };
    let mut facts = Vec::new();
    if pair.previous.sql_type != pair.next.sql_type {
        facts.push(format!(
            "{} to {}",
            pair.previous.sql_type, pair.next.sql_type
        ));
    }
    if pair.previous.nullable != pair.next.nullable {
        facts.push(
            if pair.next.nullable {
                "nullable"
            } else {
                "not null"
            }
            .to_owned(),
        );
    }
    facts.extend(facts!(pair,
        default "default",
        generated "generation",
        identity "identity",
        collation "collation",
        storage "storage",
        compression "compression",
        statistics "statistics",
        options "options",
        inherited "inheritance",
        comment "comment",
    ));
    format!("{words} ({})", facts.join(", "))
}

fn own_facts(table: Pair<'_, Table>) -> Vec<String> {
    facts!(table,
        comment "comment",
        partition_by "partitions",
        inherits "inheritance",
        unlogged "logging",
        with "storage parameters",
        replica_identity "replica identity",
        clustered_on "clustering",
        row_level_security "row level security",
        force_row_level_security "forced row level security",
    )
}

#[cfg(test)]
mod tests {
    use schema_core::schema::{Column, QualifiedName, Schema, Table};

    use super::Diff;

    #[test]
    fn each_object_gets_a_line() {
        let table = |name: &str, columns: &[(&str, &str)]| Table {
            columns: columns
                .iter()
                .map(|(name, ty)| Column::new(*name, ty.parse().unwrap()))
                .collect(),
            ..Table::new(QualifiedName::new("public", name))
        };
        let schema = |tables: Vec<Table>| Schema {
            tables,
            ..Schema::default()
        };
        let old = table("users", &[("id", "integer"), ("nick", "text")]);
        let mut new = table("users", &[("id", "bigint"), ("email", "text")]);
        new.comment = Some("People.".to_owned());
        let previous = schema(vec![old, table("old", &[])]);
        let next = schema(vec![new, table("new", &[])]);
        assert_eq!(
            Diff::between(&previous, &next).summary(),
            [
                "drop table old",
                "alter table users: comment, drop column nick, alter column id (integer to bigint), add column email",
                "create table new",
            ]
        );
    }
}
