//! Tokens → pieces: the literal is split at its braces, and each placeholder read as Rust.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Expr, Ident, LitStr, Path, Token, Type, bracketed,
    ext::IdentExt as _,
    parse::{ParseStream, Parser as _},
    punctuated::Punctuated,
};

use super::{Column, Piece, Results, Statement, Table, lex, parameter, same_path, shape};
use crate::{
    attr::sql::{self, Part},
    case::plain,
    code,
    ctxt::{Ctxt, fault},
    suggest,
};

pub(super) const EXAMPLE: &str = "{m.id}";

/// The macro's input: `[$crate] "…"` or `[$crate] Line, "…"`.
struct Input {
    krate: Path,
    row: Option<Type>,
    literal: LitStr,
}

/// A piece, or what a placeholder is before aliases are known.
enum Found {
    Piece(Piece),
    Table(Table),
    Aliased(Ident, Ident),
    Bare(Path, Ident),
    Output(Ident, Type),
}

/// Reads a whole statement.
pub(crate) fn read(cx: &Ctxt, input: TokenStream) -> Option<Statement> {
    let Input {
        krate,
        row,
        literal,
    } = cx.ok(self::input.parse2(input))?;
    let (text, span) = (literal.value(), literal.span());
    let parts = cx.ok(sql::split(&text, span, EXAMPLE))?;
    let mut params = Vec::new();
    let pieces = pieces(cx, parts, span, &mut params);
    let tokens = cx.ok(lex::tokens(&pieces, span))?;
    if cx.count() > 0 {
        // What was left out would be missed again.
        return None;
    }
    let result = match row {
        Some(row) => Results::Given(Box::new(row), shape::listed(&pieces, &tokens)),
        None => shape::results(cx, &pieces, &tokens, span),
    };
    let uses = parameter::uses(&pieces, &tokens);
    let limits = parameter::limits(&pieces, &tokens);
    Some(Statement {
        krate,
        span,
        pieces,
        params,
        result,
        uses,
        limits,
    })
}

fn input(input: ParseStream<'_>) -> syn::Result<Input> {
    let krate;
    bracketed!(krate in input);
    let krate = krate.call(Path::parse_mod_style)?;
    let wrong = |span| {
        fault(
            code::NOT_A_STATEMENT,
            span,
            "expected a statement in quotes",
            "write `sql!(\"select {m.id} from {Message as m}\")`, or with a row of your own `sql!(Line, \"…\")`",
        )
    };
    let row = if input.is_empty() || input.peek(LitStr) {
        None
    } else {
        let span = input.span();
        let row: Type = input.parse().map_err(|_| wrong(span))?;
        if let Some(lifetime) = lifetime(row.to_token_stream()) {
            return Err(fault(
                code::ROW_BORROWS,
                lifetime,
                "the row of a statement borrows nothing",
                "give a struct that owns its fields; `row::RowMapper` reads rows into one that borrows",
            ));
        }
        input.parse::<Token![,]>().map_err(|_| wrong(span))?;
        Some(row)
    };
    let literal = input.parse().map_err(|_| wrong(input.span()))?;
    input.parse::<Option<Token![,]>>()?;
    if !input.is_empty() {
        return Err(fault(
            code::BEHIND_STATEMENT,
            input.span(),
            "nothing is expected behind the statement",
            "a parameter stands in the text, as `${id}`",
        ));
    }
    Ok(Input {
        krate,
        row,
        literal,
    })
}

/// Where a type's first lifetime stands.
fn lifetime(ty: TokenStream) -> Option<Span> {
    ty.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => lifetime(group.stream()),
        TokenTree::Punct(punct) if punct.as_char() == '\'' => Some(punct.span()),
        _ => None,
    })
}

/// The pieces; a placeholder with a mistake is reported and left out.
pub(super) fn pieces(
    cx: &Ctxt,
    parts: Vec<Part<'_>>,
    span: Span,
    params: &mut Vec<Expr>,
) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut text = None;
    for part in parts {
        let inside = match part {
            Part::Text(plain) => {
                text = Some(plain);
                continue;
            }
            Part::Placeholder(inside) => inside,
        };
        let mut before = text.take().unwrap_or_default();
        let is_param = before.ends_with('$');
        if is_param {
            before.pop();
        }
        if !before.is_empty() {
            found.push(Found::Piece(Piece::Text(before)));
        }
        let lit = LitStr::new(inside, span);
        if is_param {
            let param = cx.ok(param(&lit, params));
            found.extend(param.map(|index| Found::Piece(Piece::Param(index))));
        } else {
            found.extend(cx.ok(placeholder(&lit)));
        }
    }
    found.extend(text.map(|text| Found::Piece(Piece::Text(text))));
    resolve(cx, found, span)
}

/// The index of a parameter; the same expression twice is one parameter.
fn param(literal: &LitStr, params: &mut Vec<Expr>) -> syn::Result<usize> {
    let expression: Expr = literal.parse().map_err(|_| {
        fault(
            code::NOT_AN_EXPRESSION,
            literal.span(),
            format_args!("`${{{}}}` is no Rust expression", literal.value()),
            "name a variable, as `${id}`",
        )
    })?;
    let is_place = matches!(expression, Expr::Path(_) | Expr::Field(_));
    let text = expression.to_token_stream().to_string();
    let known = params
        .iter()
        .position(|known| is_place && known.to_token_stream().to_string() == text);
    Ok(known.unwrap_or_else(|| {
        params.push(expression);
        params.len() - 1
    }))
}

fn placeholder(literal: &LitStr) -> syn::Result<Found> {
    let inside = literal.value();
    literal.parse_with(found).map_err(|_| {
        if literal.parse::<Ident>().is_ok() {
            // By its first letter alone a struct is told from a column.
            return fault(
                code::NOT_A_PLACEHOLDER,
                literal.span(),
                format_args!("`{{{inside}}}` is no table, column or result"),
                format_args!(
                    "a column is `{EXAMPLE}` or `{{Message::id}}`; a table whose struct begins with no capital needs an alias: `{{{inside} as t}}`"
                ),
            );
        }
        fault(
            code::NOT_A_PLACEHOLDER,
            literal.span(),
            format_args!("`{{{inside}}}` is no table, column or result"),
            format_args!(
                "a table is `{{Message as m}}`, a column `{EXAMPLE}` or `{{Message::id}}`, a parameter `${{id}}`, a result `{{count: i64}}`"
            ),
        )
    })
}

fn found(input: ParseStream<'_>) -> syn::Result<Found> {
    if input.peek(Ident::peek_any) {
        if input.peek2(Token![.]) {
            let alias = input.call(Ident::parse_any)?;
            input.parse::<Token![.]>()?;
            return Ok(Found::Aliased(alias, input.call(field)?));
        }
        if input.peek2(Token![:]) && !input.peek2(Token![::]) {
            let name = input.call(field)?;
            input.parse::<Token![:]>()?;
            return Ok(Found::Output(name, input.parse()?));
        }
    }
    let mut path = input.call(path)?;
    if input.parse::<Option<Token![as]>>()?.is_some() {
        let alias = input.call(Ident::parse_any)?;
        let alias = Some(plain(&alias));
        return Ok(Found::Table(Table { path, alias }));
    }
    let is_type = |ident: &Ident| plain(ident).starts_with(char::is_uppercase);
    let behind_type = path
        .segments
        .iter()
        .rev()
        .skip(1)
        .any(|part| is_type(&part.ident));
    match path.segments.last() {
        // Behind a struct stands a field, whatever its first letter.
        Some(last) if is_type(&last.ident) && !behind_type => {
            Ok(Found::Table(Table { path, alias: None }))
        }
        Some(_) if path.segments.len() > 1 => {
            let field = path.segments.pop();
            path.segments.pop_punct();
            match field {
                Some(field) => Ok(Found::Bare(path, field.ident)),
                None => Err(input.error("")),
            }
        }
        _ => Err(input.error("")),
    }
}

/// A struct's path, or that of a field behind it.
fn path(input: ParseStream<'_>) -> syn::Result<Path> {
    let mut path = Path {
        leading_colon: input.parse()?,
        segments: Punctuated::new(),
    };
    let is_root = input.peek(Token![self]) || input.peek(Token![Self]);
    let is_root = is_root || input.peek(Token![super]) || input.peek(Token![crate]);
    if !is_root && !input.peek(Ident) {
        return Err(input.error(""));
    }
    loop {
        path.segments.push_value(input.call(field)?.into());
        if !input.peek(Token![::]) {
            return Ok(path);
        }
        path.segments.push_punct(input.parse()?);
    }
}

/// A field by its name, which `r#` need not stand before where a keyword has it.
fn field(input: ParseStream<'_>) -> syn::Result<Ident> {
    let ident = input.call(Ident::parse_any)?;
    let text = ident.to_string();
    let is_root = matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_");
    let is_name = text.starts_with("r#") || is_root || syn::parse_str::<Ident>(&text).is_ok();
    Ok(match is_name {
        true => ident,
        false => Ident::new_raw(&text, ident.span()),
    })
}

/// Gives each column the table its alias stands for.
fn resolve(cx: &Ctxt, found: Vec<Found>, span: Span) -> Vec<Piece> {
    let mut tables: Vec<(String, Path)> = Vec::new();
    for item in &found {
        let Found::Table(Table {
            path,
            alias: Some(alias),
        }) = item
        else {
            continue;
        };
        match tables.iter().find(|(known, _)| known == alias) {
            Some((_, known)) if !same_path(known, path) => cx.error(
                code::ALIAS_TWICE,
                span,
                format_args!("`{alias}` is the alias of two tables"),
                "give each its own",
            ),
            Some(_) => {}
            None => tables.push((alias.clone(), path.clone())),
        }
    }
    let piece = |item| match item {
        Found::Piece(piece) => Some(piece),
        Found::Table(table) => Some(Piece::Table(table)),
        Found::Output(name, ty) => Some(Piece::Output(name, ty)),
        Found::Bare(table, field) => Some(Piece::Column(Column {
            table,
            alias: None,
            field,
        })),
        Found::Aliased(alias, field) => {
            let alias = plain(&alias);
            let Some((_, table)) = tables.iter().find(|(known, _)| *known == alias) else {
                unknown_alias(cx, &alias, &tables, span);
                return None;
            };
            Some(Piece::Column(Column {
                table: table.clone(),
                alias: Some(alias),
                field,
            }))
        }
    };
    found.into_iter().filter_map(piece).collect()
}

fn unknown_alias(cx: &Ctxt, alias: &str, tables: &[(String, Path)], span: Span) {
    let known: Vec<&str> = tables.iter().map(|(alias, _)| alias.as_str()).collect();
    let help = if known.is_empty() {
        format!("name its table, as `{{Message as {alias}}}`")
    } else {
        suggest::help(alias, &known)
    };
    cx.error(
        code::UNKNOWN_ALIAS,
        span,
        format_args!("no table of this statement has the alias `{alias}`"),
        help,
    );
}
