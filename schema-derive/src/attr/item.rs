//! Words with what follows them: unknown, duplicate and misplaced ones are refused here, for every place alike.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Meta, buffer::TokenBuffer};

use super::{sql, tokens::Tokens, value, view};
use crate::{
    case::plain,
    code::{self, Code},
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
    /// Something wrong, which is reported: the word counts as given, and nothing is known of its value.
    Wrong,
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

    /// Whether what follows could not be read, which is reported.
    pub(super) fn is_wrong(&self) -> bool {
        matches!(self.given, Given::Wrong)
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
                    code::EMPTY_ATTRIBUTE,
                    span,
                    format_args!("`#[{name}]` says nothing"),
                    format_args!("name words in parentheses, `#[{name}(…)]`, or remove it"),
                );
                None
            }
            Meta::NameValue(_) => {
                cx.error(
                    code::ATTRIBUTE_WITH_VALUE,
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

/// One word and what follows it.
pub(super) fn entry<'a>(cx: &Ctxt, tokens: Tokens<'a>, place: &'static Place) -> Option<Item<'a>> {
    item(cx, tokens, place)
}

/// The parentheses behind a word: keys, and options behind them.
#[derive(Default)]
pub(super) struct List<'a> {
    pub(super) keys: Vec<Tokens<'a>>,
    /// Whether no entry was even meant as a key.
    pub(super) bare: bool,
    /// The first key behind a flag, and the flag.
    late_key: Option<(Span, &'static str)>,
    /// Whether an entry is no word at all, as far as anybody can tell: it may have been any.
    pub(super) has_lost: bool,
    pub(super) options: Vec<Item<'a>>,
}

impl<'a> List<'a> {
    /// Tells keys and options apart, and refuses a key behind a flag. A word alone is a flag unless `is_column` knows it
    /// as a column; behind an option it is one all the same, since keys stand in front.
    pub(super) fn read(
        cx: &Ctxt,
        tokens: Tokens<'a>,
        place: &'static Place,
        is_column: &dyn Fn(&str) -> bool,
    ) -> Self {
        let list = Self::split(cx, tokens, place, is_column);
        if let Some((key, flag)) = list.late_key {
            cx.error(
                code::KEY_BEHIND_FLAG,
                key,
                format_args!("a key stands behind the flag `{flag}`"),
                "name the keys first, the flags behind them",
            );
        }
        list
    }

    /// The options of a list that takes no keys. What is none is refused as `wrong`, with the item's example.
    pub(super) fn options(
        cx: &Ctxt,
        item: &Item<'a>,
        place: &'static Place,
        code: Code,
        wrong: &str,
    ) -> Option<Self> {
        let list = Self::split(cx, item.list()?, place, &|_| false);
        for key in &list.keys {
            let help = format_args!("write `{}`", item.word.example);
            cx.error(code, key.span(), wrong, help);
        }
        Some(list)
    }

    /// Tells keys and options apart, and leaves it to the caller to say what is wrong with a key.
    pub(super) fn split(
        cx: &Ctxt,
        tokens: Tokens<'a>,
        place: &'static Place,
        is_column: &dyn Fn(&str) -> bool,
    ) -> Self {
        let errors = cx.count();
        let mut list = Self::default();
        for entry in tokens.entries() {
            let Some(entry) = read_entry(cx, entry) else {
                list.has_lost = true;
                continue;
            };
            let behind_option = !list.options.is_empty();
            let is_key_name =
                |name: &str| is_column(name) && !(behind_option && is_flag(name, place));
            if !is_option(entry, place, &is_key_name) {
                let mut options = list.options.iter();
                if let Some(flag) = options.find(|option| matches!(option.given, Given::Nothing)) {
                    let late = (entry.span(), flag.word.name);
                    list.late_key.get_or_insert(late);
                }
                list.keys.push(entry);
            } else {
                let option = item(cx, entry, place);
                list.has_lost |= option.is_none();
                list.options.extend(option);
            }
        }
        list.bare = list.keys.is_empty() && cx.count() == errors;
        list.options = once_each(cx, list.options, place);
        list
    }

    /// Refuses a list without `name = …`; what could not be read may have been it.
    pub(super) fn need_name(&self, cx: &Ctxt, item: &Item<'_>, what: &str) {
        let mut options = self.options.iter();
        let is_whole = !self.has_lost && self.keys.is_empty();
        if is_whole && !options.any(|option| option.word.name == symbol::NAME) {
            cx.error(
                code::OBJECT_WITHOUT_NAME,
                item.span,
                format_args!("this {what} has no name"),
                format_args!("write `{}`", item.word.example),
            );
        }
    }

    /// Refuses a list without keys.
    pub(super) fn need_keys(&self, cx: &Ctxt, item: &Item<'_>) {
        if self.bare {
            cx.push(value::no_columns(
                item.span,
                item.word.name,
                item.word.example,
            ));
        }
    }
}

fn read_all<'a>(
    cx: &Ctxt,
    entries: impl Iterator<Item = syn::Result<Tokens<'a>>>,
    place: &'static Place,
) -> Vec<Item<'a>> {
    let read = entries.filter_map(|entry| item(cx, read_entry(cx, entry)?, place));
    once_each(cx, read.collect(), place)
}

/// An entry, unless there is nothing where one should be.
fn read_entry<'a>(cx: &Ctxt, entry: syn::Result<Tokens<'a>>) -> Option<Tokens<'a>> {
    let entry = cx.ok(entry);
    if entry.is_none() {
        cx.lose_word();
    }
    entry
}

/// Reads a word and splits off what follows it. A misspelled word counts as the one that was meant, so that nothing
/// misses it a second time.
fn item<'a>(cx: &Ctxt, mut tokens: Tokens<'a>, place: &'static Place) -> Option<Item<'a>> {
    let Some(ident) = tokens.ident() else {
        cx.push(tokens.unexpected("a word", &takes(place)));
        cx.lose_word();
        return None;
    };
    let (name, span) = (plain(&ident), ident.span());
    let Some(word) = place.word(&name) else {
        let called = tokens.parentheses().is_some();
        let (error, meant) = unknown(cx, &ident, &name, place, called);
        cx.push(error);
        return meant.map(|word| Item {
            word,
            span,
            given: Given::Wrong,
        });
    };
    let given = given(tokens).and_then(|given| {
        let fits = check_form(word, span, given);
        if fits.is_err() && matches!(given, Given::Nothing) {
            // With nothing behind it, it may stand where another word was meant.
            cx.lose_word();
        }
        fits.map(|()| given)
    });
    Some(Item {
        word,
        span,
        given: cx.ok(given).unwrap_or(Given::Wrong),
    })
}

/// What follows a word.
fn given(mut tokens: Tokens<'_>) -> syn::Result<Given<'_>> {
    if tokens.is_empty() {
        return Ok(Given::Nothing);
    }
    if tokens.sign('=') {
        return Ok(Given::Value(tokens));
    }
    let inside = tokens.parentheses();
    tokens.end()?;
    Ok(inside.map_or(Given::Nothing, Given::List))
}

fn check_form(word: &Word, span: Span, given: Given<'_>) -> syn::Result<()> {
    let fits = match given {
        Given::Wrong => true,
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
        Form::FlagOrList => "stands alone or takes its options in parentheses",
        Form::FlagOrValue => "stands alone or takes a value behind `=`",
        Form::ValueOrList => "needs a value behind `=`, or a list in parentheses",
    };
    let (name, example) = (word.name, word.example);
    Err(fault(
        code::WRONG_FORM,
        span,
        format_args!("`{name}` {wrong}"),
        format_args!("write `{example}`"),
    ))
}

/// Keeps the first of each word that may stand once. One that is wrong has its error, and makes no second one.
fn once_each<'a>(cx: &Ctxt, items: Vec<Item<'a>>, place: &Place) -> Vec<Item<'a>> {
    let mut kept: Vec<Item<'a>> = Vec::with_capacity(items.len());
    for item in items {
        let name = item.word.name;
        let mut others = kept.iter_mut();
        match others.find(|other| !item.word.repeats && other.word.name == name) {
            None => kept.push(item),
            Some(_) if item.is_wrong() => {}
            Some(other) if other.is_wrong() => *other = item,
            Some(_) => cx.error(
                code::DUPLICATE_WORD,
                item.span,
                format_args!("`{name}` stands twice in `{}`", place.what),
                duplicate_help(name),
            ),
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

/// A word this place does not know: one of another place, one of SQL's or another library's, or a misspelled one. With
/// it comes the word of this place that was meant, if one was.
fn unknown(
    cx: &Ctxt,
    ident: &Ident,
    name: &str,
    place: &'static Place,
    called: bool,
) -> (syn::Error, Option<&'static Word>) {
    let span = ident.span();
    if let Some(error) = misplaced(span, name, place) {
        return (error, None);
    }
    let wrong = format!("unknown word `{name}` in `{}`", place.what);
    let elsewhere = symbol::ELSEWHERE.iter().find(|(word, _)| *word == name);
    if let Some((_, help)) = elsewhere {
        return (
            fault(code::UNKNOWN_WORD, span, wrong, help),
            place.word(first_word(help)),
        );
    }
    if let Some(near) = suggest::nearest(name, &place.names()) {
        let help = format!("did you mean `{near}`?");
        return (
            fault(code::UNKNOWN_WORD, span, wrong, help),
            place.word(near),
        );
    }
    cx.lose_word();
    let help = if called && place.word(symbol::USING).is_some() {
        "an expression is written `sql(\"…\")`".to_owned()
    } else {
        takes(place)
    };
    (fault(code::UNKNOWN_WORD, span, wrong, help), None)
}

/// The words a place takes.
fn takes(place: &Place) -> String {
    match place.words {
        [word] => format!("write `{}`", word.example),
        _ => format!("it takes {}", suggest::list(&place.names())),
    }
}

/// The first word between backticks.
fn first_word(help: &str) -> &str {
    let quoted = help.split('`').nth(1).unwrap_or("");
    let end = quoted.find(|c: char| !c.is_alphanumeric() && c != '_');
    &quoted[..end.unwrap_or(quoted.len())]
}

/// A word of the struct on a field, or the other way around.
fn misplaced(span: Span, name: &str, place: &'static Place) -> Option<syn::Error> {
    if let Some(error) = view::misplaced(span, name, place) {
        return Some(error);
    }
    if std::ptr::eq(place, &raw const symbol::TABLE_PLACE) {
        let word = symbol::COLUMN_PLACE.word(name)?;
        return Some(fault(
            code::MISPLACED_WORD,
            span,
            format_args!("`{name}` belongs on a field, not on the struct"),
            format_args!(
                "move it to the field: `#[column({})]`",
                word.first_example()
            ),
        ));
    }
    if std::ptr::eq(place, &raw const symbol::COLUMN_PLACE) {
        let word = symbol::TABLE_PLACE.word(name)?;
        let help = match name {
            symbol::FOREIGN_KEY => {
                "write `references = …` here, or move it to the struct".to_owned()
            }
            _ => format!(
                "move it to the struct: `#[table({})]`",
                word.first_example()
            ),
        };
        let wrong = format!("`{name}` belongs on the struct, not on a field");
        return Some(fault(code::MISPLACED_WORD, span, wrong, help));
    }
    None
}

/// Whether an entry of a list with keys is an option: `word = …`, `word(…)`, or a flag that is no column's name. A
/// collation is one of a key's own words, where the key stands before it.
fn is_option(tokens: Tokens<'_>, place: &Place, is_column: &dyn Fn(&str) -> bool) -> bool {
    let mut ahead = tokens;
    let Some(ident) = ahead.ident() else {
        return false;
    };
    let name = plain(&ident);
    if ahead.sign('=') {
        return place.word(&name).is_some() || name != symbol::COLLATE || !is_column(&name);
    }
    if ahead.parentheses().is_some() {
        return !sql::starts(tokens);
    }
    ahead.is_empty() && !is_column(&name) && is_word(&name, place)
}

/// Whether a name is a flag of this place, as it is spelled.
fn is_flag(name: &str, place: &Place) -> bool {
    place.word(name).is_some_and(|word| word.form == Form::Flag)
}

/// Whether a lone name is a word of this place, or a misspelled flag.
fn is_word(name: &str, place: &Place) -> bool {
    let flags = place.words.iter().filter(|word| word.form == Form::Flag);
    let flags: Vec<&str> = flags.map(|word| word.name).collect();
    place.word(name).is_some()
        || symbol::FLAG_WORDS.contains(&name)
        || suggest::nearest(name, &flags).is_some()
}
