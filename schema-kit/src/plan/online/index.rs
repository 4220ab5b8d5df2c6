//! Indexes: built and dropped while the table is in use; of a partitioned table, one partition after the other.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Index, IndexKey, Indexed, PartitionBy, QualifiedName, Table},
};

use super::{
    super::{
        effect::{LockMode, Work},
        hazard::HazardKind,
        lower::index_columns,
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
        let Some(by) = self.partition_by(table) else {
            return chain(step, vec![build(table, index)], Makes::Last);
        };
        step.needs.extend(new_partitions(by, table));
        let mut tree = Tree::new(self, table, Part::Index(index));
        tree.top(table, &index.name);
        tree.level(by, &at(table, &index.name));
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
        let is_divided = self.partition_by(table).is_some();
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
pub(super) fn new_partitions(by: &PartitionBy, table: &QualifiedName) -> Vec<Address> {
    let all = by.walk(table).into_iter();
    all.map(|(_, partition)| Address::Table(partition.name.clone()))
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

    fn label(&self) -> &'static str {
        match self {
            Self::Index(_) => "idx",
            Self::Key(key) if key.is_primary() => "pkey",
            Self::Key(_) => "key",
        }
    }
}

/// An index or key of a partitioned table, made of those of its partitions. Its steps run in the order they are in.
pub(super) struct Tree<'t> {
    cx: &'t Online<'t>,
    table: &'t QualifiedName,
    part: Part<'t>,
    pub(super) steps: Vec<Step>,
}

impl<'t> Tree<'t> {
    pub(super) fn new(cx: &'t Online<'t>, table: &'t QualifiedName, part: Part<'t>) -> Self {
        Self {
            cx,
            table,
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

    /// The partitions of one level: each gets its own, which is then attached to that above.
    pub(super) fn level(&mut self, by: &PartitionBy, above: &QualifiedName) {
        for partition in &by.partitions {
            let name = self.name(&partition.name);
            let own = at(&partition.name, &name);
            match &partition.partition_by {
                Some(by) => {
                    self.top(&partition.name, &name);
                    self.level(by, &own);
                }
                None => self.leaf(&partition.name, &name),
            }
            let attach = ddl::attach_index(above, &own);
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

    /// The name the server would choose; where another index of the table has taken that, one made of this one's.
    fn name(&self, partition: &QualifiedName) -> String {
        let label = self.part.label();
        let own = match self.part {
            Part::Index(index) => index.name.as_str(),
            Part::Key(key) => key.name(),
        };
        let chosen = chosen_name(partition, &self.part.index(own), label);
        let schemas = [self.cx.previous, self.cx.next];
        let tables = schemas.map(|schema| schema.table(&self.table.namespace, &self.table.name));
        let mut others = tables
            .into_iter()
            .flatten()
            .flat_map(|table| names(table, partition));
        match others.any(|(name, taken)| name != own && taken == chosen) {
            true => ident::make_object_name(&partition.name, Some(own), label),
            false => chosen,
        }
    }
}

/// The names a table's indexes and keys have, with those that the server chooses for a partition's.
fn names(table: &Table, partition: &QualifiedName) -> Vec<(String, String)> {
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|it| (it.name.clone(), chosen_name(partition, it, "idx")));
    let keys = Key::all(table);
    let keys = keys.map(|key| {
        let label = if key.is_primary() { "pkey" } else { "key" };
        let chosen = chosen_name(partition, &key.index(key.name()), label);
        (key.name().to_owned(), chosen)
    });
    indexes.chain(keys).collect()
}

/// The name the server chooses for an index of a partition (`ChooseIndexName`).
fn chosen_name(partition: &QualifiedName, index: &Index, label: &str) -> String {
    if label == "pkey" {
        return ident::make_object_name(&partition.name, None, label);
    }
    let name = |key: &IndexKey| match &key.key {
        Indexed::Column(name) => name.clone(),
        Indexed::Expression(sql) => {
            ident::expression_name(sql.as_str()).unwrap_or_else(|| "expr".to_owned())
        }
    };
    let mut names: Vec<String> = index.keys.iter().map(name).collect();
    names.extend(index.include.iter().cloned());
    let names = ident::index_column_names(names.iter().map(String::as_str));
    let addition = ident::name_addition(names.iter().map(String::as_str));
    ident::make_object_name(&partition.name, Some(&addition), label)
}
