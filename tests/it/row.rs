//! Rows read as structs: by position, by name, nested, optional, borrowed.

use futures_util::TryStreamExt as _;
use schema_core::{
    Error, FromRow,
    error::RowError,
    row::{Reader, RowField, RowMapper, RowValue},
    statement,
};
use tokio_postgres::{Client, Row};

/// A row of one column of any name.
#[derive(Debug, PartialEq)]
pub(crate) struct One<T>(pub(crate) T);

impl<'r, T: RowValue<'r>> FromRow<'r> for One<T> {
    const SOURCE: &'static str = "One";
    const FIELDS: &'static [RowField] = &[RowField::value::<T>("value")];

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self(reader.value()?))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Author {
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
}

impl<'r> FromRow<'r> for Author {
    const SOURCE: &'static str = "authors";
    const FIELDS: &'static [RowField] = &[
        RowField::value::<i64>("id"),
        RowField::value::<Option<String>>("name"),
    ];

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self {
            id: reader.value()?,
            name: reader.value()?,
        })
    }
}

/// A projection with a nested struct that is there or not, and one inside that.
#[derive(Debug, PartialEq)]
struct Post {
    id: i64,
    author: Option<Author>,
    reply: Option<Reply>,
}

impl<'r> FromRow<'r> for Post {
    const SOURCE: &'static str = "Post";
    const FIELDS: &'static [RowField] = &[
        RowField::value::<i64>("id"),
        RowField::nested::<Option<Author>>("author_"),
        RowField::nested::<Option<Reply>>("reply_"),
    ];

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self {
            id: reader.value()?,
            author: reader.nested()?,
            reply: reader.nested()?,
        })
    }
}

#[derive(Debug, PartialEq)]
struct Reply {
    text: String,
    author: Author,
}

impl<'r> FromRow<'r> for Reply {
    const SOURCE: &'static str = "Reply";
    const FIELDS: &'static [RowField] = &[
        RowField::value::<String>("text"),
        RowField::nested::<Author>("by_"),
    ];

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        Ok(Self {
            text: reader.value()?,
            author: reader.nested()?,
        })
    }
}

pub(crate) fn author(id: i64, name: &str) -> Author {
    Author {
        id,
        name: Some(name.to_owned()),
    }
}

/// The error of reading a row, which has to be one.
pub(crate) fn row_error<T>(result: Result<T, Error>) -> RowError {
    match result {
        Err(Error::Row(error)) => *error,
        Err(other) => panic!("not a row's error: {other:?}"),
        Ok(_) => panic!("the row was read"),
    }
}

pub(crate) async fn one_row(client: &Client, text: &str) -> Row {
    client.query_one(text, &[]).await.unwrap()
}

#[tokio::test]
async fn a_row_is_read_by_position_whatever_its_columns_are_called() {
    let (_database, client) = tests::client().await;
    let row = one_row(&client, "SELECT 1::bigint, upper('ada')").await;
    assert_eq!(Author::from_row(&row).unwrap(), author(1, "ADA"));
}

#[tokio::test]
async fn a_row_is_read_by_name_wherever_its_columns_stand() {
    let (_database, client) = tests::client().await;
    let row = one_row(&client, "SELECT 0 AS extra, 'Ada' AS name, 1::bigint AS id").await;
    assert_eq!(
        RowMapper::<Author>::by_name().read(&row).unwrap(),
        author(1, "Ada")
    );
}

#[tokio::test]
async fn nested_structs_are_found_by_their_prefixes() {
    let (_database, client) = tests::client().await;
    let row = one_row(
        &client,
        "SELECT 'Eve' AS reply_by_name, 3::bigint AS reply_by_id, 'hi' AS reply_text,
                1::bigint AS id, 'Ada' AS author_name, 2::bigint AS author_id",
    )
    .await;
    let expected = Post {
        id: 1,
        author: Some(author(2, "Ada")),
        reply: Some(Reply {
            text: "hi".to_owned(),
            author: author(3, "Eve"),
        }),
    };
    assert_eq!(RowMapper::<Post>::by_name().read(&row).unwrap(), expected);
}

#[tokio::test]
async fn a_left_join_without_a_match_is_none() {
    let (_database, client) = tests::client().await;
    let rows = client
        .query(
            "SELECT p.id, a.*, r.* FROM (VALUES (1::bigint, 10::bigint), (2, 99)) AS p (id, author)
             LEFT JOIN (VALUES (10::bigint, NULL::text)) AS a (id, name) ON a.id = p.author
             LEFT JOIN (VALUES ('', 1::bigint, '')) AS r (text, id, name) ON r.id = p.id
             ORDER BY p.id",
            &[],
        )
        .await
        .unwrap();
    let mut mapper = RowMapper::<Post>::by_position();
    let posts: Vec<_> = rows.iter().map(|row| mapper.read(row).unwrap()).collect();
    let reply = Reply {
        text: String::new(),
        author: author(1, ""),
    };
    let unnamed = Author { id: 10, name: None };
    assert_eq!(
        posts[0],
        Post {
            id: 1,
            author: Some(unnamed),
            reply: Some(reply)
        }
    );
    assert_eq!(
        posts[1],
        Post {
            id: 2,
            author: None,
            reply: None
        }
    );
}

#[tokio::test]
async fn a_tuple_takes_its_parts_one_after_the_other() {
    let (_database, client) = tests::client().await;
    let row = one_row(
        &client,
        "SELECT 1::bigint AS id, 'a' AS name, 2::bigint AS id, 'b' AS name, 5",
    )
    .await;
    let (first, second, One(last)): (Author, Option<Author>, One<i32>) =
        FromRow::from_row(&row).unwrap();
    assert_eq!(
        (first, second, last),
        (author(1, "a"), Some(author(2, "b")), 5)
    );
}

#[tokio::test]
async fn rows_are_borrowed_from() {
    struct Borrowed<'r> {
        text: &'r str,
        bytes: &'r [u8],
        none: Option<&'r str>,
        list: Vec<Option<&'r str>>,
    }
    impl<'r> FromRow<'r> for Borrowed<'r> {
        const SOURCE: &'static str = "Borrowed";
        const FIELDS: &'static [RowField] = &[
            RowField::value::<&'r str>("text"),
            RowField::value::<&'r [u8]>("bytes"),
            RowField::value::<Option<&'r str>>("none"),
            RowField::value::<Vec<Option<&'r str>>>("list"),
        ];
        fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
            Ok(Self {
                text: reader.value()?,
                bytes: reader.value()?,
                none: reader.value()?,
                list: reader.value()?,
            })
        }
    }
    let (_database, client) = tests::client().await;
    let text = r"SELECT 'é'::varchar, '\x00ff'::bytea, NULL::bpchar, ARRAY['a', NULL]";
    let row = one_row(&client, text).await;
    let read = Borrowed::from_row(&row).unwrap();
    assert_eq!(
        (read.text, read.bytes, read.none),
        ("é", &[0, 255][..], None)
    );
    assert_eq!(read.list, [Some("a"), None]);
    assert_eq!(read.text.as_ptr(), row.get::<_, &str>(0).as_ptr());
}

#[tokio::test]
async fn a_mapper_looks_again_when_the_statement_changes() {
    let (_database, client) = tests::client().await;
    let mut mapper = RowMapper::<Author>::by_name();
    for _ in 0..3 {
        let row = one_row(&client, "SELECT 1::bigint AS id, 'Ada' AS name").await;
        assert_eq!(mapper.read(&row).unwrap(), author(1, "Ada"));
        drop(row);
        let row = one_row(&client, "SELECT 'Eve' AS name, 2::bigint AS id").await;
        assert_eq!(mapper.read(&row).unwrap(), author(2, "Eve"));
        drop(row);
        let row = one_row(&client, "SELECT 'Eve' AS name, 2::int AS id").await;
        assert!(matches!(
            row_error(mapper.read(&row)),
            RowError::ColumnType(_)
        ));
    }
}

#[tokio::test]
async fn queries_give_structs() {
    let (_database, client) = tests::client().await;
    let text = "SELECT id, 'n' || id FROM generate_series(1::bigint, $1) AS id";
    let all = statement::query_as::<Author>(&client, text, &[&3_i64])
        .await
        .unwrap();
    assert_eq!(all, [author(1, "n1"), author(2, "n2"), author(3, "n3")]);

    let prepared = client.prepare(text).await.unwrap();
    let one = statement::query_one_as::<Author>(&client, &prepared, &[&1_i64])
        .await
        .unwrap();
    let none = statement::query_opt_as::<Author>(&client, &prepared, &[&0_i64])
        .await
        .unwrap();
    assert_eq!((one, none), (author(1, "n1"), None));
    assert!(
        statement::query_one_as::<Author>(&client, &prepared, &[&2_i64])
            .await
            .is_err()
    );

    let rows = statement::query_stream_as::<Author>(&client, &prepared, &[&9_i64])
        .await
        .unwrap();
    assert_eq!(rows.try_collect::<Vec<_>>().await.unwrap().len(), 9);
}

#[tokio::test]
async fn a_query_that_does_not_fit_its_struct_does_not_run() {
    let (_database, client) = tests::client().await;
    client
        .batch_execute("CREATE TEMP TABLE t AS SELECT 1 AS id, 'a' AS name")
        .await
        .unwrap();
    let result = statement::query_as::<Author>(&client, "DELETE FROM t RETURNING *", &[]).await;
    assert!(matches!(row_error(result), RowError::ColumnType(_)));
    let left = statement::query_one_as::<One<i64>>(&client, "SELECT count(*) FROM t", &[]).await;
    assert_eq!(left.unwrap(), One(1));
}

#[tokio::test]
async fn queries_and_their_streams_can_be_spawned() {
    let (_database, client) = tests::client().await;
    let task = tokio::spawn(async move {
        let text = "SELECT 1::bigint, 'a'".to_owned();
        let mut rows = statement::query_stream_as::<Author>(&client, &text, &[]).await?;
        rows.try_next().await
    });
    assert_eq!(task.await.unwrap().unwrap(), Some(author(1, "a")));
}
