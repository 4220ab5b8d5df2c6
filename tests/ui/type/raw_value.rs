use schema_core::{Table, ty::RawValue};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    words: RawValue,
    #[column(default = sql("'{{}}'"))]
    more: Option<Vec<RawValue>>,
    #[column(type = "tsvector")]
    right: RawValue,
}

fn main() {}
