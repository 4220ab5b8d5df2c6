use schema_core::Table;

#[derive(Table)]
#[table(allow(unindexed_foreign_keys, reason = "rows are never deleted"))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(allow(char_typ, banana, reason = "the other side pads too"))]
    title: String,
}

fn main() {}
