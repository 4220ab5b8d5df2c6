use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(default = 32768)]
    small: i16,
    #[column(default = -2147483649)]
    medium: i32,
    #[column(default = 9223372036854775808)]
    large: i64,
    #[column(default = 1e39)]
    real: f32,
    #[column(default = -1e309)]
    double: f64,
    #[column(default = -32768)]
    least: i16,
}

fn main() {}
