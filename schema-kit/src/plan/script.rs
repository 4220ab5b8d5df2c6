//! A plan as a script: statements with their hazards, timeouts where they change, and what is one transaction.

use schema_core::ddl::{self, Timeout};

use super::{Plan, Statement, statement::Timeouts};

impl Plan {
    /// Renders the plan as a script that psql runs as it is: hazards as comments above the statement they belong to, a
    /// `SET` above the first statement with another timeout and a `RESET` at the end.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::plan::Plan;
    ///
    /// assert_eq!(Plan::default().script(), "");
    /// ```
    #[must_use]
    pub fn script(&self) -> String {
        let mut parts = Vec::new();
        let mut now = Timeouts::default();
        for statement in &self.statements {
            let settings = settings(now, statement);
            now = Timeouts {
                lock: statement.timeouts.lock.or(now.lock),
                statement: statement.timeouts.statement.or(now.statement),
            };
            parts.push(settings + &statement.render());
        }
        let resets: String = (now.lock.iter().map(|_| Timeout::Lock))
            .chain(now.statement.iter().map(|_| Timeout::Statement))
            .map(|timeout| format!("{};\n", ddl::reset_timeout(timeout)))
            .collect();
        if !resets.is_empty() {
            parts.push(resets);
        }
        parts.join("\n")
    }
}

/// The `SET` lines above a statement.
fn settings(now: Timeouts, statement: &Statement) -> String {
    let next = statement.timeouts;
    let changed = [
        (Timeout::Lock, now.lock, next.lock),
        (Timeout::Statement, now.statement, next.statement),
    ];
    let changed = changed.into_iter().filter_map(|(timeout, now, next)| {
        let next = next.filter(|next| Some(*next) != now)?;
        Some(format!("{};\n", ddl::set_timeout(timeout, next)))
    });
    changed.collect()
}
