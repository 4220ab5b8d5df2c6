//! `demo`: from structs to a live database and back, in one command.

mod chat;
mod page;

use std::time::{Duration, Instant};

use schema_kit::{
    Context, ExitStatus, Subcommand,
    clap::{ArgMatches, Command},
    cli::{Failure, Seeding},
    database::Origin,
    migration::Options,
};

/// Messages the demonstration writes.
const MESSAGES: usize = 10_000;

/// Messages on the page it reads.
const PAGE: i64 = 10;

/// Messages a development database begins with.
const SEEDED: usize = 100;

/// Fills a development database with a chat server.
pub(crate) fn seed(client: &mut tokio_postgres::Client) -> Seeding<'_> {
    Box::pin(async move {
        chat::write(client, SEEDED).await?;
        Ok(())
    })
}

/// The subcommand.
#[derive(Debug)]
pub(crate) struct Demo;

impl Subcommand for Demo {
    fn command(&self) -> Command {
        Command::new("demo")
            .about("Writes a chat server with 10,000 messages and reads a page of them back")
            .long_about(
                "Starts the embedded database if no other is named, migrates it, writes a server with its @everyone \
                 role, members, channels and 10,000 messages in one transaction, and reads the newest page of a \
                 channel back as structs. Each run adds a server of its own; nothing else is touched.",
            )
    }

    fn run(&self, cx: &Context<'_>, _: &ArgMatches) -> Result<ExitStatus, Failure> {
        let mut steps = Steps::default();
        let database = steps.time("find or start the database", || cx.database())?;
        let migrations = cx.migrations(None)?;
        let page = cx.block_on(async {
            let options = Options::default();
            let started = Instant::now();
            cx.migrate(&database, &migrations, &options).await?;
            steps.done("apply the migrations", started);

            let mut client = database.connect().await?;
            let started = Instant::now();
            let channel = chat::write(&mut client, MESSAGES).await?;
            steps.done("write a server with 10,000 messages", started);

            let started = Instant::now();
            let page = page::newest(&client, channel, PAGE).await?;
            steps.done("read the newest page as structs", started);
            Ok::<_, Failure>(page)
        })?;
        cx.print(&format!(
            "{}\n{}\n{}",
            page::render(&page),
            steps.render(),
            next_steps(database.origin())
        ))?;
        Ok(ExitStatus::Done)
    }
}

/// What was done and how long each step took.
#[derive(Debug, Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    fn time<T>(&mut self, name: &'static str, step: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = step();
        self.done(name, started);
        result
    }

    fn done(&mut self, name: &'static str, started: Instant) {
        self.0.push((name, started.elapsed()));
    }

    fn render(&self) -> String {
        let lines = self
            .0
            .iter()
            .map(|(name, took)| format!("{name:<36} {:>9.1} ms\n", took.as_secs_f64() * 1000.0));
        lines.collect()
    }
}

/// What to try next, on the same database.
fn next_steps(origin: &Origin) -> String {
    let mut steps = vec![("ddl", "the schema's SQL"), ("lint", "advice about it")];
    match origin {
        Origin::Embedded(_) => steps.extend([
            ("status", "which migrations are applied"),
            ("server psql", "look into the embedded database"),
            ("server stop", "stop it"),
        ]),
        Origin::Argument => steps.push((
            "status --database-url …",
            "which migrations are applied, with the same URL",
        )),
        _ => steps.push(("status", "which migrations are applied")),
    }
    let lines = steps
        .iter()
        .map(|(command, what)| format!("  cargo run -p app-schema -- {command:<24}{what}\n"));
    format!(
        "The database is {}. Try next:\n{}",
        described(origin),
        lines.collect::<String>()
    )
}

fn described(origin: &Origin) -> String {
    match origin {
        Origin::Embedded(_) => origin.to_string(),
        _ => format!("the one of {origin}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_server_is_named_where_it_is_the_database_and_nowhere_else() {
        let embedded = next_steps(&Origin::Embedded("/project/.schema".into()));
        assert!(
            embedded.contains("server in /project/.schema"),
            "{embedded}"
        );
        assert!(embedded.contains("-- server psql "), "{embedded}");
        for origin in [
            Origin::Argument,
            Origin::Environment,
            Origin::DotEnv(".env".into()),
        ] {
            let other = next_steps(&origin);
            assert!(other.contains("-- status"), "{other}");
            assert!(!other.contains("server"), "{other}");
        }
    }
}
