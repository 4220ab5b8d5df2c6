use schema_core::Table;

#[derive(Table)]
#[table(check(sql("{cache} > 0")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(skip)]
    cache: i64,
}

fn main() {}
