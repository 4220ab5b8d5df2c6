//! Who may do what, as far as it is asked for.

use std::collections::BTreeMap;

use schema_core::schema::{Grant, Object, Privileges, QualifiedName, Securable};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Unknown,
    lookup::Lookup,
    object::Objects,
};

/// The privileges of all but owners; `None` where they were not asked for. What an owner gave up, and what objects that are
/// yet to be made get, is listed.
pub(super) fn privileges(
    answers: &Answers,
    lookup: &Lookup,
    objects: &Objects,
    unknown: &mut Unknown,
) -> Result<Option<Privileges>, IntrospectError> {
    let Some((privileges, defaults)) = &answers.privileges else {
        return Ok(None);
    };
    let mut found: BTreeMap<Securable, Vec<Grant>> = BTreeMap::new();
    for mut fields in privileges.rows() {
        let key = (fields.next()?, fields.next()?);
        if lookup.is_any_member(key.0, key.1) {
            continue;
        }
        let object = objects.get(&key);
        let Some(on) = securable(&mut fields, object)? else {
            continue;
        };
        let grants = found.entry(on.clone()).or_default();
        let Some(privilege) = fields.next::<Option<String>>()? else {
            continue;
        };
        let grantee: Option<String> = fields.next()?;
        let grantable = fields.next()?;
        if fields.next::<bool>()? {
            let what = format!("{on} that its owner gave up: {privilege}");
            unknown.push("privilege on", what);
            continue;
        }
        grants.push(Grant {
            grantable,
            ..Grant::new(grantee, privilege)
        });
    }
    for grants in found.values_mut() {
        // Several roles may have granted the same; who may grant it on comes last.
        grants.sort();
        grants.reverse();
        grants.dedup_by(|one, other| {
            one.grantee == other.grantee && one.privilege == other.privilege
        });
        grants.reverse();
    }
    found.retain(|on, grants| *grants != on.default_grants());
    for mut fields in defaults.rows() {
        unknown.push(fields.next::<String>()?, fields.next()?);
    }
    Ok(Some(Privileges { objects: found }))
}

/// What the row is about; `None` where the model has no place for that either.
fn securable(
    fields: &mut Fields<'_>,
    object: Option<&Object>,
) -> Result<Option<Securable>, IntrospectError> {
    let kind: &str = fields.next()?;
    let namespace: Option<String> = fields.next()?;
    let name: String = fields.next()?;
    let column: Option<String> = fields.next()?;
    let qualified = || QualifiedName::new(namespace.clone().unwrap_or_default(), name.clone());
    Ok(match (kind, column) {
        ("relation", Some(column)) => Some(Securable::Column(qualified(), column)),
        ("relation", None) => Some(Securable::Relation(qualified())),
        ("sequence", _) => Some(Securable::Sequence(qualified())),
        ("type", _) if object.is_none() => Some(Securable::Type(qualified())),
        ("domain", _) => Some(Securable::Domain(qualified())),
        ("namespace", _) => Some(Securable::Namespace(name)),
        _ => object.map(|object| Securable::Object(object.identity())),
    })
}
