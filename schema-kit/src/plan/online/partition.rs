//! Partitions that go: detached while the table is in use, then dropped.

use schema_core::{
    ddl,
    schema::{Partition, PartitionBound, PartitionBy, QualifiedName},
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
        let tables = self.previous.tables.iter();
        let mut levels = tables.filter_map(|table| {
            let by = table.partition_by.as_ref()?;
            find(by, &table.name, parent)
        });
        levels.next().map_or(&[], |by| &by.partitions)
    }
}

/// How a table or one of its partitions is divided.
fn find<'b>(
    by: &'b PartitionBy,
    name: &QualifiedName,
    wanted: &QualifiedName,
) -> Option<&'b PartitionBy> {
    if name == wanted {
        return Some(by);
    }
    let mut levels = by.partitions.iter().filter_map(|partition| {
        let by = partition.table.partition_by.as_ref()?;
        find(by, &partition.table.name, wanted)
    });
    levels.next()
}
