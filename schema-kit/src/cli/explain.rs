//! `explain`: what a compile-time error's code means.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    style::Style,
};
use crate::{
    catalogue::{self, Page},
    exit_code::ExitStatus,
};

#[derive(Debug)]
pub(super) struct Explain;

impl Subcommand for Explain {
    fn command(&self) -> Command {
        let code = Arg::new("code")
            .value_name("CODE")
            .value_parser(catalogue::page)
            .help("The code a message starts with, as T0424; without one, all codes are listed");
        let format = Arg::new("format")
            .long("format")
            .value_parser(["text", "json"])
            .default_value("text")
            .help("Text to read, or JSON for a program");
        Command::new("explain")
            .about("Explains a compile-time error by its code")
            .long_about(
                "Explains a compile-time error by the code its message starts with: what is wrong, why PostgreSQL or \
                 the framework refuses it, and an example of both ways. Without a code, all are listed with their \
                 titles. Neither a database nor the schema is looked at.",
            )
            .after_help("Examples:\n  explain T0424\n  explain\n  explain --format json")
            .arg(code)
            .arg(format)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let style = Style::of_stdout();
        let json = matches
            .get_one::<String>("format")
            .is_some_and(|format| format == "json");
        let page = matches.get_one::<&'static Page>("code");
        cx.print(&match (page, json) {
            (Some(page), false) => render_page(page, style),
            (Some(page), true) => format!("{:#}\n", page_json(page)),
            (None, false) => render_list(style),
            (None, true) => {
                let pages = catalogue::pages().iter().map(page_json);
                format!("{:#}\n", Value::from_iter(pages))
            }
        })?;
        Ok(ExitStatus::Done)
    }
}

/// The page as it is written, with its headings colored: Markdown reads well on a terminal.
fn render_page(page: &Page, style: Style) -> String {
    let lines = page.text.lines().map(|line| {
        if line.starts_with('#') {
            style.label(line) + "\n"
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

fn render_list(style: Style) -> String {
    let lines = catalogue::pages()
        .iter()
        .map(|page| format!("{}  {}\n", style.label(page.code), page.title()));
    lines.collect()
}

fn page_json(page: &Page) -> Value {
    json!({ "code": page.code, "title": page.title(), "text": page.text })
}
