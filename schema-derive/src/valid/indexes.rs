//! Rules of indexes and exclusion constraints.

use proc_macro2::Span;

use super::keys::{not_too_many, ordered};
use crate::{
    ast::{Exclusion, Index, IndexKey, Indexed, Spanned, Table},
    code::{self, Code},
    ctxt::Ctxt,
};

/// What one of the server's own index methods can do, as `pg_indexam_has_property` tells.
struct Method {
    name: &'static str,
    orders: bool,
    unique: bool,
    several: bool,
    includes: bool,
    excludes: bool,
}

/// The methods that come with the server; one of an extension is taken as it is.
const METHODS: [Method; 6] = [
    method("btree", [true, true, true, true, true]),
    method("hash", [false, false, false, false, true]),
    method("gist", [false, false, true, true, true]),
    method("spgist", [false, false, false, true, true]),
    method("gin", [false, false, true, false, false]),
    method("brin", [false, false, true, false, false]),
];

const fn method(
    name: &'static str,
    [orders, unique, several, includes, excludes]: [bool; 5],
) -> Method {
    Method {
        name,
        orders,
        unique,
        several,
        includes,
        excludes,
    }
}

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    for index in &table.indexes {
        not_too_many(cx, index.span, index.keys.len() + index.include.len());
        if let Some(method) = known(index.method.as_ref()) {
            index_fits(cx, index, method);
        }
        if compares(index.method.as_ref(), index.has_lost) {
            keys_compare(cx, table, index.keys.iter(), index.span);
        }
    }
    for exclusion in &table.exclusions {
        not_too_many(
            cx,
            exclusion.span,
            exclusion.elements.len() + exclusion.include.len(),
        );
        if let Some(method) = known(exclusion.method.as_ref()) {
            exclusion_fits(cx, exclusion, method);
        }
        if compares(exclusion.method.as_ref(), exclusion.has_lost) {
            let keys = exclusion.elements.iter().map(|(key, _)| key);
            keys_compare(cx, table, keys, exclusion.span);
        }
    }
}

fn known(name: Option<&Spanned<String>>) -> Option<&'static Method> {
    METHODS
        .iter()
        .find(|method| name.is_some_and(|name| name.value == method.name))
}

/// The server refuses what the method cannot do.
fn index_fits(cx: &Ctxt, index: &Index, method: &Method) {
    if index.unique && !method.unique {
        return refuse(
            cx,
            index.span,
            method,
            (code::METHOD_NOT_UNIQUE, "makes no unique index"),
            "leave `using` out, or write `index(…)`",
        );
    }
    keys_fit(
        cx,
        index.span,
        &index.keys.iter().collect::<Vec<_>>(),
        method,
    );
    if !index.include.is_empty() && !method.includes {
        refuse(
            cx,
            index.include[0].span,
            method,
            (code::METHOD_WITHOUT_INCLUDE, "takes no included columns"),
            "leave `include` out",
        );
    }
}

/// The server refuses what the method cannot do.
fn exclusion_fits(cx: &Ctxt, exclusion: &Exclusion, method: &Method) {
    if !method.excludes {
        refuse(
            cx,
            exclusion.span,
            method,
            (
                code::METHOD_WITHOUT_EXCLUSION,
                "makes no exclusion constraint",
            ),
            "write `using = gist`",
        );
    }
    let keys: Vec<&IndexKey> = exclusion.elements.iter().map(|(key, _)| key).collect();
    keys_fit(cx, exclusion.span, &keys, method);
    if !exclusion.include.is_empty() && !method.includes {
        refuse(
            cx,
            exclusion.include[0].span,
            method,
            (code::METHOD_WITHOUT_INCLUDE, "takes no included columns"),
            "leave `include` out",
        );
    }
}

fn keys_fit(cx: &Ctxt, span: Span, keys: &[&IndexKey], method: &Method) {
    if keys.len() > 1 && !method.several {
        return refuse(
            cx,
            span,
            method,
            (code::METHOD_OF_ONE_KEY, "takes one key"),
            "write one for each key",
        );
    }
    let ordered = keys
        .iter()
        .any(|key| key.order.is_some() || key.nulls.is_some());
    if ordered && !method.orders {
        let help = "leave out `asc`, `desc`, `nulls_first` and `nulls_last`";
        refuse(
            cx,
            span,
            method,
            (code::METHOD_WITHOUT_ORDER, "keeps no order"),
            help,
        );
    }
}

/// B-trees, which are what there is where nothing is said, and hashes compare; a method that may stand among what could not
/// be read is not known.
fn compares(method: Option<&Spanned<String>>, has_lost: bool) -> bool {
    method.map_or(!has_lost, |method| {
        matches!(method.value.as_str(), "btree" | "hash")
    })
}

/// What compares needs types that do; a class of the user's own can compare anything.
fn keys_compare<'t>(
    cx: &Ctxt,
    table: &Table,
    keys: impl Iterator<Item = &'t IndexKey>,
    span: Span,
) {
    for key in keys.filter(|key| key.operator_class.is_none()) {
        if let Indexed::Column(column) = &key.key {
            ordered(cx, table, column.index, span);
        }
    }
}

fn refuse(cx: &Ctxt, span: Span, method: &Method, (code, what): (Code, &str), help: &str) {
    cx.error(
        code,
        span,
        format_args!("index method `{}` {what}", method.name),
        help,
    );
}
