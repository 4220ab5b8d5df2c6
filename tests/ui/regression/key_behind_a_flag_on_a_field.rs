use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    // Keys have no place here: where among the words it stands does not matter.
    #[column(unique(nulls_not_distinct, deferrable name initially_deferred))]
    kind: Option<i64>,
}

fn main() {}
