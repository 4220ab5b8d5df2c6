use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(deferrable(initially_deferred))]
    author: i64,
    #[column(on_delte = cascade)]
    editor: i64,
    #[column(allow(char_type, reason reason = "it is so"))]
    kind: i64,
}

fn main() {}
