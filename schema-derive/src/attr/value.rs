//! The values behind `=`: strings, words out of a few, literals, paths.

use proc_macro2::{Ident, Span};
use syn::{Lit, Path, ext::IdentExt};

use super::{item::Item, scope::Scope, sql, tokens::Tokens};
use crate::{
    ast::{Default, Deferrable, Identity, ReplicaIdentity, Spanned},
    case::plain,
    code,
    ctxt::fault,
    suggest, symbol,
};

/// A string.
pub(super) fn string(tokens: &mut Tokens<'_>) -> syn::Result<Spanned<String>> {
    let example = match tokens.peek_ident() {
        Some(ident) => format!("\"{}\"", plain(&ident)),
        None => "\"…\"".to_owned(),
    };
    let literal = tokens.string("a string", &example)?;
    Ok(Spanned {
        value: literal.value(),
        span: literal.span(),
    })
}

/// The value of `comment = …`: an empty one means none.
pub(super) fn comment(tokens: &mut Tokens<'_>) -> syn::Result<Option<String>> {
    let text = string(tokens)?;
    if text.value.contains('\0') {
        return Err(fault(
            code::NUL_CHARACTER,
            text.span,
            "this comment has a NUL character, which PostgreSQL cannot hold",
            "remove it",
        ));
    }
    Ok((!text.value.is_empty()).then_some(text.value))
}

/// One word out of the few that `word` takes, each with what it stands for.
pub(super) fn choice<T: Copy>(
    tokens: &mut Tokens<'_>,
    word: &str,
    choices: &[(&'static str, T)],
) -> syn::Result<Spanned<T>> {
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let chosen = one_of(tokens, word, &words)?;
    Ok(Spanned {
        value: choices[chosen.value].1,
        span: chosen.span,
    })
}

/// One word out of a few, by its place among them.
fn one_of(tokens: &mut Tokens<'_>, word: &str, words: &[&str]) -> syn::Result<Spanned<usize>> {
    let Some(ident) = tokens.ident() else {
        let what = format!("one of {}", suggest::list(words));
        return Err(tokens.expected(&what, &format!("{word} = {}", words[0])));
    };
    let span = ident.span();
    let name = plain(&ident);
    match words.iter().position(|other| *other == name) {
        Some(value) => Ok(Spanned { value, span }),
        None => Err(fault(
            code::UNKNOWN_VALUE,
            span,
            format_args!("`{name}` is no value of `{word}`"),
            suggest::help(&name, words),
        )),
    }
}

/// A word of the server's that is not ours to know, such as an index method; quotes are allowed.
pub(super) fn word(tokens: &mut Tokens<'_>, example: &str) -> syn::Result<Spanned<String>> {
    match tokens.ident() {
        Some(ident) => Ok(named(&ident)),
        None => {
            let literal = tokens.string("a name", example)?;
            Ok(Spanned {
                value: literal.value(),
                span: literal.span(),
            })
        }
    }
}

/// The value of `crate = …`.
pub(super) fn krate(tokens: &mut Tokens<'_>) -> syn::Result<Path> {
    tokens.path("the path of schema_core", "crate = my_schema_core")
}

/// The value of `deferrable = …`.
pub(super) fn deferrable(tokens: &mut Tokens<'_>) -> syn::Result<Deferrable> {
    let choices = [
        ("initially_deferred", Deferrable::InitiallyDeferred),
        ("initially_immediate", Deferrable::InitiallyImmediate),
    ];
    choice(tokens, symbol::DEFERRABLE, &choices).map(|choice| choice.value)
}

/// The value of `identity = …`.
pub(super) fn identity(tokens: &mut Tokens<'_>) -> syn::Result<Spanned<Identity>> {
    let choices = [
        ("always", Identity::Always),
        ("by_default", Identity::ByDefault),
    ];
    choice(tokens, symbol::IDENTITY, &choices)
}

/// The value of `storage = …`: a variant of `def::Storage`.
pub(super) fn storage(tokens: &mut Tokens<'_>) -> syn::Result<Spanned<&'static str>> {
    let choices = [
        ("plain", "Plain"),
        ("external", "External"),
        ("extended", "Extended"),
        ("main", "Main"),
    ];
    choice(tokens, symbol::STORAGE, &choices)
}

/// The value of `compression = …`: a variant of `def::Compression`.
pub(super) fn compression(tokens: &mut Tokens<'_>) -> syn::Result<Spanned<&'static str>> {
    choice(
        tokens,
        symbol::COMPRESSION,
        &[("pglz", "Pglz"), ("lz4", "Lz4")],
    )
}

/// The value of `replica_identity = …`: a word, or an index by its name.
pub(super) fn replica_identity(tokens: &mut Tokens<'_>) -> syn::Result<ReplicaIdentity> {
    if tokens.peek_ident().is_none() {
        return string(tokens).map(|name| ReplicaIdentity::Index(name.value));
    }
    let choices = [("full", "Full"), ("nothing", "Nothing")];
    let word = choice(tokens, symbol::REPLICA_IDENTITY, &choices)?;
    Ok(ReplicaIdentity::Word(word.value))
}

/// The value of `statistics = …`, which goes from 0 to 10000
/// ([`SET STATISTICS`](https://www.postgresql.org/docs/current/sql-altertable.html)).
pub(super) fn statistics(tokens: &mut Tokens<'_>, item: &Item<'_>) -> syn::Result<i32> {
    const MOST: i32 = 10_000;
    let start = *tokens;
    match tokens.literal() {
        Some(Lit::Int(int)) if int.suffix().is_empty() => match int.base10_parse::<i32>() {
            Ok(target) if target <= MOST => Ok(target),
            _ => Err(fault(
                code::STATISTICS_TARGET,
                int.span(),
                format_args!("`statistics` cannot be {int}"),
                format_args!("PostgreSQL takes 0 to {MOST}"),
            )),
        },
        _ => Err(start.expected("a number", item.word.example)),
    }
}

/// The value of `default = …`: a literal or `sql("…")`.
pub(super) fn default(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<Spanned<Default>> {
    let wrong = "a string, a number, `true`, `false` or SQL text";
    literal(scope, tokens, wrong, "default = sql(\"…\")")
}

/// A literal or `sql("…")`; what else stands there is `wrong`.
pub(super) fn literal(
    scope: &Scope<'_>,
    tokens: &mut Tokens<'_>,
    wrong: &str,
    example: &str,
) -> syn::Result<Spanned<Default>> {
    let span = tokens.span();
    if sql::starts(*tokens) {
        let value = sql::read(scope, tokens)?;
        let span = value.span;
        return Ok(Spanned {
            value: Default::Sql(value),
            span,
        });
    }
    let start = *tokens;
    let value = match tokens.ident() {
        Some(ident) if ident == "true" => Some(Default::Boolean(true)),
        Some(ident) if ident == "false" => Some(Default::Boolean(false)),
        Some(_) => None,
        None => number_or_text(tokens)?,
    };
    match value {
        Some(value) => Ok(Spanned { value, span }),
        None => Err(start.expected(wrong, example)),
    }
}

fn number_or_text(tokens: &mut Tokens<'_>) -> syn::Result<Option<Default>> {
    let minus = tokens.sign('-');
    let Some(literal) = tokens.literal() else {
        return Ok(None);
    };
    let suffix = match &literal {
        Lit::Int(int) => int.suffix(),
        Lit::Float(float) => float.suffix(),
        Lit::Str(string) => string.suffix(),
        _ => "",
    };
    if !suffix.is_empty() {
        return Err(fault(
            code::LITERAL_SUFFIX,
            literal.span(),
            format_args!("this literal has the suffix `{suffix}`"),
            "write it without: the column's type says what it is",
        ));
    }
    Ok(match literal {
        Lit::Int(int) => Some(Default::Integer(integer(&int, minus)?)),
        Lit::Float(float) => {
            let sign = if minus { "-" } else { "" };
            Some(Default::Float(format!("{sign}{}", float.base10_digits())))
        }
        Lit::Str(string) if !minus => {
            let text = string.value();
            if text.contains('\0') {
                return Err(fault(
                    code::NUL_CHARACTER,
                    string.span(),
                    "this default has a NUL character, which PostgreSQL cannot hold",
                    "remove it",
                ));
            }
            Some(Default::Text(text))
        }
        _ => None,
    })
}

fn integer(int: &syn::LitInt, minus: bool) -> syn::Result<i128> {
    let digits = int.base10_digits();
    let number = if minus {
        format!("-{digits}").parse()
    } else {
        digits.parse()
    };
    number.map_err(|_| {
        fault(
            code::INTEGER_PAST_128_BITS,
            int.span(),
            "this integer is past 128 bits",
            "write it as `default = sql(\"…\")`",
        )
    })
}

/// The text of an identifier, with its span.
fn named(ident: &Ident) -> Spanned<String> {
    Spanned {
        value: ident.unraw().to_string(),
        span: ident.span(),
    }
}

/// A parameter's value in `with(…)`: as the server will read it.
pub(super) fn parameter(tokens: &mut Tokens<'_>) -> syn::Result<String> {
    if let Some(ident) = tokens.ident() {
        return Ok(plain(&ident));
    }
    let start = *tokens;
    let sign = if tokens.sign('-') { "-" } else { "" };
    match tokens.literal() {
        Some(Lit::Int(int)) => Ok(format!("{sign}{}", int.base10_digits())),
        Some(Lit::Float(float)) => Ok(format!("{sign}{}", float.base10_digits())),
        Some(Lit::Str(string)) if sign.is_empty() => Ok(string.value()),
        _ => Err(start.expected("a number, a word or a string", "with(fillfactor = 70)")),
    }
}

/// The error of a list that should hold columns and holds nothing.
pub(super) fn no_columns(span: Span, word: &str, example: &str) -> syn::Error {
    fault(
        code::NO_COLUMNS_NAMED,
        span,
        format_args!("`{word}` names no columns"),
        format_args!("write `{example}`"),
    )
}
