//! The tokens of an expression, without white space and comments.

use std::fmt;

use schema_core::ident;

use super::scan::pieces;

/// A token; names are folded to what the server takes them for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword or a name without quotes.
    Word(String),
    /// A name in quotes, without them.
    Quoted(String),
    /// A string, with its quotes.
    Text(String),
    /// A number or parameter.
    Number(String),
    /// An operator or another sign.
    Symbol(String),
}

impl Token {
    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self, Self::Symbol(found) if found == symbol)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(found) if found == word)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quoted(name) => f.write_str(&ident::quote(name)),
            Self::Word(text) | Self::Text(text) | Self::Number(text) | Self::Symbol(text) => {
                f.write_str(text)
            }
        }
    }
}

/// The signs that operators are made of.
const OPERATOR: &str = "+-*/<>=~!@#%^&|`?";

/// Splits an expression into tokens.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 0;
    for (at, piece) in pieces(sql) {
        let is_adjacent = at == end && at > 0;
        let first = piece.chars().next().unwrap_or(' ');
        if piece.starts_with("--") || piece.starts_with("/*") || first.is_whitespace() {
            continue;
        }
        end = at + piece.len();
        let last = tokens.last_mut().filter(|_| is_adjacent);
        match (last, first) {
            (_, '\'') => tokens.push(Token::Text(piece.to_owned())),
            (_, '"') => tokens.push(Token::Quoted(unquoted(piece))),
            (_, 'e' | 'E' | '$') if piece.len() > 1 => tokens.push(Token::Text(piece.to_owned())),
            (Some(Token::Word(word)), first) if is_name(first) => word.push_str(&fold(piece)),
            (Some(Token::Number(number)), first) if is_name(first) || first == '.' => {
                number.push_str(&fold(piece));
            }
            (Some(Token::Symbol(symbol)), first) if goes_on(symbol, first) => symbol.push(first),
            (_, first) if first.is_ascii_digit() => tokens.push(Token::Number(piece.to_owned())),
            (_, first) if is_name(first) => tokens.push(Token::Word(fold(piece))),
            _ => tokens.push(Token::Symbol(piece.to_owned())),
        }
    }
    tokens
}

fn is_name(first: char) -> bool {
    first.is_alphanumeric() || first == '_' || first == '$'
}

/// Only ASCII letters are folded in a database with an encoding of several bytes.
fn fold(piece: &str) -> String {
    piece.to_ascii_lowercase()
}

fn unquoted(piece: &str) -> String {
    let inner = piece.strip_prefix('"').unwrap_or(piece);
    inner
        .strip_suffix('"')
        .unwrap_or(inner)
        .replace("\"\"", "\"")
}

/// Whether a sign belongs to the operator before it. One of several signs ends in `+` or `-` only where it has a sign
/// that other operators do not.
fn goes_on(symbol: &str, next: char) -> bool {
    if symbol == ":" {
        return next == ':' || next == '=';
    }
    let is_operator = symbol.chars().all(|sign| OPERATOR.contains(sign));
    if !is_operator || !OPERATOR.contains(next) {
        return false;
    }
    !matches!(next, '+' | '-')
        || symbol.contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(sql: &str) -> Vec<String> {
        tokens(sql).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_expression_is_split_as_the_server_does() {
        assert_eq!(
            split("A.b::Int4[]-1.5e3 /* x */ ->> E'\\'' || \"Q\"\"q\""),
            [
                "a",
                ".",
                "b",
                "::",
                "int4",
                "[",
                "]",
                "-",
                "1.5e3",
                "->>",
                "E'\\''",
                "||",
                "\"Q\"\"q\""
            ]
        );
        assert_eq!(
            split("a=-1 -- end\nb<>$1"),
            ["a", "=", "-", "1", "b", "<>", "$1"]
        );
    }
}
