//! Rows of made-up values, so that a plan meets a table that is not empty. The first row of each table has the first value
//! of every type, the second one the second, so that foreign keys find what they reference.

use schema_core::{
    ddl, ident,
    schema::{Column, Schema, SqlType, Table},
};

/// Statements that insert two rows into each table. What a check or the bounds of partitions refuse is left out by whoever
/// runs them.
pub(super) fn rows(schema: &Schema) -> Vec<String> {
    let order = ddl::table_order(schema).tables.into_iter();
    let tables = order.map(|(at, _)| &schema.tables[at]);
    tables
        .flat_map(|table| [1, 2].map(|number| insert(schema, table, number)))
        .collect()
}

fn insert(schema: &Schema, table: &Table, number: usize) -> String {
    let is_given = |column: &&Column| column.generated.is_none() && column.identity.is_none();
    let columns: Vec<&Column> = table.columns.iter().filter(is_given).collect();
    if columns.is_empty() {
        return format!("INSERT INTO {} DEFAULT VALUES", table.name.render());
    }
    let names = columns.iter().map(|column| ident::quote(&column.name));
    let values = columns.iter().map(|column| {
        let value = value(schema, &column.sql_type, number);
        value.map_or_else(|| "DEFAULT".to_owned(), |text| ident::quote_literal(&text))
    });
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name.render(),
        names.collect::<Vec<_>>().join(", "),
        values.collect::<Vec<_>>().join(", ")
    )
}

/// The text of a type's first or second value.
fn value(schema: &Schema, ty: &SqlType, number: usize) -> Option<String> {
    if ty.array {
        let element = SqlType {
            array: false,
            ..ty.clone()
        };
        let quoted = value(schema, &element, number)?.replace('"', "\\\"");
        return Some(format!("{{\"{quoted}\"}}"));
    }
    if let Some(namespace) = &ty.namespace {
        let named = |name: &schema_core::schema::QualifiedName| {
            name.namespace == *namespace && name.name == ty.name
        };
        if let Some(found) = schema.enums.iter().find(|it| named(&it.name)) {
            return found
                .labels
                .get(number - 1)
                .or(found.labels.first())
                .cloned();
        }
        let domain = schema.domains.iter().find(|it| named(&it.name))?;
        return value(schema, &domain.sql_type, number);
    }
    let text = match ty.name.as_str() {
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "text"
        | "varchar" | "char" | "bpchar" | "json" | "jsonb" | "money" | "oid" | "xml" | "name" => {
            number.to_string()
        }
        "boolean" => (number == 1).to_string(),
        "date" | "timestamp" | "timestamptz" => format!("2026-01-0{number}"),
        "time" | "timetz" => format!("0{number}:00"),
        "interval" => format!("{number} days"),
        "uuid" => format!("00000000-0000-0000-0000-00000000000{number}"),
        "bytea" => format!("\\x0{number}"),
        "inet" | "cidr" => format!("10.0.0.{number}"),
        "bit" | "varbit" => number.to_string().replace('2', "0"),
        "int4range" | "int8range" | "numrange" => format!("[{number},{})", number + 1),
        "daterange" | "tsrange" | "tstzrange" => {
            format!("[2026-01-0{number},2026-01-0{})", number + 1)
        }
        "point" => format!("({number},{number})"),
        "tsvector" => format!("'{number}'"),
        _ => return None,
    };
    Some(text)
}
