//! A schema with something to find, something silenced, and something silenced in vain.

#![allow(
    missing_docs,
    reason = "the tables are there to be looked at by `lint`"
)]

use schema_core::{Id, Table, schema};

#[derive(Table, Debug)]
#[table(
    name = "users",
    allow(quoted_name, reason = "there was a column `order`")
)]
pub struct User {
    #[column(primary_key)]
    pub id: Id<User>,
    #[column(type = "varchar")]
    pub name: String,
}

#[derive(Table, Debug)]
#[table(name = "posts", index(author_id), index(author_id, id desc))]
pub struct Post {
    #[column(primary_key)]
    pub id: Id<Post>,
    #[column(references = User)]
    pub author_id: Id<User>,
    #[column(references = User)]
    pub editor_id: Option<Id<User>>,
    #[column(
        references = User,
        allow(unindexed_foreign_key, reason = "users are never deleted")
    )]
    pub approved_by: Option<Id<User>>,
}

schema! {
    /// What `lint` is tested with.
    pub static LINTED = [User, Post];
}
