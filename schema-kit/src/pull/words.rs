//! The words of constraints and indexes, as they stand on a field or on the struct.

use std::collections::BTreeMap;

use schema_core::schema::{
    Check, Collation, Deferrable, Exclusion, Expression, ForeignKey, Index, IndexKey, Indexed,
    NullsOrder, PrimaryKey, QualifiedName, ReferentialAction, SortOrder, Unique,
};

use super::{
    attribute::Word,
    context::Context,
    names::Item,
    text::{literal, sql_of},
};

/// What the words of a table or view are written with.
pub(super) struct Scope<'c> {
    pub(super) cx: &'c Context,
    pub(super) owner: &'c QualifiedName,
    pub(super) item: &'c Item,
}

impl Scope<'_> {
    /// A column as its field.
    pub(super) fn field(&self, column: &str) -> String {
        self.item.field(column)
    }

    fn fields(&self, columns: &[String]) -> Vec<Word> {
        columns
            .iter()
            .map(|column| Word::Text(self.field(column)))
            .collect()
    }

    /// `sql("…")` of an expression over the columns.
    pub(super) fn sql(&self, expression: &Expression) -> String {
        sql_of(expression.as_str(), &self.owner.name, |name| {
            self.item.fields.get(name).cloned()
        })
    }

    /// `name = "…"`, where it has to be said.
    fn name(&self, name: &str) -> Option<Word> {
        let says = self.cx.placed.says(self.owner, name);
        says.then(|| Word::Text(format!("name = {}", literal(name))))
    }

    fn include(&self, columns: &[String]) -> Option<Word> {
        (!columns.is_empty()).then(|| Word::List("include".to_owned(), self.fields(columns)))
    }

    /// `primary_key`, its columns only where it stands on the struct.
    pub(super) fn primary_key(&self, key: &PrimaryKey, on_field: Option<&str>) -> Word {
        let mut words = match on_field {
            Some(_) => Vec::new(),
            None => self.fields(&key.columns),
        };
        words.extend(self.include(&key.include));
        words.extend(with(&key.with));
        words.extend(deferrable(key.deferrable));
        words.extend(self.name(&key.name));
        words.extend(comment(key.comment.as_deref()));
        Word::with_options("primary_key", words)
    }

    /// `unique`.
    pub(super) fn unique(&self, unique: &Unique, on_field: Option<&str>) -> Word {
        let mut words = match on_field {
            Some(_) => Vec::new(),
            None => self.fields(&unique.columns),
        };
        words.extend(
            unique
                .nulls_not_distinct
                .then(|| Word::text("nulls_not_distinct")),
        );
        words.extend(self.include(&unique.include));
        words.extend(with(&unique.with));
        words.extend(deferrable(unique.deferrable));
        words.extend(self.name(&unique.name));
        words.extend(comment(unique.comment.as_deref()));
        Word::with_options("unique", words)
    }

    /// `index` or `unique_index`.
    pub(super) fn index(&self, index: &Index, on_field: Option<&str>) -> Word {
        let mut words: Vec<Word> = match on_field {
            Some(_) => {
                let modifiers = index.keys.first().map(|key| self.modifiers(key));
                modifiers
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .map(Word::Text)
                    .collect()
            }
            None => index
                .keys
                .iter()
                .map(|key| Word::Text(self.key(key)))
                .collect(),
        };
        words.extend(
            index
                .nulls_not_distinct
                .then(|| Word::text("nulls_not_distinct")),
        );
        words.extend(
            (index.method != "btree")
                .then(|| Word::Text(format!("using = {}", word(&index.method)))),
        );
        words.extend(self.include(&index.include));
        words.extend(self.predicate(index.predicate.as_ref()));
        words.extend(with(&index.with));
        words.extend(self.name(&index.name));
        words.extend(comment(index.comment.as_deref()));
        let name = if index.unique {
            "unique_index"
        } else {
            "index"
        };
        Word::with_options(name, words)
    }

    fn predicate(&self, predicate: Option<&Expression>) -> Option<Word> {
        predicate.map(|predicate| Word::Text(format!("where = {}", self.sql(predicate))))
    }

    /// A key of an index, with what stands behind it.
    pub(super) fn key(&self, key: &IndexKey) -> String {
        let modifiers = self.modifiers(key);
        let indexed = match &key.key {
            // Words that would be read as something else.
            Indexed::Column(column) => self.field(column),
            Indexed::Expression(expression) => self.sql(expression),
        };
        match modifiers.as_str() {
            "" => indexed,
            modifiers => format!("{indexed} {modifiers}"),
        }
    }

    fn modifiers(&self, key: &IndexKey) -> String {
        let mut words = Vec::new();
        if let Some(collation) = &key.collation {
            words.push(format!("collate = {}", literal(&collation_name(collation))));
        }
        words.extend(key.operator_class.as_deref().map(operator_class));
        let nulls = match key.order {
            SortOrder::Asc => NullsOrder::Last,
            SortOrder::Desc => {
                words.push("desc".to_owned());
                NullsOrder::First
            }
        };
        if key.nulls != nulls {
            let first = key.nulls == NullsOrder::First;
            words.push(if first { "nulls_first" } else { "nulls_last" }.to_owned());
        }
        words.join(" ")
    }

    /// `check`.
    pub(super) fn check(&self, check: &Check, on_field: Option<&str>) -> Word {
        let sql = self.sql(&check.expression);
        let mut options = Vec::new();
        options.extend(check.no_inherit.then(|| Word::text("no_inherit")));
        options.extend(check.not_valid.then(|| Word::text("not_valid")));
        options.extend(self.name(&check.name));
        options.extend(comment(check.comment.as_deref()));
        if on_field.is_some() && options.is_empty() {
            return Word::Text(format!("check = {sql}"));
        }
        options.insert(0, sql_word(sql));
        Word::List("check".to_owned(), options)
    }

    /// `exclude`.
    pub(super) fn exclusion(&self, exclusion: &Exclusion) -> Word {
        let elements = exclusion.elements.iter();
        let mut words: Vec<Word> = elements
            .map(|element| {
                let operator = literal(&element.operator);
                Word::Text(format!("{} with {operator}", self.key(&element.key)))
            })
            .collect();
        let method = &exclusion.method;
        words.extend((method != "btree").then(|| Word::Text(format!("using = {}", word(method)))));
        words.extend(self.include(&exclusion.include));
        words.extend(self.predicate(exclusion.predicate.as_ref()));
        words.extend(with(&exclusion.with));
        words.extend(deferrable(exclusion.deferrable));
        words.extend(self.name(&exclusion.name));
        words.extend(comment(exclusion.comment.as_deref()));
        Word::List("exclude".to_owned(), words)
    }

    /// The words of a foreign key: alone on a field, in `foreign_key(…)` on the struct. `None` where the table it
    /// references is not written.
    pub(super) fn foreign_key(
        &self,
        key: &ForeignKey,
        on_field: Option<&str>,
    ) -> Option<Vec<Word>> {
        let referenced = self.cx.names.relation(&key.referenced_table)?;
        let fields: Vec<String> = key
            .referenced_columns
            .iter()
            .map(|column| referenced.field(column))
            .collect();
        let mut words = Vec::new();
        if on_field.is_none() {
            words.push(Word::List("columns".to_owned(), self.fields(&key.columns)));
        }
        words.push(Word::Text(format!(
            "references = {}({})",
            referenced.ident,
            fields.join(", ")
        )));
        let actions = [("on_delete", &key.on_delete), ("on_update", &key.on_update)];
        words.extend(actions.into_iter().filter_map(|(word, action)| {
            let action = self.action(action)?;
            Some(Word::Text(format!("{word} = {action}")))
        }));
        words.extend(key.match_full.then(|| Word::text("match_full")));
        words.extend(deferrable(key.deferrable));
        words.extend(key.not_valid.then(|| Word::text("not_valid")));
        if on_field.is_none() {
            words.extend(self.name(&key.name));
            words.extend(comment(key.comment.as_deref()));
            return Some(vec![Word::List("foreign_key".to_owned(), words)]);
        }
        Some(words)
    }

    fn action(&self, action: &ReferentialAction) -> Option<String> {
        let with_columns = |word: &str, columns: &[String]| {
            let fields: Vec<String> = columns.iter().map(|column| self.field(column)).collect();
            match fields.as_slice() {
                [] => word.to_owned(),
                fields => format!("{word}({})", fields.join(", ")),
            }
        };
        match action {
            ReferentialAction::NoAction => None,
            ReferentialAction::Restrict => Some("restrict".to_owned()),
            ReferentialAction::Cascade => Some("cascade".to_owned()),
            ReferentialAction::SetNull(columns) => Some(with_columns("set_null", columns)),
            ReferentialAction::SetDefault(columns) => Some(with_columns("set_default", columns)),
        }
    }
}

/// `comment = "…"` behind a word.
pub(super) fn comment(comment: Option<&str>) -> Option<Word> {
    comment.map(|text| Word::Text(format!("comment = {}", literal(text))))
}

/// `sql("…")` as rustfmt sees it where it stands alone.
fn sql_word(sql: String) -> Word {
    match sql
        .strip_prefix("sql(")
        .and_then(|text| text.strip_suffix(')'))
    {
        Some(text) => Word::List("sql".to_owned(), vec![Word::text(text)]),
        None => Word::Text(sql),
    }
}

/// `with(…)`: numbers and words as they are, the rest in quotes.
pub(super) fn with(given: &BTreeMap<String, String>) -> Option<Word> {
    parameters("with", given)
}

/// Parameters behind a word of this name.
pub(super) fn parameters(name: &str, parameters: &BTreeMap<String, String>) -> Option<Word> {
    let words = parameters.iter().map(|(name, value)| match value.as_str() {
        "true" => Word::Text(name.clone()),
        value => Word::Text(format!("{name} = {}", parameter_value(value))),
    });
    let words: Vec<Word> = words.collect();
    (!words.is_empty()).then(|| Word::List(name.to_owned(), words))
}

/// A number and a word stand without quotes.
fn parameter_value(value: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let is_number = value.chars().all(is_digit)
        && value
            .parse::<f64>()
            .is_ok_and(|number| number.to_string() == value);
    if is_number || is_word(value) {
        value.to_owned()
    } else {
        literal(value)
    }
}

fn deferrable(deferrable: Option<Deferrable>) -> Option<Word> {
    let word = match deferrable? {
        Deferrable::InitiallyDeferred => "initially_deferred",
        Deferrable::InitiallyImmediate => "initially_immediate",
    };
    Some(Word::Text(format!("deferrable = {word}")))
}

/// A word of the server's, in quotes where Rust needs them.
pub(super) fn word(text: &str) -> String {
    if is_word(text) {
        text.to_owned()
    } else {
        literal(text)
    }
}

fn is_word(text: &str) -> bool {
    super::name::snake(text) == text
        && text.is_ascii()
        && super::name::raw(text) == text
        && !super::name::taken_fields().contains(text)
}

/// An operator class, its parameters as words where they can be.
fn operator_class(class: &str) -> String {
    let Some((name, parameters)) = class.split_once('(') else {
        return class.to_owned();
    };
    let parameters = parameters
        .trim_end_matches(')')
        .split(", ")
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            format!("{name} = {}", parameter_value(value.trim_matches('\'')))
        });
    format!("{name}({})", parameters.collect::<Vec<_>>().join(", "))
}

/// A collation as `collate = "…"` has it.
pub(super) fn collation_name(collation: &Collation) -> String {
    match &collation.namespace {
        Some(namespace) => format!("{namespace}.{}", collation.name),
        None => collation.name.clone(),
    }
}
