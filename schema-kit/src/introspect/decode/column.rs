//! Columns of tables.

use schema_core::schema::{
    Column, Compression, Identity, IdentityGeneration, SequenceOptions, Storage, Table,
};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Tables, Unknown, expression,
    lookup::storage,
    options,
    sequence::IdentitySequences,
};

/// Gives the tables their columns.
pub(super) fn fill(
    answers: &Answers,
    lookup: &Lookup,
    (tables, mut sequences): (&mut Tables, IdentitySequences),
    unknown: &mut Unknown,
) -> Result<(), IntrospectError> {
    for mut fields in answers.columns.rows() {
        let relation = fields.next()?;
        let number: i16 = fields.next()?;
        let Some(table) = tables.get_mut(&relation) else {
            continue;
        };
        let mut column = column(fields, lookup, table, unknown)?;
        column.comment = lookup.comment(Class::Relation, relation, number.into());
        let sequence = sequences.remove(&(relation, number));
        if let (Some(identity), Some((name, options))) = (&mut column.identity, sequence) {
            identity.sequence = name;
            identity.options = options;
        }
        table.columns.push(column);
    }
    Ok(())
}

fn column(
    mut fields: Fields<'_>,
    lookup: &Lookup,
    table: &Table,
    unknown: &mut Unknown,
) -> Result<Column, IntrospectError> {
    let name: String = fields.next()?;
    let Some(ty) = lookup.type_used(fields.next()?, fields.next()?) else {
        return Err(fields.error(format!("column `{name}` of {} has no type", table.name)));
    };
    let mut column = Column::new(name, ty.sql_type.clone());
    column.nullable = !fields.next::<bool>()?;
    column.inherited = !fields.next::<bool>()?;
    let value = fields.next::<Option<&str>>()?.map(expression);
    match fields.next()? {
        "" => column.default = value,
        "s" => column.generated = value,
        _ => unknown.push_part("virtual generated column", table, &column.name),
    }
    column.identity = match fields.next()? {
        "a" => Some(IdentityGeneration::Always),
        "d" => Some(IdentityGeneration::ByDefault),
        _ => None,
    }
    .map(|generation| Identity {
        generation,
        sequence: String::new(),
        options: SequenceOptions::of(i64::MAX, 1),
    });
    column.collation = lookup.collation(fields.next()?, ty.collation);
    let stored: Option<Storage> = storage(fields.next()?);
    column.storage = stored.filter(|_| stored != ty.storage);
    column.compression = match fields.next()? {
        "p" => Some(Compression::Pglz),
        "l" => Some(Compression::Lz4),
        _ => None,
    };
    column.statistics = Some(fields.next::<i32>()?).filter(|target| *target >= 0);
    column.options = options(fields.next()?);
    Ok(column)
}
