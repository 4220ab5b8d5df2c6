/// A message.
#[derive(Table)]
#[table(name = "messages", index(channel_id, id desc))]
pub struct Message {
    #[column(primary_key)]
    pub id: Id<Message>,
    #[column(references = Channel(id), on_delete = cascade)]
    pub channel_id: Id<Channel>,
    #[column(references = User)]
    pub author_id: Id<User>,
    #[column(type = varchar(4000))]
    pub content: Option<String>,
    /// When it was changed.
    pub edited_at: Option<Timestamp>,
    #[column(default = false)]
    pub is_deleted: bool,
    #[column(type = varchar(10), default = "text")]
    pub kind: String,
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
