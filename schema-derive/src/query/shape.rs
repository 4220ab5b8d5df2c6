//! What is plain to see in the text: the list of results, and the parameters beside a single column.

use proc_macro2::Span;
use syn::Ident;

use super::{Column, Field, Piece, Results, Source, Use, UseKind, lex::Token};
use crate::{case::plain, code, ctxt::Ctxt};

/// What may stand before a comparison whose left side is one column.
const BEFORE: &[&str] = &[
    "where", "and", "or", "on", "not", "having", "when", "set", "select", "then", "else",
];

/// What may stand behind a comparison whose right side is one parameter.
const BEHIND: &[&str] = &[
    "and",
    "or",
    "then",
    "else",
    "end",
    "group",
    "having",
    "window",
    "order",
    "limit",
    "offset",
    "fetch",
    "for",
    "union",
    "intersect",
    "except",
    "returning",
    "from",
    "where",
    "on",
    "join",
    "left",
    "right",
    "full",
    "inner",
    "cross",
    "as",
];

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

/// The tokens between `SELECT` and `FROM`, or behind `RETURNING`.
fn result_list(tokens: &[Token]) -> Option<&[Token]> {
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
fn depths(tokens: &[Token]) -> Vec<usize> {
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
fn at_depth_zero(
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
fn is_outer(pieces: &[Piece], tokens: &[Token], column: &Column) -> bool {
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

/// All parameters beside one column.
pub(super) fn uses(pieces: &[Piece], tokens: &[Token]) -> Vec<Use> {
    let look = Look { pieces, tokens };
    let mut uses: Vec<Use> = (0..tokens.len())
        .filter_map(|at| look.comparison(at))
        .collect();
    look.insert(&mut uses);
    uses
}

struct Look<'a> {
    pieces: &'a [Piece],
    tokens: &'a [Token],
}

impl<'a> Look<'a> {
    fn column(&self, at: usize) -> Option<&'a Column> {
        match self.tokens.get(at)? {
            Token::Piece(index) => match &self.pieces[*index] {
                Piece::Column(column) => Some(column),
                _ => None,
            },
            _ => None,
        }
    }

    fn param(&self, at: usize) -> Option<usize> {
        match self.tokens.get(at)? {
            Token::Piece(index) => match self.pieces[*index] {
                Piece::Param(param) => Some(param),
                _ => None,
            },
            _ => None,
        }
    }

    /// `column = param` or `param = column` from this token on, whole on both sides.
    fn comparison(&self, at: usize) -> Option<Use> {
        let starts = match at.checked_sub(1).map(|before| &self.tokens[before]) {
            Some(before) => before.is_word(BEFORE) || before.is_sign(&['(', ',']),
            None => true,
        };
        let ends = |end: usize| {
            self.tokens
                .get(end)
                .is_none_or(|token| token.is_word(BEHIND) || token.is_sign(&[')', ',', ';']))
        };
        if !starts {
            return None;
        }
        let right = self.operator(at + 1)?;
        let found = |kind, column: &Column, param| {
            let column = column.clone();
            Some(Use {
                kind,
                column,
                param,
            })
        };
        if let (Some(param), Some(column)) = (self.param(at), self.column(right)) {
            return ends(right + 1).then(|| found(UseKind::Compared, column, param))?;
        }
        let column = self.column(at)?;
        if let Some(param) = self.param(right) {
            let kind = if self.is_assignment(at) {
                UseKind::Assigned
            } else {
                UseKind::Compared
            };
            return ends(right + 1).then(|| found(kind, column, param))?;
        }
        let is_any = self.tokens.get(right)?.is_word(&["any"])
            && self.tokens.get(right + 1)?.is_sign(&['('])
            && self.tokens.get(right + 3)?.is_sign(&[')']);
        let param = self.param(right + 2)?;
        (is_any && ends(right + 4)).then(|| found(UseKind::ComparedWithAny, column, param))?
    }

    /// Where the right side of a comparison operator at this token begins.
    fn operator(&self, at: usize) -> Option<usize> {
        let words = |words: &[&str]| {
            words.iter().enumerate().all(|(offset, word)| {
                self.tokens
                    .get(at + offset)
                    .is_some_and(|token| token.is_word(&[word]))
            })
        };
        if words(&["is", "distinct", "from"]) {
            return Some(at + 3);
        }
        if words(&["is", "not", "distinct", "from"]) {
            return Some(at + 4);
        }
        let signs: String = self.tokens[at.min(self.tokens.len())..]
            .iter()
            .map_while(|token| match token {
                Token::Sign(sign) if "<>=!~*+-/|&@#%^?".contains(*sign) => Some(*sign),
                _ => None,
            })
            .collect();
        let known = ["=", "<>", "!=", "<", "<=", ">", ">="];
        known.contains(&signs.as_str()).then(|| at + signs.len())
    }

    /// Whether the `=` behind a column alone is that of `SET`: the clause it stands in begins with that word.
    fn is_assignment(&self, at: usize) -> bool {
        let clauses = [
            "set",
            "where",
            "from",
            "on",
            "returning",
            "select",
            "values",
        ];
        let is_bare = self.column(at).is_some_and(|column| column.alias.is_none());
        let clause = self.tokens[..at]
            .iter()
            .rev()
            .find(|token| token.is_word(&clauses));
        is_bare && clause.is_some_and(|clause| clause.is_word(&["set"]))
    }

    /// `insert into {Table} (columns) values (params), …`.
    fn insert(&self, uses: &mut Vec<Use>) {
        let tokens = self.tokens;
        let Some(values) = tokens.iter().position(|token| token.is_word(&["values"])) else {
            return;
        };
        let into = tokens[..values]
            .iter()
            .rposition(|token| token.is_word(&["into"]));
        let Some(open) = into
            .map(|into| into + 2)
            .filter(|&at| tokens.get(at).is_some_and(|token| token.is_sign(&['('])))
        else {
            return;
        };
        let Some(columns) = (open + 1..values - 1)
            .step_by(2)
            .map(|at| self.column(at))
            .collect::<Option<Vec<_>>>()
        else {
            return;
        };
        let depths = depths(tokens);
        let base = depths[values];
        let mut position = 0;
        for at in values + 1..tokens.len() {
            if depths[at] < base || (depths[at] == base && matches!(tokens[at], Token::Word(_))) {
                break;
            }
            if depths[at] == base && tokens[at].is_sign(&['(']) {
                position = 0;
            } else if depths[at] == base + 1 && tokens[at].is_sign(&[',']) {
                position += 1;
            }
            let is_whole = depths[at] == base + 1
                && tokens[at - 1].is_sign(&['(', ','])
                && tokens
                    .get(at + 1)
                    .is_some_and(|token| token.is_sign(&[')', ',']));
            if let (true, Some(param), Some(column)) =
                (is_whole, self.param(at), columns.get(position))
            {
                uses.push(Use {
                    kind: UseKind::Assigned,
                    column: (*column).clone(),
                    param,
                });
            }
        }
    }
}

/// The name of a field without `r#`.
pub(super) fn field_name(field: &Ident) -> String {
    plain(field)
}
