//! A thread that runs statements on a server for callers that may or may not be async themselves.

use std::{
    fmt,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

use tokio_postgres::{Client, Config, NoTls};

/// A statement to run, and where its outcome goes.
struct Job {
    config: Config,
    sql: String,
    reply: mpsc::Sender<Result<Rows, tokio_postgres::Error>>,
}

/// The first column of each row a statement returned.
pub(super) type Rows = Vec<Option<String>>;

/// The thread's other end. It keeps one connection per database it was last asked about, so that a
/// test does not pay for connecting.
pub(super) struct Admin {
    jobs: Mutex<mpsc::Sender<Job>>,
}

impl Admin {
    /// Starts the thread; it ends with this value.
    pub(super) fn start() -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        thread::Builder::new()
            .name("test databases".to_owned())
            .spawn(move || runtime.block_on(serve(&receiver)))?;
        Ok(Self {
            jobs: Mutex::new(sender),
        })
    }

    /// Runs statements on the database and waits for them; `None` if the thread has died.
    pub(super) fn run(
        &self,
        config: Config,
        sql: String,
    ) -> Option<Result<Rows, tokio_postgres::Error>> {
        let (reply, answer) = mpsc::channel();
        let jobs = self
            .jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        jobs.send(Job { config, sql, reply }).ok()?;
        answer.recv().ok()
    }
}

impl fmt::Debug for Admin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Admin")
    }
}

/// Runs jobs one after the other: creating databases from one template cannot overlap anyway.
async fn serve(jobs: &mpsc::Receiver<Job>) {
    let mut open: Option<(Config, Client)> = None;
    while let Ok(job) = jobs.recv() {
        let result = answer(&mut open, &job).await;
        // A caller that has gone does not want the answer.
        let _ = job.reply.send(result);
    }
}

async fn answer(
    open: &mut Option<(Config, Client)>,
    job: &Job,
) -> Result<Rows, tokio_postgres::Error> {
    let reusable = open
        .take()
        .filter(|(config, client)| *config == job.config && !client.is_closed());
    let client = match reusable {
        Some((_, client)) => client,
        None => connect(&job.config).await?,
    };
    let messages = client.simple_query(&job.sql).await;
    *open = Some((job.config.clone(), client));
    Ok(messages?.iter().filter_map(first_column).collect())
}

fn first_column(message: &tokio_postgres::SimpleQueryMessage) -> Option<Option<String>> {
    match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => Some(row.get(0).map(str::to_owned)),
        _ => None,
    }
}

/// Connects; the connection's own task runs on the current runtime.
pub(super) async fn connect(config: &Config) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = config.connect(NoTls).await?;
    // The client reports the connection's end at its next use.
    tokio::spawn(async move { drop(connection.await) });
    Ok(client)
}
