//! A database pulled as Rust source, compiled, and made again from that.

mod files;
mod hostile;

use std::path::Path;

use app_schema::CHAT;
use schema_core::{ddl, schema::Schema};
use schema_kit::{
    introspect::{self, Filter, Introspection},
    pull::{self, Source},
    testing::Template,
};
use tests::{
    TestDatabase, client, database_from, dump::dump, pulled, soundness::compile::Compiler,
};
use tokio_postgres::Client;

/// A database, and what was pulled of it.
struct Pulled {
    name: String,
    dump: String,
    source: Source,
}

impl Pulled {
    async fn new(name: &str, number: usize, database: &TestDatabase, client: &mut Client) -> Self {
        let found = read(client).await;
        Self {
            name: name.to_owned(),
            dump: dump(database, client).await,
            source: pull::render(&found, &pulled::options(number)),
        }
    }
}

async fn read(client: &mut Client) -> Introspection {
    introspect::read(client, &Filter::default()).await.unwrap()
}

/// Makes databases from SQL, pulls all, compiles them together, makes them again and compares the dumps.
async fn assert_round_trips(name: &str, scripts: &[(String, String)]) -> Vec<Source> {
    let mut all = Vec::new();
    for (number, (name, sql)) in scripts.iter().enumerate() {
        let database = database_from(&Template::new(sql));
        let mut client = database.connect().await.unwrap();
        all.push(Pulled::new(name, number, &database, &mut client).await);
    }
    let sources: Vec<Source> = all.iter().map(|pulled| pulled.source.clone()).collect();
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("pulled")
        .join(name);
    let compiler = Compiler::new(&directory);
    let root = pulled::write(&directory.join("crate"), &sources);
    let printed = pulled::build(&compiler, &root);
    pulled::lint(&compiler, &root);
    for (number, (pulled, script)) in all.iter().zip(printed).enumerate() {
        let script = script.unwrap_or_else(|error| panic!("{}: {error}", pulled.name));
        let (database, mut client) = client().await;
        if let Err(error) = client.batch_execute(&script).await {
            panic!("{}: {error:?}\n{script}", pulled.name);
        }
        let again = dump(&database, &client).await;
        similar(&pulled.dump, &again, &pulled.name);
        let source = pull::render(&read(&mut client).await, &pulled::options(number));
        for (one, other) in pulled.source.files.iter().zip(&source.files) {
            similar(
                &one.text,
                &other.text,
                &format!("{} {}", pulled.name, one.path),
            );
        }
        assert_eq!(pulled.source, source, "{}", pulled.name);
    }
    sources
}

/// Compares two texts line by line.
fn similar(one: &str, other: &str, context: &str) {
    let lines = one.lines().zip(other.lines()).enumerate();
    let different = lines.filter(|(_, (one, other))| one != other).take(5);
    let shown: String = different
        .map(|(at, (one, other))| format!("line {at}:\n  {one}\n  {other}\n"))
        .collect();
    assert!(one == other, "{context}: {shown}");
}

#[tokio::test]
async fn what_is_pulled_compiles_and_makes_the_same_database() {
    let scripts: Vec<(String, String)> = hostile::SCRIPTS
        .iter()
        .map(|(name, sql)| ((*name).to_owned(), (*sql).to_owned()))
        .collect();
    assert_round_trips("many", &scripts).await;
}

#[tokio::test]
async fn the_thirteen_tables_come_back_as_they_were_written() {
    let script = ddl::script(&Schema::from_def(&CHAT).unwrap());
    let sources = assert_round_trips("chat", &[("chat".to_owned(), script)]).await;
    let find = |path: &str| {
        let mut files = sources[0].files.iter();
        files.find(|file| file.path == path).unwrap().text.as_str()
    };
    assert_eq!(
        find("tables/attachment.rs"),
        include_str!("pull/attachment.rs")
    );
    assert_eq!(
        find("tables/member_role.rs"),
        include_str!("pull/member_role.rs")
    );
}
