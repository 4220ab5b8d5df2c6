//! Rows: from a row to a struct, and from a struct to parameters.
//!
//! A struct says what it reads ([`FromRow::FIELDS`]) and reads it ([`FromRow::read`]). Before the first row of a
//! statement, [`RowMapper`] compares the one with the statement's columns: how many there are, their names and their
//! types. After that a value costs its decoding and nothing else. The way back is [`Param`], one per column written.

mod compound;
mod field;
mod from_row;
mod mapper;
mod param;
mod plan;
mod reader;
mod shape;
mod value;

pub(crate) use plan::{MapBy, ReadPlan};

pub use field::RowField;
pub use from_row::FromRow;
pub use mapper::RowMapper;
pub use param::Param;
#[doc(hidden)]
pub use param::params;
pub use reader::Reader;
#[doc(hidden)]
pub use shape::{Listed, RowShape};
pub use value::RowValue;

/// A value that was taken, as generated code names it.
#[doc(hidden)]
pub use std::option::Option::Some;

/// What reading gives, as generated code names it.
#[doc(hidden)]
pub type ReadResult<T> = Result<T, crate::Error>;
