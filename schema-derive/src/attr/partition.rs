//! `partition(…)` and `partitions = …`: the partitions of a table, and of a partition.

use proc_macro2::Span;
use syn::Lit;

use super::{
    index,
    item::{Item, List},
    scope::Scope,
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Bound, BoundValue, Partition, Spanned},
    case::plain,
    code,
    ctxt::{Ctxt, fault},
    symbol::{self, PARTITION_PLACE},
};

/// The most partitions that one word makes.
const MOST: u32 = 1000;

/// A partition.
pub(super) fn read(scope: &Scope<'_>, item: &Item<'_>) -> Option<Partition> {
    let cx = scope.cx;
    let errors = cx.count();
    let wrong = "a partition takes words with values";
    let list = List::options(cx, item, &PARTITION_PLACE, code::LOOSE_VALUE, wrong)?;
    let find = |name| list.options.iter().find(|option| option.word.name == name);
    let Some(name) = find(symbol::NAME) else {
        // What could not be read may have been it.
        if list.has_lost || !list.keys.is_empty() {
            return None;
        }
        cx.error(
            code::PARTITION_WITHOUT_NAME,
            item.span,
            "this partition has no name",
            format_args!("write `{}`", item.word.example),
        );
        return None;
    };
    let mut partition = Partition {
        span: item.span,
        name: name.value(cx, value::string)?,
        namespace: None,
        bound: None,
        comment: None,
        partition_by: None,
        partitions: Vec::new(),
    };
    for option in &list.options {
        match option.word.name {
            symbol::NAMESPACE => partition.namespace = option.value(cx, value::string),
            symbol::PARTITION_BY => {
                let by = option.value(cx, |t| index::partition_by(scope, t));
                partition.partition_by = by.flatten();
            }
            symbol::COMMENT => partition.comment = option.value(cx, value::comment).flatten(),
            _ => {}
        }
    }
    // What could not be read may have been the bound, or a part of it.
    let is_whole = cx.count() == errors;
    partition.bound = bound(scope, item.span, &list.options, is_whole);
    for option in &list.options {
        if option.word.name == symbol::PARTITION {
            partition.partitions.extend(read(scope, option));
        }
    }
    if let Some(count) = find(symbol::PARTITIONS) {
        of_hash(cx, count, &partition.name, &mut partition.partitions);
    }
    if partition.partition_by.is_none() && may_be_divided(cx, &list.options) {
        partition.partitions.clear();
    }
    Some(partition)
}

/// Whether `partition_by` is among the words, or one that could not be read may be it. Where it is not known how rows are
/// told apart, which is reported then, nothing can be said of partitions.
pub(super) fn may_be_divided(cx: &Ctxt, items: &[Item<'_>]) -> bool {
    let mut words = items.iter().map(|item| item.word.name);
    cx.has_lost_word() || words.any(|word| word == symbol::PARTITION_BY)
}

/// `partitions = 4`: so many partitions by hash, called as what they divide with `_p0` and so on behind it.
pub(super) fn of_hash(
    cx: &Ctxt,
    item: &Item<'_>,
    name: &Spanned<String>,
    partitions: &mut Vec<Partition>,
) {
    let Some(count) = item.value(cx, |tokens| number(tokens, item.word.example)) else {
        return;
    };
    if !(1..=MOST).contains(&count) {
        cx.error(
            code::PARTITION_COUNT,
            item.span,
            format_args!("`partitions` cannot be {count}"),
            format_args!("write a number from 1 to {MOST}"),
        );
        return;
    }
    if let Some(other) = partitions.first() {
        cx.error(
            code::PARTITION_BESIDE_COUNT,
            other.span,
            "`partitions` makes all partitions by hash, and here is one more",
            "remove this, or write all of them as `partition(…)`",
        );
        return;
    }
    partitions.extend((0..count).map(|remainder| Partition {
        span: item.span,
        name: Spanned {
            value: format!("{}_p{remainder}", name.value),
            span: item.span,
        },
        namespace: None,
        bound: Some(Spanned {
            value: Bound::Hash {
                modulus: count,
                remainder,
            },
            span: item.span,
        }),
        comment: None,
        partition_by: None,
        partitions: Vec::new(),
    }));
}

/// The one bound that the words of a partition give. Where some of them could not be read, none is missed.
fn bound(
    scope: &Scope<'_>,
    span: Span,
    options: &[Item<'_>],
    is_whole: bool,
) -> Option<Spanned<Bound>> {
    let cx = scope.cx;
    let missing = |span, wrong: &str, help| {
        if is_whole {
            cx.error(code::PARTITION_WITHOUT_BOUND, span, wrong, help);
        }
    };
    let find = |name: &str| options.iter().find(|option| option.word.name == name);
    let kinds = [
        [symbol::FROM, symbol::TO],
        [symbol::IN, symbol::IN],
        [symbol::MODULUS, symbol::REMAINDER],
        [symbol::DEFAULT, symbol::DEFAULT],
    ];
    let mut given = kinds
        .iter()
        .filter(|words| words.iter().any(|word| find(word).is_some()));
    let Some([first, second]) = given.next() else {
        missing(
            span,
            "this partition does not say which rows it holds",
            "write `from = …, to = …`, `in(…)`, `modulus = …, remainder = …` or `default`",
        );
        return None;
    };
    if let Some(other) = given
        .next()
        .and_then(|words| words.iter().find_map(|w| find(w)))
    {
        let word = find(first).or(find(second))?.word.name;
        cx.error(
            code::TWO_BOUNDS,
            other.span,
            format_args!("`{}` stands beside `{word}`", other.word.name),
            "a partition has one bound: remove one of them",
        );
        return None;
    }
    let (Some(one), Some(two)) = (find(first), find(second)) else {
        let (word, other) = match find(first) {
            Some(word) => (word, second),
            None => (find(second)?, first),
        };
        missing(
            word.span,
            &format!("`{}` without `{other}`", word.word.name),
            "write both: `from = …, to = …`, or `modulus = …, remainder = …`",
        );
        return None;
    };
    let value = match one.word.name {
        symbol::FROM => {
            let (from, to) = (values(scope, one), values(scope, two));
            Bound::Range {
                from: from?,
                to: to?,
            }
        }
        symbol::IN => Bound::List(values(scope, one)?),
        symbol::MODULUS => {
            let read = |item: &Item<'_>| item.value(cx, |t| number(t, item.word.example));
            let (modulus, remainder) = (read(one), read(two));
            Bound::Hash {
                modulus: modulus?,
                remainder: remainder?,
            }
        }
        _ => Bound::Default,
    };
    Some(Spanned {
        value,
        span: one.span,
    })
}

/// `from = value` or `from(value, …)`; nothing where one of them is none.
fn values(scope: &Scope<'_>, option: &Item<'_>) -> Option<Vec<Spanned<BoundValue>>> {
    let cx = scope.cx;
    if option.has_value() {
        let value = option.value(cx, |tokens| bound_value(scope, tokens))?;
        return Some(vec![value]);
    }
    let tokens = option.list()?;
    if tokens.is_empty() {
        cx.push(tokens.expected("a value", option.word.first_example()));
        return None;
    }
    let read: Vec<_> = tokens
        .entries()
        .map(|entry| {
            let mut entry = cx.ok(entry)?;
            let value = bound_value(scope, &mut entry);
            cx.ok(value.and_then(|value| entry.end().map(|()| value)))
        })
        .collect();
    read.into_iter().collect()
}

fn bound_value(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<Spanned<BoundValue>> {
    let word = tokens.peek_ident().map(|ident| plain(&ident));
    let value = match word.as_deref() {
        Some("minvalue") => BoundValue::MinValue,
        Some("maxvalue") => BoundValue::MaxValue,
        Some("null") => BoundValue::Null,
        _ => {
            let wrong = "a literal, `minvalue`, `maxvalue`, `null` or SQL text";
            let value = value::literal(scope, tokens, wrong, "sql(\"…\")")?;
            return Ok(Spanned {
                value: BoundValue::Value(value.value),
                span: value.span,
            });
        }
    };
    let span = tokens.span();
    tokens.ident();
    Ok(Spanned { value, span })
}

/// A modulus, a remainder or a count, which PostgreSQL keeps in 31 bits.
fn number(tokens: &mut Tokens<'_>, example: &str) -> syn::Result<u32> {
    let start = *tokens;
    match tokens.literal() {
        Some(Lit::Int(int)) if int.suffix().is_empty() => match int.base10_parse::<i32>() {
            Ok(number) => Ok(number.unsigned_abs()),
            Err(_) => Err(fault(
                code::PARTITION_COUNT,
                int.span(),
                "this number is past 2147483647",
                "write a smaller one",
            )),
        },
        _ => Err(start.expected("a number", example)),
    }
}
