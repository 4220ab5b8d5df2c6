use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(id), exclude(using = gist, sql("int8range({id}, {author})") with "&&"))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
