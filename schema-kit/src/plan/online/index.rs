//! Indexes: built and dropped while the table is in use; of a partitioned table, one partition after the other.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Index, QualifiedName, Table},
};

use super::{
    super::{
        effect::{LockMode, Work},
        hazard::HazardKind,
        lower::{effective, index_columns},
        step::{Phase, Step},
    },
    Key, Makes, Online, chain,
};

impl Online<'_> {
    pub(super) fn create_index(
        &self,
        mut step: Step,
        table: &QualifiedName,
        index: &Index,
    ) -> Vec<Step> {
        let Some(whole) = self.divided(table) else {
            return chain(step, vec![build(table, index)], Makes::Last);
        };
        step.needs.extend(partitions(&whole));
        let mut tree = Tree::new(self, Part::Index(index));
        tree.top(table, &index.name);
        tree.level(&whole, &index.name);
        chain(step, tree.steps, Makes::Both)
    }

    /// Drops an index after those that are built in the same plan; one in whose place another of its name comes steps aside
    /// until that one is built.
    pub(super) fn drop_index(
        &self,
        mut step: Step,
        table: &QualifiedName,
        index: &Index,
    ) -> Vec<Step> {
        let name = at(table, &index.name);
        let is_made = self.made.contains(&Address::Index(name.clone()));
        let is_divided = self.divided(table).is_some();
        let next = self.next_index(table, &index.name);
        let needs = next.map_or(Vec::new(), |next| index_columns(self.next, table, next));
        let is_in_the_way = is_made && (index.invalid || self.has_to_go_first(&step, &needs));
        if !is_in_the_way {
            step.phase = Phase::Remove;
        }
        if !is_made || is_in_the_way {
            if !is_divided {
                step = concurrently(step, table, &name);
            }
            return vec![step];
        }
        let aside = at(table, &aside_name(index));
        let sql = ddl::rename(&Address::Index(name.clone()), &aside.name);
        let rename = Step::new(Phase::Release, sql)
            .removes(Address::Index(name.clone()))
            .makes(Address::Index(aside.clone()));
        step.removes
            .retain(|it| *it != Address::Index(name.clone()));
        step = match is_divided {
            true => Step {
                sql: ddl::drop(&Address::Index(aside.clone())),
                ..step
            },
            false => concurrently(step, table, &aside),
        };
        let step = step
            .needs([Address::Index(name), Address::Index(aside.clone())])
            .removes(Address::Index(aside));
        vec![rename, step]
    }
}

impl Online<'_> {
    fn next_index(&self, table: &QualifiedName, name: &str) -> Option<&Index> {
        let view = self.next.view(&table.namespace, &table.name);
        let indexes = match self.next_table(table) {
            Some(table) => &table.indexes,
            None => &view?.indexes,
        };
        indexes.iter().find(|index| index.name == name)
    }
}

/// The name of an index that waits for the one that takes its place.
fn aside_name(index: &Index) -> String {
    ident::make_object_name(&index.name, None, "old")
}

fn concurrently(mut step: Step, table: &QualifiedName, name: &QualifiedName) -> Step {
    step.sql = ddl::drop_index_concurrently(name);
    step.touches.clear();
    step.alone()
        .locks_only(LockMode::ShareUpdateExclusive, table)
}

pub(super) fn at(table: &QualifiedName, name: &str) -> QualifiedName {
    QualifiedName::new(table.namespace.as_str(), name)
}

/// Builds an index of a table with rows while they are read and written.
pub(super) fn build(table: &QualifiedName, index: &Index) -> Step {
    let name = at(table, &index.name);
    let mut step = Step::new(Phase::Index, ddl::create_index_concurrently(table, index))
        .alone()
        .divided(LockMode::ShareUpdateExclusive, table, Work::Scan)
        .makes(Address::Index(name.clone()))
        .hazard(
            HazardKind::BuildsIndex,
            format!("all rows of `{table}` are sorted"),
        )
        .note(format!(
            "when it fails it leaves `{name}` behind, invalid: drop that before it runs again"
        ));
    if index.unique {
        let what = format!("rows of `{table}` may have equal values");
        step = step.hazard(HazardKind::MayFail, what);
    }
    step.leaves_invalid = Some(name);
    step
}

/// The partitions, at all levels, that have to be there first.
pub(super) fn partitions(table: &Table) -> Vec<Address> {
    let all = table.partitions().into_iter();
    all.map(|(_, partition)| Address::Table(partition.table.name.clone()))
        .collect()
}

/// What is made of a partitioned table and of each of its partitions.
#[derive(Clone, Copy)]
pub(super) enum Part<'p> {
    Index(&'p Index),
    Key(&'p Key),
}

impl Part<'_> {
    fn index(&self, name: &str) -> Index {
        match self {
            Self::Index(index) => Index {
                name: name.to_owned(),
                ..(*index).clone()
            },
            Self::Key(key) => key.index(name),
        }
    }
}

/// An index or key of a partitioned table, made of those of its partitions. Its steps run in the order they are in.
pub(super) struct Tree<'t> {
    cx: &'t Online<'t>,
    part: Part<'t>,
    pub(super) steps: Vec<Step>,
}

impl<'t> Tree<'t> {
    pub(super) fn new(cx: &'t Online<'t>, part: Part<'t>) -> Self {
        Self {
            cx,
            part,
            steps: Vec::new(),
        }
    }

    /// What a partitioned table has without its partitions.
    pub(super) fn top(&mut self, table: &QualifiedName, name: &str) {
        let (phase, sql, lock) = match self.part {
            Part::Index(_) => {
                let sql = ddl::create_index_on_only(table, &self.part.index(name));
                (Phase::Index, sql, LockMode::Share)
            }
            Part::Key(key) => (
                Phase::Key,
                key.add_on_only(table, name),
                LockMode::AccessExclusive,
            ),
        };
        self.steps
            .push(Step::new(phase, sql).locks_only(lock, table));
    }

    /// The partitions of a table that is given with all it has: each gets its own, which is then attached to the table's.
    pub(super) fn level(&mut self, above: &Table, index: &str) {
        for partition in above.partition_by.iter().flat_map(|by| &by.partitions) {
            let table = &partition.table.name;
            // One of another name is renamed afterwards, as it is when the server makes it.
            let chosen = above.index_names_in(table);
            let Some(name) = chosen.get(index) else {
                continue;
            };
            match &partition.table.partition_by {
                Some(_) => {
                    self.top(table, name);
                    let own = partition.index_names.get(index).unwrap_or(name);
                    self.level(&effective::partition(above, partition), own);
                }
                None => self.leaf(table, name),
            }
            let attach = ddl::attach_index(&at(&above.name, index), &at(table, name));
            self.steps.push(Step::new(Phase::Index, attach));
        }
    }

    fn leaf(&mut self, partition: &QualifiedName, name: &str) {
        let index = self.part.index(name);
        self.steps.push(match self.cx.is_in_use(partition) {
            true => build(partition, &index),
            false => Step::new(Phase::Index, ddl::create_index(partition, &index)),
        });
        if let Part::Key(key) = self.part {
            let sql = key.named(name).add_using_index(partition, name, None);
            self.steps
                .push(Step::new(Phase::Key, sql).locks(LockMode::AccessExclusive, partition));
        }
    }
}
