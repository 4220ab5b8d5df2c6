//! What `migrate` tells while it works, on standard error.

use std::time::Duration;

use super::context::{Context, note};
use crate::{
    migration::{Direction, Event, Step},
    server::Progress,
};

/// How much of a statement's first line is told.
const SHOWN: usize = 60;

/// Tells an event of the runner as a line.
pub(super) fn tell(cx: &Context<'_>, event: &Event<'_>) {
    if let Some(line) = render(event) {
        cx.note(&line);
    }
}

fn render(event: &Event<'_>) -> Option<String> {
    Some(match event {
        Event::Waiting { holder, waited } => {
            let holder = holder.map_or_else(|| "another runner".to_owned(), ToString::to_string);
            format!("waiting for {holder} ({})", render_duration(*waited))
        }
        Event::Planned { pending, direction } => {
            let noun = if *pending == 1 {
                "migration"
            } else {
                "migrations"
            };
            match direction {
                Direction::Up => format!("{pending} {noun} to apply"),
                Direction::Down => format!("{pending} {noun} to take back"),
            }
        }
        Event::Marked { migration } => format!(
            "{} counts as applied: all that it replaces are",
            migration.id()
        ),
        Event::Started {
            migration,
            done,
            parts,
        } if *done > 0 => format!(
            "{} goes on with part {} of {parts}",
            migration.id(),
            done + 1
        ),
        Event::StatementDone { step, elapsed } => render_step(step, &render_duration(*elapsed)),
        Event::StatementRunning { step, elapsed } => {
            render_step(step, &format!("running for {}", render_duration(*elapsed)))
        }
        Event::Recognized(step) => render_step(step, "was done already"),
        Event::Dropping { step, index } => {
            render_step(step, &format!("dropping the half-made index {index}"))
        }
        Event::Retrying {
            error,
            retry,
            retries,
            pause,
            ..
        } => {
            let reason = error.as_db_error().map_or("", |error| error.message());
            let pause = render_duration(*pause);
            format!("  {reason}; trying again in {pause} ({retry} of {retries})")
        }
        Event::Finished {
            migration,
            direction,
            elapsed,
        } => {
            let verb = match direction {
                Direction::Up => "applied",
                Direction::Down => "took back",
            };
            format!("{verb} {} in {}", migration.id(), render_duration(*elapsed))
        }
        Event::Started { .. } | Event::StatementStarted(_) => return None,
    })
}

/// A line about a statement: `  2/3 line 7, 12 ms: CREATE TABLE users (`.
fn render_step(step: &Step<'_>, what: &str) -> String {
    let first = step.text.lines().next().unwrap_or_default();
    let shown: String = first.chars().take(SHOWN).collect();
    let more = if shown.len() < step.text.len() {
        " …"
    } else {
        ""
    };
    format!(
        "  {}/{} line {}, {what}: {shown}{more}",
        step.number, step.total, step.line
    )
}

/// Tells what the embedded server takes long for.
pub(super) fn tell_server(step: Progress) {
    match step {
        // It is called for each piece, and a line for each would be too much: the first and the last suffice.
        Progress::Downloading { received: 0, .. } => note("downloading PostgreSQL"),
        Progress::Downloading {
            received,
            total: Some(total),
        } if received == total => {
            note(&format!("downloaded {} MB", total / 1_000_000));
        }
        Progress::Unpacking => note("unpacking PostgreSQL"),
        Progress::Making => note("making a database cluster"),
        Progress::Starting => note("starting PostgreSQL"),
        _ => {}
    }
}

/// Renders a duration with the unit a reader wants: `12 ms`, `3.4 s`, `2 min 5 s`.
pub(super) fn render_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{:.1} s", duration.as_secs_f64()),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, render_duration};

    #[test]
    fn durations_are_told_in_the_unit_that_fits() {
        for (milliseconds, text) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (3400, "3.4 s"),
            (125_000, "2 min 5 s"),
        ] {
            assert_eq!(render_duration(Duration::from_millis(milliseconds)), text);
        }
    }
}
