//! Text enums and bit flags, written by hand as the derives write them.

use schema_core::{
    __private, FromRow,
    postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
    ty::{ColumnType, ReadError, TypeDef},
};

use crate::row::{One, one_row, row_error};

#[derive(Debug, PartialEq)]
pub(crate) enum Status {
    Online,
    Offline,
}

impl<'r> FromSql<'r> for Status {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        let texts = [("online", Self::Online), ("offline", Self::Offline)];
        __private::text_enum_from_sql(ty, raw, texts)
    }
    fn accepts(ty: &Type) -> bool {
        __private::text_enum_accepts(ty)
    }
}
impl ToSql for Status {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        let text = match self {
            Self::Online => "online",
            Self::Offline => "offline",
        };
        Ok(__private::text_enum_to_sql(text, out))
    }
    fn accepts(ty: &Type) -> bool {
        __private::text_enum_accepts(ty)
    }
    to_sql_checked!();
}
impl ColumnType for Status {
    const SQL_TYPES: &'static [TypeDef] = __private::TEXT_TYPES;
    const TEXTS: Option<&'static [&'static str]> = Some(&["online", "offline"]);
}

bitflags::bitflags! {
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(crate) struct Permissions: u64 {
        const VIEW = 1;
        const ADMIN = 1 << 40;
    }
}

const FLAGS: __private::FlagFunctions<Permissions> = __private::flags();

impl<'r> FromSql<'r> for Permissions {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        (FLAGS.read)(ty, raw)
    }
    fn accepts(ty: &Type) -> bool {
        (FLAGS.accepts)(ty)
    }
}
impl ToSql for Permissions {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        (FLAGS.write)(self, ty, out)
    }
    fn accepts(ty: &Type) -> bool {
        (FLAGS.accepts)(ty)
    }
    to_sql_checked!();
}
impl ColumnType for Permissions {
    const SQL_TYPES: &'static [TypeDef] = FLAGS.types;
}

#[tokio::test]
async fn an_unknown_text_is_named_with_those_that_are_known() {
    let (_database, client) = tests::client().await;
    let row = one_row(&client, "SELECT 'away'::varchar AS status").await;
    let error = row_error(One::<Status>::from_row(&row));
    assert_eq!(
        error.to_string(),
        "cannot read `One.status` (column 1, VARCHAR) as `Status`: found the unknown text `away`; known are `online`, \
         `offline`"
    );
}

#[tokio::test]
async fn an_enum_is_read_from_every_text_type() {
    let (_database, client) = tests::client().await;
    client
        .batch_execute("CREATE TYPE pg_temp.mood AS ENUM ('online')")
        .await
        .unwrap();
    for ty in ["text", "varchar(10)", "char(10)", "pg_temp.mood"] {
        let row = one_row(&client, &format!("SELECT 'online'::{ty} AS value")).await;
        assert_eq!(
            One::<Status>::from_row(&row).unwrap(),
            One(Status::Online),
            "{ty}"
        );
        let text = format!("SELECT $1::{ty} = 'online'::{ty}");
        let same: bool = client
            .query_one(&text, &[&Status::Online])
            .await
            .unwrap()
            .get(0);
        assert!(same, "{ty}");
    }
}

#[tokio::test]
async fn unsigned_flags_are_stored_as_the_integer_of_the_same_bits() {
    let (_database, client) = tests::client().await;
    let flags = Permissions::VIEW | Permissions::from_bits_retain(1 << 63);
    let row = client
        .query_one("SELECT $1::bigint", &[&flags])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), i64::MIN + 1);
    assert_eq!(One::<Permissions>::from_row(&row).unwrap(), One(flags));
    assert_eq!(Permissions::SQL_TYPES, [TypeDef::BigInt]);
}
