//! Walks over SQL text without looking into strings, quoted names and comments
//! ([Lexical Structure](https://www.postgresql.org/docs/current/sql-syntax-lexical.html)).

/// The length of what begins here and cannot be cut: a string, a quoted name, a comment, or one character.
pub(crate) fn piece_length(text: &str, is_after_name: bool) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    let escapes = matches!(first, 'e' | 'E') && text[1..].starts_with('\'') && !is_after_name;
    if escapes {
        return 1 + quoted_length(&text[1..], '\'', true);
    }
    match first {
        '\'' | '"' => quoted_length(text, first, false),
        '-' if text.starts_with("--") => text.find('\n').unwrap_or(text.len()),
        '/' if text.starts_with("/*") => comment_length(text),
        '$' if !is_after_name => dollar_length(text),
        first => first.len_utf8(),
    }
}

fn quoted_length(text: &str, quote: char, escapes: bool) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if escapes && character == '\\' {
            characters.next();
        } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// The length of a block comment; they nest.
fn comment_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of a string in dollar quotes, or of the sign alone.
fn dollar_length(text: &str) -> usize {
    let Some(end) = text[1..].find('$').map(|end| end + 2) else {
        return 1;
    };
    let (tag, rest) = text.split_at(end);
    let name = &tag[1..end - 1];
    let is_tag = !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_');
    match rest.find(tag) {
        Some(close) if is_tag => end + close + tag.len(),
        _ if is_tag => text.len(),
        _ => 1,
    }
}

/// The pieces of a text, each with where it begins.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut is_after_name = false;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let length = piece_length(rest, is_after_name);
        if length == 0 {
            return None;
        }
        let piece = &rest[..length];
        is_after_name = piece
            .chars()
            .next()
            .is_some_and(|first| first.is_alphanumeric() || first == '_' || first == '$');
        at += length;
        Some((at - length, piece))
    })
}

/// Cuts a text that begins behind an opening parenthesis where that is closed: what it encloses, and what follows.
pub(crate) fn enclosed_start(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_i32;
    for (at, piece) in pieces(text) {
        depth += i32::from(piece == "(") - i32::from(piece == ")");
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

/// Takes off the parentheses that enclose a whole expression.
///
/// # Examples
///
/// ```
/// use schema_kit::normalize::strip_parentheses;
///
/// assert_eq!(strip_parentheses("((a + b))"), "a + b");
/// assert_eq!(strip_parentheses("(a) = (b)"), "(a) = (b)");
/// assert_eq!(strip_parentheses("(a = ')')"), "a = ')'");
/// ```
#[must_use]
pub fn strip_parentheses(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = enclosed(text) {
        text = inner.trim();
    }
    text
}

/// What one pair of parentheses encloses, where it encloses all.
fn enclosed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    for (_, piece) in pieces(inner) {
        depth += i32::from(piece == "(") - i32::from(piece == ")");
        // A comment to the end of the line would take the parenthesis with it.
        if depth < 0 || piece.starts_with("--") && inner.ends_with(piece) {
            return None;
        }
    }
    (depth == 0).then_some(inner)
}

/// Splits a list at the commas that are in no parentheses.
pub(crate) fn split_list(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut start = 0;
    let mut items = Vec::new();
    for (at, piece) in pieces(text) {
        depth += i32::from(matches!(piece, "(" | "[")) - i32::from(matches!(piece, ")" | "]"));
        if piece == "," && depth == 0 {
            items.push(text[start..at].trim());
            start = at + 1;
        }
    }
    items.push(text[start..].trim());
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_in_strings_names_and_comments_enclose_nothing() {
        assert_eq!(strip_parentheses(r#"("a)" = b)"#), r#""a)" = b"#);
        assert_eq!(strip_parentheses(r"(E'\'(' = b)"), r"E'\'(' = b");
        assert_eq!(strip_parentheses("($x$)$x$)"), "$x$)$x$");
        assert_eq!(strip_parentheses("(a /* ) */)"), "a /* ) */");
        assert_eq!(strip_parentheses("(a -- b\n)"), "a -- b");
    }

    #[test]
    fn a_comment_does_not_swallow_what_closes() {
        assert_eq!(strip_parentheses("(a) -- )"), "(a) -- )");
    }

    #[test]
    fn a_list_is_split_at_its_own_commas_alone() {
        assert_eq!(
            split_list("f(a, b), 'x,y', ARRAY[1, 2]"),
            ["f(a, b)", "'x,y'", "ARRAY[1, 2]"]
        );
    }
}
