//! Extensions.

use schema_core::{Id, Table, schema};

use super::created;

#[derive(Table)]
#[table(
    name = "places",
    index(name gin_trgm_ops, using = gin),
    exclude(using = gist, floor with "="),
    index(floor, using = gin),
)]
struct Place {
    #[column(primary_key)]
    id: Id<Place>,
    name: String,
    floor: i32,
    #[column(type = "ext.hstore")]
    tags: Option<String>,
    #[column(type = "cube")]
    body: Option<String>,
}

schema! {
    static PLACES = [Place], extensions = [
        "pg_trgm",
        "btree_gist",
        "btree_gin",
        extension(name = "hstore", namespace = "ext", version = "1.7", comment = "Tags, that is."),
        extension(name = "earthdistance", cascade),
        "cube",
    ];
}

#[tokio::test]
async fn extensions_are_made_as_asked_and_before_what_needs_them() {
    let (_database, client) = created(&PLACES).await;
    let sql = "SELECT count(*) FROM pg_extension WHERE extname = 'cube'";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 1);
}

#[tokio::test]
async fn a_type_of_the_schema_itself_needs_no_extension() {
    #[derive(Table)]
    #[table(name = "lines")]
    struct Line {
        #[column(primary_key)]
        id: Id<Line>,
        #[column(type = "seg")]
        span: Option<String>,
    }
    schema! {
        static LINES = [Line], objects = [sql("CREATE TYPE seg AS RANGE (SUBTYPE = float8)")];
    }
    let (_database, client) = tests::client().await;
    let schema = schema_core::schema::Schema::from_def(&LINES).unwrap();
    let script = schema_core::ddl::script(&schema);
    client
        .batch_execute(&script)
        .await
        .unwrap_or_else(|error| panic!("{error:?}\n{script}"));
}
