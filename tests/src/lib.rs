//! What the tests share: databases, a reader of catalogs, and generators of random definitions.

pub mod catalog;
pub mod definitions;
pub mod dump;
pub mod evolving;
pub mod linted;
pub mod pairs;
pub mod pulled;
pub mod random;
pub mod soundness;

mod database;

pub use database::{client, database, database_from, server};
pub use schema_kit::testing::TestDatabase;

/// The README's code, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
