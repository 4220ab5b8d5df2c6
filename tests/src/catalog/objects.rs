//! What stands beside tables and types.

use schema_core::schema::{
    CollationObject, CollationProvider, QualifiedName, Sequence, SequenceOptions,
};
use tokio_postgres::{Client, Row};

use super::{rows, text};

/// The columns of a sequence's options, of `pg_sequence s`.
pub(super) const OPTIONS: &str =
    "s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle";

pub(super) fn options(row: &Row, at: usize) -> SequenceOptions {
    SequenceOptions {
        start: row.get(at),
        increment: row.get(at + 1),
        min: row.get(at + 2),
        max: row.get(at + 3),
        cache: row.get(at + 4),
        cycle: row.get(at + 5),
    }
}

pub(super) async fn sequences(client: &Client) -> Vec<Sequence> {
    let sql = format!(
        "SELECT n.nspname, c.relname, format_type(s.seqtypid, NULL), {OPTIONS}, obj_description(c.oid, 'pg_class'),
            tn.nspname, t.relname, a.attname
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.deptype IS DISTINCT FROM 'i' ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\""
    );
    let sequence = |row: &Row| Sequence {
        sql_type: text(row, 2).parse().expect("format_type writes types"),
        options: options(row, 3),
        owned_by: row
            .get::<_, Option<String>>(12)
            .map(|column| (QualifiedName::new(text(row, 10), text(row, 11)), column)),
        comment: row.get(9),
        ..Sequence::new(QualifiedName::new(text(row, 0), text(row, 1)))
    };
    rows(client, &sql).await.iter().map(sequence).collect()
}

pub(super) async fn collations(client: &Client) -> Vec<CollationObject> {
    // A locale has a column of its own from 15 on, and another name from 17 on.
    let locale = "to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'";
    let sql = &format!("SELECT n.nspname, c.collname, c.collprovider::text, coalesce(c.collcollate::text, {locale}),
            coalesce(c.collctype::text, {locale}), c.collisdeterministic, obj_description(c.oid, 'pg_collation')
        FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
        WHERE n.nspname !~ '^(pg_|information_schema)' ORDER BY n.nspname COLLATE \"C\", c.collname COLLATE \"C\"");
    let collation = |row: &Row| {
        let name = QualifiedName::new(text(row, 0), text(row, 1));
        let provider = match text(row, 2).as_str() {
            "i" => CollationProvider::Icu,
            "c" => CollationProvider::Libc,
            _ => CollationProvider::Builtin,
        };
        CollationObject {
            ctype: row.get(4),
            deterministic: row.get(5),
            comment: row.get(6),
            ..CollationObject::new(name, provider, text(row, 3))
        }
    };
    rows(client, sql).await.iter().map(collation).collect()
}
