//! Channels: where messages are written and voices meet.

use jiff::Timestamp;
use schema_core::{Id, Table, TextEnum};

use super::{ChannelCategory, Server};

/// A channel of a server.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "channels")]
pub struct Channel {
    /// The channel's id.
    #[column(primary_key)]
    pub id: Id<Channel>,
    /// The server it belongs to.
    #[column(references = Server(id), on_delete = cascade, index)]
    pub server_id: Id<Server>,
    /// The category it is listed under; a category's channels outlive it.
    #[column(
        references = ChannelCategory(id), on_delete = set_null,
        allow(unindexed_foreign_key, reason = "a server has few channels, found by its own index")
    )]
    pub category_id: Option<Id<ChannelCategory>>,
    /// Its name.
    #[column(type = varchar(100))]
    pub name: String,
    /// What it is for.
    #[column(type = varchar(10), default = "text")]
    pub r#type: ChannelType,
    /// What is talked about.
    #[column(type = varchar(1024))]
    pub topic: Option<String>,
    /// Its place in the list, from the top.
    #[column(default = 0)]
    pub position: i32,
    /// Whether only members with an override see it.
    #[column(default = false)]
    pub is_private: bool,
    /// When it was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[column(default = sql("now()"))]
    pub updated_at: Timestamp,
}

/// What a channel is for.
#[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelType {
    /// Written messages.
    Text,
    /// Voice.
    Voice,
}
