//! Snapshots written by hand.

use super::*;

fn error(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

fn column(extra: &str) -> String {
    format!(
        r#"{{"format": 1, "schema": {{"tables": {{"public": {{"t": {{"columns": [{{"name": "a"{extra}}}]}}}}}}}}}}"#
    )
}

#[test]
fn an_empty_schema_is_a_snapshot_too() {
    let text = render(&Schema::default());
    assert_eq!(text, "{\n  \"format\": 1,\n  \"schema\": {}\n}\n");
    assert_eq!(parse(&text).unwrap(), Schema::default());
}

#[test]
fn a_snapshot_is_one_fact_to_a_line_with_sorted_keys() {
    let text = column(r#", "sql_type": "int4", "nullable": true"#);
    let rendered = render(&parse(&text).unwrap());
    let lines: Vec<&str> = rendered.lines().map(str::trim).collect();
    let start = lines
        .iter()
        .position(|line| *line == "\"columns\": [")
        .unwrap();
    assert_eq!(
        lines[start + 1..start + 6],
        [
            "{",
            "\"name\": \"a\",",
            "\"nullable\": true,",
            "\"sql_type\": \"integer\"",
            "}"
        ]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let at = "the snapshot's `schema.tables.public.t.columns[0]";
    for (extra, message) in [
        ("", "` lacks `sql_type`"),
        (r#", "sql_type": 5"#, ".sql_type` should be a string"),
        (r#", "sql_type": "int("#, ".sql_type` should be a type"),
        (
            r#", "sql_type": "int", "storage": "x""#,
            ".storage` should be one of `plain` `external` `extended` `main`",
        ),
        (r#", "sql_type": "int", "color": 1"#, ".color` is not known"),
    ] {
        let extra = extra.replace("\"int(", "\"int(\"");
        assert_eq!(error(&column(&extra)), format!("{at}{message}"));
    }
}

#[test]
fn text_that_is_no_snapshot_is_refused() {
    assert_eq!(error("[]"), "the text is JSON but no snapshot of a schema");
    assert_eq!(
        error(r#"{"format": 1}"#),
        "the text is JSON but no snapshot of a schema"
    );
    assert_eq!(error("{"), "the snapshot is broken");
}

#[test]
fn a_merge_conflict_is_recognized() {
    let error = parse("{\n<<<<<<< ours\n}\n").unwrap_err();
    assert!(error.help().contains("merge conflict"), "{error:?}");
}

#[test]
fn a_newer_snapshot_says_so() {
    let message = "the snapshot has format 2; this version of the kit reads formats up to 1";
    assert_eq!(error(r#"{"format": 2, "future": {}}"#), message);
}
