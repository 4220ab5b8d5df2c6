//! How facts of each kind stand in a snapshot.

use std::{collections::BTreeMap, fmt, mem};

use schema_core::schema::{Expression, SqlType};
use serde_json::{Map, Value};

use super::SnapshotError;

/// What can stand in a snapshot.
pub(super) trait Fact: Sized {
    /// Renders the fact; `None` is what it is when nothing is said of it.
    fn write(&self) -> Option<Value>;

    /// Reads the fact.
    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError>;

    /// What it is when nothing is said of it, if that may be.
    fn absent() -> Option<Self> {
        None
    }
}

/// Where in a snapshot a fact stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    pub(super) const fn root(key: &'a str) -> Self {
        Self {
            above: None,
            step: Step::Key(key),
        }
    }

    pub(super) const fn key(&'a self, key: &'a str) -> Self {
        Self {
            above: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) const fn item(&'a self, at: usize) -> Self {
        Self {
            above: Some(self),
            step: Step::Item(at),
        }
    }

    pub(super) fn error(&self, reason: impl Into<String>) -> SnapshotError {
        SnapshotError::Fact {
            place: self.to_string(),
            reason: reason.into(),
        }
    }

    /// The error of a value of another kind.
    pub(super) fn expected(&self, what: &str) -> SnapshotError {
        self.error(format!("should be {what}"))
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        match self.step {
            Step::Key(key) if self.above.is_none() => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Item(at) => write!(f, "[{at}]"),
        }
    }
}

/// Takes a value for an object.
pub(super) fn object(value: Value, place: Place<'_>) -> Result<Map<String, Value>, SnapshotError> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(place.expected("an object")),
    }
}

/// Puts the keys of all objects in order, whichever order a map of this build of `serde_json` has.
pub(super) fn sort(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if !object.keys().is_sorted() {
                let sorted: BTreeMap<String, Value> = mem::take(object).into_iter().collect();
                object.extend(sorted);
            }
            object.values_mut().for_each(sort);
        }
        Value::Array(items) => items.iter_mut().for_each(sort),
        _ => {}
    }
}

/// The text of a snapshot, one fact a line.
pub(super) fn text(snapshot: &Value) -> String {
    // Through `Display` it is the same text at twice the price.
    let text = serde_json::to_string_pretty(snapshot).expect("the keys of an object are text");
    text + "\n"
}

impl Fact for bool {
    fn write(&self) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        value
            .as_bool()
            .ok_or_else(|| place.expected("true or false"))
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Fact for i32 {
    fn write(&self) -> Option<Value> {
        Some((*self).into())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let number = value.as_i64().and_then(|number| number.try_into().ok());
        number.ok_or_else(|| place.expected("a number"))
    }
}

impl Fact for i64 {
    fn write(&self) -> Option<Value> {
        Some((*self).into())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let number = value.as_i64();
        number.ok_or_else(|| place.expected("a number"))
    }
}

impl Fact for u32 {
    fn write(&self) -> Option<Value> {
        Some((*self).into())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let number = value.as_u64().and_then(|number| number.try_into().ok());
        number.ok_or_else(|| place.expected("a number"))
    }
}

impl Fact for String {
    fn write(&self) -> Option<Value> {
        Some(Value::String(self.clone()))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(place.expected("a string")),
        }
    }
}

impl Fact for Expression {
    fn write(&self) -> Option<Value> {
        Some(self.as_str().into())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        String::read(value, place).map(Self::new)
    }
}

impl Fact for SqlType {
    fn write(&self) -> Option<Value> {
        Some(self.to_string().into())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let text = String::read(value, place)?;
        let parsed = text.parse();
        parsed.map_err(|_| place.expected("a type"))
    }
}

impl<T: Fact> Fact for Option<T> {
    fn write(&self) -> Option<Value> {
        self.as_ref()?.write()
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        T::read(value, place).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Fact> Fact for Vec<T> {
    fn write(&self) -> Option<Value> {
        let items = self.iter().filter_map(Fact::write);
        (!self.is_empty()).then(|| items.collect())
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let Value::Array(items) = value else {
            return Err(place.expected("a list"));
        };
        let items = items.into_iter().enumerate();
        items
            .map(|(at, item)| T::read(item, place.item(at)))
            .collect()
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Fact> Fact for BTreeMap<String, T> {
    fn write(&self) -> Option<Value> {
        let entries = self
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), value.write()?)));
        (!self.is_empty()).then(|| Value::Object(entries.collect()))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let mut map = Self::new();
        for (key, value) in object(value, place)? {
            let value = T::read(value, place.key(&key))?;
            map.insert(key, value);
        }
        Ok(map)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Where the name of an object stands within it.
const NAME: &str = "name";
/// Where the namespace stands within a qualified name.
const NAMESPACE: &str = "namespace";

/// Renders objects under their names, those with a namespace under that first.
pub(super) fn write_named<T: Fact>(items: &[T]) -> Option<Value> {
    let mut named = Map::new();
    for item in items {
        let Some(Value::Object(mut object)) = item.write() else {
            continue;
        };
        match object.remove(NAME) {
            Some(Value::String(name)) => {
                named.insert(name, Value::Object(object));
            }
            Some(Value::Object(qualified)) => {
                let part = |key| qualified.get(key).and_then(Value::as_str);
                let (Some(namespace), Some(name)) = (part(NAMESPACE), part(NAME)) else {
                    continue;
                };
                let within = named.entry(namespace);
                let within = within.or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(within) = within {
                    within.insert(name.to_owned(), Value::Object(object));
                }
            }
            _ => {}
        }
    }
    (!items.is_empty()).then_some(Value::Object(named))
}

/// Reads what [`write_named`] writes of objects without namespaces.
pub(super) fn read_named<T: Fact>(value: Value, place: Place<'_>) -> Result<Vec<T>, SnapshotError> {
    let mut items = Vec::new();
    for (name, value) in object(value, place)? {
        items.push(read_with_name(
            value,
            name.clone().into(),
            place.key(&name),
        )?);
    }
    Ok(items)
}

/// Reads what [`write_named`] writes of objects with namespaces.
pub(super) fn read_qualified<T: Fact>(
    value: Value,
    place: Place<'_>,
) -> Result<Vec<T>, SnapshotError> {
    let mut items = Vec::new();
    for (namespace, value) in object(value, place)? {
        let place = place.key(&namespace);
        for (name, value) in object(value, place)? {
            let qualified = [(NAMESPACE, &namespace), (NAME, &name)];
            let qualified = qualified.map(|(key, part)| (key.to_owned(), part.clone().into()));
            let qualified = Value::Object(qualified.into_iter().collect());
            items.push(read_with_name(value, qualified, place.key(&name))?);
        }
    }
    Ok(items)
}

fn read_with_name<T: Fact>(
    value: Value,
    name: Value,
    place: Place<'_>,
) -> Result<T, SnapshotError> {
    let mut object = object(value, place)?;
    if object.insert(NAME.to_owned(), name).is_some() {
        return Err(place.error("has a name twice"));
    }
    T::read(Value::Object(object), place)
}
