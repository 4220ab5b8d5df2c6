//! The derive macros of `schema-core`, which re-exports them: their documentation is the reference of all attributes.
//!
//! Every macro is a function of its tokens. A struct's text becomes a tree (`attr`, `ast`), the tree is checked (`valid`) and
//! printed as constant data (`expand`). Any mistake gives all messages of the struct at once, and a stand-in (`fallback`).

mod ast;
mod attr;
mod case;
mod code;
mod ctxt;
mod expand;
mod fallback;
mod pipeline;
mod query;
mod suggest;
mod symbol;
mod valid;

use proc_macro::TokenStream;

/// A struct is a table: its definition, its row mapper and its values as parameters.
///
/// ```
/// use schema_core::{Id, Table};
///
/// /// A registered account.
/// #[derive(Table, Debug, Clone)]
/// #[table(name = "users", unique(username, discriminator))]
/// pub struct User {
///     #[column(primary_key)]
///     pub id: Id<User>,
///     #[column(type = varchar(32))]
///     pub username: String,
///     #[column(type = varchar(4))]
///     pub discriminator: String,
///     /// Where the confirmation mail went.
///     #[column(type = varchar(255), unique)]
///     pub email: String,
///     #[column(type = varchar(10), default = "offline")]
///     pub status: String,
/// }
///
/// assert_eq!(User::TABLE.name.name, "users");
/// assert_eq!(User::TABLE.comment, Some("A registered account."));
/// ```
///
/// A field's Rust type decides the default SQL type and whether the column may hold NULL: `Option<T>` is the only way to
/// say nullable. Doc comments become the comments of the table and its columns.
///
/// Words are PostgreSQL's own, in snake_case. SQL text is always `sql("…")`; inside, `{field}` stands for a column of this
/// table, which must exist, and `{{` and `}}` for braces. Names that are left out are those PostgreSQL itself would choose.
///
/// # On the struct: `#[table(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "users"` | table name; without it the struct's name in snake_case |
/// | `namespace = "audit"` | PostgreSQL schema; without it `public` |
/// | `primary_key(a, b)` | composite primary key, in this order; options `include(c)`, `deferrable = …` |
/// | `no_primary_key` | the table has none on purpose |
/// | `unique(a, b)` | unique constraint; options `nulls_not_distinct`, `include(c)`, `deferrable = initially_deferred` or `initially_immediate` |
/// | `index(a, b desc)` | index; see below |
/// | `unique_index(…)` | the same as a unique index; also `nulls_not_distinct` |
/// | `foreign_key(columns(a, b), references = Other(x, y), …)` | composite foreign key; options as on a field |
/// | `check(sql("{starts_at} < {ends_at}"))` | table check; options `no_inherit`, `not_valid` |
/// | `exclude(using = gist, during with "&&", where = sql("…"))` | exclusion constraint; also `include(c)`, `with(…)`, `deferrable = …` |
/// | `partition_by = range(id)` | also `list(…)`, `hash(…)`; a key is a field or `sql("…")` |
/// | `row_level_security` | turns row security on |
/// | `policy(name = "…", …)` | row security policy: `as = permissive` or `restrictive`; `for = all`, `select`, `insert`, `update` or `delete`; `to = role` or `to(role, "other role")`; `using = sql("…")`; `with_check = sql("…")` |
/// | `renamed_from = "old"` | the table's former name: a rename, never drop and create |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `allow(rule, reason = "…")` | silences a rule of `schema-kit lint` here |
/// | `crate = renamed` | the path of `schema_core`, where the dependency has another name |
///
/// Every list option takes `name = "…"`. A mere flag inside a list stands after the keys: `unique(a, b, nulls_not_distinct)`.
///
/// A key of an index is a field or `sql("lower({email})")`, followed by any of `asc`, `desc`, `nulls_first`, `nulls_last`, an
/// operator class and `collate = "…"`. Options are `using = gin`, `include(c, d)`, `where = sql("not {is_deleted}")`,
/// `with(fillfactor = 70)` and `concurrently`.
///
/// ```
/// use schema_core::{Id, Table};
///
/// #[derive(Table)]
/// #[table(
///     name = "messages",
///     index(channel_id, id desc),
///     index(sql("lower({content})") text_pattern_ops, where = sql("not {is_deleted}"), name = "messages_search"),
///     check(sql("{edits} >= 0"), name = "edits_are_counted"),
/// )]
/// struct Message {
///     #[column(primary_key)]
///     id: Id<Message>,
///     channel_id: i64,
///     content: String,
///     #[column(default = 0)]
///     edits: i32,
///     #[column(default = false)]
///     is_deleted: bool,
/// }
///
/// assert_eq!(Message::TABLE.indexes[1].name, Some("messages_search"));
/// ```
///
/// # On a field: `#[column(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `type = varchar(32)` | SQL type, where the Rust type's default will not do; `varchar(32)[]` is an array, `type = "vector(3)"` a type not known here |
/// | `name = "…"` | column name; without it the field's name, a leading `r#` dropped |
/// | `primary_key` · `unique` · `index` · `unique_index` | of this column alone; each may take its options in parentheses: `index(desc, using = btree)` |
/// | `references = User(id)` | foreign key; `references = User` means its primary key, `Self` the table itself; paths work |
/// | `on_delete = …` · `on_update = …` | `cascade`, `restrict`, `set_null`, `set_default`, `no_action`; `on_delete = set_null(a)` names the columns |
/// | `match_full` · `deferrable = …` · `not_valid` | as in PostgreSQL |
/// | `default = "offline"` · `default = 0` · `default = true` | a literal, checked against the column's type |
/// | `default = sql("now()")` | an expression |
/// | `check = sql("{size_bytes} >= 0")` | column check; with options `check(sql("…"), name = "…")` |
/// | `generated = sql("…")` | stored generated column: read, never written |
/// | `identity = always` | identity column; also `by_default` |
/// | `collate = "C"` | collation |
/// | `storage = external` | also `plain`, `extended`, `main` |
/// | `compression = lz4` | also `pglz` |
/// | `json` | the Rust type goes through serde into JSONB |
/// | `renamed_from = "old"` | the column's former name |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `allow(rule, reason = "…")` | silences a rule of `schema-kit lint` here |
/// | `skip` | not a column: `Default::default()` when a row is read |
///
/// # SQL types
///
/// `boolean` (`bool`), `smallint` (`int2`), `integer` (`int`, `int4`), `bigint` (`int8`), `real` (`float4`), `double_precision`
/// (`float8`), `numeric(p, s)` (`decimal`), `money`, `text`, `varchar(n)` (`character_varying`), `char(n)` (`character`),
/// `citext`, `bytea`, `date`, `time(p)`, `timetz(p)`, `timestamp(p)`, `timestamptz(p)`, `interval`, `uuid`, `json`, `jsonb`,
/// `inet`, `cidr`, `macaddr`, `macaddr8`, `int4range`, `int8range`, `numrange`, `tsrange`, `tstzrange`, `daterange`, `bit(n)`,
/// `varbit(n)` (`bit_varying`), `oid`, `xml`, `tsvector`, `tsquery`, `point`. What stands in parentheses may be left out.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| pipeline::table(input, expand::table)).into()
}

/// A struct is read from a row: the row mapper alone, for projections and joins.
///
/// ```
/// use schema_core::{FromRow, row::RowField};
///
/// #[derive(FromRow)]
/// struct Line<'r> {
///     id: i64,
///     #[column(name = "body")]
///     content: &'r str,
///     #[column(nested)]
///     author: Author,
/// }
///
/// #[derive(FromRow)]
/// struct Author {
///     name: String,
/// }
///
/// assert!(matches!(Line::FIELDS[2], RowField::Nested { prefix: "author_", .. }));
/// ```
///
/// One lifetime parameter is allowed: that of the row, for borrowed fields.
///
/// # On a field: `#[column(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "…"` | the column's name in the result; without it the field's name |
/// | `nested` | a struct of its own, whose columns start with the field's name and `_` when found by name |
/// | `nested = "prefix_"` | the same with another prefix, which may be `""` |
/// | `json` | through serde out of JSON or JSONB |
/// | `skip` | not read: `Default::default()` |
///
/// On the struct, `#[table(crate = renamed)]` names the path of `schema_core`.
#[proc_macro_derive(FromRow, attributes(table, column))]
pub fn derive_from_row(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::projection(input, expand::projection)
    })
    .into()
}

/// An enum is stored as text in a TEXT or VARCHAR column.
///
/// ```
/// use schema_core::{TextEnum, ty::ColumnType};
///
/// #[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq)]
/// enum Status {
///     Online,
///     DoNotDisturb,
///     #[text(name = "away")]
///     Idle,
/// }
///
/// assert_eq!(Status::TEXTS, Some(&["online", "do_not_disturb", "away"][..]));
/// ```
///
/// A variant's text is its name in snake_case. `#[text(name = "away")]` on a variant gives another one;
/// `#[text(rename_all = "kebab-case")]` on the enum another spelling for all: `snake_case`, `lowercase`, `UPPERCASE`,
/// `camelCase`, `PascalCase`, `kebab-case`, `SCREAMING_SNAKE_CASE` or `SCREAMING-KEBAB-CASE`. `#[text(crate = renamed)]` names
/// the path of `schema_core`.
#[proc_macro_derive(TextEnum, attributes(text))]
pub fn derive_text_enum(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::text_enum(input, expand::text_enum)
    })
    .into()
}

/// An enum is an enum type of the database, made before the tables that have columns of it.
///
/// ```
/// use schema_core::{Id, SqlEnum, Table, ddl, schema::Schema};
///
/// /// What somebody is up to.
/// #[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
/// enum Status {
///     Online,
///     #[sql_enum(name = "away")]
///     Idle,
/// }
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
///     #[column(default = "away")]
///     status: Status,
///     formerly: Vec<Status>,
/// }
///
/// let schema = Schema::from_tables(&[User::ENTRY])?;
/// assert_eq!(
///     ddl::create(&schema)[..2],
///     [
///         "CREATE TYPE status AS ENUM ('online', 'away')",
///         "COMMENT ON TYPE status IS 'What somebody is up to.'",
///     ]
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
///
/// A column of the enum, of an `Option` of it or of a `Vec` of it says by its type alone that the schema needs the enum type.
/// A literal default must be one of the labels. The doc comment becomes the type's comment.
///
/// # On the enum: `#[sql_enum(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "status"` | the type's name; without it the enum's name in snake_case |
/// | `namespace = "audit"` | PostgreSQL schema; without it `public` |
/// | `rename_all = "kebab-case"` | the spelling of all labels, as for [`TextEnum`](macro@TextEnum) |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `crate = renamed` | the path of `schema_core` |
///
/// On a variant, `#[sql_enum(name = "away")]` gives its label; without it, that is the variant's name in snake_case. A label
/// has 63 bytes at most.
#[proc_macro_derive(SqlEnum, attributes(sql_enum))]
pub fn derive_sql_enum(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::type_object(input, attr::sql_enum, expand::type_object)
    })
    .into()
}

/// A struct of one field is a domain: the field's type with conditions, made before the tables that have columns of it.
///
/// ```
/// use schema_core::{Id, SqlDomain, Table, ddl, schema::Schema};
///
/// #[derive(SqlDomain, Debug, Clone)]
/// #[sql_domain(type = varchar(320), check = sql("VALUE ~ '@'"))]
/// struct Email(String);
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
///     email: Email,
/// }
///
/// let schema = Schema::from_tables(&[User::ENTRY])?;
/// assert_eq!(
///     ddl::create(&schema)[0],
///     "CREATE DOMAIN email AS varchar(320)\n    CONSTRAINT email_check CHECK (VALUE ~ '@')"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
///
/// The field may be of any type a column may have, another domain or an enum type among them, but no `Option`: each column
/// says for itself whether it may be NULL.
///
/// # On the struct: `#[sql_domain(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "email"` | the domain's name; without it the struct's name in snake_case |
/// | `namespace = "audit"` | PostgreSQL schema; without it `public` |
/// | `type = varchar(320)` | the type below, where the field's default will not do |
/// | `check = sql("VALUE ~ '@'")` | a condition, in which `VALUE` is the value; with a name `check(sql("…"), name = "…")`; may stand more than once |
/// | `not_null` | no column of it may hold NULL, whatever the column says |
/// | `default = …` | as on a column, for columns that have none of their own |
/// | `collate = "C"` | collation |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `crate = renamed` | the path of `schema_core` |
#[proc_macro_derive(SqlDomain, attributes(sql_domain))]
pub fn derive_sql_domain(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::type_object(input, attr::sql_domain, expand::type_object)
    })
    .into()
}

/// A struct is a composite type, made before the tables that have columns of it.
///
/// ```
/// use schema_core::{Id, SqlComposite, Table, ddl, schema::Schema};
///
/// #[derive(SqlComposite, Debug, Clone)]
/// struct Address {
///     street: String,
///     #[sql_composite(type = varchar(10))]
///     zip_code: Option<String>,
/// }
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
///     home: Address,
/// }
///
/// let schema = Schema::from_tables(&[User::ENTRY])?;
/// assert_eq!(
///     ddl::create(&schema)[0],
///     "CREATE TYPE address AS (\n    street text,\n    zip_code varchar(10)\n)"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
///
/// Attributes are found by name, so their order in the database may be another. PostgreSQL lets every attribute be NULL; a
/// NULL from elsewhere in a field that is no `Option` is an error when the row is read.
///
/// # On the struct: `#[sql_composite(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "address"` | the type's name; without it the struct's name in snake_case |
/// | `namespace = "audit"` | PostgreSQL schema; without it `public` |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `crate = renamed` | the path of `schema_core` |
///
/// # On a field: `#[sql_composite(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `type = varchar(10)` | SQL type, where the Rust type's default will not do |
/// | `name = "…"` | the attribute's name; without it the field's name |
/// | `collate = "C"` | collation |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
#[proc_macro_derive(SqlComposite, attributes(sql_composite))]
pub fn derive_sql_composite(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::type_object(input, attr::sql_composite, expand::type_object)
    })
    .into()
}

/// A struct of the `bitflags` crate is stored as the integer it is made of, unknown bits kept.
///
/// It stands among the derives inside `bitflags! { … }`. `#[flags(crate = renamed)]` names the path of `schema_core`.
#[proc_macro_derive(SqlFlags, attributes(flags))]
pub fn derive_sql_flags(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| {
        pipeline::sql_flags(input, expand::sql_flags)
    })
    .into()
}

/// What `schema_core::schema!` hands its tokens to, its own path in brackets before them.
#[doc(hidden)]
#[proc_macro]
pub fn schema_impl(input: TokenStream) -> TokenStream {
    pipeline::schema(input.into(), expand::schema).into()
}

/// What `schema_core::sql!` hands its tokens to, its own path in brackets before them.
#[doc(hidden)]
#[proc_macro]
pub fn sql_impl(input: TokenStream) -> TokenStream {
    pipeline::sql(input.into(), query::expand).into()
}
