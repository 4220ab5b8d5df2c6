//! Who belongs to which server.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::{Server, User};

/// A user's membership of a server.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "server_members", primary_key(server_id, user_id))]
pub struct ServerMember {
    /// The server.
    #[column(references = Server(id), on_delete = cascade)]
    pub server_id: Id<Server>,
    /// The member.
    #[column(references = User(id), on_delete = cascade, index)]
    pub user_id: Id<User>,
    /// The member's name on this server.
    #[column(type = varchar(32))]
    pub nickname: Option<String>,
    /// When the user joined.
    #[column(default = sql("now()"))]
    pub joined_at: Timestamp,
}
