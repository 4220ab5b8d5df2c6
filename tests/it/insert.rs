//! Whole rows into tables, and the helpers behind derived enums and bit flags.

use schema_core::{
    __private, Error, FromRow, Table,
    def::{
        ColumnDef, ForeignKeyDef, Identity, IdentityDef, Location, SqlText, TableDef, TableName,
    },
    error::RowError,
    postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
    row::{Param, Reader, RowField},
    statement,
    ty::{ColumnType, ReadError, TypeDef},
};
use serde::{Deserialize, Serialize};
use tokio_postgres::Client;

use crate::row::{One, one_row, row_error};

#[derive(Debug, PartialEq)]
enum Status {
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
    struct Permissions: u64 {
        const VIEW = 1;
        const ADMIN = 1 << 40;
    }
}

impl<'r> FromSql<'r> for Permissions {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        __private::flags_from_sql(ty, raw)
    }
    fn accepts(ty: &Type) -> bool {
        __private::flags_accepts::<Self>(ty)
    }
}
impl ToSql for Permissions {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        __private::flags_to_sql(self, ty, out)
    }
    fn accepts(ty: &Type) -> bool {
        __private::flags_accepts::<Self>(ty)
    }
    to_sql_checked!();
}
impl ColumnType for Permissions {
    const SQL_TYPES: &'static [TypeDef] = __private::flags_types::<Self>();
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Settings {
    theme: String,
}

#[derive(Debug, PartialEq)]
struct Account {
    id: i64,
    number: i32,
    status: Status,
    permissions: Permissions,
    settings: Settings,
    extra: Option<Settings>,
    double: i32,
}

const CREATE: &str = r#"CREATE TABLE pg_temp."Acc""ounts" (id bigint PRIMARY KEY,
    number int GENERATED ALWAYS AS IDENTITY, status varchar(10) NOT NULL, permissions bigint NOT NULL,
    settings jsonb NOT NULL, extra json, double int GENERATED ALWAYS AS (id * 2) STORED)"#;

impl<'r> FromRow<'r> for Account {
    const SOURCE: &'static str = "Acc\"ounts";
    const FIELDS: &'static [RowField] = &[
        RowField::value::<i64>("id"),
        RowField::value::<i32>("number"),
        RowField::value::<Status>("status"),
        RowField::value::<Permissions>("permissions"),
        RowField::json::<Settings>("settings"),
        RowField::json::<Option<Settings>>("extra"),
        RowField::value::<i32>("double"),
    ];
    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self {
            id: reader.value()?,
            number: reader.value()?,
            status: reader.value()?,
            permissions: reader.value()?,
            settings: reader.json()?,
            extra: reader.json()?,
            double: reader.value()?,
        })
    }
}

const COLUMNS: &[ColumnDef] = &[
    ColumnDef::of::<i64>("id", "id"),
    ColumnDef {
        identity: Some(IdentityDef {
            generation: Identity::Always,
        }),
        ..ColumnDef::of::<i32>("number", "number")
    },
    ColumnDef::of::<Status>("status", "status"),
    ColumnDef::of::<Permissions>("permissions", "permissions"),
    ColumnDef::with_type("settings", "settings", TypeDef::Jsonb, false),
    ColumnDef::with_type("extra", "extra", TypeDef::Json, true),
    ColumnDef {
        generated: Some(SqlText(&[])),
        ..ColumnDef::of::<i32>("double", "double")
    },
];

const fn accounts(row_level_security: bool) -> TableDef {
    TableDef {
        columns: COLUMNS,
        row_level_security,
        ..TableDef::new(
            TableName {
                namespace: "pg_temp",
                name: "Acc\"ounts",
            },
            Location {
                rust_name: "Account",
                file: file!(),
                line: line!(),
            },
        )
    }
}

impl Table for Account {
    const TABLE: &'static TableDef = &accounts(false);
    const FOREIGN_KEYS: &'static [ForeignKeyDef] = &[];
    fn params(&self) -> Vec<Param<'_>> {
        vec![
            Param::value(&self.id),
            Param::value(&self.status),
            Param::value(&self.permissions),
            Param::json(&self.settings),
            Param::json(&self.extra),
        ]
    }
}

fn account(id: i64) -> Account {
    Account {
        id,
        number: i32::try_from(id).unwrap(),
        status: if id % 2 == 0 {
            Status::Online
        } else {
            Status::Offline
        },
        permissions: Permissions::ADMIN | Permissions::from_bits_retain(1 << 63),
        settings: Settings {
            theme: format!("theme {id}"),
        },
        extra: (id % 2 == 0).then(|| Settings {
            theme: "x".to_owned(),
        }),
        double: i32::try_from(id * 2).unwrap(),
    }
}

async fn database() -> Client {
    let client = tests::database().await;
    client.batch_execute(CREATE).await.unwrap();
    client
}

async fn read_all(client: &Client) -> Vec<Account> {
    let text = format!("{} ORDER BY id", statement::select_text::<Account>());
    statement::query_as(client, &text, &[]).await.unwrap()
}

#[tokio::test]
async fn a_row_comes_back_as_it_was_inserted() {
    let client = database().await;
    assert_eq!(statement::insert(&client, &account(1)).await.unwrap(), 1);
    assert_eq!(statement::insert(&client, &account(2)).await.unwrap(), 1);
    assert_eq!(read_all(&client).await, [account(1), account(2)]);
}

#[tokio::test]
async fn many_rows_come_back_as_they_were_inserted() {
    let client = database().await;
    let rows: Vec<_> = (1..=20_000).map(account).collect();
    assert_eq!(statement::insert_all(&client, &rows).await.unwrap(), 20_000);
    assert_eq!(read_all(&client).await, rows);
    assert_eq!(
        statement::insert_all::<Account>(&client, &[])
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn one_refused_row_leaves_all_out() {
    let mut client = database().await;
    let rows = [account(1), account(2), account(1)];
    let error = statement::insert_all(&client, &rows).await.unwrap_err();
    assert_eq!(
        error.code(),
        Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION)
    );
    assert_eq!(read_all(&client).await, []);

    let transaction = client.transaction().await.unwrap();
    assert_eq!(
        statement::insert_all(&transaction, &rows[..2])
            .await
            .unwrap(),
        2
    );
    transaction.rollback().await.unwrap();
    assert_eq!(read_all(&client).await, []);
}

#[tokio::test]
async fn the_value_that_cannot_be_written_does_not_break_the_connection() {
    let client = database().await;
    client
        .batch_execute(r#"ALTER TABLE "Acc""ounts" DROP status, ADD status int"#)
        .await
        .unwrap();
    assert!(
        statement::insert_all(&client, &[account(1), account(2)])
            .await
            .is_err()
    );
    assert_eq!(one_row(&client, "SELECT 1").await.len(), 1);
}

/// The same table, as if it had row level security, and one wrong in the number of its values.
macro_rules! account_like {
    ($name:ident, $security:literal, $params:expr) => {
        struct $name(Account);
        impl<'r> FromRow<'r> for $name {
            const SOURCE: &'static str = Account::SOURCE;
            const FIELDS: &'static [RowField] = Account::FIELDS;
            fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
                Account::read(reader).map(Self)
            }
        }
        impl Table for $name {
            const TABLE: &'static TableDef = &accounts($security);
            const FOREIGN_KEYS: &'static [ForeignKeyDef] = &[];
            fn params(&self) -> Vec<Param<'_>> {
                let mut params = self.0.params();
                params.truncate($params);
                params
            }
        }
    };
}
account_like!(Secured, true, 5);
account_like!(Short, false, 4);

#[tokio::test]
async fn rows_of_a_secured_table_go_in_chunks() {
    let client = database().await;
    let rows: Vec<_> = (1..=14_000).map(|id| Secured(account(id))).collect();
    assert_eq!(statement::insert_all(&client, &rows).await.unwrap(), 14_000);
    assert_eq!(read_all(&client).await.len(), 14_000);
}

#[tokio::test]
async fn a_wrong_number_of_values_is_an_error() {
    let client = database().await;
    for rows in [
        &[Short(account(1))][..],
        &[Short(account(1)), Short(account(2))],
    ] {
        let error = row_error(statement::insert_all(&client, rows).await);
        assert!(
            matches!(
                error,
                RowError::ParamCount {
                    expected: 5,
                    found: 4,
                    ..
                }
            ),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_unknown_text_is_named_with_those_that_are_known() {
    let client = tests::database().await;
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
    let client = tests::database().await;
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
    let client = tests::database().await;
    let flags = Permissions::VIEW | Permissions::from_bits_retain(1 << 63);
    let row = client
        .query_one("SELECT $1::bigint", &[&flags])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), i64::MIN + 1);
    assert_eq!(One::<Permissions>::from_row(&row).unwrap(), One(flags));
    assert_eq!(Permissions::SQL_TYPES, [TypeDef::BigInt]);
}

#[tokio::test]
async fn inserts_can_be_spawned() {
    let client = database().await;
    let task = tokio::spawn(async move {
        let rows = [account(1), account(2)];
        statement::insert_all(&client, &rows).await.unwrap()
            + statement::insert(&client, &account(3)).await.unwrap()
    });
    assert_eq!(task.await.unwrap(), 3);
}
