//! What is advised against, meant and said so, where no warning is allowed.
#![deny(warnings)]

use jiff::civil::DateTime;
use schema_core::{Table, schema};
use serde_json::Value;

/// An event of an older system.
#[derive(Table)]
#[table(
    name = "events",
    allow(timestamp_without_time_zone, reason = "the older system has no zones")
)]
pub struct Event {
    #[column(primary_key, allow(integer_primary_key, reason = "a few a year"))]
    id: i32,
    #[column(type = varchar, allow(varchar_without_length, reason = "as it is there"))]
    name: String,
    #[column(type = json, allow(json_instead_of_jsonb, reason = "a signature covers the bytes"))]
    payload: Value,
    #[column(type = timestamp)]
    sent_at: DateTime,
}

schema! {
    /// Everything.
    pub static ALL = [Event];
}

fn main() {
    let fields = |event: Event| (event.id, event.name, event.payload, event.sent_at);
    let _ = fields;
    assert_eq!(ALL.tables.len(), 1);
}
