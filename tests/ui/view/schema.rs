use schema_core::{Id, Table, View, schema};

#[derive(Table)]
#[table(name = "users", index(id, name = "newest"))]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(View)]
#[view(name = "users", query = sql("SELECT {u.id} FROM {User as u}"))]
struct SameName {
    id: Id<User>,
}

#[derive(View)]
#[view(name = "everybody", query = sql("SELECT {u.id} FROM {User as u}"), materialized, index(id, name = "newest"))]
struct Everybody {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT 1"), depends(Everybody))]
struct Depends {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT {h.id} FROM {Hen as h}"))]
struct Egg {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT {e.id} FROM {Chick as e}"))]
struct Hen {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT {e.id} FROM {Egg as e}"))]
struct Chick {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT {o.id} FROM {Ouroboros as o}"))]
struct Ouroboros {
    id: i32,
}

schema! {
    static MISSING = [SameName, Depends];
}

schema! {
    static NAMES = [User, SameName, Everybody];
}

schema! {
    static CIRCLES = [Hen, Ouroboros, Chick, Egg];
}

schema! {
    static TWICE = [User, Everybody, self::Everybody];
}

#[derive(Table)]
#[table(name = "pages")]
struct Page {
    #[column(primary_key)]
    id: Id<Page>,
    #[column(references = Everybody(id))]
    owner: Id<User>,
}

fn main() {}
