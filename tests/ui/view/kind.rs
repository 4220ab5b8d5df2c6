use schema_core::{Id, Table, View};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(View)]
#[view(
    query = sql("SELECT {u.id} FROM {User as u}"),
    unique_index(id),
    index(id),
    with_no_data,
    using = heap,
    tablespace = "fast",
    with(fillfactor = 70),
)]
struct Plain {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"), with(security_barier, check_option = local, security_invoker = maybe))]
struct Options {
    id: Id<User>,
}

#[derive(View)]
#[view(
    query = sql("SELECT {u.id} FROM {User as u}"),
    materialized,
    check_option = local,
    with(security_barrier, fillfactor = 5, filfactor = 70),
    index(id, using = hash, name = "stored"),
    index(id, name = "stored"),
)]
struct Stored {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id}, count(*) FROM {User as u} GROUP BY {u.id}"), check_option = cascaded)]
struct Grouped {
    id: Id<User>,
    count: i64,
}

fn main() {}
