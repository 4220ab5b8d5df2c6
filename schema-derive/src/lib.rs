//! The derive macros of `schema-core`.

mod ast;
