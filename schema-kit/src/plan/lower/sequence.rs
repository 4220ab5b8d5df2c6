//! Sequences, those of identity columns among them: the number one stands at survives whatever else changes. A sequence
//! takes the names of tables, so in the order of statements it goes by the address of one as well as by its own.

use std::collections::BTreeSet;

use schema_core::{
    ddl::{self, Address},
    schema::{Column, QualifiedName, Schema, Sequence},
};

use super::{
    super::{
        effect::LockMode,
        hazard::HazardKind,
        lookup::Lookup,
        name,
        step::{Phase, Step},
    },
    Context, comment,
};
use crate::diff::{Change, Diff, Pair};

/// A column that is numbered by another sequence than before, which goes on where that one stands.
#[derive(Debug)]
pub(super) struct Handover {
    column: (QualifiedName, String),
    from: QualifiedName,
    /// What the previous one is called meanwhile, where the next one takes its name.
    aside: Option<QualifiedName>,
    to: QualifiedName,
}

impl Handover {
    /// The previous sequence under the name it has while the plan runs.
    fn from(&self) -> &QualifiedName {
        self.aside.as_ref().unwrap_or(&self.from)
    }
}

/// The columns that change from a sequence which goes to one which comes.
pub(super) fn handovers(
    previous: &Lookup<'_>,
    next: &Lookup<'_>,
    diff: &Diff<'_>,
) -> Vec<Handover> {
    let sequences = |schema: &Schema| -> BTreeSet<QualifiedName> {
        schema.sequences.iter().map(|it| it.name.clone()).collect()
    };
    let (before, after) = (sequences(previous), sequences(next));
    let aside = |name: &QualifiedName| {
        name::beside(name, "old", |free| {
            previous.has_relation(free) || next.has_relation(free)
        })
    };
    let mut handovers = Vec::new();
    for alter in diff.altered_tables() {
        for change in &alter.columns {
            let Change::Alter(pair) = change else {
                continue;
            };
            let table = &alter.table.next.name;
            let from = numbered_by(table, pair.previous);
            let to = numbered_by(table, pair.next);
            // One that both schemas have is renamed or kept, and so is its number.
            let goes =
                |name: &QualifiedName| !after.contains(name) || pair.previous.identity.is_some();
            let comes =
                |name: &QualifiedName| !before.contains(name) || pair.next.identity.is_some();
            let is_kept = pair.previous.identity.is_some() && pair.next.identity.is_some();
            let renamed = renamed_sequences(diff);
            if let (Some(from), Some(to)) = (from, to)
                && goes(&from)
                && comes(&to)
                && !is_kept
                && !renamed.contains(&from)
            {
                handovers.push(Handover {
                    column: (table.clone(), pair.next.name.clone()),
                    aside: (from == to).then(|| aside(&from)),
                    from,
                    to,
                });
            }
        }
    }
    handovers
}

fn renamed_sequences(diff: &Diff<'_>) -> BTreeSet<QualifiedName> {
    let pairs = diff.sequences.iter().filter_map(|change| match change {
        Change::Alter(pair) => Some(pair.previous.name.clone()),
        Change::Create(_) | Change::Drop(_) => None,
    });
    pairs.collect()
}

/// The sequence that gives a column its values.
fn numbered_by(table: &QualifiedName, column: &Column) -> Option<QualifiedName> {
    match &column.identity {
        Some(identity) => Some(QualifiedName::new(&table.namespace, &identity.sequence)),
        None => column.default.as_ref()?.sequence(),
    }
}

fn address(name: &QualifiedName) -> Address {
    Address::Sequence(name.clone())
}

/// Lowers what differs in sequences, and hands numbers over.
pub(super) fn lower(cx: &Context<'_>, diff: &Diff<'_>, steps: &mut Vec<Step>) {
    for handover in &cx.handovers {
        hand_over(handover, steps);
    }
    for change in &diff.sequences {
        match change {
            Change::Create(sequence) => create(cx, sequence, steps),
            Change::Drop(sequence) if goes_with_owner(cx, sequence) => {}
            Change::Drop(sequence) => steps.push(drop(cx, sequence)),
            Change::Alter(pair) => alter(cx, *pair, steps),
        }
    }
}

fn hand_over(handover: &Handover, steps: &mut Vec<Step>) {
    let from = handover.from();
    if let Some(aside) = &handover.aside {
        let rename = ddl::rename(&address(&handover.from), &aside.name);
        steps.push(Step::new(Phase::Rename, rename));
    }
    let copy = Step::new(
        Phase::Sequence,
        ddl::copy_sequence_value(from, &handover.to),
    );
    steps.push(
        copy.needs([address(&handover.to)])
            .releases([address(from)]),
    );
}

fn create(cx: &Context<'_>, sequence: &Sequence, steps: &mut Vec<Step>) {
    let own = || address(&sequence.name);
    let step = Step::new(Phase::Sequence, ddl::create_sequence(sequence));
    let step = step
        .needs(cx.namespace(&sequence.name))
        .makes(own())
        .makes(Address::Table(sequence.name.clone()));
    steps.push(step);
    steps.extend(set_owner(sequence));
    if sequence.comment.is_some() {
        steps.push(comment(own(), sequence.comment.as_deref()));
    }
}

fn set_owner(sequence: &Sequence) -> Option<Step> {
    let (table, column) = sequence.owned_by.as_ref()?;
    let sql = ddl::set_sequence_owner(sequence)?;
    let column = Address::Column(table.clone(), column.clone());
    let needed = [
        address(&sequence.name),
        Address::Table(table.clone()),
        column,
    ];
    Some(Step::new(Phase::Key, sql).needs(needed))
}

/// Whether the column or table that owns a sequence goes, and the sequence along with it.
fn goes_with_owner(cx: &Context<'_>, sequence: &Sequence) -> bool {
    sequence.owned_by.as_ref().is_some_and(|(table, column)| {
        let table = cx.next.table(table);
        table.is_none_or(|table| table.column(column).is_none())
    })
}

fn drop(cx: &Context<'_>, sequence: &Sequence) -> Step {
    let handover = cx.handovers.iter().find(|it| it.from == sequence.name);
    let name = handover.map_or(&sequence.name, Handover::from);
    Step::new(Phase::Remove, ddl::drop(&address(name)))
        .removes(address(name))
        .removes(Address::Table(name.clone()))
        .releases([Address::Namespace(name.namespace.clone())])
        .hazard(
            HazardKind::NotReversible,
            format!(
                "the number that sequence `{}` stands at goes",
                sequence.name
            ),
        )
}

fn alter(cx: &Context<'_>, pair: Pair<'_, Sequence>, steps: &mut Vec<Step>) {
    let Pair { previous, next } = pair;
    let own = || address(&next.name);
    if previous.name != next.name {
        let sql = ddl::rename(&address(&previous.name), &next.name.name);
        let step = Step::new(Phase::Sequence, sql).makes(own());
        let step = step.removes(address(&previous.name));
        steps.push(step.hazard(
            HazardKind::BreaksClients,
            format!("sequence {} has another name", previous.name),
        ));
    }
    if let Some(sql) = ddl::alter_sequence(previous, next) {
        let step = Step::new(Phase::Sequence, sql).needs([own()]);
        let narrower =
            next.options.min > previous.options.min || next.options.max < previous.options.max;
        steps.push(with_bounds(
            step,
            narrower,
            &format!("sequence `{}`", next.name),
        ));
    }
    if previous.owned_by != next.owned_by {
        let owner = previous.owned_by.iter();
        let left = owner.flat_map(|(table, column)| {
            [
                Address::Column(table.clone(), column.clone()),
                Address::Table(table.clone()),
            ]
        });
        let freed = || Step::new(Phase::Key, ddl::drop_sequence_owner(&next.name)).needs([own()]);
        match set_owner(next) {
            // An owner that goes may have to go before the next one comes, whose names it has.
            Some(step) if goes_with_owner(cx, previous) => {
                steps.push(freed().releases(left));
                steps.push(step);
            }
            step => steps.push(step.unwrap_or_else(freed).releases(left)),
        }
    }
    if previous.unlogged != next.unlogged {
        // A table that changes takes along the sequences it owns.
        let sql = ddl::set_sequence_unlogged(&next.name, next.unlogged);
        steps.push(Step::new(Phase::Key, sql).needs([own()]));
    }
    if pair.differs(|it| &it.comment) {
        steps.push(comment(own(), next.comment.as_deref()));
    }
}

fn with_bounds(step: Step, narrower: bool, what: &str) -> Step {
    if !narrower {
        return step;
    }
    step.hazard(
        HazardKind::MayFail,
        format!("the number that {what} stands at may lie outside the bounds"),
    )
}

/// What differs in an identity column that stays one.
pub(super) fn alter_identity(table: &QualifiedName, pair: Pair<'_, Column>) -> Vec<Step> {
    let (Some(was), Some(is)) = (&pair.previous.identity, &pair.next.identity) else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    if was.sequence != is.sequence && !was.sequence.is_empty() && !is.sequence.is_empty() {
        let sequence = QualifiedName::new(&table.namespace, &was.sequence);
        let rename = ddl::rename(&Address::Sequence(sequence), &is.sequence);
        steps.push(Step::new(Phase::Column, rename));
    }
    if let Some(sql) = ddl::alter_identity(table, pair.previous, pair.next) {
        let step = Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, table);
        let narrower = is.options.min > was.options.min || is.options.max < was.options.max;
        let what = format!("the sequence of `{table}.{}`", pair.next.name);
        steps.push(with_bounds(step, narrower, &what));
    }
    steps
}

/// A column stops being an identity column, and its sequence goes.
pub(super) fn drop_identity(cx: &Context<'_>, table: &QualifiedName, column: &Column) -> Step {
    let step = Step::new(Phase::Column, ddl::drop_identity(table, &column.name))
        .locks(LockMode::AccessExclusive, table);
    let own = (table.clone(), column.name.clone());
    let handover = cx.handovers.iter().find(|handover| handover.column == own);
    match (handover, numbered_by(table, column)) {
        (Some(handover), _) => step.removes(address(handover.from())),
        (None, Some(sequence)) => step.removes(Address::Table(sequence)),
        (None, None) => step,
    }
}

/// The sequences that numbered these columns, to be dropped after they are gone.
pub(super) fn released<'c>(
    table: &QualifiedName,
    columns: impl IntoIterator<Item = &'c Column>,
) -> Vec<Address> {
    let columns = columns.into_iter();
    let sequences = columns.filter_map(|column| numbered_by(table, column));
    sequences.map(Address::Sequence).collect()
}

/// The sequence that numbers a column.
pub(super) fn made(table: &QualifiedName, column: &Column) -> Option<Address> {
    numbered_by(table, column).map(Address::Sequence)
}
