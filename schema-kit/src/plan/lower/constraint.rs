//! Constraints: added, dropped, renamed, validated, and made again where nothing else will do.

use schema_core::{
    ddl::{self, Address},
    schema::{Check, Exclusion, ForeignKey, PrimaryKey, QualifiedName, Schema, Table, Unique},
};

use super::{
    super::{
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, columns,
};
use crate::diff::{AlterTable, Change};

/// What the five kinds of constraint have to say of themselves.
trait Constraint: Sized + PartialEq {
    fn name(&self) -> &str;

    /// The same facts under another name.
    fn named(&self, name: &str) -> Self;

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step;

    /// The columns of its own table that it is about; none where that is not known.
    fn own_columns(&self) -> &[String];

    /// What of another table it lets nobody take away.
    fn released(&self, _cx: &Context<'_>) -> Vec<Address> {
        Vec::new()
    }

    /// Statements that make a constraint another without dropping it, where there are.
    fn altered(&self, _next: &Self, _table: &QualifiedName) -> Option<Step> {
        None
    }
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
    }

    fn drop<C: Constraint>(&mut self, previous: &C) {
        let address = Address::Constraint(self.table.clone(), previous.name().to_owned());
        let own = match previous.own_columns() {
            [] => &self.all,
            own => own,
        };
        let step = Step::new(Phase::Release, ddl::drop(&address))
            .removes(address)
            .releases(columns(self.table, own))
            .releases(previous.released(self.cx));
        self.steps.push(step);
    }

    fn alter<C: Constraint>(&mut self, previous: &C, next: &C) {
        let renamed = previous.named(next.name());
        if previous.name() != next.name() && renamed == *next {
            let address = Address::Constraint(self.table.clone(), previous.name().to_owned());
            let made = Address::Constraint(self.table.clone(), next.name().to_owned());
            let step = Step::new(Phase::Release, ddl::rename(&address, next.name()));
            self.steps.push(step.removes(address).makes(made));
        } else if let Some(step) = previous.altered(next, self.table) {
            self.steps.push(step);
        } else {
            self.drop(previous);
            self.add(next);
        }
    }
}

/// The names of a table's primary key and unique constraints.
pub(super) fn key_names(table: &Table) -> impl Iterator<Item = &String> {
    let primary_key = table.primary_key.iter().map(|key| &key.name);
    primary_key.chain(table.uniques.iter().map(|key| &key.name))
}

/// What a foreign key needs of the table it references in a schema: the table, the columns and the keys, of which one
/// is over them.
pub(super) fn referenced(schema: &Schema, key: &ForeignKey) -> Vec<Address> {
    let name = &key.referenced_table;
    let mut needed = columns(name, &key.referenced_columns);
    needed.push(Address::Table(name.clone()));
    if let Some(table) = schema.table(&name.namespace, &name.name) {
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
        .removes(address)
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
        HazardKind::BlocksReads,
        format!("an index of `{table}` is built while nobody reads it"),
    )
}

impl Constraint for PrimaryKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..self.clone()
        }
    }

    fn add(&self, _cx: &Context<'_>, table: &QualifiedName) -> Step {
        let own = columns(table, self.columns.iter().chain(&self.include));
        let sql = ddl::add_primary_key(table, self);
        with_index(added(table, Phase::Key, sql, own, &self.name), table)
    }

    fn own_columns(&self) -> &[String] {
        &self.columns
    }
}

impl Constraint for Unique {
    fn name(&self) -> &str {
        &self.name
    }

    fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..self.clone()
        }
    }

    fn add(&self, _cx: &Context<'_>, table: &QualifiedName) -> Step {
        let own = columns(table, self.columns.iter().chain(&self.include));
        let sql = ddl::add_unique(table, self);
        with_index(added(table, Phase::Key, sql, own, &self.name), table)
    }

    fn own_columns(&self) -> &[String] {
        &self.columns
    }
}

impl Constraint for Check {
    fn name(&self) -> &str {
        &self.name
    }

    fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..self.clone()
        }
    }

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let step = added(
            table,
            Phase::Check,
            ddl::add_check(table, self),
            all_columns(cx, table),
            &self.name,
        );
        if self.not_valid {
            return step;
        }
        step.hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may not meet the condition"),
        )
        .hazard(
            HazardKind::BlocksReads,
            format!("all rows of `{table}` are looked at while nobody reads it"),
        )
    }

    fn own_columns(&self) -> &[String] {
        &[]
    }

    fn altered(&self, next: &Self, table: &QualifiedName) -> Option<Step> {
        let valid = Self {
            not_valid: false,
            ..self.clone()
        };
        (self.not_valid && valid == *next).then(|| validate(table, &next.name))
    }
}

impl Constraint for Exclusion {
    fn name(&self) -> &str {
        &self.name
    }

    fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..self.clone()
        }
    }

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let sql = ddl::add_exclusion(table, self);
        let step = added(table, Phase::Key, sql, all_columns(cx, table), &self.name);
        with_index(step.needs(cx.extensions()), table)
    }

    fn own_columns(&self) -> &[String] {
        &[]
    }
}

impl Constraint for ForeignKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..self.clone()
        }
    }

    fn add(&self, cx: &Context<'_>, table: &QualifiedName) -> Step {
        let sql = ddl::add_foreign_key(table, self);
        let own = columns(table, &self.columns);
        let step =
            added(table, Phase::ForeignKey, sql, own, &self.name).needs(referenced(cx.next, self));
        if self.not_valid {
            return step;
        }
        let other = &self.referenced_table;
        step.hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may reference nothing in `{other}`"),
        )
        .hazard(
            HazardKind::BlocksWrites,
            format!("all rows of `{table}` are looked at while nobody writes it or `{other}`"),
        )
    }

    fn own_columns(&self) -> &[String] {
        &self.columns
    }

    fn released(&self, cx: &Context<'_>) -> Vec<Address> {
        referenced(cx.previous, self)
    }

    fn altered(&self, next: &Self, table: &QualifiedName) -> Option<Step> {
        let valid = Self {
            not_valid: next.not_valid,
            ..self.clone()
        };
        if self.not_valid && valid == *next {
            return Some(validate(table, &next.name));
        }
        let deferrable = Self {
            deferrable: next.deferrable,
            ..self.clone()
        };
        (deferrable == *next).then(|| {
            let address = Address::Constraint(table.clone(), next.name.clone());
            Step::new(Phase::ForeignKey, ddl::set_deferrable(table, next)).makes(address)
        })
    }
}

fn validate(table: &QualifiedName, name: &str) -> Step {
    Step::new(Phase::Check, ddl::validate_constraint(table, name))
        .hazard(
            HazardKind::MayFail,
            format!("rows of `{table}` may not meet the constraint"),
        )
        .hazard(
            HazardKind::ScansTable,
            format!("all rows of `{table}` are looked at"),
        )
}

/// A table's columns in the end: which of them an expression uses is not known for sure.
fn all_columns(cx: &Context<'_>, table: &QualifiedName) -> Vec<Address> {
    let found = cx.next.table(&table.namespace, &table.name);
    let names = found.into_iter().flat_map(|table| &table.columns);
    columns(table, names.map(|column| &column.name))
}
