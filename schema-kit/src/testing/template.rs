//! What the databases of tests are copies of.

use schema_core::{Error, ddl, def::SchemaDef, schema::Schema};

use crate::migration::{Migration, MigrationError, MigrationSource, Migrations};

/// What every database made from it holds: what SQL makes, or a schema, or migrations.
///
/// ```
/// use schema_kit::testing::Template;
///
/// let users = Template::new("CREATE TABLE users (id bigint PRIMARY KEY)");
/// assert_ne!(users.name(), Template::empty().name());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    content: Content,
}

/// How a template is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Sql(String),
    Migrations(Migrations),
}

impl Default for Content {
    fn default() -> Self {
        Self::Sql(String::new())
    }
}

impl Template {
    /// A template filled by these statements, all in one transaction.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            content: Content::Sql(sql.into()),
        }
    }

    /// A template that holds nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A template that holds a compiled schema, as `ddl` prints it: for an application whose migrations are not written
    /// yet, and for tests of a part of it.
    ///
    /// # Errors
    ///
    /// When the definitions make no schema, as when two tables have one name.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::def::SchemaDef;
    /// use schema_kit::testing::Template;
    /// # static CHAT: SchemaDef = SchemaDef::new("CHAT");
    ///
    /// let template = Template::of_schema(&CHAT)?;
    /// # Ok::<(), schema_core::Error>(())
    /// ```
    pub fn of_schema(schema: &SchemaDef) -> Result<Self, Error> {
        Ok(Self::new(ddl::script(&Schema::from_def(schema)?)))
    }

    /// A template that has all migrations, run as `migrate` runs them: what the database of the application will be. They
    /// run once per server; each test gets a copy.
    ///
    /// # Errors
    ///
    /// When a migration cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::OnceLock;
    ///
    /// use schema_kit::{
    ///     migration::MigrationSource,
    ///     testing::{Template, TestDatabase, TestServer},
    /// };
    ///
    /// // In an application it is `embed_migrations!("migrations")`.
    /// const MIGRATIONS: MigrationSource = MigrationSource::Embedded(&[
    ///     ("1_init", "CREATE TABLE users (id bigint PRIMARY KEY, name text);", None),
    ///     ("2_find", "CREATE INDEX CONCURRENTLY users_by_name ON users (name);", None),
    /// ]);
    ///
    /// /// A migrated database of the test's own.
    /// fn database() -> TestDatabase {
    ///     static SERVER: OnceLock<TestServer> = OnceLock::new();
    ///     let server = SERVER.get_or_init(|| TestServer::shared("an example").unwrap());
    ///     server.database(&Template::migrated(&MIGRATIONS).unwrap()).unwrap()
    /// }
    ///
    /// // #[tokio::test]
    /// async fn a_user_is_kept() {
    ///     let database = database();
    ///     let client = database.connect().await.unwrap();
    ///     client.execute("INSERT INTO users VALUES (1, 'Ada')", &[]).await.unwrap();
    /// }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(a_user_is_kept());
    /// ```
    pub fn migrated(source: &MigrationSource) -> Result<Self, MigrationError> {
        Ok(Self {
            content: Content::Migrations(source.load()?),
        })
    }

    /// The name of its database: what holds the same always has the same name, so a changed schema never meets an old
    /// template.
    #[must_use]
    pub fn name(&self) -> String {
        let identity = |it: &Migration| format!("{} {}\n", it.id(), it.up().checksum());
        let text = match &self.content {
            Content::Sql(sql) => sql.clone(),
            Content::Migrations(migrations) => migrations.iter().map(identity).collect(),
        };
        format!("template_{}", crate::server::short_name(&text))
    }

    pub(super) fn content(&self) -> &Content {
        &self.content
    }
}
