//! The relations between the tables, by name: "a server has many members through `server_members.server_id`".
//!
//! Each is proved while the crate compiles: a relation whose foreign key does not exist, or a "has one" whose columns
//! are not unique, does not build.

use schema_core::{
    Table,
    def::{TableDef, TableName},
};

use crate::tables::{
    Attachment, Channel, ChannelCategory, ChannelPermissionOverride, Invite, MemberRole, Message,
    RefreshToken, Role, Server, ServerMember, User, VoiceState,
};

/// One relation, seen from one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// What the table calls its relatives.
    pub name: &'static str,
    /// The table that has the relatives.
    pub table: TableName,
    /// How many relatives a row has.
    pub cardinality: Cardinality,
    /// The table the relatives are in.
    pub related: TableName,
    /// The foreign key's columns, which lie in `table` for [`Cardinality::BelongsTo`], in `through`'s table where that
    /// is set, and in `related` otherwise.
    pub columns: &'static [&'static str],
    /// The table in between, for many-to-many relations.
    pub through: Option<Through>,
}

/// The table between two others, and its way on to the relatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Through {
    /// The table in between.
    pub table: TableName,
    /// The columns of its foreign key to the relatives.
    pub columns: &'static [&'static str],
}

/// How many relatives a row has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    /// Exactly one, or none where the foreign key is NULL.
    BelongsTo,
    /// One at most.
    HasOne,
    /// Any number.
    HasMany,
}

/// All relations, by table.
///
/// # Examples
///
/// ```
/// use app_schema::relations::{Cardinality, RELATIONS};
///
/// let voice = RELATIONS.iter().find(|relation| relation.name == "voice_state").unwrap();
/// assert_eq!((voice.table.name, voice.cardinality), ("users", Cardinality::HasOne));
/// ```
pub const RELATIONS: &[Relation] = &[
    has_many::<User, RefreshToken>("refresh_tokens", &["user_id"]),
    has_many::<User, ServerMember>("memberships", &["user_id"]),
    has_many::<User, Message>("messages", &["author_id"]),
    has_many::<User, Invite>("invites", &["inviter_id"]),
    has_many::<User, Server>("owned_servers", &["owner_id"]),
    has_one::<User, VoiceState>("voice_state", &["user_id"]),
    belongs_to::<RefreshToken, User>("user", &["user_id"]),
    belongs_to::<Server, User>("owner", &["owner_id"]),
    has_many::<Server, ServerMember>("members", &["server_id"]),
    has_many::<Server, Role>("roles", &["server_id"]),
    has_many::<Server, ChannelCategory>("categories", &["server_id"]),
    has_many::<Server, Channel>("channels", &["server_id"]),
    has_many::<Server, Invite>("invites", &["server_id"]),
    has_many::<Server, VoiceState>("voice_states", &["server_id"]),
    belongs_to::<ServerMember, Server>("server", &["server_id"]),
    belongs_to::<ServerMember, User>("user", &["user_id"]),
    has_many_through::<ServerMember, MemberRole, Role>(
        "roles",
        &["server_id", "user_id"],
        &["role_id"],
    ),
    belongs_to::<Role, Server>("server", &["server_id"]),
    has_many_through::<Role, MemberRole, ServerMember>(
        "members",
        &["role_id"],
        &["server_id", "user_id"],
    ),
    belongs_to::<ChannelCategory, Server>("server", &["server_id"]),
    has_many::<ChannelCategory, Channel>("channels", &["category_id"]),
    belongs_to::<Channel, Server>("server", &["server_id"]),
    belongs_to::<Channel, ChannelCategory>("category", &["category_id"]),
    has_many::<Channel, Message>("messages", &["channel_id"]),
    has_many::<Channel, ChannelPermissionOverride>("permission_overrides", &["channel_id"]),
    has_many::<Channel, VoiceState>("voice_states", &["channel_id"]),
    belongs_to::<ChannelPermissionOverride, Channel>("channel", &["channel_id"]),
    belongs_to::<Message, Channel>("channel", &["channel_id"]),
    belongs_to::<Message, User>("author", &["author_id"]),
    has_many::<Message, Attachment>("attachments", &["message_id"]),
    belongs_to::<Attachment, Message>("message", &["message_id"]),
    belongs_to::<Invite, Server>("server", &["server_id"]),
    belongs_to::<Invite, User>("inviter", &["inviter_id"]),
    belongs_to::<VoiceState, User>("user", &["user_id"]),
    belongs_to::<VoiceState, Channel>("channel", &["channel_id"]),
    belongs_to::<VoiceState, Server>("server", &["server_id"]),
];

const fn belongs_to<T: Table, R: Table>(
    name: &'static str,
    columns: &'static [&'static str],
) -> Relation {
    assert_references::<T, R>(columns);
    relation::<T, R>(name, Cardinality::BelongsTo, columns)
}

const fn has_many<T: Table, R: Table>(
    name: &'static str,
    columns: &'static [&'static str],
) -> Relation {
    assert_references::<R, T>(columns);
    relation::<T, R>(name, Cardinality::HasMany, columns)
}

const fn has_one<T: Table, R: Table>(
    name: &'static str,
    columns: &'static [&'static str],
) -> Relation {
    assert_references::<R, T>(columns);
    assert!(
        is_unique(R::TABLE, columns),
        "a relation with one relative needs a unique foreign key"
    );
    relation::<T, R>(name, Cardinality::HasOne, columns)
}

const fn has_many_through<T: Table, Between: Table, R: Table>(
    name: &'static str,
    columns: &'static [&'static str],
    onward: &'static [&'static str],
) -> Relation {
    assert_references::<Between, T>(columns);
    assert_references::<Between, R>(onward);
    Relation {
        through: Some(Through {
            table: Between::NAME,
            columns: onward,
        }),
        ..relation::<T, R>(name, Cardinality::HasMany, columns)
    }
}

const fn relation<T: Table, R: Table>(
    name: &'static str,
    cardinality: Cardinality,
    columns: &'static [&'static str],
) -> Relation {
    Relation {
        name,
        table: T::NAME,
        cardinality,
        related: R::NAME,
        columns,
        through: None,
    }
}

const fn assert_references<T: Table, R: Table>(columns: &[&str]) {
    let mut index = 0;
    while index < T::FOREIGN_KEYS.len() {
        let foreign_key = &T::FOREIGN_KEYS[index];
        if same_names(foreign_key.columns, columns)
            && same(foreign_key.referenced.name, R::NAME.name)
        {
            return;
        }
        index += 1;
    }
    panic!("a relation needs a foreign key over its columns");
}

const fn is_unique(table: &TableDef, columns: &[&str]) -> bool {
    if let Some(key) = table.primary_key
        && same_names(key.columns, columns)
    {
        return true;
    }
    let mut index = 0;
    while index < table.uniques.len() {
        if same_names(table.uniques[index].columns, columns) {
            return true;
        }
        index += 1;
    }
    false
}

const fn same_names(left: &[&str], right: &[&str]) -> bool {
    let mut index = 0;
    while index < left.len() && index < right.len() && same(left[index], right[index]) {
        index += 1;
    }
    index == left.len() && index == right.len()
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    index == left.len() && index == right.len()
}
