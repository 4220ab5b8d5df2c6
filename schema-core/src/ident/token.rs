//! Splits an SQL expression into tokens, as far as finding names in it needs
//! ([Lexical Structure](https://www.postgresql.org/docs/current/sql-syntax-lexical.html)).

use std::ops::Range;

use super::truncate;

/// A token, without its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A keyword or an unquoted name, folded to lower case.
    Word(String),
    /// A quoted name, its doubled quotes undone.
    Quoted(String),
    /// A string or bit string constant of any form, with its text where that is plain.
    Text(String),
    /// A number or a parameter.
    Number(String),
    /// An operator, `::`, `:=`, `=>`, or one of `( ) [ ] , ; . :`.
    Symbol(String),
}

impl Token {
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(found) if found == word)
    }

    pub(crate) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self, Self::Symbol(found) if found == symbol)
    }

    /// The name this is, where it is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Quoted(name) => Some(name),
            _ => None,
        }
    }
}

/// Splits SQL text into tokens; comments and white space are dropped. What is left open at the end is closed there.
pub(crate) fn parse_tokens(sql: &str) -> Vec<Token> {
    parse_spanned_tokens(sql)
        .into_iter()
        .map(|(token, _)| token)
        .collect()
}

/// As [`parse_tokens`], each token with the bytes it stands in.
pub(crate) fn parse_spanned_tokens(sql: &str) -> Vec<(Token, Range<usize>)> {
    let mut rest = sql;
    let mut tokens = Vec::new();
    loop {
        rest = skip_blank(rest);
        let Some(first) = rest.chars().next() else {
            return tokens;
        };
        let (token, length) = next_token(rest, first);
        let start = sql.len() - rest.len();
        tokens.push((token, start..start + length));
        rest = &rest[length..];
    }
}

/// The arguments of a function without their defaults, as statements about the function take them.
pub(crate) fn without_defaults(arguments: &str) -> String {
    let (mut kept, mut rest, mut depth, mut is_default) =
        (String::new(), arguments, 0_usize, false);
    loop {
        let after = skip_blank(rest);
        let Some(first) = after.chars().next() else {
            return kept.trim_end().to_owned();
        };
        let (token, length) = next_token(after, first);
        match &token {
            Token::Symbol(sign) if matches!(sign.as_str(), "(" | "[") => depth += 1,
            Token::Symbol(sign) if matches!(sign.as_str(), ")" | "]") => {
                depth = depth.saturating_sub(1);
            }
            Token::Symbol(sign) if sign == "," && depth == 0 => {
                kept.truncate(kept.trim_end().len());
                is_default = false;
            }
            token if depth == 0 && (token.is_word("default") || token.is_symbol("=")) => {
                is_default = true;
            }
            _ => {}
        }
        if !is_default {
            if after.len() < rest.len() && !kept.is_empty() && !token.is_symbol(",") {
                kept.push(' ');
            }
            kept.push_str(&after[..length]);
        }
        rest = &after[length..];
    }
}

/// Appends a name to SQL text: where that leaves a string open, what would end or escape in it is doubled.
pub(crate) fn push_name(sql: &mut String, name: &str) {
    let delimiter = name
        .contains(['\'', '\\'])
        .then(|| open_string(sql))
        .flatten();
    match delimiter {
        None | Some('$') => sql.push_str(name),
        Some('e' | 'E') => sql.push_str(&name.replace('\'', "''").replace('\\', "\\\\")),
        Some(_) => sql.push_str(&name.replace('\'', "''")),
    }
}

/// The first character of the string that SQL text leaves open, if it does.
fn open_string(sql: &str) -> Option<char> {
    // One character more is another token, unless it is in the string.
    let more = format!("{sql}x");
    match parse_spanned_tokens(&more).pop() {
        Some((Token::Text(_), span)) if span.end == more.len() => more[span.start..].chars().next(),
        _ => None,
    }
}

fn skip_blank(mut rest: &str) -> &str {
    loop {
        rest = rest.trim_start();
        if rest.starts_with("--") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = &rest[comment_length(rest)..];
        } else {
            return rest;
        }
    }
}

/// The length of a block comment; they nest.
fn comment_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn next_token(rest: &str, first: char) -> (Token, usize) {
    let prefix = string_prefix(rest);
    if let Some((prefix, escapes)) = prefix {
        let (text, length) = quoted(&rest[prefix..], '\'', escapes);
        return (Token::Text(text), prefix + length);
    }
    match first {
        '"' => {
            let (text, length) = quoted(rest, '"', false);
            (Token::Quoted(truncate(&text).to_owned()), length)
        }
        '$' => dollar(rest),
        '0'..='9' => number(rest),
        '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => number(rest),
        _ if is_name_start(first) => word(rest),
        _ => symbol(rest, first),
    }
}

/// The length of what stands before a string's quote, and whether backslashes escape in it.
fn string_prefix(rest: &str) -> Option<(usize, bool)> {
    let quote = rest.find('\'').filter(|at| *at <= 2)?;
    match rest[..quote].to_ascii_lowercase().as_str() {
        "" | "b" | "x" | "n" | "u&" => Some((quote, false)),
        "e" => Some((quote, true)),
        _ => None,
    }
}

fn quoted(rest: &str, quote: char, escapes: bool) -> (String, usize) {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == quote {
            if characters.peek().is_none_or(|(_, next)| *next != quote) {
                return (text, at + 1);
            }
            characters.next();
        } else if escapes && character == '\\' {
            characters.next();
            continue;
        }
        text.push(character);
    }
    (text, rest.len())
}

/// A dollar-quoted string or a parameter.
fn dollar(rest: &str) -> (Token, usize) {
    let tag = rest[1..]
        .find('$')
        .map(|end| &rest[..end + 2])
        .filter(|tag| tag[1..tag.len() - 1].chars().all(is_name_part));
    let digit = rest[1..].starts_with(|next: char| next.is_ascii_digit());
    match tag {
        Some(tag) if !digit => {
            let body = &rest[tag.len()..];
            let end = body.find(tag).unwrap_or(body.len());
            let length = (tag.len() + end + tag.len()).min(rest.len());
            (Token::Text(body[..end].to_owned()), length)
        }
        _ => {
            let length = 1 + prefix_length(&rest[1..], |next| next.is_ascii_digit());
            (Token::Number(rest[..length].to_owned()), length)
        }
    }
}

fn number(rest: &str) -> (Token, usize) {
    let mut previous = ' ';
    let length = prefix_length(rest, |next| {
        let exponent_sign = matches!(next, '+' | '-') && matches!(previous, 'e' | 'E');
        previous = next;
        next.is_ascii_alphanumeric() || matches!(next, '.' | '_') || exponent_sign
    });
    (Token::Number(rest[..length].to_owned()), length)
}

fn word(rest: &str) -> (Token, usize) {
    let length = prefix_length(rest, |next| is_name_part(next) || next == '$');
    let name = rest[..length].to_ascii_lowercase();
    (Token::Word(truncate(&name).to_owned()), length)
}

fn symbol(rest: &str, first: char) -> (Token, usize) {
    for pair in ["::", ":="] {
        if rest.starts_with(pair) {
            return (Token::Symbol(pair.to_owned()), 2);
        }
    }
    let run = prefix_length(rest, |next| "+-*/<>=~!@#%^&|`?".contains(next));
    let run = ["--", "/*"]
        .iter()
        .filter_map(|comment| rest[..run].find(comment))
        .min()
        .unwrap_or(run);
    let length = run.max(first.len_utf8());
    (Token::Symbol(rest[..length].to_owned()), length)
}

fn prefix_length(rest: &str, mut accepts: impl FnMut(char) -> bool) -> usize {
    rest.find(|next| !accepts(next)).unwrap_or(rest.len())
}

fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
}

fn is_name_part(character: char) -> bool {
    is_name_start(character) || character.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(sql: &str) -> Vec<String> {
        parse_tokens(sql)
            .into_iter()
            .map(|token| match token {
                Token::Word(text) => text,
                Token::Quoted(text) => format!("\"{text}\""),
                Token::Text(text) => format!("'{text}'"),
                Token::Number(text) => format!("#{text}"),
                Token::Symbol(text) => text,
            })
            .collect()
    }

    #[test]
    fn words_are_folded_and_quoted_names_are_not() {
        assert_eq!(
            written(r#"Lower("Na""me")"#),
            ["lower", "(", "\"Na\"me\"", ")"]
        );
    }

    #[test]
    fn strings_of_every_form_are_one_token() {
        assert_eq!(
            written(r"'a''b' E'c\'d' $$e'f$$ $x$g$$h$x$ B'01' $1"),
            ["'a'b'", "'cd'", "'e'f'", "'g$$h'", "'01'", "#$1"]
        );
    }

    #[test]
    fn comments_are_dropped_also_inside_operators() {
        assert_eq!(
            written("a /* b /* c */ */ +-- d\n1.5e-3"),
            ["a", "+", "#1.5e-3"]
        );
    }

    #[test]
    fn arguments_lose_their_defaults_and_comments() {
        for (arguments, kept) in [
            ("", ""),
            ("  a int ,\n b text", "a int, b text"),
            (
                "a numeric(10,2) DEFAULT f(1, 2), b text = ',' -- c",
                "a numeric(10,2), b text",
            ),
            ("\"default\" int[] = '{}', *", "\"default\" int[], *"),
        ] {
            assert_eq!(without_defaults(arguments), kept);
        }
    }

    #[test]
    fn what_is_left_open_ends_with_the_text() {
        assert_eq!(written("'open"), ["'open'"]);
        assert_eq!(written("a /* open"), ["a"]);
        assert_eq!(written("$$open"), ["'open'"]);
    }

    #[test]
    fn a_name_in_a_string_ends_it_nowhere() {
        let behind = |text: &str| {
            let mut sql = text.to_owned();
            push_name(&mut sql, r#""it's\""#);
            sql.split_off(text.len())
        };
        let plain = r#""it's\""#;
        for text in [
            "",
            "SELECT 'a' FROM ",
            "AS $x$ SELECT 'a' FROM ",
            "-- it's\n",
        ] {
            assert_eq!(behind(text), plain, "{text}");
        }
        assert_eq!(behind("AS 'SELECT '' FROM "), r#""it''s\""#);
        assert_eq!(behind("AS E'SELECT FROM "), r#""it''s\\""#);
    }
}
