//! What cannot stay while the plan runs, though both schemas have it: the server lets nothing go or change its type that
//! something is made with, so views, routines, triggers and the like go first and come back after it.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{Dependency, Names, Object, QualifiedName, Schema};

use super::{super::lookup::Lookup, dependent, object, type_object, view};
use crate::diff::{Change, Diff};

/// What both schemas have and is made again.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// Views, and foreign tables.
    relations: BTreeSet<QualifiedName>,
    /// Objects by their identity.
    objects: BTreeSet<String>,
    /// The objects that are dropped or made again, by their identity.
    gone: BTreeSet<String>,
    /// Of these, the ones that something kept is made with.
    waited_for: BTreeSet<String>,
}

/// Views, and objects by their identity.
#[derive(Debug, Default)]
pub(in super::super) struct Made {
    pub(in super::super) views: BTreeSet<QualifiedName>,
    pub(in super::super) objects: BTreeSet<String>,
}

/// Finds what is made with tables, or with what is made with them in turn.
pub(in super::super) fn made_with(schema: &Schema, tables: &BTreeSet<QualifiedName>) -> Made {
    let users = users(schema, &Names::new(schema));
    let tables = tables.iter();
    let tables = tables.flat_map(|table| [Key::Relation(table.clone()), Key::Type(table.clone())]);
    let found = with_users(tables.collect(), &users);
    let views = schema.views.iter().map(|view| &view.name);
    let views = views.filter(|name| found.contains(&Key::Relation((*name).clone())));
    let objects = schema.objects.iter();
    let objects = objects.filter(|object| found.contains(&key(object)));
    Made {
        views: views.cloned().collect(),
        objects: objects.map(Object::identity).collect(),
    }
}

/// These, what is made with them, and what is made with that in turn.
fn with_users(mut pending: Vec<Key>, users: &BTreeMap<Key, Vec<Key>>) -> BTreeSet<Key> {
    let mut found = BTreeSet::new();
    while let Some(key) = pending.pop() {
        if !found.contains(&key) {
            pending.extend(users.get(&key).into_iter().flatten().cloned());
            found.insert(key);
        }
    }
    found
}

/// What is made with something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Relation(QualifiedName),
    Type(QualifiedName),
    Object(String),
}

impl Again {
    pub(super) fn has_view(&self, name: &QualifiedName) -> bool {
        self.relations.contains(name)
    }

    pub(super) fn has_object(&self, object: &Object) -> bool {
        self.objects.contains(&object.identity())
    }

    /// Whether an object is not there for a part of the plan.
    pub(super) fn is_gone(&self, object: &Object) -> bool {
        !self.gone.is_empty() && self.gone.contains(&object.identity())
    }

    /// Whether what is made with an object has to wait until it is gone or another.
    pub(super) fn is_waited_for(&self, object: &Object) -> bool {
        self.waited_for.contains(&object.identity())
    }

    /// Whether nothing that is known as text goes.
    pub(super) fn keeps_objects(&self) -> bool {
        self.gone.is_empty()
    }

    pub(super) fn find(
        previous: &Lookup<'_>,
        next: &Lookup<'_>,
        names: &Names<'_>,
        diff: &Diff<'_>,
    ) -> Self {
        let users = users(previous, names);
        let users_of = |key: &Key| users.get(key).into_iter().flatten();
        let found = with_users(first(previous, next, &users, diff), &users);
        let kept: BTreeSet<String> = next.objects.iter().map(Object::identity).collect();
        let is_view = |name: &QualifiedName| next.view(name).is_some();
        let is_kept = |user: &Key| match user {
            Key::Relation(name) => is_view(name),
            Key::Object(identity) => kept.contains(identity),
            Key::Type(_) => false,
        };
        let views = previous.views.iter().map(|view| &view.name);
        let views =
            views.filter(|name| is_view(name) && found.contains(&Key::Relation((*name).clone())));
        let mut again = Self {
            relations: views.cloned().collect(),
            ..Self::default()
        };
        for object in previous
            .objects
            .iter()
            .filter(|object| found.contains(&key(object)))
        {
            let identity = object.identity();
            let stays = kept.contains(&identity);
            if stays {
                again.objects.insert(identity.clone());
            }
            if stays || users_of(&key(object)).any(is_kept) {
                again.waited_for.insert(identity.clone());
            }
            again.gone.insert(identity);
        }
        if !again.gone.is_empty() {
            let texts = dependent::kept_texts(previous, next);
            let used = texts.iter().flat_map(|text| names.objects_in(text));
            let used: Vec<String> = used
                .map(Object::identity)
                .filter(|it| again.gone.contains(it))
                .collect();
            again.waited_for.extend(used);
        }
        again
    }
}

/// What cannot stay for its own sake or for that of a table or type: the rest follows from it.
fn first(
    previous: &Lookup<'_>,
    next: &Schema,
    users: &BTreeMap<Key, Vec<Key>>,
    diff: &Diff<'_>,
) -> Vec<Key> {
    let mut first = Vec::new();
    for table in view::changed_tables(next, diff) {
        let users = users.get(&Key::Relation(table)).into_iter().flatten();
        first.extend(users.filter(|user| is_hindering(previous, user)).cloned());
    }
    for table in view::keyless_tables(diff) {
        let users = users.get(&Key::Relation(table)).into_iter().flatten();
        first.extend(users.filter(|user| groups(previous, user)).cloned());
    }
    for ty in type_object::made_again(diff) {
        first.extend(
            users
                .get(&Key::Type(ty.clone()))
                .into_iter()
                .flatten()
                .cloned(),
        );
    }
    for change in &diff.views {
        match change {
            Change::Alter(pair) if !view::is_kept(*pair) => {
                first.push(Key::Relation(pair.previous.name.clone()));
            }
            Change::Drop(view) => first.push(Key::Relation(view.name.clone())),
            _ => {}
        }
    }
    for change in &diff.objects {
        match change {
            Change::Alter(pair) if !object::is_kept(*pair) => first.push(key(pair.previous)),
            Change::Drop(object) => first.push(key(object)),
            _ => {}
        }
    }
    first
}

/// A foreign table is read as other relations are.
fn key(object: &Object) -> Key {
    match (&object.namespace, object.kind.as_str()) {
        (Some(namespace), "FOREIGN TABLE") => {
            Key::Relation(QualifiedName::new(namespace.as_str(), object.name.as_str()))
        }
        _ => Key::Object(object.identity()),
    }
}

/// Whether a user of a table is a view that groups, for which a primary key may stand for all columns.
fn groups(schema: &Lookup<'_>, user: &Key) -> bool {
    let Key::Relation(name) = user else {
        return false;
    };
    let view = schema.view(name);
    view.is_some_and(|view| {
        view.query
            .as_str()
            .to_ascii_uppercase()
            .contains("GROUP BY")
    })
}

/// Whether a change of a table's columns is hindered by this user of it: one that looks into its rows.
fn is_hindering(schema: &Lookup<'_>, user: &Key) -> bool {
    let Key::Object(identity) = user else {
        return true;
    };
    schema
        .object(identity)
        .is_some_and(|object| match object.kind.as_str() {
            "RULE" | "PUBLICATION" => true,
            "TRIGGER" => object.sql.contains(" WHEN (") || object.sql.contains(" UPDATE OF "),
            _ => object.is_routine() && object.has_parsed_body(),
        })
}

/// For each relation, type and object those that are made with it.
fn users(schema: &Schema, names: &Names<'_>) -> BTreeMap<Key, Vec<Key>> {
    let mut users: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
    for view in &schema.views {
        let own = Key::Relation(view.name.clone());
        for read in &view.depends_on {
            users
                .entry(Key::Relation(read.clone()))
                .or_default()
                .push(own.clone());
        }
        let indexes = view
            .indexes
            .iter()
            .flat_map(schema_core::schema::Index::expressions);
        let texts = indexes
            .map(|text| text.as_str())
            .chain([view.query.as_str()]);
        for object in texts.flat_map(|text| names.objects_in(text)) {
            users.entry(key(object)).or_default().push(own.clone());
        }
    }
    let by_identity: BTreeMap<String, &Object> = schema
        .objects
        .iter()
        .map(|object| (object.identity(), object))
        .collect();
    for object in &schema.objects {
        let own = key(object);
        for needed in needed(object, names, &by_identity) {
            if needed != own {
                users.entry(needed).or_default().push(own.clone());
            }
        }
    }
    users
}

fn needed(object: &Object, names: &Names<'_>, by_identity: &BTreeMap<String, &Object>) -> Vec<Key> {
    let mut keys: Vec<Key> = object.table.iter().cloned().map(Key::Relation).collect();
    // What the server says of one that it was asked about is exact.
    let mut is_exact = false;
    for dependency in &object.depends_on {
        match dependency {
            Dependency::Table(table) => keys.push(Key::Relation(table.clone())),
            Dependency::Type(ty) => {
                keys.push(Key::Type(ty.clone()));
                keys.extend(names.objects_named(ty).into_iter().map(key));
            }
            Dependency::Identity(identity) => {
                is_exact = true;
                keys.extend(by_identity.get(identity).map(|object| key(object)));
            }
            Dependency::Object(name) => {
                let named = by_identity.values().filter(|object| object.name == *name);
                keys.extend(named.map(|object| key(object)));
            }
        }
    }
    if !is_exact {
        let named = names.objects_in(&object.sql).into_iter();
        // Others of its name do not need each other.
        keys.extend(named.filter(|it| it.name != object.name).map(key));
    }
    keys
}
