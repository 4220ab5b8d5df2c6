//! Indexes: built and dropped while the table is in use; of a partitioned table, one partition after the other.

use schema_core::{
    ddl::{self, Address},
    schema::{Index, QualifiedName, Table},
};

use super::{
    super::{
        effect::{LockMode, Work},
        hazard::HazardKind,
        lower::{effective, index_columns},
        name,
        step::{Phase, Step},
    },
    Key, Makes, Online, chain,
};
use crate::diff::Place;

impl Online<'_> {
    pub(super) fn create_index(
        &self,
        mut step: Step,
        table: &QualifiedName,
        index: &Index,
    ) -> Vec<Step> {
        let Some(whole) = self.divided(table) else {
            return chain(step, self.build_under_its_name(table, index), Makes::Last);
        };
        // One of the table alone is not valid, and nothing is sorted for it.
        if index.invalid {
            return vec![step];
        }
        step.needs.extend(partitions(&whole));
        let mut tree = Tree::new(self, Part::Index(index));
        tree.is_replacing = self.asides.contains(&at(table, &index.name));
        tree.top(table, &index.name);
        tree.level(&whole, &index.name, &index.name);
        let made = Address::Index(at(table, &index.name));
        let renames = tree.renames.into_iter();
        let renames: Vec<Step> = renames.map(|it| it.needs([made.clone()])).collect();
        let mut steps = chain(step, tree.steps, Makes::Both);
        steps.extend(renames);
        steps
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
        let is_divided = self.divided(table).is_some();
        // Foreign keys that are added wait for it.
        step.makes.push(Address::Index(name.clone()));
        step.removes.extend(self.below(table, &index.name));
        if !self.asides.contains(&name) {
            if !self.made.contains(&Address::Index(name.clone())) {
                step.phase = Phase::Remove;
            }
            if !is_divided {
                step = concurrently(step, table, &name);
            }
            return vec![step];
        }
        step.phase = Phase::Remove;
        let aside = self.aside(&name);
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
    /// Builds an index of a plain table, under another name while one that goes late has its own.
    fn build_under_its_name(&self, table: &QualifiedName, index: &Index) -> Vec<Step> {
        if !self.taken.contains(&Address::Index(at(table, &index.name))) {
            return vec![build(table, index)];
        }
        let free = Index {
            name: self.free_name(&at(table, &index.name), "new").name,
            ..index.clone()
        };
        let sql = ddl::rename(&Address::Index(at(table, &free.name)), &index.name);
        vec![build(table, &free), Step::new(Phase::RemoveLast, sql)]
    }

    /// The name of an index that waits for the one that takes its place.
    pub(super) fn aside(&self, index: &QualifiedName) -> QualifiedName {
        self.free_name(index, "old")
    }

    fn free_name(&self, index: &QualifiedName, label: &str) -> QualifiedName {
        name::beside(index, label, |free| {
            self.previous.has_relation(free) || self.next.has_relation(free)
        })
    }

    /// Whether another index of its name is built before it goes.
    pub(super) fn steps_aside(&self, step: &Step, table: &QualifiedName, index: &Index) -> bool {
        let next = self.next_index(table, &index.name);
        let needs = next.map_or(Vec::new(), |next| index_columns(self.next, table, next));
        let name = Address::Index(at(table, &index.name));
        let is_in_the_way = index.invalid || self.has_to_go_first(step, &needs);
        self.is_in_use(table) && self.made.contains(&name) && !is_in_the_way
    }

    /// The indexes that partitions have for an index of a table's.
    pub(super) fn below(&self, table: &QualifiedName, index: &str) -> Vec<Address> {
        let before = self
            .divided(table)
            .and(effective::named(self.previous, table));
        let names = before.map_or(Vec::new(), |before| below(&before, index));
        names.into_iter().map(Address::Index).collect()
    }

    /// What has to be there first where a partition has an index of its own that becomes the one for its table's: a key that
    /// it is to have, or what it has already and nothing removes.
    fn given(&self, next: &Table, index: &str) -> Option<Vec<Address>> {
        let constraint = Address::Constraint(next.name.clone(), index.to_owned());
        if has_key(next, index) {
            return Some(vec![constraint]);
        }
        let Place::Below(_, previous) = self.previous.place(&next.name)? else {
            return None;
        };
        let mut indexes = previous.table.indexes.iter();
        let was_there = has_key(&previous.table, index) || indexes.any(|it| it.name == index);
        let goes = self.removed.contains(&constraint)
            || self
                .removed
                .contains(&Address::Index(at(&next.name, index)));
        (was_there && !goes).then(Vec::new)
    }

    fn next_index(&self, table: &QualifiedName, name: &str) -> Option<&Index> {
        let view = self.next.view(table);
        let indexes = match self.next_table(table) {
            Some(table) => &table.indexes,
            None => &view?.indexes,
        };
        indexes.iter().find(|index| index.name == name)
    }
}

fn has_key(table: &Table, name: &str) -> bool {
    let mut uniques = table.uniques.iter();
    table.primary_key.as_ref().is_some_and(|it| it.name == name)
        || uniques.any(|it| it.name == name)
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

/// The indexes that the partitions of a table that is given with all it has have for one of its own, at all levels.
fn below(above: &Table, index: &str) -> Vec<QualifiedName> {
    let mut names = Vec::new();
    for partition in above.partition_by.iter().flat_map(|by| &by.partitions) {
        let table = &partition.table.name;
        let chosen = above.index_names_in(table);
        let name = partition.index_names.get(index).or(chosen.get(index));
        if let Some(name) = name {
            names.push(at(table, name));
            names.extend(below(&effective::partition(above, partition), name));
        }
    }
    names
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
    /// Whether the partitions have indexes of the chosen names until the end.
    is_replacing: bool,
    /// What gives the indexes their names then, in any order.
    renames: Vec<Step>,
}

impl<'t> Tree<'t> {
    pub(super) fn new(cx: &'t Online<'t>, part: Part<'t>) -> Self {
        Self {
            cx,
            part,
            steps: Vec::new(),
            is_replacing: false,
            renames: Vec::new(),
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

    /// The partitions of a table that is given with all it has, whose index has a name until the end: each gets its own, or
    /// gives one it has, which is then attached to the table's.
    pub(super) fn level(&mut self, above: &Table, index: &str, until: &str) {
        for partition in above.partition_by.iter().flat_map(|by| &by.partitions) {
            let table = &partition.table.name;
            // One of another name is renamed afterwards, as it is when the server makes it.
            let chosen = above.index_names_in(table);
            let Some(name) = chosen.get(index) else {
                continue;
            };
            let own = partition.index_names.get(index).unwrap_or(name);
            let attach = |name: &str| {
                let sql = ddl::attach_index(&at(&above.name, until), &at(table, name));
                Step::new(Phase::Index, sql)
            };
            if let Some(given) = self.cx.given(&partition.table, own) {
                self.steps.push(attach(own).needs(given));
                continue;
            }
            let name = self.free_name(table, name);
            match &partition.table.partition_by {
                Some(_) => {
                    self.top(table, &name);
                    self.level(&effective::partition(above, partition), own, &name);
                }
                None => self.leaf(table, &name),
            }
            self.steps.push(attach(&name));
        }
    }

    /// The name of a partition's index until the one that has its name is gone.
    fn free_name(&mut self, table: &QualifiedName, name: &str) -> String {
        if !self.is_replacing {
            return name.to_owned();
        }
        let free = self.cx.free_name(&at(table, name), "new").name;
        let sql = ddl::rename(&Address::Index(at(table, &free)), name);
        let rename = Step::new(Phase::RemoveLast, sql);
        self.renames
            .push(rename.makes(Address::Index(at(table, name))));
        free
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
