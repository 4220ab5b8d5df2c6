//! Statements that change what is there ([`ALTER TABLE`](https://www.postgresql.org/docs/current/sql-altertable.html),
//! [`ALTER TYPE`](https://www.postgresql.org/docs/current/sql-altertype.html),
//! [`ALTER DOMAIN`](https://www.postgresql.org/docs/current/sql-alterdomain.html)), one fact each. What changes between
//! two schemas, and in which order, is not known here.

use std::collections::BTreeMap;

use super::{
    Address,
    column::{default_text, render_column, render_identity},
    index::{render_parameter_name, render_parameters},
    partition::render_bound,
    type_object::{render as render_type, render_attribute, render_attribute_type},
};
use crate::{
    ident::{quote, quote_literal},
    schema::{
        Attribute, Column, Deferrable, Domain, Expression, ForeignKey, Partition, QualifiedName,
    },
};

/// Renders `ADD COLUMN`, with all that belongs to the column but its comment and storage.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::add_column, schema::{Column, QualifiedName}};
///
/// let users = QualifiedName::new("public", "users");
/// let age = Column { nullable: true, ..Column::new("age", "integer".parse()?) };
/// assert_eq!(add_column(&users, &age), "ALTER TABLE users ADD COLUMN age integer");
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[must_use]
pub fn add_column(table: &QualifiedName, column: &Column) -> String {
    format!(
        "ALTER TABLE {} ADD COLUMN {}",
        table.render(),
        render_column(table, column)
    )
}

fn alter_column(table: &QualifiedName, column: &str, action: &str) -> String {
    format!(
        "ALTER TABLE {} ALTER COLUMN {} {action}",
        table.render(),
        quote(column)
    )
}

/// Renders `ALTER COLUMN … TYPE`, with the column's collation and, where values do not convert by themselves, how they
/// are converted.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::alter_column_type, schema::{Column, Expression, QualifiedName}};
///
/// let users = QualifiedName::new("public", "users");
/// let age = Column::new("age", "integer".parse()?);
/// assert_eq!(
///     alter_column_type(&users, &age, Some(&Expression::new("age::integer"))),
///     "ALTER TABLE users ALTER COLUMN age TYPE integer USING age::integer"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[must_use]
pub fn alter_column_type(
    table: &QualifiedName,
    column: &Column,
    using: Option<&Expression>,
) -> String {
    let collation = column
        .collation
        .as_ref()
        .map_or(String::new(), |collation| {
            format!(" COLLATE {}", collation.render())
        });
    let using = using.map_or(String::new(), |using| format!(" USING {using}"));
    let action = format!("TYPE {}{collation}{using}", column.sql_type);
    alter_column(table, &column.name, &action)
}

/// Renders `SET DEFAULT`, or `DROP DEFAULT` where the column has none.
#[must_use]
pub fn set_default(table: &QualifiedName, column: &str, default: Option<&Expression>) -> String {
    alter_column(table, column, &default_action(default))
}

fn default_action(default: Option<&Expression>) -> String {
    default.map_or("DROP DEFAULT".to_owned(), |default| {
        format!("SET DEFAULT {}", default_text(default.as_str()))
    })
}

/// Renders `SET NOT NULL` or `DROP NOT NULL`.
#[must_use]
pub fn set_nullable(table: &QualifiedName, column: &str, nullable: bool) -> String {
    let action = if nullable {
        "DROP NOT NULL"
    } else {
        "SET NOT NULL"
    };
    alter_column(table, column, action)
}

/// Renders `DROP EXPRESSION`: a generated column becomes a plain one that keeps its values.
#[must_use]
pub fn drop_expression(table: &QualifiedName, column: &str) -> String {
    alter_column(table, column, "DROP EXPRESSION")
}

/// Renders `DROP IDENTITY`.
#[must_use]
pub fn drop_identity(table: &QualifiedName, column: &str) -> String {
    alter_column(table, column, "DROP IDENTITY")
}

/// Renders `ADD GENERATED … AS IDENTITY`, for a column that is one.
#[must_use]
pub fn add_identity(table: &QualifiedName, column: &Column) -> String {
    let identity = column.identity.as_ref();
    let identity = identity.map_or(String::new(), |it| render_identity(table, column, it));
    alter_column(table, &column.name, &format!("ADD {identity}"))
}

/// Renders `VALIDATE CONSTRAINT`: the rows that were there are checked, too.
#[must_use]
pub fn validate_constraint(table: &QualifiedName, name: &str) -> String {
    format!(
        "ALTER TABLE {} VALIDATE CONSTRAINT {}",
        table.render(),
        quote(name)
    )
}

/// Renders `ALTER CONSTRAINT`, which changes when a foreign key is checked and nothing else.
#[must_use]
pub fn set_deferrable(table: &QualifiedName, key: &ForeignKey) -> String {
    let when = match key.deferrable {
        None => "NOT DEFERRABLE",
        Some(Deferrable::InitiallyImmediate) => "DEFERRABLE INITIALLY IMMEDIATE",
        Some(Deferrable::InitiallyDeferred) => "DEFERRABLE INITIALLY DEFERRED",
    };
    format!(
        "ALTER TABLE {} ALTER CONSTRAINT {} {when}",
        table.render(),
        quote(&key.name)
    )
}

/// Renders `DISABLE ROW LEVEL SECURITY`.
#[must_use]
pub fn disable_row_level_security(table: &QualifiedName) -> String {
    format!("ALTER TABLE {} DISABLE ROW LEVEL SECURITY", table.render())
}

/// Renders `NO FORCE ROW LEVEL SECURITY`.
#[must_use]
pub fn unforce_row_level_security(table: &QualifiedName) -> String {
    format!("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", table.render())
}

/// Renders `SET UNLOGGED` or `SET LOGGED`.
#[must_use]
pub fn set_unlogged(table: &QualifiedName, unlogged: bool) -> String {
    let action = if unlogged { "UNLOGGED" } else { "LOGGED" };
    format!("ALTER TABLE {} SET {action}", table.render())
}

/// Renders `ALTER … SET (…)` and `ALTER … RESET (…)`, which change the storage parameters of a table, a view or an index
/// from one list to another.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::{Address, set_parameters}, schema::QualifiedName};
///
/// let users = Address::Table(QualifiedName::new("public", "users"));
/// let parameters = |name: &str| [(name.to_owned(), "70".to_owned())].into();
/// assert_eq!(
///     set_parameters(&users, &parameters("toast_tuple_target"), &parameters("fillfactor")),
///     [
///         "ALTER TABLE users RESET (toast_tuple_target)",
///         "ALTER TABLE users SET (fillfactor = 70)",
///     ]
/// );
/// ```
#[must_use]
pub fn set_parameters(
    address: &Address,
    previous: &BTreeMap<String, String>,
    next: &BTreeMap<String, String>,
) -> Vec<String> {
    let subject = format!("ALTER {} {}", address.kind(), address.name());
    change_parameters(&subject, previous, next)
}

/// Renders the change of a column's options, as [`set_parameters`] does.
#[must_use]
pub fn change_column_options(
    table: &QualifiedName,
    previous: &Column,
    next: &Column,
) -> Vec<String> {
    let (table, column) = (table.render(), quote(&next.name));
    let subject = format!("ALTER TABLE ONLY {table} ALTER COLUMN {column}");
    change_parameters(&subject, &previous.options, &next.options)
}

fn change_parameters(
    subject: &str,
    previous: &BTreeMap<String, String>,
    next: &BTreeMap<String, String>,
) -> Vec<String> {
    let gone = previous.keys().filter(|name| !next.contains_key(*name));
    let gone: Vec<String> = gone.map(|name| render_parameter_name(name)).collect();
    let is_new = |(name, value): &(&String, &String)| previous.get(*name) != Some(value);
    let changed = next.iter().filter(is_new);
    let changed = changed.map(|(name, value)| (name.clone(), value.clone()));
    let reset = (!gone.is_empty()).then(|| format!("{subject} RESET ({})", gone.join(", ")));
    let set = render_parameters(&changed.collect());
    let set = set.map(|list| format!("{subject} SET {list}"));
    reset.into_iter().chain(set).collect()
}

/// Renders `SET STATISTICS` back to the server's default target.
#[must_use]
pub fn reset_statistics(table: &QualifiedName, column: &str) -> String {
    let (table, column) = (table.render(), quote(column));
    format!("ALTER TABLE ONLY {table} ALTER COLUMN {column} SET STATISTICS -1")
}

/// Renders `INHERIT`: the table has all columns of the other already.
#[must_use]
pub fn inherit(table: &QualifiedName, parent: &QualifiedName) -> String {
    format!("ALTER TABLE {} INHERIT {}", table.render(), parent.render())
}

/// Renders `NO INHERIT`: the table keeps the columns it has from the other.
#[must_use]
pub fn no_inherit(table: &QualifiedName, parent: &QualifiedName) -> String {
    format!(
        "ALTER TABLE {} NO INHERIT {}",
        table.render(),
        parent.render()
    )
}

/// Renders `ATTACH PARTITION`: a table that is there holds the rows of a partition.
#[must_use]
pub fn attach_partition(parent: &QualifiedName, partition: &Partition) -> String {
    format!(
        "ALTER TABLE {} ATTACH PARTITION {} {}",
        parent.render(),
        partition.table.name.render(),
        render_bound(&partition.bound)
    )
}

/// Renders `DETACH PARTITION`: the partition becomes a table of its own.
#[must_use]
pub fn detach_partition(parent: &QualifiedName, partition: &QualifiedName) -> String {
    let (parent, partition) = (parent.render(), partition.render());
    format!("ALTER TABLE {parent} DETACH PARTITION {partition}")
}

/// Renders `ALTER INDEX … ATTACH PARTITION`: an index of a partition becomes that for an index of its table.
#[must_use]
pub fn attach_index(index: &QualifiedName, attached: &QualifiedName) -> String {
    let (index, attached) = (index.render(), attached.render());
    format!("ALTER INDEX {index} ATTACH PARTITION {attached}")
}

/// Renders `REFRESH MATERIALIZED VIEW`, which fills it.
#[must_use]
pub fn refresh_view(name: &QualifiedName) -> String {
    format!("REFRESH MATERIALIZED VIEW {}", name.render())
}

/// Where a label is added to an enum type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelPosition<'a> {
    /// Before another label.
    Before(&'a str),
    /// After another label.
    After(&'a str),
    /// After all labels.
    Last,
}

/// Renders `ADD VALUE`.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::{LabelPosition, add_label}, schema::QualifiedName};
///
/// let status = QualifiedName::new("public", "status");
/// assert_eq!(
///     add_label(&status, "idle", LabelPosition::Before("offline")),
///     "ALTER TYPE status ADD VALUE 'idle' BEFORE 'offline'"
/// );
/// ```
#[must_use]
pub fn add_label(name: &QualifiedName, label: &str, position: LabelPosition<'_>) -> String {
    let position = match position {
        LabelPosition::Before(other) => format!(" BEFORE {}", quote_literal(other)),
        LabelPosition::After(other) => format!(" AFTER {}", quote_literal(other)),
        LabelPosition::Last => String::new(),
    };
    format!(
        "ALTER TYPE {} ADD VALUE {}{position}",
        render_type(name),
        quote_literal(label)
    )
}

fn alter_domain(name: &QualifiedName, action: &str) -> String {
    format!("ALTER DOMAIN {} {action}", render_type(name))
}

/// Renders the change of a domain's default to what it is in the given domain.
#[must_use]
pub fn set_domain_default(domain: &Domain) -> String {
    alter_domain(&domain.name, &default_action(domain.default.as_ref()))
}

/// Renders the change of whether a domain takes NULL to what it is in the given domain.
#[must_use]
pub fn set_domain_not_null(domain: &Domain) -> String {
    let action = if domain.not_null {
        "SET NOT NULL"
    } else {
        "DROP NOT NULL"
    };
    alter_domain(&domain.name, action)
}

/// Renders `ADD ATTRIBUTE`.
#[must_use]
pub fn add_attribute(ty: &QualifiedName, attribute: &Attribute) -> String {
    format!(
        "ALTER TYPE {} ADD ATTRIBUTE {}",
        render_type(ty),
        render_attribute(attribute)
    )
}

/// Renders `ALTER ATTRIBUTE … TYPE`.
#[must_use]
pub fn alter_attribute_type(ty: &QualifiedName, attribute: &Attribute) -> String {
    format!(
        "ALTER TYPE {} ALTER ATTRIBUTE {} TYPE {}",
        render_type(ty),
        quote(&attribute.name),
        render_attribute_type(attribute)
    )
}

/// Renders `DROP ATTRIBUTE`.
#[must_use]
pub fn drop_attribute(ty: &QualifiedName, attribute: &str) -> String {
    format!(
        "ALTER TYPE {} DROP ATTRIBUTE {}",
        render_type(ty),
        quote(attribute)
    )
}
