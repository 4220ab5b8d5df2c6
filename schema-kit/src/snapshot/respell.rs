//! A schema in the words of another one, wherever both say the same.

use schema_core::schema::Schema;
use serde_json::{Map, Value};

use super::fact::{Fact, Place};
use crate::normalize;

/// Gives a schema the spelling of another one for every fact that is the same in its
/// [normal form](normalize::comparable), so that what differs between the two differs in more than words.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Column, Expression, QualifiedName, Schema, Table};
/// use schema_kit::snapshot;
///
/// let schema = |default| {
///     let mut table = Table::new(QualifiedName::new("public", "users"));
///     let mut column = Column::new("created_at", "timestamptz".parse().unwrap());
///     column.default = Some(Expression::new(default));
///     table.columns.push(column);
///     Schema { tables: vec![table], ..Schema::default() }
/// };
/// let (kept, code) = (schema("now()"), schema("CURRENT_TIMESTAMP"));
/// assert_eq!(snapshot::respelled(&kept, &code), code);
/// ```
#[must_use]
pub fn respelled(schema: &Schema, like: &Schema) -> Schema {
    let sorted = |schema: &Schema| {
        let mut schema = schema.clone();
        normalize::sort(&mut schema);
        schema
    };
    let (own, other) = (sorted(schema), sorted(like));
    let normal = [&own, &other].map(normalize::comparable);
    if normal[0] == normal[1] {
        return other;
    }
    let [own_normal, other_normal] = normal.map(|schema| schema.write());
    let value = respell([own.write(), other.write()], [own_normal, other_normal]);
    let value = value.unwrap_or(Value::Object(Map::new()));
    // What was written from a schema is one; what cannot be read is left in its own words.
    let read = Schema::read(value, Place::root("schema"));
    read.map_or(own, |read| sorted(&read))
}

/// A fact of both sides, and both in normal form.
fn respell(sides: [Option<Value>; 2], normal: [Option<Value>; 2]) -> Option<Value> {
    let [own, other] = sides;
    if normal[0] == normal[1] {
        return other;
    }
    match (own, other, normal) {
        (
            Some(Value::Object(own)),
            Some(Value::Object(other)),
            [
                Some(Value::Object(mut own_normal)),
                Some(Value::Object(mut other_normal)),
            ],
        ) => Some(Value::Object(respell_objects(
            [own, other],
            [&mut own_normal, &mut other_normal],
        ))),
        (
            Some(Value::Array(own)),
            Some(Value::Array(other)),
            [
                Some(Value::Array(own_normal)),
                Some(Value::Array(other_normal)),
            ],
        ) if own.len() == own_normal.len() && other.len() == other_normal.len() => {
            let other: Vec<_> = other.into_iter().zip(other_normal).collect();
            let items = own.into_iter().zip(own_normal).map(|(item, normal)| {
                let name = item.get("name").cloned();
                let mut namesakes = other.iter();
                let found = namesakes
                    .find(|(other, _)| name.is_some() && other.get("name") == name.as_ref());
                match found.cloned() {
                    Some((other, other_normal)) => respell(
                        [Some(item.clone()), Some(other)],
                        [Some(normal), Some(other_normal)],
                    )
                    .unwrap_or(item),
                    None => item,
                }
            });
            Some(Value::Array(items.collect()))
        }
        (own, _, _) => own,
    }
}

fn respell_objects(
    sides: [Map<String, Value>; 2],
    normal: [&mut Map<String, Value>; 2],
) -> Map<String, Value> {
    let [own, mut other] = sides;
    let [own_normal, other_normal] = normal;
    let mut result = Map::new();
    for (key, value) in own {
        let normal = [own_normal.remove(&key), other_normal.remove(&key)];
        let value = respell([Some(value), other.remove(&key)], normal);
        result.extend(value.map(|value| (key, value)));
    }
    for (key, value) in other {
        // What says nothing in its normal form is no difference, whoever writes it.
        if own_normal.remove(&key) == other_normal.remove(&key) {
            result.insert(key, value);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use schema_core::schema::{Column, Expression, QualifiedName, Table};

    use super::*;

    fn users(columns: &[(&str, Option<&str>)]) -> Schema {
        let columns = columns.iter().map(|(name, default)| Column {
            default: default.map(Expression::new),
            ..Column::new(*name, "timestamptz".parse().unwrap())
        });
        Schema {
            tables: vec![Table {
                columns: columns.collect(),
                ..Table::new(QualifiedName::new("public", "users"))
            }],
            ..Schema::default()
        }
    }

    #[test]
    fn what_says_the_same_is_respelled_beside_what_differs() {
        let kept = users(&[("a", Some("now()")), ("b", Some("'epoch'")), ("c", None)]);
        let code = users(&[
            ("c", Some("NULL")),
            ("a", Some("CURRENT_TIMESTAMP")),
            ("b", Some("'infinity'")),
        ]);
        let expected = users(&[
            ("a", Some("CURRENT_TIMESTAMP")),
            ("b", Some("'epoch'")),
            ("c", Some("NULL")),
        ]);
        assert_eq!(respelled(&kept, &code), expected);
    }
}
