//! Tables under every lint a crate may deny.
#![deny(missing_docs, warnings, unused, nonstandard_style, future_incompatible, unreachable_pub)]
#![deny(clippy::all, clippy::pedantic)]

use schema_core::{FromRow, Id, Table, TextEnum, View, schema, statement};

/// A user.
#[derive(Debug, Clone, Table)]
#[table(name = "users", unique(name, status), index(sql("lower({name})"), status desc))]
pub(crate) struct User {
    #[column(primary_key)]
    id: Id<User>,
    /// The name.
    #[column(type = varchar(32), default = "nobody")]
    name: String,
    #[column(type = varchar(10), default = "online", check = sql("{status} <> ''"))]
    status: Status,
    #[column(references = User, on_delete = set_null)]
    friend: Option<Id<User>>,
    #[column(skip)]
    cached: u8,
}

/// What a user is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TextEnum)]
pub(crate) enum Status {
    /// Here.
    Online,
    /// Elsewhere.
    Offline,
}

/// A name alone.
#[derive(Debug, FromRow)]
pub(crate) struct Name<'a> {
    name: &'a str,
    status: Status,
}

/// A user who is here.
#[derive(Debug, View)]
#[view(
    query = sql("SELECT {u.id}, {u.name}, count(*) AS friends FROM {User as u} GROUP BY {u.id}"),
    materialized,
    unique_index(id),
    index(sql("lower({name})"), where = sql("{friends} > 0")),
    with(fillfactor = 70)
)]
pub(crate) struct Present {
    id: Id<User>,
    /// The name.
    #[column(name = "called")]
    name: String,
    friends: i64,
}

schema! {
    /// Everything.
    pub(crate) static ALL = [Present, User];
}

fn main() {
    let name = |name: &Name<'_>| (name.name.len(), name.status);
    let user = |user: &User| (user.id, user.name.len(), user.status, user.friend, user.cached);
    let _ = (name, user, Status::ALL, Status::Online.as_str());
    assert_eq!("offline".parse(), Ok(Status::Offline));
    assert_eq!((ALL.tables.len(), ALL.views.len()), (1, 1));
    let present = |present: &Present| (present.id, present.name.len(), present.friends);
    let _ = (present, statement::refresh_concurrently_text::<Present>());
}
