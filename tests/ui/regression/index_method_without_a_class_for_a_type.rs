use schema_core::{SqlDomain, SqlEnum, Table, View};

#[derive(SqlEnum, Debug)]
enum Mood {
    Happy,
}

#[derive(SqlDomain, Debug)]
struct Tags(Vec<String>);

#[derive(Table)]
#[table(
    index(tags, id, using = brin),
    index(mood, using = spgist),
    index(data, using = gist),
    exclude(tags with "&&", using = gist),
    index(data jsonb_path_ops, using = gin)
)]
struct Message {
    #[column(primary_key)]
    id: i64,
    tags: Tags,
    #[column(index(using = brin))]
    mood: Mood,
    data: serde_json::Value,
    #[column(index(using = gin))]
    during: schema_core::range::Range<i64>,
}

#[derive(View)]
#[view(query = sql("SELECT {m.tags} FROM {Message as m}"), materialized, index(tags, using = spgist))]
struct Tagged {
    tags: Tags,
}

fn main() {}
