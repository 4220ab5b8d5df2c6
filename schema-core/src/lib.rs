//! PostgreSQL schemas declared as annotated Rust structs.
//!
//! [`#[derive(Table)]`](macro@Table) makes a struct a table: its DDL, its rows as values of the struct, and its values
//! as parameters. What would be wrong in the database (a foreign key to a column that is not unique, a default that
//! does not fit) is an error at the attribute, while the struct's crate compiles.
//!
//! ```
//! use schema_core::{Id, Table};
//!
//! /// A registered account.
//! #[derive(Table, Debug, PartialEq)]
//! #[table(name = "users")]
//! struct User {
//!     #[column(primary_key)]
//!     id: Id<User>,
//!     #[column(type = varchar(32), unique)]
//!     username: String,
//! }
//!
//! #[derive(Table, Debug, PartialEq)]
//! #[table(name = "messages")]
//! struct Message {
//!     #[column(primary_key)]
//!     id: Id<Message>,
//!     #[column(references = User, on_delete = cascade, index)]
//!     author_id: Id<User>,
//!     content: Option<String>,
//! }
//!
//! schema_core::schema! {
//!     /// Everything this application stores.
//!     static CHAT = [User, Message];
//! }
//!
//! let schema = schema_core::schema::Schema::from_def(&CHAT)?;
//! assert_eq!(
//!     schema_core::ddl::script(&schema),
//!     "\
//! CREATE TABLE users (
//!     id bigint NOT NULL,
//!     username varchar(32) NOT NULL,
//!     CONSTRAINT users_pkey PRIMARY KEY (id),
//!     CONSTRAINT users_username_key UNIQUE (username)
//! );
//!
//! COMMENT ON TABLE users IS 'A registered account.';
//!
//! CREATE TABLE messages (
//!     id bigint NOT NULL,
//!     author_id bigint NOT NULL,
//!     content text,
//!     CONSTRAINT messages_pkey PRIMARY KEY (id),
//!     CONSTRAINT messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
//! );
//!
//! CREATE INDEX messages_author_id_idx ON messages (author_id);
//! "
//! );
//! # Ok::<(), schema_core::Error>(())
//! ```
//!
//! Structs go in and come back typed, through any client of [`tokio_postgres`]:
//!
//! ```no_run
//! # use schema_core::{Id, Table};
//! # #[derive(Table, Debug, PartialEq)]
//! # #[table(name = "users")]
//! # struct User {
//! #     #[column(primary_key)]
//! #     id: Id<User>,
//! #     #[column(type = varchar(32), unique)]
//! #     username: String,
//! # }
//! # async fn example(client: tokio_postgres::Client) -> Result<(), schema_core::Error> {
//! use schema_core::statement::{insert, query_one_as, select_text};
//!
//! let ada = User { id: Id::generate(), username: "ada".to_owned() };
//! insert(&client, &ada).await?;
//!
//! let query = format!("{} WHERE username = $1", select_text::<User>());
//! let found: User = query_one_as(&client, &query, &[&"ada"]).await?;
//! assert_eq!(found, ada);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to read on
//!
//! 1. The attributes: [`Table`](macro@Table), [`FromRow`](macro@FromRow) for parts of tables and joins,
//!    [`View`](macro@View) for views and materialized views, [`TextEnum`](macro@TextEnum) and [`SqlFlags`](macro@SqlFlags) for columns of one's own types.
//! 2. What a column can hold: [`ty`], [`id`], [`snowflake`], [`range`] and, with its feature, `json`.
//! 3. Using tables: [`statement`] writes and reads rows, [`row`] is what happens between a row and a struct, and
//!    `connect` (a feature) reaches a server.
//! 4. The schema as data: [`def`] is what a derive writes, [`mod@schema`] the owned form with every name filled in, [`ddl`]
//!    its SQL, [`build`] the same from a build script, [`ident`] the rules for names.
//! 5. [`error`]: one [`Error`] over one enum per area.
//!
//! # Features
//!
//! | feature | on | gives |
//! |---|---|---|
//! | `jiff` | yes | [jiff](https://docs.rs/jiff)'s dates and times as columns |
//! | `serde` | yes | ids as strings in JSON |
//! | `bitflags` | | [`SqlFlags`](macro@SqlFlags): bit sets as integers |
//! | `chrono`, `time` | | the dates and times of these crates as columns |
//! | `cidr`, `eui48` | | network and hardware addresses |
//! | `rust_decimal` | | `Decimal` as NUMERIC |
//! | `serde_json` | | JSON columns: `#[column(json)]`, `json::Json` and `serde_json::Value` |
//! | `uuid` | | `Uuid` |
//! | `connect` | | `connect`: connection strings as libpq reads them, and errors that say what to do |
//! | `alter` | | `ddl`: the statements that change what is there |
//! | `tls` | | `connect` with TLS by rustls |

// Generated code names this crate by its public name, here as everywhere.
extern crate self as schema_core;

// In reading order; a blank line keeps rustfmt from sorting.
pub mod ty;

pub mod id;

pub mod snowflake;

pub mod range;

#[cfg(feature = "serde_json")]
pub mod json;

pub mod table;

pub mod view;

pub mod relation;

pub mod statement;

pub mod query;

pub mod row;

#[cfg(feature = "connect")]
pub mod connect;

pub mod def;

pub mod schema;

pub mod ddl;

pub mod build;

pub mod ident;

pub mod error;

pub mod advice;

#[doc(hidden)]
pub mod verify;

mod private;

/// What generated code names.
#[doc(hidden)]
pub mod __private {
    pub use crate::private::*;
}

#[doc(no_inline)]
pub use postgres_types;

pub use crate::{
    error::Error,
    id::Id,
    row::FromRow,
    snowflake::{Snowflake, SnowflakeGenerator, generate_id, try_generate_id},
    table::Table,
    view::View,
};
pub use schema_derive::{
    FromRow, SqlComposite, SqlDomain, SqlEnum, SqlFlags, Table, TextEnum, View,
};

/// Declares all tables and views of an application as one static [`SchemaDef`](def::SchemaDef).
///
/// Every table a foreign key references and every table or view a view reads must be listed; the compiler says so at
/// the one that needs it.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table};
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
/// }
///
/// schema_core::schema! {
///     /// The chat application.
///     static CHAT = [User];
/// }
/// assert_eq!(CHAT.tables[0].table.name.name, "users");
/// ```
///
/// Behind the tables stands what they need beside them, and what needs them:
///
/// ```
/// use schema_core::{Table, ddl, schema, schema::Schema};
///
/// #[derive(Table)]
/// #[table(name = "orders")]
/// struct Order {
///     #[column(primary_key, default = sql("nextval('order_numbers')"))]
///     number: i64,
///     #[column(collate = "natural_de")]
///     title: String,
///     #[column(default = 0)]
///     version: i32,
/// }
///
/// schema! {
///     static SHOP = [Order],
///         extensions = ["pg_trgm", extension(name = "hstore", namespace = "ext")],
///         collations = [collation(name = "natural_de", provider = icu, locale = "de-u-kn-true")],
///         sequences = [sequence(name = "order_numbers", start = 1000, owned_by = Order(number))],
///         objects = [
///             sql("CREATE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$
///                 BEGIN NEW.{Order.version} := OLD.{Order.version} + 1; RETURN NEW; END $$"),
///             object(
///                 sql("CREATE TRIGGER counted BEFORE UPDATE ON {Order}
///                     FOR EACH ROW EXECUTE FUNCTION count_version()"),
///                 comment = "Every change is a version.",
///             ),
///         ];
/// }
/// let schema = Schema::from_def(&SHOP)?;
/// assert_eq!(schema.objects[1].identity(), "TRIGGER counted ON orders");
/// assert!(ddl::script(&schema).contains("ALTER SEQUENCE order_numbers OWNED BY orders.number"));
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
///
/// | word | meaning |
/// |---|---|
/// | `extensions = ["citext", extension(…)]` | `extension(name = "postgis", namespace = "gis", version = "3.4", cascade, comment = "…")`; one that a column's type, an operator class or an index method comes from must be listed |
/// | `collations = [collation(…)]` | `name`, `namespace`, `provider = icu`, `libc` or `builtin`, `locale = "…"` or `lc_collate` and `lc_ctype`, `nondeterministic`, `comment` |
/// | `sequences = [sequence(…)]` | `name`, `namespace`, `type = bigint`, `start`, `increment`, `min`, `max`, `cache`, `cycle`, `owned_by = Order(number)`, `comment` |
/// | `objects = [sql("CREATE …"), object(sql("CREATE …"), …)]` | whatever has no words of its own: functions, procedures, aggregates, triggers, event triggers, rules, casts, operators, range types, statistics |
///
/// What an object is and what it is called are read from the first words of its text. `{Order}` in it is a table,
/// `{Order.version}` a column; `{{` is a brace. It is created behind the tables it names and the functions it calls, and before
/// the tables whose defaults, checks, generated columns and indexes call it. What no word shows is said:
/// `object(sql("…"), depends(Order, touch))`, `object(sql("…"), before(Order))`. A text that does not begin with a `CREATE` known
/// here says what it is: `object(sql("GRANT …"), kind = "grant", name = "readers")`.
#[macro_export]
macro_rules! schema {
    ($($tokens:tt)*) => {
        $crate::__private::schema_impl! { [$crate] $($tokens)* }
    };
}
