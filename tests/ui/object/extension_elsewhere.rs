use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "places", index(name gin_trgm_ops, using = gin))]
pub struct Place {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
    #[column(type = "hstore")]
    pub tags: String,
}

schema! {
    pub static PLACES = [Place], extensions = [
        "pg_trgm",
        extension(name = "hstore", namespace = "ext"),
    ];
}

fn main() {}
