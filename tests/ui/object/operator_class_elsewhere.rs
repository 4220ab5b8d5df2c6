use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "places", index(name gin_trgm_ops, using = gin))]
pub struct Place {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
    #[column(type = "ext.hstore")]
    pub tags: String,
}

schema! {
    pub static PLACES = [Place], extensions = [
        extension(name = "pg_trgm", namespace = "ext"),
        extension(name = "hstore", namespace = "ext"),
    ];
}

fn main() {}
