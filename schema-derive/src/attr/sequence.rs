//! `sequence(…)`, and the options an identity column takes as well.

use proc_macro2::Ident;
use syn::{Lit, Path};

use super::{
    item::{Item, List},
    sql_type,
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Identity, IdentitySequence, Modifiers, Sequence, SequenceOptions, Spanned},
    code,
    ctxt::{Ctxt, fault},
    symbol::{self, IDENTITY_PLACE, SEQUENCE_PLACE},
};

/// The type where none is given.
const BIGINT: &str = "BigInt";

/// One sequence.
pub(super) fn read(cx: &Ctxt, item: &Item<'_>) -> Option<Sequence> {
    let wrong = "a sequence takes words with values";
    let list = List::options(cx, item, &SEQUENCE_PLACE, code::LOOSE_VALUE, wrong)?;
    let mut name = None;
    let mut sequence = Sequence {
        name: Spanned {
            value: String::new(),
            span: item.span,
        },
        namespace: None,
        sql_type: BIGINT,
        options: SequenceOptions::default(),
        owned_by: None,
        comment: None,
    };
    for option in &list.options {
        match option.word.name {
            symbol::NAME => name = option.value(cx, value::string),
            symbol::NAMESPACE => sequence.namespace = option.value(cx, value::string),
            symbol::TYPE => {
                sequence.sql_type = option.value(cx, integer_type).unwrap_or(BIGINT);
            }
            symbol::OWNED_BY => sequence.owned_by = option.value(cx, owner),
            symbol::COMMENT => sequence.comment = option.value(cx, value::comment).flatten(),
            _ => set(cx, &mut sequence.options, option),
        }
    }
    list.need_name(cx, item, "sequence");
    sequence.name = name?;
    Some(sequence)
}

/// `identity(always, start = 1000)`.
pub(super) fn identity(
    cx: &Ctxt,
    item: &Item<'_>,
    sequence: &mut IdentitySequence,
) -> Option<Spanned<Identity>> {
    let tokens = item.list()?;
    let list = List::read(cx, tokens, &IDENTITY_PLACE, &|_| false);
    for option in &list.options {
        match option.word.name {
            symbol::NAME => sequence.name = option.value(cx, value::string),
            _ => set(cx, &mut sequence.options, option),
        }
    }
    let mut keys = list.keys.into_iter();
    let Some(mut key) = keys.next() else {
        if !list.bare {
            return None;
        }
        cx.error(
            code::IDENTITY_GENERATION,
            item.span,
            "`identity(…)` does not say when a number is made",
            "write `identity(always, …)`, or `identity(by_default, …)` to take a given one as well",
        );
        return None;
    };
    for key in keys {
        cx.error(
            code::IDENTITY_GENERATION,
            key.span(),
            "`identity(…)` takes one of `always` and `by_default`",
            "remove one",
        );
    }
    cx.ok(value::identity(&mut key).and_then(|identity| key.end().map(|()| identity)))
}

/// Takes one of the words a sequence and an identity column have in common.
pub(super) fn set(cx: &Ctxt, options: &mut SequenceOptions, option: &Item<'_>) {
    let target = match option.word.name {
        symbol::START => &mut options.start,
        symbol::INCREMENT => &mut options.increment,
        symbol::MIN => &mut options.min,
        symbol::MAX => &mut options.max,
        symbol::CACHE => &mut options.cache,
        _ => {
            options.cycle = Some(option.span);
            return;
        }
    };
    *target = option.value(cx, |tokens| number(tokens, option.word.example));
}

fn number(tokens: &mut Tokens<'_>, example: &str) -> syn::Result<Spanned<i64>> {
    let start = *tokens;
    let sign = if tokens.sign('-') { "-" } else { "" };
    let Some(Lit::Int(int)) = tokens.literal() else {
        return Err(start.expected("an integer", example));
    };
    let span = int.span();
    match format!("{sign}{}", int.base10_digits()).parse() {
        Ok(value) if int.suffix().is_empty() => Ok(Spanned { value, span }),
        Ok(_) => Err(fault(
            code::LITERAL_SUFFIX,
            span,
            format_args!("this literal has the suffix `{}`", int.suffix()),
            "write it without",
        )),
        Err(_) => Err(fault(
            code::SEQUENCE_PAST_64_BITS,
            span,
            "this integer is past 64 bits, the most a sequence has",
            "write a smaller one, or leave it out to mean the type's own",
        )),
    }
}

/// The types a sequence may have.
fn integer_type(tokens: &mut Tokens<'_>) -> syn::Result<&'static str> {
    let ty = sql_type::read(tokens)?;
    let Spanned { value, span } = &ty;
    match (value.variant, &value.modifiers) {
        ("SmallInt" | "Integer" | BIGINT, Modifiers::None) if !value.array => Ok(value.variant),
        _ => Err(fault(
            code::SEQUENCE_TYPE,
            *span,
            "a sequence is of an integer type",
            "write `type = smallint`, `type = integer` or `type = bigint`",
        )),
    }
}

/// `Order(number)`.
fn owner(tokens: &mut Tokens<'_>) -> syn::Result<(Path, Ident)> {
    const EXAMPLE: &str = "owned_by = Order(number)";
    let path = tokens.path("the struct of the owner's table", EXAMPLE)?;
    let Some(mut inside) = tokens.parentheses() else {
        return Err(tokens.expected("a field in parentheses", EXAMPLE));
    };
    let Some(field) = inside.ident() else {
        return Err(inside.expected("a field of the struct", EXAMPLE));
    };
    inside.end()?;
    Ok((path, field))
}
