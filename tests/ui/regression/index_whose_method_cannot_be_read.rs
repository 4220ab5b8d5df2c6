use schema_core::Table;
use serde_json::Value;

#[derive(Table)]
#[table(name = "bookings", exclude(terms with "&&", = using gist))]
struct Booking {
    #[column(primary_key)]
    id: i64,
    #[column(json, index(name = "bookings_notes", = using gin))]
    notes: Value,
    #[column(json)]
    terms: Value,
}

fn main() {}
