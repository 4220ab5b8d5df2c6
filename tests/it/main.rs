//! The integration tests: one module per topic, one binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod acceptance;
mod app_schema;
mod app_schema_actions;
mod catalogue;
mod check;
mod cli;
mod connect;
mod ddl;
mod diff;
mod fixture;
mod generate;
mod insert;
mod introspect;
mod lint;
mod migrate;
mod names;
mod objects;
mod partition;
mod plan;
mod privileges;
mod pull;
mod push;
mod query;
mod readme;
mod regression;
mod row;
mod row_error;
mod server;
mod snowflake;
mod soundness;
mod testing;
mod tidy;
mod types;
mod ui;
mod value;
mod value_bounds;
mod value_derived;
mod verify;
mod view;
