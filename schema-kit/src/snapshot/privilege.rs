//! Privileges: a list of objects, each with what is granted on it.

use schema_core::schema::{Grant, Privileges, QualifiedName, Securable};
use serde_json::{Map, Value};

use super::{
    SnapshotError,
    fact::{Fact, Place, object},
};

/// As a list, also where it is empty: what nobody has is known then.
impl Fact for Privileges {
    fn write(&self) -> Option<Value> {
        let objects = self.objects.iter().map(|(on, grants)| {
            let mut object = Map::new();
            object.insert("on".to_owned(), write_securable(on));
            object.extend(grants.write().map(|grants| ("grants".to_owned(), grants)));
            Value::Object(object)
        });
        Some(Value::Array(objects.collect()))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let Value::Array(items) = value else {
            return Err(place.expected("a list"));
        };
        let mut privileges = Self::default();
        for (at, item) in items.into_iter().enumerate() {
            let place = place.item(at);
            let mut item = object(item, place)?;
            let on = item.remove("on").ok_or_else(|| place.error("lacks `on`"))?;
            let on = read_securable(on, place.key("on"))?;
            let grants = item.remove("grants");
            let grants = grants.map(|it| Vec::<Grant>::read(it, place.key("grants")));
            privileges
                .objects
                .insert(on, grants.transpose()?.unwrap_or_default());
        }
        Ok(privileges)
    }
}

/// The kind, and the name as a list of its parts.
fn write_securable(on: &Securable) -> Value {
    let (kind, parts) = match on {
        Securable::Namespace(name) => ("namespace", vec![name]),
        Securable::Relation(name) => ("relation", vec![&name.namespace, &name.name]),
        Securable::Column(table, name) => ("column", vec![&table.namespace, &table.name, name]),
        Securable::Sequence(name) => ("sequence", vec![&name.namespace, &name.name]),
        Securable::Type(name) => ("type", vec![&name.namespace, &name.name]),
        Securable::Domain(name) => ("domain", vec![&name.namespace, &name.name]),
        Securable::Object(identity) => ("object", vec![identity]),
    };
    let parts = parts.into_iter().map(|part| Value::from(part.as_str()));
    let entry = (kind.to_owned(), parts.collect());
    Value::Object([entry].into_iter().collect())
}

fn read_securable(value: Value, place: Place<'_>) -> Result<Securable, SnapshotError> {
    let mut entries = object(value, place)?.into_iter();
    let (Some((kind, parts)), None) = (entries.next(), entries.next()) else {
        return Err(place.error("should be an object with one key"));
    };
    let parts = Vec::<String>::read(parts, place.key(&kind))?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let name = |namespace: &str, name: &str| QualifiedName::new(namespace, name);
    Ok(match (kind.as_str(), &parts[..]) {
        ("namespace", [one]) => Securable::Namespace((*one).to_owned()),
        ("relation", [within, it]) => Securable::Relation(name(within, it)),
        ("column", [within, table, it]) => Securable::Column(name(within, table), (*it).to_owned()),
        ("sequence", [within, it]) => Securable::Sequence(name(within, it)),
        ("type", [within, it]) => Securable::Type(name(within, it)),
        ("domain", [within, it]) => Securable::Domain(name(within, it)),
        ("object", [identity]) => Securable::Object((*identity).to_owned()),
        _ => return Err(place.key(&kind).error("is not known")),
    })
}
