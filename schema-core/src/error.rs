//! Errors: one [`Error`] over one enum per area.

mod schema;

pub use schema::{Place, SchemaError};

/// Anything that can go wrong in this crate.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {}
