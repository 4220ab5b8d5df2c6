use schema_core::{View, schema};

#[derive(View)]
#[view(materialized, with_no_data, query = sql("SELECT 1 AS id"))]
struct Egg {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT {e.id} FROM {Egg as e}"))]
struct Chick {
    id: i32,
}

#[derive(View)]
#[view(materialized, query = sql("SELECT {c.id} FROM {Chick as c}"))]
struct Hen {
    id: i32,
}

#[derive(View)]
#[view(materialized, query = sql("SELECT {e.id} FROM {Egg as e}"))]
struct Omelet {
    id: i32,
}

// What it reads has rows or is told itself; nothing follows from one mistake.
#[derive(View)]
#[view(materialized, query = sql("SELECT {h.id} FROM {Hen as h}"))]
struct Feather {
    id: i32,
}

#[derive(View)]
#[view(materialized, with_no_data, query = sql("SELECT {c.id} FROM {Chick as c}"))]
struct Cake {
    id: i32,
}

schema! {
    static FARM = [Feather, Hen, Omelet, Cake, Chick, Egg];
}

fn main() {}
