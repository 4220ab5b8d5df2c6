//! The table `attachments`.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::Message;

/// A file that came with a message.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "attachments")]
pub struct Attachment {
    /// The attachment's id.
    #[column(primary_key)]
    pub id: Id<Attachment>,
    /// The message it came with.
    #[column(references = Message(id), on_delete = cascade, index)]
    pub message_id: Id<Message>,
    /// The file's name.
    #[column(type = varchar(255))]
    pub filename: String,
    /// Where the file lies.
    #[column(type = varchar(512))]
    pub url: String,
    /// Its media type.
    #[column(type = varchar(128))]
    pub content_type: Option<String>,
    /// Its size in bytes.
    pub size_bytes: i32,
    /// When it was uploaded.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
