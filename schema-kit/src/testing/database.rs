//! The server of a test run, and a test's own database.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use tokio_postgres::Client;

use super::{
    admin::{self, Admin, Rows},
    template::{Content, Template},
};
use crate::{
    error::ServerError,
    migration::{self, Migrations, Options},
    server::{Connection, Environment, Throwaway},
};

/// The advisory lock under which processes make templates.
const TEMPLATE_LOCK: u32 = 0x7e57_da7a;

/// A server shared by the tests of a run.
#[derive(Debug, Clone)]
pub struct TestServer {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    server: Throwaway,
    admin: Admin,
    /// Ends sessions. Its statements wait for nothing, while those of `admin` may wait for the very session to be ended:
    /// `DROP DATABASE` waits until every session of the server has seen it, and one that is in the middle of a `COPY`
    /// does not look.
    ender: Admin,
    templates: Mutex<BTreeSet<String>>,
}

impl TestServer {
    /// Joins or starts the server of this name; see [`Throwaway::shared`].
    ///
    /// # Errors
    /// As [`Throwaway::shared`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// let server = schema_kit::testing::TestServer::shared(env!("CARGO_MANIFEST_DIR"))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn shared(name: &str) -> Result<Self, ServerError> {
        Self::new(Throwaway::shared_in(&Environment::from_process(), name)?)
    }

    /// Makes the databases of tests on this server.
    ///
    /// # Errors
    /// [`ServerError::Guard`] when no thread can be started.
    pub fn new(server: Throwaway) -> Result<Self, ServerError> {
        let start = || {
            Admin::start().map_err(|error| ServerError::Guard {
                directory: server.directory().to_path_buf(),
                reason: error.to_string(),
            })
        };
        let (admin, ender) = (start()?, start()?);
        let shared = Shared {
            server,
            admin,
            ender,
            templates: Mutex::default(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The server itself.
    #[must_use]
    pub fn server(&self) -> &Throwaway {
        &self.shared.server
    }

    /// Makes a database with a name of its own from the template.
    ///
    /// # Errors
    /// [`ServerError::Database`] when the template's SQL fails, or the server does.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), schema_kit::ServerError> {
    /// use schema_kit::testing::{Template, TestServer};
    ///
    /// let server = TestServer::shared("my tests")?;
    /// let database = server.database(&Template::empty())?;
    /// println!("{}", database.url());
    /// # Ok(())
    /// # }
    /// ```
    pub fn database(&self, template: &Template) -> Result<TestDatabase, ServerError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        self.shared.ensure_template(template)?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{count}", std::process::id());
        let sql = format!("CREATE DATABASE {name} TEMPLATE {}", template.name());
        self.shared.run(sql, "create a test's database")?;
        let connection = self.shared.server.connection().with_database(&name);
        Ok(TestDatabase {
            connection,
            name,
            shared: Arc::clone(&self.shared),
        })
    }
}

impl Shared {
    /// Makes the template unless some process of the run already has. It gets its name last, so a
    /// killed test run leaves no half-made one.
    fn ensure_template(&self, template: &Template) -> Result<(), ServerError> {
        let name = template.name();
        let mut known = self
            .templates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if known.contains(&name) {
            return Ok(());
        }
        // The lock is the session's, so it ends with this process at the latest.
        self.run(
            format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})"),
            "lock the templates",
        )?;
        let made = self.make_template(template, &name);
        self.run(
            "SELECT pg_advisory_unlock_all()".to_owned(),
            "unlock the templates",
        )?;
        made?;
        known.insert(name);
        Ok(())
    }

    fn make_template(&self, template: &Template, name: &str) -> Result<(), ServerError> {
        let exists = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
        if !self.run(exists, "look for a template")?.is_empty() {
            return Ok(());
        }
        let half = format!("half_{name}");
        self.run(
            format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)"),
            "drop a half-made template",
        )?;
        self.run(
            format!("CREATE DATABASE {half} TEMPLATE template0"),
            "create a template",
        )?;
        match template.content() {
            Content::Sql(sql) => self.fill(&half, sql)?,
            Content::Migrations(migrations) => self.migrate(&half, migrations)?,
        }
        self.run(
            format!("ALTER DATABASE {half} RENAME TO {name}"),
            "name a template",
        )
        .map(drop)
    }

    /// Runs the template's statements on a connection of their own: the other holds the lock, and
    /// a database with a connection cannot be renamed or copied.
    fn fill(&self, database: &str, sql: &str) -> Result<(), ServerError> {
        if sql.is_empty() {
            return Ok(());
        }
        let filler = Admin::start().map_err(|error| self.broken(&error.to_string()))?;
        let config = self.server.connection().with_database(database).config();
        let filled = filler.run(config, sql.to_owned());
        drop(filler);
        // Its session may outlive the answer for a moment.
        self.end_sessions(database)?;
        match filled {
            Some(Ok(_)) => Ok(()),
            Some(Err(source)) => Err(ServerError::Database {
                action: "fill a template".to_owned(),
                source,
            }),
            None => Err(self.broken("its thread has died")),
        }
    }

    /// Runs migrations on a template, on a thread of their own: the caller's may drive a runtime already.
    fn migrate(&self, database: &str, migrations: &Migrations) -> Result<(), ServerError> {
        let config = self.server.connection().with_database(database).config();
        let work = || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_all().build();
            let runtime = runtime.map_err(|error| self.broken(&error.to_string()))?;
            runtime.block_on(migrate(&config, migrations))
        };
        let migrated = thread::scope(|scope| scope.spawn(work).join());
        // Its session may outlive it for a moment.
        self.end_sessions(database)?;
        migrated.unwrap_or_else(|_| Err(self.broken("its thread has died")))
    }

    /// Ends the sessions in a database and waits until they are gone.
    fn end_sessions(&self, database: &str) -> Result<(), ServerError> {
        let sql = format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'"
        );
        self.run_on(&self.ender, sql, "end a database's sessions")
            .map(drop)
    }

    /// Runs a statement on the database `postgres`.
    fn run(&self, sql: String, action: &str) -> Result<Rows, ServerError> {
        self.run_on(&self.admin, sql, action)
    }

    fn run_on(&self, admin: &Admin, sql: String, action: &str) -> Result<Rows, ServerError> {
        let config = self.server.connection().config();
        admin
            .run(config, sql)
            .ok_or_else(|| self.broken("its thread has died"))?
            .map_err(|source| ServerError::Database {
                action: action.to_owned(),
                source,
            })
    }

    fn broken(&self, reason: &str) -> ServerError {
        ServerError::Guard {
            directory: self.server.directory().into(),
            reason: reason.to_owned(),
        }
    }
}

async fn migrate(
    config: &tokio_postgres::Config,
    migrations: &Migrations,
) -> Result<(), ServerError> {
    let mut client = admin::connect(config)
        .await
        .map_err(|source| ServerError::Database {
            action: "connect to a template".to_owned(),
            source,
        })?;
    let options = Options::default();
    let applied = migration::apply(&mut client, migrations, &options, &mut |_| {}).await;
    applied.map_or_else(
        |error| Err(ServerError::Template(Box::new(error))),
        |_| Ok(()),
    )
}

/// A test's own database, dropped with this value unless the test panics.
#[derive(Debug)]
pub struct TestDatabase {
    connection: Connection,
    name: String,
    shared: Arc<Shared>,
}

impl TestDatabase {
    /// The database's URL, as for `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        self.connection.url()
    }

    /// The database's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How to connect to the database.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Connects; call it within a tokio runtime, which then drives the connection.
    ///
    /// # Errors
    /// [`ServerError::Database`] when the server does not accept the connection.
    ///
    /// ```no_run
    /// # async fn test(database: schema_kit::testing::TestDatabase) -> Result<(), Box<dyn std::error::Error>> {
    /// let client = database.connect().await?;
    /// client.batch_execute("CREATE TABLE t ()").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(&self) -> Result<Client, ServerError> {
        admin::connect(&self.connection.config())
            .await
            .map_err(|source| ServerError::Database {
                action: format!("connect to the test's database {}", self.name),
                source,
            })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!(
                "the test's database is kept while its server runs: {}",
                self.url()
            );
            return;
        }
        // A database that stays is deleted with the server.
        let _ = self.shared.end_sessions(&self.name);
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let _ = self.shared.run(sql, "drop a test's database");
    }
}
