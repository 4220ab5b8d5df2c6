//! Exceptions from a role's permissions in one channel.

use schema_core::{Id, Snowflake, Table, TextEnum};

use super::Channel;
use crate::Permissions;

/// What a role or a member may or may not do in one channel, whatever its roles say.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "channel_permission_overrides",
    primary_key(channel_id, target_type, target_id)
)]
pub struct ChannelPermissionOverride {
    /// The channel.
    #[column(references = Channel(id), on_delete = cascade)]
    pub channel_id: Id<Channel>,
    /// Whether `target_id` is a role or a member.
    #[column(type = varchar(10))]
    pub target_type: OverrideTarget,
    /// The role's or the member's user id.
    pub target_id: Snowflake,
    /// What is allowed here.
    #[column(default = 0)]
    pub allow: Permissions,
    /// What is denied here.
    #[column(default = 0)]
    pub deny: Permissions,
}

/// Whom a permission override is for.
#[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OverrideTarget {
    /// All members with a role.
    Role,
    /// One member.
    Member,
}
