//! Reads a database's catalogs into a [`Schema`], independently of the code under test: what the tests hold definitions
//! against. It knows what definitions can say and nothing else. Constraints and indexes come sorted by name.

mod constraints;
mod indexes;
mod objects;
mod partitions;
mod types;
mod views;

use schema_core::schema::{
    Collation, Column, Compression, Expression, Extension, Identity, IdentityGeneration, Namespace,
    Policy, PolicyCommand, QualifiedName, Schema, Storage, Table,
};
use tokio_postgres::{Client, Row};

/// Reads everything outside of the system's namespaces.
///
/// # Panics
///
/// When a catalog cannot be read.
pub async fn read(client: &Client) -> Schema {
    client
        .batch_execute("SET search_path = pg_catalog")
        .await
        .expect("the search path is set");
    let mut schema = Schema {
        namespaces: namespaces(client).await,
        extensions: extensions(client).await,
        enums: types::enums(client).await,
        domains: types::domains(client).await,
        composites: types::composites(client).await,
        collations: objects::collations(client).await,
        sequences: objects::sequences(client).await,
        views: views::views(client).await,
        ..Schema::default()
    };
    let sql =
        "SELECT c.oid, n.nspname, c.relname, obj_description(c.oid, 'pg_class'), c.relrowsecurity
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)'
        ORDER BY 2, 3";
    for row in rows(client, sql).await {
        schema.tables.push(table(client, &row).await);
    }
    client
        .batch_execute("RESET search_path")
        .await
        .expect("the search path is reset");
    schema
}

/// Sorts what a definition has in its own order and the catalogs do not, and writes defaults as the reader does. What a
/// view's query says is left out: the server writes it its own way.
#[must_use]
pub fn sorted(mut schema: Schema) -> Schema {
    schema
        .tables
        .sort_by(|left, right| left.name.cmp(&right.name));
    schema
        .views
        .sort_by(|left, right| left.name.cmp(&right.name));
    for view in &mut schema.views {
        view.query = Expression::new("");
        view.indexes
            .sort_by(|left, right| left.name.cmp(&right.name));
    }
    for domain in &mut schema.domains {
        domain.default = domain.default.take().map(literal);
    }
    for table in &mut schema.tables {
        table.partition_by.iter_mut().for_each(partitions::sort);
        for column in &mut table.columns {
            column.default = column.default.take().map(literal);
        }
        table
            .uniques
            .sort_by(|left, right| left.name.cmp(&right.name));
        table
            .checks
            .sort_by(|left, right| left.name.cmp(&right.name));
        table
            .exclusions
            .sort_by(|left, right| left.name.cmp(&right.name));
        table
            .foreign_keys
            .sort_by(|left, right| left.name.cmp(&right.name));
        table
            .indexes
            .sort_by(|left, right| left.name.cmp(&right.name));
        table
            .policies
            .sort_by(|left, right| left.name.cmp(&right.name));
    }
    schema
}

/// Forgets of live extensions what was not asked for: a server's default version, and those that came along.
pub fn forget_unasked(live: &mut Schema, declared: &Schema) {
    live.extensions.retain_mut(|extension| {
        let mut asked = declared.extensions.iter();
        let Some(asked) = asked.find(|asked| asked.name == extension.name) else {
            return !declared.extensions.iter().any(|asked| asked.cascade);
        };
        extension.namespace = extension
            .namespace
            .take()
            .filter(|_| asked.namespace.is_some());
        extension.version = extension.version.take().filter(|_| asked.version.is_some());
        extension.comment = extension.comment.take().filter(|_| asked.comment.is_some());
        extension.cascade = asked.cascade;
        true
    });
}

async fn rows(client: &Client, sql: &str) -> Vec<Row> {
    client
        .query(sql, &[])
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error:?}"))
}

async fn namespaces(client: &Client) -> Vec<Namespace> {
    let sql = "SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace
        WHERE nspname !~ '^(pg_|information_schema|public$)' ORDER BY nspname COLLATE \"C\"";
    let rows = rows(client, sql).await;
    rows.iter()
        .map(|row| Namespace {
            name: text(row, 0),
            comment: row.get(1),
        })
        .collect()
}

async fn extensions(client: &Client) -> Vec<Extension> {
    let sql = "SELECT extname, nspname, extversion, obj_description(e.oid, 'pg_extension')
        FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
        WHERE extname <> 'plpgsql' ORDER BY extname COLLATE \"C\"";
    let extension = |row: &Row| Extension {
        namespace: row.get(1),
        version: row.get(2),
        comment: row.get(3),
        ..Extension::new(text(row, 0))
    };
    rows(client, sql).await.iter().map(extension).collect()
}

async fn table(client: &Client, row: &Row) -> Table {
    let oid: u32 = row.get(0);
    Table {
        comment: row.get(3),
        columns: columns(client, oid).await,
        primary_key: constraints::primary_key(client, oid).await,
        uniques: constraints::uniques(client, oid).await,
        checks: constraints::checks(client, oid).await,
        exclusions: constraints::exclusions(client, oid).await,
        foreign_keys: constraints::foreign_keys(client, oid).await,
        indexes: indexes::indexes(client, oid).await,
        partition_by: partitions::partition_by(client, oid).await,
        row_level_security: row.get(4),
        policies: policies(client, oid).await,
        ..Table::new(QualifiedName::new(text(row, 1), text(row, 2)))
    }
}

async fn columns(client: &Client, table: u32) -> Vec<Column> {
    let sql = format!(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            pg_get_expr(d.adbin, d.adrelid), a.attgenerated::text, a.attidentity::text,
            CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, n.nspname,
            CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
            a.attcompression::text, col_description(a.attrelid, a.attnum), c.relname, {}
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
            LEFT JOIN pg_depend i ON i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i'
                AND i.classid = 'pg_class'::regclass
            LEFT JOIN pg_sequence s ON s.seqrelid = i.objid LEFT JOIN pg_class c ON c.oid = i.objid
        WHERE a.attrelid = {table} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        objects::OPTIONS
    );
    rows(client, &sql).await.iter().map(column).collect()
}

fn column(row: &Row) -> Column {
    let expression = row.get::<_, Option<String>>(3).map(expression);
    let is_generated = text(row, 4) == "s";
    let collation: Option<String> = row.get(6);
    Column {
        nullable: !row.get::<_, bool>(2),
        default: expression.clone().filter(|_| !is_generated).map(literal),
        generated: expression.filter(|_| is_generated),
        identity: match text(row, 5).as_str() {
            "a" => Some(IdentityGeneration::Always),
            "d" => Some(IdentityGeneration::ByDefault),
            _ => None,
        }
        .map(|generation| Identity {
            generation,
            sequence: text(row, 11),
            options: objects::options(row, 12),
        }),
        collation: collation.map(|name| collation_of(row.get(7), name)),
        storage: row
            .get::<_, Option<String>>(8)
            .map(|storage| match storage.as_str() {
                "p" => Storage::Plain,
                "e" => Storage::External,
                "m" => Storage::Main,
                _ => Storage::Extended,
            }),
        compression: match text(row, 9).as_str() {
            "p" => Some(Compression::Pglz),
            "l" => Some(Compression::Lz4),
            _ => None,
        },
        comment: row.get(10),
        ..Column::new(
            text(row, 0),
            text(row, 1).parse().expect("format_type writes types"),
        )
    }
}

fn collation_of(namespace: String, name: String) -> Collation {
    let searched = matches!(namespace.as_str(), "pg_catalog" | "public");
    Collation {
        namespace: (!searched).then_some(namespace),
        name,
    }
}

async fn policies(client: &Client, table: u32) -> Vec<Policy> {
    let sql = format!(
        "SELECT polname, polpermissive, polcmd::text, pg_get_expr(polqual, polrelid),
            pg_get_expr(polwithcheck, polrelid),
            ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (polroles) ORDER BY rolname)
        FROM pg_policy WHERE polrelid = {table} ORDER BY polname COLLATE \"C\""
    );
    let policy = |row: &Row| Policy {
        name: text(row, 0),
        restrictive: !row.get::<_, bool>(1),
        command: match text(row, 2).as_str() {
            "r" => PolicyCommand::Select,
            "a" => PolicyCommand::Insert,
            "w" => PolicyCommand::Update,
            "d" => PolicyCommand::Delete,
            _ => PolicyCommand::All,
        },
        roles: row.get(5),
        using: row.get::<_, Option<String>>(3).map(expression),
        with_check: row.get::<_, Option<String>>(4).map(expression),
        comment: None,
    };
    rows(client, &sql).await.iter().map(policy).collect()
}

fn text(row: &Row, at: usize) -> String {
    row.get(at)
}

/// The server adds a cast to a literal, and quotes to a number it had to cast.
fn literal(expression: Expression) -> Expression {
    let sql = expression.as_str();
    if sql.starts_with("nextval('") {
        // It also finds the sequence, and writes where.
        return Expression::new(sql.replace("::regclass", "").replace("'public.", "'"));
    }
    let end = if sql.starts_with('\'') {
        sql.rfind('\'').map(|end| end + 1)
    } else {
        None
    };
    let Some((literal, _)) = end.map(|end| sql.split_at(end)) else {
        return expression;
    };
    let bare = literal.trim_matches('\'');
    let is_number =
        bare.parse::<f64>().is_ok() && bare.bytes().all(|byte| b"-.0123456789".contains(&byte));
    Expression::new(if is_number { bare } else { literal })
}

/// The server puts operators in parentheses, which definitions leave to the DDL.
fn expression(sql: String) -> Expression {
    let is_pair = |inner: &&str| {
        let mut depth = 0_i32;
        inner.chars().all(|character| {
            depth += i32::from(character == '(') - i32::from(character == ')');
            depth >= 0
        })
    };
    let mut bare = sql.as_str();
    while let Some(inner) = bare
        .strip_prefix('(')
        .and_then(|sql| sql.strip_suffix(')'))
        .filter(is_pair)
    {
        bare = inner;
    }
    Expression::new(bare)
}
