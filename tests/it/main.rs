//! The integration tests: one module per topic, one binary.

mod ddl;
mod names;
