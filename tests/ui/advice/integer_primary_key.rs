#![deny(warnings)]

use schema_core::Table;

type Number = i32;

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key, identity = always)]
    id: Number,
}

#[derive(Table)]
#[table(name = "profiles")]
struct Profile {
    #[column(primary_key, references = User)]
    user_id: i32,
}

#[derive(Table)]
#[table(name = "codes", allow(integer_primary_key, reason = "there are 700 of them"))]
struct Code {
    #[column(primary_key)]
    code: i32,
}

fn main() {
    let fields = |user: User, profile: Profile, code: Code| (user.id, profile.user_id, code.code);
    let _ = fields;
}
