CREATE TABLE users (
    id bigint NOT NULL,
    username varchar(32) NOT NULL,
    discriminator varchar(4) NOT NULL,
    email varchar(255) NOT NULL,
    password_hash varchar(255) NOT NULL,
    avatar_url varchar(512),
    about_me varchar(2000),
    status varchar(10) NOT NULL DEFAULT 'offline',
    custom_status varchar(128),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_username_discriminator_key UNIQUE (username, discriminator)
);

COMMENT ON TABLE users IS 'A registered account.';

COMMENT ON COLUMN users.id IS 'The account''s id.';

COMMENT ON COLUMN users.username IS 'The name others see, unique together with the discriminator.';

COMMENT ON COLUMN users.discriminator IS 'Four digits that tell equal names apart.';

COMMENT ON COLUMN users.email IS 'The address the account signs in with.';

COMMENT ON COLUMN users.password_hash IS 'The password''s hash in PHC string format.';

COMMENT ON COLUMN users.avatar_url IS 'Where the avatar lies.';

COMMENT ON COLUMN users.about_me IS 'What the user says of themself.';

COMMENT ON COLUMN users.status IS 'Whether the user is there.';

COMMENT ON COLUMN users.custom_status IS 'A line beside the status.';

COMMENT ON COLUMN users.created_at IS 'When the account was made.';

COMMENT ON COLUMN users.updated_at IS 'When the account was last changed.';

CREATE TABLE refresh_tokens (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    token_hash varchar(255) NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked boolean NOT NULL DEFAULT false,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash),
    CONSTRAINT refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id);

COMMENT ON TABLE refresh_tokens IS 'A token that renews a session, kept as its hash.';

COMMENT ON COLUMN refresh_tokens.id IS 'The token''s id.';

COMMENT ON COLUMN refresh_tokens.user_id IS 'Whose session it renews.';

COMMENT ON COLUMN refresh_tokens.token_hash IS 'The token''s hash; the token itself is not kept.';

COMMENT ON COLUMN refresh_tokens.expires_at IS 'When the token ends.';

COMMENT ON COLUMN refresh_tokens.created_at IS 'When the token was issued.';

COMMENT ON COLUMN refresh_tokens.revoked IS 'Whether it was ended before its time.';

CREATE TABLE servers (
    id bigint NOT NULL,
    name varchar(100) NOT NULL,
    icon_url varchar(512),
    owner_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT servers_pkey PRIMARY KEY (id),
    CONSTRAINT servers_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id)
);

COMMENT ON TABLE servers IS 'A community.';

COMMENT ON COLUMN servers.id IS 'The server''s id.';

COMMENT ON COLUMN servers.name IS 'Its name.';

COMMENT ON COLUMN servers.icon_url IS 'Where its icon lies.';

COMMENT ON COLUMN servers.owner_id IS 'Who owns it; an owner cannot be deleted.';

COMMENT ON COLUMN servers.created_at IS 'When it was made.';

COMMENT ON COLUMN servers.updated_at IS 'When it was last changed.';

CREATE TABLE server_members (
    server_id bigint NOT NULL,
    user_id bigint NOT NULL,
    nickname varchar(32),
    joined_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT server_members_pkey PRIMARY KEY (server_id, user_id),
    CONSTRAINT server_members_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE,
    CONSTRAINT server_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX server_members_user_id_idx ON server_members (user_id);

COMMENT ON TABLE server_members IS 'A user''s membership of a server.';

COMMENT ON COLUMN server_members.server_id IS 'The server.';

COMMENT ON COLUMN server_members.user_id IS 'The member.';

COMMENT ON COLUMN server_members.nickname IS 'The member''s name on this server.';

COMMENT ON COLUMN server_members.joined_at IS 'When the user joined.';

CREATE TABLE roles (
    id bigint NOT NULL,
    server_id bigint NOT NULL,
    name varchar(100) NOT NULL,
    color integer,
    "position" integer NOT NULL DEFAULT 0,
    permissions bigint NOT NULL DEFAULT 0,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT roles_pkey PRIMARY KEY (id),
    CONSTRAINT roles_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE
);

CREATE INDEX roles_server_id_idx ON roles (server_id);

COMMENT ON TABLE roles IS 'A role of a server.';

COMMENT ON COLUMN roles.id IS 'The role''s id.';

COMMENT ON COLUMN roles.server_id IS 'The server it belongs to.';

COMMENT ON COLUMN roles.name IS 'Its name.';

COMMENT ON COLUMN roles.color IS 'The color of its members'' names, as 0xRRGGBB.';

COMMENT ON COLUMN roles."position" IS 'Its place in the list, from the bottom.';

COMMENT ON COLUMN roles.permissions IS 'What its members may do.';

COMMENT ON COLUMN roles.is_default IS 'Whether it is the `@everyone` role that each member has.';

COMMENT ON COLUMN roles.created_at IS 'When it was made.';

CREATE TABLE member_roles (
    server_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role_id bigint NOT NULL,
    CONSTRAINT member_roles_pkey PRIMARY KEY (server_id, user_id, role_id),
    CONSTRAINT member_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE,
    CONSTRAINT member_roles_server_id_user_id_fkey FOREIGN KEY (server_id, user_id) REFERENCES server_members (server_id, user_id) ON DELETE CASCADE
);

COMMENT ON TABLE member_roles IS 'A role given to a member.';

COMMENT ON COLUMN member_roles.server_id IS 'The member''s server.';

COMMENT ON COLUMN member_roles.user_id IS 'The member.';

COMMENT ON COLUMN member_roles.role_id IS 'The role.';

CREATE TABLE channel_categories (
    id bigint NOT NULL,
    server_id bigint NOT NULL,
    name varchar(100) NOT NULL,
    "position" integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT channel_categories_pkey PRIMARY KEY (id),
    CONSTRAINT channel_categories_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE
);

CREATE INDEX channel_categories_server_id_idx ON channel_categories (server_id);

COMMENT ON TABLE channel_categories IS 'A heading that channels are listed under.';

COMMENT ON COLUMN channel_categories.id IS 'The category''s id.';

COMMENT ON COLUMN channel_categories.server_id IS 'The server it belongs to.';

COMMENT ON COLUMN channel_categories.name IS 'Its name.';

COMMENT ON COLUMN channel_categories."position" IS 'Its place in the list, from the top.';

COMMENT ON COLUMN channel_categories.created_at IS 'When it was made.';

CREATE TABLE channels (
    id bigint NOT NULL,
    server_id bigint NOT NULL,
    category_id bigint,
    name varchar(100) NOT NULL,
    type varchar(10) NOT NULL DEFAULT 'text',
    topic varchar(1024),
    "position" integer NOT NULL DEFAULT 0,
    is_private boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT channels_pkey PRIMARY KEY (id),
    CONSTRAINT channels_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE,
    CONSTRAINT channels_category_id_fkey FOREIGN KEY (category_id) REFERENCES channel_categories (id) ON DELETE SET NULL
);

CREATE INDEX channels_server_id_idx ON channels (server_id);

COMMENT ON TABLE channels IS 'A channel of a server.';

COMMENT ON COLUMN channels.id IS 'The channel''s id.';

COMMENT ON COLUMN channels.server_id IS 'The server it belongs to.';

COMMENT ON COLUMN channels.category_id IS 'The category it is listed under; a category''s channels outlive it.';

COMMENT ON COLUMN channels.name IS 'Its name.';

COMMENT ON COLUMN channels.type IS 'What it is for.';

COMMENT ON COLUMN channels.topic IS 'What is talked about.';

COMMENT ON COLUMN channels."position" IS 'Its place in the list, from the top.';

COMMENT ON COLUMN channels.is_private IS 'Whether only members with an override see it.';

COMMENT ON COLUMN channels.created_at IS 'When it was made.';

COMMENT ON COLUMN channels.updated_at IS 'When it was last changed.';

CREATE TABLE channel_permission_overrides (
    channel_id bigint NOT NULL,
    target_type varchar(10) NOT NULL,
    target_id bigint NOT NULL,
    allow bigint NOT NULL DEFAULT 0,
    deny bigint NOT NULL DEFAULT 0,
    CONSTRAINT channel_permission_overrides_pkey PRIMARY KEY (channel_id, target_type, target_id),
    CONSTRAINT channel_permission_overrides_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels (id) ON DELETE CASCADE
);

COMMENT ON TABLE channel_permission_overrides IS 'What a role or a member may or may not do in one channel, whatever its roles say.';

COMMENT ON COLUMN channel_permission_overrides.channel_id IS 'The channel.';

COMMENT ON COLUMN channel_permission_overrides.target_type IS 'Whether `target_id` is a role or a member.';

COMMENT ON COLUMN channel_permission_overrides.target_id IS 'The role''s or the member''s user id.';

COMMENT ON COLUMN channel_permission_overrides.allow IS 'What is allowed here.';

COMMENT ON COLUMN channel_permission_overrides.deny IS 'What is denied here.';

CREATE TABLE messages (
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    author_id bigint NOT NULL,
    content varchar(4000),
    edited_at timestamptz,
    is_deleted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT messages_pkey PRIMARY KEY (id),
    CONSTRAINT messages_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels (id) ON DELETE CASCADE,
    CONSTRAINT messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id)
);

CREATE INDEX messages_channel_id_id_idx ON messages (channel_id, id DESC);

COMMENT ON TABLE messages IS 'A message in a channel.

The index serves "the newest messages of one channel, before this id".';

COMMENT ON COLUMN messages.id IS 'The message''s id; ids grow with time.';

COMMENT ON COLUMN messages.channel_id IS 'The channel it was written in.';

COMMENT ON COLUMN messages.author_id IS 'Who wrote it; an author cannot be deleted.';

COMMENT ON COLUMN messages.content IS 'The text; none where there are only attachments.';

COMMENT ON COLUMN messages.edited_at IS 'When it was last edited.';

COMMENT ON COLUMN messages.is_deleted IS 'Whether it is hidden as deleted.';

COMMENT ON COLUMN messages.created_at IS 'When it was written.';

CREATE TABLE attachments (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    filename varchar(255) NOT NULL,
    url varchar(512) NOT NULL,
    content_type varchar(128),
    size_bytes integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT attachments_pkey PRIMARY KEY (id),
    CONSTRAINT attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages (id) ON DELETE CASCADE
);

CREATE INDEX attachments_message_id_idx ON attachments (message_id);

COMMENT ON TABLE attachments IS 'A file that came with a message.';

COMMENT ON COLUMN attachments.id IS 'The attachment''s id.';

COMMENT ON COLUMN attachments.message_id IS 'The message it came with.';

COMMENT ON COLUMN attachments.filename IS 'The file''s name.';

COMMENT ON COLUMN attachments.url IS 'Where the file lies.';

COMMENT ON COLUMN attachments.content_type IS 'Its media type.';

COMMENT ON COLUMN attachments.size_bytes IS 'Its size in bytes.';

COMMENT ON COLUMN attachments.created_at IS 'When it was uploaded.';

CREATE TABLE invites (
    code varchar(10) NOT NULL,
    server_id bigint NOT NULL,
    inviter_id bigint NOT NULL,
    max_uses integer,
    use_count integer NOT NULL DEFAULT 0,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT invites_pkey PRIMARY KEY (code),
    CONSTRAINT invites_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE,
    CONSTRAINT invites_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES users (id)
);

CREATE INDEX invites_server_id_idx ON invites (server_id);

COMMENT ON TABLE invites IS 'A code that lets its holder join a server.';

COMMENT ON COLUMN invites.code IS 'The code.';

COMMENT ON COLUMN invites.server_id IS 'The server it leads to.';

COMMENT ON COLUMN invites.inviter_id IS 'Who made it; an inviter cannot be deleted.';

COMMENT ON COLUMN invites.max_uses IS 'How often it may be used; without a number, always.';

COMMENT ON COLUMN invites.use_count IS 'How often it was used.';

COMMENT ON COLUMN invites.expires_at IS 'When it ends; without a time, never.';

COMMENT ON COLUMN invites.created_at IS 'When it was made.';

CREATE TABLE voice_states (
    user_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    server_id bigint NOT NULL,
    self_mute boolean NOT NULL DEFAULT false,
    self_deaf boolean NOT NULL DEFAULT false,
    joined_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT voice_states_pkey PRIMARY KEY (user_id),
    CONSTRAINT voice_states_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT voice_states_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels (id) ON DELETE CASCADE,
    CONSTRAINT voice_states_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers (id) ON DELETE CASCADE
);

CREATE INDEX voice_states_channel_id_idx ON voice_states (channel_id);

COMMENT ON TABLE voice_states IS 'A user''s connection to a voice channel; a user has one at most.';

COMMENT ON COLUMN voice_states.user_id IS 'The user.';

COMMENT ON COLUMN voice_states.channel_id IS 'The channel.';

COMMENT ON COLUMN voice_states.server_id IS 'The channel''s server.';

COMMENT ON COLUMN voice_states.self_mute IS 'Whether the user muted the own microphone.';

COMMENT ON COLUMN voice_states.self_deaf IS 'Whether the user turned the own sound off.';

COMMENT ON COLUMN voice_states.joined_at IS 'When the user connected.';
