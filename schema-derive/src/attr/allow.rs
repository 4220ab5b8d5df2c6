//! `allow(rule, reason = "…")`: findings of `schema-kit lint` that are meant.

use super::{
    item::{Item, List},
    scope::Scope,
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Allow, Spanned},
    case::plain,
    code,
    ctxt::fault,
    suggest,
    symbol::{self, ALLOW_PLACE, LINT_RULES},
};

/// The rules an `allow` names, on the struct or on the field whose column is given.
pub(super) fn read(scope: &Scope<'_>, item: &Item<'_>, column: Option<usize>) -> Vec<Allow> {
    let cx = scope.cx;
    let Some(tokens) = item.list() else {
        return Vec::new();
    };
    let errors = cx.count();
    // A rule is a word alone, and so is a reason whose text is missing.
    let list = List::read(cx, tokens, &ALLOW_PLACE, &|name| name != symbol::REASON);
    if list.keys.is_empty() && cx.count() == errors {
        cx.error(
            code::ALLOW_WITHOUT_RULE,
            item.span,
            "`allow` names no rule",
            format_args!("write `{}`", item.word.example),
        );
        return Vec::new();
    }
    let rules: Vec<_> = list
        .keys
        .iter()
        .filter_map(|key| cx.ok(rule(*key)))
        .collect();
    // What could not be read may have been the reason.
    let is_unreadable = |key: &Tokens<'_>| {
        let mut key = *key;
        let ident = key.ident();
        ident.is_none_or(|ident| ident == symbol::REASON) || key.end().is_err()
    };
    if list.options.is_empty() && (list.has_lost || list.keys.iter().any(is_unreadable)) {
        return Vec::new();
    }
    let Some(reason) = reason(scope, item, &list) else {
        return Vec::new();
    };
    let allow = |rule| Allow {
        rule,
        column,
        reason: reason.clone(),
    };
    rules.into_iter().map(allow).collect()
}

fn rule(mut tokens: Tokens<'_>) -> syn::Result<Spanned<&'static str>> {
    let Some(ident) = tokens.ident() else {
        return Err(tokens.expected("the name of a lint rule", LINT_RULES[0]));
    };
    tokens.end()?;
    let name = plain(&ident);
    match LINT_RULES.iter().find(|rule| **rule == name) {
        Some(rule) => Ok(Spanned {
            value: *rule,
            span: ident.span(),
        }),
        None => Err(fault(
            code::UNKNOWN_LINT_RULE,
            ident.span(),
            format_args!("unknown lint rule `{name}`"),
            suggest::help(&name, &LINT_RULES),
        )),
    }
}

/// The reason: whoever reads the struct later has nothing else to judge by whether it still holds.
fn reason(scope: &Scope<'_>, item: &Item<'_>, list: &List<'_>) -> Option<String> {
    let cx = scope.cx;
    const HELP: &str =
        "say why the advice does not hold here: `reason = \"rows are never deleted\"`";
    let Some(option) = list.options.first() else {
        cx.error(
            code::ALLOW_WITHOUT_REASON,
            item.span,
            "this `allow` has no reason",
            HELP,
        );
        return None;
    };
    let reason = option.value(cx, value::string)?;
    if reason.value.trim().is_empty() {
        cx.error(
            code::ALLOW_WITHOUT_REASON,
            reason.span,
            "this reason is empty",
            HELP,
        );
        return None;
    }
    Some(reason.value)
}
