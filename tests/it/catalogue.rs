//! The catalogue of compile-time errors: each code has a page and a case, each page's examples are right about it, and no
//! message is without a code.

mod page;
mod sources;

use std::{collections::BTreeMap, path::Path};

use schema_kit::catalogue;
use tests::soundness::{
    compile::{Compiler, Diagnostic},
    judge::{EXTENSIONS, Judge},
    source::Source,
};

use self::page::{Example, expanded};
use crate::fixture::Fixture;

/// What the compiler tells more than once of one mistake: it asks for a method's bound at each part of an awaited call.
const TOLD_OFTEN: [&str; 1] = ["T1015"];

/// The codes in a text, as messages show them: `[T0402]`.
fn codes_in(text: &str) -> Vec<&str> {
    let parts = text.split("[T").skip(1);
    let codes = parts.filter_map(|part| part.split_once(']').map(|(digits, _)| digits));
    codes
        .filter(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

#[test]
fn every_code_stands_once_in_the_source_and_has_a_page_of_its_title() {
    let mut codes = BTreeMap::new();
    for (code, title) in sources::codes() {
        assert!(codes.insert(code.clone(), title).is_none(), "{code} twice");
    }
    let pages: Vec<&str> = catalogue::pages().iter().map(|page| page.code).collect();
    let known: Vec<&str> = codes.keys().map(String::as_str).collect();
    assert_eq!(pages, known, "pages on the left, codes on the right");
    for page in catalogue::pages() {
        if let Some(title) = &codes[page.code] {
            assert_eq!(page.title(), title, "{}", page.code);
        }
    }
    assert_eq!(pages, page::files(), "the kit's list, and the files");
}

#[test]
fn every_message_of_a_missing_trait_has_a_code() {
    for message in sources::messages_of_traits() {
        assert_eq!(codes_in(&message).len(), 1, "{message}");
    }
}

#[test]
fn every_code_has_a_compile_fail_case_and_no_message_of_ours_is_without_one() {
    let stderr: String = sources::stderr().into_values().collect();
    let shown = codes_in(&stderr);
    for page in catalogue::pages() {
        let digits = &page.code[1..];
        assert!(shown.contains(&digits), "{} has no case", page.code);
    }
    for line in stderr.lines().filter(|line| line.starts_with("error")) {
        // What the compiler finds by itself has a code of its own, and no trait or constant of ours behind it.
        let own = ["E0080", "E0277", "E0599"];
        let foreign = line.starts_with("error[") && !own.iter().any(|code| line.contains(code));
        // Advice is no error but where a lint makes it one; it has the name of its rule.
        let advice = line.starts_with("error: use of deprecated ");
        assert!(foreign || advice || codes_in(line).len() == 1, "{line}");
    }
}

#[tokio::test]
async fn every_wrong_example_gets_its_code_alone_and_every_right_one_is_accepted() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("catalogue");
    let compiler = Compiler::new(&directory);
    let examples: Vec<Example> = catalogue::pages().iter().flat_map(page::examples).collect();
    let (wrong, right): (Vec<Example>, Vec<Example>) =
        examples.into_iter().partition(|example| example.is_wrong);
    refused(&compiler, &wrong);
    accepted(&compiler, &right).await;
}

fn refused(compiler: &Compiler, examples: &[Example]) {
    let texts: Vec<String> = examples.iter().map(expanded).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = compiler.check("check", &texts);
    let problems = examples.iter().zip(&found);
    let problems: Vec<String> = problems
        .filter_map(|(e, found)| problem(e, found))
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// What compiles as one program was checked with it; those with a schema say what it makes.
async fn accepted(compiler: &Compiler, examples: &[Example]) {
    let texts: Vec<String> = examples.iter().map(expanded).collect();
    let (made, rest): (Vec<_>, Vec<_>) = examples
        .iter()
        .zip(&texts)
        .partition(|(_, text)| text.contains("static SCHEMA"));
    assert!(made.len() > 50, "most right examples make tables");
    let sources = made.iter().map(|(_, text)| Source {
        text: (*text).clone(),
        ..Source::default()
    });
    let sources: Vec<Source> = sources.collect();
    let printed = match compiler.build("build", &sources.iter().collect::<Vec<_>>()) {
        Ok(printed) => printed,
        Err(found) => panic!("{}", problems_of(made.iter().map(|(e, _)| *e), &found)),
    };
    let texts: Vec<&str> = rest.iter().map(|(_, text)| text.as_str()).collect();
    let found = compiler.check("check-right", &texts);
    let problems = problems_of(rest.iter().map(|(e, _)| *e), &found);
    assert!(problems.is_empty(), "{problems}");
    let judge = Judge::new().await;
    for ((example, text), printed) in made.iter().zip(printed) {
        let script = printed.unwrap_or_else(|error| panic!("{}: {error}", example.code));
        let mut extensions = EXTENSIONS.to_vec();
        extensions.retain(|_| text.contains("extensions ="));
        let judgement = judge.judge(&extensions, &script).await;
        assert_eq!(
            judgement.map(|_| ()).err(),
            None,
            "{}: {script}",
            example.code
        );
    }
}

fn problems_of<'e>(
    examples: impl Iterator<Item = &'e Example>,
    found: &[Vec<Diagnostic>],
) -> String {
    let problems = examples.zip(found);
    let problems = problems.filter_map(|(example, found)| problem(example, found));
    problems.map(|problem| format!("\n{problem}")).collect()
}

fn problem(example: &Example, errors: &[Diagnostic]) -> Option<String> {
    let code = example.code;
    let rendered: String = errors.iter().map(|error| error.rendered.as_str()).collect();
    if !example.is_wrong {
        return (!errors.is_empty()).then(|| format!("the right example of {code}:\n{rendered}"));
    }
    let is_its_own = |error: &Diagnostic| codes_in(&error.message) == [&code[1..]];
    // An example may show several mistakes of one kind, each told at its own place.
    let places: std::collections::BTreeSet<_> = errors.iter().map(|error| error.at).collect();
    match errors {
        [_, ..] if places.len() == errors.len() && errors.iter().all(is_its_own) => None,
        [_, ..] if TOLD_OFTEN.contains(&code) && errors.iter().all(is_its_own) => None,
        [] => Some(format!("the wrong example of {code} compiles")),
        _ => Some(format!("the wrong example of {code}:\n{rendered}")),
    }
}

#[test]
fn explain_prints_a_page_all_titles_or_both_for_a_program() {
    let page = catalogue::page("T0424").unwrap();
    let run = |arguments: &[&str]| Fixture::new().run(arguments);
    for code in ["T0424", "t0424", "[T0424]"] {
        run(&["explain", code]).prints(page.text);
    }
    let list = run(&["explain"]).stdout;
    assert_eq!(list.lines().count(), catalogue::pages().len());
    assert!(
        list.contains(&format!("T0424  {}\n", page.title())),
        "{list}"
    );
    let json = run(&["explain", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().unwrap().len(), catalogue::pages().len());
    let one = run(&["explain", "T0424", "--format", "json"]).stdout;
    let one: serde_json::Value = serde_json::from_str(&one).unwrap();
    assert_eq!(one["title"], page.title());
    assert_eq!(one["text"], page.text);
}

#[test]
fn explain_of_an_unknown_code_is_a_bad_argument_with_a_suggestion() {
    let outcome = Fixture::new().run(&["explain", "T0442"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
    assert!(
        outcome.stderr.contains("did you mean `T0424`?") || outcome.stderr.contains("`T0422`"),
        "{outcome:?}"
    );
}
