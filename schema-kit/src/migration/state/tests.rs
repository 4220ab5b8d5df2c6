//! Which state a migration is in.

use super::{Applied, Direction, Migration, Migrations, State, compare, problems};
use crate::migration::{Kind, Progress};

fn migrations(list: &[(&str, &str)]) -> Migrations {
    let build = |(id, sql): &(&str, &str)| Migration::new(id, sql, "test").unwrap();
    Migrations::new(list.iter().map(build).collect()).unwrap()
}

fn history(list: &[(&str, &str)]) -> Vec<Applied> {
    let row = |migration: &Migration| Applied {
        version: migration.version().clone(),
        name: migration.name().to_owned(),
        kind: Kind::Run,
        checksum: migration.up().checksum().to_owned(),
        applied_at: "2026-01-31T12:00:00Z".to_owned(),
        execution_ms: 1,
        kit_version: "0".to_owned(),
        progress: None,
    };
    migrations(list).iter().map(row).collect()
}

fn states(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Vec<State> {
    compare(&migrations(ours), &history(theirs))
        .iter()
        .map(|entry| entry.state)
        .collect()
}

#[test]
fn each_state_is_told_apart() {
    assert_eq!(
        states(
            &[
                ("1_a", "A"),
                ("2_b", "B changed"),
                ("3_c", "C"),
                ("5_e", "E")
            ],
            &[("1_a", "A"), ("2_b", "B"), ("4_d", "D")],
        ),
        [
            State::Applied,
            State::Diverged,
            State::OutOfOrder,
            State::Missing,
            State::Pending
        ]
    );
}

#[test]
fn line_endings_and_leading_zeros_are_no_difference() {
    assert_eq!(
        states(&[("0001_a", "A\r\nB")], &[("1_a", "A\nB")]),
        [State::Applied]
    );
}

#[test]
fn what_is_half_way_up_is_gone_on_with_and_half_way_down_is_a_problem() {
    for (direction, is_problem) in [(Direction::Up, false), (Direction::Down, true)] {
        let mut history = history(&[("1_a", "A")]);
        history[0].progress = Some(Progress {
            direction,
            done: 1,
            steps: vec![String::new(); 2],
            before: None,
        });
        let entries = compare(&migrations(&[("1_a", "A")]), &history);
        assert_eq!(entries[0].state, State::Interrupted);
        assert_eq!(entries[0].is_problem(), is_problem);
    }
}

#[test]
fn a_squashed_migration_stands_for_all_or_none_of_those_it_replaces() {
    let old = [("1_a", "A"), ("2_b", "B")];
    let head: String = migrations(&old)
        .iter()
        .map(|migration| {
            format!(
                "-- replaces: {} {}\n",
                migration.id(),
                migration.up().checksum()
            )
        })
        .collect();
    let squashed = format!("{head}A; B");
    let ours = [("2_all", squashed.as_str()), ("3_c", "C")];
    assert_eq!(states(&ours, &[]), [State::Pending, State::Pending]);
    assert_eq!(states(&ours, &old), [State::Squashed, State::Pending]);
    assert_eq!(states(&ours, &ours), [State::Applied, State::Applied]);
    assert_eq!(
        states(&ours, &old[..1]),
        [State::PartlySquashed, State::Pending]
    );
    assert_eq!(
        states(&ours, &[("1_a", "A"), ("2_b", "B changed")]),
        [State::Diverged, State::Pending]
    );
    let entries = compare(&migrations(&ours), &history(&old[..1]));
    assert_eq!(
        problems(&entries)[0].to_string(),
        "`2_all` replaces migrations of which the database lacks `2_b`"
    );
}

#[test]
fn problems_are_told_by_name() {
    let entries = compare(
        &migrations(&[("2_b", "B changed"), ("3_c", "C")]),
        &history(&[("2_b", "B"), ("4_d", "D")]),
    );
    let messages: Vec<String> = problems(&entries).iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "`2_b` was edited after it was applied (2026-01-31T12:00:00Z)",
            "`3_c` is not applied, but `4_d` after it is",
            "`4_d` was applied (2026-01-31T12:00:00Z) but is missing now",
        ]
    );
}
