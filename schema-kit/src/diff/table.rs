//! How one table differs from itself.

use schema_core::schema::{
    Check, Column, Exclusion, ForeignKey, Index, Policy, PrimaryKey, Table, Unique,
};

use super::change::{Change, Pair, changes, changes_with_renames};

/// A table's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableChange<'a> {
    /// Only the previous schema has it.
    Drop(&'a Table),
    /// Both have it, and it differs.
    Alter(Box<AlterTable<'a>>),
    /// Only the next schema has it.
    Create(&'a Table),
}

impl<'a> TableChange<'a> {
    /// Looks into a table that differs; `None` where only the order of its parts does.
    pub(super) fn new(change: Change<'a, Table>) -> Option<Self> {
        Some(match change {
            Change::Drop(table) => Self::Drop(table),
            Change::Create(table) => Self::Create(table),
            Change::Alter(pair) => {
                let alter = AlterTable::new(pair);
                if alter.is_empty() {
                    return None;
                }
                Self::Alter(Box::new(alter))
            }
        })
    }
}

/// What differs in a table that both schemas have. The table's own facts (comment, partitioning, row security) are
/// those of `table`; its parts are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlterTable<'a> {
    /// The table as it was and as it is to be.
    pub table: Pair<'a, Table>,
    /// The columns that differ.
    pub columns: Vec<Change<'a, Column>>,
    /// The primary key, where it differs.
    pub primary_key: Option<Change<'a, PrimaryKey>>,
    /// The unique constraints that differ.
    pub uniques: Vec<Change<'a, Unique>>,
    /// The check constraints that differ.
    pub checks: Vec<Change<'a, Check>>,
    /// The exclusion constraints that differ.
    pub exclusions: Vec<Change<'a, Exclusion>>,
    /// The foreign keys that differ.
    pub foreign_keys: Vec<Change<'a, ForeignKey>>,
    /// The indexes that differ.
    pub indexes: Vec<Change<'a, Index>>,
    /// The policies that differ.
    pub policies: Vec<Change<'a, Policy>>,
}

impl<'a> AlterTable<'a> {
    pub(crate) fn new(table: Pair<'a, Table>) -> Self {
        let Pair { previous, next } = table;
        Self {
            table,
            columns: changes(&previous.columns, &next.columns, |it| it.name.as_str()),
            primary_key: primary_key(previous.primary_key.as_ref(), next.primary_key.as_ref()),
            uniques: changes_with_renames(
                &previous.uniques,
                &next.uniques,
                |it| &it.name,
                |it| {
                    (
                        &it.columns,
                        &it.include,
                        it.nulls_not_distinct,
                        it.deferrable,
                    )
                },
            ),
            checks: changes_with_renames(
                &previous.checks,
                &next.checks,
                |it| &it.name,
                |it| (&it.expression, it.no_inherit, it.not_valid),
            ),
            exclusions: changes_with_renames(
                &previous.exclusions,
                &next.exclusions,
                |it| &it.name,
                |it| unnamed(it, |it| &mut it.name),
            ),
            foreign_keys: changes_with_renames(
                &previous.foreign_keys,
                &next.foreign_keys,
                |it| &it.name,
                |it| unnamed(it, |it| &mut it.name),
            ),
            indexes: changes_with_renames(
                &previous.indexes,
                &next.indexes,
                |it| &it.name,
                |it| unnamed(it, |it| &mut it.name),
            ),
            policies: changes(&previous.policies, &next.policies, |it| it.name.as_str()),
        }
    }

    fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.primary_key.is_none()
            && self.uniques.is_empty()
            && self.checks.is_empty()
            && self.exclusions.is_empty()
            && self.foreign_keys.is_empty()
            && self.indexes.is_empty()
            && self.policies.is_empty()
            && !self.own_facts_differ()
    }

    /// Whether the table differs in what is not one of its listed parts.
    #[must_use]
    pub fn own_facts_differ(&self) -> bool {
        let own = |table: &Table| Table {
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            policies: Vec::new(),
            ..table.clone()
        };
        own(self.table.previous) != own(self.table.next)
    }
}

fn primary_key<'a>(
    previous: Option<&'a PrimaryKey>,
    next: Option<&'a PrimaryKey>,
) -> Option<Change<'a, PrimaryKey>> {
    match (previous, next) {
        (Some(previous), Some(next)) => {
            (previous != next).then_some(Change::Alter(Pair { previous, next }))
        }
        (Some(previous), None) => Some(Change::Drop(previous)),
        (None, next) => next.map(Change::Create),
    }
}

/// An object without its name: all its other facts.
pub(crate) fn unnamed<T: Clone>(object: &T, name: impl Fn(&mut T) -> &mut String) -> T {
    let mut object = object.clone();
    name(&mut object).clear();
    object
}

#[cfg(test)]
mod tests {
    use super::super::{Diff, TableChange};
    use super::*;
    use schema_core::schema::{Expression, QualifiedName, Schema};

    fn users() -> Table {
        let column = |name: &str| Column::new(name, "text".parse().unwrap());
        Table {
            columns: vec![column("id"), column("name")],
            checks: vec![Check {
                name: "users_name_check".to_owned(),
                expression: Expression::new("name <> ''"),
                no_inherit: false,
                not_valid: false,
                comment: None,
            }],
            ..Table::new(QualifiedName::new("public", "users"))
        }
    }

    fn schema(table: Table) -> Schema {
        Schema {
            tables: vec![table],
            ..Schema::default()
        }
    }

    #[test]
    fn the_order_of_columns_is_no_difference() {
        let mut turned = users();
        turned.columns.reverse();
        let (previous, next) = (schema(users()), schema(turned));
        assert!(Diff::between(&previous, &next).is_empty());
    }

    #[test]
    fn a_constraint_under_another_name_is_renamed() {
        let mut renamed = users();
        renamed.checks[0].name = "name_given".to_owned();
        let (previous, next) = (schema(users()), schema(renamed));
        let diff = Diff::between(&previous, &next);
        let [TableChange::Alter(alter)] = &diff.tables[..] else {
            panic!("{diff:?}");
        };
        assert!(matches!(&alter.checks[..], [Change::Alter(_)]));
        assert!(!alter.own_facts_differ());
    }

    #[test]
    fn a_comment_is_a_tables_own_fact() {
        let mut commented = users();
        commented.comment = Some("People.".to_owned());
        let (previous, next) = (schema(users()), schema(commented));
        let diff = Diff::between(&previous, &next);
        assert!(diff.altered_tables().next().unwrap().own_facts_differ());
    }
}
