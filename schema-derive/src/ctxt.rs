//! The error collector every stage shares: the user sees all mistakes of a struct in one build.

use std::{cell::RefCell, fmt::Display};

use proc_macro2::{Span, TokenStream};
use syn::Error;

use crate::code::{self, Code};

/// The errors of one struct so far.
#[derive(Debug, Default)]
pub(crate) struct Ctxt {
    errors: RefCell<Vec<Error>>,
}

impl Ctxt {
    /// Records what is wrong at a token, and how to put it right.
    pub(crate) fn error(&self, code: Code, span: Span, wrong: impl Display, help: impl Display) {
        self.push(fault(code, span, wrong, help));
    }

    /// Records an error; one of the parser's own gets its code here.
    pub(crate) fn push(&self, error: Error) {
        self.errors
            .borrow_mut()
            .extend(error.into_iter().map(coded));
    }

    /// The value of a result whose error, if it is one, is recorded.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
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
pub(crate) fn fault(code: Code, span: Span, wrong: impl Display, help: impl Display) -> Error {
    Error::new(span, format_args!("{code} {wrong}\nhelp: {help}"))
}

/// An error with its code: one without is not ours but syn's, about tokens that are no Rust to it.
fn coded(error: Error) -> Error {
    let text = error.to_string();
    if text.starts_with("[T") {
        return error;
    }
    let help = "write it as the macro's documentation shows";
    fault(code::MALFORMED, error.span(), text, help)
}

#[cfg(test)]
mod tests {
    use syn::{LitInt, parse_str};

    use super::*;

    #[test]
    fn an_error_of_the_parser_gets_a_code_and_help() {
        let cx = Ctxt::default();
        assert!(cx.ok(parse_str::<LitInt>("\"1\"")).is_none());
        let expected =
            "[T0116] expected integer literal\nhelp: write it as the macro's documentation shows";
        assert_eq!(cx.messages(), [expected]);
    }
}
