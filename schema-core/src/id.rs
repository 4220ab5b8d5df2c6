//! [`Id`]: a snowflake that knows which table it belongs to.
//!
//! All traits are implemented by hand, because a derive would ask them of the table too.

use std::{
    cmp::Ordering,
    error::Error,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
    time::SystemTime,
};

use postgres_types::{FromSql, IsNull, ToSql, Type, accepts, private::BytesMut, to_sql_checked};

use crate::{
    error::SnowflakeError,
    ident::TableName,
    snowflake::{Snowflake, generate_id, try_generate_id},
    table::Table,
    ty::{ColumnType, ReadError, TypeDef, TypeFacts},
};

/// A snowflake id of the table `T`: `Id<User>` and `Id<Server>` do not mix.
///
/// It is as small as the [`Snowflake`] in it, a BIGINT in PostgreSQL and a string in JSON.
///
/// # Examples
/// ```
/// use schema_core::Id;
///
/// struct User;
/// struct Server;
///
/// let user: Id<User> = Id::generate();
/// assert_eq!(user.to_string().parse::<Id<User>>()?, user);
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
/// ```compile_fail
/// # use schema_core::Id;
/// # struct User;
/// # struct Server;
/// let user: Id<User> = Id::generate();
/// let server: Id<Server> = user;
/// ```
#[repr(transparent)]
pub struct Id<T: ?Sized> {
    snowflake: Snowflake,
    // A function's result: an id owns no `T`, and is Send and Sync whatever `T` is.
    table: PhantomData<fn() -> T>,
}

impl<T: ?Sized> Id<T> {
    /// Makes a new id with the program's generator, as [`generate_id`] does.
    ///
    /// # Panics
    /// As [`generate_id`]: the environment names a bad worker or process, or the clock is out of
    /// range.
    ///
    /// # Examples
    /// ```
    /// use schema_core::Id;
    ///
    /// struct User;
    ///
    /// assert!(Id::<User>::generate() < Id::<User>::generate());
    /// ```
    #[inline]
    pub fn generate() -> Self {
        Self::new(generate_id())
    }

    /// Makes a new id with the program's generator, as [`try_generate_id`] does.
    ///
    /// # Errors
    /// Those of [`try_generate_id`].
    #[inline]
    pub fn try_generate() -> Result<Self, SnowflakeError> {
        try_generate_id().map(Self::new)
    }

    /// Says that a snowflake is an id of this table.
    ///
    /// # Examples
    /// ```
    /// use schema_core::{Id, SnowflakeGenerator};
    ///
    /// struct User;
    ///
    /// let ids = SnowflakeGenerator::new(3, 1)?;
    /// let user: Id<User> = Id::new(ids.generate()?);
    /// assert_eq!(user.snowflake().worker(), 3);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    #[inline]
    pub const fn new(snowflake: Snowflake) -> Self {
        Self {
            snowflake,
            table: PhantomData,
        }
    }

    /// Wraps the number of an id, as it stands in a BIGINT column.
    ///
    /// # Errors
    /// [`SnowflakeError::ValueOutOfRange`] when the number is negative.
    ///
    /// # Examples
    /// ```
    /// use schema_core::Id;
    ///
    /// struct User;
    ///
    /// assert_eq!(Id::<User>::from_i64(42)?.get(), 42);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub fn from_i64(value: i64) -> Result<Self, SnowflakeError> {
        Snowflake::from_i64(value).map(Self::new)
    }

    /// The id without its table.
    #[inline]
    pub const fn snowflake(self) -> Snowflake {
        self.snowflake
    }

    /// The id as the number that is stored.
    #[inline]
    pub const fn get(self) -> i64 {
        self.snowflake.get()
    }

    /// When the id was made, to the millisecond.
    ///
    /// # Examples
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// use schema_core::Id;
    ///
    /// struct User;
    ///
    /// let id = Id::<User>::from_i64(0)?;
    /// assert_eq!(id.timestamp(), UNIX_EPOCH + Duration::from_secs(1_704_067_200));
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub fn timestamp(self) -> SystemTime {
        self.snowflake.timestamp()
    }
}

impl<T: ?Sized> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Id<T> {}

impl<T: ?Sized> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.snowflake == other.snowflake
    }
}

impl<T: ?Sized> Eq for Id<T> {}

impl<T: ?Sized> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: ?Sized> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.snowflake.cmp(&other.snowflake)
    }
}

impl<T: ?Sized> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.snowflake.hash(state);
    }
}

impl<T: ?Sized> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.snowflake)
    }
}

impl<T: ?Sized> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.snowflake.fmt(f)
    }
}

impl<T: ?Sized> FromStr for Id<T> {
    type Err = SnowflakeError;

    fn from_str(text: &str) -> Result<Self, SnowflakeError> {
        text.parse().map(Self::new)
    }
}

impl<T: ?Sized> From<Snowflake> for Id<T> {
    fn from(snowflake: Snowflake) -> Self {
        Self::new(snowflake)
    }
}

impl<T: ?Sized> From<Id<T>> for Snowflake {
    fn from(id: Id<T>) -> Self {
        id.snowflake
    }
}

impl<T: ?Sized> TryFrom<i64> for Id<T> {
    type Error = SnowflakeError;

    fn try_from(value: i64) -> Result<Self, SnowflakeError> {
        Self::from_i64(value)
    }
}

impl<T: ?Sized> From<Id<T>> for i64 {
    fn from(id: Id<T>) -> Self {
        id.get()
    }
}

impl<'a, T: ?Sized> FromSql<'a> for Id<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Snowflake::from_sql(ty, raw).map(Self::new)
    }

    accepts!(INT8);
}

impl<T: ?Sized> ToSql for Id<T> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.snowflake.to_sql(ty, out)
    }

    accepts!(INT8);
    to_sql_checked!();
}

impl<T: Table> ColumnType for Id<T> {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::BigInt];
    // The name alone: the definition holds the entities of its columns, its own among them.
    const ENTITY: Option<TableName> = Some(T::NAME);
    // Each table has an id of its own: what all ids have in common is not asked of each.
    const FACTS: &'static TypeFacts = &TypeFacts {
        entity: Self::ENTITY,
        rust_type: std::any::type_name::<Self>,
        ..*<Snowflake as ColumnType>::FACTS
    };

    #[inline]
    fn read(ty: &Type, raw: Option<&[u8]>) -> Result<Self, ReadError> {
        <Snowflake as ColumnType>::read(ty, raw).map(Self::new)
    }
}

#[cfg(feature = "serde")]
impl<T: ?Sized> serde_core::Serialize for Id<T> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.snowflake.serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de, T: ?Sized> serde_core::Deserialize<'de> for Id<T> {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Snowflake::deserialize(deserializer).map(Self::new)
    }
}
