//! Roles: named sets of permissions.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::Server;
use crate::Permissions;

/// A role of a server.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "roles")]
pub struct Role {
    /// The role's id.
    #[column(primary_key)]
    pub id: Id<Role>,
    /// The server it belongs to.
    #[column(references = Server(id), on_delete = cascade, index)]
    pub server_id: Id<Server>,
    /// Its name.
    #[column(type = varchar(100))]
    pub name: String,
    /// The color of its members' names, as 0xRRGGBB.
    pub color: Option<i32>,
    /// Its place in the list, from the bottom.
    #[column(default = 0)]
    pub position: i32,
    /// What its members may do.
    #[column(default = 0)]
    pub permissions: Permissions,
    /// Whether it is the `@everyone` role that each member has.
    #[column(default = false)]
    pub is_default: bool,
    /// When it was made.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
}
