//! Values of the types a user declares, as the server sends and takes them.

use bytes::{BufMut, BytesMut};
use postgres_types::{IsNull, Kind, ToSql, Type};

use crate::{
    def::{ColumnDef, TypeObjectDef, TypeObjectKind},
    error::AttributeError,
    ident,
    ty::ReadError,
};

/// Whether a type of the server's is the declared one. One declared in `public` is found wherever the search path of
/// those who made it led.
fn is(ty: &Type, object: &TypeObjectDef) -> bool {
    let namespace = object.name.namespace;
    ty.name() == object.name.name && (namespace == ident::PUBLIC || namespace == ty.schema())
}

/// Whether a type of the server's is the declared enum type.
#[must_use]
pub fn enum_accepts(ty: &Type, object: &TypeObjectDef) -> bool {
    matches!(ty.kind(), Kind::Enum(_)) && is(ty, object)
}

/// The type below a domain; the server itself names that type in the columns of a result.
#[must_use]
pub fn domain_value_type<'t>(ty: &'t Type, object: &TypeObjectDef) -> &'t Type {
    match ty.kind() {
        Kind::Domain(below) if is(ty, object) => below,
        _ => ty,
    }
}

/// Whether a type of the server's is the declared domain, or one that holds its values.
#[must_use]
pub fn domain_accepts(ty: &Type, object: &TypeObjectDef) -> bool {
    match &object.kind {
        TypeObjectKind::Domain(domain) => {
            (domain.value.facts.accepts)(domain_value_type(ty, object))
        }
        _ => false,
    }
}

/// The attributes of a declared composite type.
fn attributes(object: &TypeObjectDef) -> &'static [ColumnDef] {
    match object.kind {
        TypeObjectKind::Composite(attributes) => attributes,
        _ => &[],
    }
}

/// Whether a type of the server's is the declared composite type, with the same attributes in any order.
#[must_use]
pub fn composite_accepts(ty: &Type, object: &TypeObjectDef) -> bool {
    let Kind::Composite(fields) = ty.kind() else {
        return false;
    };
    let attributes = attributes(object);
    is(ty, object)
        && fields.len() == attributes.len()
        && attributes.iter().all(|attribute| {
            let mut fields = fields.iter();
            fields.any(|field| {
                field.name() == attribute.name && (attribute.facts.accepts)(field.type_())
            })
        })
}

/// The attributes of one composite value: their number, then of each its type's OID, its length and its bytes
/// (`record_send` in [rowtypes.c](https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/rowtypes.c)).
#[derive(Debug)]
pub struct CompositeReader<'v> {
    object: &'static TypeObjectDef,
    fields: Vec<(&'v str, &'v Type, Option<&'v [u8]>)>,
}

impl<'v> CompositeReader<'v> {
    /// Takes a value apart.
    ///
    /// # Errors
    ///
    /// When the type is no composite type, or the bytes are no value of it.
    pub fn new(
        ty: &'v Type,
        raw: &'v [u8],
        object: &'static TypeObjectDef,
    ) -> Result<Self, ReadError> {
        let Kind::Composite(declared) = ty.kind() else {
            return Err(format!("{ty} is no composite type").into());
        };
        let mut rest = raw;
        let count = take_i32(&mut rest)?;
        if usize::try_from(count) != Ok(declared.len()) {
            return Err(format!("{count} attributes of {}", declared.len()).into());
        }
        let mut fields = Vec::with_capacity(declared.len());
        for field in declared {
            take(&mut rest, size_of::<u32>())?;
            let value = match usize::try_from(take_i32(&mut rest)?) {
                Ok(length) => Some(take(&mut rest, length)?),
                // -1 stands for NULL.
                Err(_) => None,
            };
            fields.push((field.name(), field.type_(), value));
        }
        Ok(Self { object, fields })
    }

    /// Reads the attribute of one field as `read` does it.
    ///
    /// # Errors
    ///
    /// [`AttributeError`].
    pub fn read_with<T>(
        &self,
        attribute: &'static str,
        read: fn(&Type, Option<&[u8]>) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let field = self.fields.iter().find(|(name, ..)| *name == attribute);
        let read = match field {
            Some((_, ty, raw)) => read(ty, *raw),
            None => Err(ReadError::from("the type has no such attribute")),
        };
        read.map_err(|cause| failed(self.object, attribute, cause))
    }
}

/// Writes a composite value, its attributes in the server's order.
///
/// # Errors
///
/// [`AttributeError`], or a value of more than 2 GiB.
pub fn composite_to_sql(
    ty: &Type,
    out: &mut BytesMut,
    object: &'static TypeObjectDef,
    values: &[(&'static str, &(dyn ToSql + Sync))],
) -> Result<IsNull, ReadError> {
    let Kind::Composite(fields) = ty.kind() else {
        return Err(format!("{ty} is no composite type").into());
    };
    out.put_i32(i32::try_from(fields.len())?);
    for field in fields {
        let value = values.iter().find(|(name, _)| *name == field.name());
        let Some((attribute, value)) = value else {
            return Err(format!("`{ty}` has an attribute `{}` with no field", field.name()).into());
        };
        out.put_u32(field.type_().oid());
        let length_at = out.len();
        out.put_i32(-1);
        let written = value.to_sql_checked(field.type_(), out);
        if let IsNull::No = written.map_err(|cause| failed(object, attribute, cause))? {
            let length = i32::try_from(out.len() - length_at - size_of::<i32>())?;
            out[length_at..length_at + size_of::<i32>()].copy_from_slice(&length.to_be_bytes());
        }
    }
    Ok(IsNull::No)
}

#[cold]
fn failed(object: &TypeObjectDef, attribute: &'static str, cause: ReadError) -> ReadError {
    Box::new(AttributeError {
        composite: object.name.name,
        attribute,
        cause,
    })
}

fn take_i32(rest: &mut &[u8]) -> Result<i32, ReadError> {
    let bytes = take(rest, size_of::<i32>())?;
    Ok(i32::from_be_bytes(bytes.try_into()?))
}

fn take<'v>(rest: &mut &'v [u8], length: usize) -> Result<&'v [u8], ReadError> {
    let (bytes, after) = rest
        .split_at_checked(length)
        .ok_or("the composite value ends too early")?;
    *rest = after;
    Ok(bytes)
}
