//! `lint`: what it prints, how it ends, and that both sides know the same rules.

use schema_kit::lint;
use serde_json::Value;

use crate::fixture::Fixture;

fn linted() -> Fixture {
    Fixture::new().env("FIXTURE_LINTED", "1")
}

#[test]
fn each_finding_has_its_place_its_reason_and_help() {
    linted().run(&["lint"]).prints(
        "\
advice: `users.name` is `varchar` without a length
  rule: varchar_without_length
 where: struct `User`, field `name`, tests/src/linted.rs:19:9
   why: It is the same as TEXT in what it holds, in space and in speed, and looks as if a limit had been forgotten. A \
limit is the one reason for VARCHAR.
  help: give it the length it may have, or use `text`

advice: `allow(quoted_name)` on table `users` silences nothing
  rule: unused_allow
 where: struct `User`, tests/src/linted.rs:13:11
   why: It says that something is so on purpose which is not so, or no longer; left standing, it would silence the \
same advice when it is true again.
  help: remove `allow(quoted_name, …)`

advice: no index begins with foreign key `posts.editor_id`, which references `users`
  rule: unindexed_foreign_key
 where: struct `Post`, field `editor_id`, tests/src/linted.rs:29:27
   why: When a row is deleted or its key updated, PostgreSQL looks for the rows that reference it: without an index it \
reads their whole table, once for each such row. So does every query from a row to those that reference it.
  help: add `index` to field `editor_id`

advice: index `posts_author_id_idx` of `posts` is a prefix of index `posts_author_id_id_idx`
  rule: redundant_index
 where: struct `Post`, field `author_id`, tests/src/linted.rs:23:25
   why: The longer one serves the same queries: a B-tree finds rows by its first columns alone. The shorter one is \
written on every insert and update all the same.
  help: remove it

schema `LINTED`: 4 findings, 1 silenced with a reason
",
    );
}

#[test]
fn a_schema_without_findings_says_so() {
    Fixture::new()
        .run(&["lint"])
        .prints("schema `FIXTURE`: no findings\n");
}

#[test]
fn findings_fail_only_where_they_are_denied() {
    let outcome = linted().run(&["lint", "--deny"]);
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (Some(1), ""),
        "{outcome:?}"
    );
    assert_eq!(outcome.stdout, linted().run(&["lint"]).stdout);
    assert_eq!(Fixture::new().run(&["lint", "--deny"]).code, Some(0));
}

#[test]
fn json_has_every_finding_and_what_was_silenced() {
    let outcome = linted().run(&["lint", "--format", "json"]);
    let value: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let rules = value["findings"].as_array().unwrap().iter();
    let rules: Vec<&str> = rules.filter_map(|one| one["rule"].as_str()).collect();
    assert_eq!(
        rules,
        [
            "varchar_without_length",
            "unused_allow",
            "unindexed_foreign_key",
            "redundant_index"
        ]
    );
    let finding = &value["findings"][2];
    assert_eq!(finding["struct"], "Post");
    assert_eq!(finding["file"], "tests/src/linted.rs");
    assert_eq!(
        (&finding["line"], &finding["line_column"]),
        (&29.into(), &27.into())
    );
    assert_eq!(finding["fields"][0], "editor_id");
    assert_eq!(
        value["silenced"][0]["silenced_because"],
        "users are never deleted"
    );
}

#[test]
fn every_rule_explains_itself() {
    for rule in lint::rules().iter().chain([lint::unused_allow()]) {
        let outcome = linted().run(&["lint", "--explain", rule.name]);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        for part in [rule.summary, rule.reason, "Instead of", "write", "https://"] {
            assert!(outcome.stdout.contains(part), "{part}: {outcome:?}");
        }
    }
}

#[test]
fn help_lists_every_rule() {
    let outcome = linted().run(&["lint", "--help"]);
    for rule in lint::rules() {
        assert!(outcome.stdout.contains(rule.name), "{}", rule.name);
    }
}

#[test]
fn an_unknown_rule_is_a_bad_argument_with_a_suggestion() {
    let outcome = linted().run(&["lint", "--explain", "money_typ"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("'money_type'"), "{outcome:?}");
}

#[test]
fn the_derive_takes_exactly_the_rules_there_are() {
    let source = include_str!("../../schema-derive/src/symbol/lint.rs");
    let list = source.split_once("LINT_RULES").unwrap().1;
    let taken: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let names: Vec<&str> = lint::rules().iter().map(|rule| rule.name).collect();
    assert_eq!(taken, names);
}
