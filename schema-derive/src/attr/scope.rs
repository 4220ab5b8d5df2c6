//! The columns of the struct at hand, as keys and placeholders name them.

use proc_macro2::{Ident, Span};

use super::tokens::Tokens;
use crate::{
    ast::ColumnRef,
    case::plain,
    code,
    ctxt::{Ctxt, fault},
    suggest,
};

/// What a name in an attribute may refer to.
#[derive(Debug)]
pub(super) struct Scope<'s> {
    pub(super) cx: &'s Ctxt,
    /// The struct.
    pub(super) ident: &'s Ident,
    /// The fields that are columns, in order, a leading `r#` dropped.
    pub(super) columns: Vec<String>,
    /// The fields with `skip`.
    pub(super) skipped: Vec<String>,
}

impl Scope<'_> {
    /// Whether a column goes by this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }

    /// The column an identifier names.
    pub(super) fn column(&self, ident: &Ident) -> syn::Result<ColumnRef> {
        let (name, span) = (plain(ident), ident.span());
        match self.position(&name) {
            Some(index) => Ok(ColumnRef { index, span }),
            None => Err(self.unknown(&name, span)),
        }
    }

    /// The column a `{placeholder}` names; an unknown one is reported and left out.
    pub(super) fn placeholder(&self, name: &str, span: Span) -> Option<usize> {
        let index = self.position(name);
        if index.is_none() {
            self.cx.push(self.unknown(name, span));
        }
        index
    }

    /// A list of columns and nothing else; an unknown one is reported and left out.
    pub(super) fn columns(&self, tokens: Tokens<'_>, example: &str) -> Vec<ColumnRef> {
        let entries = tokens.entries().filter_map(|entry| self.cx.ok(entry));
        entries
            .filter_map(|entry| self.cx.ok(self.lone_column(entry, example)))
            .collect()
    }

    /// An entry that is a column and nothing else.
    pub(super) fn lone_column(
        &self,
        mut entry: Tokens<'_>,
        example: &str,
    ) -> syn::Result<ColumnRef> {
        let Some(ident) = entry.ident() else {
            return Err(entry.expected("a column", example));
        };
        let column = self.column(&ident)?;
        entry.end()?;
        Ok(column)
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn unknown(&self, name: &str, span: Span) -> syn::Error {
        let table = self.ident;
        if self.skipped.iter().any(|skipped| skipped == name) {
            return fault(
                code::SKIPPED_COLUMN,
                span,
                format_args!("`{name}` of `{table}` is not a column: it has `skip`"),
                "name a column, or remove `skip` from the field",
            );
        }
        if self.columns.is_empty() {
            return fault(
                code::DOMAIN_PLACEHOLDER,
                span,
                format_args!("`{table}` is no table: `{{{name}}}` names no column"),
                "the value of a domain is `VALUE`; write `{{` and `}}` for braces",
            );
        }
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        fault(
            code::UNKNOWN_COLUMN,
            span,
            format_args!("`{table}` has no column `{name}`"),
            suggest::help(name, &columns),
        )
    }
}
