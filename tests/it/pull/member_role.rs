//! The table `member_roles`.

use schema_core::{Id, Table};

use super::{Role, Server, ServerMember, User};

/// A role given to a member.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "member_roles",
    primary_key(server_id, user_id, role_id),
    foreign_key(
        columns(server_id, user_id),
        references = ServerMember(server_id, user_id),
        on_delete = cascade
    )
)]
pub struct MemberRole {
    /// The member's server.
    pub server_id: Id<Server>,
    /// The member.
    pub user_id: Id<User>,
    /// The role.
    #[column(references = Role(id), on_delete = cascade)]
    pub role_id: Id<Role>,
}
