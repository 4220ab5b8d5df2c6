//! Values on their way to the server.

use std::{error::Error, fmt};

use bytes::BytesMut;
use postgres_types::{IsNull, ToSql, Type};

/// One value of a row on its way to the server.
///
/// It is a [`ToSql`] itself, so a row's [`params`](crate::Table::params) go wherever `tokio_postgres` takes an
/// iterator of values (`execute_raw`, `query_raw`, `BinaryCopyInWriter::write_raw`).
///
/// # Examples
///
/// ```
/// use schema_core::row::Param;
///
/// let (id, name) = (7_i64, String::from("Ada"));
/// let params = vec![Param::value(&id), Param::value(&name)];
/// assert_eq!(format!("{params:?}"), r#"[Value(7), Value("Ada")]"#);
/// ```
#[derive(Clone, Copy)]
pub struct Param<'a>(Kind<'a>);

#[derive(Clone, Copy)]
enum Kind<'a> {
    Value(&'a (dyn ToSql + Sync)),
    #[cfg(feature = "serde_json")]
    Json(&'a (dyn crate::json::WriteJson + Sync)),
}

impl<'a> Param<'a> {
    /// A value that writes itself.
    #[must_use]
    pub fn value<T: ToSql + Sync>(value: &'a T) -> Self {
        Self(Kind::Value(value))
    }

    /// A value that writes itself, of a type that was forgotten.
    #[doc(hidden)]
    #[must_use]
    pub fn from_sql(value: &'a (dyn ToSql + Sync)) -> Self {
        Self(Kind::Value(value))
    }

    /// A value that goes through serde into a JSON or JSONB column. JSON's `null` is written as NULL.
    #[cfg(feature = "serde_json")]
    #[must_use]
    pub fn json<T: serde_core::Serialize + Sync>(value: &'a T) -> Self {
        Self(Kind::Json(value))
    }
}

/// Values that write themselves, of types that were forgotten.
#[doc(hidden)]
#[must_use]
pub fn params<'a, const N: usize>(values: [&'a (dyn ToSql + Sync); N]) -> Vec<Param<'a>> {
    Vec::from(values.map(Param::from_sql))
}

impl fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Value(value) => f.debug_tuple("Value").field(&value).finish(),
            #[cfg(feature = "serde_json")]
            Kind::Json(_) => f.debug_tuple("Json").finish_non_exhaustive(),
        }
    }
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql_checked(ty, out)
    }

    /// Any type: the value behind is asked when it is written.
    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Kind::Value(value) => value.to_sql_checked(ty, out),
            #[cfg(feature = "serde_json")]
            Kind::Json(value) if crate::json::accepts(ty) => value.write_json(ty, out),
            #[cfg(feature = "serde_json")]
            Kind::Json(_) => Err(Box::new(postgres_types::WrongType::new::<Self>(ty.clone()))),
        }
    }
}
