//! The traits `#[derive(View)]` implements.

use crate::{
    ddl,
    def::{TableName, ViewDef},
    error::Error,
    relation::Relation,
};

/// A struct that is a view or a materialized view.
///
/// Implemented by `#[derive(View)]`, whose documentation lists every attribute.
#[diagnostic::on_unimplemented(
    message = "[T1332] `{Self}` is not a view",
    label = "this struct has no `#[derive(View)]`",
    note = "add #[derive(schema_core::View)] to it"
)]
pub trait View: Relation {
    /// The view's name.
    const NAME: TableName;
    /// The whole definition.
    const VIEW: &'static ViewDef;

    /// Renders the statements that create the view: `CREATE VIEW` or `CREATE MATERIALIZED VIEW`, its indexes and
    /// comments.
    ///
    /// What its query reads must be there first; [`ddl::script`] orders a whole schema.
    ///
    /// # Errors
    ///
    /// A name that PostgreSQL does not take.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::{Id, Table, View};
    ///
    /// #[derive(Table)]
    /// #[table(name = "users")]
    /// struct User {
    ///     #[column(primary_key)]
    ///     id: Id<User>,
    ///     is_active: bool,
    /// }
    ///
    /// #[derive(View)]
    /// #[view(name = "active_users", query = sql("SELECT {u.id} FROM {User as u} WHERE {u.is_active}"))]
    /// struct ActiveUser {
    ///     id: Id<User>,
    /// }
    ///
    /// assert_eq!(
    ///     ActiveUser::ddl()?,
    ///     "CREATE VIEW active_users (id) AS\nSELECT u.id FROM users AS u WHERE u.is_active;\n"
    /// );
    /// # Ok::<(), schema_core::Error>(())
    /// ```
    fn ddl() -> Result<String, Error> {
        Ok(ddl::view_script(Self::VIEW)?)
    }
}

/// A view with `materialized`, whose rows are those of its last refresh.
#[diagnostic::on_unimplemented(
    message = "[T1333] `{Self}` is no materialized view: there is nothing to refresh",
    label = "the `#[view(…)]` of this struct does not say `materialized`",
    note = "a plain view runs its query each time it is read; `#[view(materialized)]` keeps the rows"
)]
pub trait Materialized: View {}

/// A materialized view that can be refreshed while it is read.
///
/// PostgreSQL needs a unique index over columns alone that holds every row
/// ([`REFRESH MATERIALIZED VIEW`](https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html)).
#[diagnostic::on_unimplemented(
    message = "[T1334] `{Self}` cannot be refreshed concurrently",
    label = "this materialized view has no unique index over columns that holds every row",
    note = "add `unique_index(…)` over columns, without `where`, to its `#[view(…)]`, or use `refresh`"
)]
pub trait RefreshedConcurrently: Materialized {}
