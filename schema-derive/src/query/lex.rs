//! The text as a flat list of words, signs and pieces, what is quoted and what is commented passed over.

use proc_macro2::Span;

use super::Piece;
use crate::{code, ctxt::fault};

/// What the statement is made of ([Lexical
/// Structure](https://www.postgresql.org/docs/current/sql-syntax-lexical.html)).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A keyword or name, in lower case as PostgreSQL folds it.
    Word(String),
    Sign(char),
    /// A number or something quoted.
    Value,
    /// A placeholder, by its piece.
    Piece(usize),
}

impl Token {
    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self, Self::Sign(sign) if signs.contains(sign))
    }
}

/// What the text is inside of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Inside {
    Nothing,
    Quotes(char),
    Line,
    /// `/* … */`, which nests.
    Block(usize),
}

/// The tokens of all pieces; a placeholder in quotes is an error, for there it would be text.
pub(super) fn tokens(pieces: &[Piece], span: Span) -> syn::Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut inside = Inside::Nothing;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => inside = lex(text, inside, &mut tokens),
            _ if inside == Inside::Nothing => tokens.push(Token::Piece(index)),
            _ => {
                let place = match inside {
                    Inside::Quotes(_) => "quotes",
                    _ => "a comment",
                };
                return Err(fault(
                    code::QUOTED_PLACEHOLDER,
                    span,
                    format_args!("a placeholder inside {place} of this statement"),
                    "write it outside, or `{{` for a brace",
                ));
            }
        }
    }
    Ok(tokens)
}

fn lex(text: &str, mut inside: Inside, tokens: &mut Vec<Token>) -> Inside {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        inside = match (inside, c, next) {
            (Inside::Nothing, '\'' | '"', _) => {
                tokens.push(Token::Value);
                Inside::Quotes(c)
            }
            // A doubled quote ends one text and begins another, which is as good here.
            (Inside::Quotes(quote), _, _) if c == quote => Inside::Nothing,
            (Inside::Nothing, '-', Some('-')) => Inside::Line,
            (Inside::Line, '\n', _) => Inside::Nothing,
            (Inside::Nothing, '/', Some('*')) => {
                chars.next();
                Inside::Block(1)
            }
            (Inside::Block(depth), '/', Some('*')) => {
                chars.next();
                Inside::Block(depth + 1)
            }
            (Inside::Block(depth), '*', Some('/')) => {
                chars.next();
                if depth == 1 {
                    Inside::Nothing
                } else {
                    Inside::Block(depth - 1)
                }
            }
            (Inside::Nothing, _, _) => {
                if c.is_alphanumeric() || c == '_' {
                    let mut word = String::from(c);
                    while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || "_$".contains(*c))
                    {
                        word.push(c);
                    }
                    tokens.push(if c.is_ascii_digit() {
                        Token::Value
                    } else {
                        Token::Word(word.to_ascii_lowercase())
                    });
                } else if !c.is_whitespace() {
                    tokens.push(Token::Sign(c));
                }
                Inside::Nothing
            }
            (same, _, _) => same,
        };
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut tokens = Vec::new();
        lex(text, Inside::Nothing, &mut tokens);
        let text = |token: &Token| match token {
            Token::Word(word) => word.clone(),
            Token::Sign(sign) => sign.to_string(),
            _ => "?".to_owned(),
        };
        tokens.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn quotes_and_comments_hold_no_words() {
        assert_eq!(
            words("SELECT 'it''s from', \"from\" -- from\n, /* a /* b */ c */ 1.5 From t"),
            "select ? ? , ? , ? . ? from t"
        );
    }
}
