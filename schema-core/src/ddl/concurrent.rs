//! Statements for tables that are in use: they take longer than their plain forms, in several steps, and block nobody for
//! long ([Building Indexes Concurrently](https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY),
//! [`ALTER TABLE`](https://www.postgresql.org/docs/current/sql-altertable.html)). Those that cannot run inside a
//! transaction say that what they make or drop may be there or gone, since they can fail half way.

use super::{
    constraint::{render_deferrable, render_primary_key, render_unique},
    index::{Build, render_index},
};
use crate::{
    ident::quote,
    schema::{Index, PrimaryKey, QualifiedName, Unique},
};

/// Renders `CREATE INDEX CONCURRENTLY IF NOT EXISTS`.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::create_index_concurrently, schema::{Index, IndexKey, Indexed, QualifiedName}};
///
/// let index = Index::new("users_name_idx", vec![IndexKey::new(Indexed::Column("name".to_owned()))]);
/// assert_eq!(
///     create_index_concurrently(&QualifiedName::new("public", "users"), &index),
///     "CREATE INDEX CONCURRENTLY IF NOT EXISTS users_name_idx ON users (name)"
/// );
/// ```
#[must_use]
pub fn create_index_concurrently(table: &QualifiedName, index: &Index) -> String {
    render_index(table, index, Build::Concurrently)
}

/// Renders `CREATE INDEX … ON ONLY`: the index of a partitioned table, not valid before one of each partition is attached.
#[must_use]
pub fn create_index_on_only(table: &QualifiedName, index: &Index) -> String {
    render_index(table, index, Build::OnOnly)
}

/// Renders `DROP INDEX CONCURRENTLY IF EXISTS`.
#[must_use]
pub fn drop_index_concurrently(index: &QualifiedName) -> String {
    format!("DROP INDEX CONCURRENTLY IF EXISTS {}", index.render())
}

/// Renders `ADD CONSTRAINT … UNIQUE USING INDEX`, which gives the index the constraint's name; in place of another
/// constraint where one is given, in the same statement.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::add_unique_using_index, schema::{QualifiedName, Unique}};
///
/// let unique = Unique { name: "users_name_key".to_owned(), ..Unique::default() };
/// assert_eq!(
///     add_unique_using_index(&QualifiedName::new("public", "users"), &unique, "by_name", Some("old")),
///     "ALTER TABLE users DROP CONSTRAINT old, ADD CONSTRAINT users_name_key UNIQUE USING INDEX by_name"
/// );
/// ```
#[must_use]
pub fn add_unique_using_index(
    table: &QualifiedName,
    unique: &Unique,
    index: &str,
    replaced: Option<&str>,
) -> String {
    let key = format!(
        "CONSTRAINT {} UNIQUE USING INDEX {}{}",
        quote(&unique.name),
        quote(index),
        render_deferrable(unique.deferrable)
    );
    replacing(table, replaced, &key)
}

/// Renders `ADD CONSTRAINT … PRIMARY KEY USING INDEX`, as [`add_unique_using_index`] does.
#[must_use]
pub fn add_primary_key_using_index(
    table: &QualifiedName,
    key: &PrimaryKey,
    index: &str,
    replaced: Option<&str>,
) -> String {
    let key = format!(
        "CONSTRAINT {} PRIMARY KEY USING INDEX {}{}",
        quote(&key.name),
        quote(index),
        render_deferrable(key.deferrable)
    );
    replacing(table, replaced, &key)
}

fn replacing(table: &QualifiedName, replaced: Option<&str>, constraint: &str) -> String {
    let drop = replaced.map_or(String::new(), |name| {
        format!("DROP CONSTRAINT {}, ", quote(name))
    });
    format!("ALTER TABLE {} {drop}ADD {constraint}", table.render())
}

/// Renders `ALTER TABLE ONLY … ADD CONSTRAINT … UNIQUE`: that of a partitioned table, not valid before the index of each
/// partition is attached to its index.
#[must_use]
pub fn add_unique_on_only(table: &QualifiedName, unique: &Unique) -> String {
    let table = table.render();
    format!("ALTER TABLE ONLY {table} ADD {}", render_unique(unique))
}

/// Renders `ALTER TABLE ONLY … ADD CONSTRAINT … PRIMARY KEY`, as [`add_unique_on_only`] does.
#[must_use]
pub fn add_primary_key_on_only(table: &QualifiedName, key: &PrimaryKey) -> String {
    let table = table.render();
    format!("ALTER TABLE ONLY {table} ADD {}", render_primary_key(key))
}

/// Renders the update that gives a column its default wherever it is NULL.
#[must_use]
pub fn fill_with_default(table: &QualifiedName, column: &str) -> String {
    let (table, column) = (table.render(), quote(column));
    format!("UPDATE {table} SET {column} = DEFAULT WHERE {column} IS NULL")
}

/// Renders `ADD CONSTRAINT … NOT NULL … NOT VALID`, which PostgreSQL has from version 18 on.
#[must_use]
pub fn add_not_null(table: &QualifiedName, name: &str, column: &str) -> String {
    format!(
        "ALTER TABLE {} ADD CONSTRAINT {} NOT NULL {} NOT VALID",
        table.render(),
        quote(name),
        quote(column)
    )
}

/// Renders `DETACH PARTITION … CONCURRENTLY`.
#[must_use]
pub fn detach_partition_concurrently(parent: &QualifiedName, partition: &QualifiedName) -> String {
    let (parent, partition) = (parent.render(), partition.render());
    format!("ALTER TABLE {parent} DETACH PARTITION {partition} CONCURRENTLY")
}
