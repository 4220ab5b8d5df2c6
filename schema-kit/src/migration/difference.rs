//! The first line in which a file differs from what was applied.

use std::fmt;

use super::Script;

/// The first line in which a file differs from what was applied.
///
/// ```text
/// migrations/0002_roles/up.sql, line 3
///     was | ADD COLUMN color integer
///      is | ADD COLUMN color bigint
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file, or what else the migration says of its origin.
    pub origin: String,
    /// The line within the file, counted from 1.
    pub line: usize,
    /// What was applied; `None` where the file has lines more than that.
    pub applied: Option<String>,
    /// What the file says now; `None` where it ends before.
    pub present: Option<String>,
}

impl Difference {
    /// Compares line by line; `None` where nothing differs but the end of the last line.
    pub(super) fn first(applied: &str, script: &Script) -> Option<Self> {
        let (mut old, mut new) = (applied.lines(), script.sql().lines());
        let mut line = 0;
        loop {
            line += 1;
            match (old.next(), new.next()) {
                (None, None) => return None,
                (old, new) if old == new => {}
                (old, new) => {
                    return Some(Self {
                        origin: script.origin().to_owned(),
                        line,
                        applied: old.map(str::to_owned),
                        present: new.map(str::to_owned),
                    });
                }
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |line: &Option<String>| match line {
            Some(line) => format!("| {line}"),
            None => "(no such line)".to_owned(),
        };
        let (was, is) = (shown(&self.applied), shown(&self.present));
        write!(
            f,
            "{}, line {}\n    was {was}\n     is {is}",
            self.origin, self.line
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Difference, Script};

    #[test]
    fn the_first_line_that_differs_is_shown_both_ways() {
        let script = Script::new("a\nB\nc", "up.sql").unwrap();
        let difference = Difference::first("a\nb\nc", &script).unwrap();
        assert_eq!(
            difference.to_string(),
            "up.sql, line 2\n    was | b\n     is | B"
        );
        let difference = Difference::first("a\nB\n", &script).unwrap();
        assert_eq!(
            difference.to_string(),
            "up.sql, line 3\n    was (no such line)\n     is | c"
        );
        assert_eq!(Difference::first("a\nB\nc\n", &script), None);
    }
}
