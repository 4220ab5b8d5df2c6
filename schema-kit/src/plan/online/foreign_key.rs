//! Foreign keys: added for new rows first, then the old ones are looked at while both tables are in use.

use schema_core::{
    ddl,
    schema::{ForeignKey, QualifiedName},
};

use super::{
    super::{
        effect::LockMode,
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Makes, Online, POSTGRES_18, chain, validate,
};

impl Online<'_> {
    pub(super) fn add_foreign_key(
        &self,
        step: Step,
        table: &QualifiedName,
        key: &ForeignKey,
    ) -> Vec<Step> {
        if key.not_valid {
            return vec![step];
        }
        let is_new = self.server_version >= Some(POSTGRES_18);
        let Some(whole) = self.divided(table).filter(|_| !is_new) else {
            return chain(step, added(table, key), Makes::First);
        };
        // Up to version 17 a partitioned table takes no foreign key that is not valid, but those that its partitions have become part of it.
        let leaves = whole
            .partitions()
            .into_iter()
            .map(|(_, partition)| &partition.table);
        let leaves = leaves.filter(|leaf| leaf.partition_by.is_none());
        let there = leaves.filter(|leaf| self.is_in_use(&leaf.name));
        let mut parts: Vec<Step> = there.flat_map(|leaf| added(&leaf.name, key)).collect();
        // What keeps the partitions' own ones goes from the referenced table: one keeps them all.
        let lock = match parts.is_empty() {
            true => LockMode::ShareRowExclusive,
            false => LockMode::AccessExclusive,
        };
        let add = Step::new(Phase::ForeignKey, ddl::add_foreign_key(table, key));
        parts.push(
            add.locks(LockMode::ShareRowExclusive, table)
                .locks(lock, &key.referenced_table),
        );
        chain(step, parts, Makes::Last)
    }
}

fn added(table: &QualifiedName, key: &ForeignKey) -> Vec<Step> {
    let other = &key.referenced_table;
    let not_valid = ForeignKey {
        not_valid: true,
        ..key.clone()
    };
    let add = Step::new(Phase::ForeignKey, ddl::add_foreign_key(table, &not_valid))
        .locks(LockMode::ShareRowExclusive, table)
        .locks(LockMode::ShareRowExclusive, other);
    let what = format!("rows of `{table}` may reference nothing in `{other}`");
    let validate = validate(table, &key.name)
        .hazard(HazardKind::MayFail, what)
        .locks(LockMode::RowShare, other);
    vec![add, validate]
}
