use schema_core::SqlComposite;

#[derive(SqlComposite, Debug)]
struct Address {
    street: String,
    #[sql_composite(name = "street")]
    road: String,
}

fn main() {}
