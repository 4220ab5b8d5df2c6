//! The integration tests: one module per topic, one binary.

#![allow(
    clippy::unwrap_used,
    reason = "clippy takes the helpers of tests for no tests"
)]

mod insert;
mod row;
mod row_error;
mod value;
mod value_bounds;
mod value_derived;
