//! The thirteen tables in a real database, against the data dictionary written down here by hand.

use std::collections::BTreeSet;

use app_schema::{
    CHAT, DEFAULT_PERMISSIONS, Permissions, Role,
    relations::{Cardinality, RELATIONS},
};
use schema_core::{Id, ddl, schema::Schema, statement};
use schema_kit::{
    chain::Chain,
    check, generate,
    testing::{Template, TestDatabase},
};
use tokio_postgres::Client;

/// A database that holds the thirteen tables, and a connection to it.
pub(crate) async fn chat() -> (TestDatabase, Client) {
    let database = tests::database_from(&Template::of_schema(&CHAT).unwrap());
    let client = database.connect().await.unwrap();
    (database, client)
}

fn script() -> String {
    ddl::script(&Schema::from_def(&CHAT).unwrap())
}

/// One table of the dictionary: its columns as `name type [null] [= default]`, and its constraints and indexes as
/// the server prints them.
struct Entry {
    table: &'static str,
    columns: &'static [&'static str],
    constraints: &'static [&'static str],
    indexes: &'static [&'static str],
}

const DICTIONARY: &[Entry] = &[
    Entry {
        table: "users",
        columns: &[
            "id bigint",
            "username character varying(32)",
            "discriminator character varying(4)",
            "email character varying(255)",
            "password_hash character varying(255)",
            "avatar_url character varying(512) null",
            "about_me character varying(2000) null",
            "status character varying(10) = 'offline'::character varying",
            "custom_status character varying(128) null",
            "created_at @ = now()",
            "updated_at @ = now()",
        ],
        constraints: &[
            "users_email_key UNIQUE (email)",
            "users_pkey PRIMARY KEY (id)",
            "users_username_discriminator_key UNIQUE (username, discriminator)",
        ],
        indexes: &[],
    },
    Entry {
        table: "refresh_tokens",
        columns: &[
            "id bigint",
            "user_id bigint",
            "token_hash character varying(255)",
            "expires_at @",
            "created_at @ = now()",
            "revoked boolean = false",
        ],
        constraints: &[
            "refresh_tokens_pkey PRIMARY KEY (id)",
            "refresh_tokens_token_hash_key UNIQUE (token_hash)",
            "refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
        ],
        indexes: &["refresh_tokens_user_id_idx btree (user_id)"],
    },
    Entry {
        table: "servers",
        columns: &[
            "id bigint",
            "name character varying(100)",
            "icon_url character varying(512) null",
            "owner_id bigint",
            "created_at @ = now()",
            "updated_at @ = now()",
        ],
        constraints: &[
            "servers_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id)",
            "servers_pkey PRIMARY KEY (id)",
        ],
        indexes: &[],
    },
    Entry {
        table: "server_members",
        columns: &[
            "server_id bigint",
            "user_id bigint",
            "nickname character varying(32) null",
            "joined_at @ = now()",
        ],
        constraints: &[
            "server_members_pkey PRIMARY KEY (server_id, user_id)",
            "server_members_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
            "server_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
        ],
        indexes: &["server_members_user_id_idx btree (user_id)"],
    },
    Entry {
        table: "roles",
        columns: &[
            "id bigint",
            "server_id bigint",
            "name character varying(100)",
            "color integer null",
            "position integer = 0",
            "permissions bigint = 0",
            "is_default boolean = false",
            "created_at @ = now()",
        ],
        constraints: &[
            "roles_pkey PRIMARY KEY (id)",
            "roles_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
        ],
        indexes: &["roles_server_id_idx btree (server_id)"],
    },
    Entry {
        table: "member_roles",
        columns: &["server_id bigint", "user_id bigint", "role_id bigint"],
        constraints: &[
            "member_roles_pkey PRIMARY KEY (server_id, user_id, role_id)",
            "member_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles(id) ON DELETE CASCADE",
            "member_roles_server_id_user_id_fkey FOREIGN KEY (server_id, user_id) REFERENCES server_members(server_id, user_id) ON DELETE CASCADE",
        ],
        indexes: &[],
    },
    Entry {
        table: "channel_categories",
        columns: &[
            "id bigint",
            "server_id bigint",
            "name character varying(100)",
            "position integer = 0",
            "created_at @ = now()",
        ],
        constraints: &[
            "channel_categories_pkey PRIMARY KEY (id)",
            "channel_categories_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
        ],
        indexes: &["channel_categories_server_id_idx btree (server_id)"],
    },
    Entry {
        table: "channels",
        columns: &[
            "id bigint",
            "server_id bigint",
            "category_id bigint null",
            "name character varying(100)",
            "type character varying(10) = 'text'::character varying",
            "topic character varying(1024) null",
            "position integer = 0",
            "is_private boolean = false",
            "created_at @ = now()",
            "updated_at @ = now()",
        ],
        constraints: &[
            "channels_category_id_fkey FOREIGN KEY (category_id) REFERENCES channel_categories(id) ON DELETE SET NULL",
            "channels_pkey PRIMARY KEY (id)",
            "channels_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
        ],
        indexes: &["channels_server_id_idx btree (server_id)"],
    },
    Entry {
        table: "channel_permission_overrides",
        columns: &[
            "channel_id bigint",
            "target_type character varying(10)",
            "target_id bigint",
            "allow bigint = 0",
            "deny bigint = 0",
        ],
        constraints: &[
            "channel_permission_overrides_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE",
            "channel_permission_overrides_pkey PRIMARY KEY (channel_id, target_type, target_id)",
        ],
        indexes: &[],
    },
    Entry {
        table: "messages",
        columns: &[
            "id bigint",
            "channel_id bigint",
            "author_id bigint",
            "content character varying(4000) null",
            "edited_at @ null",
            "is_deleted boolean = false",
            "created_at @ = now()",
        ],
        constraints: &[
            "messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id)",
            "messages_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE",
            "messages_pkey PRIMARY KEY (id)",
        ],
        indexes: &["messages_channel_id_id_idx btree (channel_id, id DESC)"],
    },
    Entry {
        table: "attachments",
        columns: &[
            "id bigint",
            "message_id bigint",
            "filename character varying(255)",
            "url character varying(512)",
            "content_type character varying(128) null",
            "size_bytes integer",
            "created_at @ = now()",
        ],
        constraints: &[
            "attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE",
            "attachments_pkey PRIMARY KEY (id)",
        ],
        indexes: &["attachments_message_id_idx btree (message_id)"],
    },
    Entry {
        table: "invites",
        columns: &[
            "code character varying(10)",
            "server_id bigint",
            "inviter_id bigint",
            "max_uses integer null",
            "use_count integer = 0",
            "expires_at @ null",
            "created_at @ = now()",
        ],
        constraints: &[
            "invites_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES users(id)",
            "invites_pkey PRIMARY KEY (code)",
            "invites_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
        ],
        indexes: &["invites_server_id_idx btree (server_id)"],
    },
    Entry {
        table: "voice_states",
        columns: &[
            "user_id bigint",
            "channel_id bigint",
            "server_id bigint",
            "self_mute boolean = false",
            "self_deaf boolean = false",
            "joined_at @ = now()",
        ],
        constraints: &[
            "voice_states_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE",
            "voice_states_pkey PRIMARY KEY (user_id)",
            "voice_states_server_id_fkey FOREIGN KEY (server_id) REFERENCES servers(id) ON DELETE CASCADE",
            "voice_states_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
        ],
        indexes: &["voice_states_channel_id_idx btree (channel_id)"],
    },
];

async fn strings(client: &Client, sql: &str, table: &str) -> Vec<String> {
    let rows = client.query(sql, &[&table]).await.expect("a catalog query");
    rows.iter().map(|row| row.get(0)).collect()
}

async fn columns(client: &Client, table: &str) -> Vec<String> {
    let sql = "select a.attname || ' ' || replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', '@')
                   || case when a.attnotnull then '' else ' null' end
                   || coalesce(' = ' || pg_get_expr(d.adbin, d.adrelid), '')
               from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
               where a.attrelid = ('public.' || $1::text)::regclass and a.attnum > 0 and not a.attisdropped
               order by a.attnum";
    strings(client, sql, table).await
}

async fn constraints(client: &Client, table: &str) -> Vec<String> {
    let sql = "select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
               where conrelid = ('public.' || $1::text)::regclass and contype <> 'n' order by conname collate \"C\"";
    strings(client, sql, table).await
}

async fn indexes(client: &Client, table: &str) -> Vec<String> {
    let sql = "select c.relname || ' ' || split_part(pg_get_indexdef(i.indexrelid), ' USING ', 2)
               from pg_index i join pg_class c on c.oid = i.indexrelid
               where i.indrelid = ('public.' || $1::text)::regclass
                 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
               order by 1";
    strings(client, sql, table).await
}

#[tokio::test]
async fn the_catalogs_hold_the_dictionary_and_nothing_else() {
    let (_database, client) = chat().await;
    let tables: BTreeSet<String> = strings(
        &client,
        "select relname::text from pg_class where relnamespace = $1::text::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')",
        "public",
    )
    .await
    .into_iter()
    .collect();
    let expected = DICTIONARY
        .iter()
        .map(|entry| entry.table.to_owned())
        .collect();
    assert_eq!(tables, expected);
    for entry in DICTIONARY {
        assert_eq!(
            columns(&client, entry.table).await,
            entry.columns,
            "{}",
            entry.table
        );
        assert_eq!(
            constraints(&client, entry.table).await,
            entry.constraints,
            "{}",
            entry.table
        );
        assert_eq!(
            indexes(&client, entry.table).await,
            entry.indexes,
            "{}",
            entry.table
        );
    }
}

#[tokio::test]
async fn the_newest_messages_of_a_channel_come_from_the_index() {
    let (_database, client) = chat().await;
    client
        .batch_execute("set enable_seqscan = off; set enable_sort = off")
        .await
        .expect("settings");
    let rows = client
        .query("explain select id from messages where channel_id = 1 and id < 100 order by id desc limit 50", &[])
        .await
        .expect("a plan");
    let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(plan[1].contains("messages_channel_id_id_idx"), "{plan:#?}");
}

#[tokio::test]
async fn unknown_permissions_are_kept() {
    let (_database, client) = chat().await;
    client
        .batch_execute(
            "INSERT INTO users (id, username, discriminator, email, password_hash) VALUES (1, 'u', '1', 'e', 'h');
             INSERT INTO servers (id, name, owner_id) VALUES (2, 's', 1);",
        )
        .await
        .unwrap();
    let role = Role {
        id: Id::from_i64(3).unwrap(),
        server_id: Id::from_i64(2).unwrap(),
        name: "@everyone".to_owned(),
        color: None,
        position: 0,
        permissions: DEFAULT_PERMISSIONS | Permissions::from_bits_retain(1 << 62),
        is_default: true,
        created_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    statement::insert(&client, &role).await.unwrap();
    let roles: Vec<Role> = statement::query_as(&client, &statement::select_text::<Role>(), &[])
        .await
        .unwrap();
    assert_eq!(roles, [role]);
}

#[test]
fn the_default_role_has_nine_permissions() {
    let names: Vec<&str> = DEFAULT_PERMISSIONS
        .iter_names()
        .map(|(name, _)| name)
        .collect();
    let expected = [
        "VIEW_CHANNEL",
        "SEND_MESSAGES",
        "ATTACH_FILES",
        "READ_MESSAGE_HISTORY",
        "ADD_REACTIONS",
        "CONNECT",
        "SPEAK",
        "CREATE_INVITE",
        "CHANGE_NICKNAME",
    ];
    assert_eq!(names, expected);
    assert_eq!(Permissions::all().iter_names().count(), 21);
}

#[test]
fn the_first_migration_is_what_ddl_prints() {
    let migration = include_str!("../../app-schema/migrations/20261122000000_create_chat/up.sql");
    assert_eq!(migration, script());
}

#[test]
fn its_migrations_make_the_schema_so_that_there_is_nothing_to_generate() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../app-schema/migrations");
    let chain = Chain::load(directory.as_ref()).unwrap();
    assert!(check::check(&chain, &CHAT).unwrap().is_clean());
    let options = generate::Options::new(generate::next_version(&chain));
    let next = Schema::from_def(&CHAT).unwrap();
    assert_eq!(generate::draft(&chain, &next, &options).unwrap(), None);
}

/// The dictionary's relations, as `table relative` with `one` or `many`.
const DICTIONARY_OF_RELATIONS: &[&str] = &[
    "attachments message one",
    "channel_categories channels many",
    "channels messages many",
    "channels permission_overrides many",
    "channels voice_states many",
    "messages attachments many",
    "messages author one",
    "server_members roles many",
    "servers categories many",
    "servers channels many",
    "servers invites many",
    "servers members many",
    "servers roles many",
    "servers voice_states many",
    "users invites many",
    "users memberships many",
    "users messages many",
    "users owned_servers many",
    "users refresh_tokens many",
    "users voice_state one",
];

#[test]
fn the_relations_of_the_dictionary_are_there_and_no_name_stands_twice() {
    let told: Vec<String> = RELATIONS
        .iter()
        .map(|relation| {
            let many = relation.cardinality == Cardinality::HasMany;
            let number = if many { "many" } else { "one" };
            format!("{} {} {number}", relation.table.name, relation.name)
        })
        .collect();
    for relation in DICTIONARY_OF_RELATIONS {
        assert!(told.iter().any(|told| told == relation), "{relation}");
    }
    let different: BTreeSet<&String> = told.iter().collect();
    assert_eq!(different.len(), told.len(), "{told:?}");
}

#[test]
fn every_foreign_key_has_its_relation() {
    for entry in CHAT.tables {
        for foreign_key in entry.foreign_keys {
            let told = RELATIONS.iter().any(|relation| {
                relation.table == entry.table.name && relation.columns == foreign_key.columns
            });
            let through = RELATIONS
                .iter()
                .filter_map(|relation| relation.through)
                .any(|through| through.table == entry.table.name);
            assert!(
                told || through,
                "{}: {:?}",
                entry.table.name.name,
                foreign_key.columns
            );
        }
    }
}

#[tokio::test]
async fn the_build_step_writes_the_file_that_makes_the_schema() {
    assert_eq!(build_step::SCHEMA_SQL, script());
    let (_database, client) = tests::client().await;
    client.batch_execute(build_step::SCHEMA_SQL).await.unwrap();
}

#[tokio::test]
async fn the_pool_connects_when_it_is_first_asked() {
    let database = tests::database();
    let pool = app_schema::pool::open(&database.url()).unwrap();
    assert_eq!(pool.status().size, 0);
    let client = pool.get().await.unwrap();
    assert_eq!(pool.status().size, 1);
    let row = client
        .query_one("SELECT current_database()::text", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, String>(0), database.name());
    // The session would keep the database from being dropped.
    drop(client);
    pool.close();
}
