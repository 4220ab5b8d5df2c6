use schema_core::Table;

#[derive(Table)]
#[table(policy("own_rows", restrictive, sql("true"), as = permissive))]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
