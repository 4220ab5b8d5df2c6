//! Partitions that go: detached while the table is in use, then dropped.

use schema_core::{
    ddl,
    schema::{Partition, PartitionBound, QualifiedName},
};

use super::{
    super::{
        effect::LockMode,
        step::{Phase, Step},
    },
    Makes, Online, chain,
};

impl Online<'_> {
    pub(super) fn drop_partition(
        &self,
        mut step: Step,
        parent: &QualifiedName,
        partition: &Partition,
    ) -> Vec<Step> {
        // The server detaches at once alone where rows could move into a default partition.
        if self
            .siblings(parent)
            .iter()
            .any(|it| it.bound == PartitionBound::Default)
        {
            return vec![step];
        }
        let sql = ddl::detach_partition_concurrently(parent, &partition.table.name);
        let detach = Step::new(Phase::Release, sql)
            .alone()
            .locks_only(LockMode::ShareUpdateExclusive, parent)
            .locks_only(LockMode::AccessExclusive, &partition.table.name);
        let mut drop = Step::new(step.phase, std::mem::take(&mut step.sql))
            .locks(LockMode::AccessExclusive, &partition.table.name);
        drop.hazards = std::mem::take(&mut step.hazards);
        chain(step, vec![detach, drop], Makes::Last)
    }

    /// The partitions of a table or partition, as they were.
    fn siblings(&self, parent: &QualifiedName) -> &[Partition] {
        let parent = self.previous.own(parent);
        let by = parent.and_then(|parent| parent.partition_by.as_ref());
        by.map_or(&[], |by| &by.partitions)
    }
}
