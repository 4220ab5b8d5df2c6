use schema_core::FromRow;

#[derive(FromRow)]
struct Message<'a, 'b> {
    title: &'a str,
    body: &'b str,
}

fn main() {}
