//! A real server's judgement of statements.

use schema_core::schema::Schema;
use tokio_postgres::Client;

use crate::{TestDatabase, catalog};

/// What catalogs hold: what the model of schemas knows, and the definitions of what is known as SQL text.
#[derive(Debug)]
pub struct Catalogs {
    /// Tables, types, views and sequences.
    pub schema: Schema,
    /// Functions, aggregates, triggers, rules and statistics, as the server writes them, with their comments; and grants.
    pub objects: Vec<String>,
}

/// Everything that is no part of an extension and not made for something else.
const OBJECTS: &str = "
    SELECT (text || coalesce(': ' || description, '')) COLLATE \"C\" FROM (
        SELECT CASE prokind WHEN 'a' THEN 'AGGREGATE ' || oid::regprocedure || ' ' || (
                SELECT aggtransfn || ' ' || aggtranstype::regtype FROM pg_aggregate WHERE aggfnoid = p.oid)
            ELSE pg_get_functiondef(oid) END, 'pg_proc'::regclass::oid, oid FROM pg_proc p WHERE oid >= 16384
        UNION ALL SELECT pg_get_triggerdef(oid), 'pg_trigger'::regclass, oid FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT pg_get_ruledef(oid), 'pg_rewrite'::regclass, oid FROM pg_rewrite
            WHERE oid >= 16384 AND rulename <> '_RETURN'
        UNION ALL SELECT pg_get_statisticsobjdef(oid), 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
        UNION ALL SELECT 'RANGE ' || rngtypid::regtype || ' ' || rngsubtype::regtype, 'pg_type'::regclass, rngtypid
            FROM pg_range WHERE rngtypid >= 16384
        UNION ALL SELECT oid::regclass || ' ' || relacl::text, 'pg_class'::regclass, oid FROM pg_class
            WHERE oid >= 16384 AND relacl IS NOT NULL AND relkind <> 'v'
    ) found (text, class, object)
    LEFT JOIN pg_description d ON d.classoid = class AND d.objoid = object AND d.objsubid = 0 AND class <> 'pg_class'::regclass
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object AND deptype = 'e')
    ORDER BY 1";

/// The extensions that schemas list, and that the judge has.
pub const EXTENSIONS: [&str; 2] = ["citext", "btree_gist"];

/// A database for each choice of extensions, since making them takes long: that of the first is the lowest bit of its place.
#[derive(Debug)]
pub struct Judge(Vec<(TestDatabase, Client)>);

impl Judge {
    /// Makes the databases.
    ///
    /// # Panics
    ///
    /// When that fails.
    pub async fn new() -> Self {
        let mut databases = Vec::new();
        for choice in 0..1 << EXTENSIONS.len() {
            let (database, client) = crate::client().await;
            for (bit, extension) in EXTENSIONS.iter().enumerate() {
                if choice & (1 << bit) != 0 {
                    let create = format!("CREATE EXTENSION {extension}");
                    let made = client.batch_execute(&create).await;
                    made.expect("the extensions come with the server");
                }
            }
            databases.push((database, client));
        }
        Self(databases)
    }

    /// Runs statements where these extensions are, reads what the catalogs then hold, and takes it all back.
    ///
    /// # Errors
    ///
    /// What the server says against them.
    ///
    /// # Panics
    ///
    /// When they cannot be taken back.
    pub async fn judge(&self, extensions: &[&str], sql: &str) -> Result<Catalogs, String> {
        let bits = EXTENSIONS.iter().enumerate();
        let bits = bits.filter(|(_, extension)| extensions.contains(extension));
        let (_, client) = &self.0[bits.map(|(bit, _)| 1 << bit).sum::<usize>()];
        client
            .batch_execute("BEGIN")
            .await
            .expect("a transaction begins");
        let judgement = match client.batch_execute(sql).await {
            Ok(()) => {
                let schema = catalog::read(client).await;
                let rows = client.query(OBJECTS, &[]).await.expect("objects are read");
                let objects = rows.iter().map(|row| row.get(0)).collect();
                Ok(Catalogs { schema, objects })
            }
            Err(error) => Err(error),
        };
        client
            .batch_execute("ROLLBACK")
            .await
            .expect("a transaction ends");
        judgement.map_err(|error| match error.as_db_error() {
            Some(error) => format!("{} ({})", error.message(), error.code().code()),
            None => error.to_string(),
        })
    }
}
