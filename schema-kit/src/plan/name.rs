//! Names for what steps aside, and those that are taken.

use std::collections::BTreeSet;

use schema_core::{
    ident,
    schema::{QualifiedName, Schema, Table},
};

/// Chooses a name for what steps aside, or waits to take its place.
pub(super) fn beside(
    name: &QualifiedName,
    label: &str,
    is_taken: impl Fn(&QualifiedName) -> bool,
) -> QualifiedName {
    let named = |free: &str| QualifiedName::new(name.namespace.as_str(), free);
    let free = ident::choose_name(&name.name, None, label, |free| is_taken(&named(free)));
    named(&free)
}

/// The names that a table, an index or a sequence cannot take.
pub(super) fn relations(schema: &Schema) -> BTreeSet<QualifiedName> {
    let sequences = schema.sequences.iter().map(|it| it.name.clone());
    let mut names: BTreeSet<QualifiedName> = sequences.collect();
    for view in &schema.views {
        let indexes = view.indexes.iter().map(|index| &index.name);
        names.extend(with_others(&view.name, indexes));
    }
    for table in &schema.tables {
        names.extend(own_relations(table));
        for (_, partition) in table.partitions() {
            names.extend(own_relations(&partition.table));
            names.extend(with_others(
                &partition.table.name,
                partition.index_names.values(),
            ));
        }
    }
    names
}

fn own_relations(table: &Table) -> Vec<QualifiedName> {
    let indexes = table.indexes.iter().map(|it| &it.name);
    let primary_key = table.primary_key.iter().map(|it| &it.name);
    let uniques = table.uniques.iter().map(|it| &it.name);
    let exclusions = table.exclusions.iter().map(|it| &it.name);
    let identities = table.columns.iter().filter_map(|it| it.identity.as_ref());
    let sequences = identities.map(|it| &it.sequence);
    let keys = primary_key.chain(uniques).chain(exclusions);
    with_others(&table.name, indexes.chain(keys).chain(sequences))
}

/// A name, and others in its namespace.
fn with_others<'n>(
    name: &QualifiedName,
    others: impl Iterator<Item = &'n String>,
) -> Vec<QualifiedName> {
    let others = others.map(|it| QualifiedName::new(name.namespace.as_str(), it.as_str()));
    others.chain([name.clone()]).collect()
}
