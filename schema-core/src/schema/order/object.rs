//! What objects known as SQL text need, and who needs them: what they say, and what the words of their text show.

use std::collections::{BTreeMap, BTreeSet};

use super::{FIRMLY, LOOSELY, TypeObject};
use crate::{
    ident::token::parse_tokens,
    schema::{
        Dependency, Object, QualifiedName, Schema, SqlType,
        names::{Named, Names, bodies, index_texts, names, table_texts},
    },
};

/// Edges between the nodes of a schema: what the first is needed by the second.
pub(super) struct Needs<'s> {
    schema: &'s Schema,
    names: &'s Names<'s>,
    /// Tables with their partitions, views, and foreign tables.
    relations: BTreeMap<&'s QualifiedName, usize>,
    /// The same as far as they are known as text.
    foreign: BTreeMap<(&'s str, &'s str), usize>,
    identities: BTreeMap<String, usize>,
}

/// A node, one it needs, and how much so.
type Edge = (usize, usize, usize);

impl<'s> Needs<'s> {
    pub(super) fn new(schema: &'s Schema, names: &'s Names<'s>) -> Self {
        let first_table = names.types().len();
        let first_view = first_table + schema.tables.len();
        let first_object = first_view + schema.views.len();
        let mut relations = BTreeMap::new();
        for (at, table) in schema.tables.iter().enumerate() {
            relations.insert(&table.name, first_table + at);
            let partitions = table.partitions().into_iter();
            relations.extend(partitions.map(|(_, it)| (&it.table.name, first_table + at)));
        }
        let views = schema.views.iter().map(|view| &view.name);
        relations.extend(views.zip(first_view..));
        let objects = || schema.objects.iter().zip(first_object..);
        let foreign = objects().filter(|(object, _)| object.kind == "FOREIGN TABLE");
        let foreign = foreign.filter_map(|(object, node)| {
            let namespace = object.namespace.as_deref()?;
            Some(((namespace, object.name.as_str()), node))
        });
        Self {
            schema,
            names,
            relations,
            foreign: foreign.collect(),
            identities: objects()
                .map(|(object, node)| (object.identity(), node))
                .collect(),
        }
    }

    fn view_node(&self, at: usize) -> usize {
        self.names.types().len() + self.schema.tables.len() + at
    }

    fn object_node(&self, at: usize) -> usize {
        self.view_node(self.schema.views.len()) + at
    }

    fn node(&self, named: Named) -> usize {
        match named {
            Named::Type(at) => at,
            Named::Object(at) => self.object_node(at),
        }
    }

    fn relation(&self, name: &QualifiedName) -> Option<usize> {
        let foreign = || {
            self.foreign
                .get(&(name.namespace.as_str(), name.name.as_str()))
        };
        self.relations.get(name).or_else(foreign).copied()
    }

    /// Each node with one it needs.
    pub(super) fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (at, view) in self.schema.views.iter().enumerate() {
            let read = view.depends_on.iter();
            let read = read.filter_map(|name| self.relation(name));
            edges.extend(read.map(|needed| (self.view_node(at), needed, FIRMLY)));
        }
        if !self.schema.objects.is_empty() {
            self.push_named(&mut edges);
            for (at, object) in self.schema.objects.iter().enumerate() {
                self.push_object(at, object, &mut edges);
            }
        }
        edges.retain(|(node, needed, _)| node != needed);
        edges
    }

    /// What the texts of types, tables and views name.
    fn push_named(&self, edges: &mut Vec<Edge>) {
        let mut push = |node: usize, named: BTreeSet<Named>| {
            let named = named.into_iter();
            edges.extend(named.map(|named| (node, self.node(named), FIRMLY)));
        };
        for (at, ty) in self.names.types().iter().enumerate() {
            for text in type_texts(*ty) {
                push(at, self.names.in_expression(text));
            }
            let parts = type_parts(*ty);
            push(
                at,
                parts
                    .flat_map(|ty| self.names.of_type(ty))
                    .copied()
                    .collect(),
            );
        }
        for (at, table) in self.schema.tables.iter().enumerate() {
            let node = self.names.types().len() + at;
            for text in table_texts(table) {
                push(node, self.names.in_expression(text));
            }
            let columns = table.columns.iter();
            let types = columns.flat_map(|column| self.names.of_type(&column.sql_type));
            push(node, types.copied().collect());
        }
        for (at, view) in self.schema.views.iter().enumerate() {
            let node = self.view_node(at);
            for text in index_texts(&view.indexes) {
                push(node, self.names.in_expression(text.as_str()));
            }
            push(
                node,
                self.names.in_text(&parse_tokens(view.query.as_str()), None),
            );
        }
    }

    /// What an object says it needs and what its text names, what the body of a routine names, and who needs it.
    fn push_object(&self, at: usize, object: &Object, edges: &mut Vec<Edge>) {
        let node = self.object_node(at);
        let mut firm: BTreeSet<usize> = BTreeSet::new();
        for dependency in &object.depends_on {
            match dependency {
                Dependency::Table(table) => firm.extend(self.relation(table)),
                Dependency::Type(name) => {
                    let named = self.names.find(&name.namespace, &name.name).iter();
                    firm.extend(named.map(|named| self.node(*named)));
                }
                Dependency::Object(name) => {
                    let objects = self.schema.objects.iter().enumerate();
                    let found = objects.filter(|(_, object)| object.name == *name);
                    firm.extend(found.map(|(at, _)| self.object_node(at)));
                }
                Dependency::Identity(identity) => firm.extend(self.identities.get(identity)),
            }
        }
        firm.extend(object.table.as_ref().and_then(|table| self.relation(table)));
        let tokens = parse_tokens(&object.sql);
        // Objects of one name are told apart by their arguments, and do not need each other.
        let own = object.namespace.as_deref();
        let own = own.map(|own| (own, object.name.as_str()));
        let named = self.names.in_text(&tokens, own).into_iter();
        firm.extend(named.map(|named| self.node(named)));
        let before = object.needed_by.iter();
        let before = before.filter_map(|table| self.relation(table));
        edges.extend(before.map(|table| (table, node, FIRMLY)));
        for text in bodies(object, &tokens) {
            let body = parse_tokens(text);
            let named = self.names.in_text(&body, own).into_iter();
            let named = named.map(|named| self.node(named));
            let relations = names(&body).filter_map(|((namespace, name), _)| {
                self.relation(&QualifiedName::new(namespace, name))
            });
            let loose: BTreeSet<usize> = named.chain(relations).collect();
            let loose = loose.difference(&firm);
            edges.extend(loose.map(|needed| (node, *needed, LOOSELY)));
        }
        edges.extend(firm.into_iter().map(|needed| (node, needed, FIRMLY)));
    }
}

fn type_texts(ty: TypeObject<'_>) -> Vec<&str> {
    match ty {
        TypeObject::Domain(domain) => {
            let checks = domain.checks.iter().map(|check| check.expression.as_str());
            checks
                .chain(domain.default.iter().map(|default| default.as_str()))
                .collect()
        }
        TypeObject::Enum(_) | TypeObject::Composite(_) => Vec::new(),
    }
}

fn type_parts(ty: TypeObject<'_>) -> impl Iterator<Item = &SqlType> {
    ty.parts().into_iter()
}

/// How messages call a node.
pub(super) fn describe(schema: &Schema, types: &[TypeObject<'_>], node: usize) -> String {
    if let Some(ty) = types.get(node) {
        return format!("type `{}`", ty.name());
    }
    let node = node - types.len();
    if let Some(table) = schema.tables.get(node) {
        return format!("table `{}`", table.name);
    }
    let node = node - schema.tables.len();
    if let Some(view) = schema.views.get(node) {
        return format!("view `{}`", view.name);
    }
    let object = &schema.objects[node - schema.views.len()];
    format!("{} `{}`", object.kind.to_lowercase(), object.name)
}
