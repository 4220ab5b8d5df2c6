//! SQL types as constants, and which Rust types may hold them.

mod builtin;
mod raw;

pub(crate) use builtin::default_of;
pub use builtin::default_type;
pub use raw::RawValue;

use std::marker::PhantomData;

use crate::{def::TypeObjectDef, ident::TableName};

/// Why a value could not be read from its bytes: the error of [`FromSql`](postgres_types::FromSql).
pub type ReadError = Box<dyn std::error::Error + Sync + Send>;

/// An SQL type as a definition names it ([Data Types](https://www.postgresql.org/docs/current/datatype.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum TypeDef {
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Real,
    DoublePrecision,
    /// `NUMERIC`, `NUMERIC(p)` as `(p, 0)`, or `NUMERIC(p, s)`.
    Numeric(Option<(u16, i16)>),
    Money,
    Text,
    /// `VARCHAR(n)`, n in characters.
    Varchar(Option<u32>),
    /// `CHAR(n)`, n in characters; `None` is `CHAR(1)`.
    Char(Option<u32>),
    /// Of the extension `citext`.
    Citext,
    Bytea,
    Date,
    /// `TIME(p)`, p in fractional digits of a second.
    Time(Option<u8>),
    /// `TIME(p) WITH TIME ZONE`.
    Timetz(Option<u8>),
    /// `TIMESTAMP(p)`.
    Timestamp(Option<u8>),
    /// `TIMESTAMP(p) WITH TIME ZONE`.
    Timestamptz(Option<u8>),
    Interval,
    Uuid,
    Json,
    Jsonb,
    Inet,
    Cidr,
    Macaddr,
    Macaddr8,
    Int4Range,
    Int8Range,
    NumRange,
    TsRange,
    TstzRange,
    DateRange,
    Int4Multirange,
    Int8Multirange,
    NumMultirange,
    TsMultirange,
    TstzMultirange,
    DateMultirange,
    /// `BIT(n)`.
    Bit(Option<u32>),
    /// `BIT VARYING(n)`.
    Varbit(Option<u32>),
    Oid,
    Xml,
    TsVector,
    TsQuery,
    Point,
    /// A type the user made: an enum, domain or composite type, rendered quoted where PostgreSQL needs it.
    Named {
        /// The PostgreSQL schema; `None` is found through the search path.
        namespace: Option<&'static str>,
        /// The type's name, unquoted.
        name: &'static str,
    },
    /// `type = "vector(3)"`: rendered as written.
    Verbatim(&'static str),
    /// `T[]`.
    Array(&'static TypeDef),
}

/// A Rust type that can be a column: the one trait by which a type joins in.
///
/// The type also reads and writes itself with [`FromSql`](postgres_types::FromSql) and
/// [`ToSql`](postgres_types::ToSql), as everywhere in the ecosystem; this trait adds the SQL types it goes into.
///
/// # Examples
///
/// ```
/// use schema_core::postgres_types::{accepts, to_sql_checked, private::BytesMut, FromSql, IsNull, ToSql, Type};
/// use schema_core::ty::{ColumnType, TypeDef};
///
/// #[derive(Debug)]
/// struct Celsius(f64);
///
/// impl<'a> FromSql<'a> for Celsius {
///     fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
///         f64::from_sql(ty, raw).map(Self)
///     }
///     accepts!(FLOAT8);
/// }
/// impl ToSql for Celsius {
///     fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
///         self.0.to_sql(ty, out)
///     }
///     accepts!(FLOAT8);
///     to_sql_checked!();
/// }
/// impl ColumnType for Celsius {
///     const SQL_TYPES: &'static [TypeDef] = &[TypeDef::DoublePrecision];
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "[T0511] `{Self}` has no SQL type",
    label = "not a type a column can hold",
    note = "types that can: bool, i16, i32, i64, f32, f64, String, Vec<u8>, Id<T>, Snowflake, Vec<T>, Option<T>, and behind features dates and times, uuid::Uuid, serde_json::Value, rust_decimal::Decimal, IpAddr",
    note = "store it as JSONB with #[column(json)], leave it out with #[column(skip)], or implement schema_core::ty::ColumnType for it"
)]
pub trait ColumnType: postgres_types::ToSql + postgres_types::FromSqlOwned + Sync {
    /// The SQL types that hold it; the first is the one a column has when it names none. Modifiers (`varchar(32)`)
    /// are left open: `Varchar(None)` stands for every length.
    const SQL_TYPES: &'static [TypeDef];
    /// Whether it can be NULL: true for `Option<T>` alone.
    const NULLABLE: bool = false;
    /// Whether it is an array of [`SQL_TYPES`](Self::SQL_TYPES): true for `Vec<T>` alone.
    const ARRAY: bool = false;
    /// The table whose typed id it is: set for `Id<T>` alone.
    const ENTITY: Option<TableName> = None;
    /// The texts it may hold, where it is an enum stored as text.
    const TEXTS: Option<&'static [&'static str]> = None;
    /// The type of the user's own that it is, which a schema makes before its tables.
    const TYPE_OBJECT: Option<&'static TypeObjectDef> = None;
    /// Whether an `Option` lies in an `Option` or a `Vec` in a `Vec`, which no column holds.
    #[doc(hidden)]
    const NESTED: bool = false;
    /// All of these together. The derive reaches a field's type through this trait alone, so that a type without an
    /// SQL type gets one error. Behind a reference, they are one value for all columns of the type.
    #[doc(hidden)]
    const FACTS: &'static TypeFacts = &TypeFacts {
        sql_types: Self::SQL_TYPES,
        nullable: Self::NULLABLE,
        array: Self::ARRAY,
        nested: Self::NESTED,
        entity: Self::ENTITY,
        texts: Self::TEXTS,
        type_object: Self::TYPE_OBJECT,
        accepts: <Self as postgres_types::FromSql<'static>>::accepts,
        rust_type: std::any::type_name::<Self>,
    };
    /// Says the type and nothing else: with it, generated code names a field's type through this trait alone, at a lower
    /// price for the compiler than with a function.
    #[doc(hidden)]
    const TYPE: PhantomData<Self> = PhantomData;

    /// Reads a value from a column of an accepted type; `None` is NULL. By default this is what
    /// [`FromSql`](postgres_types::FromSql) does; a type overrides it where that is slow, or silent about a value the
    /// type cannot hold.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a value, or NULL has no place in it.
    #[inline]
    fn read(ty: &postgres_types::Type, raw: Option<&[u8]>) -> Result<Self, ReadError> {
        <Self as postgres_types::FromSql>::from_sql_nullable(ty, raw)
    }

    /// Itself as a value that writes itself.
    #[doc(hidden)]
    fn as_sql(&self) -> &(dyn postgres_types::ToSql + Sync) {
        self
    }
}

/// A [`ColumnType`]'s constants.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct TypeFacts {
    pub(crate) sql_types: &'static [TypeDef],
    pub(crate) nullable: bool,
    pub(crate) array: bool,
    pub(crate) nested: bool,
    pub(crate) entity: Option<TableName>,
    pub(crate) texts: Option<&'static [&'static str]>,
    pub(crate) type_object: Option<&'static TypeObjectDef>,
    pub(crate) accepts: fn(&postgres_types::Type) -> bool,
    pub(crate) rust_type: fn() -> &'static str,
}

impl TypeDef {
    /// What stands for the type of something with errors of its own, so that they are told once.
    #[doc(hidden)]
    pub const STAND_IN: Self = Self::Verbatim(" ");
}

impl TypeFacts {
    /// Whether they are those of a type with errors of its own.
    pub(crate) const fn is_stand_in(&self) -> bool {
        matches!(self.sql_types, [TypeDef::Verbatim(text)] if matches!(text.as_bytes(), b" "))
    }

    /// Those of a Rust type nothing is known of.
    pub(crate) const UNKNOWN: &'static Self = &Self {
        sql_types: &[],
        nullable: false,
        array: false,
        nested: false,
        entity: None,
        texts: None,
        type_object: None,
        accepts: accepts_any,
        rust_type: unknown_type,
    };
}

fn accepts_any(_: &postgres_types::Type) -> bool {
    true
}

fn unknown_type() -> &'static str {
    "a type of no known name"
}

/// Whether a type that is no [`ColumnType`] is an `Option`, asked as `Nullability::<T>::NULLABLE` with [`NotNull`] in
/// scope: the inherent constant of an `Option` goes before the trait's.
#[doc(hidden)]
#[derive(Debug)]
pub struct Nullability<T>(std::marker::PhantomData<T>);

#[doc(hidden)]
pub trait NotNull {
    /// Not an `Option`.
    const NULLABLE: bool = false;
}

impl<T> NotNull for Nullability<T> {}

impl<T> Nullability<Option<T>> {
    /// An `Option`.
    pub const NULLABLE: bool = true;
}
