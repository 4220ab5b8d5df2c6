//! The integration tests: one module per topic, one binary.

mod insert;
mod row;
mod row_error;
mod snowflake;
mod value;
mod value_bounds;
