//! What stands behind an operand: operators of signs and of words.

use super::{Kind, Node, Parser, binding, join};
use crate::normalize::token::Token;

impl Parser<'_> {
    /// What follows an operand, where it binds tightly enough: `None` ends the expression, `Some(None)` is a mistake.
    pub(super) fn infix(&mut self, left: &Node, least: u8) -> Option<Option<Node>> {
        let start = self.at;
        let node = match self.peek()?.clone() {
            Token::Symbol(symbol) => self.symbol(&symbol, left, least),
            Token::Word(word) => self.keyword(&word, left, least),
            _ => None,
        };
        if node.is_none() {
            self.at = start;
        }
        node
    }

    fn symbol(&mut self, symbol: &str, left: &Node, least: u8) -> Option<Option<Node>> {
        let (symbol, strength) = match symbol {
            ")" | "]" | "," | "(" | ";" | ":" => return None,
            "::" => ("::", binding::CAST),
            "[" => ("[", binding::SUBSCRIPT),
            "." => (".", binding::CAST),
            "!=" => ("<>", binding::COMPARISON),
            "<" | ">" | "=" | "<=" | ">=" | "<>" => (symbol, binding::COMPARISON),
            "+" | "-" => (symbol, binding::SUM),
            "*" | "/" | "%" => (symbol, binding::PRODUCT),
            "^" => (symbol, binding::POWER),
            _ => (symbol, binding::OTHER),
        };
        if strength <= least {
            return None;
        }
        self.at += 1;
        Some(match symbol {
            "::" => self.cast_to(left),
            "." => self
                .identifier()
                .map(|field| Node::other(format!("({}).{field}", left.text))),
            "[" => self.list("]").and_then(|items| match items.as_slice() {
                [item] => Some(Node::other(format!("{}[{}]", left.text, item.text))),
                _ => None,
            }),
            _ => self.binary(left, symbol, strength),
        })
    }

    fn binary(&mut self, left: &Node, operator: &str, strength: u8) -> Option<Node> {
        for quantifier in ["any", "some", "all"] {
            if self.takes_word(quantifier) {
                let quantifier = quantifier.replace("some", "any");
                let right = self.expression(binding::CAST)?;
                return Some(quantified(left, operator, &quantifier, &right));
            }
        }
        let right = self.expression(strength)?;
        Some(Node::other(format!(
            "({} {operator} {})",
            left.text, right.text
        )))
    }

    fn keyword(&mut self, word: &str, left: &Node, least: u8) -> Option<Option<Node>> {
        let strength = match word {
            "or" => binding::OR,
            "and" => binding::AND,
            "is" => binding::IS,
            "in" | "between" | "like" | "ilike" | "not" => binding::LIKE,
            "at" => binding::AT,
            "collate" => binding::COLLATE,
            _ => return None,
        };
        if strength <= least {
            return None;
        }
        self.at += 1;
        Some(match word {
            "or" => self.chain(left, "or", strength),
            "and" => self.chain(left, "and", strength),
            "is" => self.is(left),
            "at" => self.at_time_zone(left),
            "collate" => self
                .name()
                .map(|name| Node::other(format!("({} collate {})", left.text, name.text))),
            "not" => match self.peek()?.clone() {
                Token::Word(word) => {
                    self.at += 1;
                    self.like(left, &word, Negated::Yes)
                }
                _ => None,
            },
            word => self.like(left, word, Negated::No),
        })
    }

    fn chain(&mut self, left: &Node, word: &'static str, strength: u8) -> Option<Node> {
        let right = self.expression(strength)?;
        let bare = |node: &Node| match node.kind {
            // The parentheses of the same word say nothing.
            Kind::Chain(inner) if inner == word => node.text[1..node.text.len() - 1].to_owned(),
            _ => node.text.clone(),
        };
        Some(Node {
            text: format!("({} {word} {})", bare(left), bare(&right)),
            kind: Kind::Chain(word),
        })
    }

    fn is(&mut self, left: &Node) -> Option<Node> {
        let mut text = format!("({} is", left.text);
        if self.takes_word("not") {
            text.push_str(" not");
        }
        if self.takes_word("distinct") {
            if !self.takes_word("from") {
                return None;
            }
            let right = self.expression(binding::IS)?;
            return Some(Node::other(format!("{text} distinct from {})", right.text)));
        }
        for word in ["null", "true", "false", "unknown"] {
            if self.takes_word(word) {
                return Some(Node::other(format!("{text} {word})")));
            }
        }
        None
    }

    fn at_time_zone(&mut self, left: &Node) -> Option<Node> {
        if !(self.takes_word("time") && self.takes_word("zone")) {
            return None;
        }
        let zone = self.expression(binding::AT)?;
        Some(Node::other(format!(
            "({} at time zone {})",
            left.text, zone.text
        )))
    }

    fn like(&mut self, left: &Node, word: &str, negated: Negated) -> Option<Node> {
        let operator = |plain: &'static str, not: &'static str| match negated {
            Negated::No => plain,
            Negated::Yes => not,
        };
        match word {
            "like" => self.binary(left, operator("~~", "!~~"), binding::LIKE),
            "ilike" => self.binary(left, operator("~~*", "!~~*"), binding::LIKE),
            "in" => {
                if !self.takes("(") {
                    return None;
                }
                let items = self.list(")")?;
                let array = Node::other(format!("array[{}]", join(&items)));
                // One item is compared directly.
                Some(match (items.as_slice(), negated) {
                    ([item], Negated::No) => {
                        Node::other(format!("({} = {})", left.text, item.text))
                    }
                    ([item], Negated::Yes) => {
                        Node::other(format!("({} <> {})", left.text, item.text))
                    }
                    (_, Negated::No) => quantified(left, "=", "any", &array),
                    (_, Negated::Yes) => quantified(left, "<>", "all", &array),
                })
            }
            "between" => {
                let low = self.expression(binding::LIKE)?;
                if !self.takes_word("and") {
                    return None;
                }
                let high = self.expression(binding::LIKE)?;
                let (above, below, word) = match negated {
                    Negated::No => (">=", "<=", "and"),
                    Negated::Yes => ("<", ">", "or"),
                };
                let left = &left.text;
                Some(Node {
                    text: format!(
                        "(({left} {above} {}) {word} ({left} {below} {}))",
                        low.text, high.text
                    ),
                    kind: Kind::Chain(word),
                })
            }
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Negated {
    No,
    Yes,
}

fn quantified(left: &Node, operator: &str, quantifier: &str, right: &Node) -> Node {
    Node::other(format!(
        "({} {operator} {quantifier} {})",
        left.text, right.text
    ))
}
