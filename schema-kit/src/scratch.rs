//! Scratch databases: where SQL is loaded, schemas get the server's spelling, and plans are proved.
//!
//! They are made on a server the user names, or on one of the kit's own that starts with the first of them and stays warm
//! for the next command. Each is empty when it is handed out and dropped afterwards, whatever happened to it.

use std::{
    collections::BTreeSet,
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use schema_core::{ident, schema::Schema};
use tokio_postgres::{
    Client,
    error::{DbError, SqlState},
};

use crate::{
    database::Database,
    error::{Error, Origin, SourceError},
    introspect::{self, Introspection},
    server::{OnProgress, Throwaway},
};

/// Where scratch databases are made; nothing is started or connected to before the first one is asked for.
///
/// # Examples
///
/// ```no_run
/// use schema_kit::{scratch::Scratch, server::OnProgress};
///
/// # async fn example() -> Result<(), schema_kit::Error> {
/// let scratch = Scratch::embedded(OnProgress::default());
/// let answer = scratch.with(async |client| {
///     let made = client.batch_execute("CREATE TABLE t (id bigint)").await;
///     Ok(made.is_ok())
/// });
/// assert!(answer.await?);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Scratch {
    place: Place,
    count: AtomicU32,
}

#[derive(Debug)]
enum Place {
    Named(Database),
    Embedded {
        on_progress: OnProgress,
        server: OnceLock<(Throwaway, Database)>,
    },
}

impl Scratch {
    /// On the server of this database, where the role may create others; this one itself is not touched.
    #[must_use]
    pub fn on(database: Database) -> Self {
        Self {
            place: Place::Named(database),
            count: AtomicU32::new(0),
        }
    }

    /// On a server of the kit's own.
    #[must_use]
    pub fn embedded(on_progress: OnProgress) -> Self {
        Self {
            place: Place::Embedded {
                on_progress,
                server: OnceLock::new(),
            },
            count: AtomicU32::new(0),
        }
    }

    /// Whether the server is one of the kit's own.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.place, Place::Embedded { .. })
    }

    /// Makes an empty database, does the work in it, and drops it.
    ///
    /// # Errors
    ///
    /// When there is no server ([`is_unavailable`]) or the role may not create databases; otherwise what the work says.
    pub async fn with<T>(
        &self,
        work: impl AsyncFnOnce(&mut Client) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let database = self.server()?;
        let admin = database.connect().await?;
        let name = self.create(&admin).await?;
        let outcome = match database.named(&name).connect().await {
            Ok(mut client) => work(&mut client).await,
            Err(error) => Err(error.into()),
        };
        let drop = format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            ident::quote(&name)
        );
        let dropped = admin.batch_execute(&drop).await;
        // What the work says comes first.
        let value = outcome?;
        dropped.map_err(|source| SourceError::Scratch {
            action: "drop",
            source,
        })?;
        Ok(value)
    }

    /// Gives a schema the server's spelling ([`introspect::on_scratch`]).
    ///
    /// # Errors
    ///
    /// As for [`with`](Self::with), or when the server refuses the schema.
    pub async fn spell(&self, schema: &Schema) -> Result<Introspection, Error> {
        self.with(async |client| {
            self.make_roles(client, schema).await?;
            Ok(introspect::on_scratch(client, schema).await?)
        })
        .await
    }

    /// Makes the roles that a schema names, which belong to the server and not to a database. On a server of the user's
    /// nothing is made.
    ///
    /// # Errors
    ///
    /// When the server refuses to, or the user's server lacks a role that has privileges.
    pub async fn make_roles(&self, client: &Client, schema: &Schema) -> Result<(), Error> {
        let policies = schema.tables.iter().flat_map(|table| &table.policies);
        for role in policies.flat_map(|policy| &policy.roles) {
            self.make_role(client, role).await?;
        }
        let grants = schema.privileges.iter().flat_map(|it| it.objects.values());
        let grantees = grants
            .flatten()
            .filter_map(|grant| grant.grantee.as_deref());
        let grantees: BTreeSet<&str> = grantees.collect();
        for role in grantees {
            match self.is_embedded() {
                true => self.make_role(client, role).await?,
                false => has_role(client, role).await?,
            }
        }
        Ok(())
    }

    /// Makes the role that the server says it lacks; says whether it is there now.
    pub(crate) async fn make_missing_role(
        &self,
        client: &Client,
        error: &tokio_postgres::Error,
    ) -> Result<bool, Error> {
        match error.as_db_error().and_then(missing_role) {
            Some(role) if self.is_embedded() => self.make_role(client, role).await.map(|()| true),
            _ => Ok(false),
        }
    }

    async fn make_role(&self, client: &Client, role: &str) -> Result<(), Error> {
        let is_keyword = ["current_user", "current_role", "session_user", "public"]
            .iter()
            .any(|keyword| role.eq_ignore_ascii_case(keyword));
        if !self.is_embedded() || is_keyword {
            return Ok(());
        }
        let made = client
            .batch_execute(&format!("CREATE ROLE {}", ident::quote(role)))
            .await;
        match made {
            Err(error) if error.code() != Some(&SqlState::DUPLICATE_OBJECT) => {
                Err(Error::from(SourceError::Scratch {
                    action: "make a role on",
                    source: error,
                }))
            }
            _ => Ok(()),
        }
    }

    fn server(&self) -> Result<Database, Error> {
        match &self.place {
            Place::Named(database) => Ok(database.clone()),
            Place::Embedded {
                on_progress,
                server,
            } => {
                if let Some((_, database)) = server.get() {
                    return Ok(database.clone());
                }
                let warm = Throwaway::warm(on_progress)?;
                let origin = Origin::Embedded(warm.directory().to_owned());
                let database = Database::parse(&warm.connection().url(), origin)?;
                Ok(server.get_or_init(|| (warm, database)).1.clone())
            }
        }
    }

    /// Creates a database under the first name that nobody has: other machines may use the same server.
    async fn create(&self, admin: &Client) -> Result<String, Error> {
        loop {
            let count = self.count.fetch_add(1, Ordering::Relaxed);
            let name = format!("schema_kit_scratch_{}_{count}", process::id());
            let sql = format!("CREATE DATABASE {} TEMPLATE template0", ident::quote(&name));
            match admin.batch_execute(&sql).await {
                Ok(()) => return Ok(name),
                Err(error) if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => {}
                Err(source) => {
                    return Err(Error::from(SourceError::Scratch {
                        action: "create",
                        source,
                    }));
                }
            }
        }
    }
}

/// Whether an error says that this machine has no server for scratch databases, and nothing about the work. One that the
/// user named has to work.
#[must_use]
pub fn is_unavailable(error: &Error) -> bool {
    matches!(error, Error::Server(_))
}

/// The role that all on a scratch database belongs to.
pub(crate) async fn current_user(client: &Client) -> Result<String, Error> {
    let row = client.query_one("SELECT current_user::text", &[]).await;
    let row = row.map_err(|source| SourceError::Scratch {
        action: "use",
        source,
    })?;
    Ok(row.get(0))
}

async fn has_role(client: &Client, role: &str) -> Result<(), Error> {
    let sql = "SELECT FROM pg_roles WHERE rolname = $1";
    let found = client.query_opt(sql, &[&role]).await;
    let found = found.map_err(|source| SourceError::Scratch {
        action: "use",
        source,
    })?;
    let lacks = || SourceError::NoRole {
        role: role.to_owned(),
    };
    found.map(|_| ()).ok_or_else(|| lacks().into())
}

/// The role that an answer says does not exist; the kit's own servers speak English.
fn missing_role(error: &DbError) -> Option<&str> {
    if *error.code() != SqlState::UNDEFINED_OBJECT {
        return None;
    }
    let role = error.message().strip_prefix("role \"")?;
    role.strip_suffix("\" does not exist")
}
