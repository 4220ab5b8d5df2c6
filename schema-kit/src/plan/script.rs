//! A plan as a script: statements with their hazards, timeouts where they change, and what is one transaction.

use std::collections::BTreeSet;

use schema_core::{
    ddl::{self, Timeout},
    schema::QualifiedName,
};

use super::{Plan, Statement, effect::Work, statement::Timeouts};

/// Statements of a plan that follow each other and run in one transaction, or one statement that cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<'p> {
    /// The statements, at least one.
    pub statements: &'p [Statement],
    /// Whether they run in a transaction; otherwise it is one statement, alone.
    pub transactional: bool,
}

impl Plan {
    /// Divides the plan into parts, each of which is done or not done at all. Locks are held until a part ends, so that a
    /// part locks one table, or those of one foreign key, and what goes through rows has a part of its own. So does what
    /// can be used after it is committed only. What is nothing without what is before it runs along with that.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::plan::Plan;
    ///
    /// assert!(Plan::default().parts().is_empty());
    /// ```
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        let mut rest = &self.statements[..];
        while let Some(first) = rest.first() {
            let mut locked = locked(first);
            let more = rest[1..].iter().take_while(|next| {
                let joins = joins(first, next, &locked);
                locked.extend(self::locked(next).into_iter().filter(|_| joins));
                joins
            });
            let (statements, behind) = rest.split_at(1 + more.count());
            parts.push(Part {
                statements,
                transactional: first.transactional,
            });
            rest = behind;
        }
        parts
    }

    /// Renders the plan as a script that psql runs as it is, statement by statement: hazards and notes as comments above
    /// the statement they belong to. A plan with timeouts has a `SET` above the first statement with another one, a
    /// `RESET` at the end, and each of its [parts](Self::parts) in a transaction where it can be.
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
        let mut blocks = Vec::new();
        let mut now = Timeouts::default();
        for part in self.parts() {
            let next = part.statements[0].timeouts;
            let settings = settings(now, next);
            now = Timeouts {
                lock: next.lock.or(now.lock),
                statement: next.statement.or(now.statement),
            };
            let statements = part.statements.iter().map(Statement::render);
            let statements: Vec<String> = statements.collect();
            let statements = statements.join("\n");
            let timed = next != Timeouts::default();
            blocks.push(match timed && part.transactional {
                true => format!(
                    "{settings}{};\n{statements}{};\n",
                    ddl::begin(),
                    ddl::commit()
                ),
                false => settings + &statements,
            });
        }
        let resets: String = (now.lock.iter().map(|_| Timeout::Lock))
            .chain(now.statement.iter().map(|_| Timeout::Statement))
            .map(|timeout| format!("{};\n", ddl::reset_timeout(timeout)))
            .collect();
        if !resets.is_empty() {
            blocks.push(resets);
        }
        blocks.join("\n")
    }
}

/// The tables that others wait for while a statement's transaction is open.
fn locked(statement: &Statement) -> BTreeSet<&QualifiedName> {
    let effects = statement.effects.iter();
    let effects = effects.filter(|effect| effect.lock.blocks_writes());
    effects.map(|effect| &effect.table).collect()
}

/// Whether a statement may run in the transaction of the ones before it.
fn joins(first: &Statement, next: &Statement, locked: &BTreeSet<&QualifiedName>) -> bool {
    if next.joined {
        return true;
    }
    let is_short = |statement: &Statement| {
        let works = statement.effects.iter().any(|it| it.work != Work::Nothing);
        statement.transactional && !statement.commits && !works
    };
    let own = self::locked(next);
    let at_ease = locked.is_empty() || own.is_empty() || own.is_subset(locked);
    is_short(first) && is_short(next) && at_ease && first.timeouts == next.timeouts
}

/// The `SET` lines between two parts.
fn settings(now: Timeouts, next: Timeouts) -> String {
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
