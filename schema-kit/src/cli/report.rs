//! An error as the command line prints it: what, where, why and what to do.

use std::error::Error as StdError;

use tokio_postgres::error::DbError;

use super::style::Style;
use crate::error::Error;

/// The width of a label with its colon, which the text of further lines is indented by.
const INDENT: &str = "        ";

/// Renders an error with all its causes, ending in a newline:
///
/// ```text
/// error: migration `0002_roles` failed at statement 3 of 5
///  where: migrations/0002_roles/up.sql, line 7
///             7 | ALTER TABLE role ADD COLUMN color integer
///               |             ^
///  cause: relation "role" does not exist (SQLSTATE 42P01)
///   help: the migration was rolled back and nothing of it is left; correct it and run `migrate` again
/// ```
pub(super) fn render(
    failure: &(dyn StdError + Send + Sync + 'static),
    error: Option<&Error>,
    style: Style,
) -> String {
    let mut report = Report {
        text: String::new(),
        style,
    };
    report.add_title(&failure.to_string());
    if let Some(location) = error.and_then(Error::location) {
        report.add("where", &location);
    }
    let mut cause = failure.source();
    while let Some(current) = cause {
        report.add_cause(current);
        cause = current.source();
    }
    if let Some(help) = error.and_then(Error::help) {
        report.add("help", &help);
    }
    report.text
}

struct Report {
    text: String,
    style: Style,
}

impl Report {
    fn add_title(&mut self, text: &str) {
        self.push(&self.style.error("error:"), text);
    }

    fn add(&mut self, label: &str, text: &str) {
        let label = self.style.label(&format!("{label:>6}:"));
        self.push(&label, text);
    }

    fn add_cause(&mut self, cause: &(dyn StdError + 'static)) {
        if let Some(error) = cause.downcast_ref::<DbError>() {
            self.add_answer(error);
        } else if cause
            .downcast_ref::<tokio_postgres::Error>()
            .is_none_or(|e| e.code().is_none())
        {
            // The client's error around a server's answer says no more than "db error".
            self.add("cause", &cause.to_string());
        }
    }

    fn add_answer(&mut self, error: &DbError) {
        self.add(
            "cause",
            &format!("{} (SQLSTATE {})", error.message(), error.code().code()),
        );
        let parts = [
            ("detail", error.detail()),
            ("in", error.where_()),
            ("hint", error.hint()),
        ];
        for (label, text) in parts {
            if let Some(text) = text {
                self.add(label, text);
            }
        }
    }

    fn push(&mut self, label: &str, text: &str) {
        let text = text.trim_end().replace('\n', &format!("\n{INDENT}"));
        self.text.push_str(&format!("{label} {text}\n"));
    }
}
