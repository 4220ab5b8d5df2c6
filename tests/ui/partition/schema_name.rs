use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "sales", partition_by = hash(id), partitions = 2)]
struct Sale {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(name = "sales_p1")]
struct Other {
    #[column(primary_key)]
    id: i64,
}

schema! {
    static ALL = [Sale, Other];
}

fn main() {}
