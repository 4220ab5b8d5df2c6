//! Rust's tokens for texts: string literals, doc comments, and SQL with its columns in braces.

use schema_core::ident;

/// A string literal; a raw one where that needs fewer escapes.
pub(super) fn literal(text: &str) -> String {
    let escapes = text.contains(['"', '\\']);
    let plain = text
        .chars()
        .all(|c| c == ' ' || !c.is_control() && !c.is_whitespace() && !is_hidden(c));
    if !escapes && plain {
        return format!("\"{text}\"");
    }
    if escapes && plain {
        return raw_literal(text);
    }
    let mut literal = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' | '\n' | '\r' | '\t' | '\0' => literal.extend(c.escape_default()),
            ' ' => literal.push(' '),
            c if c.is_control() || c.is_whitespace() || is_hidden(c) => {
                literal.extend(c.escape_unicode());
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// A string literal that keeps its lines; what cannot stand in one is escaped.
pub(super) fn literal_of_lines(text: &str) -> String {
    let fits = |c: char| {
        c == '\n' || c == '\t' || c == ' ' || !c.is_control() && !c.is_whitespace() && !is_hidden(c)
    };
    if !text.chars().all(fits) {
        return literal(text);
    }
    if text.contains(['"', '\\']) {
        raw_literal(text)
    } else {
        format!("\"{text}\"")
    }
}

fn raw_literal(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Characters that the compiler warns of or that do not show: marks of direction, and what has no width.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// `sql("…")` of a text without columns.
pub(super) fn sql(text: &str) -> String {
    format!("sql({})", literal(&doubled(text)))
}

/// `sql("…")` over the columns of a table, each in braces as its field.
pub(super) fn sql_of(text: &str, table: &str, field: impl Fn(&str) -> Option<String>) -> String {
    sql_text(&one_line(text), table, field)
}

fn sql_text(text: &str, table: &str, field: impl Fn(&str) -> Option<String>) -> String {
    let mut mark = "schema_kit_column".to_owned();
    while text.contains(&mark) {
        mark.push('_');
    }
    let fields = std::cell::RefCell::new(Vec::new());
    let marked = ident::rename_columns(text, table, |name| {
        let field = field(name)?;
        let mut fields = fields.borrow_mut();
        fields.push(field);
        Some(format!("{mark}{}x", fields.len() - 1))
    });
    let mut written = doubled(&marked);
    for (at, field) in fields.borrow().iter().enumerate() {
        written = written.replace(&format!("{mark}{at}x"), &format!("{{{field}}}"));
    }
    format!("sql({})", literal(&written))
}

/// Braces stand for columns, so others are doubled.
pub(super) fn doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// An expression without the line breaks that the server writes it with, but for those in its strings.
pub(super) fn one_line(sql: &str) -> String {
    if !sql.contains('\n') || sql.contains("--") || sql.contains('$') {
        return sql.to_owned();
    }
    let mut text = String::new();
    let mut quote = None;
    for c in sql.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            _ => {}
        }
        if quote.is_none() && c.is_whitespace() {
            if !text.ends_with([' ', '(']) {
                text.push(' ');
            }
        } else {
            text.push(c);
        }
    }
    text.trim().to_owned()
}

/// A comment as the lines of a doc comment, where rustdoc and rustfmt leave it as it is.
pub(super) fn doc_lines(comment: &str) -> Option<Vec<&str>> {
    let lines: Vec<&str> = comment.split('\n').collect();
    let is_plain = |line: &&str| {
        line.trim() == *line
            && !line.starts_with(['-', '+', '*', '#', '>', '|', '=', '/', '!', '~', '`', ':'])
            && !line.starts_with(|c: char| c.is_ascii_digit())
            && !line.contains(['<', '[', '\r', '\t', '\0', '\\'])
            && !line.contains("http")
            && !line
                .chars()
                .any(|c| c != ' ' && (c.is_control() || c.is_whitespace() || is_hidden(c)))
            && line.chars().filter(|c| *c == '`').count() % 2 == 0
    };
    let ends_blank = lines.first().is_some_and(|line| line.is_empty())
        || lines.last().is_some_and(|line| line.is_empty());
    (!ends_blank && lines.iter().all(is_plain)).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_needs_as_few_escapes_as_can_be() {
        assert_eq!(literal("a"), r#""a""#);
        assert_eq!(literal(r#"say "a""#), r###"r#"say "a""#"###);
        assert_eq!(literal("a\\b"), r#"r"a\b""#);
        assert_eq!(literal("a\n\"b\""), r#""a\n\"b\"""#);
        assert_eq!(literal("a\u{202e}b"), r#""a\u{202e}b""#);
        assert_eq!(literal(r##"a"#b"##), r####"r##"a"#b"##"####);
        assert_eq!(literal_of_lines("a\nb"), "\"a\nb\"");
    }

    #[test]
    fn columns_stand_in_braces_and_braces_are_doubled() {
        let field = |name: &str| match name {
            "size" => Some("size".to_owned()),
            "Type" => Some("kind".to_owned()),
            _ => None,
        };
        assert_eq!(
            sql_of("size > 0 AND \"Type\" <> 'size{}'::text", "files", field),
            r#"sql("{size} > 0 AND {kind} <> 'size{{}}'::text")"#
        );
        assert_eq!(
            sql_of("CASE\n    WHEN size > 0 THEN 'a\n  b'\nEND", "files", field),
            r#"sql("CASE WHEN {size} > 0 THEN 'a\n  b' END")"#
        );
    }

    #[test]
    fn a_comment_is_documentation_where_markdown_leaves_it_alone() {
        assert_eq!(doc_lines("One.\n\nTwo."), Some(vec!["One.", "", "Two."]));
        for comment in [
            "- a",
            " a",
            "a ",
            "a\n    code",
            "see [x]",
            "<b>",
            "a\n",
            "",
            "1. a",
            "`a",
        ] {
            assert_eq!(doc_lines(comment), None, "{comment:?}");
        }
    }
}
