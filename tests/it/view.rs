//! Views and materialized views: made as declared, in whatever order, and read like tables.

use schema_core::{
    Error, Id, Snowflake, Table, View, ddl,
    def::{SchemaDef, TableDef, ViewDef},
    error::SchemaError,
    relation::Relation,
    schema,
    schema::Schema,
    sql,
    statement::{insert_all, query_as, refresh, refresh_concurrently, select_text},
};
use tests::client;
use tokio_postgres::Client;

use crate::ddl::assert_created;

#[derive(Table, Debug, Clone)]
#[table(name = "User s", namespace = "View s")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(name = "the \"name\"", type = varchar(32))]
    name: String,
    nick: Option<String>,
    is_active: bool,
}

#[derive(Table, Debug, Clone)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User)]
    author_id: Id<User>,
    content: String,
    #[column(default = 0)]
    stars: i32,
}

/// Listed before what it reads: a view on a materialized view on a view.
#[derive(View, Debug, PartialEq)]
#[view(
    name = "a busy one",
    namespace = "View s",
    query = sql("SELECT {a.id}, {a.r#type}, {a.messages} FROM {crate::view::Author as a} WHERE {a.messages} > 1 -- one {{is}} few"),
)]
struct Busy {
    id: Id<User>,
    #[column(name = "select")]
    r#type: String,
    messages: i64,
}

/// Who wrote 'how' \ much.
#[derive(View, Debug, PartialEq)]
#[view(
    name = "Author \"s\"",
    materialized,
    query = sql("
        SELECT {u.id}, {u.name} AS type, count({m.id}) AS messages, min({m.id}) AS first, array_agg({m.content} ORDER BY {m.id}),
               jsonb_build_object('stars', sum({m.stars}))
          FROM {Active as u} LEFT JOIN {Message as m} ON {m.author_id} = {u.id}
         GROUP BY {u.id}, {u.name}
    "),
    unique_index(id),
    index(type desc, include(messages)),
    index(sql("lower(({type})::text)"), where = sql("messages > 0"), with(fillfactor = 70), name = "author's"),
    with(fillfactor = 70, autovacuum_enabled = false),
)]
struct Author {
    id: Id<User>,
    /// A name.
    #[column(name = "it's {type}")]
    r#type: String,
    messages: i64,
    #[column(comment = "The -- first.")]
    first: Option<Id<Message>>,
    contents: Vec<Option<String>>,
    #[column(json)]
    totals: Totals,
}

#[derive(serde::Deserialize, Debug, PartialEq)]
struct Totals {
    stars: Option<i32>,
}

#[derive(View, Debug, PartialEq)]
#[view(
    query = sql("SELECT {User::id}, {User::name}, ({User::nick}) FROM {User} WHERE {User::is_active}"),
    with(security_barrier, security_invoker = false),
    check_option = cascaded,
)]
struct Active {
    id: Id<User>,
    name: String,
    nick: Option<String>,
}

/// What is not in braces is named.
#[derive(View, Debug, PartialEq)]
#[view(
    query = sql("TABLE active UNION ALL SELECT 0, 'nobody', NULL"),
    depends(Active),
    materialized,
    with_no_data,
    using = heap,
    tablespace = "pg_default",
)]
struct Everybody {
    id: Id<User>,
    name: Option<String>,
    nick: Option<String>,
}

schema! {
    static VIEWS = [Busy, Everybody, Message, Author, Active, User];
}

fn id<T>(value: i64) -> Id<T> {
    Snowflake::from_i64(value).unwrap().into()
}

/// A database with the schema, two active users, one of them with two messages, and one who is not active.
async fn filled() -> (tests::TestDatabase, Client) {
    let (database, client) = client().await;
    let script = ddl::script(&Schema::from_def(&VIEWS).unwrap());
    client.batch_execute(&script).await.unwrap();
    let user = |at, name: &str, is_active| User {
        id: id(at),
        name: name.to_owned(),
        nick: None,
        is_active,
    };
    let users = [
        user(1, "Ada", true),
        user(2, "Bob", true),
        user(3, "Cyd", false),
    ];
    insert_all(&client, &users).await.unwrap();
    let message = |at, content: &str, stars| Message {
        id: id(at),
        author_id: id(1),
        content: content.to_owned(),
        stars,
    };
    insert_all(&client, &[message(10, "Hi", 2), message(11, "there", 3)])
        .await
        .unwrap();
    (database, client)
}

async fn all<T: View>(client: &Client) -> Result<Vec<T>, Error> {
    query_as(client, &format!("{} ORDER BY 1", select_text::<T>()), &[]).await
}

fn ada() -> Author {
    Author {
        id: id(1),
        r#type: "Ada".to_owned(),
        messages: 2,
        first: Some(id(10)),
        contents: vec![Some("Hi".to_owned()), Some("there".to_owned())],
        totals: Totals { stars: Some(5) },
    }
}

#[tokio::test]
async fn the_catalogs_hold_what_the_definitions_say() {
    let (_database, client) = client().await;
    let mut schema = Schema::from_def(&VIEWS).unwrap();
    // The server keeps no word that names its defaults.
    let everybody = schema.views.iter_mut().find(|view| view.with_no_data);
    let everybody = everybody.unwrap();
    assert_eq!(everybody.method.as_deref(), Some("heap"));
    let statement = ddl::create_view(everybody);
    assert!(
        statement.contains(" USING heap TABLESPACE pg_default AS"),
        "{statement}"
    );
    (everybody.method, everybody.tablespace) = (None, None);
    assert_created(&client, schema, "views").await;
}

#[tokio::test]
async fn views_are_read_like_tables() {
    let (_database, client) = filled().await;
    let active: Vec<Active> = all(&client).await.unwrap();
    let names: Vec<&str> = active.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Bob"]);
    assert_eq!(all::<Author>(&client).await.unwrap(), []);
    refresh::<Author>(&client).await.unwrap();
    let bob = Author {
        id: id(2),
        r#type: "Bob".to_owned(),
        messages: 0,
        first: None,
        contents: vec![None],
        totals: Totals { stars: None },
    };
    assert_eq!(all::<Author>(&client).await.unwrap(), [ada(), bob]);
    let busy: Vec<Busy> = all(&client).await.unwrap();
    assert_eq!((busy.len(), busy[0].id, busy[0].messages), (1, id(1), 2));
}

#[tokio::test]
async fn a_view_is_a_source_of_statements() {
    let (_database, client) = filled().await;
    refresh::<Author>(&client).await.unwrap();
    let least = 1_i64;
    let rows = sql!(
        "SELECT {a.r#type}, {a.first}, {m.content} FROM {Author as a} JOIN {Message as m} ON {m.id} = {a.first}
          WHERE {a.messages} > ${least}"
    );
    let row = rows.fetch_one(&client).await.unwrap();
    let first: Option<Id<Message>> = row.first;
    assert_eq!(
        (row.r#type.as_str(), first, row.content.as_str()),
        ("Ada", Some(id(10)), "Hi")
    );
    let name = "Zoe";
    let written = sql!("UPDATE {Active} SET {Active::name} = ${name} WHERE {Active::id} = 2");
    assert_eq!(written.execute(&client).await.unwrap(), 1);
}

#[tokio::test]
async fn a_materialized_view_is_refreshed_while_it_is_read() {
    let (_database, client) = filled().await;
    refresh_concurrently::<Author>(&client).await.unwrap();
    assert_eq!(all::<Author>(&client).await.unwrap()[0], ada());
}

#[tokio::test]
async fn a_view_without_data_is_read_after_its_first_refresh() {
    let (_database, client) = filled().await;
    let error = all::<Everybody>(&client).await.unwrap_err();
    assert_eq!(error.code().unwrap().code(), "55000");
    refresh::<Everybody>(&client).await.unwrap();
    assert_eq!(all::<Everybody>(&client).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_a_view_alone_needs_is_one_script() {
    let (_database, client) = filled().await;
    client
        .batch_execute("DROP MATERIALIZED VIEW \"Author \"\"s\"\"\" CASCADE")
        .await
        .unwrap();
    for script in [Author::ddl().unwrap(), Busy::ddl().unwrap()] {
        client.batch_execute(&script).await.unwrap();
    }
    assert_eq!(all::<Busy>(&client).await.unwrap().len(), 1);
}

#[test]
fn a_name_left_out_is_the_struct_s() {
    assert_eq!(Active::NAME.name, "active");
    let index = &Schema::from_def(&VIEWS).unwrap();
    let author = index.view("public", "Author \"s\"").unwrap();
    let names: Vec<&str> = author
        .indexes
        .iter()
        .map(|index| index.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Author \"s\"_id_idx",
            "Author \"s\"_it's {type}_messages_idx",
            "author's"
        ]
    );
}

fn schema_of(views: &'static [&'static ViewDef]) -> Result<Schema, SchemaError> {
    Schema::from_def(&SchemaDef { views, ..VIEWS })
}

#[test]
fn a_schema_with_views_that_cannot_be_made_is_an_error() {
    static TWICE: &[&ViewDef] = &[Active::VIEW, Active::VIEW];
    let error = schema_of(TWICE).unwrap_err();
    assert!(
        matches!(error, SchemaError::DuplicateTable { .. }),
        "{error}"
    );

    static ALONE: &[&ViewDef] = &[Busy::VIEW];
    let error = schema_of(ALONE).unwrap_err();
    let found = error.to_string();
    assert!(
        found.contains("view `View s.a busy one` (struct `Busy`"),
        "{found}"
    );
    assert!(
        found.contains("reads `Author \"s\"`, which this schema does not have"),
        "{found}"
    );

    static OWN: &[&TableDef] = &[<Active as Relation>::RELATION];
    static ITSELF: ViewDef = ViewDef {
        uses: OWN,
        ..*Active::VIEW
    };
    static CIRCLE: &[&ViewDef] = &[&ITSELF];
    let error = schema_of(CIRCLE).unwrap_err();
    assert!(matches!(error, SchemaError::ViewCycle { .. }), "{error}");
}
