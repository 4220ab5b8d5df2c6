//! `sql("…")`: SQL text with `{field}` placeholders.

use proc_macro2::Span;
use syn::LitStr;

use super::{scope::Scope, tokens::Tokens};
use crate::{
    ast::{SqlPart, SqlText},
    ctxt::fault,
    symbol,
};

/// Whether `sql(` comes next.
pub(super) fn starts(tokens: Tokens<'_>) -> bool {
    let mut ahead = tokens;
    ahead.ident().is_some_and(|ident| ident == symbol::SQL) && ahead.parentheses().is_some()
}

/// Reads `sql("…")`.
pub(super) fn read(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<SqlText> {
    const EXAMPLE: &str = "sql(\"…\")";
    if !starts(*tokens) {
        return Err(tokens.expected("SQL text", EXAMPLE));
    }
    tokens.ident();
    let Some(mut inside) = tokens.parentheses() else {
        return Err(tokens.expected("SQL text", EXAMPLE));
    };
    let literal = inside.string("SQL text in quotes", EXAMPLE)?;
    inside.end()?;
    parse(scope, &literal)
}

/// Splits SQL text at its placeholders; every unknown column in it is reported.
fn parse(scope: &Scope<'_>, literal: &LitStr) -> syn::Result<SqlText> {
    let (text, span) = (literal.value(), literal.span());
    if text.trim().is_empty() {
        return Err(fault(span, "this SQL text is empty", "write an expression"));
    }
    if text.contains('\0') {
        return Err(fault(
            span,
            "this SQL text has a NUL character, which PostgreSQL cannot hold",
            "remove it",
        ));
    }
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        plain.push_str(before);
        let doubled = brace.starts_with("{{") || brace.starts_with("}}");
        if doubled {
            plain.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let (name, after) = placeholder(brace, span)?;
        rest = after;
        if let Some(index) = scope.placeholder(name, span) {
            if !plain.is_empty() {
                parts.push(SqlPart::Text(std::mem::take(&mut plain)));
            }
            parts.push(SqlPart::Column(index));
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(SqlPart::Text(plain));
    }
    Ok(SqlText { parts, span })
}

/// The name in `{name}` and what follows it.
fn placeholder(text: &str, span: Span) -> syn::Result<(&str, &str)> {
    let Some(inside) = text.strip_prefix('{') else {
        return Err(fault(
            span,
            "a `}` without its `{` in this SQL text",
            "write `}}` for a brace",
        ));
    };
    let Some((name, after)) = inside.split_once('}') else {
        return Err(fault(
            span,
            "a `{` without its `}` in this SQL text",
            "name a column as `{id}`, or write `{{` for a brace",
        ));
    };
    let name = name.trim();
    if name.is_empty() {
        return Err(fault(
            span,
            "`{}` in this SQL text names no column",
            "name a column as `{id}`, or write `{{}}` for braces",
        ));
    }
    Ok((name.strip_prefix("r#").unwrap_or(name), after))
}
