use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "events")]
struct Event {
    #[column(primary_key)]
    id: Id<Event>,
    #[column(default = "soon")]
    starts_at: jiff::Timestamp,
    #[column(default = "2023-02-29")]
    day: jiff::civil::Date,
    #[column(default = "a, b")]
    tags: Vec<String>,
    #[column(default = "nowhere")]
    address: std::net::IpAddr,
}

fn main() {}
