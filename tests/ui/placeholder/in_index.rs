use schema_core::Table;

#[derive(Table)]
#[table(index(sql("lower({titel})"), where = sql("{autor} > 0")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
