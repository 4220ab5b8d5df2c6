//! The schema of a Discord-like chat service: thirteen tables, their permissions and relations, and the way to the
//! database.
//!
//! Users join servers; servers have roles, categories and channels; channels have messages.

mod permissions;
#[cfg(feature = "pool")]
pub mod pool;
pub mod relations;
pub mod tables;

pub use permissions::{DEFAULT_PERMISSIONS, Permissions};
pub use tables::{
    Attachment, Channel, ChannelCategory, ChannelPermissionOverride, ChannelType, Invite,
    MemberRole, Message, OverrideTarget, RefreshToken, Role, Server, ServerMember, Status, User,
    VoiceState,
};

/// The migrations, built in, so that a binary runs anywhere: `schema_kit::migration::apply` brings a database up to date.
#[cfg(feature = "migrate")]
pub const MIGRATIONS: schema_kit::migration::MigrationSource =
    schema_kit::embed_migrations!("migrations");

schema_core::schema! {
    /// The chat application.
    pub static CHAT = [
        User,
        RefreshToken,
        Server,
        ServerMember,
        Role,
        MemberRole,
        ChannelCategory,
        Channel,
        ChannelPermissionOverride,
        Message,
        Attachment,
        Invite,
        VoiceState,
    ];
}
