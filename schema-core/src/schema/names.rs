//! Which objects of a schema SQL text names.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Expression, Index, Indexed, Object, QualifiedName, Schema, SqlType, Table,
    order::{TypeObject, type_order},
};
use crate::ident::{
    self,
    token::{Token, parse_tokens},
};

/// What of a schema SQL text can name, to be looked up. Routines are told by their names alone: which of several of one
/// name is called is not known.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Names, Object, Schema};
///
/// let mut slug = Object::new("FUNCTION", "slug", "CREATE FUNCTION slug(text) …");
/// slug.namespace = Some("public".into());
/// let schema = Schema { objects: vec![slug], ..Schema::default() };
/// let names = Names::new(&schema);
/// assert_eq!(names.objects_in("slug(title) || slug")[0].name, "slug");
/// assert!(names.objects_in("other.slug(title)").is_empty());
/// ```
#[derive(Debug)]
pub struct Names<'s> {
    schema: &'s Schema,
    types: Vec<TypeObject<'s>>,
    /// By namespace and name, as an unqualified or qualified name in a text finds them.
    named: BTreeMap<&'s str, BTreeMap<&'s str, Vec<Named>>>,
    operators: BTreeMap<&'s str, Vec<Named>>,
}

/// What a name stands for, by its place in the order of types or among the objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    Type(usize),
    Object(usize),
}

/// Kinds whose names stand in the definitions of others only, or nowhere.
const UNNAMED: [&str; 9] = [
    "CAST",
    "CONVERSION",
    "EVENT TRIGGER",
    "OPERATOR",
    "PUBLICATION",
    "RULE",
    "STATISTICS",
    "TRANSFORM",
    "TRIGGER",
];

impl<'s> Names<'s> {
    /// Collects the names of a schema.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        let types = type_order(schema);
        let mut named: BTreeMap<_, BTreeMap<_, Vec<Named>>> = BTreeMap::new();
        let mut operators: BTreeMap<_, Vec<Named>> = BTreeMap::new();
        for (at, ty) in types.iter().enumerate() {
            let name = ty.name();
            let within = named.entry(name.namespace.as_str()).or_default();
            within
                .entry(name.name.as_str())
                .or_default()
                .push(Named::Type(at));
        }
        for (at, object) in schema.objects.iter().enumerate() {
            let name = object.name.as_str();
            if object.kind == "OPERATOR" {
                operators.entry(name).or_default().push(Named::Object(at));
            }
            let Some(namespace) = object.namespace.as_deref() else {
                continue;
            };
            if !UNNAMED.contains(&object.kind.as_str()) {
                let within = named.entry(namespace).or_default();
                within.entry(name).or_default().push(Named::Object(at));
            }
        }
        Self {
            schema,
            types,
            named,
            operators,
        }
    }

    /// The routines, operators and types known as text that an expression or a query uses, as they are declared.
    #[must_use]
    pub fn objects_in(&self, sql: &str) -> Vec<&'s Object> {
        if self.schema.objects.is_empty() {
            return Vec::new();
        }
        let named = self.in_text(&parse_tokens(sql), None);
        self.objects(named)
    }

    /// The object that a type is, where it is one.
    #[must_use]
    pub fn objects_of(&self, ty: &SqlType) -> Vec<&'s Object> {
        self.objects(self.of_type(ty).iter().copied().collect())
    }

    /// What the expressions of a table and the types of its columns use, as it is declared; policies are not looked at.
    #[must_use]
    pub fn objects_of_table(&self, table: &Table) -> Vec<&'s Object> {
        if self.schema.objects.is_empty() {
            return Vec::new();
        }
        let texts = table_texts(table).into_iter();
        let called = texts.flat_map(|text| self.in_expression(text));
        let columns = table.columns.iter();
        let types = columns
            .flat_map(|column| self.of_type(&column.sql_type))
            .copied();
        self.objects(called.chain(types).collect())
    }

    /// The names in the bodies of a routine that are string constants, into which the server looks as far as it is told
    /// to. Some may be the names of nothing.
    #[must_use]
    pub fn in_bodies(&self, object: &Object) -> Vec<QualifiedName> {
        let tokens = parse_tokens(&object.sql);
        let bodies = bodies(object, &tokens).into_iter();
        let bodies = bodies.flat_map(|body| {
            let tokens = parse_tokens(body);
            let found =
                names(&tokens).map(|((namespace, name), _)| QualifiedName::new(namespace, name));
            found.collect::<Vec<_>>()
        });
        bodies.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The routines, types and other objects of a name.
    #[must_use]
    pub fn objects_named(&self, name: &QualifiedName) -> Vec<&'s Object> {
        self.objects(
            self.find(&name.namespace, &name.name)
                .iter()
                .copied()
                .collect(),
        )
    }

    fn objects(&self, named: BTreeSet<Named>) -> Vec<&'s Object> {
        let objects = named.into_iter().filter_map(|named| match named {
            Named::Object(at) => self.schema.objects.get(at),
            Named::Type(_) => None,
        });
        objects.collect()
    }

    pub(crate) fn types(&self) -> &[TypeObject<'s>] {
        &self.types
    }

    /// What a name stands for that is written in full.
    pub(crate) fn find(&self, namespace: &str, name: &str) -> &[Named] {
        let within = self.named.get(namespace);
        let found = within.and_then(|within| within.get(name));
        found.map_or(&[], Vec::as_slice)
    }

    /// What a type is, where it is one of the schema.
    pub(crate) fn of_type(&self, ty: &SqlType) -> &[Named] {
        let namespace = ty.namespace.as_deref();
        namespace.map_or(&[], |namespace| self.find(namespace, &ty.name))
    }

    /// What a text names but what is called `own`: types, operators, objects, and routines where they are called.
    pub(crate) fn in_text(&self, tokens: &[Token], own: Option<(&str, &str)>) -> BTreeSet<Named> {
        let mut found = BTreeSet::new();
        for (name, at) in names(tokens).filter(|(name, _)| Some(*name) != own) {
            let named = self.find(name.0, name.1).iter();
            found.extend(named.filter(|named| !self.is_routine(**named) || is_called(tokens, at)));
        }
        let symbols = tokens.iter().filter_map(|token| match token {
            Token::Symbol(symbol) => self.operators.get(symbol.as_str()),
            _ => None,
        });
        found.extend(symbols.flatten());
        found
    }

    /// The routines and operators an expression uses, and the types known as text.
    pub(crate) fn in_expression(&self, sql: &str) -> BTreeSet<Named> {
        if self.schema.objects.is_empty() {
            return BTreeSet::new();
        }
        let mut found = self.in_text(&parse_tokens(sql), None);
        found.retain(|named| matches!(named, Named::Object(_)));
        found
    }

    fn is_routine(&self, named: Named) -> bool {
        match named {
            Named::Type(_) => false,
            Named::Object(at) => self.schema.objects[at].is_routine(),
        }
    }
}

/// The names in a text, each with its namespace and the place of its last token.
pub(crate) fn names(tokens: &[Token]) -> impl Iterator<Item = ((&str, &str), usize)> {
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
/// (`SFUNC = name`, `EXECUTE FUNCTION name`, `HANDLER name`).
fn is_called(tokens: &[Token], at: usize) -> bool {
    let start = if at > 1 && tokens[at - 1].is_symbol(".") {
        at - 2
    } else {
        at
    };
    let gives_part = |before: &Token| {
        before.is_symbol("=")
            || ["handler", "inline", "validator", "from"]
                .iter()
                .any(|word| before.is_word(word))
    };
    tokens.get(at + 1).is_some_and(|next| next.is_symbol("("))
        || (start > 0 && gives_part(&tokens[start - 1]))
}

/// The bodies of a routine that are string constants.
pub(crate) fn bodies<'t>(object: &Object, tokens: &'t [Token]) -> Vec<&'t str> {
    if !object.is_routine() {
        return Vec::new();
    }
    let bodies = tokens.windows(2).filter_map(|pair| match pair {
        [before, Token::Text(body)] if before.is_word("as") => Some(body.as_str()),
        _ => None,
    });
    bodies.collect()
}

/// The expressions that are part of a table, its indexes among them; policies come after all objects.
pub(crate) fn table_texts(table: &Table) -> Vec<&str> {
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
pub(crate) fn index_texts(indexes: &[Index]) -> impl Iterator<Item = &Expression> {
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
