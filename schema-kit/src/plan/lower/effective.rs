//! A partition with all it has: what it says itself, and what it takes over from what is above it.

use schema_core::schema::{
    Column, ForeignKey, Index, Partition, PrimaryKey, QualifiedName, Table, Unique,
};

use super::super::lookup::Lookup;
use crate::diff::Place;

/// A table in its place as a table by itself.
pub(super) fn table(schema: &Lookup<'_>, place: Place<'_>) -> Table {
    match place {
        Place::Alone(table) => table.clone(),
        Place::Below(above, below) => match schema.place(above) {
            Some(above) => partition(&table(schema, above), below),
            None => below.table.clone(),
        },
    }
}

/// A table in its place as it is once it stands alone: nothing of it comes from above.
pub(in super::super) fn alone(schema: &Lookup<'_>, place: Place<'_>) -> Table {
    let mut alone = table(schema, place);
    alone.inherits.clear();
    for column in &mut alone.columns {
        column.inherited = false;
    }
    alone
}

/// A table or partition of this name, with all it has.
pub(in super::super) fn named(schema: &Lookup<'_>, name: &QualifiedName) -> Option<Table> {
    schema.place(name).map(|place| table(schema, place))
}

/// A partition of a table that is given with all it has.
pub(in super::super) fn partition(above: &Table, partition: &Partition) -> Table {
    let names = Names {
        above,
        partition,
        chosen: above.index_names_in(&partition.table.name),
    };
    let own = &partition.table;
    let mut table = own.clone();
    table.columns = partition.all_columns(&above.columns);
    if table.primary_key.is_none() {
        table.primary_key = above.primary_key.as_ref().map(|key| PrimaryKey {
            name: names.of(&key.name),
            comment: None,
            ..key.clone()
        });
    }
    table
        .uniques
        .extend(above.uniques.iter().map(|unique| Unique {
            name: names.of(&unique.name),
            comment: None,
            ..unique.clone()
        }));
    let exclusions = above.exclusions.iter().cloned();
    table.exclusions.extend(exclusions.map(|mut exclusion| {
        exclusion.name = names.of(&exclusion.name);
        exclusion.comment = None;
        exclusion
    }));
    let checks = above.checks.iter().filter(|check| !check.no_inherit);
    table.checks.extend(checks.cloned().map(|mut check| {
        check.comment = None;
        check
    }));
    table
        .foreign_keys
        .extend(above.foreign_keys.iter().map(|key| ForeignKey {
            comment: None,
            ..key.clone()
        }));
    let indexes = above.indexes.iter().filter(|index| names.has(index));
    table.indexes.extend(indexes.map(|index| Index {
        name: names.of(&index.name),
        invalid: false,
        comment: None,
        ..index.clone()
    }));
    table
}

/// What the indexes of a partition are called that it has for those above it.
struct Names<'a> {
    above: &'a Table,
    partition: &'a Partition,
    chosen: std::collections::BTreeMap<String, String>,
}

impl Names<'_> {
    fn of(&self, index: &str) -> String {
        let given = self.partition.index_names.get(index);
        let name = given.or_else(|| self.chosen.get(index)).cloned();
        name.unwrap_or_else(|| self.above.name.name.clone())
    }

    /// An index that is not valid is that of some partitions alone.
    fn has(&self, index: &Index) -> bool {
        !index.invalid || self.partition.index_names.contains_key(&index.name)
    }
}

/// The columns of a partition once those of the table above it are as they are to be, before anything is done to the
/// partition itself: the statements about the table reach its partitions.
pub(super) fn columns_reached(previous: &Table, above: (&Table, &Table)) -> Vec<Column> {
    let (before, after) = above;
    let columns = after.columns.iter().map(|to| {
        let own = previous.column(&to.name).zip(before.column(&to.name));
        own.map_or_else(|| to.taken_over(), |(own, from)| reached(own, from, to))
    });
    columns.collect()
}

/// A column of which one above it becomes another.
pub(super) fn reached(own: &Column, from: &Column, to: &Column) -> Column {
    let mut column = own.clone();
    macro_rules! follow {
        ($($fact:ident)*) => {
            $(if from.$fact != to.$fact {
                column.$fact = to.$fact.clone();
            })*
        };
    }
    follow!(sql_type collation nullable default generated storage);
    column
}
