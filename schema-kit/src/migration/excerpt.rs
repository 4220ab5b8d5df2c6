//! A line of SQL in a message, with the place the server complains about marked.

use std::fmt;

use tokio_postgres::error::{DbError, ErrorPosition};

/// How many characters of a line are shown.
const WIDTH: usize = 100;

/// How many of them lie before the mark, in a line that is too long.
const BEFORE: usize = 60;

/// A line of a migration.
///
/// It displays as the file and line, the line's text, and a caret below the place:
///
/// ```text
/// migrations/0002_roles/up.sql, line 7
///     7 | ALTER TABLE role ADD COLUMN color integer
///       |             ^
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The file, or what else the migration says of its origin.
    pub origin: String,
    /// The line within the file, counted from 1.
    pub line: usize,
    /// The line's text; tabs are spaces.
    pub text: String,
    /// How many characters stand before the place, where the server names one.
    pub column: Option<usize>,
}

impl Excerpt {
    /// The line of a statement that an error points to; the statement's first where it points to none.
    pub(crate) fn new(
        origin: &str,
        statement: &str,
        first_line: usize,
        error: Option<&DbError>,
    ) -> Self {
        // The server counts characters of the statement from 1.
        let position = match error.and_then(DbError::position) {
            Some(ErrorPosition::Original(position)) => Some((*position as usize).saturating_sub(1)),
            _ => None,
        };
        let offset = statement
            .char_indices()
            .nth(position.unwrap_or(0))
            .map_or(statement.len(), |(at, _)| at);
        let (before, after) = statement.split_at(offset);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = after.lines().next().unwrap_or_default();
        Self {
            origin: origin.to_owned(),
            line: first_line + before.matches('\n').count(),
            text: format!("{}{rest}", &before[start..]).replace('\t', " "),
            column: position.map(|_| before[start..].chars().count()),
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            origin,
            line,
            text,
            column,
        } = self;
        let skipped = match column {
            Some(column) if text.chars().count() > WIDTH => column.saturating_sub(BEFORE),
            _ => 0,
        };
        let shown: String = text.chars().skip(skipped).take(WIDTH).collect();
        write!(formatter, "{origin}, line {line}\n{line:>5} | {shown}")?;
        match column {
            Some(column) => write!(formatter, "\n      | {:1$}^", "", column - skipped),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn the_mark_stands_below_its_character() {
        let excerpt = Excerpt {
            origin: "up.sql".to_owned(),
            line: 7,
            text: "SELECT é, x".to_owned(),
            column: Some(10),
        };
        assert_eq!(
            excerpt.to_string(),
            "up.sql, line 7\n    7 | SELECT é, x\n      |           ^"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let excerpt = Excerpt {
            origin: "up.sql".to_owned(),
            line: 1,
            text: format!("{}x{}", "a".repeat(500), "b".repeat(500)),
            column: Some(500),
        };
        let text = excerpt.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1].len(), 8 + super::WIDTH);
        assert_eq!(lines[1].find('x'), lines[2].find('^'));
    }

    #[test]
    fn without_a_position_it_is_the_statements_first_line() {
        let excerpt = Excerpt::new("up.sql", "SELECT\n\t1", 3, None);
        assert_eq!(excerpt.to_string(), "up.sql, line 3\n    3 | SELECT");
    }
}
