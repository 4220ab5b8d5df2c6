use schema_core::{SqlDomain, SqlEnum, Table};

#[derive(SqlEnum, Debug)]
enum Language {
    English,
}

#[derive(SqlDomain, Debug)]
struct Spoken(Language);

#[derive(SqlDomain, Debug)]
struct Written(Spoken);

#[derive(Table)]
struct Country {
    #[column(primary_key)]
    language: Written,
    #[column(unique)]
    others: Vec<Spoken>,
    #[column(unique)]
    first: Language,
}

#[derive(Table)]
#[table(foreign_key(columns(written), references = Country))]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(references = Country(language))]
    language: Written,
    written: Written,
    #[column(references = Country(others))]
    others: Vec<Spoken>,
    #[column(references = Country(first))]
    first: Language,
}

fn main() {}
