use schema_core::{SqlDomain, Table};

#[derive(SqlDomain, Debug)]
#[sql_domain(not_null)]
struct Region(String);

#[derive(SqlDomain, Debug)]
struct Coast(Region);

#[derive(SqlDomain, Debug)]
struct Number(i32);

#[derive(Table)]
#[table(no_primary_key, partition_by = list(region), partition(name = "north", in("north", null)))]
struct Sale {
    region: Region,
}

#[derive(Table)]
#[table(no_primary_key, partition_by = list(coast), partition(name = "nowhere", in = null))]
struct Port {
    coast: Option<Coast>,
}

// A literal is one of the type below the domain.
#[derive(Table)]
#[table(no_primary_key, partition_by = list(number), partition(name = "none", in("no number", null)))]
struct Ship {
    number: Number,
}

fn main() {}
