//! Soundness, measured: random schemas as Rust source, compiled, and judged by a real server.
pub mod compile;
pub mod generate;
pub mod judge;
pub mod kinds;
pub mod measure;
pub mod model;
pub mod mutate;
pub mod rules;
pub mod source;
pub mod sql;
