//! The checks a view's derive shares with a table's.

use super::of_type;
use crate::{relation::Relation, verify};

pub use crate::verify::*;

of_type! {
    Relation::RELATION:
    column(index: usize, rust: &str);
    collation(index: usize);
    comparable(index: usize);
    compression(index: usize);
    default_value(index: usize);
    identity(index: usize);
    indexed(index: usize, method: &str);
    primary_key(index: usize);
    set_default(columns: &[usize]);
    set_null(columns: &[usize]);
    storage(index: usize);
}
