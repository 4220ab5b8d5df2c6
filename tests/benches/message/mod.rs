//! Rows of the messages table, and three ways to take them from the server.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use schema_core::{
    Error, FromRow,
    row::{Reader, RowField},
    statement,
};
use tokio_postgres::{Client, Statement};

/// Rows as the messages table has them, made by the server from nothing.
const TEXT: &str = "SELECT id, id % 100 AS channel_id, id % 1000 AS author_id,
        ('message ' || id || ' of a length that is usual in a chat, says the log')::varchar(4000) AS content,
        CASE WHEN id % 8 = 0 THEN now() END AS edited_at, false AS is_deleted, now() AS created_at
    FROM generate_series(1::bigint, $1::bigint) AS id";

/// What `#[derive(Table)]` makes of the messages table.
#[allow(dead_code, reason = "the fields are read by nobody, only filled")]
pub(crate) struct Message {
    id: i64,
    channel_id: i64,
    author_id: i64,
    content: Option<String>,
    edited_at: Option<Timestamp>,
    is_deleted: bool,
    created_at: Timestamp,
}

impl<'r> FromRow<'r> for Message {
    const SOURCE: &'static str = "messages";
    const FIELDS: &'static [RowField] = &[
        RowField::value::<i64>("id"),
        RowField::value::<i64>("channel_id"),
        RowField::value::<i64>("author_id"),
        RowField::value::<Option<String>>("content"),
        RowField::value::<Option<Timestamp>>("edited_at"),
        RowField::value::<bool>("is_deleted"),
        RowField::value::<Timestamp>("created_at"),
    ];

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self {
            id: reader.value()?,
            channel_id: reader.value()?,
            author_id: reader.value()?,
            content: reader.value()?,
            edited_at: reader.value()?,
            is_deleted: reader.value()?,
            created_at: reader.value()?,
        })
    }
}

/// How a row becomes a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// The row mapper.
    Mapped,
    /// `row.get(i)` per column, as one writes it without a mapper.
    Get,
    /// Not at all: the protocol alone.
    Undecoded,
}

impl Way {
    /// All of them, each with its name.
    pub(crate) const ALL: [(&'static str, Self); 3] = [
        ("mapped", Self::Mapped),
        ("get", Self::Get),
        ("undecoded", Self::Undecoded),
    ];

    /// Streams so many rows and counts them.
    pub(crate) async fn stream(self, client: &Client, statement: &Statement, rows: i64) -> usize {
        let mut count = 0;
        if let Self::Mapped = self {
            let mut rows = statement::query_stream_as::<Message>(client, statement, &[&rows])
                .await
                .expect("the columns are the struct's");
            while let Some(message) = rows.try_next().await.expect("the values are the fields'") {
                count += usize::from(std::hint::black_box(message).id > 0);
            }
            return count;
        }
        let rows = client
            .query_raw(statement, [&rows])
            .await
            .expect("the statement runs");
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await.expect("the rows arrive") {
            count += match self {
                Self::Get => usize::from(std::hint::black_box(get(&row)).id > 0),
                _ => usize::from(!std::hint::black_box(row).is_empty()),
            };
        }
        count
    }
}

fn get(row: &tokio_postgres::Row) -> Message {
    Message {
        id: row.get(0),
        channel_id: row.get(1),
        author_id: row.get(2),
        content: row.get(3),
        edited_at: row.get(4),
        is_deleted: row.get(5),
        created_at: row.get(6),
    }
}

/// Prepares the query that gives the rows.
pub(crate) async fn prepare(client: &Client) -> Statement {
    client
        .prepare(TEXT)
        .await
        .expect("the statement is prepared")
}
