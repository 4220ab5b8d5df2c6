//! What is granted otherwise, where it is known of both schemas.

use std::collections::BTreeSet;

use schema_core::schema::{Grant, QualifiedName, Schema, Securable, Table};

/// An object on which something else is granted than before. One that is created had what the server grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantChange {
    /// The object, which the next schema has.
    pub on: Securable,
    /// What is granted without a change, sorted.
    pub before: Vec<Grant>,
    /// What is to be granted, sorted.
    pub after: Vec<Grant>,
}

pub(super) fn changes(previous: &Schema, next: &Schema) -> Vec<GrantChange> {
    let (Some(had), Some(has)) = (&previous.privileges, &next.privileges) else {
        return Vec::new();
    };
    let said: BTreeSet<&Securable> = had.objects.keys().chain(has.objects.keys()).collect();
    let differing = said.into_iter().filter(|on| had.on(on) != has.on(on));
    let differing: Vec<&Securable> = differing.collect();
    if differing.is_empty() {
        return Vec::new();
    }
    let (was_there, is_there) = (Present::new(previous), Present::new(next));
    let changes = differing.into_iter().filter(|on| is_there.has(on));
    changes
        .filter_map(|on| {
            let before = match was_there.has(on) {
                true => had.on(on),
                false => on.default_grants(),
            };
            let after = has.on(on);
            (before != after).then(|| GrantChange {
                on: on.clone(),
                before,
                after,
            })
        })
        .collect()
}

/// What a schema has that privileges can be granted on.
#[derive(Debug)]
pub(crate) struct Present<'s> {
    schema: &'s Schema,
    objects: BTreeSet<Securable>,
}

impl<'s> Present<'s> {
    pub(crate) fn new(schema: &'s Schema) -> Self {
        let mut objects = BTreeSet::new();
        let mut add = |on: Securable| {
            objects.insert(on);
        };
        for table in &schema.tables {
            add(Securable::Relation(table.name.clone()));
            for (_, partition) in table.partitions() {
                add(Securable::Relation(partition.table.name.clone()));
            }
        }
        for view in &schema.views {
            add(Securable::Relation(view.name.clone()));
        }
        for sequence in &schema.sequences {
            add(Securable::Sequence(sequence.name.clone()));
        }
        for table in &schema.tables {
            let identities = table.columns.iter().filter_map(|it| it.identity.as_ref());
            for identity in identities {
                let namespace = table.name.namespace.as_str();
                add(Securable::Sequence(QualifiedName::new(
                    namespace,
                    &identity.sequence,
                )));
            }
        }
        let types = schema.enums.iter().map(|it| &it.name);
        for name in types.chain(schema.composites.iter().map(|it| &it.name)) {
            add(Securable::Type(name.clone()));
        }
        for domain in &schema.domains {
            add(Securable::Domain(domain.name.clone()));
        }
        add(Securable::Namespace(schema_core::ident::PUBLIC.to_owned()));
        for namespace in &schema.namespaces {
            add(Securable::Namespace(namespace.name.clone()));
        }
        for object in &schema.objects {
            add(match (&object.namespace, object.kind.as_str()) {
                (Some(namespace), "FOREIGN TABLE") => {
                    Securable::Relation(QualifiedName::new(namespace, &object.name))
                }
                _ => Securable::Object(object.identity()),
            });
        }
        Self { schema, objects }
    }

    pub(crate) fn has(&self, on: &Securable) -> bool {
        let Securable::Column(relation, column) = on else {
            return self.objects.contains(on);
        };
        let is_root = |table: &&Table| {
            let mut below = table.partitions().into_iter();
            table.name == *relation || below.any(|(_, it)| it.table.name == *relation)
        };
        // A view may have any column.
        let table = self.schema.tables.iter().find(is_root);
        self.objects
            .contains(&Securable::Relation(relation.clone()))
            && table.is_none_or(|table| table.column(column).is_some())
    }
}
