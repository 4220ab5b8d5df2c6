//! A cursor over one comma-separated entry of an attribute, with errors in our own words.

use proc_macro2::{Delimiter, Ident, Span};
use syn::{
    Lit, LitStr, Path, PathSegment, Token, buffer::Cursor, ext::IdentExt, punctuated::Punctuated,
};

use crate::{code, ctxt::fault};

/// The rest of an entry.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    cursor: Cursor<'a>,
    /// The comma behind the entry; without one the entry goes to the end of its group.
    end: Option<Cursor<'a>>,
    /// The token before, where an error about a missing one points.
    before: Span,
}

impl<'a> Tokens<'a> {
    /// All tokens of a group; an error about its being empty points to `around`.
    pub(super) fn new(cursor: Cursor<'a>, around: Span) -> Self {
        Self {
            cursor,
            end: None,
            before: around,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cursor.eof() || Some(self.cursor) == self.end
    }

    /// Where the next token stands, or the one before the missing one.
    pub(super) fn span(&self) -> Span {
        if self.is_empty() {
            self.before
        } else {
            self.cursor.span()
        }
    }

    /// The next identifier or keyword.
    pub(super) fn ident(&mut self) -> Option<Ident> {
        self.take(Cursor::ident)
            .inspect(|ident| self.before = ident.span())
    }

    /// The next identifier or keyword, left where it is.
    pub(super) fn peek_ident(&self) -> Option<Ident> {
        let mut ahead = *self;
        ahead.ident()
    }

    /// The next literal.
    pub(super) fn literal(&mut self) -> Option<Lit> {
        let literal = self.take(Cursor::literal)?;
        self.before = literal.span();
        Some(Lit::new(literal))
    }

    /// The next token, if it is this sign.
    pub(super) fn sign(&mut self, sign: char) -> bool {
        let mut ahead = *self;
        let Some(punct) = ahead.take(Cursor::punct).filter(|p| p.as_char() == sign) else {
            return false;
        };
        ahead.before = punct.span();
        *self = ahead;
        true
    }

    /// What stands in the next parentheses.
    pub(super) fn parentheses(&mut self) -> Option<Tokens<'a>> {
        self.group(Delimiter::Parenthesis)
    }

    /// What stands in the next brackets.
    pub(super) fn brackets(&mut self) -> Option<Tokens<'a>> {
        self.group(Delimiter::Bracket)
    }

    /// The next string literal; `example` shows the right form.
    pub(super) fn string(&mut self, what: &str, example: &str) -> syn::Result<LitStr> {
        let mut ahead = *self;
        match ahead.literal() {
            Some(Lit::Str(string)) => {
                *self = ahead;
                Ok(string)
            }
            _ => Err(self.expected(what, example)),
        }
    }

    /// A path such as `crate::people::User`.
    pub(super) fn path(&mut self, what: &str, example: &str) -> syn::Result<Path> {
        let leading_colon = self.colons();
        let mut segments = Punctuated::new();
        loop {
            match self.ident() {
                Some(ident) => segments.push_value(PathSegment::from(ident)),
                None => return Err(self.expected(what, example)),
            }
            match self.colons() {
                Some(colons) => segments.push_punct(colons),
                None => break,
            }
        }
        Ok(Path {
            leading_colon,
            segments,
        })
    }

    /// Refuses what is left behind a complete entry: nearly always a forgotten comma.
    pub(super) fn end(&self) -> syn::Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        Err(fault(
            code::MISSING_COMMA,
            self.span(),
            format_args!("unexpected {}", self.describe()),
            "separate the words with commas",
        ))
    }

    /// The error that something else should stand here.
    pub(super) fn unexpected(&self, what: &str, help: &str) -> syn::Error {
        let found = self.describe();
        let wrong = format_args!("expected {what}, found {found}");
        fault(code::UNEXPECTED, self.span(), wrong, help)
    }

    /// The error that something else should stand here, as the example shows.
    pub(super) fn expected(&self, what: &str, example: &str) -> syn::Error {
        self.unexpected(what, &format!("write `{example}`"))
    }

    /// What stands before the next of this sign, and behind it where there is one.
    pub(super) fn split_at(self, sign: char) -> (Tokens<'a>, Option<Tokens<'a>>) {
        let mut ahead = self;
        while !ahead.is_empty() {
            let here = ahead.cursor;
            if ahead.sign(sign) {
                let before = Tokens {
                    end: Some(here),
                    ..self
                };
                return (before, Some(ahead));
            }
            ahead.skip();
        }
        (self, None)
    }

    /// The place behind the last token.
    pub(super) fn last(mut self) -> Tokens<'a> {
        while !self.is_empty() {
            self.skip();
        }
        self
    }

    /// The entries between the commas; an empty one in the middle is an error, a comma at the end is not.
    pub(super) fn entries(self) -> Entries<'a> {
        Entries { rest: self }
    }

    fn describe(&self) -> String {
        if self.is_empty() {
            return "nothing".to_owned();
        }
        match self.cursor.any_group() {
            Some((_, Delimiter::Parenthesis, ..)) => "`(`".to_owned(),
            Some((_, Delimiter::Bracket, ..)) => "`[`".to_owned(),
            Some((_, Delimiter::Brace, ..)) => "`{`".to_owned(),
            _ => match self.cursor.token_tree() {
                Some((token, _)) => format!("`{token}`"),
                None => "nothing".to_owned(),
            },
        }
    }

    fn colons(&mut self) -> Option<Token![::]> {
        let span = self.span();
        let mut ahead = *self;
        if !(ahead.sign(':') && ahead.sign(':')) {
            return None;
        }
        *self = ahead;
        Some(Token![::](span))
    }

    fn skip(&mut self) {
        if let Some((token, after)) = self.cursor.token_tree() {
            self.before = token.span();
            self.cursor = after;
        }
    }

    fn group(&mut self, delimiter: Delimiter) -> Option<Tokens<'a>> {
        if self.is_empty() {
            return None;
        }
        let (inside, span, after) = self.cursor.group(delimiter)?;
        self.cursor = after;
        self.before = span.close();
        Some(Tokens::new(inside, span.join()))
    }

    fn take<T>(&mut self, read: fn(Cursor<'a>) -> Option<(T, Cursor<'a>)>) -> Option<T> {
        if self.is_empty() {
            return None;
        }
        let (token, after) = read(self.cursor)?;
        self.cursor = after;
        Some(token)
    }
}

/// The entries of a list.
pub(super) struct Entries<'a> {
    rest: Tokens<'a>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = syn::Result<Tokens<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (entry, behind) = self.rest.split_at(',');
        self.rest = behind.unwrap_or_else(|| entry.last());
        if entry.is_empty() {
            return Some(Err(fault(
                code::STRAY_COMMA,
                entry.cursor.span(),
                "nothing stands before this comma",
                "remove it",
            )));
        }
        Some(Ok(entry))
    }
}

/// Whether a name is that of an identifier, raw or not.
pub(super) fn is(ident: &Ident, name: &str) -> bool {
    ident == name || ident.unraw() == name
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Group, TokenStream, TokenTree};
    use syn::buffer::TokenBuffer;

    use super::{Delimiter, Span, Tokens};

    #[test]
    fn a_value_handed_over_by_a_macro_reads_as_if_written_in_place() {
        let handed = Group::new(Delimiter::None, "\"users\"".parse().expect("tokens"));
        let mut stream: TokenStream = "name =".parse().expect("tokens");
        stream.extend([TokenTree::Group(handed)]);
        stream.extend(", unique".parse::<TokenStream>());
        let buffer = TokenBuffer::new2(stream);
        let entries = Tokens::new(buffer.begin(), Span::call_site()).entries();
        let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry")).collect();
        assert_eq!(entries.len(), 2);
        let entry = &mut entries[0];
        assert!(entry.ident().is_some_and(|ident| ident == "name") && entry.sign('='));
        let string = entry.string("a string", "").map(|string| string.value());
        assert_eq!(string.ok().as_deref(), Some("users"));
        assert!(entry.is_empty());
    }
}
