//! Whether a live database has what the compiled schema says.

use tokio_postgres::{GenericClient, Row, types::Type};

use crate::{
    Error,
    def::SchemaDef,
    error::{LiveError, Shortfall},
    schema::{QualifiedName, Schema, SqlType},
};

/// What of the lists is not there, or is there in another way. Types are compared without their modifiers: a column that
/// became wider still holds the struct's values.
const QUERY: &str = "\
SELECT e.namespace, e.relation, e.name, e.type, c.oid IS NOT NULL, format_type(a.atttypid, a.atttypmod), NULL, e.at
FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS e (namespace, relation, name, type, required, at)
    LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
        ON n.nspname = e.namespace AND c.relname = e.relation AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    LEFT JOIN pg_catalog.pg_attribute a
        ON a.attrelid = c.oid AND a.attname = e.name AND a.attnum > 0 AND NOT a.attisdropped
WHERE a.attnum IS NULL OR a.atttypid IS DISTINCT FROM coalesce(to_regtype(nullif(e.type, ''))::oid, CASE WHEN e.type = '' THEN a.atttypid END)
    OR e.required AND NOT a.attnotnull
UNION ALL
SELECT NULL, NULL, NULL, e.type, to_regtype(e.type) IS NOT NULL, NULL, e.label, 2147483648 + e.at
FROM unnest($6, $7) WITH ORDINALITY AS e (type, label, at)
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_enum l WHERE l.enumtypid = to_regtype(e.type)::oid AND l.enumlabel = e.label)
ORDER BY 8";

/// Asks a database, in one round trip, whether it has every table, view, column and enum label of the compiled schema, so
/// that a service can refuse to start before its first query fails. A database that has more is ahead, and fine: that is
/// how it is while a deployment is under way.
///
/// # Errors
///
/// [`LiveError`] where something is not there or has another type, with all of it; what the server refuses.
///
/// # Examples
///
/// ```no_run
/// use schema_core::{Error, def::SchemaDef, statement};
///
/// async fn start(client: &tokio_postgres::Client, schema: &SchemaDef) -> Result<(), Error> {
///     statement::verify(client, schema).await?;
///     // Listen for requests.
///     Ok(())
/// }
/// ```
pub async fn verify(client: &impl GenericClient, schema: &SchemaDef) -> Result<(), Error> {
    let expected = Expected::of(&Schema::from_def(schema)?);
    let text = Type::TEXT_ARRAY;
    let rows = client
        .query_typed(
            QUERY,
            &[
                (&expected.namespaces, text.clone()),
                (&expected.relations, text.clone()),
                (&expected.columns, text.clone()),
                (&expected.types, text.clone()),
                (&expected.required, Type::BOOL_ARRAY),
                (&expected.enums, text.clone()),
                (&expected.labels, text),
            ],
        )
        .await?;
    let shortfalls = rows.iter().map(shortfall).collect::<Result<Vec<_>, _>>()?;
    match shortfalls.is_empty() {
        true => Ok(()),
        false => Err(LiveError::new(schema.name, shortfalls).into()),
    }
}

/// What has to be there, in columns.
#[derive(Debug, Default)]
struct Expected {
    namespaces: Vec<String>,
    relations: Vec<String>,
    columns: Vec<String>,
    /// Empty where the type is whatever a view's query gives.
    types: Vec<String>,
    required: Vec<bool>,
    enums: Vec<String>,
    labels: Vec<String>,
}

impl Expected {
    fn of(schema: &Schema) -> Self {
        let mut expected = Self::default();
        for table in &schema.tables {
            for column in &table.columns {
                expected.namespaces.push(table.name.namespace.clone());
                expected.relations.push(table.name.name.clone());
                expected.columns.push(column.name.clone());
                expected.types.push(column.sql_type.to_string());
                expected.required.push(!column.nullable);
            }
        }
        for view in &schema.views {
            for column in &view.columns {
                expected.namespaces.push(view.name.namespace.clone());
                expected.relations.push(view.name.name.clone());
                expected.columns.push(column.name.clone());
                expected.types.push(String::new());
                expected.required.push(false);
            }
        }
        for ty in &schema.enums {
            for label in &ty.labels {
                expected.enums.push(ty.name.render());
                expected.labels.push(label.clone());
            }
        }
        expected
    }
}

fn shortfall(row: &Row) -> Result<Shortfall, Error> {
    let namespace: Option<String> = row.try_get(0)?;
    let relation: Option<String> = row.try_get(1)?;
    let name: Option<String> = row.try_get(2)?;
    let ty: String = row.try_get(3)?;
    let is_there: bool = row.try_get(4)?;
    let found: Option<String> = row.try_get(5)?;
    let label: Option<String> = row.try_get(6)?;
    let (Some(namespace), Some(relation), Some(column)) = (namespace, relation, name) else {
        return Ok(match is_there {
            true => Shortfall::Label {
                ty,
                label: label.unwrap_or_default(),
            },
            false => Shortfall::Type { ty },
        });
    };
    let relation = QualifiedName::new(namespace, relation).to_string();
    Ok(match found {
        _ if !is_there => Shortfall::Relation { relation },
        None => Shortfall::Column { relation, column },
        Some(found) if same_type(&found, &ty) => Shortfall::Nullable { relation, column },
        Some(found) => Shortfall::ColumnType {
            relation,
            column,
            expected: ty,
            found,
        },
    })
}

/// Whether the server's name of a type and ours are of one, leaving the modifiers aside.
fn same_type(found: &str, expected: &str) -> bool {
    let parse = |text: &str| text.parse::<SqlType>().ok();
    match (parse(found), parse(expected)) {
        (Some(found), Some(expected)) => {
            found.name == expected.name
                && found.namespace == expected.namespace
                && found.array == expected.array
        }
        _ => false,
    }
}
