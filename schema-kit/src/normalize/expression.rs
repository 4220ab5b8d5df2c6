//! The normal form of an expression: what the server's text and the user's have in common, as far as a parser of
//! expressions can tell.
//!
//! The server's text is a tree printed again (`src/backend/utils/adt/ruleutils.c`): with parentheses around operators, with
//! the casts it found necessary, and with `IN`, `BETWEEN` and `LIKE` as the operators they stand for.

mod operator;

use schema_core::{ident, schema::SqlType};

use super::token::{Token, tokens};

/// Renders an expression in its normal form; two texts with the same one mean the same. Columns whose type is `varchar` or
/// `char` are named, since the server casts them to `text`. Text that is no expression, such as one with a query in it,
/// keeps its words and loses its spacing.
///
/// # Examples
///
/// ```
/// use schema_kit::normalize::expression_key;
///
/// let key = |sql| expression_key(sql, &["status"]);
/// assert_eq!(key("CURRENT_TIMESTAMP"), key("now()"));
/// assert_eq!(key("'x'::character varying"), key("'x'"));
/// assert_eq!(key("a > 0 AND (b + 1) * 2 < 5"), key("((a > 0) and (((b + 1) * 2) < 5))"));
/// assert_ne!(key("(a + b) * c"), key("a + b * c"));
/// assert_eq!(
///     key("status IN ('a', 'b')"),
///     key("((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))")
/// );
/// ```
#[must_use]
pub fn expression_key(sql: &str, character_columns: &[&str]) -> String {
    let tokens = tokens(sql);
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        character_columns,
    };
    match parser.expression(0) {
        Some(node) if parser.at == tokens.len() => node.text,
        _ => {
            let words: Vec<String> = tokens.iter().map(ToString::to_string).collect();
            words.join(" ")
        }
    }
}

/// How tightly operators bind
/// ([Operator Precedence](https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE)).
mod binding {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const IS: u8 = 4;
    pub(super) const COMPARISON: u8 = 5;
    pub(super) const LIKE: u8 = 6;
    pub(super) const OTHER: u8 = 7;
    pub(super) const SUM: u8 = 8;
    pub(super) const PRODUCT: u8 = 9;
    pub(super) const POWER: u8 = 10;
    pub(super) const AT: u8 = 11;
    pub(super) const COLLATE: u8 = 12;
    pub(super) const SIGN: u8 = 13;
    pub(super) const SUBSCRIPT: u8 = 14;
    pub(super) const CAST: u8 = 15;
}

/// How deep an expression may nest before it is left as it is.
const DEEPEST: usize = 100;

/// A part of an expression in its normal form.
#[derive(Debug, Clone)]
struct Node {
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A constant, or an array of constants.
    Literal,
    /// A column of a character type.
    Character,
    /// `AND` or `OR`, whose parts need no parentheses of their own.
    Chain(&'static str),
    Other,
}

impl Node {
    fn other(text: String) -> Self {
        Self {
            text,
            kind: Kind::Other,
        }
    }

    fn literal(text: String) -> Self {
        Self {
            text,
            kind: Kind::Literal,
        }
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    character_columns: &'t [&'t str],
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes(&mut self, symbol: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is_symbol(symbol));
        self.at += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is_word(word));
        self.at += usize::from(found);
        found
    }

    fn expression(&mut self, least: u8) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.prefix()?;
        while let Some(next) = self.infix(&left, least) {
            left = next?;
        }
        self.depth -= 1;
        Some(left)
    }

    fn prefix(&mut self) -> Option<Node> {
        if self.takes_word("not") {
            let inner = self.expression(binding::NOT)?;
            return Some(Node::other(format!("(not {})", inner.text)));
        }
        if self.takes("-") {
            let inner = self.expression(binding::SIGN)?;
            let text = format!("-{}", inner.text);
            return Some(match inner.kind {
                Kind::Literal => Node::literal(text),
                _ => Node::other(format!("({text})")),
            });
        }
        if self.takes("+") {
            return self.expression(binding::SIGN);
        }
        if self.takes("(") {
            return self.parenthesized();
        }
        match self.peek()?.clone() {
            Token::Text(text) => {
                self.at += 1;
                Some(Node::literal(text))
            }
            Token::Number(text) => {
                self.at += 1;
                Some(Node::literal(text))
            }
            Token::Word(word) => self.word(&word),
            Token::Quoted(_) => self.name(),
            Token::Symbol(_) => None,
        }
    }

    fn parenthesized(&mut self) -> Option<Node> {
        let mut items = self.list(")")?;
        match items.len() {
            1 => items.pop(),
            _ => Some(Node::other(format!("({})", join(&items)))),
        }
    }

    /// What stands between commas up to the closing sign.
    fn list(&mut self, close: &str) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        if self.takes(close) {
            return Some(items);
        }
        loop {
            items.push(self.expression(0)?);
            if self.takes(close) {
                return Some(items);
            }
            if !self.takes(",") {
                return None;
            }
        }
    }

    fn word(&mut self, word: &str) -> Option<Node> {
        match word {
            "current_timestamp" => {
                self.at += 1;
                Some(Node::other("now()".to_owned()))
            }
            "true" | "false" | "null" => {
                self.at += 1;
                Some(Node::literal(word.to_owned()))
            }
            "array" => {
                self.at += 1;
                if !self.takes("[") {
                    return None;
                }
                self.array()
            }
            "cast" => self.cast(),
            "case" => self.case(),
            "select" | "exists" | "with" | "values" | "row" | "interval" | "extract" => None,
            _ => self.name(),
        }
    }

    fn array(&mut self) -> Option<Node> {
        let items = self.list("]")?;
        let text = format!("array[{}]", join(&items));
        let is_literal = items.iter().all(|item| item.kind == Kind::Literal);
        Some(if is_literal {
            Node::literal(text)
        } else {
            Node::other(text)
        })
    }

    fn cast(&mut self) -> Option<Node> {
        self.at += 1;
        if !self.takes("(") {
            return None;
        }
        let inner = self.expression(0)?;
        if !self.takes_word("as") {
            return None;
        }
        let node = self.cast_to(&inner)?;
        self.takes(")").then_some(node)
    }

    fn case(&mut self) -> Option<Node> {
        self.at += 1;
        let mut text = "case".to_owned();
        if !self.peek()?.is_word("when") {
            text.push_str(&format!(" {}", self.expression(0)?.text));
        }
        while self.takes_word("when") {
            let condition = self.expression(0)?;
            if !self.takes_word("then") {
                return None;
            }
            let value = self.expression(0)?;
            text.push_str(&format!(" when {} then {}", condition.text, value.text));
        }
        if self.takes_word("else") {
            // The server writes the `ELSE NULL` that is left out.
            match self.expression(0)?.text.as_str() {
                "null" => {}
                value => text.push_str(&format!(" else {value}")),
            }
        }
        self.takes_word("end")
            .then(|| Node::other(format!("{text} end")))
    }

    /// A column or the call of a function, without the namespaces that are always searched.
    fn name(&mut self) -> Option<Node> {
        let mut path = vec![self.identifier()?];
        while self.takes(".") {
            path.push(self.identifier()?);
        }
        if path.len() > 1 && matches!(path[0].as_str(), "pg_catalog" | "public") {
            path.remove(0);
        }
        let text = path.join(".");
        if self.takes("(") {
            if self.takes("*") {
                return self.takes(")").then(|| Node::other(format!("{text}(*)")));
            }
            let arguments = self.list(")")?;
            return Some(Node::other(format!("{text}({})", join(&arguments))));
        }
        let is_character = path.last().is_some_and(|last| {
            let mut columns = self.character_columns.iter();
            columns.any(|column| ident::quote(column) == last.as_str())
        });
        Some(Node {
            text,
            kind: if is_character {
                Kind::Character
            } else {
                Kind::Other
            },
        })
    }

    fn identifier(&mut self) -> Option<String> {
        let name = match self.peek()? {
            Token::Word(name) | Token::Quoted(name) => ident::quote(name).into_owned(),
            _ => return None,
        };
        self.at += 1;
        Some(name)
    }

    /// A cast says nothing new of a constant, or of a character column that becomes text.
    fn cast_to(&mut self, inner: &Node) -> Option<Node> {
        let rest: Vec<String> = self.tokens[self.at..]
            .iter()
            .map(ToString::to_string)
            .collect();
        let longest = rest.len().min(12);
        let found = (1..=longest).rev().find_map(|length| {
            let ty: SqlType = rest[..length].join(" ").parse().ok()?;
            Some((ty, length))
        });
        let (ty, length) = found?;
        self.at += length;
        let is_text = !ty.array && matches!(ty.name.as_str(), "text" | "varchar" | "bpchar");
        Some(match inner.kind {
            Kind::Literal => Node::literal(constant(&inner.text, &ty)),
            Kind::Character if is_text => inner.clone(),
            _ => Node::other(format!("({}::{ty})", inner.text)),
        })
    }
}

fn join(items: &[Node]) -> String {
    let items: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    items.join(", ")
}

/// A constant of a type: a number that stands in quotes is a number.
fn constant(text: &str, ty: &SqlType) -> String {
    let is_number = matches!(
        ty.name.as_str(),
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision"
    );
    let bare = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    match bare {
        Some(bare) if is_number && !ty.array && bare.parse::<f64>().is_ok() => bare.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
