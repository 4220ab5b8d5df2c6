use schema_core::SqlComposite;

#[derive(SqlComposite, Debug)]
struct Address {
    #[sql_composite(default = "Main")]
    street: String,
}

fn main() {}
