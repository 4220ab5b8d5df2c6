//! The words, signs and placeholders of an object's text, one at a time and as far as anyone asks
//! ([Lexical Structure](https://www.postgresql.org/docs/current/sql-syntax-lexical.html)).

use crate::ast::ObjectPart;

/// Where in the text something stands: the part, and the byte within it.
pub(super) type At = (usize, usize);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A keyword or unquoted name, in lower case.
    Word(String),
    /// A quoted name.
    Quoted(String),
    /// A text in single quotes or between dollars; nobody asks which.
    Constant,
    /// A sign, or several that make an operator.
    Signs(String),
    /// A placeholder, by its part.
    Part(usize),
}

/// A place in the text that goes forward.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    parts: &'a [ObjectPart],
    at: At,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(parts: &'a [ObjectPart]) -> Self {
        Self { parts, at: (0, 0) }
    }

    /// Where the next token begins.
    pub(super) fn at(&mut self) -> At {
        self.skip_blank();
        self.at
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token> {
        self.skip_blank();
        let rest = match self.parts.get(self.at.0)? {
            ObjectPart::Text(text) => &text[self.at.1..],
            _ => {
                let part = self.at.0;
                self.at = (part + 1, 0);
                return Some(Token::Part(part));
            }
        };
        let first = rest.chars().next()?;
        let (token, length) = match first {
            '"' => quoted(rest),
            '\'' => (Token::Constant, constant(rest)),
            '$' => (Token::Constant, dollars(rest)),
            _ if first.is_alphanumeric() || first == '_' => word(rest),
            _ if OPERATOR.contains(first) => {
                let length = rest.find(|c| !OPERATOR.contains(c)).unwrap_or(rest.len());
                (Token::Signs(rest[..length].to_owned()), length)
            }
            _ => (Token::Signs(first.to_string()), first.len_utf8()),
        };
        self.at.1 += length;
        Some(token)
    }

    /// The next token, which is left.
    pub(super) fn peek(&self) -> Option<Token> {
        let mut ahead = *self;
        ahead.next()
    }

    /// Takes the next token if it is this word.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.take(|token| matches!(token, Token::Word(found) if found == word))
    }

    /// Takes the next token if it is this sign.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        self.take(|token| matches!(token, Token::Signs(found) if found == sign))
    }

    /// Takes all these words, or none.
    pub(super) fn words(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        let found = words.iter().all(|word| ahead.word(word));
        if found {
            *self = ahead;
        }
        found
    }

    fn take(&mut self, is: impl FnOnce(&Token) -> bool) -> bool {
        let mut ahead = *self;
        let found = ahead.next().is_some_and(|token| is(&token));
        if found {
            *self = ahead;
        }
        found
    }

    fn skip_blank(&mut self) {
        while let Some(ObjectPart::Text(text)) = self.parts.get(self.at.0) {
            let rest = &text[self.at.1..];
            let blank = rest.len() - rest.trim_start().len();
            let rest = &rest[blank..];
            let comment = if rest.starts_with("--") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                comment(rest)
            } else {
                0
            };
            self.at.1 += blank + comment;
            if self.at.1 == text.len() {
                self.at = (self.at.0 + 1, 0);
            } else if comment == 0 {
                return;
            }
        }
    }
}

const OPERATOR: &str = "+-*/<>=~!@#%^&|`?";

fn word(rest: &str) -> (Token, usize) {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
    let length = end.unwrap_or(rest.len());
    (Token::Word(rest[..length].to_ascii_lowercase()), length)
}

fn quoted(rest: &str) -> (Token, usize) {
    let mut name = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != '"' {
            name.push(c);
        } else if chars.next_if(|(_, next)| *next == '"').is_some() {
            name.push('"');
        } else {
            return (Token::Quoted(name), at + 1);
        }
    }
    (Token::Quoted(name), rest.len())
}

/// The length of a text in quotes. One doubled ends a text and begins another, which is as good here.
fn constant(rest: &str) -> usize {
    rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
}

/// The length of a text between dollars, or of a lone dollar.
fn dollars(rest: &str) -> usize {
    let Some(end) = rest[1..].find('$') else {
        return 1;
    };
    let tag = &rest[..end + 2];
    if !tag[1..=end]
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_')
    {
        return 1;
    }
    let body = &rest[tag.len()..];
    body.find(tag).map_or(rest.len(), |end| end + 2 * tag.len())
}

/// The length of a comment; they nest.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let tail = &rest[at..];
        if tail.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}
