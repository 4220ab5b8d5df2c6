//! Databases for the integration tests: one server per run, one database per test.

use std::sync::OnceLock;

use schema_kit::testing::{Template, TestDatabase, TestServer};
use tokio_postgres::Client;

/// The server of this test run, started by whichever test process comes first.
///
/// # Panics
/// When it cannot be started: a missing database is a failure, not a skip.
pub fn server() -> &'static TestServer {
    static SERVER: OnceLock<TestServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        TestServer::shared(env!("CARGO_MANIFEST_DIR"))
            .unwrap_or_else(|error| panic!("the tests need a PostgreSQL server: {error}"))
    })
}

/// An empty database of the test's own, dropped when the test succeeds.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn database() -> TestDatabase {
    database_from(&Template::empty())
}

/// An empty database of the test's own and a connection to it.
///
/// # Panics
/// When the database cannot be made or connected to.
pub async fn client() -> (TestDatabase, Client) {
    let database = database();
    let client = database
        .connect()
        .await
        .unwrap_or_else(|error| panic!("{}", report(&error)));
    (database, client)
}

/// A database of the test's own that holds what the SQL of the template makes.
///
/// # Panics
/// When it cannot be made, as when the template's SQL is wrong.
#[must_use]
pub fn database_from(template: &Template) -> TestDatabase {
    server()
        .database(template)
        .unwrap_or_else(|error| panic!("cannot make a test's database: {}", report(&error)))
}

/// The messages of an error and of its causes.
fn report(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
