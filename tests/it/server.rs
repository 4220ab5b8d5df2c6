//! The embedded server: the project's, throw-away ones, those of the tests, and fetched ones.

mod databases;
mod fetch;
mod project;
mod rights;
mod support;
mod throwaway;
