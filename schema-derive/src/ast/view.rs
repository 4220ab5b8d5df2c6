//! A struct that is a view.

use proc_macro2::Span;
use syn::{LitStr, Path};

use super::{Parameter, Spanned, Table};

/// A struct with `#[derive(View)]`.
pub(crate) struct View {
    /// What it has as a table has it: names, columns, indexes, comments.
    pub(crate) table: Table,
    /// The text of `query = sql("…")`.
    pub(crate) query: Option<LitStr>,
    /// Whether there is one, be it with a mistake.
    pub(crate) has_query: bool,
    /// `depends(…)`.
    pub(crate) depends: Vec<Path>,
    pub(crate) materialized: bool,
    /// `with(…)`, and where it stands.
    pub(crate) with: Vec<Parameter>,
    /// A variant of `def::CheckOption`.
    pub(crate) check_option: Option<Spanned<&'static str>>,
    pub(crate) with_no_data: Option<Span>,
    pub(crate) method: Option<Spanned<String>>,
    pub(crate) tablespace: Option<Spanned<String>>,
}

impl View {
    /// Whether a unique index over columns alone holds every row, as `REFRESH … CONCURRENTLY` needs it.
    pub(crate) fn has_row_index(&self) -> bool {
        self.table.indexes.iter().any(|index| {
            let keys = &mut index.keys.iter();
            index.unique
                && index.predicate.is_none()
                && keys.all(|key| matches!(key.key, super::Indexed::Column(_)))
        })
    }
}
