//! `demo`: from structs to a live database and back, in one command.

mod chat;
mod page;

use std::time::{Duration, Instant};

use schema_kit::{
    Context, ExitStatus, Subcommand,
    clap::{ArgMatches, Command},
    cli::Failure,
    migration::Options,
};

/// Messages the demonstration writes.
const MESSAGES: usize = 10_000;

/// Messages on the page it reads.
const PAGE: i64 = 10;

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
            next_steps(&database.origin().to_string())
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

fn next_steps(origin: &str) -> String {
    format!(
        "The database is {origin}. Try next:\n  \
         cargo run -p app-schema -- ddl             the schema's SQL\n  \
         cargo run -p app-schema -- status          which migrations are applied\n  \
         cargo run -p app-schema -- server psql     look into the embedded database\n  \
         cargo run -p app-schema -- server stop     stop it\n"
    )
}
