//! Sessions that stay signed in.

use jiff::Timestamp;
use schema_core::{Id, Table};

use super::User;

/// A token that renews a session, kept as its hash.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "refresh_tokens")]
pub struct RefreshToken {
    /// The token's id.
    #[column(primary_key)]
    pub id: Id<RefreshToken>,
    /// Whose session it renews.
    #[column(references = User(id), on_delete = cascade, index)]
    pub user_id: Id<User>,
    /// The token's hash; the token itself is not kept.
    #[column(type = varchar(255), unique)]
    pub token_hash: String,
    /// When the token ends.
    pub expires_at: Timestamp,
    /// When the token was issued.
    #[column(default = sql("now()"))]
    pub created_at: Timestamp,
    /// Whether it was ended before its time.
    #[column(default = false)]
    pub revoked: bool,
}
