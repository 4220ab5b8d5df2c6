//! JSON columns: [`Json<T>`], and the reading and writing behind `#[column(json)]`.

use std::fmt;

use bytes::{BufMut, BytesMut};
use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use serde_core::{Serialize, de::DeserializeOwned};

use crate::ty::{ColumnType, ReadError, TypeDef, TypeFacts};

/// The version every JSONB value starts with (`jsonb_send` in
/// [jsonb.c](https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/jsonb.c)).
const JSONB_VERSION: u8 = 1;

/// A value that is stored as JSONB, or as JSON where the column says so.
///
/// # Examples
///
/// ```
/// use schema_core::{json::Json, ty::{ColumnType, TypeDef}};
///
/// let tags = Json(vec!["new", "hot"]);
/// assert_eq!(tags.len(), 2);
/// assert_eq!(<Json<Vec<String>>>::SQL_TYPES[0], TypeDef::Jsonb);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T> std::ops::Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, T: DeserializeOwned> FromSql<'a> for Json<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, ReadError> {
        parse(ty, raw).map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        accepts(ty)
    }
}

impl<T: Serialize + fmt::Debug> ToSql for Json<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        write(&self.0, ty, out)?;
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        accepts(ty)
    }

    to_sql_checked!();
}

impl<T: Serialize + DeserializeOwned + fmt::Debug + Sync> ColumnType for Json<T> {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::Jsonb, TypeDef::Json];
}

impl ColumnType for serde_json::Value {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::Jsonb, TypeDef::Json];
}

impl TypeFacts {
    /// Those of a type that goes through serde into JSONB.
    #[must_use]
    pub const fn json<T>(nullable: bool) -> Self {
        Self {
            sql_types: &[TypeDef::Jsonb],
            nullable,
            accepts,
            rust_type: std::any::type_name::<T>,
            ..*Self::UNKNOWN
        }
    }
}

/// A value of any type that serde writes as JSON.
pub(crate) trait WriteJson {
    fn write_json(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError>;
}

impl<T: Serialize> WriteJson for T {
    /// Writes the value, and `null` as NULL: only so can an `Option` field be told from others without its type.
    fn write_json(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        let start = out.len();
        let json = write(self, ty, out)?;
        if &out[json..] == b"null" {
            out.truncate(start);
            return Ok(IsNull::Yes);
        }
        Ok(IsNull::No)
    }
}

pub(crate) fn accepts(ty: &Type) -> bool {
    matches!(*ty, Type::JSON | Type::JSONB)
}

/// Reads a value, and NULL as `null`: what [`WriteJson`] writes, backwards.
pub(crate) fn read<T: DeserializeOwned>(ty: &Type, raw: Option<&[u8]>) -> Result<T, ReadError> {
    match raw {
        Some(raw) => parse(ty, raw),
        None => Ok(serde_json::from_str("null")?),
    }
}

fn parse<T: DeserializeOwned>(ty: &Type, raw: &[u8]) -> Result<T, ReadError> {
    let text = match (*ty == Type::JSONB, raw) {
        (false, text) | (true, [JSONB_VERSION, text @ ..]) => text,
        (true, _) => return Err("not version 1 of the JSONB format".into()),
    };
    Ok(serde_json::from_slice(text)?)
}

/// Writes a value and says where in `out` its JSON starts.
fn write<T: Serialize + ?Sized>(
    value: &T,
    ty: &Type,
    out: &mut BytesMut,
) -> Result<usize, ReadError> {
    if *ty == Type::JSONB {
        out.put_u8(JSONB_VERSION);
    }
    let start = out.len();
    serde_json::to_writer(out.writer(), value)?;
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: Option<&[i32]>, ty: &Type) -> (IsNull, Vec<u8>) {
        let mut out = BytesMut::from("before");
        let is_null = value.write_json(ty, &mut out).unwrap();
        (is_null, out.to_vec())
    }

    #[test]
    fn null_leaves_nothing_behind() {
        for ty in [Type::JSON, Type::JSONB] {
            let (is_null, out) = written(None, &ty);
            assert!(matches!(is_null, IsNull::Yes));
            assert_eq!(out, b"before");
        }
    }

    #[test]
    fn jsonb_starts_with_its_version() {
        assert_eq!(written(Some(&[1, 2]), &Type::JSONB).1, b"before\x01[1,2]");
        assert_eq!(written(Some(&[1, 2]), &Type::JSON).1, b"before[1,2]");
        assert!(parse::<Vec<i32>>(&Type::JSONB, b"\x02[1]").is_err());
    }
}
