//! What a partition takes of the name spaces: its own name, and those the server chooses for its indexes. The names of
//! its checks and foreign keys are those of the partitioned table.

use std::collections::BTreeMap;

use super::{Names, beside, index_addition, unique_addition};
use crate::{
    error::SchemaError,
    ident,
    schema::{Index, QualifiedName, Table},
};

impl Table {
    /// What the indexes are called that a partition of this name has for those of the table or partition above it, by the
    /// names of those, as long as nothing else has the names.
    #[must_use]
    pub fn index_names_in(&self, partition: &QualifiedName) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        let mut choose = |index: &String, addition: Option<&str>, label: &str| {
            let name = ident::choose_name(&partition.name, addition, label, |_| false);
            names.insert(index.clone(), name);
        };
        if let Some(key) = &self.primary_key {
            choose(&key.name, None, "pkey");
        }
        for unique in &self.uniques {
            choose(&unique.name, Some(&unique_addition(unique)), "key");
        }
        for exclusion in &self.exclusions {
            let mut keys = exclusion.elements.iter().map(|element| &element.key);
            let addition = index_addition(&mut keys, &exclusion.include);
            choose(&exclusion.name, Some(&addition), "excl");
        }
        for index in &self.indexes {
            let addition = index_addition(&mut index.keys.iter(), &index.include);
            choose(&index.name, Some(&addition), "idx");
        }
        names
    }
}

impl Names {
    /// Claims the names of a table's partitions, in the order they are made in.
    pub(super) fn name_partitions(&mut self, table: &Table) -> Result<(), SchemaError> {
        let partitions = table.partitions();
        for (_, partition) in &partitions {
            let name = &partition.table.name;
            let object = format!("partition `{name}`");
            super::check_name(&name.namespace, "a namespace")?;
            self.claim_relation(name, &object)?;
            self.claim_type(name, &object)?;
            self.claim_indexes(table, name)?;
            for foreign_key in &table.foreign_keys {
                if foreign_key.referenced_table == table.name {
                    self.claim_partition_reference(table, &foreign_key.columns);
                }
            }
        }
        self.of(table.name.clone()).partitions = partitions.len();
        Ok(())
    }

    /// A foreign key is one more constraint of its table for each partition of the table it references
    /// (`addFkRecurseReferenced`, `src/backend/commands/tablecmds.c`).
    pub(super) fn claim_partition_references(
        &mut self,
        table: &Table,
        referenced: &QualifiedName,
        columns: &[String],
    ) {
        let referenced = self.taken.get(referenced);
        for _ in 0..referenced.map_or(0, |table| table.partitions) {
            self.claim_partition_reference(table, columns);
        }
    }

    fn claim_partition_reference(&mut self, table: &Table, columns: &[String]) {
        let addition = ident::name_addition(columns.iter().map(String::as_str));
        let name = self.choose_constraint(table, Some(&addition), "fkey");
        let object = format!("a foreign key of `{}` to a partition", table.name);
        self.add_constraint(table, &name, &object);
    }

    /// The indexes of a partition, in the order of those of the partitioned table (`generateClonedIndexStmt` and
    /// `ChooseIndexName`). A name given to what comes later is not left free: the server does not know of it yet.
    fn claim_indexes(
        &mut self,
        table: &Table,
        partition: &QualifiedName,
    ) -> Result<(), SchemaError> {
        if table.primary_key.is_some() {
            self.claim_index(partition, None, "pkey")?;
        }
        for unique in &table.uniques {
            self.claim_index(partition, Some(&unique_addition(unique)), "key")?;
        }
        for Index { keys, include, .. } in &table.indexes {
            let addition = index_addition(&mut keys.iter(), include);
            self.claim_index(partition, Some(&addition), "idx")?;
        }
        Ok(())
    }

    fn claim_index(
        &mut self,
        partition: &QualifiedName,
        addition: Option<&str>,
        label: &str,
    ) -> Result<(), SchemaError> {
        let is_constraint = label != "idx";
        let name = self.choose(
            partition,
            addition,
            label,
            if is_constraint {
                |taken| taken.relation.is_some() || taken.constraint
            } else {
                |taken| taken.relation.is_some()
            },
        );
        let name = beside(partition, &name);
        self.of(name.clone()).constraint |= is_constraint;
        self.claim_relation(&name, &format!("an index of partition `{partition}`"))
    }
}
