use schema_core::Table;

#[derive(Table)]
#[table(index(edits desc, using = hash, with(fillfactor = 5)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    edits: i32,
}

fn main() {}
