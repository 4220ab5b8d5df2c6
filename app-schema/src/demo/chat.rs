//! What the demonstration writes: a server with its role, members, channels and messages.

use app_schema::{
    Channel, ChannelCategory, ChannelType, DEFAULT_PERMISSIONS, MemberRole, Message, Role, Server,
    ServerMember, Status, User,
};
use jiff::Timestamp;
use schema_core::{Error, Id, statement};
use tokio_postgres::Client;

/// Who talks on the server.
const NAMES: [&str; 5] = ["Ada", "Grace", "Edsger", "Barbara", "Donald"];

/// What they say, over and over.
const LINES: [&str; 6] = [
    "Has anyone read the new paper?",
    "It compiles. Ship it?",
    "rustc found the wrong foreign key before PostgreSQL did.",
    "Which index does that query use?",
    "Newest first, before this id.",
    "Good morning!",
];

/// Writes all of it in one transaction and gives the channel the messages are in.
pub(crate) async fn write(client: &mut Client, messages: usize) -> Result<Id<Channel>, Error> {
    let now = Timestamp::now();
    let users: Vec<User> = NAMES.iter().map(|name| user(name, now)).collect();
    let server = server(users[0].id, now);
    let everyone = everyone(server.id, now);
    let category = category(server.id, now);
    let channels = [
        channel(&category, "general", ChannelType::Text, 0),
        channel(&category, "random", ChannelType::Text, 1),
        channel(&category, "lounge", ChannelType::Voice, 2),
    ];
    let named = users.iter().zip(NAMES);
    let members: Vec<ServerMember> = named
        .map(|(user, name)| member(&server, user, name))
        .collect();
    let roles: Vec<MemberRole> = members
        .iter()
        .map(|member| given(&everyone, member))
        .collect();
    let messages: Vec<Message> = (0..messages)
        .map(|number| message(&channels[0], &users, number))
        .collect();

    let transaction = client.transaction().await?;
    statement::insert_all(&transaction, &users).await?;
    statement::insert(&transaction, &server).await?;
    statement::insert(&transaction, &everyone).await?;
    statement::insert_all(&transaction, &members).await?;
    statement::insert_all(&transaction, &roles).await?;
    statement::insert(&transaction, &category).await?;
    statement::insert_all(&transaction, &channels).await?;
    statement::insert_all(&transaction, &messages).await?;
    transaction.commit().await?;
    Ok(channels[0].id)
}

/// A user whose name and address no other run has: the id is in them.
fn user(name: &str, now: Timestamp) -> User {
    let id = Id::generate();
    let username = format!("{}.{id}", name.to_lowercase());
    User {
        id,
        email: format!("{username}@example.com"),
        username,
        discriminator: "0001".to_owned(),
        password_hash: "$argon2id$not-a-real-hash".to_owned(),
        avatar_url: None,
        about_me: None,
        status: Status::Online,
        custom_status: None,
        created_at: now,
        updated_at: now,
    }
}

fn server(owner_id: Id<User>, now: Timestamp) -> Server {
    Server {
        id: Id::generate(),
        name: "The Analytical Engine".to_owned(),
        icon_url: None,
        owner_id,
        created_at: now,
        updated_at: now,
    }
}

fn everyone(server_id: Id<Server>, now: Timestamp) -> Role {
    Role {
        id: Id::generate(),
        server_id,
        name: "@everyone".to_owned(),
        color: None,
        position: 0,
        permissions: DEFAULT_PERMISSIONS,
        is_default: true,
        created_at: now,
    }
}

fn category(server_id: Id<Server>, now: Timestamp) -> ChannelCategory {
    ChannelCategory {
        id: Id::generate(),
        server_id,
        name: "Rooms".to_owned(),
        position: 0,
        created_at: now,
    }
}

fn channel(category: &ChannelCategory, name: &str, r#type: ChannelType, position: i32) -> Channel {
    Channel {
        id: Id::generate(),
        server_id: category.server_id,
        category_id: Some(category.id),
        name: name.to_owned(),
        r#type,
        topic: None,
        position,
        is_private: false,
        created_at: category.created_at,
        updated_at: category.created_at,
    }
}

fn member(server: &Server, user: &User, name: &str) -> ServerMember {
    ServerMember {
        server_id: server.id,
        user_id: user.id,
        nickname: Some(name.to_owned()),
        joined_at: user.created_at,
    }
}

fn given(role: &Role, member: &ServerMember) -> MemberRole {
    MemberRole {
        server_id: member.server_id,
        user_id: member.user_id,
        role_id: role.id,
    }
}

fn message(channel: &Channel, users: &[User], number: usize) -> Message {
    Message {
        id: Id::generate(),
        channel_id: channel.id,
        author_id: users[number % users.len()].id,
        content: Some(format!("{} (#{number})", LINES[number % LINES.len()])),
        edited_at: None,
        is_deleted: false,
        created_at: Timestamp::now(),
    }
}
