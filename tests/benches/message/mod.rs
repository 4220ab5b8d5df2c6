//! Rows of the messages table, and three ways to take them from the server.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use schema_core::{Id, statement};
use tokio_postgres::{Client, Statement};

/// Rows as the messages table has them, made by the server from nothing.
const TEXT: &str = "SELECT id, id % 100 AS channel_id, id % 1000 AS author_id,
        ('message ' || id || ' of a length that is usual in a chat, says the log')::varchar(4000) AS content,
        CASE WHEN id % 8 = 0 THEN now() END AS edited_at, false AS is_deleted, now() AS created_at
    FROM generate_series(1::bigint, $1::bigint) AS id";

/// The messages table.
#[allow(dead_code, reason = "the fields are read by nobody, only filled")]
#[derive(schema_core::Table)]
#[table(name = "messages")]
pub(crate) struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    channel_id: Id<Message>,
    author_id: Id<Message>,
    #[column(type = varchar(4000))]
    content: Option<String>,
    edited_at: Option<Timestamp>,
    is_deleted: bool,
    created_at: Timestamp,
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
                count += usize::from(std::hint::black_box(message).id.get() > 0);
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
                Self::Get => usize::from(std::hint::black_box(get(&row)).id.get() > 0),
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
