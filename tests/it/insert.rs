//! Whole rows into tables.

use schema_core::{
    Error, FromRow, Table,
    def::{
        ColumnDef, ForeignKeyDef, Identity, IdentityDef, Location, SqlText, TableDef, TableName,
    },
    error::RowError,
    row::{Param, Reader, RowField},
    statement,
    ty::TypeDef,
};
use schema_kit::testing::TestDatabase;
use serde::{Deserialize, Serialize};
use tokio_postgres::Client;

use crate::{
    row::{one_row, row_error},
    value_derived::{Permissions, Status},
};

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
        identity: Some(IdentityDef::new(Identity::Always)),
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

const NAME: TableName = TableName::new("pg_temp", "Acc\"ounts");

const fn accounts(row_level_security: bool) -> TableDef {
    TableDef {
        columns: COLUMNS,
        row_level_security,
        ..TableDef::new(NAME, Location::of("Account"))
    }
}

impl Table for Account {
    const NAME: TableName = NAME;
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

async fn database() -> (TestDatabase, Client) {
    let (database, client) = tests::client().await;
    client.batch_execute(CREATE).await.unwrap();
    (database, client)
}

async fn read_all(client: &Client) -> Vec<Account> {
    let text = format!("{} ORDER BY id", statement::select_text::<Account>());
    statement::query_as(client, &text, &[]).await.unwrap()
}

#[tokio::test]
async fn a_row_comes_back_as_it_was_inserted() {
    let (_database, client) = database().await;
    assert_eq!(statement::insert(&client, &account(1)).await.unwrap(), 1);
    assert_eq!(statement::insert(&client, &account(2)).await.unwrap(), 1);
    assert_eq!(read_all(&client).await, [account(1), account(2)]);
}

#[tokio::test]
async fn many_rows_come_back_as_they_were_inserted() {
    let (_database, client) = database().await;
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
    let (_database, mut client) = database().await;
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
    let (_database, client) = database().await;
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
            const NAME: TableName = NAME;
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
    let (_database, client) = database().await;
    let rows: Vec<_> = (1..=14_000).map(|id| Secured(account(id))).collect();
    assert_eq!(statement::insert_all(&client, &rows).await.unwrap(), 14_000);
    assert_eq!(read_all(&client).await.len(), 14_000);
}

#[tokio::test]
async fn a_wrong_number_of_values_is_an_error() {
    let (_database, client) = database().await;
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
async fn inserts_can_be_spawned() {
    let (_database, client) = database().await;
    let task = tokio::spawn(async move {
        let rows = [account(1), account(2)];
        statement::insert_all(&client, &rows).await.unwrap()
            + statement::insert(&client, &account(3)).await.unwrap()
    });
    assert_eq!(task.await.unwrap(), 3);
}
