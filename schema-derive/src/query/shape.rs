//! The list of results, as far as the text shows it plainly.

use proc_macro2::Span;
use syn::Ident;

use super::{Column, Field, Listed, Piece, Results, Source, lex::Token};
use crate::{case::plain, code, ctxt::Ctxt};

/// What ends a list of results.
const LIST_END: &[&str] = &[
    "from",
    "into",
    "where",
    "group",
    "having",
    "window",
    "union",
    "intersect",
    "except",
    "order",
    "limit",
    "offset",
    "fetch",
    "for",
];

/// The results of a statement, each with its name and where its type is from; one without is reported.
pub(super) fn results(cx: &Ctxt, pieces: &[Piece], tokens: &[Token], span: Span) -> Results {
    let Some(list) = result_list(tokens) else {
        return Results::Nothing;
    };
    let mut fields: Vec<Field> = Vec::new();
    for (index, item) in at_depth_zero(list, |token| token.is_sign(&[','])).enumerate() {
        let Some(field) = field(pieces, tokens, item, span) else {
            cx.error(
                code::UNTYPED_RESULT,
                span,
                format_args!("result {} of this statement has no Rust type", index + 1),
                "end it with `as {name: Type}`, or give a struct for the row: `sql!(Line, \"…\")`",
            );
            continue;
        };
        if fields.iter().any(|known| known.name == field.name) {
            cx.error(
                code::RESULT_TWICE,
                span,
                format_args!("two results of this statement are named `{}`", field.name),
                "give one another name: `{m.id} as message_id`",
            );
            continue;
        }
        fields.push(field);
    }
    Results::Fields(fields)
}

/// The results of a statement whose row the user named, where each of them is one column for sure: not where one of
/// them is `*`, nor where the text does not begin with the statement's verb.
pub(super) fn listed(pieces: &[Piece], tokens: &[Token]) -> Option<Vec<Listed>> {
    let verbs = ["select", "insert", "update", "delete", "with"];
    if !tokens.first()?.is_word(&verbs) {
        return None;
    }
    let list = result_list(tokens)?;
    let items = at_depth_zero(list, |token| token.is_sign(&[',']));
    let items: Vec<_> = items.collect();
    let is_all = |item: &&[Token]| {
        matches!(
            item,
            [Token::Sign('*')] | [.., Token::Sign('.'), Token::Sign('*')]
        )
    };
    if items.iter().any(is_all) {
        return None;
    }
    let listed = items.into_iter().map(|item| one(pieces, tokens, item));
    Some(listed.collect())
}

fn one(pieces: &[Piece], tokens: &[Token], item: &[Token]) -> Listed {
    if let [.., Token::Word(word), Token::Piece(last)] = item
        && word == "as"
        && let Piece::Output(name, ty) = &pieces[*last]
    {
        return Listed::Typed(name.clone(), Box::new(ty.clone()));
    }
    let name = match item {
        [.., Token::Word(word), Token::Word(name)] if word == "as" => Some(name.clone()),
        _ => None,
    };
    let is_alone = item.len() == if name.is_some() { 3 } else { 1 };
    match item.first() {
        Some(Token::Piece(piece)) if is_alone => match &pieces[*piece] {
            Piece::Column(column) => Listed::Column {
                column: column.clone(),
                outer: is_outer(pieces, tokens, column),
                name,
            },
            _ => Listed::Other(name),
        },
        _ => Listed::Other(name),
    }
}

/// The tokens between `SELECT` and `FROM`, or behind `RETURNING`.
pub(super) fn result_list(tokens: &[Token]) -> Option<&[Token]> {
    let top = depths(tokens);
    let top_word = |from: usize, words: &[&str]| {
        (from..tokens.len()).find(|&at| top[at] == 0 && tokens[at].is_word(words))
    };
    let verb = top_word(
        0,
        &[
            "select", "values", "table", "insert", "update", "delete", "merge",
        ],
    )
    // A parenthesized statement: what it gives is not looked for.
    .unwrap_or(tokens.len());
    let is_query = tokens
        .get(verb)
        .is_none_or(|token| token.is_word(&["values", "table"]));
    if is_query {
        return Some(tokens);
    }
    if !tokens[verb].is_word(&["select"]) {
        let returning = top_word(verb, &["returning"])?;
        return Some(until_semicolon(&tokens[returning + 1..]));
    }
    let mut start = verb + 1;
    if tokens
        .get(start)
        .is_some_and(|token| token.is_word(&["all", "distinct"]))
    {
        start += 1;
    }
    if tokens
        .get(start)
        .is_some_and(|token| token.is_word(&["on"]))
    {
        start += 2;
        while start < tokens.len() && top[start] > 0 {
            start += 1;
        }
        start += 1;
    }
    let start = start.min(tokens.len());
    let is_end = |at: &usize| {
        top[*at] == 0
            && tokens[*at].is_word(LIST_END)
            && !(tokens[*at].is_word(&["from"]) && tokens[*at - 1].is_word(&["distinct"]))
    };
    let end = (start..tokens.len()).find(is_end).unwrap_or(tokens.len());
    Some(until_semicolon(&tokens[start..end]))
}

fn until_semicolon(tokens: &[Token]) -> &[Token] {
    let end = tokens.iter().position(|token| token.is_sign(&[';']));
    &tokens[..end.unwrap_or(tokens.len())]
}

/// In how many parentheses each token stands; a parenthesis itself stands outside of its own.
pub(super) fn depths(tokens: &[Token]) -> Vec<usize> {
    let mut depth = 0_usize;
    let depth_at = |token: &Token| {
        if token.is_sign(&[')', ']']) {
            depth = depth.saturating_sub(1);
        }
        let here = depth;
        if token.is_sign(&['(', '[']) {
            depth += 1;
        }
        here
    };
    tokens.iter().map(depth_at).collect()
}

/// The tokens split where `is_split` holds outside of parentheses.
pub(super) fn at_depth_zero(
    tokens: &[Token],
    is_split: impl Fn(&Token) -> bool,
) -> impl Iterator<Item = &[Token]> {
    let depths = depths(tokens);
    let mut at = 0;
    tokens.split(move |token| {
        at += 1;
        depths[at - 1] == 0 && is_split(token)
    })
}

fn field(pieces: &[Piece], tokens: &[Token], item: &[Token], span: Span) -> Option<Field> {
    if let [.., Token::Word(word), Token::Piece(last)] = item
        && word == "as"
        && let Piece::Output(name, ty) = &pieces[*last]
    {
        let (name, source) = (name.clone(), Source::Given(ty.clone()));
        return Some(Field { name, source });
    }
    let (Token::Piece(piece), rest) = item.split_first()? else {
        return None;
    };
    let Piece::Column(column) = &pieces[*piece] else {
        return None;
    };
    let name = match rest {
        [] => None,
        [Token::Word(word), Token::Word(name)] if word == "as" => Some(name),
        _ => return None,
    };
    let source = Source::Column {
        column: column.clone(),
        outer: is_outer(pieces, tokens, column),
        renamed: name.is_some(),
    };
    let name = match name {
        Some(name) => syn::parse_str::<Ident>(name)
            .map_or_else(|_| Ident::new_raw(name, span), |_| Ident::new(name, span)),
        None => column.field.clone(),
    };
    Some(Field { name, source })
}

/// Whether an outer join makes the table behind a column's alias nullable.
pub(super) fn is_outer(pieces: &[Piece], tokens: &[Token], column: &Column) -> bool {
    let Some(alias) = &column.alias else {
        return false;
    };
    let is_own = |token: &Token| {
        matches!(token, Token::Piece(index)
            if matches!(&pieces[*index], Piece::Table(table) if table.alias.as_ref() == Some(alias)))
    };
    let Some(own) = tokens.iter().position(is_own) else {
        return false;
    };
    // The word before `JOIN` of the join at this place, if there is one.
    let kind = |join: usize| {
        let outer = join > 0 && tokens[join - 1].is_word(&["outer"]);
        join.checked_sub(if outer { 2 } else { 1 })
            .map(|at| &tokens[at])
    };
    let joins = (0..tokens.len()).filter(|&at| tokens[at].is_word(&["join"]));
    joins
        .filter_map(|at| Some((at, kind(at)?)))
        .any(|(at, kind)| {
            kind.is_word(&["full"])
                || (at < own && kind.is_word(&["left"]))
                || (at > own && kind.is_word(&["right"]))
        })
}

/// The name of a field without `r#`.
pub(super) fn field_name(field: &Ident) -> String {
    plain(field)
}
