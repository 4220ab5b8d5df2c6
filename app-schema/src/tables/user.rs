//! Accounts.

use jiff::Timestamp;
use schema_core::{Id, Table, TextEnum};

/// A registered account.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", unique(username, discriminator))]
pub struct User {
    /// The account's id.
    #[column(primary_key)]
    pub id: Id<User>,
    /// The name others see, unique together with the discriminator.
    #[column(type = varchar(32))]
    pub username: String,
    /// Four digits that tell equal names apart.
    #[column(type = varchar(4))]
    pub discriminator: String,
    /// The address the account signs in with.
    #[column(type = varchar(255), unique)]
    pub email: String,
    /// The password's hash in PHC string format.
    #[column(type = varchar(255))]
    pub password_hash: String,
    /// Where the avatar lies.
    #[column(type = varchar(512))]
    pub avatar_url: Option<String>,
    /// What the user says of themself.
    #[column(type = varchar(2000))]
    pub about_me: Option<String>,
    /// Whether the user is there.
    #[column(type = varchar(10), default = "offline")]
    pub status: Status,
    /// A line beside the status.
    #[column(type = varchar(128))]
    pub custom_status: Option<String>,
    /// When the account was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
    /// When the account was last changed.
    #[column(default = sql("now()"))]
    pub updated_at: Timestamp,
}

/// Whether a user is there, as others see it.
#[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Connected and active.
    Online,
    /// Connected, but away.
    Idle,
    /// Do not disturb.
    Dnd,
    /// Connected, shown as offline.
    Invisible,
    /// Not connected.
    Offline,
}
