//! SQL expressions as text.

use std::fmt;

use super::QualifiedName;
use crate::{
    def::{DefaultDef, SqlPart, SqlText},
    ident::{
        self,
        token::{Token, parse_tokens, push_name},
    },
};

/// An SQL expression, such as a default or the condition of a check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression(String);

impl Expression {
    /// An expression with this text.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self(sql.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The sequence whose next value this is: that of `nextval('name')` and nothing else.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{Expression, QualifiedName};
    ///
    /// let default = Expression::new("nextval('shop.\"Numbers\"'::regclass)");
    /// assert_eq!(default.sequence(), Some(QualifiedName::new("shop", "Numbers")));
    /// assert_eq!(Expression::new("nextval('a') + 1").sequence(), None);
    /// ```
    #[must_use]
    pub fn sequence(&self) -> Option<QualifiedName> {
        let tokens = parse_tokens(&self.0);
        let [call, open, Token::Text(name), rest @ ..] = tokens.as_slice() else {
            return None;
        };
        let is_rest = match rest {
            [close] => close.is_symbol(")"),
            [cast, class, close] => {
                cast.is_symbol("::") && class.is_word("regclass") && close.is_symbol(")")
            }
            _ => false,
        };
        if !is_rest || !call.is_word("nextval") || !open.is_symbol("(") {
            return None;
        }
        match parse_tokens(name).as_slice() {
            [name] => Some(QualifiedName::new(ident::PUBLIC, name.name()?)),
            [namespace, dot, name] if dot.is_symbol(".") => {
                Some(QualifiedName::new(namespace.name()?, name.name()?))
            }
            _ => None,
        }
    }

    /// Renders the expression in parentheses. Where a comment may run to the end of its last line, the closing one
    /// stands on a line of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Expression;
    ///
    /// assert_eq!(Expression::new("a > 0").parenthesized(), "(a > 0)");
    /// assert_eq!(Expression::new("a > 0 -- for now").parenthesized(), "(a > 0 -- for now\n)");
    /// ```
    #[must_use]
    pub fn parenthesized(&self) -> String {
        let newline = if self.0.contains("--") { "\n" } else { "" };
        format!("({}{newline})", self.0)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names come in quoted where PostgreSQL needs it, also inside of a string such as the body of a function.
impl From<&SqlText> for Expression {
    fn from(text: &SqlText) -> Self {
        let mut sql = String::new();
        for part in text.0 {
            match part {
                SqlPart::Text(text) => sql.push_str(text),
                SqlPart::Column(column) => push_name(&mut sql, &ident::quote(column)),
                SqlPart::Table(table) => {
                    push_name(
                        &mut sql,
                        &ident::quote_qualified(table.namespace, table.name),
                    );
                }
            }
        }
        Self(sql)
    }
}

/// Literals come in as SQL would write them.
impl From<&DefaultDef> for Expression {
    fn from(default: &DefaultDef) -> Self {
        match default {
            DefaultDef::Text(text) => Self(ident::quote_literal(text)),
            DefaultDef::Integer(value) => Self(value.to_string()),
            DefaultDef::Float(text) => Self(text.replace('_', "")),
            DefaultDef::Boolean(value) => Self(value.to_string()),
            DefaultDef::Sql(text) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_quoted_columns() {
        let text = SqlText(&[
            SqlPart::Column("order"),
            SqlPart::Text(" > "),
            SqlPart::Column("size"),
        ]);
        assert_eq!(Expression::from(&text).as_str(), r#""order" > size"#);
    }

    #[test]
    fn default_literals_are_safe() {
        let text = |default| Expression::from(&default).to_string();
        assert_eq!(text(DefaultDef::Text("o'clock")), "'o''clock'");
        assert_eq!(text(DefaultDef::Integer(-1)), "-1");
        assert_eq!(text(DefaultDef::Float("1_000.5")), "1000.5");
        assert_eq!(text(DefaultDef::Boolean(true)), "true");
    }
}
