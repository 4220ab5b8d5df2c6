use schema_core::{Table, ty::RawValue};

#[derive(Table)]
#[table(no_primary_key, partition_by = hash(terms), partitions = 4)]
struct Search {
    #[column(type = tsquery)]
    terms: RawValue,
}

fn main() {}
