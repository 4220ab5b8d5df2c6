//! Plans for tables that are in use: what locks a table while it goes through its rows is done in several steps, of which
//! those that take long block nobody and those that block take no time.
//!
//! `lower` says with each step that has such a way what it intends ([`Intent`]); here the step becomes others. Tables that
//! are created in the same plan have no rows and nobody uses them, so their steps stay as they are. Where there is no such
//! way (a column of another type, an exclusion constraint, a generated or identity column), the step and its hazards stay.

mod column;
mod foreign_key;
mod index;
mod key;
mod partition;

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ddl::{self, Address},
    schema::{Check, Column, ForeignKey, Index, Partition, QualifiedName, Table},
};

pub(super) use self::key::Key;
use super::{
    effect::{LockMode, Relations},
    hazard::HazardKind,
    lookup::Lookup,
    lower::effective,
    step::{Phase, Step},
};

/// What a step does to a table, the first fact of each.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a step has its intent behind a pointer, and few have one"
)]
pub(super) enum Intent {
    CreateIndex(QualifiedName, Index),
    DropIndex(QualifiedName, Index),
    AddKey(QualifiedName, Key),
    /// A primary key or unique constraint goes; whether it is the primary key.
    DropKey(QualifiedName, String, bool),
    AddCheck(QualifiedName, Check),
    AddForeignKey(QualifiedName, ForeignKey),
    SetNotNull(QualifiedName, String),
    AddColumn(QualifiedName, Column),
    DropPartition(QualifiedName, Partition),
}

impl Intent {
    fn table(&self) -> &QualifiedName {
        match self {
            Self::CreateIndex(table, _)
            | Self::DropIndex(table, _)
            | Self::AddKey(table, _)
            | Self::DropKey(table, ..)
            | Self::AddCheck(table, _)
            | Self::AddForeignKey(table, _)
            | Self::SetNotNull(table, _)
            | Self::AddColumn(table, _)
            | Self::DropPartition(table, _) => table,
        }
    }
}

/// What the ways of all steps look up.
pub(super) struct Online<'a> {
    relations: &'a Relations<'a>,
    previous: &'a Lookup<'a>,
    next: &'a Lookup<'a>,
    /// The server's, as `server_version_num`, where it is known.
    server_version: Option<u32>,
    /// The columns that were there and that a step changes or removes.
    changed: BTreeSet<Address>,
    /// What steps make.
    made: BTreeSet<Address>,
    /// What steps remove.
    removed: BTreeSet<Address>,
    /// The indexes that have another name while the one that takes their place is built.
    asides: BTreeSet<QualifiedName>,
    /// The indexes of partitions that go late with that of their table.
    taken: BTreeSet<Address>,
    /// The keys and unique indexes that go late, by their tables.
    going: BTreeMap<QualifiedName, Vec<Address>>,
}

impl<'a> Online<'a> {
    pub(super) fn new(
        previous: &'a Lookup<'a>,
        next: &'a Lookup<'a>,
        relations: &'a Relations<'a>,
        server_version: Option<u32>,
    ) -> Self {
        Self {
            relations,
            previous,
            next,
            server_version,
            changed: BTreeSet::new(),
            made: BTreeSet::new(),
            removed: BTreeSet::new(),
            asides: BTreeSet::new(),
            taken: BTreeSet::new(),
            going: BTreeMap::new(),
        }
    }

    /// Makes steps for tables in use of those for tables that nobody uses.
    pub(super) fn rewrite(mut self, steps: Vec<Step>) -> Vec<Step> {
        for step in &steps {
            let made = step.makes.iter().filter(|_| !step.in_place);
            let changed = made.chain(&step.removes);
            let changed = changed.filter(|address| self.was_column(address));
            let changed: Vec<Address> = changed.cloned().collect();
            self.changed.extend(changed);
            self.made.extend(step.makes.iter().cloned());
            self.removed.extend(step.removes.iter().cloned());
        }
        let (steps, mut replaced) = self.take_replaced(steps);
        for step in &steps {
            self.note_going(step);
        }
        let mut rewritten = Vec::new();
        for mut step in steps {
            let intent = step.intent.take();
            if let Some(Intent::AddForeignKey(_, key)) = intent.as_deref() {
                // It would come to rest on what goes.
                let going = self.going.get(&key.referenced_table);
                step.needs.extend(going.into_iter().flatten().cloned());
            }
            match intent {
                None => rewritten.push(step),
                Some(intent) if self.is_in_use(intent.table()) => {
                    rewritten.extend(self.steps(step, *intent, &mut replaced));
                }
                // What a new table has is made with it, before anything else takes its time.
                Some(_) => rewritten.push(Step {
                    phase: step.phase.min(Phase::Table),
                    ..step
                }),
            }
        }
        rewritten
    }

    fn steps(&self, step: Step, intent: Intent, replaced: &mut Replaced) -> Vec<Step> {
        match intent {
            Intent::CreateIndex(table, index) => self.create_index(step, &table, &index),
            Intent::DropIndex(table, index) => self.drop_index(step, &table, &index),
            Intent::AddKey(table, key) => {
                let old = replaced.remove(&(table.clone(), key.name().to_owned()));
                self.add_key(step, &table, &key, old)
            }
            // It guards the rows until what comes in its place does.
            Intent::DropKey(_, _, is_primary) if is_primary => vec![step],
            Intent::DropKey(table, name, _) => self.drop_unique(step, &table, &name),
            Intent::AddCheck(table, check) => add_check(step, &table, &check),
            Intent::AddForeignKey(table, key) => self.add_foreign_key(step, &table, &key),
            Intent::SetNotNull(table, column) => {
                chain(step, self.set_not_null(&table, &column), Makes::Last)
            }
            Intent::AddColumn(table, column) => self.add_column(step, &table, &column),
            Intent::DropPartition(parent, partition) => {
                self.drop_partition(step, &parent, &partition)
            }
        }
    }

    /// Notes what goes late, and what has to have another name until then.
    fn note_going(&mut self, step: &Step) {
        let (table, address) = match step.intent.as_deref() {
            Some(Intent::DropKey(table, name, false)) => {
                let index = index::at(table, name);
                self.taken.extend(self.below(table, name));
                if self.made.contains(&Address::Index(index.clone())) {
                    self.asides.insert(index);
                }
                (table, Address::Constraint(table.clone(), name.clone()))
            }
            Some(Intent::DropIndex(table, index)) => {
                let name = index::at(table, &index.name);
                self.taken.extend(self.below(table, &index.name));
                if self.steps_aside(step, table, index) {
                    self.asides.insert(name.clone());
                }
                if !index.unique {
                    return;
                }
                (table, Address::Index(name))
            }
            _ => return,
        };
        if self.is_in_use(table) {
            self.going.entry(table.clone()).or_default().push(address);
        }
    }

    /// Whether a table was there, and is not made again.
    fn is_in_use(&self, table: &QualifiedName) -> bool {
        self.relations.was_there(table) && !self.removed.contains(&Address::Table(table.clone()))
    }

    fn was_column(&self, address: &Address) -> bool {
        let Address::Column(table, name) = address else {
            return false;
        };
        let table = self.previous.table(table);
        table.is_some_and(|table| table.column(name).is_some())
    }

    /// Whether a step lets go of a column that another one changes, and that is needed after that: it has to run before
    /// both, and what takes the place of what it drops comes later.
    fn has_to_go_first(&self, step: &Step, needs: &[Address]) -> bool {
        let released = step.releases.iter().filter(|it| needs.contains(it));
        released.into_iter().any(|it| self.changed.contains(it))
    }

    fn next_table(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.next.table(name)
    }

    /// A partitioned table or partition, with all it has.
    fn divided(&self, name: &QualifiedName) -> Option<Table> {
        let table = effective::named(self.next, name)?;
        table.partition_by.is_some().then_some(table)
    }

    /// Takes out the steps that drop a key in whose place another one comes: the same statement does both.
    fn take_replaced(&self, steps: Vec<Step>) -> (Vec<Step>, Replaced) {
        let mut added = BTreeMap::new();
        for step in &steps {
            if let Some(Intent::AddKey(table, key)) = step.intent.as_deref()
                && self.is_in_use(table)
                && self.divided(table).is_none()
            {
                let added_key = (key.is_primary(), step.needs.clone());
                added.insert((table.clone(), key.name().to_owned()), added_key);
            }
        }
        let mut replaced = Replaced::new();
        let mut kept = Vec::new();
        for step in steps {
            let by = match step.intent.as_deref() {
                Some(Intent::DropKey(table, name, primary)) => added
                    .iter()
                    .find(|(by, it)| by.0 == *table && it.0 == *primary && (it.0 || by.1 == *name)),
                _ => None,
            };
            match by.filter(|(_, (_, needs))| !self.has_to_go_first(&step, needs)) {
                Some((by, _)) => {
                    replaced.insert(by.clone(), step);
                }
                None => kept.push(step),
            }
        }
        (kept, replaced)
    }
}

/// The first version that adds a foreign key of a partitioned table without looking at its rows, and knows constraints
/// that forbid NULL and are not valid yet.
const POSTGRES_18: u32 = 180_000;

/// The steps that drop a key, by the table and the name of the key that comes in its place.
type Replaced = BTreeMap<(QualifiedName, String), Step>;

/// Which step of several makes what the one made whose place they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Makes {
    First,
    Last,
    /// Both: the name is taken from the first on, and what it stands for is ready after the last.
    Both,
}

/// Puts steps in the place of one, each after the one before it. The first needs what that one needed.
fn chain(step: Step, mut parts: Vec<Step>, makes: Makes) -> Vec<Step> {
    for part in parts.iter_mut().skip(1) {
        part.follows = true;
    }
    if let Some(first) = parts.first_mut() {
        first.needs.extend(step.needs);
    }
    let last = parts.len().saturating_sub(1);
    let makers: &[usize] = match makes {
        Makes::First => &[0],
        Makes::Last => &[last],
        Makes::Both => &[0, last],
    };
    for at in makers {
        if let Some(maker) = parts.get_mut(*at) {
            maker.makes.extend(step.makes.iter().cloned());
            maker.in_place = step.in_place;
        }
    }
    if let Some(last) = parts.last_mut() {
        last.releases.extend(step.releases);
        last.removes.extend(step.removes);
    }
    parts
}

/// A constraint is added for new rows first, then the old ones are looked at.
fn add_check(step: Step, table: &QualifiedName, check: &Check) -> Vec<Step> {
    if check.not_valid {
        return vec![step];
    }
    let not_valid = Check {
        not_valid: true,
        ..check.clone()
    };
    let add = Step::new(Phase::Check, ddl::add_check(table, &not_valid))
        .locks(LockMode::AccessExclusive, table);
    let what = format!("rows of `{table}` may not meet the condition");
    let validate = validate(table, &check.name).hazard(HazardKind::MayFail, what);
    chain(step, vec![add, validate], Makes::First)
}

/// Looks at all rows while they are read and written.
fn validate(table: &QualifiedName, constraint: &str) -> Step {
    let sql = ddl::validate_constraint(table, constraint);
    Step::new(Phase::Validate, sql).scans(LockMode::ShareUpdateExclusive, table)
}
