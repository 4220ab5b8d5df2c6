//! What roles and overrides allow: a bit set stored in a BIGINT, unknown bits kept.

use schema_core::SqlFlags;

bitflags::bitflags! {
    /// What a member may do.
    ///
    /// The bits are stored in `roles.permissions` and in the overrides' `allow` and `deny`; a bit keeps its place
    /// for good. Bits that this version does not know are kept when a row is read and written back.
    #[derive(SqlFlags, Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub struct Permissions: i64 {
        /// See a channel and who is in it.
        const VIEW_CHANNEL = 1 << 0;
        /// Write messages.
        const SEND_MESSAGES = 1 << 1;
        /// Delete and pin others' messages.
        const MANAGE_MESSAGES = 1 << 2;
        /// Send files.
        const ATTACH_FILES = 1 << 3;
        /// Read messages from before one came.
        const READ_MESSAGE_HISTORY = 1 << 4;
        /// Call everyone with `@everyone`.
        const MENTION_EVERYONE = 1 << 5;
        /// Add reactions to messages.
        const ADD_REACTIONS = 1 << 6;
        /// Join a voice channel.
        const CONNECT = 1 << 7;
        /// Talk in a voice channel.
        const SPEAK = 1 << 8;
        /// Mute others.
        const MUTE_MEMBERS = 1 << 9;
        /// Turn others' sound off.
        const DEAFEN_MEMBERS = 1 << 10;
        /// Move others between voice channels.
        const MOVE_MEMBERS = 1 << 11;
        /// Make invites.
        const CREATE_INVITE = 1 << 12;
        /// Change the own nickname.
        const CHANGE_NICKNAME = 1 << 13;
        /// Change others' nicknames.
        const MANAGE_NICKNAMES = 1 << 14;
        /// Remove members.
        const KICK_MEMBERS = 1 << 15;
        /// Remove members for good.
        const BAN_MEMBERS = 1 << 16;
        /// Make, change and give roles.
        const MANAGE_ROLES = 1 << 17;
        /// Make, change and delete channels.
        const MANAGE_CHANNELS = 1 << 18;
        /// Change the server itself.
        const MANAGE_SERVER = 1 << 19;
        /// Everything, past every override.
        const ADMINISTRATOR = 1 << 20;
    }
}

/// What the `@everyone` role of a new server allows.
///
/// # Examples
///
/// ```
/// use app_schema::{DEFAULT_PERMISSIONS, Permissions};
///
/// assert!(DEFAULT_PERMISSIONS.contains(Permissions::SEND_MESSAGES));
/// assert!(!DEFAULT_PERMISSIONS.contains(Permissions::MANAGE_SERVER));
/// ```
pub const DEFAULT_PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::CONNECT)
    .union(Permissions::SPEAK)
    .union(Permissions::CREATE_INVITE)
    .union(Permissions::CHANGE_NICKNAME);
