//! Hand-written SQL whose tables and columns the compiler checks: what [`sql!`](crate::sql!) gives.
//!
//! The text stays PostgreSQL's; only what the definitions know stands in braces:
//!
//! | written | means | rendered |
//! |---|---|---|
//! | `{Message as m}` | a table and its alias | `"public"."messages" AS "m"` |
//! | `{Message}` | a table | `"public"."messages"` |
//! | `{m.content}` | a column, by its Rust field, behind an alias; `{m.type}` is that of `r#type` | `"m"."content"` |
//! | `{Message::content}` | a column alone, as `INSERT` and `SET` want it | `"content"` |
//! | `${channel}` | a parameter: any Rust expression without braces | `$1` |
//! | `count(*) as {replies: i64}` | the name and Rust type of a result that is no column | `"replies"` |
//! | `{{`, `}}` | a brace | `{`, `}` |
//!
//! Nothing of this needs a database. That a column exists is a constant that is evaluated against the table's
//! [`TableDef`]; its Rust type is inferred from the struct's field, so the type of a private field
//! is private here too, and a table pays nothing for being queried. A parameter's type is checked where it is compared with one
//! column (`{m.id} = ${id}`, `{m.id} in (${a}, ${b})`, `{m.id} between ${a} and ${b}`, `{m.id} = any(${ids})`), assigned
//! to one (`set {User::name} = ${name}`) or inserted into one, and where it is a number of rows (`limit ${limit}`).
//! Elsewhere the server's own check when the statement is prepared is the first.
//!
//! A parameter is borrowed. One that is more than a variable or a field lives as long as the statement it stands in, as
//! with [`format_args!`]: bind it to a variable, or run the statement at once.
//!
//! The row is a struct made for the statement, with a field for each result, an `Option` for a column of the nullable
//! side of an outer join. `sql!(Line, "…")` reads a struct with [`FromRow`] in its place; a column of a `json` field,
//! `select *` and the like need one. Where the text lists the results one by one, they are compared with its fields: how
//! many there are, their names where the order contradicts them, and of each that is a column the SQL type, the table
//! whose id it is, and whether it may be NULL. A column that a condition keeps from being NULL says so with a type,
//! `{m.edited_at} as {edited_at: Timestamp}`, which goes before the column's.
//!
//! The rest of the text is not checked: a keyword misspelled outside the braces is the server's to refuse.

mod column;
mod no_row;
mod text;

use std::{fmt, marker::PhantomData};

use postgres_types::ToSql;
use tokio_postgres::GenericClient;

use crate::{Error, FromRow, statement};

#[doc(hidden)]
pub use column::{
    Checked, Column, Given, OuterColumn, assigned, compared, compared_with_any, limited,
};
#[doc(hidden)]
pub use text::{Part, column_name, len, relation_name, render, text};

#[cfg(doc)]
use crate::def::TableDef;

/// The row of a statement that gives none: it can only be executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRow {}

/// A statement with its parameters, made by [`sql!`](crate::sql!).
pub struct Sql<'p, R = NoRow> {
    text: &'static str,
    params: Vec<&'p (dyn ToSql + Sync)>,
    row: PhantomData<fn() -> R>,
}

impl<'p, R> Sql<'p, R> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        text: &'static str,
        params: Vec<&'p (dyn ToSql + Sync)>,
        row: PhantomData<fn() -> R>,
    ) -> Self {
        Self { text, params, row }
    }

    /// The statement's text, with a `$1` for each parameter. It is a constant.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The parameters, from `$1` on.
    #[must_use]
    pub fn params(&self) -> &[&'p (dyn ToSql + Sync)] {
        &self.params
    }

    /// Runs the statement and gives the number of rows it touched.
    ///
    /// # Errors
    ///
    /// When the server refuses it.
    pub async fn execute(&self, client: &(impl GenericClient + Sync)) -> Result<u64, Error> {
        Ok(client.execute(self.text, &self.params).await?)
    }
}

impl<R: for<'r> FromRow<'r>> Sql<'_, R> {
    /// Runs the statement and reads all its rows.
    ///
    /// # Errors
    ///
    /// When the server refuses it, its columns are not the row's, or a value cannot be read.
    pub async fn fetch_all(&self, client: &(impl GenericClient + Sync)) -> Result<Vec<R>, Error> {
        statement::query_as(client, self.text, &self.params).await
    }

    /// Runs the statement and gives its rows one by one as they arrive, none of them collected.
    ///
    /// # Errors
    ///
    /// When the server refuses it or its columns are not the row's; the stream's items, when a value cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_util::StreamExt as _;
    /// use schema_core::{Error, Id, Table, sql};
    ///
    /// #[derive(Table)]
    /// #[table(name = "messages")]
    /// struct Message {
    ///     #[column(primary_key)]
    ///     id: Id<Message>,
    ///     content: String,
    /// }
    ///
    /// async fn length(client: &tokio_postgres::Client) -> Result<usize, Error> {
    ///     let query = sql!("select {m.content} from {Message as m}");
    ///     let mut rows = query.fetch_stream(client).await?;
    ///     let mut length = 0;
    ///     while let Some(row) = rows.next().await {
    ///         length += row?.content.len();
    ///     }
    ///     Ok(length)
    /// }
    /// ```
    pub async fn fetch_stream(
        &self,
        client: &(impl GenericClient + Sync),
    ) -> Result<statement::RowsAs<R>, Error> {
        statement::query_stream_as(client, self.text, &self.params).await
    }

    /// Runs the statement and reads its only row.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all), and when there is no row or more than one.
    pub async fn fetch_one(&self, client: &(impl GenericClient + Sync)) -> Result<R, Error> {
        statement::query_one_as(client, self.text, &self.params).await
    }

    /// Runs the statement and reads its row, if there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all), and when there is more than one row.
    pub async fn fetch_optional(
        &self,
        client: &(impl GenericClient + Sync),
    ) -> Result<Option<R>, Error> {
        statement::query_opt_as(client, self.text, &self.params).await
    }
}

impl<R> fmt::Debug for Sql<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sql")
            .field("text", &self.text)
            .field("params", &self.params)
            .finish()
    }
}

/// A statement in PostgreSQL's own words, with the tables and columns in braces checked while the crate compiles.
///
/// The [module](crate::query) lists what stands in braces. A path of a table is written out: `Self` and a generic
/// parameter are not known to the constants a statement is made of.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table, sql};
///
/// #[derive(Table)]
/// #[table(name = "messages")]
/// struct Message {
///     #[column(primary_key)]
///     id: Id<Message>,
///     #[column(name = "body")]
///     content: String,
///     pinned: bool,
/// }
///
/// async fn pinned(client: &tokio_postgres::Client, limit: i64) -> Result<(), schema_core::Error> {
///     let pinned = true;
///     let rows = sql!(
///         "select {m.id}, {m.content} from {Message as m}
///           where {m.pinned} = ${pinned} order by {m.id} desc limit ${limit}"
///     );
///     for row in rows.fetch_all(client).await? {
///         println!("{}: {}", row.id, row.content);
///     }
///     Ok(())
/// }
///
/// let content = "Hello";
/// let update = sql!("update {Message} set {Message::content} = ${content}");
/// assert_eq!(update.text(), r#"update "public"."messages" set "body" = $1"#);
/// ```
///
/// A field that does not exist is an error at the literal:
///
/// ```compile_fail
/// # use schema_core::{Id, Table, sql};
/// # #[derive(Table)]
/// # #[table(name = "messages")]
/// # struct Message {
/// #     #[column(primary_key)]
/// #     id: Id<Message>,
/// #     content: String,
/// # }
/// let query = sql!("select {m.contents} from {Message as m}");
/// ```
#[macro_export]
macro_rules! sql {
    ($($tokens:tt)*) => {
        $crate::__private::sql_impl! { [$crate] $($tokens)* }
    };
}
