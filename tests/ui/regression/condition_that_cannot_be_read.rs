use schema_core::{Table, schema};

#[derive(Table)]
// The word that cannot be read was to be the condition.
#[table(check(no_inherit, now("{id} > 0")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(check(lower("{kind} <> ''")))]
    kind: String,
    #[column(identity(allways(start = 1)))]
    number: i64,
}

schema! {
    pub static CHAT = [Message], objects = [object(raw("select 1"))];
}

fn main() {}
