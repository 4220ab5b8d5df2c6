use schema_core::Table;

#[derive(Table)]
struct AbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcd {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
