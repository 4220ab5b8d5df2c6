//! The integration tests: one module per topic, one binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod ddl;
mod insert;
mod names;
mod row;
mod row_error;
mod server;
mod snowflake;
mod value;
mod value_bounds;
mod value_derived;
