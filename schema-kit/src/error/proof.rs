//! What can be wrong with a plan.

/// A plan that does not do what it should on a copy of the schema it begins with. Nothing but the copy was changed.
///
/// # Examples
///
/// ```
/// use schema_kit::ProofError;
///
/// let error = ProofError::Differs { differences: vec!["alter table users: comment".into()] };
/// assert!(error.to_string().ends_with("\nalter table users: comment"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The copy could not be made.
    #[error("the plan cannot be proved: a copy of the previous schema cannot be made")]
    Copy {
        /// The statement that the server refused.
        statement: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A statement of the plan fails.
    #[error(
        "the plan is wrong: statement {number} of {total} fails on a copy of the previous schema"
    )]
    Statement {
        /// Which statement, counted from 1.
        number: usize,
        /// How many the plan has.
        total: usize,
        /// The statement.
        statement: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// The plan ends elsewhere.
    #[error(
        "the plan is wrong: on a copy of the previous schema it leaves what another plan would have to do:{}",
        lines(.differences)
    )]
    Differs {
        /// What differs between what the plan leaves and the next schema, in words.
        differences: Vec<String>,
    },
}

impl ProofError {
    /// Where it happened: the statement.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Copy { statement, .. } | Self::Statement { statement, .. } => {
                Some(statement.clone())
            }
            Self::Differs { .. } => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Copy { .. } => {
                "name a server that has what is missing with `--scratch-url`, or leave the proof out with `--no-proof`"
            }
            Self::Statement { .. } | Self::Differs { .. } => {
                "this is a mistake of the kit: report it with both schemas; `--no-proof` shows the plan"
            }
        }
    }
}

fn lines(differences: &[String]) -> String {
    let lines = differences.iter().map(|line| format!("\n{line}"));
    lines.collect()
}
