//! Hand-written statements over tables whose names are not those of their structs.

use std::pin::pin;

use futures_util::StreamExt as _;
use schema_core::{Error, FromRow, Id, Snowflake, Table, error::RowError, query::Sql, sql};
use schema_kit::testing::TestDatabase;
use tokio_postgres::Client;

#[derive(Table, Debug, PartialEq)]
#[table(name = "User s", namespace = "Query s")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(name = "display \"name\"")]
    name: String,
    nickname: Option<String>,
    #[column(default = 0)]
    r#type: i32,
}

#[derive(Table)]
#[table(name = "messages", namespace = "Query s")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User)]
    author_id: Id<User>,
    // Each has the name of the other's field.
    #[column(name = "content")]
    title: String,
    #[column(name = "title")]
    content: String,
}

const CREATE: &str = r#"
    CREATE SCHEMA "Query s";
    CREATE TABLE "Query s"."User s" (id bigint PRIMARY KEY, "display ""name""" text NOT NULL, nickname text,
        type integer NOT NULL DEFAULT 0);
    CREATE TABLE "Query s".messages (id bigint PRIMARY KEY, author_id bigint NOT NULL, content text NOT NULL,
        title text NOT NULL);
    INSERT INTO "Query s"."User s" VALUES (1, 'Ada', 'A', 1), (2, 'Bob', NULL, 2), (3, 'Cyd', NULL, 3);
    INSERT INTO "Query s".messages VALUES (10, 1, 'Hi', 'there'), (11, 1, 'So', 'long'), (12, 2, 'Me', 'too');"#;

async fn database() -> (TestDatabase, Client) {
    let (database, client) = tests::client().await;
    client.batch_execute(CREATE).await.unwrap();
    (database, client)
}

fn id<T>(value: i64) -> Id<T> {
    Snowflake::from_i64(value).unwrap().into()
}

#[tokio::test]
async fn the_row_has_the_types_of_the_columns() {
    let (_database, client) = database().await;
    let name = "Ada";
    let query =
        sql!("select {u.id}, {u.nickname}, {u.r#type} from {User as u} where {u.name} = ${name}");
    let row = query.fetch_one(&client).await.unwrap();
    let user: Id<User> = row.id;
    let nickname: Option<String> = row.nickname;
    assert_eq!(
        (user, nickname.as_deref(), row.r#type),
        (id(1), Some("A"), 1_i32)
    );
}

#[tokio::test]
async fn a_field_named_as_a_keyword_needs_no_prefix() {
    let (_database, client) = database().await;
    let query = sql!(
        "select {u.type}, count(*) as {where: i64} from {User as u} where {User::type} = ${2} group by {u.type}"
    );
    let row = query.fetch_one(&client).await.unwrap();
    assert_eq!((row.r#type, row.r#where), (2, 1));
}

#[test]
fn the_text_is_a_constant_with_the_names_of_the_database() {
    let (author, limit) = (id::<User>(1), 3_i64);
    let query = sql!(
        "select {m.content} as text, '{{' as {brace: String} from {Message as m}
          where {m.author_id} = ${author} or ${author} is null limit ${limit}"
    );
    let text: &'static str = query.text();
    assert_eq!(
        text,
        r#"select "m"."title" as text, '{' as "brace" from "Query s"."messages" AS "m"
          where "m"."author_id" = $1 or $1 is null limit $2"#
    );
    assert_eq!(format!("{:?}", query.params()), format!("[{author:?}, 3]"));
}

#[tokio::test]
async fn fields_are_read_from_their_own_columns() {
    let (_database, client) = database().await;
    let rows = sql!("select {m.title}, {m.content} from {Message as m} order by {m.id} limit 1");
    let row = rows.fetch_one(&client).await.unwrap();
    assert_eq!((row.title.as_str(), row.content.as_str()), ("Hi", "there"));
}

#[tokio::test]
async fn the_nullable_side_of_an_outer_join_is_optional_once() {
    let (_database, client) = database().await;
    let rows = sql!(
        "select {u.name}, {u.nickname}, {m.id} as message, {m.content} from {User as u}
           left join {Message as m} on {m.author_id} = {u.id} order by {u.id}, {m.id}"
    );
    let rows = rows.fetch_all(&client).await.unwrap();
    let messages: Vec<Option<Id<Message>>> = rows.iter().map(|row| row.message).collect();
    assert_eq!(messages, [Some(id(10)), Some(id(11)), Some(id(12)), None]);
    let nickname: &Option<String> = &rows[3].nickname;
    assert_eq!((nickname, &rows[3].content), (&None, &None));

    let name = "Cyd";
    let rows = sql!(
        "select {m.id}, {n.nickname}, {n.name} from {Message as m}
           right outer join {User as n} on {n.id} = {m.author_id} where {n.name} = ${name}"
    );
    let row = rows.fetch_one(&client).await.unwrap();
    let message: Option<Id<Message>> = row.id;
    let (nickname, name): (Option<String>, String) = (row.nickname, row.name);
    assert_eq!((message, nickname, name.as_str()), (None, None, "Cyd"));
}

#[tokio::test]
async fn an_expression_has_the_type_it_is_given() {
    let (_database, client) = database().await;
    let rows = sql!(
        "with busy as (select {m.author_id} from {Message as m})
         select distinct {u.name}, (select count(*) from busy where busy.author_id = {u.id}) as {messages: i64},
                {u.nickname} is distinct from 'A' as {other: bool}
           from {User as u} order by 2 desc"
    );
    let rows = rows.fetch_all(&client).await.unwrap();
    let counts: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.messages, row.other))
        .collect();
    assert_eq!(
        counts,
        [("Ada", 2, false), ("Bob", 1, true), ("Cyd", 0, true)]
    );
}

#[tokio::test]
async fn a_statement_without_rows_is_executed() {
    let (_database, client) = database().await;
    let (user, other) = (id::<User>(4), id::<User>(5));
    let (name, nickname) = (String::from("Dee"), None::<String>);
    let insert = sql!(
        "insert into {User} ({User::id}, {User::name}, {User::nickname}, {User::r#type})
         values (${user}, ${name}, ${nickname}, ${4}), (${other}, upper(${name}), 'E', default)"
    );
    assert_eq!(insert.execute(&client).await.unwrap(), 2);
    let update = sql!(
        "update {User} set {User::nickname} = ${name}, {User::name} = ${name} where {User::id} = ${user}"
    );
    assert_eq!(update.execute(&client).await.unwrap(), 1);

    let ids = &[user, other][..];
    let rows = sql!(
        "select {u.nickname}, {u.name} from {User as u} where {u.id} = any(${ids}) order by {u.id}"
    );
    let rows = rows.fetch_all(&client).await.unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.nickname.as_deref(), row.name.as_str()))
        .collect();
    assert_eq!(rows, [(Some("Dee"), "Dee"), (Some("E"), "DEE")]);
}

#[tokio::test]
async fn what_returning_lists_is_the_row() {
    let (_database, client) = database().await;
    let message = id::<Message>(11);
    let delete =
        sql!("delete from {Message as m} where {m.id} = ${message} returning {m.content}, {m.id}");
    let row = delete.fetch_optional(&client).await.unwrap().unwrap();
    assert_eq!((row.content.as_str(), row.id), ("long", message));
    assert!(delete.fetch_optional(&client).await.unwrap().is_none());
}

#[derive(FromRow, Debug, PartialEq)]
struct Line {
    name: String,
    messages: i64,
}

#[tokio::test]
async fn a_struct_of_the_users_own_is_read() {
    let (_database, client) = database().await;
    let query: Sql<'_, Line> = sql!(
        Line,
        "select {u.name} as name, count(*) as messages from {User as u}
           join {Message as m} on {m.author_id} = {u.id} group by {u.name} order by 1",
    );
    let lines = query.fetch_all(&client).await.unwrap();
    let line = |name: &str, messages| Line {
        name: name.to_owned(),
        messages,
    };
    assert_eq!(lines, [line("Ada", 2), line("Bob", 1)]);

    let user = sql!(
        User,
        "select * from {User} where {User::id} = ${id::<User>(2)}"
    )
    .fetch_one(&client)
    .await;
    assert_eq!(user.unwrap().name, "Bob");
}

#[derive(FromRow, Debug, PartialEq)]
struct Author {
    name: String,
    nickname: Option<String>,
}

#[tokio::test]
async fn a_struct_reads_columns_that_a_join_or_a_condition_makes_nullable_or_not() {
    let (_database, client) = database().await;
    let authors = sql!(
        Option<Author>,
        "select {u.name} as name, {u.nickname} from {Message as m}
           left join {User as u} on {u.id} = {m.author_id} and {u.nickname} is not null order by {m.id}"
    );
    let authors = authors.fetch_all(&client).await.unwrap();
    let ada = || Author {
        name: "Ada".to_owned(),
        nickname: Some("A".to_owned()),
    };
    assert_eq!(authors, [Some(ada()), Some(ada()), None]);

    // The type the statement gives goes before the column's.
    let lines = sql!(
        Line,
        "select {u.nickname} as {name: String}, 1::bigint from {User as u} where {u.nickname} is not null"
    );
    assert_eq!(lines.fetch_one(&client).await.unwrap().name, "A");
}

#[tokio::test]
async fn structs_of_a_tuple_are_read_one_after_the_other() {
    let (_database, client) = database().await;
    let query = sql!(
        (Line, Option<Author>),
        "select {u.name}, count(*), {u.name}, {u.nickname} from {User as u} group by {u.id} order by {u.id} limit 1"
    );
    let (line, author) = query.fetch_one(&client).await.unwrap();
    assert_eq!((line.messages, author.unwrap().name), (1, line.name));
}

impl Line {
    async fn of_everybody(client: &Client) -> Vec<Self> {
        let query = sql!(
            Self,
            "select {u.name} as name, 0::bigint as messages from {User as u}"
        );
        query.fetch_all(client).await.unwrap()
    }
}

#[tokio::test]
async fn a_struct_may_call_itself_self() {
    let (_database, client) = database().await;
    assert_eq!(Line::of_everybody(&client).await.len(), 3);
}

#[tokio::test]
async fn rows_are_read_one_by_one_as_they_arrive() {
    let (_database, client) = database().await;
    let (limit, offset) = (2_i64, Some(1_i64));
    let query = sql!(
        "select {m.id}, {m.content} from {Message as m} order by {m.id} limit ${limit} offset ${offset}"
    );
    let mut rows = pin!(query.fetch_stream(&client).await.unwrap());
    let mut found = Vec::new();
    while let Some(row) = rows.next().await {
        let row = row.unwrap();
        found.push((row.id, row.content));
    }
    assert_eq!(
        found,
        [(id(11), "long".to_owned()), (id(12), "too".to_owned())]
    );
}

#[tokio::test]
async fn lists_and_ranges_of_parameters_are_compared_with_their_column() {
    let (_database, client) = database().await;
    let (one, other, least, most) = (id::<User>(1), id::<User>(3), "Ada", "Bob".to_owned());
    let listed = sql!(
        "select {u.id} from {User as u} where {u.id} in (${one}, ${other}) and {u.id} not in (${other}, 7)"
    );
    assert_eq!(listed.fetch_one(&client).await.unwrap().id, one);
    let between =
        sql!("select {u.name} from {User as u} where {u.name} not between ${least} and ${most}");
    assert_eq!(between.fetch_one(&client).await.unwrap().name, "Cyd");
}

#[tokio::test]
async fn a_database_that_differs_is_an_error_before_a_row_is_read() {
    let (_database, client) = database().await;
    client
        .batch_execute(r#"ALTER TABLE "Query s"."User s" ALTER type TYPE text"#)
        .await
        .unwrap();
    let error = sql!("select {u.r#type} from {User as u}")
        .fetch_all(&client)
        .await;
    assert!(
        matches!(&error, Err(Error::Row(error)) if matches!(**error, RowError::ColumnType(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_query_can_be_spawned() {
    let (_database, client) = database().await;
    let task = tokio::spawn(async move {
        let least = 2;
        let users = sql!("select {u.id} from {User as u} where {u.r#type} >= ${least}");
        users.fetch_all(&client).await.unwrap().len()
    });
    assert_eq!(task.await.unwrap(), 2);
}
