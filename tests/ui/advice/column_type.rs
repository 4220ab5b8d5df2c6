#![deny(warnings)]

use jiff::civil::DateTime;
use schema_core::{Id, Table};
use serde_json::Value;

#[derive(Table)]
#[table(name = "events", allow(time_with_time_zone, reason = "another rule"))]
struct Event {
    #[column(primary_key)]
    id: Id<Event>,
    #[column(type = varchar)]
    name: String,
    #[column(type = varchar[], allow(varchar_without_length, reason = "that of the older system"))]
    tags: Vec<String>,
    #[column(type = json)]
    payload: Value,
    #[column(default = sql("now()"), type = timestamp(3))]
    sent_at: DateTime,
    #[column(type = timestamptz)]
    seen_at: jiff::Timestamp,
}

fn main() {
    let event = |event: Event| (event.id, event.name, event.tags, event.payload, event.sent_at, event.seen_at);
    let _ = event;
}
