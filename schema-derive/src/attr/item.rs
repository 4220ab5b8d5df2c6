//! Words with what follows them: unknown, duplicate and misplaced ones are refused here, for every place alike.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Meta, buffer::TokenBuffer};

use super::{sql, tokens::Tokens};
use crate::{
    case::plain,
    ctxt::{Ctxt, fault},
    suggest,
    symbol::{self, Form, Place, Word},
};

/// A known word in a place it may stand in.
pub(super) struct Item<'a> {
    pub(super) word: &'static Word,
    pub(super) span: Span,
    given: Given<'a>,
}

#[derive(Clone, Copy)]
enum Given<'a> {
    Nothing,
    Value(Tokens<'a>),
    List(Tokens<'a>),
}

impl<'a> Item<'a> {
    /// The value behind `=`, read to its end.
    pub(super) fn value<T>(
        &self,
        cx: &Ctxt,
        read: impl FnOnce(&mut Tokens<'a>) -> syn::Result<T>,
    ) -> Option<T> {
        let Given::Value(mut tokens) = self.given else {
            return None;
        };
        cx.ok(read(&mut tokens).and_then(|value| tokens.end().map(|()| value)))
    }

    /// What stands in the parentheses.
    pub(super) fn list(&self) -> Option<Tokens<'a>> {
        match self.given {
            Given::List(tokens) => Some(tokens),
            _ => None,
        }
    }

    /// Whether a value follows.
    pub(super) fn has_value(&self) -> bool {
        matches!(self.given, Given::Value(_))
    }
}

/// The tokens of an item's attributes, which outlive the reading.
pub(super) struct Buffers(Vec<(TokenBuffer, Span)>);

impl Buffers {
    /// The tokens of all attributes by this name.
    pub(super) fn of(cx: &Ctxt, attributes: &[Attribute], name: &str) -> Self {
        let ours = attributes.iter().filter(|a| a.path().is_ident(name));
        Self(ours.filter_map(|a| Self::attribute(cx, a, name)).collect())
    }

    /// The words of all of them.
    pub(super) fn items(&self, cx: &Ctxt, place: &'static Place) -> Vec<Item<'_>> {
        let all = self.0.iter();
        let all = all.flat_map(|(buffer, span)| Tokens::new(buffer.begin(), *span).entries());
        read_all(cx, all, place)
    }

    fn attribute(cx: &Ctxt, attribute: &Attribute, name: &str) -> Option<(TokenBuffer, Span)> {
        let span = attribute.path().segments.first()?.ident.span();
        match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                Some((TokenBuffer::new2(list.tokens.clone()), span))
            }
            Meta::List(_) | Meta::Path(_) => {
                cx.error(
                    span,
                    format_args!("`#[{name}]` says nothing"),
                    format_args!("name words in parentheses, `#[{name}(…)]`, or remove it"),
                );
                None
            }
            Meta::NameValue(_) => {
                cx.error(
                    span,
                    format_args!("`#[{name} = …]` is not how words are given"),
                    format_args!("write them in parentheses: `#[{name}(…)]`"),
                );
                None
            }
        }
    }
}

/// The words in a list without keys.
pub(super) fn items<'a>(cx: &Ctxt, tokens: Tokens<'a>, place: &'static Place) -> Vec<Item<'a>> {
    read_all(cx, tokens.entries(), place)
}

/// The parentheses behind a word: keys, and options behind them.
#[derive(Default)]
pub(super) struct List<'a> {
    pub(super) keys: Vec<Tokens<'a>>,
    pub(super) options: Vec<Item<'a>>,
}

impl<'a> List<'a> {
    /// Tells keys and options apart. A word alone is a flag unless `is_column` knows it as a column.
    pub(super) fn read(
        cx: &Ctxt,
        tokens: Tokens<'a>,
        place: &'static Place,
        is_column: impl Fn(&str) -> bool,
    ) -> Self {
        let mut list = Self::default();
        for entry in tokens.entries().filter_map(|entry| cx.ok(entry)) {
            if !is_option(entry, place, &is_column) {
                if let Some(option) = list.options.first() {
                    cx.error(
                        entry.span(),
                        format_args!("a key stands behind `{}`", option.word.name),
                        "name the keys first, the options behind them",
                    );
                }
                list.keys.push(entry);
            } else {
                list.options.extend(cx.ok(item(entry, place)));
            }
        }
        list.options = once_each(cx, list.options, place);
        list
    }
}

fn read_all<'a>(
    cx: &Ctxt,
    entries: impl Iterator<Item = syn::Result<Tokens<'a>>>,
    place: &'static Place,
) -> Vec<Item<'a>> {
    let read = entries.filter_map(|entry| cx.ok(entry.and_then(|entry| item(entry, place))));
    once_each(cx, read.collect(), place)
}

/// Reads a word and splits off what follows it.
fn item<'a>(mut tokens: Tokens<'a>, place: &'static Place) -> syn::Result<Item<'a>> {
    let example = place.words.first().map_or("", |word| word.example);
    let Some(ident) = tokens.ident() else {
        return Err(tokens.expected("a word", example));
    };
    let name = plain(&ident);
    let Some(word) = place.word(&name) else {
        return Err(unknown(&ident, &name, place));
    };
    let given = if tokens.is_empty() {
        Given::Nothing
    } else if tokens.sign('=') {
        Given::Value(tokens)
    } else if let Some(inside) = tokens.parentheses() {
        tokens.end()?;
        Given::List(inside)
    } else {
        tokens.end()?;
        Given::Nothing
    };
    check_form(word, ident.span(), given)?;
    Ok(Item {
        word,
        span: ident.span(),
        given,
    })
}

fn check_form(word: &Word, span: Span, given: Given<'_>) -> syn::Result<()> {
    let fits = match given {
        Given::Nothing => matches!(word.form, Form::Flag | Form::FlagOrList | Form::FlagOrValue),
        Given::Value(tokens) => {
            !tokens.is_empty()
                && matches!(
                    word.form,
                    Form::Value | Form::FlagOrValue | Form::ValueOrList
                )
        }
        Given::List(_) => matches!(word.form, Form::List | Form::FlagOrList | Form::ValueOrList),
    };
    if fits {
        return Ok(());
    }
    let wrong = match word.form {
        Form::Flag => "stands alone",
        Form::Value => "needs a value behind `=`",
        Form::List => "needs a list in parentheses",
        Form::FlagOrList => "takes its options in parentheses",
        Form::FlagOrValue => "stands alone or takes a value behind `=`",
        Form::ValueOrList => "needs a value behind `=`, or a list in parentheses",
    };
    let (name, example) = (word.name, word.example);
    Err(fault(
        span,
        format_args!("`{name}` {wrong}"),
        format_args!("write `{example}`"),
    ))
}

/// Keeps the first of each word that may stand once.
fn once_each<'a>(cx: &Ctxt, items: Vec<Item<'a>>, place: &Place) -> Vec<Item<'a>> {
    let mut kept: Vec<Item<'a>> = Vec::with_capacity(items.len());
    for item in items {
        let name = item.word.name;
        if !item.word.repeats && kept.iter().any(|other| other.word.name == name) {
            cx.error(
                item.span,
                format_args!("`{name}` stands twice in `{}`", place.what),
                duplicate_help(name),
            );
        } else {
            kept.push(item);
        }
    }
    kept
}

fn duplicate_help(name: &str) -> &'static str {
    match name {
        symbol::REFERENCES => {
            "keep one, and write the other as `foreign_key(columns(…), references = …)` on the struct"
        }
        symbol::PRIMARY_KEY => "a table has one primary key: keep one of them",
        _ => "keep one of them",
    }
}

/// A word this place does not know: one of another place, one of SQL's or another library's, or a misspelled one.
fn unknown(ident: &Ident, name: &str, place: &'static Place) -> syn::Error {
    let span = ident.span();
    if let Some(error) = misplaced(span, name, place) {
        return error;
    }
    let elsewhere = symbol::ELSEWHERE.iter().find(|(word, _)| *word == name);
    let help = match (suggest::nearest(name, place.names()), elsewhere) {
        (_, Some((_, help))) => (*help).to_owned(),
        (Some(word), None) => format!("did you mean `{word}`?"),
        (None, None) => format!("it takes {}", suggest::list(place.names())),
    };
    let wrong = format!("unknown word `{name}` in `{}`", place.what);
    fault(span, wrong, help)
}

/// A word of the struct on a field, or the other way around.
fn misplaced(span: Span, name: &str, place: &'static Place) -> Option<syn::Error> {
    if std::ptr::eq(place, &raw const symbol::TABLE_PLACE) {
        let word = symbol::COLUMN_PLACE.word(name)?;
        return Some(fault(
            span,
            format_args!("`{name}` belongs on a field, not on the struct"),
            format_args!("move it to the field: `#[column({})]`", word.example),
        ));
    }
    if std::ptr::eq(place, &raw const symbol::COLUMN_PLACE) {
        let word = symbol::TABLE_PLACE.word(name)?;
        let help = match name {
            symbol::FOREIGN_KEY => {
                "write `references = …` here, or move it to the struct".to_owned()
            }
            _ => format!("move it to the struct: `#[table({})]`", word.example),
        };
        let wrong = format!("`{name}` belongs on the struct, not on a field");
        return Some(fault(span, wrong, help));
    }
    None
}

/// Whether an entry of a list with keys is an option: `word = …`, `word(…)`, or a flag that is no column's name.
fn is_option(tokens: Tokens<'_>, place: &Place, is_column: impl Fn(&str) -> bool) -> bool {
    let mut ahead = tokens;
    let Some(ident) = ahead.ident() else {
        return false;
    };
    if ahead.sign('=') {
        return true;
    }
    let name = plain(&ident);
    if ahead.parentheses().is_some() {
        return !sql::starts(tokens);
    }
    ahead.is_empty() && place.word(&name).is_some() && !is_column(&name)
}
