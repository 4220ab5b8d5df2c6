use schema_core::SqlComposite;

#[derive(SqlComposite, Debug)]
struct Address {
    #[sql_composite(type = bigint)]
    street: String,
}

fn main() {}
