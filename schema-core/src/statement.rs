//! Statements over whole rows: writing structs into their tables, and queries that give structs back.

mod insert;
mod query;
mod refresh;
mod text;
mod verify;

pub use insert::{insert, insert_all};
pub use query::{Query, RowsAs, query_as, query_one_as, query_opt_as, query_stream_as};
pub use refresh::{refresh, refresh_concurrently, refresh_concurrently_text, refresh_text};
pub use text::{insert_text, select_list, select_list_as, select_text};
pub use verify::verify;
