//! SQL files, run on a scratch database as psql would: with its own commands passed over where they change nothing and
//! refused where they do, and without rows.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tokio_postgres::{Client, error::SqlState};

use super::{migrations, unreadable};
use crate::{
    error::{Error, SourceError},
    migration::{
        Excerpt,
        lexer::{self, Statement},
    },
    scratch::Scratch,
};

/// One file's SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    /// Where it is from, for messages: the file's path.
    origin: String,
    sql: String,
}

/// The commands of psql that change nothing of what the SQL makes.
const HARMLESS: [&str; 11] = [
    "restrict",
    "unrestrict",
    "echo",
    "qecho",
    "warn",
    "set",
    "unset",
    "pset",
    "timing",
    "encoding",
    "errverbose",
];

/// Reads a file, or a directory's files in the order in which they are run: those of migrations by version, others by
/// their paths. Hidden ones are left out, and those that undo something (`down.sql`, `….down.sql`).
pub(super) fn read(path: &Path) -> Result<Vec<Script>, Error> {
    if !path.is_dir() {
        return Ok(vec![read_script(path)?]);
    }
    if let Some(migrations) = migrations(path)? {
        let script = |migration: &crate::migration::Migration| Script {
            origin: migration.up().origin().to_owned(),
            sql: migration.up().sql().to_owned(),
        };
        return Ok(migrations.iter().map(script).collect());
    }
    let mut files = Vec::new();
    find_sql(path, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(Error::from(SourceError::NoSql {
            path: path.to_owned(),
        }));
    }
    let scripts: Result<_, SourceError> = files.iter().map(|file| read_script(file)).collect();
    Ok(scripts?)
}

fn find_sql(directory: &Path, files: &mut Vec<PathBuf>) -> Result<(), SourceError> {
    let failed = |source| unreadable(directory, source);
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            find_sql(&path, files)?;
        } else if name.ends_with(".sql") && name != "down.sql" && !name.ends_with(".down.sql") {
            files.push(path);
        }
    }
    Ok(())
}

fn read_script(path: &Path) -> Result<Script, SourceError> {
    Ok(Script {
        origin: path.display().to_string(),
        sql: read_text(path)?,
    })
}

/// Reads a file as text that a server can take, without a byte-order mark.
pub(super) fn read_text(path: &Path) -> Result<String, SourceError> {
    let bytes = fs::read(path).map_err(|source| unreadable(path, source))?;
    let line_at = |end: usize| bytes[..end].iter().filter(|byte| **byte == b'\n').count() + 1;
    let no_text = |end: usize, reason| SourceError::NoText {
        path: path.to_owned(),
        line: line_at(end),
        reason,
    };
    let text =
        str::from_utf8(&bytes).map_err(|error| no_text(error.valid_up_to(), "is not UTF-8"))?;
    if let Some(at) = text.find('\0') {
        return Err(no_text(at, "holds a zero byte"));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

/// What is done with a statement.
enum Treatment {
    Run,
    /// It makes a role, which may be there already.
    MakeRole,
    Skip,
    Refuse(&'static str, &'static str),
}

/// Runs a script; the session is as it was before.
pub(super) async fn run(client: &Client, scratch: &Scratch, script: &Script) -> Result<(), Error> {
    let Script { origin, sql } = script;
    let statements = lexer::split(sql).map_err(|unclosed| SourceError::Unclosed {
        origin: origin.clone(),
        line: unclosed.line,
        what: unclosed.what,
    })?;
    let mut begun = None;
    for statement in &statements {
        match begins_transaction(statement) {
            Some(true) => begun = Some(statement),
            Some(false) => begun = None,
            None => {}
        }
        match treatment(statement) {
            Treatment::Skip => {}
            Treatment::Refuse(what, help) => return Err(refused(origin, statement, what, help)),
            Treatment::Run => {
                let in_transaction = begun.is_some();
                run_statement(client, scratch, (origin, statement), in_transaction).await?;
            }
            Treatment::MakeRole if scratch.is_embedded() => {
                let made = client.batch_execute(statement.text).await;
                let is_there = |error: &tokio_postgres::Error| {
                    error.code() == Some(&SqlState::DUPLICATE_OBJECT)
                };
                if let Err(error) =
                    made.or_else(|error| if is_there(&error) { Ok(()) } else { Err(error) })
                {
                    return Err(failed(origin, statement, error));
                }
            }
            Treatment::MakeRole => {}
        }
    }
    if let Some(statement) = begun {
        let help = "end it with COMMIT: what it made would be rolled back";
        return Err(refused(
            origin,
            statement,
            "a transaction that is begun and not ended",
            help,
        ));
    }
    let reset = client.batch_execute("DISCARD ALL").await;
    Ok(reset.map_err(|source| SourceError::Scratch {
        action: "reset",
        source,
    })?)
}

async fn run_statement(
    client: &Client,
    scratch: &Scratch,
    (origin, statement): (&str, &Statement<'_>),
    in_transaction: bool,
) -> Result<(), Error> {
    loop {
        let Err(error) = client.batch_execute(statement.text).await else {
            return Ok(());
        };
        // A dump names roles, which it does not make.
        let retry = !in_transaction && scratch.make_missing_role(client, &error).await?;
        if !retry {
            return Err(failed(origin, statement, error));
        }
    }
}

fn failed(origin: &str, statement: &Statement<'_>, source: tokio_postgres::Error) -> Error {
    let (text, line) = (statement.text, statement.line);
    Error::from(SourceError::Statement {
        excerpt: Box::new(Excerpt::new(origin, text, line, source.as_db_error())),
        source,
    })
}

fn refused(
    origin: &str,
    statement: &Statement<'_>,
    what: &'static str,
    help: &'static str,
) -> Error {
    Error::from(SourceError::Refused {
        what,
        help,
        excerpt: Box::new(Excerpt::new(origin, statement.text, statement.line, None)),
    })
}

/// Whether a statement begins a transaction or ends one.
fn begins_transaction(statement: &Statement<'_>) -> Option<bool> {
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    match words[..] {
        ["begin", ..] | ["start", "transaction", ..] => Some(true),
        ["rollback", ref rest @ ..] if rest.contains(&"to") => None,
        ["commit" | "end" | "rollback" | "abort", ..] => Some(false),
        _ => None,
    }
}

fn treatment(statement: &Statement<'_>) -> Treatment {
    if statement.is_command() {
        return command_treatment(statement.text);
    }
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    match words[..] {
        _ if statement.copies_from_stdin() => Treatment::Skip,
        [
            "create" | "alter" | "drop",
            "database" | "tablespace" | "subscription" | "system",
            ..,
        ] => Treatment::Refuse(
            "a statement that reaches beyond the database",
            "take it out; a dump has none when it is made without `--create`",
        ),
        ["create" | "alter" | "drop", "user", "mapping", ..] => Treatment::Run,
        ["create", "role" | "user" | "group", ..] => Treatment::MakeRole,
        ["alter" | "drop", "role" | "user" | "group", ..] => Treatment::Skip,
        _ => Treatment::Run,
    }
}

fn command_treatment(text: &str) -> Treatment {
    let name = text[1..].split(|c: char| !c.is_ascii_alphabetic()).next();
    match name.unwrap_or_default() {
        name if HARMLESS.contains(&name) => Treatment::Skip,
        "c" | "connect" => Treatment::Refuse(
            "a command of psql that connects to another database",
            "take it out; a dump has none when it is made without `--create`",
        ),
        "i" | "ir" | "include" => Treatment::Refuse(
            "a command of psql that reads another file",
            "name the directory that both files lie in, whose files are run in the order of their names",
        ),
        _ => Treatment::Refuse("a command that only psql understands", "write it as SQL"),
    }
}
