//! Runs scripts part by part, each with its row in the history.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use tokio_postgres::Client;

use super::{
    Event, Excerpt, Migration, MigrationError, Options,
    error::Left,
    failure::Failure,
    history::{self, Written},
    job::Job,
    lexer::Statement,
    lock,
    operation::{Action, Operation},
    part,
    session::{self, Session, ask, text},
};

/// How often a statement that runs still is told of.
const TICK: Duration = Duration::from_secs(5);

/// A connection at work.
pub(super) struct Runner<'a> {
    pub(super) client: &'a Client,
    pub(super) options: &'a Options,
    pub(super) observe: &'a mut (dyn FnMut(Event<'_>) + Send),
    pub(super) session: Session,
}

/// Whether a setting ends with the transaction or with the session.
#[derive(Clone, Copy)]
enum Extent {
    Transaction,
    Session,
}

impl Runner<'_> {
    /// Takes the lock.
    pub(super) async fn lock(&mut self) -> Result<(), MigrationError> {
        lock::acquire(self.client, &self.session, self.options, self.observe).await
    }

    /// Gives the lock back, whatever came of the work.
    pub(super) async fn unlock<T>(
        &mut self,
        outcome: Result<T, MigrationError>,
    ) -> Result<T, MigrationError> {
        let released = lock::release(self.client, &self.session).await;
        let value = outcome?;
        released?;
        Ok(value)
    }

    /// Makes the history table where there is none.
    pub(super) async fn create_history(&mut self) -> Result<(), MigrationError> {
        let Some(sql) = history::create(self.session.presence) else {
            return Ok(());
        };
        let created = self.client.batch_execute(&sql).await;
        if let Err(source) = created {
            // Where the connection is lost, the first error says more.
            let _ = self.client.batch_execute("ROLLBACK").await;
            return Err(MigrationError::NoHistory {
                database: self.session.database.clone(),
                user: self.session.user.clone(),
                source,
            });
        }
        Ok(())
    }

    /// Changes the history by statements of its own, in one transaction.
    pub(super) async fn change_history(
        &mut self,
        statements: &[String],
    ) -> Result<(), MigrationError> {
        let failed = |source| MigrationError::Database {
            action: "write the history table `schema_kit.history`",
            source,
        };
        let sql = format!("BEGIN; {}; COMMIT", statements.join("; "));
        let outcome = self.client.batch_execute(&sql).await;
        if outcome.is_err() {
            let _ = self.client.batch_execute("ROLLBACK").await;
        }
        outcome.map_err(failed)
    }

    /// Runs what is left of a script.
    pub(super) async fn run(&mut self, mut job: Job<'_>) -> Result<(), MigrationError> {
        (self.observe)(Event::Started {
            migration: job.migration,
            done: job.done,
            parts: job.parts.len(),
        });
        let started = Instant::now();
        while job.done < job.parts.len() {
            let mut retry = 0;
            loop {
                let outcome = match job.parts[job.done].alone {
                    None => self.run_transaction(std::slice::from_ref(&job)).await,
                    Some(operation) => self
                        .run_alone(&mut job, operation)
                        .await
                        .map_err(|failure| (0, failure)),
                };
                let Err((_, failure)) = outcome else { break };
                if !self.pause(job.migration, &failure, &mut retry).await {
                    return Err(self.give_up(&mut job, failure).await);
                }
            }
            job.done += 1;
            job.before = None;
            job.exists = true;
        }
        (self.observe)(Event::Finished {
            migration: job.migration,
            direction: job.direction,
            elapsed: started.elapsed(),
        });
        Ok(())
    }

    /// Runs scripts of one part each in one transaction.
    pub(super) async fn run_together(
        &mut self,
        mut jobs: Vec<Job<'_>>,
    ) -> Result<(), MigrationError> {
        let started = Instant::now();
        let mut retry = 0;
        while let Err((at, failure)) = self.run_transaction(&jobs).await {
            if !self.pause(jobs[at].migration, &failure, &mut retry).await {
                return Err(self.give_up(&mut jobs[at], failure).await);
            }
        }
        for job in &jobs {
            (self.observe)(Event::Finished {
                migration: job.migration,
                direction: job.direction,
                elapsed: started.elapsed(),
            });
        }
        Ok(())
    }

    /// Waits before a part is tried again; false where it is not to be.
    async fn pause(&mut self, migration: &Migration, failure: &Failure, retry: &mut u32) -> bool {
        let Some(error) = failure.retryable(self.options) else {
            return false;
        };
        if *retry == self.options.retries {
            return false;
        }
        *retry += 1;
        let pause = self.options.pause(*retry);
        (self.observe)(Event::Retrying {
            migration,
            error,
            retry: *retry,
            retries: self.options.retries,
            pause,
        });
        tokio::time::sleep(pause).await;
        true
    }

    /// Runs the next part of each job in one transaction with their rows; an error comes with the job it is of.
    async fn run_transaction(&mut self, jobs: &[Job<'_>]) -> Result<(), (usize, Failure)> {
        let begin = format!("BEGIN; SELECT {}", lock::holds());
        let rows = ask(self.client, &begin)
            .await
            .map_err(|source| (0, Failure::Transaction(source)))?;
        let mut outcome = match rows.first().map(|row| text(row, 0)) {
            Some("t") => Ok(()),
            _ => Err((0, Failure::Other(lock::pooled(&self.session, None)))),
        };
        for (at, job) in jobs.iter().enumerate() {
            if outcome.is_ok() {
                outcome = self
                    .run_statements(job)
                    .await
                    .map_err(|failure| (at, failure));
            }
        }
        if outcome.is_ok() {
            let committed = self.client.batch_execute("COMMIT").await;
            outcome = committed.map_err(|source| (jobs.len() - 1, Failure::Transaction(source)));
        }
        if outcome.is_err() {
            // Where the connection is lost the server rolls back by itself, and the first error says more.
            let _ = self.client.batch_execute("ROLLBACK").await;
        }
        outcome
    }

    /// Runs the statements of a job's next part within a transaction, and brings its row up to date.
    async fn run_statements(&mut self, job: &Job<'_>) -> Result<(), Failure> {
        let started = Instant::now();
        self.enter(job, Extent::Transaction, None).await?;
        for (at, statement) in job.parts[job.done].statements.iter().enumerate() {
            self.run_statement(job, at, statement.text).await?;
            self.restore_defaults(statement, Extent::Transaction, None)
                .await?;
        }
        let milliseconds = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.write(&job.record().done(job.done, milliseconds), job)
            .await
    }

    /// Runs a part outside of a transaction, or finds that it was done.
    async fn run_alone(
        &mut self,
        job: &mut Job<'_>,
        operation: Operation<'_>,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        self.enter_alone(job, operation).await?;
        let (mut now, leftovers) = self.probe(operation).await?;
        let before = job.before.clone();
        if before.is_none() {
            self.write(&job.record().begun(job.done, &now), job).await?;
            job.before = Some(now.clone());
            job.exists = true;
            self.enter_alone(job, operation).await?;
        }
        if operation.drops_leftovers(before.as_deref()) && !leftovers.is_empty() {
            self.drop_leftovers(job, &leftovers).await?;
            now = self.probe(operation).await?.0;
        }
        let at = job.alone_at();
        match operation.decide(before.as_deref(), &now) {
            Action::Skip => (self.observe)(Event::Recognized(job.step(at))),
            Action::Run => {
                let statement = job.parts[job.done].statements[at].text;
                self.run_statement(job, at, statement).await?;
            }
            Action::Finish(sql) => self.run_statement(job, at, &sql).await?,
        }
        let milliseconds = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.write(&job.record().done(job.done, milliseconds), job)
            .await
    }

    /// Makes the session what the script has made it so far.
    async fn enter(
        &mut self,
        job: &Job<'_>,
        extent: Extent,
        operation: Option<Operation<'_>>,
    ) -> Result<(), Failure> {
        let sql = format!(
            "{}; SELECT {}",
            self.defaults(extent, operation),
            lock::holds()
        );
        let rows = ask(self.client, &sql).await.map_err(Failure::Transaction)?;
        if rows.first().is_none_or(|row| text(row, 0) != "t") {
            return Err(Failure::Other(lock::pooled(&self.session, None)));
        }
        for statement in job.settings() {
            self.execute(statement.text).await?;
            self.restore_defaults(statement, extent, operation).await?;
        }
        Ok(())
    }

    /// As `enter`, for a statement that runs outside of a transaction, with what its own part sets.
    async fn enter_alone(
        &mut self,
        job: &Job<'_>,
        operation: Operation<'_>,
    ) -> Result<(), Failure> {
        let (extent, operation) = (Extent::Session, Some(operation));
        self.enter(job, extent, operation).await?;
        let settings = job.parts[job.done].statements.iter().take(job.alone_at());
        for (at, statement) in settings.enumerate() {
            let outcome = self.client.batch_execute(statement.text).await;
            outcome.map_err(|source| Failure::Statement(at, Duration::ZERO, source))?;
            self.restore_defaults(statement, extent, operation).await?;
        }
        Ok(())
    }

    /// Sets the runner's own settings again behind a statement that took back all.
    async fn restore_defaults(
        &mut self,
        statement: &Statement<'_>,
        extent: Extent,
        operation: Option<Operation<'_>>,
    ) -> Result<(), Failure> {
        match part::resets_all(statement) {
            true => self.execute(&self.defaults(extent, operation)).await,
            false => Ok(()),
        }
    }

    /// The settings a file starts with, which its own win over.
    fn defaults(&self, extent: Extent, operation: Option<Operation<'_>>) -> String {
        let set = match extent {
            Extent::Transaction => "SET LOCAL",
            Extent::Session => "SET",
        };
        // The statements were told apart by its rules.
        let mut sql = format!("{set} standard_conforming_strings = on");
        let is_harmless = operation.is_some_and(|operation| operation.waits_harmlessly());
        let lock_timeout = match self.options.lock_timeout {
            Some(_) if is_harmless => Some(Duration::ZERO),
            limit => limit,
        };
        for (name, limit) in [
            ("lock_timeout", lock_timeout),
            ("statement_timeout", self.options.statement_timeout),
        ] {
            if let Some(limit) = limit {
                // The server's limit is 2^31 - 1.
                let limit = limit.as_millis().min(2_147_483_647);
                sql.push_str(&format!("; {set} {name} = {limit}"));
            }
        }
        sql
    }

    async fn run_statement(&mut self, job: &Job<'_>, at: usize, sql: &str) -> Result<(), Failure> {
        let step = job.step(at);
        (self.observe)(Event::StatementStarted(step));
        let started = Instant::now();
        let mut running = pin!(self.client.batch_execute(sql));
        let outcome = loop {
            match tokio::time::timeout(TICK, &mut running).await {
                Ok(outcome) => break outcome,
                Err(_) => (self.observe)(Event::StatementRunning {
                    step,
                    elapsed: started.elapsed(),
                }),
            }
        };
        let elapsed = started.elapsed();
        outcome.map_err(|source| Failure::Statement(at, elapsed, source))?;
        (self.observe)(Event::StatementDone { step, elapsed });
        Ok(())
    }

    /// Asks the catalog how far a statement has come: the state, and the half-made indexes.
    async fn probe(&mut self, operation: Operation<'_>) -> Result<(String, Vec<String>), Failure> {
        let rows = ask(self.client, &operation.probe())
            .await
            .map_err(Failure::Transaction)?;
        let row = rows.first();
        let row = row.ok_or(Failure::Other(MigrationError::NoAnswer))?;
        let leftovers = text(row, 1).lines().map(str::to_owned);
        Ok((text(row, 0).to_owned(), leftovers.collect()))
    }

    async fn drop_leftovers(&mut self, job: &Job<'_>, leftovers: &[String]) -> Result<(), Failure> {
        for index in leftovers {
            (self.observe)(Event::Dropping {
                step: job.step(job.alone_at()),
                index,
            });
            let sql = format!("DROP INDEX CONCURRENTLY IF EXISTS {index}");
            self.execute(&sql).await?;
        }
        Ok(())
    }

    async fn execute(&mut self, sql: &str) -> Result<(), Failure> {
        let outcome = self.client.batch_execute(sql).await;
        outcome.map_err(Failure::Transaction)
    }

    /// Changes the migration's row, as the role that connected.
    async fn write(&mut self, sql: &str, job: &Job<'_>) -> Result<(), Failure> {
        let sql = format!("{}; {sql}", session::RESET);
        match history::write(self.client, &sql).await {
            Ok(Written::Yes) => Ok(()),
            Ok(Written::No) => Err(Failure::Other(MigrationError::HistoryChanged {
                migration: job.migration.id(),
            })),
            Err(source) => Err(Failure::Transaction(source)),
        }
    }

    /// Cleans up after a part that will not be tried again, and says what is left.
    async fn give_up(&mut self, job: &mut Job<'_>, failure: Failure) -> MigrationError {
        let operation = job.parts[job.done].alone;
        let is_lost = failure.is_lost();
        let mut is_clean = operation.is_none() || job.before.is_none();
        if let (Some(operation), false) = (operation, is_lost) {
            is_clean = self.clean_up(job, operation).await.unwrap_or(is_clean);
        }
        let left = match (is_clean, job.done) {
            _ if is_lost => Left::Unknown,
            (false, _) => Left::Begun,
            (true, 0) => Left::Nothing,
            (true, done) => Left::Parts(done, job.parts.len()),
        };
        let migration = job.migration.id();
        match failure {
            Failure::Other(error) => error,
            Failure::Transaction(source) => MigrationError::Transaction {
                migration,
                left,
                source,
            },
            Failure::Statement(at, _, source) => {
                let step = job.step(at);
                MigrationError::Statement {
                    migration,
                    number: step.number,
                    total: step.total,
                    left,
                    excerpt: Box::new(Excerpt::new(
                        step.origin,
                        step.text,
                        step.line,
                        source.as_db_error(),
                    )),
                    source,
                }
            }
        }
    }

    /// Drops what a failed statement left, and forgets that it was begun; whether that worked.
    async fn clean_up(
        &mut self,
        job: &mut Job<'_>,
        operation: Operation<'_>,
    ) -> Result<bool, Failure> {
        let Some(before) = job.before.clone() else {
            self.execute(session::RESET).await?;
            return Ok(true);
        };
        self.enter_alone(job, operation).await?;
        let (_, leftovers) = self.probe(operation).await?;
        if operation.drops_leftovers(Some(&before)) {
            self.drop_leftovers(job, &leftovers).await?;
        }
        let (now, _) = self.probe(operation).await?;
        if operation.decide(Some(&before), &now) != Action::Run {
            // It is half done in a way that only going on can mend.
            self.execute(session::RESET).await?;
            return Ok(false);
        }
        self.write(&job.record().undone(job.done), job).await?;
        job.before = None;
        Ok(true)
    }
}
