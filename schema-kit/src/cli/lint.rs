//! `lint`: advice about the schema that is not an error.

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};
use serde_json::{Value, json};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    style::Style,
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    lint::{self, Finding, Report, Rule},
};

#[derive(Debug)]
pub(super) struct Lint;

impl Subcommand for Lint {
    fn command(&self) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_parser(["text", "json"])
            .default_value("text")
            .help("Text to read, or JSON for a program");
        let deny = Arg::new("deny")
            .long("deny")
            .action(ArgAction::SetTrue)
            .help("Exit with 1 where there is a finding, for CI");
        let names = lint::rules().iter().chain([lint::unused_allow()]);
        let explain = Arg::new("explain")
            .long("explain")
            .value_name("RULE")
            .value_parser(PossibleValuesParser::new(names.map(|rule| rule.name)))
            .hide_possible_values(true)
            .conflicts_with_all(["deny"])
            .help("Say why a rule exists, with an example of both ways, and look at nothing");
        Command::new("lint")
            .about("Gives advice about the schema that is not an error")
            .long_about(
                "Gives advice about the schema that is not an error: what PostgreSQL accepts and its experts advise \
                 against. No database is needed. Each finding names the struct and the field with file and line, and what to \
                 do. What is meant is silenced in the source, with a reason, on the field or on the struct: \
                 #[column(allow(RULE, reason = \"…\"))]. An `allow` that silences nothing is reported too. The exit \
                 code is 0 with findings, unless there is --deny.",
            )
            .after_help(after_help())
            .arg(format)
            .arg(deny)
            .arg(explain)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let style = Style::of_stdout();
        let json = matches
            .get_one::<String>("format")
            .is_some_and(|format| format == "json");
        let explain = matches.get_one::<String>("explain");
        if let Some(rule) = explain.and_then(|name| lint::rule(name)) {
            cx.print(&if json {
                format!("{:#}\n", rule_json(rule))
            } else {
                render_rule(rule, style)
            })?;
            return Ok(ExitStatus::Done);
        }
        let schema = cx.schema()?;
        let report = lint::lint(schema).map_err(|error| Error::Schema(Box::new(error)))?;
        cx.print(&if json {
            render_json(schema.name, &report)
        } else {
            render_text(schema.name, &report, style)
        })?;
        Ok(if matches.get_flag("deny") && !report.findings.is_empty() {
            ExitStatus::Failed
        } else {
            ExitStatus::Done
        })
    }
}

fn after_help() -> String {
    let rules = lint::rules().iter().chain([lint::unused_allow()]);
    let rules: Vec<String> = rules
        .map(|rule| format!("  {:<34} {}", rule.name, rule.summary))
        .collect();
    format!(
        "Rules:\n{}\n\nExamples:\n  lint\n  lint --explain unindexed_foreign_key\n  lint --deny --format json",
        rules.join("\n")
    )
}

/// Renders what was found, a paragraph each, and how many there are:
///
/// ```text
/// advice: no index begins with foreign key `servers.owner_id`, which references `users`
///   rule: unindexed_foreign_key
///  where: struct `Server`, field `owner_id`, src/tables/server.rs:17:27
///    why: When a row is deleted or its key updated, …
///   help: add `index` to field `owner_id`
/// ```
fn render_text(schema: &str, report: &Report, style: Style) -> String {
    let mut text = String::new();
    let mut explained: Vec<&str> = Vec::new();
    for finding in &report.findings {
        let rule = finding.rule;
        let fields: String = finding
            .fields
            .iter()
            .map(|field| format!("field `{field}`, "))
            .collect();
        let location = finding.location;
        let place = format!(
            "struct `{}`, {fields}{}:{}:{}",
            location.rust_name, location.file, finding.position.line, finding.position.column
        );
        let mut lines = vec![("rule", rule.name), ("where", &place)];
        // A reason is told once, with the first finding of its rule.
        if !explained.contains(&rule.name) {
            explained.push(rule.name);
            lines.push(("why", rule.reason));
        }
        lines.push(("help", &finding.help));
        text.push_str(&format!(
            "{} {}\n",
            style.pending("advice:"),
            finding.message
        ));
        for (label, line) in lines {
            let label = style.label(&format!("{label:>6}:"));
            text.push_str(&format!("{label} {line}\n"));
        }
        text.push('\n');
    }
    let findings = match report.findings.len() {
        0 => "no findings".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let silenced = match report.silenced.len() {
        0 => String::new(),
        count => format!(", {count} silenced with a reason"),
    };
    text.push_str(&format!("schema `{schema}`: {findings}{silenced}\n"));
    text
}

fn render_json(schema: &str, report: &Report) -> String {
    let findings = report.findings.iter().map(finding_json);
    let silenced = report.silenced.iter().map(|silenced| {
        let mut value = finding_json(&silenced.finding);
        value["silenced_because"] = silenced.reason.into();
        value
    });
    let value = json!({
        "schema": schema,
        "findings": findings.collect::<Vec<Value>>(),
        "silenced": silenced.collect::<Vec<Value>>(),
    });
    format!("{value:#}\n")
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.name,
        "message": finding.message,
        "reason": finding.rule.reason,
        "help": finding.help,
        "table": finding.table,
        "columns": finding.columns,
        "struct": finding.location.rust_name,
        "fields": finding.fields,
        "file": finding.location.file,
        "line": finding.position.line,
        "line_column": finding.position.column,
    })
}

fn rule_json(rule: &Rule) -> Value {
    json!({
        "rule": rule.name,
        "summary": rule.summary,
        "reason": rule.reason,
        "instead_of": rule.instead_of,
        "write": rule.write,
        "source": rule.source,
    })
}

fn render_rule(rule: &Rule, style: Style) -> String {
    let indent = |code: &str| code.replace('\n', "\n    ");
    let mut text = format!(
        "{}: {}\n\n{}\n\nInstead of\n    {}\nwrite\n    {}\n\nSee {}\n",
        style.label(rule.name),
        rule.summary,
        rule.reason,
        indent(rule.instead_of),
        indent(rule.write),
        rule.source
    );
    if rule.name != lint::unused_allow().name {
        text.push_str(&format!(
            "Where it is meant: #[column(allow({name}, reason = \"…\"))] on the field,\n\
             or #[table(allow({name}, reason = \"…\"))] on the struct.\n",
            name = rule.name
        ));
    }
    text
}
