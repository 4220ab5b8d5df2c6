//! The query of a view: the same pieces as those of `sql!`, without parameters, and its results held against the fields.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{LitStr, Path};

use super::{
    Column, Piece, Table,
    lex::{self, Token},
    read, same_path,
    shape::{self, field_name},
};
use crate::{
    ast::View,
    attr::sql,
    code,
    ctxt::Ctxt,
    expand::{ViewQuery, ends, underlining},
};

/// How a query begins ([`SELECT`](https://www.postgresql.org/docs/current/sql-select.html)).
const QUERIES: &[&str] = &["select", "values", "table", "with"];

/// What puts several rows into one, or several queries together: through such a view nothing is written
/// ([Updatable Views](https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS)).
const NOT_UPDATABLE: &[&str] = &[
    "distinct",
    "except",
    "fetch",
    "group",
    "having",
    "intersect",
    "join",
    "limit",
    "offset",
    "union",
    "values",
    "with",
];

/// Reads a view's query and prints it.
pub(crate) fn view(cx: &Ctxt, view: &View) -> Option<ViewQuery> {
    let query = query(cx, view)?;
    query.check(cx);
    let fits = query.results(cx);
    Some(query.print(&fits))
}

/// Reads the pieces of a view's query.
fn query<'v>(cx: &Ctxt, view: &'v View) -> Option<Query<'v>> {
    let literal = view.query.as_ref()?;
    let (text, span) = (literal.value(), literal.span());
    let parts = cx.ok(sql::split(&text, span, read::EXAMPLE))?;
    let mut params = Vec::new();
    let errors = cx.count();
    let pieces = read::pieces(cx, parts, span, &mut params);
    let tokens = cx.ok(lex::tokens(&pieces, span))?;
    if !params.is_empty() {
        cx.error(
            code::QUERY_PARAMETER,
            span,
            "the query of a view takes no parameters",
            "leave the condition to the statements that read the view",
        );
    }
    (cx.count() == errors).then_some(Query {
        view,
        literal,
        pieces,
        tokens,
    })
}

/// A query without mistakes in its pieces.
struct Query<'v> {
    view: &'v View,
    literal: &'v LitStr,
    pieces: Vec<Piece>,
    tokens: Vec<Token>,
}

/// A result that is one column.
struct Fit<'q> {
    /// Index of the view's field.
    field: usize,
    column: &'q Column,
    /// A variant of `verify::Nulls`.
    nulls: &'static str,
}

impl Query<'_> {
    fn span(&self) -> Span {
        self.literal.span()
    }

    /// What is wrong with the text as a whole.
    fn check(&self, cx: &Ctxt) {
        let (tokens, span) = (&self.tokens, self.span());
        if !tokens
            .iter()
            .find(|token| !token.is_sign(&['(']))
            .is_some_and(|token| token.is_word(QUERIES))
        {
            cx.error(
                code::NOT_A_QUERY,
                span,
                "a view stands for a query, this is another statement",
                "begin with `SELECT`, `VALUES` or `WITH`",
            );
        }
        if tokens.iter().any(|token| token.is_sign(&[';'])) {
            cx.error(
                code::QUERY_SEMICOLON,
                span,
                "a `;` in the query of a view, which is one statement",
                "leave it out",
            );
        }
        let writes = |pair: &[Token]| {
            pair[0].is_sign(&['(']) && pair[1].is_word(&["insert", "update", "delete", "merge"])
        };
        if tokens.windows(2).any(writes) {
            cx.error(
                code::QUERY_WRITES,
                span,
                "the query of a view writes nothing",
                "leave it to a statement",
            );
        }
        for piece in &self.pieces {
            if let Piece::Output(name, ty) = piece {
                cx.error(
                    code::TYPED_RESULT,
                    span,
                    format_args!(
                        "`{{{name}: {}}}` in a view, whose columns have the types of its fields",
                        ty.to_token_stream()
                    ),
                    format_args!("write `AS {name}`"),
                );
            }
        }
        if let Some(path) = self.uses().into_iter().find(|path| path.is_ident("Self")) {
            let wrong = "a view cannot read itself";
            cx.error(
                code::READS_ITSELF,
                path.segments[0].ident.span(),
                wrong,
                "name another table or view",
            );
        }
        // Nothing is written through a materialized view, whatever its query is.
        if let Some(option) = &self.view.check_option
            && !self.view.materialized
            && let Some(word) = self.top_word(NOT_UPDATABLE)
        {
            cx.error(
                code::NOT_UPDATABLE,
                option.span,
                format_args!(
                    "`check_option` needs a view that is written through, this one has `{}`",
                    word.to_uppercase()
                ),
                "leave it out",
            );
        }
    }

    /// The first of these words that stands in no parentheses.
    fn top_word(&self, words: &[&str]) -> Option<&str> {
        let depths = shape::depths(&self.tokens);
        let top = self
            .tokens
            .iter()
            .zip(depths)
            .filter(|(_, depth)| *depth == 0);
        top.map(|(token, _)| token).find_map(|token| match token {
            Token::Word(word) if words.contains(&word.as_str()) => Some(word.as_str()),
            _ => None,
        })
    }

    /// Holds the list of results against the fields, in number and in order; gives those that are one column.
    fn results(&self, cx: &Ctxt) -> Vec<Fit<'_>> {
        let (tokens, columns) = (&self.tokens, &self.view.table.columns);
        let is_select = |token: &&Token| token.is_word(&["select", "values", "table", "with"]);
        let first = tokens.iter().find(is_select);
        // What is in parentheses is not looked into.
        if !first.is_some_and(|token| token.is_word(&["select", "with"]))
            || self.top_word(&["select"]).is_none()
        {
            return Vec::new();
        }
        let Some(list) = shape::result_list(tokens) else {
            return Vec::new();
        };
        let items: Vec<&[Token]> =
            shape::at_depth_zero(list, |token| token.is_sign(&[','])).collect();
        let is_star = |item: &&[Token]| item.last().is_some_and(|token| token.is_sign(&['*']));
        if items.iter().any(is_star) {
            return Vec::new();
        }
        let (ident, span) = (&self.view.table.ident, self.span());
        if items.len() != columns.len() {
            let count = |count: usize, what: &str| match count {
                1 => format!("1 {what}"),
                _ => format!("{count} {what}s"),
            };
            cx.error(
                code::RESULT_COUNT,
                span,
                format_args!(
                    "this query gives {}, `{ident}` has {}",
                    count(items.len(), "column"),
                    count(columns.len(), "field")
                ),
                "give the struct one field per result, in the query's order",
            );
            return Vec::new();
        }
        let mut ordered = true;
        for (item, column) in items.iter().zip(columns) {
            let name = self.name(item);
            let is_other = |name: &String| {
                let mut others = columns.iter();
                others.any(|other| other.field == *name && other.field != column.field)
            };
            if let Some(name) = name.filter(|name| ordered && *name != column.name.value)
                && is_other(&name)
            {
                ordered = false;
                cx.error(
                    code::RESULT_ORDER,
                    column.ident.span(),
                    format_args!(
                        "the query gives `{name}` where `{ident}` has the field `{}`",
                        column.field
                    ),
                    "put the fields into the order of the query's results",
                );
            }
        }
        // What a column is put together with by these may have another type, or be NULL.
        if !ordered || self.top_word(&["union", "intersect", "except"]).is_some() {
            return Vec::new();
        }
        let fits = items.iter().enumerate();
        fits.filter_map(|(field, item)| self.fit(field, item))
            .collect()
    }

    /// The name of a result, where it is plain to see: a field's, or what stands behind `AS`.
    fn name(&self, item: &[Token]) -> Option<String> {
        match item {
            [Token::Piece(piece)] => match &self.pieces[*piece] {
                Piece::Column(column) => Some(field_name(&column.field)),
                _ => None,
            },
            [.., Token::Word(word), Token::Word(name)] if word == "as" => Some(name.clone()),
            _ => None,
        }
    }

    fn fit(&self, field: usize, item: &[Token]) -> Option<Fit<'_>> {
        let is_renamed = matches!(item, [_, Token::Word(word), _] if word == "as");
        let [Token::Piece(piece), ..] = item else {
            return None;
        };
        let Piece::Column(column) = &self.pieces[*piece] else {
            return None;
        };
        (item.len() == 1 || is_renamed).then(|| Fit {
            field,
            column,
            nulls: self.nulls(column),
        })
    }

    /// What is known of NULL in a column: nothing where a condition is about it.
    fn nulls(&self, column: &Column) -> &'static str {
        let outer = shape::is_outer(&self.pieces, &self.tokens, column);
        let clauses = [
            "where", "having", "on", "select", "from", "group", "order", "window",
        ];
        let in_condition = |at: usize| {
            let mut before = self.tokens[..at].iter().rev();
            let clause = before.find(|token| token.is_word(&clauses));
            let conditions: &[&str] = if outer {
                &["where", "having"]
            } else {
                &["where", "having", "on"]
            };
            clause.is_some_and(|clause| clause.is_word(conditions))
        };
        let mut tokens = self.tokens.iter().enumerate();
        let is_limited = tokens.any(|(at, token)| match token {
            Token::Piece(piece) => match &self.pieces[*piece] {
                Piece::Column(other) => {
                    other.alias == column.alias
                        && (outer || other.field == column.field)
                        && in_condition(at)
                }
                _ => false,
            },
            _ => false,
        });
        match (is_limited, outer) {
            (true, _) => "Unknown",
            (false, true) => "Outer",
            (false, false) => "AsColumn",
        }
    }

    /// The structs of what the query reads, each once.
    fn uses(&self) -> Vec<&Path> {
        let in_text = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Table(Table { path, .. }) => Some(path),
            Piece::Column(column) => Some(&column.table),
            _ => None,
        });
        let mut paths: Vec<&Path> = Vec::new();
        for path in in_text.chain(&self.view.depends) {
            if !paths.iter().any(|known| same_path(known, path)) {
                paths.push(path);
            }
        }
        paths
    }

    fn print(&self, fits: &[Fit<'_>]) -> ViewQuery {
        let span = self.span();
        let relation = |path: &Path| {
            let (first, last) = ends(path);
            underlining(first, last, quote!(<#path as __Relation>::RELATION))
        };
        let text = |text: &str| quote!(__def::QueryPart::Text(#text));
        let name = |name: &str| quote!(__def::QueryPart::Name(#name));
        let mut parts = Vec::new();
        let mut checks: Vec<TokenStream> = Vec::new();
        let mut checked: Vec<&Column> = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(plain) => parts.push(text(plain)),
                Piece::Table(table) => {
                    let relation = relation(&table.path);
                    parts.push(quote!(__def::QueryPart::Table(#relation.name)));
                    if let Some(alias) = &table.alias {
                        parts.extend([text(" AS "), name(alias)]);
                    }
                }
                Piece::Column(column) => {
                    if let Some(alias) = &column.alias {
                        parts.extend([name(alias), text(".")]);
                    }
                    let (relation, field) = (relation(&column.table), field_name(&column.field));
                    parts.push(quote!(__def::QueryPart::Column(#relation, #field)));
                    let is_same = |known: &&Column| {
                        same_path(&known.table, &column.table) && known.field == column.field
                    };
                    if !checked.iter().any(is_same) {
                        checked.push(column);
                        let call = quote!(__verify::query_column(#relation, #field));
                        let call = underlining(span, span, call);
                        checks.push(quote!(const _: ::core::primitive::usize = #call;));
                    }
                }
                // Both were refused.
                Piece::Param(_) | Piece::Output(..) => {}
            }
        }
        for fit in fits {
            let (first, last) = ends(&self.view.table.columns[fit.field].ty);
            let index = Literal::usize_unsuffixed(fit.field);
            let (relation, field) = (relation(&fit.column.table), field_name(&fit.column.field));
            let nulls = syn::Ident::new(fit.nulls, Span::call_site());
            let arguments = quote!(&__TABLE, #index, #relation, #field, __verify::Nulls::#nulls);
            // What is no table or view is so at the query: two errors at one place are shown once.
            let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
            arguments.set_span(last);
            let call = underlining(first, last, quote!(__verify::view_column));
            checks.push(quote!(const _: () = #call #arguments;));
        }
        ViewQuery {
            parts,
            uses: self.uses().into_iter().map(relation).collect(),
            checks,
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_str};

    use super::*;
    use crate::attr;

    /// What is known of NULL in each result that is one column, for a view of two fields.
    fn nulls(text: &str) -> Vec<(usize, &'static str)> {
        let source = format!("#[view(query = sql({text:?}))] struct V {{ id: i64, name: String }}");
        let input: DeriveInput = parse_str(&source).expect("a struct");
        let cx = Ctxt::default();
        let view = attr::view(&cx, &input, &mut attr::default_krate()).expect("a view");
        let query = query(&cx, &view).expect("a query");
        query.check(&cx);
        let fits = query.results(&cx);
        let nulls = fits.iter().map(|fit| (fit.field, fit.nulls)).collect();
        assert_eq!(cx.messages(), [""; 0], "{text}");
        nulls
    }

    #[test]
    fn results_are_counted_where_their_list_is_plain() {
        for text in [
            "VALUES (1, 'x', 2)",
            "TABLE other",
            "SELECT * FROM other",
            "SELECT o.*, 1, 2 FROM other o",
            "(SELECT 1, 'x', 3) UNION (SELECT 2, 'y', 3)",
            "SELECT coalesce(1, 2), (SELECT min(a, b)) -- a, b",
            "WITH a AS (SELECT 1, 2, 3) SELECT 1, 'x' FROM a",
            "SELECT 1 AS \"x, y\", ARRAY[1, 2] FROM other",
        ] {
            assert_eq!(nulls(text), [], "{text}");
        }
    }

    #[test]
    fn a_column_in_a_condition_may_not_be_null() {
        let cases: [(&str, &[(usize, &str)]); 6] = [
            (
                "SELECT {u.id}, {u.name} FROM {User as u} GROUP BY {u.id}, {u.name}",
                &[(0, "AsColumn"), (1, "AsColumn")],
            ),
            (
                "SELECT {u.id}, {u.name} AS n FROM {User as u} WHERE {u.name} IS NOT NULL",
                &[(0, "AsColumn"), (1, "Unknown")],
            ),
            (
                "SELECT DISTINCT {u.id}, ({u.name}) FROM {User as u}",
                &[(0, "AsColumn")],
            ),
            (
                "SELECT 1, {v.id} AS v FROM {User as u} LEFT JOIN {User as v} ON {v.id} = {u.id}",
                &[(1, "Outer")],
            ),
            (
                "SELECT 1, {v.id} AS v FROM {User as u} LEFT JOIN {User as v} ON {v.id} = 1 WHERE {v.name} = ''",
                &[(1, "Unknown")],
            ),
            (
                "SELECT {u.id}, {u.name} FROM {User as u} UNION ALL SELECT 1, NULL",
                &[],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(nulls(text), expected, "{text}");
        }
    }
}
