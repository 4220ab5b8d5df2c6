//! Which objects of a schema SQL text names.

use super::{
    Expression, Index, Indexed, Object, QualifiedName, Schema, SqlType, Table,
    by_name::{ByName, Name, insert_sorted},
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
    /// The places of types in their order, and behind them those of objects, as an unqualified or qualified name in a
    /// text finds them.
    named: ByName<'s>,
    operators: Vec<(&'s str, usize)>,
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
        let mut named = Vec::new();
        let mut operators = Vec::new();
        for (place, ty) in types.iter().enumerate() {
            named.push((ty.name().as_key(), place));
        }
        for (object, place) in schema.objects.iter().zip(types.len()..) {
            let (kind, name) = (object.kind.as_str(), object.name.as_str());
            if kind == "OPERATOR" {
                operators.push((name, place));
            }
            match &object.namespace {
                Some(namespace) if !UNNAMED.contains(&kind) => {
                    named.push(((namespace.as_str(), name), place));
                }
                _ => {}
            }
        }
        Self {
            schema,
            types,
            named: ByName::new(named),
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
        self.objects(self.of_type(ty).to_vec())
    }

    /// What the expressions of a table and the types of its columns use, as it is declared; policies are not looked at.
    #[must_use]
    pub fn objects_of_table(&self, table: &Table) -> Vec<&'s Object> {
        if self.schema.objects.is_empty() {
            return Vec::new();
        }
        let mut places = Vec::new();
        for text in table_texts(table) {
            places.extend(self.in_expression(text.as_str()));
        }
        for column in &table.columns {
            places.extend(self.of_type(&column.sql_type));
        }
        self.objects(places)
    }

    /// The names in the bodies of a routine that are string constants, into which the server looks as far as it is told
    /// to. Some may be the names of nothing.
    #[must_use]
    pub fn in_bodies(&self, object: &Object) -> Vec<QualifiedName> {
        let mut found = Vec::new();
        for body in bodies(object, &parse_tokens(&object.sql)) {
            for ((namespace, name), _) in names(&parse_tokens(body)) {
                insert_sorted(&mut found, QualifiedName::new(namespace, name));
            }
        }
        found
    }

    /// The routines, types and other objects of a name.
    #[must_use]
    pub fn objects_named(&self, name: &QualifiedName) -> Vec<&'s Object> {
        self.objects(self.find(name.as_key()).to_vec())
    }

    /// The objects among these places, each once, as they are declared.
    fn objects(&self, mut places: Vec<usize>) -> Vec<&'s Object> {
        places.sort_unstable();
        places.dedup();
        let objects = places.into_iter();
        objects.filter_map(|place| self.object(place)).collect()
    }

    fn object(&self, place: usize) -> Option<&'s Object> {
        let at = place.checked_sub(self.types.len())?;
        self.schema.objects.get(at)
    }

    pub(crate) fn types(&self) -> &[TypeObject<'s>] {
        &self.types
    }

    /// What a name stands for that is written in full.
    pub(crate) fn find(&self, name: Name<'_>) -> &[usize] {
        self.named.all(name)
    }

    /// What a type is, where it is one of the schema.
    pub(crate) fn of_type(&self, ty: &SqlType) -> &[usize] {
        let namespace = ty.namespace.as_deref();
        namespace.map_or(&[], |namespace| self.find((namespace, &ty.name)))
    }

    /// What a text names but what is called `own`: types, operators, objects, and routines where they are called. One may
    /// be there more than once.
    pub(crate) fn in_text(&self, tokens: &[Token], own: Option<Name<'_>>) -> Vec<usize> {
        let mut found = Vec::new();
        for (name, at) in names(tokens) {
            if Some(name) != own {
                for place in self.find(name) {
                    if !self.is_routine(*place) || is_called(tokens, at) {
                        found.push(*place);
                    }
                }
            }
        }
        for token in tokens {
            if let Token::Symbol(symbol) = token {
                for (operator, place) in &self.operators {
                    if operator == symbol {
                        found.push(*place);
                    }
                }
            }
        }
        found
    }

    /// The routines and operators an expression uses, and the types known as text.
    pub(crate) fn in_expression(&self, sql: &str) -> Vec<usize> {
        if self.schema.objects.is_empty() {
            return Vec::new();
        }
        let mut found = self.in_text(&parse_tokens(sql), None);
        found.retain(|place| *place >= self.types.len());
        found
    }

    fn is_routine(&self, place: usize) -> bool {
        self.object(place).is_some_and(Object::is_routine)
    }
}

/// The names in a text, each with its namespace and the place of its last token.
pub(crate) fn names(tokens: &[Token]) -> impl Iterator<Item = (Name<'_>, usize)> {
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
pub(crate) fn table_texts(table: &Table) -> Vec<&Expression> {
    let mut texts = Vec::new();
    for column in &table.columns {
        texts.extend(&column.default);
        texts.extend(&column.generated);
    }
    for check in &table.checks {
        texts.push(&check.expression);
    }
    for exclusion in &table.exclusions {
        for element in &exclusion.elements {
            texts.extend(expression(&element.key.key));
        }
        texts.extend(&exclusion.predicate);
    }
    if let Some(partition) = &table.partition_by {
        for key in &partition.keys {
            texts.extend(expression(&key.key));
        }
    }
    texts.extend(index_texts(&table.indexes));
    texts
}

/// The expressions of indexes.
pub(crate) fn index_texts(indexes: &[Index]) -> Vec<&Expression> {
    let mut texts = Vec::new();
    for index in indexes {
        for key in &index.keys {
            texts.extend(expression(&key.key));
        }
        texts.extend(&index.predicate);
    }
    texts
}

fn expression(key: &Indexed) -> Option<&Expression> {
    match key {
        Indexed::Expression(expression) => Some(expression),
        Indexed::Column(_) => None,
    }
}
