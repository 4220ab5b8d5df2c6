//! Every foreign key of the thirteen tables, exercised by deleting the row it references.

use tokio_postgres::{Client, error::SqlState};

use crate::app_schema::chat;

/// One row in each table, all related.
const ROWS: &str = "
    insert into users (id, username, discriminator, email, password_hash) values
        (1, 'owner', '0001', 'owner@x', 'h'), (2, 'member', '0002', 'member@x', 'h'), (3, 'writer', '0003', 'writer@x', 'h'),
        (4, 'inviter', '0004', 'inviter@x', 'h');
    insert into refresh_tokens (id, user_id, token_hash, expires_at) values (10, 2, 't', now());
    insert into servers (id, name, owner_id) values (20, 's', 1);
    insert into server_members (server_id, user_id) values (20, 2);
    insert into roles (id, server_id, name) values (30, 20, 'r');
    insert into member_roles values (20, 2, 30);
    insert into channel_categories (id, server_id, name) values (40, 20, 'c');
    insert into channels (id, server_id, category_id, name) values (50, 20, 40, 'c');
    insert into channel_permission_overrides (channel_id, target_type, target_id) values (50, 'role', 30);
    insert into messages (id, channel_id, author_id) values (60, 50, 3);
    insert into attachments (id, message_id, filename, url, size_bytes) values (70, 60, 'f', 'u', 1);
    insert into invites (code, server_id, inviter_id) values ('code', 20, 4);
    insert into voice_states (user_id, channel_id, server_id) values (2, 50, 20);
";

async fn count(client: &Client, table: &str) -> i64 {
    client
        .query_one(&format!("select count(*) from {table}"), &[])
        .await
        .expect("a count")
        .get(0)
}

/// Deletes and says which of the tables became empty.
async fn emptied_by(delete: &str) -> Vec<&'static str> {
    let (_database, client) = chat().await;
    client.batch_execute(ROWS).await.expect("the rows");
    client.batch_execute(delete).await.expect("the delete");
    let mut emptied = Vec::new();
    for table in TABLES {
        if count(&client, table).await == 0 {
            emptied.push(*table);
        }
    }
    emptied
}

const TABLES: &[&str] = &[
    "refresh_tokens",
    "servers",
    "server_members",
    "roles",
    "member_roles",
    "channel_categories",
    "channels",
    "channel_permission_overrides",
    "messages",
    "attachments",
    "invites",
    "voice_states",
];

#[tokio::test]
async fn deleting_a_user_takes_tokens_membership_roles_and_voice_state_along() {
    let expected = [
        "refresh_tokens",
        "server_members",
        "member_roles",
        "voice_states",
    ];
    assert_eq!(emptied_by("delete from users where id = 2").await, expected);
}

#[tokio::test]
async fn deleting_a_server_takes_everything_in_it_along() {
    assert_eq!(emptied_by("delete from servers").await, &TABLES[1..]);
}

#[tokio::test]
async fn deleting_a_membership_takes_its_roles_along() {
    assert_eq!(
        emptied_by("delete from server_members").await,
        ["server_members", "member_roles"]
    );
}

#[tokio::test]
async fn deleting_a_role_takes_it_from_its_members() {
    assert_eq!(
        emptied_by("delete from roles").await,
        ["roles", "member_roles"]
    );
}

#[tokio::test]
async fn deleting_a_channel_takes_overrides_messages_attachments_and_voices_along() {
    let expected = [
        "channels",
        "channel_permission_overrides",
        "messages",
        "attachments",
        "voice_states",
    ];
    assert_eq!(emptied_by("delete from channels").await, expected);
}

#[tokio::test]
async fn deleting_a_message_takes_its_attachments_along() {
    assert_eq!(
        emptied_by("delete from messages").await,
        ["messages", "attachments"]
    );
}

#[tokio::test]
async fn deleting_a_category_leaves_its_channels_without_one() {
    let (_database, client) = chat().await;
    client.batch_execute(ROWS).await.expect("the rows");
    client
        .batch_execute("delete from channel_categories")
        .await
        .expect("the delete");
    let row = client
        .query_one("select category_id from channels", &[])
        .await
        .expect("a row");
    assert_eq!(row.get::<_, Option<i64>>(0), None);
}

#[tokio::test]
async fn owners_authors_and_inviters_cannot_be_deleted() {
    let (_database, client) = chat().await;
    client.batch_execute(ROWS).await.expect("the rows");
    for (user, constraint) in [
        (1, "servers_owner_id_fkey"),
        (3, "messages_author_id_fkey"),
        (4, "invites_inviter_id_fkey"),
    ] {
        let error = client
            .execute(&format!("delete from users where id = {user}"), &[])
            .await
            .expect_err("the user is needed");
        let error = error.as_db_error().expect("a server error");
        assert_eq!(error.code(), &SqlState::FOREIGN_KEY_VIOLATION);
        assert_eq!(error.constraint(), Some(constraint));
    }
}
