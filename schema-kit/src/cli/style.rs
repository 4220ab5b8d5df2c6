//! Colors: on a terminal, unless `NO_COLOR` is set.

use std::{env, io::IsTerminal as _};

/// Whether text is colored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Colored,
}

impl Style {
    /// The style of standard error.
    pub(super) fn of_stderr() -> Self {
        Self::choose(std::io::stderr().is_terminal())
    }

    /// The style of standard output.
    pub(super) fn of_stdout() -> Self {
        Self::choose(std::io::stdout().is_terminal())
    }

    /// See [no-color.org](https://no-color.org): any value but an empty one counts.
    fn choose(is_terminal: bool) -> Self {
        let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
        if is_terminal && !refused && !dumb {
            Self::Colored
        } else {
            Self::Plain
        }
    }

    pub(super) fn error(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(super) fn label(self, text: &str) -> String {
        self.paint("1;36", text)
    }

    pub(super) fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(super) fn bad(self, text: &str) -> String {
        self.paint("31", text)
    }

    pub(super) fn pending(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colored => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }
}
