use schema_core::{SqlComposite, SqlDomain, SqlEnum, Table, View, schema};

#[derive(SqlEnum, Debug)]
enum Mood {
    Happy,
}

mod other {
    #[derive(schema_core::SqlDomain, Debug)]
    pub struct Mood(String);
}

#[derive(SqlDomain, Debug)]
#[sql_domain(name = "notes_2026")]
struct Title(String);

#[derive(SqlComposite, Debug)]
#[sql_composite(name = "notes_key")]
struct Key {
    shown: Shown,
}

#[derive(SqlEnum, Debug)]
#[sql_enum(name = "happy_notes")]
enum Shown {
    Always,
}

#[derive(Table)]
#[table(
    name = "notes",
    primary_key(id, name = "notes_key"),
    partition_by = range(id),
    partition(name = "notes_2026", default)
)]
struct Note {
    id: i64,
    moods: Vec<Mood>,
}

#[derive(Table)]
struct Titled {
    #[column(primary_key)]
    id: i64,
    title: Title,
}

#[derive(Table)]
struct Keyed {
    #[column(primary_key)]
    id: i64,
    key: Option<Key>,
}

#[derive(Table)]
struct Moody {
    #[column(primary_key)]
    id: i64,
    mood: other::Mood,
    again: other::Mood,
}

#[derive(Table)]
struct MoodyToo {
    #[column(primary_key)]
    id: i64,
    mood: other::Mood,
}

#[derive(View)]
#[view(query = sql("SELECT {n.id} FROM {Note as n}"))]
struct HappyNotes {
    id: i64,
}

#[derive(Table)]
struct ShownNote {
    #[column(primary_key)]
    id: i64,
    shown: Shown,
}

schema! {
    static SCHEMA = [Note, Titled, Keyed, Moody, MoodyToo, HappyNotes, ShownNote];
}

fn main() {}
