//! How scripts are split.

use super::{Unclosed, split};

fn texts(sql: &str) -> Vec<&str> {
    split(sql)
        .unwrap()
        .into_iter()
        .map(|statement| statement.text)
        .collect()
}

fn lines(sql: &str) -> Vec<usize> {
    split(sql)
        .unwrap()
        .into_iter()
        .map(|statement| statement.line)
        .collect()
}

#[test]
fn statements_end_at_semicolons_and_at_the_end() {
    assert_eq!(texts("SELECT 1; ;\n;SELECT 2"), ["SELECT 1", "SELECT 2"]);
    assert_eq!(texts(" -- nothing\n/* here */ ;"), [""; 0]);
}

#[test]
fn lines_count_from_the_first_word() {
    assert_eq!(lines("-- a\n\nSELECT\n1;\n\n/* b\n */ SELECT 2;"), [3, 7]);
}

#[test]
fn quotes_hide_semicolons() {
    for sql in [
        "SELECT ';'",
        "SELECT 'it''s; fine'",
        r"SELECT E'\';'",
        r"SELECT '\'",
        r#"SELECT "a;""b;""#,
        "SELECT $$;$$",
        "SELECT $a$ ; $$ ; $b$ ; $a$",
        "SELECT $é$;$é$",
        "SELECT U&'\\0041;'",
        "SELECT e'a'\n  'b\\';'",
        "SELECT E'a' -- why\n 'b\\';'",
    ] {
        assert_eq!(texts(&format!("{sql};SELECT 2")), [sql, "SELECT 2"]);
    }
}

#[test]
fn a_dollar_within_a_name_or_before_a_number_quotes_nothing() {
    assert_eq!(
        texts("SELECT a$b$;SELECT $1;SELECT $2"),
        ["SELECT a$b$", "SELECT $1", "SELECT $2"]
    );
    assert_eq!(texts("SELECT 1 $; SELECT 2"), ["SELECT 1 $", "SELECT 2"]);
}

#[test]
fn a_name_that_ends_in_e_escapes_nothing() {
    assert_eq!(
        texts(r"SELECT type'\';SELECT 2"),
        [r"SELECT type'\'", "SELECT 2"]
    );
}

#[test]
fn a_string_beside_another_on_one_line_is_not_continued() {
    assert_eq!(
        texts(r"SELECT E'a' '\';SELECT 2"),
        [r"SELECT E'a' '\'", "SELECT 2"]
    );
}

#[test]
fn comments_nest_and_hide_quotes() {
    assert_eq!(
        texts("/* ' /* ; */ ' */ SELECT 1; -- it's\nSELECT 2"),
        ["SELECT 1", "SELECT 2"]
    );
}

#[test]
fn parentheses_hold_statements_together() {
    let rule = "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)";
    assert_eq!(texts(&format!("{rule}; SELECT 3")), [rule, "SELECT 3"]);
}

#[test]
fn the_body_of_a_standard_function_is_one_statement() {
    let function = "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END";
    assert_eq!(
        texts(&format!("{function}; SELECT 3")),
        [function, "SELECT 3"]
    );
}

#[test]
fn begin_outside_of_a_function_opens_nothing() {
    assert_eq!(texts("BEGIN; SELECT 1; END; SELECT 2").len(), 4);
}

#[test]
fn a_command_of_psql_ends_with_its_line() {
    assert_eq!(
        texts("\\restrict 'x\nSELECT 1;\\echo it's ; fine\n-- c\n  \\unrestrict"),
        [
            "\\restrict 'x",
            "SELECT 1",
            "\\echo it's ; fine",
            "\\unrestrict"
        ]
    );
}

#[test]
fn the_rows_of_a_copy_are_no_statements() {
    assert_eq!(
        texts(
            "COPY t (a) FROM stdin;\nit's; fine\t\\N\n\\.\n\nSELECT 1; COPY t FROM STDIN;\nno end;"
        ),
        ["COPY t (a) FROM stdin", "SELECT 1", "COPY t FROM STDIN"]
    );
    assert_eq!(lines("COPY t FROM stdin;\n1\n\\.\nSELECT 1"), [1, 4]);
}

#[test]
fn what_is_not_closed_is_named_with_its_line() {
    for (sql, what) in [
        ("\nSELECT 'a;\n", "quote"),
        ("\nSELECT E'a\\';", "quote"),
        ("\nSELECT \"a;", "double quote"),
        ("\nSELECT $x$ ; $$", "dollar quote"),
        ("\n/* /* */ ;", "comment"),
        ("\nSELECT (1;\n", "parenthesis"),
    ] {
        assert_eq!(split(sql).unwrap_err(), Unclosed { what, line: 2 }, "{sql}");
    }
}
