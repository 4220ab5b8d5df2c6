use schema_core::{SqlComposite, SqlDomain, SqlEnum, Table, TextEnum, View};

#[derive(SqlEnum, Debug)]
#[sql_enum(nmae = "mood")]
enum Mood {
    Happy,
}

#[derive(TextEnum, Debug)]
enum Status {
    #[text(name = 1)]
    Online,
}

#[derive(SqlDomain, Debug)]
#[sql_domain(chek = sql("VALUE <> ''"))]
struct Title(String);

#[derive(SqlComposite, Debug)]
struct Address {
    #[sql_composite(type = varchr(10))]
    zip: String,
}

#[derive(Table)]
#[table(index(home, using = brin), unique(title))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = "happy")]
    mood: Mood,
    moods: Option<Vec<Mood>>,
    #[column(type = varchar(10))]
    status: Status,
    title: Title,
    home: Address,
}

#[derive(View)]
#[view(query = sql("SELECT {m.mood}, {m.home} FROM {Message as m}"))]
struct Shown {
    mood: Mood,
    home: Address,
}

fn text(status: &Status) -> String {
    let parsed: Status = status.as_str().parse().unwrap();
    format!("{status} {}", parsed.as_ref())
}

fn main() {}
