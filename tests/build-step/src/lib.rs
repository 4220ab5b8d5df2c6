//! Takes up what the build script wrote.

/// The statements that create the chat application's schema.
pub const SCHEMA_SQL: &str = include_str!(concat!(env!("OUT_DIR"), "/schema.sql"));
