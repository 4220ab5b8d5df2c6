//! What objects known as SQL text need, and who needs them: what they say, and what the words of their text show.

use std::collections::{BTreeMap, BTreeSet};

use super::TypeObject;
use crate::{
    ident::{
        self,
        token::{Token, parse_tokens},
    },
    schema::{
        Dependency, Expression, Index, Indexed, Object, QualifiedName, Schema, SqlType, Table,
    },
};

/// Edges between the nodes of a schema: what the first is needed by the second.
pub(super) struct Needs<'s> {
    schema: &'s Schema,
    types: &'s [TypeObject<'s>],
    /// Tables and views.
    relations: BTreeMap<&'s QualifiedName, usize>,
    /// Types of the schema and objects, by what an unqualified or qualified name in a text finds.
    named: BTreeMap<(&'s str, &'s str), Vec<usize>>,
    /// Of these, the ones that are called.
    routines: BTreeSet<usize>,
}

impl<'s> Needs<'s> {
    pub(super) fn new(schema: &'s Schema, types: &'s [TypeObject<'s>]) -> Self {
        let first_table = types.len();
        let first_object = first_table + schema.tables.len() + schema.views.len();
        let relations = schema.tables.iter().map(|table| &table.name);
        let relations = relations.chain(schema.views.iter().map(|view| &view.name));
        let mut named: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, ty) in types.iter().enumerate() {
            let name = ty.name();
            let name = (name.namespace.as_str(), name.name.as_str());
            named.entry(name).or_default().push(at);
        }
        let mut routines = BTreeSet::new();
        for (at, object) in schema.objects.iter().enumerate() {
            let Some(namespace) = &object.namespace else {
                continue;
            };
            let name = (namespace.as_str(), object.name.as_str());
            named.entry(name).or_default().push(first_object + at);
            if object.is_routine() {
                routines.insert(first_object + at);
            }
        }
        Self {
            schema,
            types,
            relations: relations.zip(first_table..).collect(),
            named,
            routines,
        }
    }

    fn view_node(&self, at: usize) -> usize {
        self.types.len() + self.schema.tables.len() + at
    }

    fn object_node(&self, at: usize) -> usize {
        self.view_node(self.schema.views.len()) + at
    }

    /// Each node with one it needs.
    pub(super) fn edges(&self) -> Vec<(usize, usize)> {
        let mut edges = Vec::new();
        for (at, view) in self.schema.views.iter().enumerate() {
            let node = self.view_node(at);
            let read = view.depends_on.iter();
            let read = read.filter_map(|name| self.relations.get(name));
            edges.extend(read.map(|needed| (node, *needed)));
        }
        if self.schema.objects.is_empty() {
            return edges;
        }
        for (at, ty) in self.types.iter().enumerate() {
            let texts = type_texts(*ty).into_iter();
            let called = texts.flat_map(|text| self.called(text));
            edges.extend(
                called
                    .chain(type_parts(*ty).flat_map(|ty| self.of_type(ty)))
                    .map(|needed| (at, needed)),
            );
        }
        for (at, table) in self.schema.tables.iter().enumerate() {
            let node = self.types.len() + at;
            let called = table_texts(table).into_iter();
            let called = called.flat_map(|text| self.called(text));
            let columns = table.columns.iter();
            let types = columns.flat_map(|column| self.of_type(&column.sql_type));
            edges.extend(called.chain(types).map(|needed| (node, needed)));
        }
        for (at, view) in self.schema.views.iter().enumerate() {
            let node = self.view_node(at);
            let called = index_texts(&view.indexes);
            let called = called.flat_map(|text| self.called(text.as_str()));
            edges.extend(called.map(|needed| (node, needed)));
            let tokens = parse_tokens(view.query.as_str());
            edges.extend(self.named(&tokens, None).map(|needed| (node, needed)));
        }
        for (at, object) in self.schema.objects.iter().enumerate() {
            let node = self.object_node(at);
            edges.extend(self.needed(object).into_iter().map(|needed| (node, needed)));
            let before = object.needed_by.iter();
            let before = before.filter_map(|table| self.relations.get(table));
            edges.extend(before.map(|table| (*table, node)));
        }
        edges.retain(|(node, needed)| node != needed);
        edges
    }

    /// What an object says it needs, and what its text names: types, views, and routines where they are called.
    fn needed(&self, object: &Object) -> BTreeSet<usize> {
        let mut needed = BTreeSet::new();
        for dependency in &object.depends_on {
            match dependency {
                Dependency::Table(table) => needed.extend(self.relations.get(table)),
                Dependency::Object(name) => {
                    let objects = self.schema.objects.iter().enumerate();
                    let found = objects.filter(|(_, object)| object.name == *name);
                    needed.extend(found.map(|(at, _)| self.object_node(at)));
                }
            }
        }
        needed.extend(
            object
                .table
                .as_ref()
                .and_then(|table| self.relations.get(table)),
        );
        let tokens = with_body(parse_tokens(&object.sql));
        let own = object.namespace.as_deref();
        // Objects of one name are told apart by their arguments, and do not need each other.
        needed.extend(self.named(&tokens, own.map(|own| (own, object.name.as_str()))));
        needed
    }

    /// What a text names but what is called `own`: types, views known as text, and routines where they are called.
    fn named<'t>(
        &'t self,
        tokens: &'t [Token],
        own: Option<(&'t str, &'t str)>,
    ) -> impl Iterator<Item = usize> + 't {
        let names = names(tokens).filter(move |(name, _)| Some(*name) != own);
        names.flat_map(move |(name, at)| {
            let nodes = self.named.get(&name).into_iter().flatten().copied();
            nodes.filter(move |node| !self.routines.contains(node) || is_called(tokens, at))
        })
    }

    /// The routines an expression calls.
    fn called(&self, sql: &str) -> Vec<usize> {
        if self.routines.is_empty() {
            return Vec::new();
        }
        let tokens = parse_tokens(sql);
        let called = names(&tokens).filter(|(_, at)| is_called(&tokens, *at));
        let nodes = called.filter_map(|(name, _)| self.named.get(&name));
        nodes
            .flatten()
            .copied()
            .filter(|node| self.routines.contains(node))
            .collect()
    }

    fn of_type(&self, ty: &SqlType) -> Vec<usize> {
        let Some(namespace) = &ty.namespace else {
            return Vec::new();
        };
        let named = self.named.get(&(namespace.as_str(), ty.name.as_str()));
        named.cloned().unwrap_or_default()
    }
}

/// The tokens of a text with those of a function's body behind it, where the server reads that at once: one in SQL.
fn with_body(mut tokens: Vec<Token>) -> Vec<Token> {
    let is_sql = |token: &Token| match token {
        Token::Text(language) => language.eq_ignore_ascii_case("sql"),
        token => token.is_word("sql"),
    };
    if tokens
        .windows(2)
        .any(|pair| pair[0].is_word("language") && is_sql(&pair[1]))
    {
        let bodies = tokens.windows(2).filter_map(|pair| match pair {
            [before, Token::Text(body)] if before.is_word("as") => Some(parse_tokens(body)),
            _ => None,
        });
        let bodies: Vec<_> = bodies.collect();
        tokens.extend(bodies.into_iter().flatten());
    }
    tokens
}

/// The names in a text, each with its namespace and the place of its last token.
fn names(tokens: &[Token]) -> impl Iterator<Item = ((&str, &str), usize)> {
    (0..tokens.len()).filter_map(move |at| {
        let name = tokens[at].name()?;
        if tokens.get(at + 1).is_some_and(|next| next.is_symbol(".")) {
            return None;
        }
        let behind_dot = at > 1 && tokens[at - 1].is_symbol(".");
        let namespace = if behind_dot {
            tokens[at - 2].name()?
        } else {
            ident::PUBLIC
        };
        Some(((namespace, name), at))
    })
}

/// Whether the name at this place is that of a routine: one that is called, or that a definition gives a part to
/// (`SFUNC = name`).
fn is_called(tokens: &[Token], at: usize) -> bool {
    let start = if at > 1 && tokens[at - 1].is_symbol(".") {
        at - 2
    } else {
        at
    };
    tokens.get(at + 1).is_some_and(|next| next.is_symbol("("))
        || (start > 0 && tokens[start - 1].is_symbol("="))
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

/// The expressions that are part of a table, its indexes among them; policies come after all objects.
fn table_texts(table: &Table) -> Vec<&str> {
    let mut texts = Vec::new();
    for column in &table.columns {
        texts.extend(column.default.iter().chain(&column.generated));
    }
    texts.extend(table.checks.iter().map(|check| &check.expression));
    let elements = table
        .exclusions
        .iter()
        .flat_map(|exclusion| &exclusion.elements);
    let partition_keys = table
        .partition_by
        .iter()
        .flat_map(|partition| &partition.keys);
    let keys = elements.map(|element| &element.key).chain(partition_keys);
    texts.extend(keys.filter_map(|key| expression(&key.key)));
    texts.extend(index_texts(&table.indexes));
    let exclusions = table.exclusions.iter();
    texts.extend(exclusions.filter_map(|exclusion| exclusion.predicate.as_ref()));
    texts.into_iter().map(|text| text.as_str()).collect()
}

/// The expressions of indexes.
fn index_texts(indexes: &[Index]) -> impl Iterator<Item = &Expression> {
    indexes.iter().flat_map(|index| {
        let keys = index.keys.iter().filter_map(|key| expression(&key.key));
        keys.chain(&index.predicate)
    })
}

fn expression(key: &Indexed) -> Option<&Expression> {
    match key {
        Indexed::Expression(expression) => Some(expression),
        Indexed::Column(_) => None,
    }
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
