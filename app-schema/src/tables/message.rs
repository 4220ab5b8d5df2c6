//! Messages.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::{Channel, User};

/// A message in a channel.
///
/// The index serves "the newest messages of one channel, before this id".
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "messages", index(channel_id, id desc))]
pub struct Message {
    /// The message's id; ids grow with time.
    #[column(primary_key)]
    pub id: Id<Message>,
    /// The channel it was written in.
    #[column(references = Channel(id), on_delete = cascade)]
    pub channel_id: Id<Channel>,
    /// Who wrote it; an author cannot be deleted.
    #[column(
        references = User(id),
        allow(unindexed_foreign_key, reason = "accounts with messages are kept, and an index would cost every message")
    )]
    pub author_id: Id<User>,
    /// The text; none where there are only attachments.
    #[column(type = varchar(4000))]
    pub content: Option<String>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// Whether it is hidden as deleted.
    #[column(default = false)]
    pub is_deleted: bool,
    /// When it was written.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
