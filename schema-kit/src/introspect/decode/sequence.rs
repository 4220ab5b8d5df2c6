//! Sequences, those of identity columns apart, and collations.

use std::collections::BTreeMap;

use schema_core::schema::{
    CollationObject, CollationProvider, QualifiedName, Schema, Sequence, SequenceOptions,
};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Tables, Unknown,
};

/// The sequences of identity columns by table and column.
pub(super) type IdentitySequences = BTreeMap<(u32, i16), (String, SequenceOptions)>;

/// Every sequence of a schema, and those of identity columns.
pub(super) fn sequences(
    answers: &Answers,
    lookup: &Lookup,
    tables: &Tables,
) -> Result<(Vec<Sequence>, IdentitySequences), IntrospectError> {
    let mut sequences = Vec::new();
    let mut of_identity = IdentitySequences::new();
    for mut fields in answers.sequences.rows() {
        let oid = fields.next()?;
        let Some(name) = lookup.qualified(fields.next()?, fields.next()?) else {
            continue;
        };
        let text: &str = fields.next()?;
        let sql_type = text.parse();
        let sql_type = sql_type.map_err(|_| fields.error(format!("`{text}` is no type")))?;
        let sequence = Sequence {
            sql_type,
            unlogged: fields.next()?,
            options: options(&mut fields)?,
            owned_by: None,
            comment: lookup.comment(Class::Relation, oid, 0),
            name,
        };
        let is_identity = fields.next::<Option<bool>>()?.unwrap_or(false);
        let owner: Option<u32> = fields.next()?;
        let column: Option<i16> = fields.next()?;
        match owner.zip(column) {
            Some(owner) if is_identity => {
                of_identity.insert(owner, (sequence.name.name, sequence.options));
            }
            _ if lookup.is_member(Class::Relation, oid) => {}
            owner => {
                let owned_by = owner.and_then(|(table, column)| {
                    let owner: &QualifiedName = &tables.get(&table)?.name;
                    Some((owner.clone(), lookup.column(table, column)?.name.clone()))
                });
                sequences.push(Sequence {
                    owned_by,
                    ..sequence
                });
            }
        }
    }
    Ok((sequences, of_identity))
}

fn options(fields: &mut Fields<'_>) -> Result<SequenceOptions, IntrospectError> {
    Ok(SequenceOptions {
        start: fields.next()?,
        increment: fields.next()?,
        min: fields.next()?,
        max: fields.next()?,
        cache: fields.next()?,
        cycle: fields.next()?,
    })
}

/// Every collation of a schema.
pub(super) fn collations(
    answers: &Answers,
    lookup: &Lookup,
    schema: &mut Schema,
    unknown: &mut Unknown,
) -> Result<(), IntrospectError> {
    for mut fields in answers.own_collations.rows() {
        let oid = fields.next()?;
        let Some(name) = lookup.qualified(fields.next()?, fields.next()?) else {
            continue;
        };
        if lookup.is_member(Class::Collation, oid) {
            continue;
        }
        let provider = match fields.next()? {
            "i" => CollationProvider::Icu,
            "c" => CollationProvider::Libc,
            "b" => CollationProvider::Builtin,
            other => return Err(fields.error(format!("`{other}` provides no collations"))),
        };
        let collation = CollationObject {
            collate: fields.next::<Option<String>>()?.unwrap_or_default(),
            ctype: fields.next::<Option<String>>()?.unwrap_or_default(),
            deterministic: fields.next()?,
            comment: lookup.comment(Class::Collation, oid, 0),
            ..CollationObject::new(name, provider, "")
        };
        if fields.next()? {
            unknown.push("rules of collation", collation.name.render());
        }
        schema.collations.push(collation);
    }
    Ok(())
}
