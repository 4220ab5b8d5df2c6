use schema_core::SqlComposite;

#[derive(Debug)]
struct Settings;

#[derive(SqlComposite, Debug)]
struct Account {
    name: String,
    settings: Settings,
    former: Vec<Settings>,
}

fn main() {}
