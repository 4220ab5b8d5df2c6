//! What the demonstration reads back: the newest messages of a channel with their authors' names.

use app_schema::{Channel, Message};
use schema_core::{
    Error, FromRow, Id, Table,
    statement::{self, select_list_as},
};
use tokio_postgres::Client;

/// A message and the name its author has on the server.
#[derive(Debug, FromRow)]
pub(crate) struct Line {
    #[column(nested)]
    message: Message,
    nickname: Option<String>,
}

/// Reads the newest messages of a channel, by the index over `(channel_id, id desc)`.
pub(crate) async fn newest(
    client: &Client,
    channel: Id<Channel>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    let text = format!(
        "SELECT {}, sm.nickname FROM messages m
         JOIN channels c ON c.id = m.channel_id
         LEFT JOIN server_members sm ON sm.server_id = c.server_id AND sm.user_id = m.author_id
         WHERE m.channel_id = $1 ORDER BY m.id DESC LIMIT $2",
        select_list_as(Message::TABLE, "m", "message_")
    );
    statement::query_as(client, &text, &[&channel, &limit]).await
}

/// Renders the lines as a table, the newest first.
pub(crate) fn render(lines: &[Line]) -> String {
    let mut text = format!(
        "{:<20}  {:<24}  {:<8}  {}\n",
        "id", "written", "author", "content"
    );
    for Line { message, nickname } in lines {
        text.push_str(&format!(
            "{:<20}  {:<24}  {:<8}  {}\n",
            message.id.to_string(),
            format!("{:.3}", message.created_at),
            nickname.as_deref().unwrap_or("?"),
            message.content.as_deref().unwrap_or(""),
        ));
    }
    text
}
