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
mod spelling;
mod suggest;
mod symbol;
mod table_name;
mod valid;

use proc_macro::TokenStream;

#[doc = include_str!("../doc/table.md")]
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| pipeline::table(input, expand::table)).into()
}

/// A struct is a view or a materialized view: its definition and its row mapper.
///
/// ```
/// use schema_core::{Id, Table, View};
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
///     username: String,
/// }
///
/// #[derive(Table)]
/// #[table(name = "messages")]
/// struct Message {
///     #[column(primary_key)]
///     id: Id<Message>,
///     #[column(references = User)]
///     author_id: Id<User>,
/// }
///
/// /// Who wrote how much.
/// #[derive(View, Debug)]
/// #[view(
///     name = "authors",
///     query = sql("SELECT {u.id}, {u.username}, count(*) AS messages
///                    FROM {User as u} JOIN {Message as m} ON {m.author_id} = {u.id}
///                   GROUP BY {u.id}"),
///     materialized,
///     unique_index(id),
/// )]
/// struct Author {
///     id: Id<User>,
///     username: String,
///     /// All of them, edited or not.
///     messages: i64,
/// }
///
/// schema_core::schema! {
///     static CHAT = [User, Message, Author];
/// }
/// assert_eq!(CHAT.views[0].relation.name.name, "authors");
/// ```
///
/// The query is PostgreSQL's; `{User as u}`, `{u.id}` and `{User::id}` in it are the tables, views and columns of `sql!`, checked
/// against their definitions. Each result is a field, in the same order: their number is compared, and so are their names, where a
/// result has the name of another field. A result that is a column alone (`{u.id}`, `{u.id} AS author`) has its type and NULL compared with
/// the field's too. In parentheses it is any expression, whose type the server knows: it is compared before the first row is read.
///
/// `schema!` lists views among the tables. What a view reads must be listed, and views may read each other, in any order.
///
/// # On the struct: `#[view(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `query = sql("SELECT …")` | what it stands for |
/// | `name = "authors"` | the view's name; without it the struct's name in snake_case |
/// | `namespace = "audit"` | PostgreSQL schema; without it `public` |
/// | `depends(User, Author)` | what the query reads without saying so in braces |
/// | `materialized` | the rows are kept until `statement::refresh` |
/// | `with(security_barrier, security_invoker)` | options of a plain view; storage parameters, `with(fillfactor = 70)`, of a materialized one |
/// | `check_option = local` | what is written through a plain view must be in it; also `cascaded` |
/// | `index(…)` · `unique_index(…)` | of a materialized view, as on a table |
/// | `with_no_data` | made without rows: not readable until it is refreshed |
/// | `using = heap` · `tablespace = "fast"` | where and how a materialized view is stored |
/// | `renamed_from = "old"` | the view's former name |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `allow(rule, reason = "…")` | silences a rule of `schema-kit lint` here |
/// | `crate = renamed` | the path of `schema_core` |
///
/// # On a field: `#[column(…)]`
///
/// | word | meaning |
/// |---|---|
/// | `name = "…"` | the column's name; without it the field's name |
/// | `type = varchar(32)` | the result's SQL type, where it is not the Rust type's default |
/// | `json` | through serde out of JSON or JSONB |
/// | `comment = "…"` | instead of the doc comment; `""` for none |
/// | `allow(rule, reason = "…")` | silences a rule of `schema-kit lint` here |
#[proc_macro_derive(View, attributes(view, column))]
pub fn derive_view(input: TokenStream) -> TokenStream {
    pipeline::derive(input.into(), |input| pipeline::view(input, expand::view)).into()
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
