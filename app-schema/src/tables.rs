//! The thirteen tables, one struct each, in an order in which each comes after what it references.

mod attachment;
mod channel;
mod channel_category;
mod channel_permission_override;
mod invite;
mod member_role;
mod message;
mod refresh_token;
mod role;
mod server;
mod server_member;
mod user;
mod voice_state;

pub use attachment::Attachment;
pub use channel::{Channel, ChannelType};
pub use channel_category::ChannelCategory;
pub use channel_permission_override::{ChannelPermissionOverride, OverrideTarget};
pub use invite::Invite;
pub use member_role::MemberRole;
pub use message::Message;
pub use refresh_token::RefreshToken;
pub use role::Role;
pub use server::Server;
pub use server_member::ServerMember;
pub use user::{Status, User};
pub use voice_state::VoiceState;
