//! What two snapshots that began as one become together.

use std::collections::BTreeMap;

use schema_core::schema::Schema;
use serde_json::{Map, Value};

use super::fact::{Fact, Place};
use crate::normalize;

/// A fact that both sides changed, each in its own way.
///
/// Displays as its place: `tables.public.users.columns.name.sql_type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeConflict {
    /// Where the fact stands in a snapshot.
    pub place: String,
}

/// Joins what was changed on two sides since a schema that both know.
///
/// # Errors
///
/// The first fact that both sides changed differently, or that one changed and the other took away.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{QualifiedName, Schema, Table};
/// use schema_kit::snapshot;
///
/// let schema = |names: &[&str]| Schema {
///     tables: names.iter().map(|name| Table::new(QualifiedName::new("public", *name))).collect(),
///     ..Schema::default()
/// };
/// let (base, one, other) = (schema(&["a"]), schema(&["a", "b"]), schema(&["c"]));
/// assert_eq!(snapshot::merge(&base, &one, &other)?, schema(&["b", "c"]));
/// # Ok::<(), snapshot::MergeConflict>(())
/// ```
pub fn merge(base: &Schema, one: &Schema, other: &Schema) -> Result<Schema, MergeConflict> {
    let sides = [base, one, other].map(|schema| {
        let mut schema = schema.clone();
        normalize::sort(&mut schema);
        schema.write()
    });
    let [base, one, other] = sides;
    let merged = merge_values(base, one, other, "")?;
    let merged = merged.unwrap_or(Value::Object(Map::new()));
    let read = Schema::read(merged, Place::root("schema"));
    let mut schema = read.map_err(|error| MergeConflict {
        place: error.to_string(),
    })?;
    normalize::sort(&mut schema);
    Ok(schema)
}

impl std::fmt::Display for MergeConflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place)
    }
}

impl std::error::Error for MergeConflict {}

/// A value that may be absent, on three sides, becomes one.
fn merge_values(
    base: Option<Value>,
    one: Option<Value>,
    other: Option<Value>,
    place: &str,
) -> Result<Option<Value>, MergeConflict> {
    if one == other || other == base {
        return Ok(one);
    }
    if one == base {
        return Ok(other);
    }
    let conflict = || MergeConflict {
        place: place.trim_start_matches('.').to_owned(),
    };
    match (one, other) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            // What both sides made anew has to say the same of itself.
            if base.is_none() && facts(&one) != facts(&other) {
                return Err(conflict());
            }
            let Some(base) = object(base) else {
                return Err(conflict());
            };
            merge_objects(base, one, other, place).map(|merged| Some(Value::Object(merged)))
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            let base = match base {
                Some(Value::Array(base)) => base,
                _ => Vec::new(),
            };
            let sides = [base, one, other].map(by_name);
            let [Some(base), Some(one), Some(other)] = sides else {
                return Err(conflict());
            };
            merge_lists(base, one, other, place).map(|merged| Some(Value::Array(merged)))
        }
        _ => Err(conflict()),
    }
}

/// What an object says that is no object or list itself.
fn facts(object: &Map<String, Value>) -> BTreeMap<&String, &Value> {
    let is_fact = |value: &Value| !value.is_object() && !value.is_array();
    object.iter().filter(|(_, value)| is_fact(value)).collect()
}

fn object(value: Option<Value>) -> Option<Map<String, Value>> {
    match value {
        None => Some(Map::new()),
        Some(Value::Object(object)) => Some(object),
        Some(_) => None,
    }
}

fn merge_objects(
    mut base: Map<String, Value>,
    one: Map<String, Value>,
    mut other: Map<String, Value>,
    place: &str,
) -> Result<Map<String, Value>, MergeConflict> {
    let mut merged = Map::new();
    for (key, value) in one {
        let place = format!("{place}.{key}");
        let sides = (base.remove(&key), Some(value), other.remove(&key));
        let value = merge_values(sides.0, sides.1, sides.2, &place)?;
        merged.extend(value.map(|value| (key, value)));
    }
    for (key, value) in other {
        let place = format!("{place}.{key}");
        let value = merge_values(base.remove(&key), None, Some(value), &place)?;
        merged.extend(value.map(|value| (key, value)));
    }
    Ok(merged)
}

/// A list whose items have names, such as columns.
type Named = Vec<(String, Value)>;

fn by_name(items: Vec<Value>) -> Option<Named> {
    let named = items.into_iter().map(|item| {
        let name = item.get("name")?.as_str()?.to_owned();
        Some((name, item))
    });
    named.collect()
}

/// Items keep the order of the first side; what the other side added comes after them.
fn merge_lists(
    base: Named,
    one: Named,
    other: Named,
    place: &str,
) -> Result<Vec<Value>, MergeConflict> {
    let find = |list: &Named, name: &str| {
        let mut items = list.iter();
        let found = items.find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone())
    };
    let mut merged = Vec::new();
    for (name, value) in &one {
        let place = format!("{place}.{name}");
        let value = Some(value.clone());
        merged.extend(merge_values(
            find(&base, name),
            value,
            find(&other, name),
            &place,
        )?);
    }
    let added = other
        .iter()
        .filter(|(name, _)| !one.iter().any(|(other, _)| other == name));
    for (name, value) in added {
        let place = format!("{place}.{name}");
        let value = Some(value.clone());
        merged.extend(merge_values(find(&base, name), None, value, &place)?);
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use schema_core::schema::{Column, QualifiedName, Table};

    use super::*;

    fn schema(columns: &[(&str, &str)]) -> Schema {
        let column = |(name, ty): &(&str, &str)| Column::new(*name, ty.parse().unwrap());
        Schema {
            tables: vec![Table {
                columns: columns.iter().map(column).collect(),
                ..Table::new(QualifiedName::new("public", "users"))
            }],
            ..Schema::default()
        }
    }

    #[test]
    fn columns_of_both_sides_are_kept_and_those_dropped_stay_away() {
        let base = schema(&[("id", "bigint"), ("name", "text"), ("age", "integer")]);
        let one = schema(&[("id", "bigint"), ("name", "varchar(9)"), ("age", "integer")]);
        let other = schema(&[("id", "bigint"), ("name", "text"), ("nick", "text")]);
        let merged = merge(&base, &one, &other).unwrap();
        let expected = schema(&[("id", "bigint"), ("name", "varchar(9)"), ("nick", "text")]);
        assert_eq!(merged, expected);
    }

    #[test]
    fn a_fact_that_both_sides_change_is_a_conflict_at_its_place() {
        let (base, one) = (schema(&[("a", "text")]), schema(&[("a", "integer")]));
        let other = schema(&[("a", "bigint")]);
        let conflict = merge(&base, &one, &other).unwrap_err();
        assert_eq!(
            conflict.to_string(),
            "tables.public.users.columns.a.sql_type"
        );
        let gone = Schema::default();
        let conflict = merge(&base, &one, &gone).unwrap_err();
        assert_eq!(conflict.to_string(), "tables");
        let (base, one) = (
            schema(&[("a", "text"), ("b", "text")]),
            schema(&[("a", "text")]),
        );
        let other = schema(&[("a", "text"), ("b", "integer")]);
        let conflict = merge(&base, &one, &other).unwrap_err();
        assert_eq!(conflict.to_string(), "tables.public.users.columns.b");
    }
}
