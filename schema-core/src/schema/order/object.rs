//! What objects known as SQL text need, and who needs them: what they say, and what the words of their text show.

use super::{FIRMLY, LOOSELY, TypeObject, graph::Graph};
use crate::{
    ident::token::parse_tokens,
    schema::{
        Dependency, Expression, Object, QualifiedName, Schema,
        by_name::{ByName, Name},
        names::{Names, bodies, index_texts, names, table_texts},
    },
};

/// What the nodes of a schema need of each other.
pub(super) struct Needs<'s> {
    schema: &'s Schema,
    names: &'s Names<'s>,
    /// Tables with their partitions, and views.
    relations: ByName<'s>,
    /// Tables that are known as text.
    foreign: ByName<'s>,
}

impl<'s> Needs<'s> {
    pub(super) fn new(schema: &'s Schema, names: &'s Names<'s>) -> Self {
        let first_table = names.types().len();
        let first_view = first_table + schema.tables.len();
        let first_object = first_view + schema.views.len();
        let mut relations = Vec::new();
        for (table, node) in schema.tables.iter().zip(first_table..) {
            relations.push((table.name.as_key(), node));
            for (_, partition) in table.partitions() {
                relations.push((partition.table.name.as_key(), node));
            }
        }
        for (view, node) in schema.views.iter().zip(first_view..) {
            relations.push((view.name.as_key(), node));
        }
        let mut foreign = Vec::new();
        for (object, node) in schema.objects.iter().zip(first_object..) {
            if let (Some(namespace), "FOREIGN TABLE") = (&object.namespace, object.kind.as_str()) {
                foreign.push(((namespace.as_str(), object.name.as_str()), node));
            }
        }
        Self {
            schema,
            names,
            relations: ByName::new(relations),
            foreign: ByName::new(foreign),
        }
    }

    fn view_node(&self, at: usize) -> usize {
        self.names.types().len() + self.schema.tables.len() + at
    }

    fn object_node(&self, at: usize) -> usize {
        self.view_node(self.schema.views.len()) + at
    }

    /// The node of a type or an object by its place among the names.
    fn node(&self, place: usize) -> usize {
        match place.checked_sub(self.names.types().len()) {
            None => place,
            Some(at) => self.object_node(at),
        }
    }

    fn relation(&self, name: Name<'_>) -> Option<usize> {
        let relation = self.relations.get(name);
        relation.or_else(|| self.foreign.get(name))
    }

    /// Adds what views, and objects with what names them, need.
    pub(super) fn add_to(&self, graph: &mut Graph) {
        for (at, view) in self.schema.views.iter().enumerate() {
            self.need_relations(graph, self.view_node(at), &view.depends_on);
        }
        if self.schema.objects.is_empty() {
            return;
        }
        self.add_named(graph);
        let objects = self.schema.objects.iter();
        let identities: Vec<String> = objects.map(Object::identity).collect();
        // An identity lies in no namespace.
        let identities = ByName::of(&mut identities.iter().map(|identity| ("", identity.as_str())));
        for (at, object) in self.schema.objects.iter().enumerate() {
            self.add_dependencies(at, object, &identities, graph);
            self.add_text(at, object, graph);
        }
    }

    fn need_relations(&self, graph: &mut Graph, node: usize, relations: &[QualifiedName]) {
        for relation in relations {
            if let Some(needed) = self.relation(relation.as_key()) {
                graph.need(node, needed, FIRMLY);
            }
        }
    }

    fn need_named(&self, graph: &mut Graph, node: usize, places: &[usize]) {
        for place in places {
            graph.need(node, self.node(*place), FIRMLY);
        }
    }

    /// What the texts of types, tables and views name.
    fn add_named(&self, graph: &mut Graph) {
        for (at, ty) in self.names.types().iter().enumerate() {
            for text in type_texts(*ty) {
                self.need_named(graph, at, &self.names.in_expression(text.as_str()));
            }
            for part in ty.parts() {
                self.need_named(graph, at, self.names.of_type(part));
            }
        }
        for (at, table) in self.schema.tables.iter().enumerate() {
            let node = self.names.types().len() + at;
            for text in table_texts(table) {
                self.need_named(graph, node, &self.names.in_expression(text.as_str()));
            }
            for column in &table.columns {
                self.need_named(graph, node, self.names.of_type(&column.sql_type));
            }
        }
        for (at, view) in self.schema.views.iter().enumerate() {
            let node = self.view_node(at);
            for text in index_texts(&view.indexes) {
                self.need_named(graph, node, &self.names.in_expression(text.as_str()));
            }
            let query = parse_tokens(view.query.as_str());
            self.need_named(graph, node, &self.names.in_text(&query, None));
        }
    }

    /// What an object says it needs, and who needs it.
    fn add_dependencies(
        &self,
        at: usize,
        object: &Object,
        identities: &ByName<'_>,
        graph: &mut Graph,
    ) {
        let node = self.object_node(at);
        for dependency in &object.depends_on {
            match dependency {
                Dependency::Table(table) => {
                    self.need_relations(graph, node, std::slice::from_ref(table));
                }
                Dependency::Type(name) => {
                    self.need_named(graph, node, self.names.find(name.as_key()));
                }
                Dependency::Object(name) => {
                    for (at, object) in self.schema.objects.iter().enumerate() {
                        if object.name == *name {
                            graph.need(node, self.object_node(at), FIRMLY);
                        }
                    }
                }
                Dependency::Identity(identity) => {
                    if let Some(at) = identities.get(("", identity)) {
                        graph.need(node, self.object_node(at), FIRMLY);
                    }
                }
            }
        }
        self.need_relations(graph, node, object.table.as_slice());
        for table in &object.needed_by {
            if let Some(table) = self.relation(table.as_key()) {
                graph.need(table, node, FIRMLY);
            }
        }
    }

    /// What the text of an object names, and what the body of a routine does.
    fn add_text(&self, at: usize, object: &Object, graph: &mut Graph) {
        let node = self.object_node(at);
        let tokens = parse_tokens(&object.sql);
        // Objects of one name are told apart by their arguments, and do not need each other.
        let own = object.namespace.as_deref();
        let own = own.map(|own| (own, object.name.as_str()));
        self.need_named(graph, node, &self.names.in_text(&tokens, own));
        for text in bodies(object, &tokens) {
            let body = parse_tokens(text);
            for place in self.names.in_text(&body, own) {
                graph.need(node, self.node(place), LOOSELY);
            }
            for (name, _) in names(&body) {
                if let Some(relation) = self.relation(name) {
                    graph.need(node, relation, LOOSELY);
                }
            }
        }
    }
}

fn type_texts(ty: TypeObject<'_>) -> Vec<&Expression> {
    let mut texts = Vec::new();
    if let TypeObject::Domain(domain) = ty {
        for check in &domain.checks {
            texts.push(&check.expression);
        }
        texts.extend(&domain.default);
    }
    texts
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
