//! What looks like a rename. It is only pointed out: whether it is one, the data cannot tell.

use std::fmt;

use schema_core::schema::{Column, QualifiedName, Table};

use super::{
    change::Change,
    table::{AlterTable, TableChange},
};

/// Something dropped where something like it is created. Displays as the hint [`Renames`](super::Renames) take.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameCandidate {
    /// A table with mostly the same columns.
    Table {
        /// Its name in the previous schema.
        previous: QualifiedName,
        /// The new table's name.
        next: QualifiedName,
    },
    /// A column of the same type.
    Column {
        /// The table.
        table: QualifiedName,
        /// Its name in the previous schema.
        previous: String,
        /// The new column's name.
        next: String,
    },
}

impl RenameCandidate {
    /// What it is in the previous schema: `table` or `table.column`, as hints write it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::QualifiedName;
    /// use schema_kit::diff::RenameCandidate;
    ///
    /// let candidate = RenameCandidate::Column {
    ///     table: QualifiedName::new("public", "users"),
    ///     previous: "nick".to_owned(),
    ///     next: "display_name".to_owned(),
    /// };
    /// assert_eq!(candidate.previous(), "users.nick");
    /// ```
    #[must_use]
    pub fn previous(&self) -> String {
        match self {
            Self::Table { previous, .. } => previous.to_string(),
            Self::Column {
                table, previous, ..
            } => format!("{table}.{previous}"),
        }
    }
}

impl fmt::Display for RenameCandidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { previous, next } if previous.namespace == next.namespace => {
                write!(f, "{previous}={}", next.name)
            }
            Self::Table { previous, next } => {
                write!(f, "{previous}={}.{}", next.namespace, next.name)
            }
            Self::Column {
                table,
                previous,
                next,
            } => write!(f, "{table}.{previous}={next}"),
        }
    }
}

pub(super) fn candidates(tables: &[TableChange<'_>]) -> Vec<RenameCandidate> {
    let dropped = tables.iter().filter_map(|change| match change {
        TableChange::Drop(table) => Some(*table),
        _ => None,
    });
    let mut created: Vec<&Table> = tables
        .iter()
        .filter_map(|change| match change {
            TableChange::Create(table) => Some(*table),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for previous in dropped {
        let best = (0..created.len()).max_by_key(|at| (shared(previous, created[*at]), *at == 0));
        if let Some(at) = best.filter(|at| is_alike(previous, created[*at])) {
            found.push(RenameCandidate::Table {
                previous: previous.name.clone(),
                next: created.remove(at).name.clone(),
            });
        }
    }
    for change in tables {
        if let TableChange::Alter(alter) = change {
            columns(alter, &mut found);
        }
    }
    found
}

/// How many columns two tables share, by name and type.
fn shared(previous: &Table, next: &Table) -> usize {
    let is_shared = |column: &&Column| {
        next.column(&column.name)
            .is_some_and(|other| other.sql_type == column.sql_type)
    };
    previous.columns.iter().filter(is_shared).count()
}

/// Whether two tables share more than half of the columns of each.
fn is_alike(previous: &Table, next: &Table) -> bool {
    2 * shared(previous, next) > previous.columns.len().max(next.columns.len())
}

fn columns(alter: &AlterTable<'_>, found: &mut Vec<RenameCandidate>) {
    for change in &alter.columns {
        let Change::Drop(previous) = change else {
            continue;
        };
        // Which of several it is, nothing tells.
        let alike = alter.columns.iter().filter_map(|change| match change {
            Change::Create(column) => Some(*column).filter(|it| it.sql_type == previous.sql_type),
            _ => None,
        });
        found.extend(alike.map(|next: &Column| RenameCandidate::Column {
            table: alter.table.previous.name.clone(),
            previous: previous.name.clone(),
            next: next.name.clone(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use schema_core::schema::Schema;

    use super::super::Diff;
    use super::*;

    fn table(name: &str, columns: &[(&str, &str)]) -> Table {
        let column = |(name, ty): &(&str, &str)| Column::new(*name, ty.parse().unwrap());
        Table {
            columns: columns.iter().map(column).collect(),
            ..Table::new(QualifiedName::new("public", name))
        }
    }

    fn found(previous: Vec<Table>, next: Vec<Table>) -> Vec<String> {
        let schema = |tables| Schema {
            tables,
            ..Schema::default()
        };
        let (previous, next) = (schema(previous), schema(next));
        let candidates = Diff::between(&previous, &next).rename_candidates();
        candidates.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_with_mostly_the_same_columns_is_pointed_out() {
        let previous = table(
            "user",
            &[("id", "bigint"), ("name", "text"), ("age", "integer")],
        );
        let next = table("users", &[("id", "bigint"), ("name", "text")]);
        let other = table("posts", &[("id", "bigint"), ("text", "text")]);
        assert_eq!(found(vec![previous], vec![other, next]), ["user=users"]);
    }

    #[test]
    fn each_new_column_of_the_type_may_be_the_one_that_is_gone() {
        let previous = table("t", &[("a", "text"), ("b", "integer")]);
        let next = table("t", &[("c", "text"), ("d", "text"), ("b", "integer")]);
        assert_eq!(found(vec![previous], vec![next]), ["t.a=c", "t.a=d"]);
    }

    #[test]
    fn a_column_of_another_type_is_none() {
        let previous = table("t", &[("a", "text"), ("b", "integer")]);
        let next = table("t", &[("c", "integer"), ("d", "date")]);
        assert_eq!(found(vec![previous], vec![next]), ["t.b=c"]);
    }
}
