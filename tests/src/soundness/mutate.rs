//! Mistakes: each turns a valid schema into one that is most likely invalid, and says where a message may point.

mod beside;
mod columns;
mod indexes;
mod keys;
mod partitions;
mod queries;
mod references;
mod tables;
mod views;

use super::{model::Schema, source::Site};
use crate::random::Random;

/// Makes one mistake, where the schema has a place for it; returns the places that are then wrong.
pub type Mistake = fn(&mut Schema, &mut Random) -> Option<Vec<Site>>;

/// All mistakes by name.
pub static MISTAKES: &[(&str, Mistake)] = &[
    ("default the type does not take", columns::wrong_default),
    ("default beside generated", columns::default_and_generated),
    ("default beside identity", columns::default_and_identity),
    ("identity of another type", columns::identity_of_any),
    ("nullable identity", columns::nullable_identity),
    ("collation of another type", columns::collate_any),
    ("storage of a fixed-length type", columns::storage_of_any),
    (
        "compression of a fixed-length type",
        columns::compression_of_any,
    ),
    ("generated from generated", columns::generated_twice),
    ("two columns of one name", columns::same_name),
    ("system column", columns::system_column),
    ("long column name", columns::long_name),
    ("nullable primary key", keys::nullable_primary_key),
    ("column twice in a key", keys::twice),
    ("key over any type", keys::any_type),
    ("key named as another", keys::same_name),
    ("included key column", keys::included),
    ("another type in a foreign key", references::other_type),
    ("foreign key to any column", references::not_unique),
    ("referenced key dropped", references::dropped_key),
    ("referenced key deferrable", references::deferrable_key),
    ("another number of columns", references::other_count),
    ("set_null of any column", references::set_null),
    ("set_default of any column", references::set_default),
    ("action on other columns", references::other_columns),
    ("generated foreign key", references::generated),
    ("index by another method", indexes::other_method),
    ("index over any type", indexes::any_type),
    ("index of another class", indexes::other_class),
    ("index collation of another type", indexes::collate_any),
    ("index named as its table", indexes::named_as_table),
    ("fillfactor out of range", indexes::fillfactor),
    ("exclusion over any type", indexes::exclusion),
    ("partitioned by any column", tables::partition),
    (
        "partitioned by an expression",
        tables::partition_by_expression,
    ),
    ("two tables of one name", tables::same_name),
    ("table named as an index", tables::named_as_index),
    ("table not listed", tables::unlisted),
    ("table listed twice", tables::listed_twice),
    ("extension not listed", tables::no_extension),
    ("policy for another command", tables::policy_command),
    ("two policies of one name", tables::same_policy),
    ("system namespace", tables::namespace),
    ("partition of a wrong value", partitions::wrong_value),
    ("partitions that overlap", partitions::overlap),
    ("two default partitions", partitions::two_defaults),
    ("partition of another strategy", partitions::other_strategy),
    ("partition named as a table", partitions::named_as_table),
    ("partitions counted", partitions::nothing_to_divide),
    ("view field of another type", views::other_type),
    ("view field that may be NULL", views::not_null),
    ("view field without a result", views::one_more),
    ("index on a plain view", views::index),
    ("plain view without data", views::no_data),
    ("check option of another view", views::check_option),
    ("view named as a table", views::named_as_table),
    ("two view columns of one name", views::same_names),
    ("views in a circle", views::circle),
    (
        "statement of a column there is none of",
        queries::unknown_column,
    ),
    (
        "statement of an alias there is none of",
        queries::unknown_alias,
    ),
    ("options of a sequence", beside::sequence_options),
    ("options of an identity column", beside::identity_options),
    ("sequence of a column elsewhere", beside::owner_elsewhere),
    ("sequence named as a table", beside::sequence_named_as_table),
    ("object listed twice", beside::same_object),
    ("object named by a keyword", beside::keyword),
    ("label of an enum", beside::label),
    ("words of a domain", beside::domain),
    ("fields of a composite type", beside::composite),
    ("type named as a table", beside::type_named_as_table),
];

/// A column of any table.
fn any_column(schema: &Schema, random: &mut Random) -> (usize, usize) {
    let table = random.below(schema.tables.len());
    (table, random.below(schema.tables[table].columns.len()))
}

/// Where a column is declared, and every key over it.
fn column_sites(schema: &Schema, table: usize, column: usize) -> Vec<Site> {
    let declared = &schema.tables[table];
    let mut sites = vec![Site::Column(table, column)];
    if declared
        .primary_key
        .as_ref()
        .is_some_and(|key| key.columns.contains(&column))
    {
        sites.push(Site::PrimaryKey(table));
    }
    for (at, key) in declared.uniques.iter().enumerate() {
        if key.columns.contains(&column) {
            sites.push(Site::Unique(table, at));
        }
    }
    sites
}
