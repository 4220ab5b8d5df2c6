//! Enum types, domains and composite types.

use schema_core::schema::{Attribute, CompositeType, Domain, DomainCheck, EnumType, QualifiedName};
use tokio_postgres::{Client, Row};

use super::{collation_of, expression, literal, rows, text};

const OWN: &str = "n.nspname !~ '^(pg_|information_schema)'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    ORDER BY n.nspname COLLATE \"C\", t.typname COLLATE \"C\"";

pub(super) async fn enums(client: &Client) -> Vec<EnumType> {
    let sql = format!(
        "SELECT n.nspname, t.typname, obj_description(t.oid, 'pg_type'),
            ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {OWN}"
    );
    let ty = |row: &Row| EnumType {
        name: name(row),
        labels: row.get(3),
        comment: row.get(2),
    };
    rows(client, &sql).await.iter().map(ty).collect()
}

pub(super) async fn domains(client: &Client) -> Vec<Domain> {
    let sql = format!(
        "SELECT n.nspname, t.typname, obj_description(t.oid, 'pg_type'), format_type(t.typbasetype, t.typtypmod),
            t.typnotnull, t.typdefault,
            CASE WHEN t.typcollation <> b.typcollation THEN l.collname END, c.nspname,
            ARRAY(SELECT k.conname::text FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.oid),
            ARRAY(SELECT pg_get_expr(k.conbin, 0) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.oid)
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
            LEFT JOIN pg_collation l ON l.oid = t.typcollation LEFT JOIN pg_namespace c ON c.oid = l.collnamespace
        WHERE t.typtype = 'd' AND {OWN}"
    );
    let ty = |row: &Row| {
        let collation: Option<String> = row.get(6);
        let default: Option<String> = row.get(5);
        let checks = row.get::<_, Vec<String>>(8).into_iter();
        let checks = checks.zip(row.get::<_, Vec<String>>(9));
        Domain {
            collation: collation.map(|name| collation_of(row.get(7), name)),
            not_null: row.get(4),
            default: default.map(|sql| literal(expression(sql))),
            checks: checks
                .map(|(name, sql)| DomainCheck {
                    name,
                    expression: expression(sql),
                    not_valid: false,
                    comment: None,
                })
                .collect(),
            comment: row.get(2),
            ..Domain::new(name(row), text(row, 3).parse().expect("a type"))
        }
    };
    rows(client, &sql).await.iter().map(ty).collect()
}

pub(super) async fn composites(client: &Client) -> Vec<CompositeType> {
    let sql = format!(
        "SELECT n.nspname, t.typname, obj_description(t.oid, 'pg_type'), t.typrelid
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class r ON r.oid = t.typrelid
        WHERE r.relkind = 'c' AND {OWN}"
    );
    let mut types = Vec::new();
    for row in rows(client, &sql).await {
        types.push(CompositeType {
            name: name(&row),
            attributes: attributes(client, row.get(3)).await,
            comment: row.get(2),
        });
    }
    types
}

async fn attributes(client: &Client, relation: u32) -> Vec<Attribute> {
    let sql = format!(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), col_description(a.attrelid, a.attnum),
            CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, n.nspname
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
        WHERE a.attrelid = {relation} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
    );
    let attribute = |row: &Row| {
        let collation: Option<String> = row.get(3);
        Attribute {
            collation: collation.map(|name| collation_of(row.get(4), name)),
            comment: row.get(2),
            ..Attribute::new(text(row, 0), text(row, 1).parse().expect("a type"))
        }
    };
    rows(client, &sql).await.iter().map(attribute).collect()
}

fn name(row: &Row) -> QualifiedName {
    QualifiedName::new(text(row, 0), text(row, 1))
}
