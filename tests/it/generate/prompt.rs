//! Questions on a terminal: a pseudo-terminal is standard input and standard error of the command, as it is for a person.

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    os::fd::OwnedFd,
    process::{ExitStatus, Stdio},
};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::{Fixture, assert_reaches, becomes, project, what};

const DOWN: &str = "\x1b[B";
const ENTER: &str = "\r";
const ESCAPE: &str = "\x1b";
const INTERRUPT: &str = "\x03";

/// What stands in every question.
const QUESTIONS: [&str; 2] = ["What became of", "[y/N]"];

/// Runs `generate` on a terminal; each answer is typed when its question is shown. What the terminal showed, and how it
/// ended.
fn generates_on_a_terminal(fixture: &Fixture, answers: &[(&str, &str)]) -> (String, ExitStatus) {
    let (mut person, terminal) = terminal();
    let mut command = fixture.command(&["generate"]);
    command
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .stdin(terminal.try_clone().unwrap())
        .stderr(terminal)
        .stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    // The command has the terminal alone now, so that what it shows ends with it.
    drop(command);
    let mut shown = String::new();
    let mut from = 0;
    for (question, answer) in answers {
        while !shown[from..].contains(question) {
            assert!(read(&mut person, &mut shown), "{question}: {shown}");
        }
        from = shown.len();
        person.write_all(answer.as_bytes()).unwrap();
    }
    while read(&mut person, &mut shown) {
        // Whoever asks once more is interrupted; where nobody does, the terminal may be closed.
        if QUESTIONS.iter().any(|it| shown[from..].contains(it)) {
            let _ = person.write_all(INTERRUPT.as_bytes());
        }
    }
    (shown, child.wait().unwrap())
}

/// Both ends of a pseudo-terminal.
fn terminal() -> (File, File) {
    let person: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let mut options = OpenOptions::new();
    let terminal = options.read(true).write(true);
    let terminal = terminal.open(name.to_str().unwrap()).unwrap();
    (File::from(person), terminal)
}

/// Reads what is shown next; false where the terminal is closed.
fn read(person: &mut File, shown: &mut String) -> bool {
    let mut bytes = [0; 4096];
    // Linux says that the other end is closed by an error.
    let count = person.read(&mut bytes).unwrap_or(0);
    shown.push_str(&String::from_utf8_lossy(&bytes[..count]));
    count > 0
}

/// A project in which a column is gone and two others are new.
fn renamed() -> Fixture {
    let fixture = project("users: id, nick");
    fixture.generates(&[]);
    becomes(fixture, "users: id, display_name, motto")
}

#[tokio::test]
async fn what_may_be_a_rename_is_chosen_with_the_arrow_keys() {
    let fixture = renamed();
    let answers = [("What became of `users.nick`?", &*format!("{DOWN}{ENTER}"))];
    let (shown, status) = generates_on_a_terminal(&fixture, &answers);
    assert!(status.success(), "{shown}");
    for answer in ["renamed to `display_name`", "renamed to `motto`", "dropped"] {
        assert!(shown.contains(answer), "{answer}: {shown}");
    }
    let name = fixture.migration_names().remove(1);
    let up = fixture.read(&name, "up.sql");
    assert!(up.contains("RENAME COLUMN nick TO motto;"), "{up}");
    assert!(up.contains("ADD COLUMN display_name"), "{up}");
    assert!(!up.contains("DROP COLUMN"), "{up}");
    assert_reaches(&fixture, "users: id, display_name, motto").await;
}

#[test]
fn what_is_dropped_after_all_asks_for_a_yes() {
    for (answer, is_written) in [("y", true), ("n", false), (ENTER, false)] {
        let fixture = renamed();
        let dropped = format!("{DOWN}{DOWN}{ENTER}");
        let answers = [
            ("What became of `users.nick`?", dropped.as_str()),
            ("Write a migration that deletes data? [y/N]", answer),
        ];
        let (shown, status) = generates_on_a_terminal(&fixture, &answers);
        assert!(shown.contains("all values of `users.nick` go"), "{shown}");
        assert_eq!(status.success(), is_written, "{shown}");
        let names = fixture.migration_names();
        assert_eq!(names.len(), 1 + usize::from(is_written), "{shown}");
        if is_written {
            assert!(what(&names[1]).contains("drop_nick"), "{names:?}");
        } else {
            assert!(shown.contains("`--allow deletes-data`"), "{shown}");
        }
    }
}

#[test]
fn who_leaves_the_question_gets_the_flags() {
    let fixture = renamed();
    let answers = [("What became of `users.nick`?", ESCAPE)];
    let (shown, status) = generates_on_a_terminal(&fixture, &answers);
    assert_eq!(status.code(), Some(1), "{shown}");
    for flag in [
        "`--rename users.nick=display_name`",
        "`--rename users.nick=motto`",
        "`--drop users.nick`",
    ] {
        assert!(shown.contains(flag), "{flag}: {shown}");
    }
    assert_eq!(fixture.migration_names().len(), 1);
}
