//! Constraints: added, dropped, renamed, validated, and made again where nothing else will do.

use schema_core::{
    ddl::{self, Address},
    schema::{Check, Exclusion, ForeignKey, Indexed, PrimaryKey, QualifiedName, Table, Unique},
};

use super::{
    super::{
        effect::{LockMode, Work},
        hazard::HazardKind,
        lookup::Lookup,
        online::{Intent, Key},
        step::{Phase, Step},
    },
    Context, columns, comment,
};
use crate::diff::{AlterTable, Change, Pair};

/// What the five kinds of constraint have to say of themselves.
pub(super) trait Constraint: Sized + PartialEq {
    fn name(&self) -> &str;

    fn comment(&self) -> Option<&str>;

    /// The same facts under another's name and with its comment.
    fn described_as(&self, other: &Self) -> Self;

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step;

    /// The columns of its own table that it is about; none where that is not known.
    fn own_columns(&self) -> Vec<&String>;

    /// What of another table it lets nobody take away.
    fn released(&self, _cx: &Context<'_>) -> Vec<Address> {
        Vec::new()
    }

    /// What dropping it is, where that has another way.
    fn dropped(&self, _table: &QualifiedName) -> Option<Intent> {
        None
    }

    /// The other table it is about, where it is about one.
    fn other_table(&self) -> Option<&QualifiedName> {
        None
    }

    /// Whether it goes while something else changes.
    fn is_made_again(&self, _cx: &Context<'_>, _table: &QualifiedName) -> bool {
        false
    }

    /// Statements that make a constraint another of its name without dropping it, where there are.
    fn altered(&self, _next: &Self, _table: &QualifiedName) -> Option<Vec<Step>> {
        None
    }
}

/// What a constraint is called and what is said of it.
macro_rules! described {
    () => {
        fn name(&self) -> &str {
            &self.name
        }

        fn comment(&self) -> Option<&str> {
            self.comment.as_deref()
        }

        fn described_as(&self, other: &Self) -> Self {
            Self {
                name: other.name.clone(),
                comment: other.comment.clone(),
                ..self.clone()
            }
        }
    };
}

/// Storage parameters are changed where they are: those of the index that the constraint makes.
macro_rules! altered_parameters {
    () => {
        fn altered(&self, next: &Self, table: &QualifiedName) -> Option<Vec<Step>> {
            let same = Self {
                with: next.with.clone(),
                ..self.clone()
            };
            (same == *next).then(|| {
                let index = super::index_address(table, &next.name);
                let statements = ddl::set_parameters(&index, &self.with, &next.with).into_iter();
                let steps = statements.map(|sql| Step::new(Phase::Key, sql));
                steps.collect()
            })
        }
    };
}

pub(super) fn lower(cx: &Context<'_>, alter: &AlterTable<'_>, steps: &mut Vec<Step>) {
    let table = &alter.table.next.name;
    let all = &alter.table.previous.columns;
    let all: Vec<String> = all.iter().map(|column| column.name.clone()).collect();
    let mut list = List {
        cx,
        table,
        all,
        steps,
    };
    if let Some(change) = &alter.primary_key {
        list.lower(change);
    }
    alter.uniques.iter().for_each(|change| list.lower(change));
    alter.checks.iter().for_each(|change| list.lower(change));
    alter
        .exclusions
        .iter()
        .for_each(|change| list.lower(change));
    alter
        .foreign_keys
        .iter()
        .for_each(|change| list.lower(change));
}

struct List<'a> {
    cx: &'a Context<'a>,
    table: &'a QualifiedName,
    /// The columns there were.
    all: Vec<String>,
    steps: &'a mut Vec<Step>,
}

impl List<'_> {
    fn lower<C: Constraint>(&mut self, change: &Change<'_, C>) {
        match change {
            Change::Create(next) => self.add(*next),
            Change::Drop(previous) => self.drop(*previous),
            Change::Alter(pair) => self.alter(pair.previous, pair.next),
        }
    }

    fn add<C: Constraint>(&mut self, next: &C) {
        self.steps.push(next.add(self.cx, self.table));
        if next.comment().is_some() {
            self.comment(next);
        }
    }

    fn comment<C: Constraint>(&mut self, next: &C) {
        let address = Address::Constraint(self.table.clone(), next.name().to_owned());
        self.steps.push(comment(address, next.comment()));
    }

    fn drop<C: Constraint>(&mut self, previous: &C) {
        let address = Address::Constraint(self.table.clone(), previous.name().to_owned());
        let mut own = previous.own_columns();
        if own.is_empty() {
            own.extend(&self.all);
        }
        let mut step = Step::new(Phase::Release, ddl::drop(&address))
            .locks(LockMode::AccessExclusive, self.table)
            .removes(address)
            .releases(columns(self.table, own))
            .releases(previous.released(self.cx));
        if let Some(other) = previous.other_table() {
            step = step.divided(LockMode::AccessExclusive, other, Work::Nothing);
        }
        step.intent = previous.dropped(self.table).map(Box::new);
        self.steps.push(step);
    }

    fn alter<C: Constraint>(&mut self, previous: &C, next: &C) {
        let address = |it: &C| Address::Constraint(self.table.clone(), it.name().to_owned());
        let same = previous.described_as(next);
        let altered = if previous.is_made_again(self.cx, self.table) {
            None
        } else if same == *next {
            Some(Vec::new())
        } else {
            same.altered(next, self.table)
        };
        let Some(altered) = altered else {
            self.drop(previous);
            self.add(next);
            return;
        };
        let made = address(next);
        if previous.name() != next.name() {
            let old = address(previous);
            let step = Step::new(Phase::Release, ddl::rename(&old, next.name()))
                .locks(LockMode::AccessExclusive, self.table);
            self.steps.push(step.removes(old).makes(made.clone()));
        }
        let altered = altered.into_iter();
        self.steps
            .extend(altered.map(|step| step.needs([made.clone()])));
        if previous.comment() != next.comment() {
            self.comment(next);
        }
    }
}

/// Whether a key becomes another without being built anew.
pub(super) fn is_kept<C: Constraint>(pair: Pair<'_, C>) -> bool {
    let same = pair.previous.described_as(pair.next);
    same == *pair.next
        || same
            .altered(pair.next, &QualifiedName::new("", ""))
            .is_some()
}

/// What of an exclusion constraint is SQL: expressions, operators, and the names of operator classes.
pub(super) fn exclusion_texts(exclusion: &Exclusion) -> Vec<String> {
    let elements = exclusion.elements.iter().flat_map(|element| {
        let expression = match &element.key.key {
            Indexed::Expression(expression) => Some(expression.to_string()),
            Indexed::Column(_) => None,
        };
        let class = element.key.operator_class.clone();
        class
            .into_iter()
            .chain(expression)
            .chain([element.operator.clone()])
    });
    let predicate = exclusion.predicate.iter().map(ToString::to_string);
    elements.chain(predicate).collect()
}

/// Drops a constraint and adds it again.
pub(super) fn make_again<C: Constraint>(
    cx: &Context<'_>,
    previous: &Table,
    table: &QualifiedName,
    constraint: &C,
    steps: &mut Vec<Step>,
) {
    let all = previous.columns.iter();
    let all = all.map(|column| column.name.clone()).collect();
    let mut list = List {
        cx,
        table,
        all,
        steps,
    };
    list.drop(constraint);
    list.add(constraint);
}

/// The names of a table's primary key and unique constraints.
pub(super) fn key_names(table: &Table) -> impl Iterator<Item = &String> {
    let primary_key = table.primary_key.iter().map(|key| &key.name);
    primary_key.chain(table.uniques.iter().map(|key| &key.name))
}

/// The indexes that a table's constraints make: their names are those of relations.
pub(super) fn own_indexes(table: &Table) -> impl Iterator<Item = Address> {
    let exclusions = table.exclusions.iter().map(|it| &it.name);
    let names = key_names(table).chain(exclusions);
    names.map(|name| super::index_address(&table.name, name))
}

/// What a foreign key needs of the table it references in a schema: the table, the columns and the keys, of which one
/// is over them.
pub(super) fn referenced(schema: &Lookup<'_>, key: &ForeignKey) -> Vec<Address> {
    let name = &key.referenced_table;
    let mut needed = columns(name, &key.referenced_columns);
    needed.push(Address::Table(name.clone()));
    if let Some(table) = schema.own(name) {
        needed.extend(key_names(table).map(|key| Address::Constraint(name.clone(), key.clone())));
        let unique = table.indexes.iter().filter(|index| index.unique);
        needed.extend(unique.map(|index| super::index_address(name, &index.name)));
    }
    needed
}

pub(super) fn add_foreign_key(cx: &Context<'_>, table: &QualifiedName, key: &ForeignKey) -> Step {
    key.add(cx, table)
}

/// Drops a foreign key of a table that goes.
pub(super) fn drop_foreign_key(cx: &Context<'_>, table: &QualifiedName, key: &ForeignKey) -> Step {
    let address = Address::Constraint(table.clone(), key.name.clone());
    Step::new(Phase::Release, ddl::drop(&address))
        .locks(LockMode::AccessExclusive, table)
        .locks(LockMode::AccessExclusive, &key.referenced_table)
        .removes(address)
        .releases(columns(table, &key.columns))
        .releases(referenced(cx.previous, key))
        .releases([Address::Table(table.clone())])
}

fn added(table: &QualifiedName, phase: Phase, sql: String, own: Vec<Address>, name: &str) -> Step {
    Step::new(phase, sql)
        .needs([Address::Table(table.clone())])
        .needs(own)
        .makes(Address::Constraint(table.clone(), name.to_owned()))
}

/// What building the index of a new key does to a table.
fn with_index(step: Step, table: &QualifiedName) -> Step {
    step.hazard(
        HazardKind::MayFail,
        format!("rows of `{table}` may have equal values"),
    )
    .hazard(
        HazardKind::BuildsIndex,
        format!("all rows of `{table}` are sorted"),
    )
    .locks_only(LockMode::AccessExclusive, table)
    .divided(LockMode::Share, table, Work::Scan)
}

impl Constraint for PrimaryKey {
    described!();

    altered_parameters!();

    fn add(&self, _cx: &Context<'_>, table: &QualifiedName) -> Step {
        let own = columns(table, self.own_columns());
        let sql = ddl::add_primary_key(table, self);
        let step = with_index(added(table, Phase::Key, sql, own, &self.name), table);
        step.intends(Intent::AddKey(table.clone(), Key::Primary(self.clone())))
    }

    fn dropped(&self, table: &QualifiedName) -> Option<Intent> {
        Some(Intent::DropKey(table.clone(), self.name.clone(), true))
    }

    fn own_columns(&self) -> Vec<&String> {
        self.columns.iter().chain(&self.include).collect()
    }
}

impl Constraint for Unique {
    described!();

    altered_parameters!();

    fn add(&self, _cx: &Context<'_>, table: &QualifiedName) -> Step {
        let own = columns(table, self.own_columns());
        let sql = ddl::add_unique(table, self);
        let step = with_index(added(table, Phase::Key, sql, own, &self.name), table);
        step.intends(Intent::AddKey(table.clone(), Key::Unique(self.clone())))
    }

    fn dropped(&self, table: &QualifiedName) -> Option<Intent> {
        Some(Intent::DropKey(table.clone(), self.name.clone(), false))
    }

    fn own_columns(&self) -> Vec<&String> {
        self.columns.iter().chain(&self.include).collect()
    }
}

impl Constraint for Check {
    described!();

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let step = added(
            table,
            Phase::Check,
            ddl::add_check(table, self),
            all_columns(cx, table),
            &self.name,
        )
        .needs(cx.uses(self.expression.as_str()));
        if self.not_valid {
            return step.locks(LockMode::AccessExclusive, table);
        }
        step.hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may not meet the condition"),
        )
        .scans(LockMode::AccessExclusive, table)
        .intends(Intent::AddCheck(table.clone(), self.clone()))
    }

    fn own_columns(&self) -> Vec<&String> {
        Vec::new()
    }

    fn released(&self, cx: &Context<'_>) -> Vec<Address> {
        cx.used(self.expression.as_str())
    }

    fn altered(&self, next: &Self, table: &QualifiedName) -> Option<Vec<Step>> {
        let valid = Self {
            not_valid: false,
            ..self.clone()
        };
        (self.not_valid && valid == *next).then(|| vec![validate(table, &next.name)])
    }
}

impl Constraint for Exclusion {
    described!();

    altered_parameters!();

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let sql = ddl::add_exclusion(table, self);
        let step = added(table, Phase::Key, sql, all_columns(cx, table), &self.name);
        let objects = exclusion_texts(self);
        let objects = objects.iter().flat_map(|text| cx.uses(text));
        with_index(step.needs(cx.extensions()).needs(objects), table)
    }

    fn own_columns(&self) -> Vec<&String> {
        Vec::new()
    }

    fn released(&self, cx: &Context<'_>) -> Vec<Address> {
        let objects = exclusion_texts(self);
        objects.iter().flat_map(|text| cx.used(text)).collect()
    }
}

impl Constraint for ForeignKey {
    described!();

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let sql = ddl::add_foreign_key(table, self);
        let own = columns(table, &self.columns);
        let step =
            added(table, Phase::ForeignKey, sql, own, &self.name).needs(referenced(cx.next, self));
        let other = &self.referenced_table;
        let lock = LockMode::ShareRowExclusive;
        if self.not_valid {
            let step = step.divided(lock, table, Work::Nothing);
            return step.divided(lock, other, Work::Nothing);
        }
        step.hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may reference nothing in `{other}`"),
        )
        .divided(lock, table, Work::Scan)
        .divided(lock, other, Work::Nothing)
        .intends(Intent::AddForeignKey(table.clone(), self.clone()))
    }

    fn is_made_again(&self, cx: &Context<'_>, table: &QualifiedName) -> bool {
        cx.foreign_keys_again
            .contains(&(table.clone(), self.name.clone()))
    }

    fn own_columns(&self) -> Vec<&String> {
        self.columns.iter().collect()
    }

    fn released(&self, cx: &Context<'_>) -> Vec<Address> {
        referenced(cx.previous, self)
    }

    fn other_table(&self) -> Option<&QualifiedName> {
        Some(&self.referenced_table)
    }

    fn altered(&self, next: &Self, table: &QualifiedName) -> Option<Vec<Step>> {
        let valid = Self {
            not_valid: next.not_valid,
            ..self.clone()
        };
        if self.not_valid && valid == *next {
            let step = validate(table, &next.name);
            return Some(vec![step.locks(LockMode::RowShare, &self.referenced_table)]);
        }
        let deferrable = Self {
            deferrable: next.deferrable,
            ..self.clone()
        };
        (deferrable == *next).then(|| {
            let address = Address::Constraint(table.clone(), next.name.clone());
            let step = Step::new(Phase::ForeignKey, ddl::set_deferrable(table, next));
            let step = step.locks(LockMode::AccessExclusive, table);
            vec![step.makes(address)]
        })
    }
}

fn validate(table: &QualifiedName, name: &str) -> Step {
    Step::new(Phase::Check, ddl::validate_constraint(table, name))
        .hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may not meet the constraint"),
        )
        .scans(LockMode::ShareUpdateExclusive, table)
}

/// A table's columns in the end: which of them an expression uses is not known for sure.
fn all_columns(cx: &Context<'_>, table: &QualifiedName) -> Vec<Address> {
    let found = cx.next.table(table);
    let names = found.into_iter().flat_map(|table| &table.columns);
    columns(table, names.map(|column| &column.name))
}
