//! Statement text: one function per statement, one file per object. Keywords are upper case, types lower case, a table's
//! parts stand one to a line; no statement ends in a semicolon. The same model gives the same bytes.

#[cfg(feature = "alter")]
mod address;
#[cfg(feature = "alter")]
mod alter;
#[cfg(feature = "alter")]
mod alter_sequence;
mod collation;
mod column;
mod comment;
#[cfg(feature = "alter")]
mod concurrent;
mod constraint;
mod index;
mod namespace;
mod object;
mod partition;
mod policy;
mod privilege;
mod sequence;
#[cfg(feature = "alter")]
mod session;
mod table;
mod type_object;
mod view;

use self::comment::comment_on_constraints;
use crate::{
    def::{TableEntry, ViewDef},
    error::SchemaError,
    schema::{
        ReplicaIdentity, Schema, Table,
        order::{CreationOrder, Step, creation_order},
    },
};

pub use crate::schema::order::{TableOrder, table_order};

#[cfg(feature = "alter")]
pub use self::{
    address::{Address, comment_on, drop, rename, set_namespace},
    alter::{
        LabelPosition, add_attribute, add_column, add_identity, add_label, alter_attribute_type,
        alter_column_type, attach_index, attach_partition, change_column_options, detach_partition,
        disable_row_level_security, drop_attribute, drop_expression, drop_identity, inherit,
        no_inherit, refresh_view, reset_statistics, set_default, set_deferrable,
        set_domain_default, set_domain_not_null, set_nullable, set_parameters, set_unlogged,
        unforce_row_level_security, validate_constraint,
    },
    alter_sequence::{
        alter_identity, alter_sequence, copy_sequence_value, drop_sequence_owner,
        set_sequence_unlogged,
    },
    concurrent::{
        add_not_null, add_primary_key_on_only, add_primary_key_using_index, add_unique_on_only,
        add_unique_using_index, create_index_concurrently, create_index_on_only,
        detach_partition_concurrently, drop_index_concurrently, fill_with_default,
    },
    namespace::update_extension,
    object::{replace_object, reset_settings},
    session::{Timeout, begin, commit, reset_timeout, set_timeout},
};
pub use self::{
    collation::{comment_on_collation, create_collation},
    column::{set_column_options, set_compression, set_statistics, set_storage},
    comment::{
        comment_on_column, comment_on_constraint, comment_on_index, comment_on_namespace,
        comment_on_policy, comment_on_table,
    },
    constraint::{add_check, add_exclusion, add_foreign_key, add_primary_key, add_unique},
    index::create_index,
    namespace::{comment_on_extension, create_extension, create_namespace},
    object::comment_on_object,
    partition::{create_partition, partition_own, partition_parts},
    policy::{create_policy, enable_row_level_security, force_row_level_security},
    privilege::change_grants,
    sequence::{comment_on_sequence, create_sequence, set_sequence_owner},
    table::{
        alter_inherited_column, copy_rows, create_table, set_clustered_on, set_replica_identity,
    },
    type_object::{add_domain_check, create_composite, create_domain, create_enum},
    view::{comment_on_view, create_view},
};

/// Renders the statements that create a schema in an empty database, in an order in which they run: namespaces and
/// extensions; collations and sequences; each type, after those it is made of; operators, casts and the like; each table, after those it references,
/// with its indexes, comments and partitions; the foreign keys that close a cycle; each view, after what it reads;
/// functions, triggers and other objects known as SQL text, earlier where something needs them; row security; event
/// triggers; privileges, where they are known.
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
    let order = creation_order(schema);
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
    for extension in &schema.extensions {
        statements.push(create_extension(extension));
        statements.extend(comment_on_extension(extension));
    }
    for collation in &schema.collations {
        statements.push(create_collation(collation));
        statements.extend(comment_on_collation(collation));
    }
    for sequence in &schema.sequences {
        statements.push(create_sequence(sequence));
        statements.extend(comment_on_sequence(sequence));
    }
    // What no table needs comes behind all foreign keys.
    let last_table = order
        .steps
        .iter()
        .rposition(|step| matches!(step, Step::Table(..)));
    let (before, behind) = order.steps.split_at(last_table.map_or(0, |at| at + 1));
    push_steps(&mut statements, schema, &order, before);
    for (at, foreign_key) in &order.deferred {
        let table = &schema.tables[*at];
        statements.push(add_foreign_key(
            &table.name,
            &table.foreign_keys[*foreign_key],
        ));
    }
    let partitions = |table: &'_ Table| -> Vec<Table> {
        let partitions = table.partitions().into_iter();
        partitions
            .map(|(_, partition)| partition.table.clone())
            .collect()
    };
    for partition in schema.tables.iter().flat_map(partitions) {
        let keys = partition.foreign_keys.iter();
        statements.extend(keys.map(|key| add_foreign_key(&partition.name, key)));
    }
    statements.extend(schema.sequences.iter().filter_map(set_sequence_owner));
    push_steps(&mut statements, schema, &order, behind);
    for step in &order.steps {
        if let Step::Table(at, _) = step {
            push_security(&mut statements, &schema.tables[*at]);
            for partition in partitions(&schema.tables[*at]) {
                push_security(&mut statements, &partition);
            }
        }
    }
    // They would run for every statement behind them.
    let objects = schema.objects.iter();
    for object in objects.filter(|object| object.kind == EVENT_TRIGGER) {
        object::push_object(&mut statements, object);
    }
    statements.extend(schema.tables.iter().flat_map(comment_on_constraints));
    for partition in schema.tables.iter().flat_map(partitions) {
        statements.extend(comment_on_constraints(&partition));
    }
    if let Some(privileges) = &schema.privileges {
        privilege::push_privileges(&mut statements, privileges);
    }
    statements
}

const EVENT_TRIGGER: &str = "EVENT TRIGGER";

/// `SET check_function_bodies`: the server does not look into the bodies of routines.
pub const IGNORE_BODIES: &str = "SET check_function_bodies = off";
/// Undoes [`IGNORE_BODIES`].
pub const CHECK_BODIES: &str = "RESET check_function_bodies";

fn push_steps(
    statements: &mut Vec<String>,
    schema: &Schema,
    order: &CreationOrder<'_>,
    steps: &[Step<'_>],
) {
    for step in steps {
        match step {
            Step::Type(ty) => type_object::push_type(statements, *ty),
            Step::Table(at, inline) => push_table(statements, schema, &schema.tables[*at], inline),
            Step::View(at) => view::push_view(statements, &schema.views[*at]),
            Step::Object(at) => {
                let object = &schema.objects[*at];
                let is_unchecked = order.unchecked.contains(at);
                statements.extend(is_unchecked.then(|| IGNORE_BODIES.to_owned()));
                if object.kind != EVENT_TRIGGER {
                    object::push_object(statements, object);
                }
                statements.extend(is_unchecked.then(|| CHECK_BODIES.to_owned()));
            }
        }
    }
}

fn push_table(statements: &mut Vec<String>, schema: &Schema, table: &Table, inline: &[usize]) {
    let foreign_keys: Vec<_> = inline.iter().map(|key| &table.foreign_keys[*key]).collect();
    statements.push(create_table(table, &foreign_keys));
    statements.extend(table_parts(schema, table));
    push_indexes(statements, table);
    push_comments(statements, table);
    partition::push_partitions(statements, table, &table.columns);
}

/// The indexes, and what chooses one of them.
fn push_indexes(statements: &mut Vec<String>, table: &Table) {
    let indexes = table.indexes.iter();
    statements.extend(indexes.map(|index| create_index(&table.name, index)));
    let indexes = table.indexes.iter();
    statements.extend(indexes.filter_map(|index| comment_on_index(&table.name, index)));
    if table.replica_identity != ReplicaIdentity::Default {
        statements.push(set_replica_identity(table));
    }
    if table.clustered_on.is_some() {
        statements.push(set_clustered_on(table));
    }
}

fn push_comments(statements: &mut Vec<String>, table: &Table) {
    statements.extend(comment_on_table(table));
    let columns = table.columns.iter();
    statements.extend(columns.filter_map(|column| comment_on_column(&table.name, column)));
}

/// Renders what of a table `CREATE TABLE` cannot say: storage and other options of columns, constraints that repeat another,
/// checks that are not valid, and what it has otherwise than the tables it inherits from. Indexes and what chooses one of
/// them, comments, partitions, row security and foreign keys are not among them.
#[must_use]
pub fn table_parts(schema: &Schema, table: &Table) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for column in &table.columns {
        statements.extend(set_column_options(&table.name, column));
        statements.extend(set_statistics(&table.name, column));
        statements.extend(set_storage(&table.name, column));
    }
    for (at, unique) in table.uniques.iter().enumerate() {
        if table.is_repeated_unique(at) {
            statements.push(add_unique(&table.name, unique));
        }
    }
    for (at, exclusion) in table.exclusions.iter().enumerate() {
        if table.is_repeated_exclusion(at) {
            statements.push(add_exclusion(&table.name, exclusion));
        }
    }
    for check in &table.checks {
        if check.not_valid {
            statements.push(add_check(&table.name, check));
        }
    }
    push_inherited(&mut statements, schema, table);
    statements
}

/// What a table has otherwise than those it inherits from.
fn push_inherited(statements: &mut Vec<String>, schema: &Schema, table: &Table) {
    let parents = table.inherits.iter();
    let parents: Vec<&Table> = parents
        .filter_map(|name| schema.table(&name.namespace, &name.name))
        .collect();
    for column in &table.columns {
        let from = parents
            .iter()
            .filter_map(|parent| parent.column(&column.name));
        // Of several parents, those with a default must agree on it.
        if let Some(from) = from.max_by_key(|from| from.default.is_some()) {
            statements.extend(alter_inherited_column(table, column, from));
        }
    }
}

fn push_security(statements: &mut Vec<String>, table: &Table) {
    if table.row_level_security {
        statements.push(enable_row_level_security(&table.name));
    }
    if table.force_row_level_security {
        statements.push(force_row_level_security(&table.name));
    }
    for policy in &table.policies {
        statements.push(create_policy(&table.name, policy));
        statements.extend(comment_on_policy(&table.name, policy));
    }
}

/// Renders [`create`] as a file: each statement ends with a semicolon, and a blank line separates it from the next.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Extension, Schema};
///
/// let extensions = ["citext", "uuid-ossp"].map(Extension::new);
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
///         TableName::new("public", "users"),
///         Location::of("User"),
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

/// Renders the script of one view; what it reads must be there. Names are chosen as if nothing else had any.
///
/// # Errors
///
/// A name that PostgreSQL does not take.
///
/// # Examples
///
/// ```
/// use schema_core::{View, ddl};
///
/// #[derive(View)]
/// #[view(query = sql("SELECT 1"), comment = "The one.")]
/// struct One {
///     number: i32,
/// }
///
/// assert_eq!(
///     ddl::view_script(One::VIEW)?,
///     "CREATE VIEW one (number) AS\nSELECT 1;\n\nCOMMENT ON VIEW one IS 'The one.';\n"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
pub fn view_script(view: &ViewDef) -> Result<String, SchemaError> {
    Schema::from_view(view).map(|schema| script(&schema))
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
