//! Where one SQL statement ends and the next begins.
//!
//! The rules are those of `psql`, from the manual's [lexical structure](https://www.postgresql.org/docs/current/sql-syntax-lexical.html):
//! quoted strings and identifiers, `E''` escapes, strings continued on the next line, dollar quotes, nested comments,
//! parentheses (`CREATE RULE … DO (a; b)`) and the bodies of `BEGIN ATOMIC … END` functions. A command of psql where a
//! statement could begin (`\connect chat`) is a statement of its own up to the end of its line, and the rows behind a
//! `COPY … FROM STDIN` belong to it. The server runs with `standard_conforming_strings` on.

use std::ops::Range;

/// How many words of a statement are kept to tell its kind.
const KEPT_WORDS: usize = 24;

/// One statement of a script, without its semicolon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement<'a> {
    /// The text from its first word on.
    pub(crate) text: &'a str,
    /// Where in the script it starts, in bytes.
    pub(crate) start: usize,
    /// The line it starts on, counted from 1.
    pub(crate) line: usize,
    /// Its first words in lower case: those outside of parentheses, and those of an option list after the first.
    pub(crate) words: Vec<String>,
}

impl Statement<'_> {
    /// Whether rows follow it in the script, which are no SQL.
    pub(crate) fn copies_from_stdin(&self) -> bool {
        let is_source = |pair: &[String]| pair[0] == "from" && pair[1] == "stdin";
        self.words.first().is_some_and(|word| word == "copy")
            && self.words.windows(2).any(is_source)
    }

    /// Whether it is a command of psql.
    pub(crate) fn is_command(&self) -> bool {
        self.text.starts_with('\\')
    }
}

/// A quote, comment or parenthesis that is opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unclosed {
    /// What was opened.
    pub(crate) what: &'static str,
    /// The line it was opened on, counted from 1.
    pub(crate) line: usize,
}

/// Splits a script into its statements; empty ones are left out.
pub(crate) fn split(sql: &str) -> Result<Vec<Statement<'_>>, Unclosed> {
    let mut lexer = Lexer { text: sql, at: 0 };
    let mut splitter = Splitter::default();
    let mut statements = Vec::new();
    let line_of = LineCounter::new(sql);
    let unclosed = |(what, at): (&'static str, usize)| Unclosed {
        what,
        line: line_of.line(at),
    };
    while let Some((token, range)) = lexer.next_token().map_err(unclosed)? {
        if token == Token::Space {
            continue;
        }
        if token == Token::Semicolon && splitter.is_outside() {
            let statement = splitter.finish(sql, &line_of);
            if statement.as_ref().is_some_and(Statement::copies_from_stdin) {
                lexer.skip_rows();
            }
            statements.extend(statement);
        } else if token == Token::Command && splitter.span.is_none() {
            let end = lexer.skip_line();
            statements.push(Statement {
                text: sql[range.start..end].trim_end(),
                start: range.start,
                line: line_of.line(range.start),
                words: Vec::new(),
            });
        } else {
            splitter.push(token, range, sql);
        }
    }
    if let Some(at) = splitter.opened.first() {
        return Err(unclosed(("parenthesis", *at)));
    }
    statements.extend(splitter.finish(sql, &line_of));
    Ok(statements)
}

/// The pieces of one statement without white space and comments: words, quoted names, strings, single characters.
pub(crate) fn pieces(statement: &str) -> Vec<&str> {
    let mut lexer = Lexer {
        text: statement,
        at: 0,
    };
    let mut pieces = Vec::new();
    // The statement was split from a script, so all its quotes are closed.
    while let Ok(Some((token, range))) = lexer.next_token() {
        if token != Token::Space {
            pieces.push(&statement[range]);
        }
    }
    pieces
}

/// Finds lines by offset.
struct LineCounter {
    starts: Vec<usize>,
}

impl LineCounter {
    fn new(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            starts: starts.map(|(at, _)| at).collect(),
        }
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start < at) + 1
    }
}

/// Collects the tokens of one statement.
#[derive(Default)]
struct Splitter {
    span: Option<Range<usize>>,
    words: Vec<String>,
    /// Where each parenthesis that is open was opened.
    opened: Vec<usize>,
    /// How many of `BEGIN ATOMIC` and `CASE` are open in a function's body.
    body_depth: usize,
}

impl Splitter {
    fn is_outside(&self) -> bool {
        self.opened.is_empty() && self.body_depth == 0
    }

    fn push(&mut self, token: Token, range: Range<usize>, sql: &str) {
        let start = self.span.as_ref().map_or(range.start, |span| span.start);
        match token {
            Token::Open => self.opened.push(range.start),
            Token::Close => {
                self.opened.pop();
            }
            Token::Word => self.push_word(sql[range.clone()].to_ascii_lowercase()),
            Token::Space | Token::Semicolon | Token::Command | Token::Other => {}
        }
        self.span = Some(start..range.end);
    }

    fn push_word(&mut self, word: String) {
        if self.opened.is_empty() && self.creates_routine() {
            match word.as_str() {
                "begin" => self.body_depth += 1,
                "case" if self.body_depth > 0 => self.body_depth += 1,
                "end" => self.body_depth = self.body_depth.saturating_sub(1),
                _ => {}
            }
        }
        let counts = self.opened.is_empty() || self.words.len() == 1;
        if counts && self.words.len() < KEPT_WORDS {
            self.words.push(word);
        }
    }

    fn creates_routine(&self) -> bool {
        let mut words = self.words.iter().map(String::as_str).peekable();
        if words.next() != Some("create") {
            return false;
        }
        if words.peek() == Some(&"or") {
            words.nth(1);
        }
        matches!(words.next(), Some("function" | "procedure"))
    }

    fn finish<'a>(&mut self, sql: &'a str, line_of: &LineCounter) -> Option<Statement<'a>> {
        let done = std::mem::take(self);
        let span = done.span?;
        let line = line_of.line(span.start);
        Some(Statement {
            start: span.start,
            text: &sql[span],
            line,
            words: done.words,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Space,
    Word,
    Open,
    Close,
    Semicolon,
    /// A backslash, which begins a command of psql where a statement could begin.
    Command,
    Other,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// What was opened and not closed, and where.
type Opened = (&'static str, usize);

impl Lexer<'_> {
    fn next_token(&mut self) -> Result<Option<(Token, Range<usize>)>, Opened> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let Some(first) = rest.first() else {
            return Ok(None);
        };
        let token = match first {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.skip(1, Token::Space),
            b'-' if rest.starts_with(b"--") => {
                self.at += rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .unwrap_or(rest.len());
                Token::Space
            }
            b'/' if rest.starts_with(b"/*") => {
                self.skip_comment()?;
                Token::Space
            }
            b'\'' => self.skip_string(Escapes::No)?,
            b'"' => self.skip_identifier()?,
            b'$' => self.skip_dollar()?,
            b'e' | b'E' if rest.get(1) == Some(&b'\'') => {
                self.at += 1;
                self.skip_string(Escapes::Backslash)?
            }
            byte if is_word_start(*byte) => {
                let end = rest
                    .iter()
                    .position(|byte| !is_word(*byte) && *byte != b'$');
                self.skip(end.unwrap_or(rest.len()), Token::Word)
            }
            byte if byte.is_ascii_digit() => self.skip_number(),
            b'(' => self.skip(1, Token::Open),
            b')' => self.skip(1, Token::Close),
            b';' => self.skip(1, Token::Semicolon),
            b'\\' => self.skip(1, Token::Command),
            _ => self.skip(1, Token::Other),
        };
        Ok(Some((token, start..self.at)))
    }

    fn skip(&mut self, length: usize, token: Token) -> Token {
        self.at += length;
        token
    }

    /// Skips the rest of the line; returns where it ends.
    fn skip_line(&mut self) -> usize {
        let rest = &self.text[self.at..];
        self.at += rest.find('\n').unwrap_or(rest.len());
        self.at
    }

    /// Skips the rows behind a `COPY … FROM STDIN`, up to the line `\.` that ends them.
    fn skip_rows(&mut self) {
        self.skip_line();
        while self.at < self.text.len() {
            let start = self.at + 1;
            self.at = start;
            let end = self.skip_line();
            if self.text[start..end].trim_end_matches('\r') == "\\." {
                return;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_comment(&mut self) -> Result<(), Opened> {
        let opened = ("comment", self.at);
        let mut depth = 0_usize;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            match rest {
                [b'/', b'*', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b'*', b'/', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                [_, ..] => self.at += 1,
                [] => return Err(opened),
            }
        }
    }

    /// Skips a string from its opening quote on, with all its continuations.
    fn skip_string(&mut self, escapes: Escapes) -> Result<Token, Opened> {
        let opened = ("quote", self.at);
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'\\') if escapes == Escapes::Backslash => {
                    self.at += 1 + usize::from(self.at + 1 < self.text.len());
                }
                Some(b'\'') => {
                    self.at += 1;
                    if self.peek() == Some(b'\'') {
                        self.at += 1;
                    } else if let Some(next) = self.continuation() {
                        self.at = next + 1;
                    } else {
                        return Ok(Token::Other);
                    }
                }
                Some(_) => self.at += 1,
                None => return Err(opened),
            }
        }
    }

    /// The quote that continues a string: one after white space with a line break in it, comments included.
    fn continuation(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let mut offset = 0;
        let mut has_break = false;
        while let Some(character) = rest[offset..].chars().next() {
            match character {
                '\'' if has_break => return Some(self.at + offset),
                '\n' | '\r' => has_break = true,
                '-' if rest[offset..].starts_with("--") => {
                    offset += rest[offset..].find('\n')?;
                    continue;
                }
                ' ' | '\t' | '\x0b' | '\x0c' => {}
                _ => return None,
            }
            offset += character.len_utf8();
        }
        None
    }

    fn skip_identifier(&mut self) -> Result<Token, Opened> {
        let opened = ("double quote", self.at);
        loop {
            match self.text[self.at + 1..].find('"') {
                Some(length) => self.at += length + 2,
                None => return Err(opened),
            }
            // A doubled quote stands for one within the name.
            if self.peek() != Some(b'"') {
                return Ok(Token::Other);
            }
        }
    }

    fn skip_dollar(&mut self) -> Result<Token, Opened> {
        let opened = ("dollar quote", self.at);
        let rest = &self.text[self.at..];
        let tag = rest.as_bytes()[1..]
            .iter()
            .position(|byte| !is_word(*byte))
            .map_or("", |end| &rest[..=end + 1]);
        let is_quote = tag.ends_with('$') && !tag.as_bytes()[1].is_ascii_digit();
        if !is_quote {
            return Ok(self.skip(1, Token::Other));
        }
        match rest[tag.len()..].find(tag) {
            Some(length) => Ok(self.skip(length + 2 * tag.len(), Token::Other)),
            None => Err(opened),
        }
    }

    /// Skips digits, so that an `e` after them is no escape string's.
    fn skip_number(&mut self) -> Token {
        let rest = &self.text.as_bytes()[self.at..];
        let end = rest
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(rest.len());
        self.skip(end, Token::Other)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escapes {
    No,
    Backslash,
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests;
