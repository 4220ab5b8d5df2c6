//! Servers: communities with members, roles and channels.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::User;

/// A community.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "servers")]
pub struct Server {
    /// The server's id.
    #[column(primary_key)]
    pub id: Id<Server>,
    /// Its name.
    #[column(type = varchar(100))]
    pub name: String,
    /// Where its icon lies.
    #[column(type = varchar(512))]
    pub icon_url: Option<String>,
    /// Who owns it; an owner cannot be deleted.
    #[column(
        references = User(id),
        allow(unindexed_foreign_key, reason = "an owner is deleted rarely, and servers are few")
    )]
    pub owner_id: Id<User>,
    /// When it was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[column(default = sql("now()"))]
    pub updated_at: Timestamp,
}
