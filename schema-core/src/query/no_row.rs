//! What is said where the rows of a statement without results are asked for.

use std::future::{Pending, pending};

use super::{NoRow, Sql};
use crate::Error;

/// Nothing is a client that gets rows from a statement without results: the bound is there for its message.
#[diagnostic::on_unimplemented(
    message = "[T1015] a statement without results has no rows to fetch",
    label = "its rows are asked for here",
    note = "run it with `execute`, or let it give rows with `returning`"
)]
pub trait RowsOfNothing {}

macro_rules! refused {
    ($($name:ident),+) => {
        impl Sql<'_, NoRow> {
            $(
                #[doc(hidden)]
                pub fn $name<C: RowsOfNothing>(&self, _: &C) -> Pending<Result<NoRow, Error>> {
                    pending()
                }
            )+
        }
    };
}

refused!(fetch_all, fetch_one, fetch_optional, fetch_stream);
