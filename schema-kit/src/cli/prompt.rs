//! Questions on a terminal. Without one nothing is asked.

use std::io::{self, IsTerminal as _};

use dialoguer::{Confirm, Select, theme::ColorfulTheme, theme::SimpleTheme, theme::Theme};

use super::style::Style;
use crate::error::OutputError;

/// Whether somebody sits there who can answer: standard input and standard error are terminals.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Lets one of several answers be chosen with the arrow keys; `None` where the question was left with Escape.
pub(super) fn choose(question: &str, answers: &[String]) -> Result<Option<usize>, OutputError> {
    let theme = theme();
    let select = Select::with_theme(&*theme).with_prompt(question);
    let chosen = select.items(answers).default(0).interact_opt();
    chosen.map_err(failed)
}

/// Asks for a yes; anything else is a no.
pub(super) fn confirm(question: &str) -> Result<bool, OutputError> {
    let theme = theme();
    let confirm = Confirm::with_theme(&*theme).with_prompt(question);
    let answer = confirm.default(false).interact_opt();
    Ok(answer.map_err(failed)?.unwrap_or(false))
}

fn theme() -> Box<dyn Theme> {
    match Style::of_stderr() {
        Style::Colored => Box::new(ColorfulTheme::default()),
        Style::Plain => Box::new(SimpleTheme),
    }
}

fn failed(error: dialoguer::Error) -> OutputError {
    let dialoguer::Error::IO(source) = error;
    OutputError::Terminal(source)
}
