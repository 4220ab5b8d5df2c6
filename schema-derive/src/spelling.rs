//! How the user wrote a field's type: what messages say, what they underline, and what may be taken from it.

use proc_macro2::{Span, TokenTree};
use quote::ToTokens;

/// Rust's own types that are columns.
const OWN: [&str; 7] = ["bool", "i16", "i32", "i64", "f32", "f64", "String"];

/// Types of other crates that are columns, by their whole paths.
const FOREIGN: [&str; 6] = [
    "jiff::Timestamp",
    "jiff::civil::Date",
    "jiff::civil::DateTime",
    "jiff::civil::Time",
    "rust_decimal::Decimal",
    "uuid::Uuid",
];

/// A type as written.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    /// Spaced as rustfmt does.
    pub(crate) text: String,
    /// The place of its first token.
    pub(crate) first: Span,
    /// The place of its last token.
    pub(crate) last: Span,
}

impl Spelling {
    pub(crate) fn of(ty: &impl ToTokens) -> Self {
        let tokens = ty.to_token_stream();
        let text = spaced(&tokens.to_string());
        let (first, last) = ends_of(tokens);
        Self { text, first, last }
    }

    pub(crate) fn ends(&self) -> (Span, Span) {
        (self.first, self.last)
    }

    /// Which of Rust's own types it is, or is an `Option` of: where a name says `String`, it is taken for the one of the
    /// standard library, and what follows from that needs no check by the compiler.
    pub(crate) fn own(&self) -> Option<&'static str> {
        let text = self.text.strip_prefix("Option<");
        let text = text.and_then(|text| text.strip_suffix('>'));
        let text = text.unwrap_or(&self.text);
        OWN.into_iter().find(|own| *own == text)
    }

    /// Whether it says that it is one value, never NULL, of a type that can be compared.
    pub(crate) fn is_plain(&self) -> bool {
        is_plain(&self.text)
    }

    /// Whether it says so of itself, or of what is in its `Option`.
    pub(crate) fn is_plain_or_option(&self) -> bool {
        let inner = self.text.strip_prefix("Option<");
        is_plain(
            inner
                .and_then(|text| text.strip_suffix('>'))
                .unwrap_or(&self.text),
        )
    }
}

fn is_plain(text: &str) -> bool {
    let is_id = || text.starts_with("Id<") && text.matches('<').count() == 1;
    OWN.contains(&text) || FOREIGN.contains(&text) || text == "Snowflake" || is_id()
}

/// The spans of the first and the last token of a node.
pub(crate) fn ends(node: &impl ToTokens) -> (Span, Span) {
    ends_of(node.to_token_stream())
}

fn ends_of(tokens: proc_macro2::TokenStream) -> (Span, Span) {
    let mut tokens = tokens.into_iter();
    let first = tokens.next();
    let span = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    };
    let start = first.as_ref().map_or_else(Span::call_site, TokenTree::span);
    let end = tokens.last().or(first).as_ref().map_or(start, span);
    (start, end)
}

/// The text of tokens as rustfmt spaces it.
fn spaced(tokens: &str) -> String {
    let mut text = String::new();
    for part in tokens.split(' ') {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
        let apart = text.ends_with([',', ';'])
            || (text.ends_with(is_word) && part.starts_with(is_word))
            || text.ends_with(['+', '='])
            || part.starts_with(['+', '=']);
        if apart && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelling(text: &str) -> Spelling {
        Spelling::of(&syn::parse_str::<syn::Type>(text).unwrap())
    }

    #[test]
    fn types_are_spelled_without_the_tokens_spaces() {
        for text in [
            "Option<Vec<crate::people::Id<User>>>",
            "(i32, String)",
            "&'a str",
            "[u8; 4]",
            "Box<dyn Send + Sync>",
        ] {
            assert_eq!(spelling(text).text, text);
        }
    }

    #[test]
    fn one_of_rusts_own_types_is_known_in_one_option_too() {
        assert_eq!(spelling("Option<String>").own(), Some("String"));
        assert_eq!(spelling("bool").own(), Some("bool"));
        for text in [
            "Option<Option<i64>>",
            "Vec<i64>",
            "std::string::String",
            "Text",
        ] {
            assert_eq!(spelling(text).own(), None, "{text}");
        }
    }

    #[test]
    fn an_id_is_plain_and_an_option_or_array_of_it_is_not() {
        assert!(spelling("Id<User>").is_plain());
        assert!(spelling("Option<Id<User>>").is_plain_or_option());
        for text in ["Option<Id<User>>", "Vec<i64>", "Id<Vec<User>>", "Name"] {
            assert!(!spelling(text).is_plain(), "{text}");
        }
    }
}
