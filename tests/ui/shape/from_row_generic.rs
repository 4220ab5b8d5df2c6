use schema_core::FromRow;

#[derive(FromRow)]
struct Message<T> {
    body: T,
}

fn main() {}
