//! One spelling for what has several: two texts of one fact compare equal.

mod expression;
mod respell;
mod scan;
mod schema;
mod token;

use schema_core::schema::{PartitionBy, Schema, Table};

pub use expression::expression_key;
pub use respell::respell;
pub use scan::strip_parentheses;
pub(crate) use scan::{enclosed_start, pieces, split_list};
pub use schema::comparable;

/// Brings everything into the order of names that has no order of its own: all but columns, attributes, labels, and what
/// a key or an index is made of.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{QualifiedName, Schema, Table};
/// use schema_kit::normalize;
///
/// let tables = ["users", "roles"].map(|name| Table::new(QualifiedName::new("public", name)));
/// let mut schema = Schema { tables: tables.into(), ..Schema::default() };
/// normalize::sort(&mut schema);
/// assert_eq!(schema.tables[0].name.name, "roles");
/// ```
pub fn sort(schema: &mut Schema) {
    schema.namespaces.sort();
    schema.extensions.sort();
    schema.collations.sort();
    schema.sequences.sort();
    schema.enums.sort_by(|one, other| one.name.cmp(&other.name));
    let domains = &mut schema.domains;
    domains.sort_by(|one, other| one.name.cmp(&other.name));
    for domain in domains {
        let checks = &mut domain.checks;
        checks.sort_by(|one, other| one.name.cmp(&other.name));
    }
    let composites = &mut schema.composites;
    composites.sort_by(|one, other| one.name.cmp(&other.name));
    let tables = &mut schema.tables;
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    tables.iter_mut().for_each(sort_table);
    let views = &mut schema.views;
    views.sort_by(|one, other| one.name.cmp(&other.name));
    for view in views {
        let indexes = &mut view.indexes;
        indexes.sort_by(|one, other| one.name.cmp(&other.name));
        view.depends_on.sort();
        view.depends_on.dedup();
    }
}

fn sort_table(table: &mut Table) {
    macro_rules! by_name {
        ($($list:ident)*) => {
            $(table.$list.sort_by(|one, other| one.name.cmp(&other.name));)*
        };
    }
    by_name!(uniques checks exclusions foreign_keys indexes policies);
    for policy in &mut table.policies {
        policy.roles.sort();
    }
    if let Some(by) = &mut table.partition_by {
        sort_partitions(by);
    }
}

fn sort_partitions(by: &mut PartitionBy) {
    let partitions = &mut by.partitions;
    partitions.sort_by(|one, other| one.table.name.cmp(&other.table.name));
    let partitions = partitions.iter_mut();
    partitions.for_each(|partition| sort_table(&mut partition.table));
}
