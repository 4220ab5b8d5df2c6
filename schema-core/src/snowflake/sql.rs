//! Snowflakes in PostgreSQL: a BIGINT both ways.

use std::error::Error;

use postgres_types::{FromSql, IsNull, ToSql, Type, accepts, private::BytesMut, to_sql_checked};

use super::value::Snowflake;
use crate::ty::{ColumnType, ReadError, TypeDef};

impl<'a> FromSql<'a> for Snowflake {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::from_i64(i64::from_sql(ty, raw)?)?)
    }

    accepts!(INT8);
}

impl ToSql for Snowflake {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.get().to_sql(ty, out)
    }

    accepts!(INT8);
    to_sql_checked!();
}

impl ColumnType for Snowflake {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::BigInt];

    #[inline]
    fn read(ty: &Type, raw: Option<&[u8]>) -> Result<Self, ReadError> {
        // `FromSql` reads a number through `std::io::Read`; it is left to say what is wrong with one that is no id.
        if let Some(bytes) = raw
            && let Ok(bytes) = bytes.try_into()
            && let Ok(snowflake) = Self::from_i64(i64::from_be_bytes(bytes))
        {
            return Ok(snowflake);
        }
        <Self as FromSql>::from_sql_nullable(ty, raw)
    }
}
