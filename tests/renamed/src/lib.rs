//! A schema whose crate knows `schema-core` as `db` alone: generated code that named it otherwise would not compile.

use db::{FromRow, Id, SqlEnum, Table, TextEnum};

/// A registered account.
#[derive(Table, Debug)]
#[table(name = "users", crate = db)]
pub struct User {
    /// The account's id.
    #[column(primary_key)]
    pub id: Id<User>,
    /// Who invited the account.
    #[column(references = User(id), on_delete = set_null)]
    pub inviter_id: Option<Id<User>>,
    /// Whether the user is there.
    #[column(type = varchar(10), default = "offline")]
    pub status: Status,
    /// How the user feels.
    pub mood: Mood,
}

/// Whether a user is there.
#[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[text(crate = db)]
pub enum Status {
    /// Connected.
    Online,
    /// Not connected.
    Offline,
}

/// How a user feels.
#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_enum(crate = db)]
pub enum Mood {
    /// Well.
    Happy,
    /// Not so well.
    Sad,
}

/// Part of an account.
#[derive(FromRow, Debug)]
#[table(crate = db)]
pub struct Presence {
    /// Whose.
    pub id: Id<User>,
    /// Whether the user is there.
    pub status: Status,
}

db::schema! {
    /// One table.
    pub static USERS = [User];
}
