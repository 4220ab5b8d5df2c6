use schema_core::SqlComposite;

#[derive(Debug)]
struct Street;

#[derive(SqlComposite, Debug)]
struct Address {
    street: Street,
}

fn main() {}
