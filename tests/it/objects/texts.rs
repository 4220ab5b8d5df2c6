//! Functions, triggers and other objects known as SQL text.

use schema_core::{Id, SqlDomain, Table, View, ddl, error::SchemaError, schema, schema::Schema};
use tests::client;
use tokio_postgres::Client;

/// A slug, by a function of the schema.
#[derive(SqlDomain, Debug, Clone)]
#[sql_domain(check = sql("is_slug(VALUE)"))]
struct Slug(String);

#[derive(Table)]
#[table(
    name = "Message",
    check(sql("is_short({content})")),
    index(sql("shop.first_word({content})"))
)]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(name = "the content")]
    content: String,
    #[column(default = sql("'x'"))]
    slug: Slug,
    #[column(default = 0)]
    version: i32,
    #[column(default = sql("0"), references = Author)]
    author: Id<Author>,
}

#[derive(Table)]
#[table(name = "authors", row_level_security, policy(name = "own", using = sql("is_me({name})")))]
struct Author {
    #[column(primary_key)]
    id: Id<Author>,
    name: String,
    #[column(references = Message)]
    newest: Option<Id<Message>>,
    #[column(type = "float_span")]
    hours: Option<String>,
}

schema! {
    static TEXTS = [Message, Author], objects = [
        object(
            sql("CREATE EVENT TRIGGER told ON ddl_command_end EXECUTE FUNCTION tell()"),
            comment = "Listens.",
        ),
        sql("CREATE FUNCTION tell() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"),
        object(
            sql("CREATE TRIGGER touched BEFORE UPDATE OF {Message.content} ON {Message}
                FOR EACH ROW EXECUTE FUNCTION touch()"),
            comment = "Counts the versions.",
        ),
        object(
            sql("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.{Message.version} := OLD.{Message::version} + 1; RETURN NEW; END $$"),
            comment = "It's a trigger's.",
        ),
        sql("CREATE FUNCTION is_slug(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT is_short($1) $$"),
        object(
            sql("CREATE FUNCTION is_short(text, at_most int DEFAULT 10) RETURNS boolean
                IMMUTABLE LANGUAGE sql AS $$ SELECT length($1) < $2 $$"),
            comment = "Short enough.",
        ),
        sql("CREATE FUNCTION shop.first_word(text) RETURNS text IMMUTABLE RETURN split_part($1, ' ', 1)"),
        object(sql("CREATE FUNCTION is_me(text) RETURNS boolean RETURN $1 = current_user")),
        object(
            sql("CREATE VIEW newest AS SELECT {Message.content} FROM {Message} ORDER BY {Message.id} LIMIT 1"),
            depends("touch"),
            comment = "A view.",
        ),
        object(
            sql("CREATE FUNCTION title({Message}) RETURNS text LANGUAGE sql AS 'SELECT initcap({Message.content}) FROM newest'"),
            depends(newest),
            comment = "Of a row.",
        ),
        object(
            sql("CREATE PROCEDURE forget(IN older_than bigint = 5) LANGUAGE sql AS 'DELETE FROM {Message} WHERE {Message.id} < $1'"),
            comment = "A procedure.",
        ),
        object(sql("CREATE AGGREGATE longest(text) (SFUNC = longer, STYPE = text)"), comment = "An aggregate."),
        sql("CREATE FUNCTION longer(text, text) RETURNS text RETURN CASE WHEN length($1) > length($2) THEN $1 ELSE $2 END"),
        object(sql("CREATE RULE quiet AS ON DELETE TO {Author} DO INSTEAD NOTHING"), comment = "A rule."),
        object(
            sql("CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = same_length)"),
            comment = "An operator.",
        ),
        sql("CREATE FUNCTION same_length(text, text) RETURNS boolean RETURN length($1) = length($2)"),
        object(sql("CREATE CAST (int AS float_span) WITH FUNCTION span_of(int)"), comment = "A cast."),
        sql("CREATE FUNCTION span_of(int) RETURNS float_span RETURN float_span($1, $1 + 1)"),
        object(sql("CREATE TYPE float_span AS RANGE (SUBTYPE = float8)"), comment = "A range type."),
        object(
            sql("CREATE STATISTICS IF NOT EXISTS public.lengths ON {Message.content}, {Message.version} FROM {Message}"),
            comment = "Statistics.",
        ),
        object(
            sql("GRANT SELECT ON {Author} TO PUBLIC"),
            kind = "grant",
            name = "readers",
        ),
    ];
}

/// The comments of everything that is no table, column or type of PostgreSQL's own.
async fn comments(client: &Client) -> Vec<String> {
    let sql = "SELECT (identity || ': ' || description) COLLATE \"C\" FROM pg_description d,
            pg_identify_object(d.classoid, d.objoid, d.objsubid) i
        WHERE objoid >= 16384 OR classoid = 'pg_event_trigger'::regclass ORDER BY 1";
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn objects_are_made_in_an_order_that_works_whatever_order_they_are_listed_in() {
    let (_database, client) = client().await;
    let schema = Schema::from_def(&TEXTS).unwrap();
    for statement in ddl::create(&schema) {
        let sent = client.batch_execute(&statement).await;
        sent.unwrap_or_else(|error| panic!("{error:?}\n{statement}"));
    }
    assert_eq!(
        comments(&client).await,
        [
            "(integer AS public.float_span): A cast.",
            "public.===(pg_catalog.text,pg_catalog.text): An operator.",
            "public.float_span: A range type.",
            "public.forget(bigint): A procedure.",
            "public.is_short(pg_catalog.text,integer): Short enough.",
            "public.lengths: Statistics.",
            "public.longest(pg_catalog.text): An aggregate.",
            "public.newest: A view.",
            "public.slug: A slug, by a function of the schema.",
            "public.title(public.\"Message\"): Of a row.",
            "public.touch(): It's a trigger's.",
            "quiet on public.authors: A rule.",
            "told: Listens.",
            "touched on public.\"Message\": Counts the versions.",
        ]
    );
    let sql = "INSERT INTO authors (id, name) VALUES (0, 'a');
        INSERT INTO \"Message\" (id, \"the content\", slug) VALUES (1, 'hi you', 's');
        UPDATE \"Message\" SET \"the content\" = 'a b';";
    client.batch_execute(sql).await.unwrap();
    let sql = "SELECT version, title(m) FROM \"Message\" m";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!((row.get::<_, i32>(0), row.get::<_, &str>(1)), (1, "A B"));
}

#[test]
fn an_object_knows_what_it_is() {
    let schema = Schema::from_def(&TEXTS).unwrap();
    let identities: Vec<String> = schema
        .objects
        .iter()
        .map(|object| object.identity())
        .collect();
    let expected = [
        "EVENT TRIGGER told",
        "FUNCTION tell()",
        "TRIGGER touched ON \"Message\"",
        "FUNCTION touch()",
        "FUNCTION is_slug(text)",
        "FUNCTION is_short(text, at_most int)",
        "FUNCTION shop.first_word(text)",
        "FUNCTION is_me(text)",
        "VIEW newest",
        "FUNCTION title(\"Message\")",
        "PROCEDURE forget(IN older_than bigint)",
        "AGGREGATE longest(text)",
        "FUNCTION longer(text, text)",
        "RULE quiet ON authors",
        "OPERATOR === (text, text)",
        "FUNCTION same_length(text, text)",
        "CAST (int AS float_span)",
        "FUNCTION span_of(int)",
        "TYPE float_span",
        "STATISTICS lengths",
        "GRANT readers",
    ];
    assert_eq!(identities, expected);
    assert!(
        schema.objects[1].sql.ends_with("END $$"),
        "{}",
        schema.objects[1].sql
    );
}

#[tokio::test]
async fn objects_without_tables_are_a_schema_too() {
    schema! {
        static ALONE = [], objects = [
            sql("CREATE FUNCTION tools.a() RETURNS int RETURN tools.b()"),
            sql("CREATE FUNCTION tools.b() RETURNS int RETURN 1"),
        ];
    }
    let (_database, client) = client().await;
    let script = ddl::script(&Schema::from_def(&ALONE).unwrap());
    client
        .batch_execute(&script)
        .await
        .unwrap_or_else(|error| panic!("{error:?}\n{script}"));
}

#[test]
fn a_circle_that_only_the_words_show_is_told_by_its_members() {
    schema! {
        static CIRCLE = [Author, Message], objects = [
            sql("CREATE FUNCTION is_short(text) RETURNS boolean RETURN count({Message}) = 1 FROM {Message}"),
        ];
    }
    let error = Schema::from_def(&CIRCLE).unwrap_err();
    let SchemaError::DependencyCycle { cycle } = error else {
        panic!("{error}");
    };
    assert_eq!(cycle, ["table `Message`", "function `is_short`"]);
}

#[tokio::test]
async fn before_puts_an_object_where_no_word_shows_that_it_is_needed() {
    #[derive(Table)]
    #[table(name = "pairs", check(sql("{left} =#= {right}")))]
    struct Pair {
        #[column(primary_key)]
        left: i64,
        right: i64,
    }
    schema! {
        static PAIRS = [Pair], objects = [
            object(
                sql("CREATE OPERATOR =#= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = int8eq)"),
                before(Pair),
            ),
        ];
    }
    let (_database, client) = client().await;
    let script = ddl::script(&Schema::from_def(&PAIRS).unwrap());
    client
        .batch_execute(&script)
        .await
        .unwrap_or_else(|error| panic!("{error:?}\n{script}"));
}

#[derive(Table)]
#[table(name = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    content: String,
}

#[expect(dead_code, reason = "its definition is what is looked at")]
#[derive(View)]
#[view(query = sql("SELECT {n.id}, shorten({n.content}) AS short FROM {Note as n}"))]
struct Shortened {
    id: i64,
    short: Option<String>,
}

#[expect(dead_code, reason = "its definition is what is looked at")]
#[derive(View)]
#[view(query = sql("SELECT {n.id} FROM {Note as n}"))]
struct Limit {
    id: i64,
}

#[tokio::test]
async fn a_view_comes_after_the_function_it_calls_and_before_what_is_made_on_it() {
    schema! {
        static VIEWS = [Shortened, Limit, Note], objects = [
            sql("CREATE RULE quiet AS ON DELETE TO {Shortened} DO INSTEAD NOTHING"),
            sql("CREATE TRIGGER told INSTEAD OF INSERT ON {Shortened} FOR EACH ROW EXECUTE FUNCTION told()"),
            sql("CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"),
            sql("CREATE FUNCTION shorten(text) RETURNS text LANGUAGE sql AS 'SELECT left($1, {Limit.id}::int) FROM {Limit}'"),
        ];
    }
    let (_database, client) = client().await;
    let script = ddl::script(&Schema::from_def(&VIEWS).unwrap());
    client
        .batch_execute(&script)
        .await
        .unwrap_or_else(|error| panic!("{error:?}\n{script}"));
}
