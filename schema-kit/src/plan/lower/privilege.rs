//! Privileges: granted and revoked, and granted again on what is made again.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ddl::{self, Address},
    schema::{Grant, Privileges, Securable},
};

use super::{
    super::{
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, type_object,
};
use crate::diff::{Diff, Present};

/// Lowers what is granted otherwise, and what would be lost with what the other steps make again.
pub(super) fn lower(cx: &Context<'_>, diff: &Diff<'_>, steps: &mut Vec<Step>) {
    let mut changes: BTreeMap<&Securable, (Vec<Grant>, Vec<Grant>)> = BTreeMap::new();
    for change in &diff.privileges {
        let grants = (change.before.clone(), change.after.clone());
        changes.insert(&change.on, grants);
    }
    if let Some(had) = &cx.previous.privileges {
        for on in lost(cx, (had, diff), steps) {
            let next = cx.next.privileges.as_ref();
            let after = next.map_or_else(|| had.on(on), |next| next.on(on));
            changes.insert(on, (on.default_grants(), after));
        }
        for step in &mut *steps {
            keep_told(step);
        }
    }
    for (on, (before, after)) in changes {
        for sql in ddl::change_grants(on, &before, &after) {
            let is_revoked = sql.starts_with("REVOKE");
            let step = Step::new(Phase::Security, sql).needs(addresses(on));
            steps.push(match is_revoked {
                true => step.hazard(
                    HazardKind::BreaksClients,
                    "who had the privilege has it no more",
                ),
                false => step,
            });
        }
    }
}

/// The objects that go and come back, and on which something was granted.
fn lost<'p>(
    cx: &Context<'_>,
    (had, diff): (&'p Privileges, &Diff<'_>),
    steps: &[Step],
) -> Vec<&'p Securable> {
    if had.objects.is_empty() {
        return Vec::new();
    }
    let removed: BTreeSet<&Address> = steps.iter().flat_map(|step| &step.removes).collect();
    let types: BTreeSet<_> = type_object::made_again(diff).collect();
    let is_lost = |on: &&Securable| match on {
        Securable::Type(name) if types.contains(name) => true,
        on => addresses(on).iter().any(|it| removed.contains(it)),
    };
    let mut lost: Vec<&Securable> = had.objects.keys().filter(is_lost).collect();
    if !lost.is_empty() {
        let there = Present::new(cx.next);
        lost.retain(|on| there.has(on));
    }
    lost
}

/// The danger that privileges are lost is none where they come back; the owner does not.
fn keep_told(step: &mut Step) {
    let before = step.hazards.len();
    step.hazards
        .retain(|hazard| hazard.kind != HazardKind::LosesPrivileges);
    if step.hazards.len() < before {
        step.notes
            .push("what comes in its place belongs to the role that runs this".to_owned());
    }
}

/// By what steps speak of an object: a column goes with its table too.
fn addresses(on: &Securable) -> Vec<Address> {
    match on {
        Securable::Namespace(name) => vec![Address::Namespace(name.clone())],
        // A view goes by the address of a table.
        Securable::Relation(name) => vec![Address::Table(name.clone())],
        Securable::Column(table, name) => vec![
            Address::Table(table.clone()),
            Address::Column(table.clone(), name.clone()),
        ],
        Securable::Sequence(name) => vec![Address::Sequence(name.clone())],
        Securable::Type(name) => vec![Address::Type(name.clone())],
        Securable::Domain(name) => vec![Address::Domain(name.clone())],
        Securable::Object(identity) => {
            let words = ["FOREIGN DATA WRAPPER"];
            let long = words.iter().find(|word| identity.starts_with(**word));
            let kind = long.map_or_else(|| identity.split(' ').next(), |word| Some(*word));
            let kind = kind.unwrap_or_default();
            let name = identity.get(kind.len()..).unwrap_or_default();
            vec![Address::Object {
                kind: kind.to_owned(),
                name: name.trim_start().to_owned(),
            }]
        }
    }
}
