use schema_core::SqlFlags;

#[derive(SqlFlags)]
enum Permissions {
    Send,
}

fn main() {}
