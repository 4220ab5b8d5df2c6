//! Headings above channels.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::Server;

/// A heading that channels are listed under.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "channel_categories")]
pub struct ChannelCategory {
    /// The category's id.
    #[column(primary_key)]
    pub id: Id<ChannelCategory>,
    /// The server it belongs to.
    #[column(references = Server(id), on_delete = cascade, index)]
    pub server_id: Id<Server>,
    /// Its name.
    #[column(type = varchar(100))]
    pub name: String,
    /// Its place in the list, from the top.
    #[column(default = 0)]
    pub position: i32,
    /// When it was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
