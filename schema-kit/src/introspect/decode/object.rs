//! Objects that are known as SQL text, and what each needs.

use std::collections::BTreeMap;

use schema_core::schema::{Dependency, Object, QualifiedName};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Lookup, list,
};

/// Objects by catalog and object identifier.
pub(super) type Objects = BTreeMap<(u32, u32), Object>;

/// The objects by kind, namespace and name.
pub(super) fn sorted(objects: Objects) -> Vec<Object> {
    let mut objects: Vec<Object> = objects.into_values().collect();
    objects.sort();
    objects
}

/// Every object.
pub(super) fn objects(answers: &Answers, lookup: &Lookup) -> Result<Objects, IntrospectError> {
    let mut objects = Objects::new();
    for mut fields in answers.objects.iter().flat_map(|answer| answer.rows()) {
        let key = (fields.next()?, fields.next()?);
        let of_extension = lookup.is_any_member(key.0, key.1);
        let object = object(fields)?;
        match object {
            // The server forms no text of what somebody takes away meanwhile.
            Some(object) if !of_extension => {
                let comment = lookup.comment_on(key.0, key.1);
                objects.insert(key, Object { comment, ..object });
            }
            _ => {}
        }
    }
    let needed = dependencies(answers, &objects)?;
    for (key, needed) in needed {
        if let Some(object) = objects.get_mut(&key) {
            object.depends_on = needed;
            object.depends_on.sort();
            object.depends_on.dedup();
        }
    }
    Ok(objects)
}

fn object(mut fields: Fields<'_>) -> Result<Option<Object>, IntrospectError> {
    let kind: &str = fields.next()?;
    let namespace: Option<String> = fields.next()?;
    let name: &str = fields.next()?;
    let arguments: Option<String> = fields.next()?;
    let table: Option<&str> = fields.next()?;
    let table = table.zip(fields.next::<Option<&str>>()?);
    let method: Option<String> = fields.next()?;
    let sql: Option<&str> = fields.next()?;
    let settings: Vec<String> = fields.next()?;
    // What a routine does is kept as it was written.
    let sql = sql.map(|sql| match kind {
        "RULE" | "STATISTICS" | "TRIGGER" => list::without_cast(sql),
        _ => sql.into(),
    });
    Ok(sql.map(|sql| Object {
        namespace,
        arguments,
        table: table.map(|(namespace, name)| QualifiedName::new(namespace, name)),
        method,
        settings,
        ..Object::new(kind, name, sql)
    }))
}

/// What each object needs: relations and types by name, objects by what identifies them.
fn dependencies(
    answers: &Answers,
    objects: &Objects,
) -> Result<BTreeMap<(u32, u32), Vec<Dependency>>, IntrospectError> {
    let mut found: BTreeMap<_, Vec<Dependency>> = BTreeMap::new();
    for mut fields in answers.dependencies.rows() {
        let key: (u32, u32) = (fields.next()?, fields.next()?);
        let needed: (u32, u32) = (fields.next()?, fields.next()?);
        let relation: Option<&str> = fields.next()?;
        let relation = relation.zip(fields.next::<Option<&str>>()?);
        let ty: Option<&str> = fields.next()?;
        let ty = ty.zip(fields.next::<Option<&str>>()?);
        let name = |(namespace, name)| QualifiedName::new(namespace, name);
        let dependency = match (objects.get(&needed), relation, ty) {
            (Some(object), ..) => Dependency::Identity(object.identity()),
            (None, Some(relation), _) => Dependency::Table(name(relation)),
            (None, None, Some(ty)) => Dependency::Type(name(ty)),
            (None, None, None) => continue,
        };
        found.entry(key).or_default().push(dependency);
    }
    Ok(found)
}
