//! The normal form of a whole schema.

use schema_core::schema::{
    BoundValue, Column, Domain, Expression, Index, IndexKey, Indexed, PartitionBound, PartitionBy,
    Schema, SqlType, Table, View,
};

use super::{expression_key, sort};

/// Brings a schema into a form in which two spellings of one fact are equal, as far as that can be told without a
/// server: sorted by name, with every expression in its [normal form](expression_key). It is for comparing; the
/// expressions are not all SQL any more.
///
/// Where only the server can tell, [`on_scratch`](crate::introspect::on_scratch) sends both sides through one first.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Column, Expression, QualifiedName, Schema, Table};
/// use schema_kit::normalize;
///
/// let schema = |default| {
///     let mut table = Table::new(QualifiedName::new("public", "users"));
///     let mut column = Column::new("created_at", "timestamptz".parse().unwrap());
///     column.default = Some(Expression::new(default));
///     table.columns.push(column);
///     Schema { tables: vec![table], ..Schema::default() }
/// };
/// let (code, live) = (schema("CURRENT_TIMESTAMP"), schema("now()"));
/// assert_eq!(normalize::comparable(&code), normalize::comparable(&live));
/// ```
#[must_use]
pub fn comparable(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    sort(&mut schema);
    schema.domains.iter_mut().for_each(normalize_domain);
    schema.tables.iter_mut().for_each(normalize_table);
    schema.views.iter_mut().for_each(normalize_view);
    schema
}

fn is_character(ty: &SqlType) -> bool {
    !ty.array && ty.namespace.is_none() && matches!(ty.name.as_str(), "varchar" | "char" | "bpchar")
}

fn normalize_domain(domain: &mut Domain) {
    let columns: &[&str] = if is_character(&domain.sql_type) {
        &["value"]
    } else {
        &[]
    };
    normalize_default(&mut domain.default, &domain.sql_type);
    for check in &mut domain.checks {
        normalize(&mut check.expression, columns);
    }
}

fn normalize_table(table: &mut Table) {
    let columns = table.columns.iter();
    let columns = columns.filter(|column| is_character(&column.sql_type));
    let columns: Vec<String> = columns.map(|column| column.name.clone()).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    normalize_parts(table, &columns);
}

/// A table or partition, whose columns of characters are given.
fn normalize_parts(table: &mut Table, columns: &[&str]) {
    for column in &mut table.columns {
        normalize_column(column, columns);
    }
    for check in &mut table.checks {
        normalize(&mut check.expression, columns);
    }
    for exclusion in &mut table.exclusions {
        let elements = exclusion.elements.iter_mut();
        elements.for_each(|element| normalize_key(&mut element.key, columns));
        normalize_some(&mut exclusion.predicate, columns);
    }
    let indexes = table.indexes.iter_mut();
    indexes.for_each(|index| normalize_index(index, columns));
    if let Some(partition_by) = &mut table.partition_by {
        normalize_partitions(partition_by, columns);
    }
    for policy in &mut table.policies {
        normalize_some(&mut policy.using, columns);
        normalize_some(&mut policy.with_check, columns);
    }
}

fn normalize_index(index: &mut Index, columns: &[&str]) {
    let keys = index.keys.iter_mut();
    keys.for_each(|key| normalize_key(key, columns));
    normalize_some(&mut index.predicate, columns);
}

fn normalize_partitions(by: &mut PartitionBy, columns: &[&str]) {
    let keys = by.keys.iter_mut();
    keys.for_each(|key| normalize_key(key, columns));
    for partition in &mut by.partitions {
        match &mut partition.bound {
            PartitionBound::Range { from, to } => {
                for value in from.iter_mut().chain(to) {
                    if let BoundValue::Value(expression) = value {
                        normalize(expression, &[]);
                    }
                }
            }
            PartitionBound::List(values) => {
                values.iter_mut().for_each(|value| normalize(value, &[]));
            }
            PartitionBound::Hash { .. } | PartitionBound::Default => {}
        }
        normalize_parts(&mut partition.table, columns);
    }
}

/// A query is no expression: it loses its spacing alone.
fn normalize_view(view: &mut View) {
    normalize(&mut view.query, &[]);
    let indexes = view.indexes.iter_mut();
    indexes.for_each(|index| normalize_index(index, &[]));
}

fn normalize_column(column: &mut Column, columns: &[&str]) {
    normalize_default(&mut column.default, &column.sql_type);
    normalize_some(&mut column.generated, columns);
}

/// A default is cast to the type of its column, and `DEFAULT NULL` is none.
fn normalize_default(default: &mut Option<Expression>, ty: &SqlType) {
    let Some(expression) = default else {
        return;
    };
    let key = expression_key(&format!("CAST({}\nAS {ty})", expression.as_str()), &[]);
    let outer = format!("::{ty})");
    // A cast around a whole expression is the one that was just added, or says the same.
    let mut bare = key.as_str();
    while let Some(inner) = bare
        .strip_suffix(&outer)
        .and_then(|text| text.strip_prefix('('))
    {
        bare = inner;
    }
    *default = (bare != "null").then(|| Expression::new(bare));
}

fn normalize_key(key: &mut IndexKey, columns: &[&str]) {
    if let Indexed::Expression(expression) = &mut key.key {
        normalize(expression, columns);
    }
}

fn normalize_some(expression: &mut Option<Expression>, columns: &[&str]) {
    if let Some(expression) = expression {
        normalize(expression, columns);
    }
}

fn normalize(expression: &mut Expression, columns: &[&str]) {
    *expression = Expression::new(expression_key(expression.as_str(), columns));
}
