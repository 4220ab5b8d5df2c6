//! Objects known as SQL text: replaced where PostgreSQL can, otherwise dropped and made again around what is made with
//! them.

use schema_core::{
    ddl::{self, Address},
    schema::{Dependency, Names, Object, QualifiedName},
};

use super::{
    super::{
        PlanError,
        hazard::HazardKind,
        lookup::Lookup,
        step::{Phase, Step},
    },
    Context, columns, comment, type_object,
};
use crate::diff::{Change, Diff, Pair};

/// Kinds nothing is made with: they go before all else, and come when all they are about is there.
const LAST: [&str; 4] = ["TRIGGER", "RULE", "PUBLICATION", "STATISTICS"];

/// Lowers what differs in objects.
pub(super) fn lower(
    cx: &Context<'_>,
    diff: &Diff<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &diff.objects {
        match change {
            Change::Create(object) => create(cx, object, steps),
            Change::Drop(object)
            | Change::Alter(Pair {
                previous: object, ..
            }) if object.kind.chars().any(char::is_lowercase) => {
                return Err(PlanError {
                    object: object.identity(),
                    change: "is of a kind of its own, and no statement takes it away",
                    help: "change it in a migration of your own",
                });
            }
            Change::Drop(object) if goes_along(cx, object) => {}
            Change::Drop(object) => steps.push(drop(cx, object, Phase::Remove).hazard(
                HazardKind::BreaksClients,
                format!("{} is gone", Address::from(*object)),
            )),
            Change::Alter(pair) if cx.again.has_object(pair.next) => {}
            Change::Alter(pair) => alter(cx, *pair, steps),
        }
    }
    if cx.again.keeps_objects() {
        return Ok(());
    }
    for next in &cx.next.objects {
        if cx.again.has_object(next)
            && let Some(previous) = cx.previous.object(&next.identity())
        {
            refuse(cx, previous)?;
            make_again(cx, previous, next, steps);
        }
    }
    Ok(())
}

/// Columns of a type that is gone would be gone, too.
fn refuse(cx: &Context<'_>, object: &Object) -> Result<(), PlanError> {
    let tables = cx.next.tables.iter();
    let mut columns = tables.flat_map(|table| &table.columns);
    let has = |ty| {
        cx.next_names
            .objects_of(ty)
            .iter()
            .any(|it| it.identity() == object.identity())
    };
    if object.kind != "TYPE" || !columns.any(|column| has(&column.sql_type)) {
        return Ok(());
    }
    Err(PlanError {
        object: Address::from(object).to_string(),
        change: "cannot become another while columns have it",
        help: "make a type of another name and change the columns over to it",
    })
}

/// Whether an object becomes another without being dropped.
pub(super) fn is_kept(pair: Pair<'_, Object>) -> bool {
    let Pair { previous, next } = pair;
    if previous.sql == next.sql {
        let is_equal = previous.settings == next.settings;
        return is_equal || next.kind == "TRIGGER" || ddl::reset_settings(next).is_some();
    }
    match next.kind.as_str() {
        "FUNCTION" | "PROCEDURE" => previous.signature().can_become(&next.signature()),
        "RULE" => true,
        "TRIGGER" => ![previous, next].iter().any(|it| it.is_constraint_trigger()),
        _ => false,
    }
}

/// Whether an object goes with the table it is about.
fn goes_along(cx: &Context<'_>, object: &Object) -> bool {
    let is_there = |name: &QualifiedName| {
        let mut foreign = cx.next.objects.iter();
        cx.next.place(name).is_some()
            || cx.next.view(name).is_some()
            || foreign.any(|it| it.kind == "FOREIGN TABLE" && it.name == name.name)
    };
    let mut about = object
        .table
        .iter()
        .chain(object.depends_on.iter().filter_map(|it| match it {
            Dependency::Table(table) if object.kind == "STATISTICS" => Some(table),
            _ => None,
        }));
    matches!(object.kind.as_str(), "TRIGGER" | "RULE" | "STATISTICS")
        && about.any(|it| !is_there(it))
}

fn phase(object: &Object) -> Phase {
    match object.kind.as_str() {
        "EVENT TRIGGER" => Phase::Finish,
        kind if LAST.contains(&kind) => Phase::Security,
        _ => Phase::Object,
    }
}

fn create(cx: &Context<'_>, object: &Object, steps: &mut Vec<Step>) {
    let sql = object.sql.clone();
    steps.push(made(cx, object, sql));
    finish(cx, object, steps);
}

/// The statement that makes an object, after all it needs and, if that can be, all its body names.
fn made(cx: &Context<'_>, object: &Object, sql: String) -> Step {
    let own = Address::from(object);
    let namespace = object.namespace.clone().map(Address::Namespace);
    let mut needs = needed(cx.next, &cx.next_names, object);
    needs.retain(|address| *address != own);
    let step = Step::new(phase(object), sql)
        .needs(namespace)
        .needs(needs)
        .needs(cx.extensions())
        .makes(own);
    match &object.namespace {
        Some(namespace) if object.kind == "FOREIGN TABLE" => {
            step.makes(Address::Table(QualifiedName::new(namespace, &object.name)))
        }
        _ if object.is_routine() => step.wishes(wished(cx, object)),
        _ => step,
    }
}

/// What the body of a routine names.
fn wished(cx: &Context<'_>, object: &Object) -> Vec<Address> {
    let mut wished = Vec::new();
    for name in cx.next_names.in_bodies(object) {
        let objects = cx.next_names.objects_named(&name).into_iter();
        wished.extend(
            objects
                .filter(|it| it.name != object.name)
                .map(Address::from),
        );
        wished.extend(relation(cx.next, &name));
        wished.extend([Address::Type(name.clone()), Address::Domain(name)]);
    }
    wished
}

/// A table or view with its columns.
fn relation(schema: &Lookup<'_>, name: &QualifiedName) -> Vec<Address> {
    let table = schema.table(name);
    let all = table.into_iter().flat_map(|table| &table.columns);
    let mut addresses = columns(name, all.map(|column| &column.name));
    addresses.push(Address::Table(name.clone()));
    addresses
}

/// What an object is made with, in the schema that has it.
fn needed(schema: &Lookup<'_>, names: &Names<'_>, object: &Object) -> Vec<Address> {
    let mut needed = Vec::new();
    let tables = object.table.iter();
    needed.extend(tables.flat_map(|table| relation(schema, table)));
    for dependency in &object.depends_on {
        match dependency {
            Dependency::Table(table) => needed.extend(relation(schema, table)),
            Dependency::Type(ty) => {
                needed.extend([Address::Type(ty.clone()), Address::Domain(ty.clone())]);
                needed.extend(names.objects_named(ty).into_iter().map(Address::from));
            }
            Dependency::Object(name) => {
                let named = schema.objects.iter().filter(|it| it.name == *name);
                needed.extend(named.map(Address::from));
            }
            Dependency::Identity(identity) => {
                needed.extend(schema.object(identity).map(Address::from));
            }
        }
    }
    let texts = object.settings.iter().chain([&object.sql]);
    let named = texts.flat_map(|text| names.objects_in(text));
    // Others of its name do not need each other.
    let named = named.filter(|it| it.name != object.name || it.kind != object.kind);
    needed.extend(named.map(Address::from));
    needed
}

/// What of an object its statement does not say.
fn finish(_cx: &Context<'_>, object: &Object, steps: &mut Vec<Step>) {
    settings(object, &object.settings, steps);
    if object.comment.is_some() {
        let step = comment(Address::from(object), object.comment.as_deref());
        let late = phase(object).max(Phase::Comment);
        steps.push(Step {
            phase: late,
            ..step
        });
    }
}

fn settings(object: &Object, settings: &[String], steps: &mut Vec<Step>) {
    for sql in settings {
        steps.push(Step::new(phase(object), sql.clone()).needs([Address::from(object)]));
    }
}

fn drop(cx: &Context<'_>, object: &Object, phase: Phase) -> Step {
    let own = Address::from(object);
    let is_early = LAST.contains(&object.kind.as_str()) || object.kind == "EVENT TRIGGER";
    let phase = if is_early || cx.again.is_waited_for(object) {
        Phase::Release
    } else {
        phase
    };
    let named = object.depends_on.iter().filter_map(|it| match it {
        Dependency::Type(ty) => Some(type_object::under_its_name(ty)),
        _ => None,
    });
    let mut released = needed(cx.previous, &cx.previous_names, object);
    released.retain(|address| *address != own);
    let step = Step::new(phase, ddl::drop(&own))
        .removes(own)
        .releases(object.namespace.clone().map(Address::Namespace))
        .releases(named)
        .releases(released);
    match (&object.namespace, object.kind.as_str()) {
        (Some(namespace), "FOREIGN TABLE") => {
            step.removes(Address::Table(QualifiedName::new(namespace, &object.name)))
        }
        (_, "USER MAPPING") => step.hazard(
            HazardKind::DeletesData,
            "secret options go, for no plan knows them",
        ),
        _ => step,
    }
}

fn make_again(cx: &Context<'_>, previous: &Object, next: &Object, steps: &mut Vec<Step>) {
    let step = drop(cx, previous, Phase::Release);
    let has_privileges = next.is_routine()
        || matches!(
            next.kind.as_str(),
            "TYPE" | "FOREIGN TABLE" | "SERVER" | "FOREIGN DATA WRAPPER" | "LANGUAGE"
        );
    steps.push(if has_privileges {
        let what = format!(
            "privileges on {} go, for it is made again",
            Address::from(next)
        );
        step.hazard(HazardKind::LosesPrivileges, what)
    } else {
        step
    });
    create(cx, next, steps);
}

/// Lowers what changes in an object that stays.
fn alter(cx: &Context<'_>, pair: Pair<'_, Object>, steps: &mut Vec<Step>) {
    let Pair { previous, next } = pair;
    if pair.differs(|object| &object.sql) {
        steps.push(made(cx, next, ddl::replace_object(next)));
        // A trigger that is replaced fires again.
        settings(next, &next.settings, steps);
    } else if previous.settings != next.settings {
        match next.settings.as_slice() {
            [] => settings(next, &Vec::from_iter(ddl::reset_settings(next)), steps),
            all => settings(next, all, steps),
        }
    }
    if pair.differs(|object| &object.comment) {
        steps.push(comment(Address::from(next), next.comment.as_deref()));
    }
}
