//! Invitations to servers.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::{Server, User};

/// A code that lets its holder join a server.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "invites")]
pub struct Invite {
    /// The code.
    #[column(primary_key, type = varchar(10))]
    pub code: String,
    /// The server it leads to.
    #[column(references = Server(id), on_delete = cascade, index)]
    pub server_id: Id<Server>,
    /// Who made it; an inviter cannot be deleted.
    #[column(
        references = User(id),
        allow(unindexed_foreign_key, reason = "accounts with invites are kept")
    )]
    pub inviter_id: Id<User>,
    /// How often it may be used; without a number, always.
    pub max_uses: Option<i32>,
    /// How often it was used.
    #[column(default = 0)]
    pub use_count: i32,
    /// When it ends; without a time, never.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
