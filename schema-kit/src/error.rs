//! The kit's errors, one enum per area; a message says what, where and how to fix it.

mod server;

pub use server::ServerError;
