//! `sql("…")`: SQL text with `{field}` placeholders.

use proc_macro2::Span;
use syn::LitStr;

use super::{scope::Scope, tokens::Tokens};
use crate::{
    ast::{SqlPart, SqlText},
    code,
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
    parse(scope, &literal(tokens)?)
}

/// Reads `sql("…")` as far as its text.
pub(super) fn literal(tokens: &mut Tokens<'_>) -> syn::Result<LitStr> {
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
    Ok(literal)
}

/// Splits SQL text at its placeholders; every unknown column in it is reported.
fn parse(scope: &Scope<'_>, literal: &LitStr) -> syn::Result<SqlText> {
    let (text, span) = (literal.value(), literal.span());
    let mut parts = Vec::new();
    for part in split(&text, span, "{id}")? {
        match part {
            Part::Text(text) => parts.push(SqlPart::Text(text)),
            Part::Placeholder(name) => {
                let name = name.strip_prefix("r#").unwrap_or(name);
                parts.extend(scope.placeholder(name, span).map(SqlPart::Column));
            }
        }
    }
    Ok(SqlText { parts, span })
}

/// A part of SQL text.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'t> {
    /// SQL, doubled braces halved.
    Text(String),
    /// What stands between braces, without blanks around.
    Placeholder(&'t str),
}

/// Splits SQL text at its braces; `example` is a placeholder as messages show it.
pub(crate) fn split<'t>(text: &'t str, span: Span, example: &str) -> syn::Result<Vec<Part<'t>>> {
    if text.trim().is_empty() {
        return Err(fault(
            code::EMPTY_SQL,
            span,
            "this SQL text is empty",
            "write an expression",
        ));
    }
    if text.contains('\0') {
        return Err(fault(
            code::NUL_CHARACTER,
            span,
            "this SQL text has a NUL character, which PostgreSQL cannot hold",
            "remove it",
        ));
    }
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        plain.push_str(before);
        let doubled = brace.starts_with("{{") || brace.starts_with("}}");
        if doubled {
            plain.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let (inside, after) = placeholder(brace, span, example)?;
        rest = after;
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        parts.push(Part::Placeholder(inside));
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    Ok(parts)
}

/// What stands in `{…}` and what follows it.
fn placeholder<'t>(text: &'t str, span: Span, example: &str) -> syn::Result<(&'t str, &'t str)> {
    let Some(inside) = text.strip_prefix('{') else {
        return Err(fault(
            code::UNPAIRED_BRACE,
            span,
            "a `}` without its `{` in this SQL text",
            "write `}}` for a brace",
        ));
    };
    let Some((inside, after)) = inside.split_once('}') else {
        return Err(fault(
            code::UNPAIRED_BRACE,
            span,
            "a `{` without its `}` in this SQL text",
            format_args!("name a column as `{example}`, or write `{{{{` for a brace"),
        ));
    };
    let inside = inside.trim();
    if inside.is_empty() {
        return Err(fault(
            code::EMPTY_PLACEHOLDER,
            span,
            "`{}` in this SQL text names no column",
            format_args!("name a column as `{example}`, or write `{{{{}}}}` for braces"),
        ));
    }
    Ok((inside, after))
}
