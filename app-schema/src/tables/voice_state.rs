//! Who is connected to which voice channel.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::{Channel, Server, User};

/// A user's connection to a voice channel; a user has one at most.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "voice_states")]
pub struct VoiceState {
    /// The user.
    #[column(primary_key, references = User(id), on_delete = cascade)]
    pub user_id: Id<User>,
    /// The channel.
    #[column(references = Channel(id), on_delete = cascade, index)]
    pub channel_id: Id<Channel>,
    /// The channel's server.
    #[column(
        references = Server(id), on_delete = cascade,
        allow(unindexed_foreign_key, reason = "a server is deleted rarely, and voice states are few")
    )]
    pub server_id: Id<Server>,
    /// Whether the user muted the own microphone.
    #[column(default = false)]
    pub self_mute: bool,
    /// Whether the user turned the own sound off.
    #[column(default = false)]
    pub self_deaf: bool,
    /// When the user connected.
    #[column(default = sql("now()"))]
    pub joined_at: Timestamp,
}
