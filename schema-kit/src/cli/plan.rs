//! What the commands that make plans share: whether tables are in use, and how long a statement may wait.

use std::time::Duration;

use clap::{Arg, ArgMatches};

use super::runner::{flag, seconds};
use crate::plan::{Mode, PlanRequest, Timeouts};

/// The options of every command that makes a plan.
pub(super) fn arguments() -> [Arg; 4] {
    [
        flag(
            "online",
            "Make each statement safe for large tables in use; so it is where the first schema has tables",
        ),
        flag(
            "no-online",
            "Use the fewest statements, for tables nobody uses",
        )
        .conflicts_with("online"),
        seconds(
            "lock-timeout",
            "How long a statement may wait for a lock; 3 seconds for tables in use",
        ),
        seconds(
            "statement-timeout",
            "How long a statement may keep others waiting; 30 seconds for tables in use",
        ),
    ]
}

/// What the arguments ask for.
pub(super) fn request(matches: &ArgMatches) -> PlanRequest {
    let given = |name: &str| matches.get_one::<Duration>(name).copied();
    let mode = match (matches.get_flag("online"), matches.get_flag("no-online")) {
        (true, _) => Some(Mode::Online),
        (false, true) => Some(Mode::Offline),
        (false, false) => None,
    };
    let timeouts = Timeouts {
        lock: given("lock-timeout"),
        statement: given("statement-timeout"),
    };
    PlanRequest { mode, timeouts }
}
