//! Pairs of texts.

use super::*;

fn key(sql: &str) -> String {
    expression_key(sql, &["code"])
}

#[test]
fn what_the_server_writes_is_what_was_written() {
    for (written, printed) in [
        ("-5", "'-5'::integer"),
        ("Now( )", "now()"),
        ("\"a\" = 1 -- one", "(a = 1)"),
        ("a and b and c or d", "((a AND b AND c) OR d)"),
        ("a AND (b AND c)", "(a AND b AND c)"),
        ("x not in (1, 2)", "(x <> ALL (ARRAY[1, 2]))"),
        ("x in (1)", "(x = 1)"),
        ("x between 1 and 5", "((x >= 1) AND (x <= 5))"),
        ("code like 'a%'", "((code)::text ~~ 'a%'::text)"),
        ("lower(code) = 'x'", "(lower((code)::text) = 'x'::text)"),
        ("a != 'b' is not true", "((a <> 'b'::text) IS NOT TRUE)"),
        ("cast(a as int4) > 0", "((a)::integer > 0)"),
        ("- a * b", "((- a) * b)"),
        ("a->>'b' = 'c'", "((a ->> 'b'::text) = 'c'::text)"),
        ("public.f(a, 'x')", "f(a, 'x'::mood)"),
        (
            "case when a then 1 end",
            "CASE WHEN a THEN 1 ELSE NULL::integer END",
        ),
        ("t at time zone 'utc'", "(t AT TIME ZONE 'utc'::text)"),
        ("now() + '1 day'", "(now() + '1 day'::interval)"),
        ("'{}'", "'{}'::jsonb"),
        ("array['x', 'y']", "ARRAY['x'::text, 'y'::text]"),
        ("(a).street <> ''", "((a).street <> ''::text)"),
        ("not a or b", "((NOT a) OR b)"),
        ("a is distinct from b", "(a IS DISTINCT FROM b)"),
    ] {
        assert_eq!(key(written), key(printed), "{written}");
    }
}

#[test]
fn what_differs_stays_different() {
    for (one, other) in [
        ("(a + b) * c", "a + b * c"),
        ("a and (b or c)", "a and b or c"),
        ("a - (b - c)", "a - b - c"),
        ("'A'", "'a'"),
        ("\"A\"", "a"),
        ("'a'", "a"),
        ("a::text", "a"),
        ("not (a and b)", "not a and b"),
        ("x in (1, 2)", "x in (2, 1)"),
        ("(a = b) is null", "a = (b is null)"),
    ] {
        assert_ne!(key(one), key(other), "{one}");
    }
}

#[test]
fn what_is_no_expression_keeps_its_words() {
    let query = "EXISTS (SELECT 1 FROM u)";
    assert_eq!(key(query), "exists ( select 1 from u )");
    assert_eq!(key("a ="), "a =");
    let deep = "(".repeat(100_000);
    assert_eq!(key(&deep).len(), 199_999);
}
