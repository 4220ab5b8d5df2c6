//! Statement text: one function per statement, one file per object. Keywords are upper case, types lower case, a table's
//! parts stand one to a line; no statement ends in a semicolon. The same model gives the same bytes.

#[cfg(feature = "alter")]
mod address;
#[cfg(feature = "alter")]
mod alter;
mod column;
mod comment;
mod constraint;
mod index;
mod namespace;
mod policy;
mod table;
mod type_object;

use crate::{
    def::TableEntry,
    error::SchemaError,
    schema::{Schema, Table, order::type_order},
};

pub use crate::schema::order::{CreationOrder, creation_order};

#[cfg(feature = "alter")]
pub use self::{
    address::{Address, comment_on, drop, rename, set_namespace},
    alter::{
        LabelPosition, add_attribute, add_column, add_domain_check, add_identity, add_label,
        add_primary_key, alter_column_type, disable_row_level_security, drop_attribute,
        drop_expression, drop_identity, set_compression, set_default, set_deferrable,
        set_domain_default, set_domain_not_null, set_generated, set_nullable, validate_constraint,
    },
};
pub use self::{
    column::set_storage,
    comment::{comment_on_column, comment_on_namespace, comment_on_table},
    constraint::{add_check, add_exclusion, add_foreign_key, add_unique},
    index::create_index,
    namespace::{create_extension, create_namespace},
    policy::{create_policy, enable_row_level_security},
    table::create_table,
    type_object::{create_composite, create_domain, create_enum},
};

/// Renders the statements that create a schema in an empty database, in an order in which they run: namespaces and
/// extensions; each type, after those it is made of; each table, after those it references, with its indexes and
/// comments; the foreign keys that close a cycle; row security.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Column, QualifiedName, Schema, Table};
///
/// let mut table = Table::new(QualifiedName::new("audit", "log"));
/// table.columns.push(Column::new("line", "text".parse()?));
/// let schema = Schema { tables: vec![table], ..Schema::default() };
/// assert_eq!(ddl::create(&schema), ["CREATE TABLE audit.log (\n    line text NOT NULL\n)"]);
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[must_use]
pub fn create(schema: &Schema) -> Vec<String> {
    let order = creation_order(&schema.tables);
    let mut statements = Vec::new();
    for namespace in &schema.namespaces {
        statements.push(create_namespace(namespace));
        statements.extend(
            namespace
                .comment
                .as_ref()
                .map(|_| comment_on_namespace(namespace)),
        );
    }
    statements.extend(schema.extensions.iter().map(create_extension));
    for ty in type_order(schema) {
        type_object::push_type(&mut statements, ty);
    }
    for (at, inline) in &order.tables {
        push_table(&mut statements, &schema.tables[*at], inline);
    }
    for (at, foreign_key) in &order.deferred {
        let table = &schema.tables[*at];
        statements.push(add_foreign_key(
            &table.name,
            &table.foreign_keys[*foreign_key],
        ));
    }
    for (at, _) in &order.tables {
        push_security(&mut statements, &schema.tables[*at]);
    }
    statements
}

fn push_table(statements: &mut Vec<String>, table: &Table, inline: &[usize]) {
    let foreign_keys: Vec<_> = inline.iter().map(|key| &table.foreign_keys[*key]).collect();
    statements.push(create_table(table, &foreign_keys));
    statements.extend(table_parts(table));
    statements.extend(
        table
            .indexes
            .iter()
            .map(|index| create_index(&table.name, index)),
    );
    statements.extend(comment_on_table(table));
    let columns = table.columns.iter();
    statements.extend(columns.filter_map(|column| comment_on_column(&table.name, column)));
}

/// Renders what of a table `CREATE TABLE` cannot say: storage, constraints that repeat another, and checks that are
/// not valid. Indexes, comments, row security and foreign keys are not among them.
#[must_use]
pub fn table_parts(table: &Table) -> Vec<String> {
    let columns = table.columns.iter();
    let mut statements: Vec<String> = columns
        .filter_map(|column| set_storage(&table.name, column))
        .collect();
    let uniques = table.uniques.iter().enumerate();
    let repeated = uniques.filter(|(at, _)| table.is_repeated_unique(*at));
    statements.extend(repeated.map(|(_, unique)| add_unique(&table.name, unique)));
    let exclusions = table.exclusions.iter().enumerate();
    let repeated = exclusions.filter(|(at, _)| table.is_repeated_exclusion(*at));
    statements.extend(repeated.map(|(_, exclusion)| add_exclusion(&table.name, exclusion)));
    let not_valid = table.checks.iter().filter(|check| check.not_valid);
    statements.extend(not_valid.map(|check| add_check(&table.name, check)));
    statements
}

fn push_security(statements: &mut Vec<String>, table: &Table) {
    if table.row_level_security {
        statements.push(enable_row_level_security(&table.name));
    }
    statements.extend(
        table
            .policies
            .iter()
            .map(|policy| create_policy(&table.name, policy)),
    );
}

/// Renders [`create`] as a file: each statement ends with a semicolon, and a blank line separates it from the next.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Extension, Schema};
///
/// let extensions = ["citext", "uuid-ossp"].map(|name| Extension { name: name.into() });
/// let schema = Schema { extensions: extensions.into(), ..Schema::default() };
/// assert_eq!(
///     ddl::script(&schema),
///     "CREATE EXTENSION IF NOT EXISTS citext;\n\nCREATE EXTENSION IF NOT EXISTS \"uuid-ossp\";\n"
/// );
/// ```
#[must_use]
pub fn script(schema: &Schema) -> String {
    let statements: Vec<String> = create(schema)
        .into_iter()
        .map(|statement| format!("{statement};\n"))
        .collect();
    statements.join("\n")
}

/// Renders the script of one table with its foreign keys; the namespace, the types and the tables it references must
/// be there.
/// Names are chosen as if it were the only table: one that another table has taken is not numbered.
///
/// # Errors
///
/// As for [`Schema::from_tables`], but for referenced tables it is not given.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::def::{ColumnDef, KeyDef, Location, TableDef, TableEntry, TableName};
///
/// static USERS: TableDef = TableDef {
///     columns: &[ColumnDef::of::<i64>("id", "id")],
///     primary_key: Some(KeyDef::new(&["id"])),
///     ..TableDef::new(
///         TableName { namespace: "public", name: "users" },
///         Location { rust_name: "User", file: "src/user.rs", line: 3 },
///     )
/// };
/// assert_eq!(
///     ddl::table_script(&TableEntry { table: &USERS, foreign_keys: &[] })?,
///     "CREATE TABLE users (\n    id bigint NOT NULL,\n    CONSTRAINT users_pkey PRIMARY KEY (id)\n);\n"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
pub fn table_script(entry: &TableEntry) -> Result<String, SchemaError> {
    Schema::from_table(entry).map(|schema| script(&schema))
}

/// Renders names as a list in parentheses, each quoted.
fn name_list(names: &[String]) -> String {
    format!("({})", quoted_names(names).join(", "))
}

fn quoted_names(names: &[String]) -> Vec<String> {
    names
        .iter()
        .map(|name| crate::ident::quote(name).into_owned())
        .collect()
}
