//! What of a routine `CREATE OR REPLACE` cannot change.

use crate::ident::token::{Token, parse_tokens};

/// The part of a routine that stays as it is when it is replaced
/// ([`CREATE FUNCTION`](https://www.postgresql.org/docs/current/sql-createfunction.html)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Each argument's mode, name and type.
    pub arguments: Vec<String>,
    /// Whether each has a default.
    pub defaults: Vec<bool>,
    /// The type behind `RETURNS`.
    pub results: String,
    /// Whether it is a window function.
    pub window: bool,
}

/// The words that begin another clause than `RETURNS`.
const CLAUSES: [&str; 20] = [
    "language",
    "transform",
    "window",
    "immutable",
    "stable",
    "volatile",
    "leakproof",
    "not",
    "called",
    "returns",
    "strict",
    "external",
    "security",
    "parallel",
    "cost",
    "rows",
    "support",
    "set",
    "as",
    "return",
];

impl Signature {
    pub(super) fn parse(sql: &str) -> Self {
        let tokens = parse_tokens(sql);
        let open = tokens.iter().position(|token| token.is_symbol("("));
        let open = open.unwrap_or(tokens.len());
        let close = closing(&tokens, open);
        let list = tokens.get(open + 1..close).unwrap_or_default();
        let mut arguments = Vec::new();
        let mut defaults = Vec::new();
        for argument in split(list) {
            let is_default = |token: &Token| token.is_word("default") || token.is_symbol("=");
            let end = argument.iter().position(is_default);
            arguments.push(render(&argument[..end.unwrap_or(argument.len())]));
            defaults.push(end.is_some());
        }
        let rest = tokens.get(close + 1..).unwrap_or_default();
        let is_body = |token: &Token| {
            ["as", "begin", "return"]
                .iter()
                .any(|word| token.is_word(word))
        };
        let rest = &rest[..rest.iter().position(is_body).unwrap_or(rest.len())];
        let is_clause = |token: &Token| CLAUSES.iter().any(|word| token.is_word(word));
        let results = rest
            .iter()
            .position(|token| token.is_word("returns"))
            .map(|at| {
                // `RETURNS NULL ON NULL INPUT` is no result.
                let after = &rest[at + 1..];
                let end = after.iter().position(is_clause);
                render(&after[..end.unwrap_or(after.len())])
            });
        Self {
            arguments,
            defaults,
            results: results
                .filter(|text| !text.starts_with("null on"))
                .unwrap_or_default(),
            window: rest.iter().any(|token| token.is_word("window")),
        }
    }

    /// Whether `CREATE OR REPLACE` makes this one of the other.
    #[must_use]
    pub fn can_become(&self, next: &Self) -> bool {
        let keeps = |(was, is): (&bool, &bool)| !was || *is;
        self.arguments == next.arguments
            && self.results == next.results
            && self.window == next.window
            && self.defaults.iter().zip(&next.defaults).all(keeps)
    }
}

fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.is_symbol("(") {
            depth += 1;
        } else if token.is_symbol(")") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len()
}

/// The parts of a list between its commas.
fn split(list: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_i32;
    let is_comma = |token: &Token| {
        depth += i32::from(token.is_symbol("(")) + i32::from(token.is_symbol("["));
        depth -= i32::from(token.is_symbol(")")) + i32::from(token.is_symbol("]"));
        depth == 0 && token.is_symbol(",")
    };
    match list {
        [] => Vec::new(),
        list => list.split(is_comma).collect(),
    }
}

fn render(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        match token {
            Token::Quoted(name) => text.extend(["\"", name, "\""]),
            Token::Text(constant) => text.extend(["'", constant, "'"]),
            Token::Word(word) | Token::Number(word) | Token::Symbol(word) => text.push_str(word),
        }
    }
    text
}
