use schema_core::View;

#[derive(View)]
#[view(= sql("SELECT 1 AS id"))]
struct One {
    id: i32,
}

fn main() {}
