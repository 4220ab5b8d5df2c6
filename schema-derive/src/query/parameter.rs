//! The parameters whose type the text tells plainly: those beside a single column, and numbers of rows.

use super::{Column, Piece, Use, UseKind, lex::Token, shape::depths};

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

/// All parameters beside one column.
pub(super) fn uses(pieces: &[Piece], tokens: &[Token]) -> Vec<Use> {
    let look = Look { pieces, tokens };
    let mut uses = Vec::new();
    for at in 0..tokens.len() {
        uses.extend(look.comparison(at));
        look.list(&mut uses, at);
    }
    look.insert(&mut uses);
    uses
}

/// The parameters that are a number of rows: those that stand alone behind `LIMIT` and `OFFSET`, which take a BIGINT
/// ([LIMIT and OFFSET](https://www.postgresql.org/docs/current/queries-limit.html)).
pub(super) fn limits(pieces: &[Piece], tokens: &[Token]) -> Vec<usize> {
    let look = Look { pieces, tokens };
    let is_limit = |at: &usize| tokens[*at].is_word(&["limit", "offset"]);
    let limits = (0..tokens.len()).filter(is_limit);
    limits
        .filter(|&at| look.ends(at + 2) || look.is_word(at + 2, &["row", "rows"]))
        .filter_map(|at| look.param(at + 1))
        .collect()
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

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_word(words))
    }

    fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_sign(signs))
    }

    /// Whether the left side of a comparison may begin at this token.
    fn starts(&self, at: usize) -> bool {
        match at.checked_sub(1) {
            Some(before) => self.is_word(before, BEFORE) || self.is_sign(before, &['(', ',']),
            None => true,
        }
    }

    /// Whether the right side of a comparison may end before this token.
    fn ends(&self, end: usize) -> bool {
        end >= self.tokens.len() || self.is_word(end, BEHIND) || self.is_sign(end, &[')', ',', ';'])
    }

    /// `column in (param, …)` or `column between param and param` from this token on.
    fn list(&self, uses: &mut Vec<Use>, at: usize) {
        let Some(column) = self.column(at).filter(|_| self.starts(at)) else {
            return;
        };
        let word = at + 1 + usize::from(self.is_word(at + 1, &["not"]));
        let mut compared = |at| {
            if let Some(param) = self.param(at) {
                uses.push(Use {
                    kind: UseKind::Compared,
                    column: column.clone(),
                    param,
                });
            }
        };
        if self.is_word(word, &["between"]) && self.is_word(word + 2, &["and"]) {
            compared(word + 1);
            if self.ends(word + 4) {
                compared(word + 3);
            }
        }
        if !self.is_word(word, &["in"]) || !self.is_sign(word + 1, &['(']) {
            return;
        }
        let mut item = word + 2;
        // As long as each item is one token, the next one stands behind a comma.
        while self.is_sign(item + 1, &[',', ')']) {
            compared(item);
            if self.is_sign(item + 1, &[')']) {
                return;
            }
            item += 2;
        }
    }

    /// `column = param` or `param = column` from this token on, whole on both sides.
    fn comparison(&self, at: usize) -> Option<Use> {
        if !self.starts(at) {
            return None;
        }
        let ends = |end: usize| self.ends(end);
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
        let is_any = self.is_word(right, &["any"])
            && self.is_sign(right + 1, &['('])
            && self.is_sign(right + 3, &[')']);
        let param = self.param(right + 2)?;
        (is_any && ends(right + 4)).then(|| found(UseKind::ComparedWithAny, column, param))?
    }

    /// Where the right side of a comparison operator at this token begins.
    fn operator(&self, at: usize) -> Option<usize> {
        let words = |words: &[&str]| {
            let mut words = words.iter().enumerate();
            words.all(|(offset, word)| self.is_word(at + offset, &[word]))
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

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::parse_quote;

    use super::{super::lex, *};

    /// `c` stands for a column and `p` for a parameter; the parameters are numbered.
    fn pieces(text: &str) -> Vec<Piece> {
        let mut params = 0;
        let piece = |word: &str| match word {
            "c" => Piece::Column(Column {
                table: parse_quote!(Table),
                alias: None,
                field: parse_quote!(field),
            }),
            "p" => {
                params += 1;
                Piece::Param(params - 1)
            }
            other => Piece::Text(format!(" {other} ")),
        };
        text.split(' ').map(piece).collect()
    }

    fn found(text: &str) -> String {
        let pieces = pieces(text);
        let tokens = lex::tokens(&pieces, Span::call_site()).unwrap();
        let uses = uses(&pieces, &tokens);
        let mut found: Vec<String> = uses
            .iter()
            .map(|used| format!("{:?} {}", used.kind, used.param))
            .collect();
        let limits = limits(&pieces, &tokens);
        found.extend(limits.iter().map(|limit| format!("Limit {limit}")));
        found.join(", ")
    }

    #[test]
    fn parameters_whole_beside_one_column_are_found() {
        for (text, expected) in [
            ("where c = p", "Compared 0"),
            (
                "where p <= c and c = any ( p )",
                "Compared 0, ComparedWithAny 1",
            ),
            ("where c in ( p , 3 , p )", "Compared 0, Compared 1"),
            (
                "where c not between p and p or c is distinct from p",
                "Compared 0, Compared 1, Compared 2",
            ),
            (
                "update t set c = p , c = p where c = p",
                "Assigned 0, Assigned 1, Compared 2",
            ),
            (
                "insert into t ( c , c ) values ( p , p ) , ( p , p )",
                "Assigned 0, Assigned 1, Assigned 2, Assigned 3",
            ),
            ("limit p offset p", "Limit 0, Limit 1"),
            (
                "limit p offset p rows fetch first p rows only",
                "Limit 0, Limit 1",
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn parameters_in_expressions_are_not_guessed_at() {
        for text in [
            "where c = p + 1",
            "where lower( c ) = p",
            "where c + 1 = p",
            "where c in ( select p )",
            "where c in ( p + 1 )",
            "where c between p + 1 and p + 1",
            "where c - c in ( p )",
            "limit p + 1",
            "where c = any ( p || p )",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
