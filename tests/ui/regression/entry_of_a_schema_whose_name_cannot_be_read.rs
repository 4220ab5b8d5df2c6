use schema_core::{Table, schema};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

schema! {
    static CHAT = [Message],
        sequences = [sequence(name "numbers", start = 7)],
        collations = [collation(nmae = "german", locale = "C")];
}

fn main() {}
