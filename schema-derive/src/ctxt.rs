//! The error collector every stage shares: the user sees all mistakes of a struct in one build.

use std::{
    cell::{Cell, RefCell},
    fmt::Display,
};

use proc_macro2::{Span, TokenStream};
use syn::Error;

/// The errors of one struct so far.
#[derive(Debug, Default)]
pub(crate) struct Ctxt {
    errors: RefCell<Vec<Error>>,
    /// Whether something that stands where a word should is none, as far as anybody can tell.
    lost: Cell<bool>,
}

impl Ctxt {
    /// Records what is wrong at a token, and how to put it right.
    pub(crate) fn error(&self, span: Span, wrong: impl Display, help: impl Display) {
        self.push(fault(span, wrong, help));
    }

    /// Records an error.
    pub(crate) fn push(&self, error: Error) {
        self.errors.borrow_mut().push(error);
    }

    /// The value of a result whose error, if it is one, is recorded.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Notes that a word could not be read, whichever it was.
    pub(crate) fn lose_word(&self) {
        self.lost.set(true);
    }

    /// Whether a word could not be read: one that is missing may be that one, and is not missed as well.
    pub(crate) fn has_lost_word(&self) -> bool {
        self.lost.get()
    }

    /// How many errors there are so far.
    pub(crate) fn count(&self) -> usize {
        self.errors.borrow().len()
    }

    /// All errors as `compile_error!`s, where there are any.
    pub(crate) fn finish(self) -> Result<(), TokenStream> {
        let errors = self.errors.into_inner();
        if errors.is_empty() {
            return Ok(());
        }
        Err(errors.iter().map(Error::to_compile_error).collect())
    }

    /// The messages so far, for tests.
    #[cfg(test)]
    pub(crate) fn messages(self) -> Vec<String> {
        self.errors
            .into_inner()
            .iter()
            .map(ToString::to_string)
            .collect()
    }
}

/// An error that says what is wrong at a token, and how to put it right.
pub(crate) fn fault(span: Span, wrong: impl Display, help: impl Display) -> Error {
    Error::new(span, format_args!("{wrong}\nhelp: {help}"))
}
