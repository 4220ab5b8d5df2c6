use schema_core::{Id, Table, View};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    name: String,
}

#[derive(View)]
struct NoQuery {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("DELETE FROM {User as u} RETURNING {u.id}"))]
struct Statement {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u};"))]
struct Semicolon {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("WITH gone AS (DELETE FROM {User as u} RETURNING {u.id}) SELECT id FROM gone"))]
struct Writing {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u} WHERE {u.name} = ${name}"))]
struct Parameter {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT count(*) AS {count: i64} FROM {User as u}"))]
struct Typed {
    count: i64,
}

#[derive(View)]
#[view(query = sql("SELECT {s.id} FROM {Self as s}"))]
struct Itself {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {v.id} FROM {User as u}"))]
struct Alias {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id}, {u.name} FROM {User as u}"))]
struct Few {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id}, upper({u.name}) AS name FROM {User as u}"))]
struct Swapped {
    name: String,
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql(""))]
struct Empty {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"))]
struct Fields;

#[derive(View)]
#[view(query = sql("SELECT {u.id}, {u.name} FROM {User as u}"))]
struct OneName {
    id: Id<User>,
    #[column(name = "id")]
    name: String,
}

fn main() {}
