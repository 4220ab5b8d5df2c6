//! What `migrate` tells while it works, on standard error.

use std::time::Duration;

use super::context::{Context, note};
use crate::{migration::Event, server::Progress};

/// A statement that takes longer gets a line of its own.
const LONG: Duration = Duration::from_secs(1);

/// Tells an event of the runner as a line.
pub(super) fn tell(cx: &Context<'_>, event: &Event<'_>) {
    match event {
        Event::Waiting { holder, waited } => {
            let holder = holder.map_or_else(|| "another runner".to_owned(), ToString::to_string);
            cx.note(&format!(
                "waiting for {holder} ({})",
                render_duration(*waited)
            ));
        }
        Event::Planned { pending: 1 } => cx.note("1 migration to apply"),
        Event::Planned { pending } => cx.note(&format!("{pending} migrations to apply")),
        Event::StatementDone {
            migration,
            line,
            elapsed,
        } if *elapsed >= LONG => {
            let elapsed = render_duration(*elapsed);
            cx.note(&format!("  {}, line {line}: {elapsed}", migration.id()));
        }
        Event::Finished { migration, elapsed } => {
            cx.note(&format!(
                "applied {} in {}",
                migration.id(),
                render_duration(*elapsed)
            ));
        }
        Event::Started { .. } | Event::StatementDone { .. } => {}
    }
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
