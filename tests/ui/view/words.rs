use schema_core::{Id, Table, View};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    name: String,
}

#[derive(View)]
#[view(name = "a", quary = sql("SELECT {u.id} FROM {User as u}"))]
struct Misspelled {
    id: Id<User>,
}

#[derive(View)]
#[view(name = "b", primary_key(id), check(sql("{id} > 0")), partition_by = range(id), row_level_security, type = text)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"))]
struct OnStruct {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id}, {u.name}, 1, 2, 3, 4 FROM {User as u}"))]
struct OnField {
    #[column(primary_key)]
    id: Id<User>,
    #[column(default = "x", references = User, unique, index, nullable)]
    name: String,
    #[column(generated = sql("1"), check = sql("{one} > 0"))]
    one: i32,
    #[column(skip)]
    two: i32,
    #[column(renamed_from = "drei", collate = "C")]
    three: i32,
    #[column(materialized, storage = plain)]
    four: i32,
}

#[derive(View)]
#[view(query = "SELECT 1", depends())]
struct NotSql {
    id: i32,
}

#[derive(View)]
#[view(query = sql("SELECT 1"), depends(3), check_option = lokal)]
struct Depends {
    id: i32,
}

fn main() {}
