use schema_core::schema;

struct User;

schema! {
    static CHAT = [User];
}

fn main() {}
