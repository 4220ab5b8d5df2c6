//! What a text creates, and under which name: read from its first words
//! ([SQL Commands](https://www.postgresql.org/docs/current/sql-commands.html)).

use proc_macro2::Span;

use super::lex::{At, Lexer, Token};
use crate::{
    ast::{ObjectIdentity, ObjectPart, ObjectTable},
    code,
    ctxt::fault,
};

/// What follows the kind.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// A name in a namespace.
    Name,
    /// A name of the whole database.
    Global,
    /// A name and arguments in parentheses.
    Signature,
    /// A name, and behind this word a table.
    On(&'static str),
    /// Types in parentheses and no name.
    Cast,
    /// Signs, and the types of both sides in the definition.
    Operator,
    /// A name, and behind `using` an index method.
    Method,
}

/// The kinds by their words, the longer before the shorter.
const KINDS: [(&str, Shape); 25] = [
    ("ACCESS METHOD", Shape::Global),
    ("AGGREGATE", Shape::Signature),
    ("CAST", Shape::Cast),
    ("CONVERSION", Shape::Name),
    ("DOMAIN", Shape::Name),
    ("EVENT TRIGGER", Shape::Global),
    ("FOREIGN DATA WRAPPER", Shape::Global),
    ("FOREIGN TABLE", Shape::Name),
    ("FUNCTION", Shape::Signature),
    ("LANGUAGE", Shape::Global),
    ("MATERIALIZED VIEW", Shape::Name),
    ("OPERATOR CLASS", Shape::Method),
    ("OPERATOR FAMILY", Shape::Method),
    ("OPERATOR", Shape::Operator),
    ("PROCEDURE", Shape::Signature),
    ("PUBLICATION", Shape::Global),
    ("RULE", Shape::On("to")),
    ("SERVER", Shape::Global),
    ("STATISTICS", Shape::Name),
    ("TEXT SEARCH CONFIGURATION", Shape::Name),
    ("TEXT SEARCH DICTIONARY", Shape::Name),
    ("TEXT SEARCH TEMPLATE", Shape::Name),
    ("TRIGGER", Shape::On("on")),
    ("TYPE", Shape::Name),
    ("VIEW", Shape::Name),
];

/// What has a place of its own, and which.
const ELSEWHERE: [(&str, &str); 9] = [
    ("TABLE", "declare it as a struct with `#[derive(Table)]`"),
    (
        "UNLOGGED TABLE",
        "declare it as a struct with `#[derive(Table)]`",
    ),
    ("INDEX", "write `#[table(index(…))]` on the table's struct"),
    (
        "UNIQUE INDEX",
        "write `#[table(unique_index(…))]` on the table's struct",
    ),
    (
        "POLICY",
        "write `#[table(policy(…))]` on the table's struct",
    ),
    ("SEQUENCE", "write `sequences = [sequence(name = \"…\")]`"),
    (
        "COLLATION",
        "write `collations = [collation(name = \"…\", locale = \"…\")]`",
    ),
    ("EXTENSION", "write `extensions = [\"…\"]`"),
    (
        "SCHEMA",
        "a namespace is made where something has `namespace = \"…\"`",
    ),
];

/// Reads the head of a text.
pub(super) fn read(parts: &[ObjectPart], span: Span) -> syn::Result<ObjectIdentity> {
    let mut lexer = Lexer::new(parts);
    let (kind, shape) = kind(&mut lexer, span)?;
    lexer.words(&["if", "not", "exists"]);
    let mut identity = ObjectIdentity {
        kind: kind.to_owned(),
        ..ObjectIdentity::default()
    };
    let read = match shape {
        Shape::Cast => {
            identity.arguments = parentheses(&mut lexer, parts);
            identity.arguments.is_some()
        }
        Shape::Operator => operator(&mut lexer, parts, &mut identity),
        _ => {
            name(&mut lexer, shape, &mut identity)
                && behind(&mut lexer, parts, shape, &mut identity)
        }
    };
    if read {
        return Ok(identity);
    }
    let wrong = match (shape, identity.name.is_empty()) {
        (Shape::Cast, _) => "its types in parentheses",
        (_, true) => "its name",
        (Shape::Signature, _) => "its arguments in parentheses",
        (Shape::On(_), _) => "its table",
        (Shape::Operator, _) => "its definition in parentheses",
        _ => "its index method",
    };
    Err(fault(
        code::OBJECT_HEAD,
        span,
        format_args!("this `CREATE {kind}` does not have {wrong} where PostgreSQL expects it"),
        "put the text right; `psql` knows the form as `\\h CREATE …`",
    ))
}

/// Takes the semicolon off the end, where the statement may have one.
pub(super) fn end(parts: &mut [ObjectPart]) {
    if let Some(ObjectPart::Text(text)) = parts.last_mut() {
        let kept = text.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
        text.truncate(kept.len());
    }
    if let Some(ObjectPart::Text(text)) = parts.first_mut() {
        let blank = text.len() - text.trim_start().len();
        text.drain(..blank);
    }
}

fn kind(lexer: &mut Lexer<'_>, span: Span) -> syn::Result<(&'static str, Shape)> {
    const SAY: &str =
        "write one `CREATE …`, or say what it is: `object(sql(\"…\"), kind = \"…\", name = \"…\")`";
    if !lexer.word("create") {
        return Err(fault(
            code::OBJECT_KIND,
            span,
            "this SQL text does not begin with `CREATE`",
            SAY,
        ));
    }
    lexer.words(&["or", "replace"]);
    let takes = |lexer: &mut Lexer<'_>, kind: &str| {
        let words: Vec<String> = kind.split(' ').map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        lexer.words(&words)
    };
    for (kind, help) in ELSEWHERE {
        if takes(lexer, kind) {
            let wrong = format_args!("`CREATE {kind}` is no text of its own in a schema");
            return Err(fault(code::OBJECT_ELSEWHERE, span, wrong, help));
        }
    }
    for before in [
        "constraint",
        "trusted",
        "procedural",
        "default",
        "recursive",
    ] {
        lexer.word(before);
    }
    match KINDS.into_iter().find(|(kind, _)| takes(lexer, kind)) {
        Some(found) => Ok(found),
        None => Err(fault(
            code::OBJECT_KIND,
            span,
            "it cannot be told what this SQL text creates",
            SAY,
        )),
    }
}

/// Reads a name, with its namespace where the kind has one.
fn name(lexer: &mut Lexer<'_>, shape: Shape, identity: &mut ObjectIdentity) -> bool {
    let first = lexer.peek();
    let Some((namespace, name)) = qualified(lexer) else {
        return false;
    };
    if let Some(Token::Word(word)) = first {
        let of_function = shape == Shape::Signature && namespace.is_none();
        identity.unquoted = Some((word, of_function));
    }
    if matches!(shape, Shape::Name | Shape::Signature | Shape::Method) {
        identity.namespace = Some(namespace.unwrap_or_else(|| "public".to_owned()));
    }
    identity.name = name;
    true
}

/// Reads what belongs to the identity behind the name.
fn behind(
    lexer: &mut Lexer<'_>,
    parts: &[ObjectPart],
    shape: Shape,
    identity: &mut ObjectIdentity,
) -> bool {
    match shape {
        Shape::Signature => {
            identity.arguments = parentheses(lexer, parts);
            identity.arguments.is_some()
        }
        Shape::On(word) => {
            skip_to(lexer, word);
            identity.table = table(lexer, parts);
            identity.table.is_some()
        }
        Shape::Method => {
            skip_to(lexer, "using");
            identity.method = ident(lexer);
            identity.method.is_some()
        }
        _ => true,
    }
}

/// Goes behind the next of this word, or to the end.
fn skip_to(lexer: &mut Lexer<'_>, word: &str) {
    while !lexer.word(word) && lexer.next().is_some() {}
}

fn ident(lexer: &mut Lexer<'_>) -> Option<String> {
    let found = match lexer.peek()? {
        Token::Word(name) | Token::Quoted(name) => name,
        _ => return None,
    };
    lexer.next();
    Some(found)
}

fn qualified(lexer: &mut Lexer<'_>) -> Option<(Option<String>, String)> {
    let first = ident(lexer)?;
    if lexer.sign(".") {
        return Some((Some(first), ident(lexer)?));
    }
    Some((None, first))
}

fn table(lexer: &mut Lexer<'_>, parts: &[ObjectPart]) -> Option<ObjectTable> {
    if let Some(Token::Part(at)) = lexer.peek() {
        return match &parts[at] {
            ObjectPart::Table(path) => Some(ObjectTable::Listed(path.clone())),
            _ => None,
        };
    }
    let (namespace, name) = qualified(lexer)?;
    let namespace = namespace.unwrap_or_else(|| "public".to_owned());
    Some(ObjectTable::Named(namespace, name))
}

/// What stands in the next parentheses.
fn parentheses(lexer: &mut Lexer<'_>, parts: &[ObjectPart]) -> Option<Vec<ObjectPart>> {
    if !lexer.sign("(") {
        return None;
    }
    let from = lexer.at();
    let mut depth = 1;
    loop {
        let to = lexer.at();
        match lexer.next()? {
            Token::Signs(sign) if sign == "(" => depth += 1,
            Token::Signs(sign) if sign == ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(between(parts, from, to));
        }
    }
}

/// The parts from one place up to another.
fn between(parts: &[ObjectPart], from: At, to: At) -> Vec<ObjectPart> {
    let parts = parts.iter().enumerate();
    let parts = parts.filter_map(|(at, part)| match part {
        _ if at < from.0 || at > to.0 => None,
        ObjectPart::Text(text) => {
            let start = if at == from.0 { from.1 } else { 0 };
            let end = if at == to.0 { to.1 } else { text.len() };
            let text = text[start..end].to_owned();
            (!text.is_empty()).then_some(ObjectPart::Text(text))
        }
        _ if at == to.0 => None,
        part => Some(part.clone()),
    });
    parts.collect()
}

/// `[namespace.]signs (…, LEFTARG = type, RIGHTARG = type, …)`.
fn operator(lexer: &mut Lexer<'_>, parts: &[ObjectPart], identity: &mut ObjectIdentity) -> bool {
    let namespace = ident(lexer).filter(|_| lexer.sign("."));
    let Some(Token::Signs(signs)) = lexer.next() else {
        return false;
    };
    identity.namespace = Some(namespace.unwrap_or_else(|| "public".to_owned()));
    identity.name = signs;
    if !lexer.sign("(") {
        return false;
    }
    let none = || vec![ObjectPart::Text("NONE".to_owned())];
    let (mut left, mut right) = (none(), none());
    loop {
        let side = if lexer.words(&["leftarg"]) {
            Some(&mut left)
        } else if lexer.words(&["rightarg"]) {
            Some(&mut right)
        } else {
            None
        };
        if let Some(side) = side.filter(|_| lexer.sign("=")) {
            *side = up_to_comma(lexer, parts);
        }
        match lexer.next() {
            None => return false,
            Some(Token::Signs(sign)) if sign == ")" => break,
            Some(_) => {}
        }
    }
    left.push(ObjectPart::Text(", ".to_owned()));
    left.extend(right);
    identity.arguments = Some(left);
    true
}

/// What stands before the next comma or closing parenthesis, which is left.
fn up_to_comma(lexer: &mut Lexer<'_>, parts: &[ObjectPart]) -> Vec<ObjectPart> {
    let from = lexer.at();
    let mut depth = 0;
    loop {
        let to = lexer.at();
        match lexer.peek() {
            None => return between(parts, from, to),
            Some(Token::Signs(sign)) => match sign.as_str() {
                "," | ")" if depth == 0 => return between(parts, from, to),
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            },
            Some(_) => {}
        }
        lexer.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parts: &[ObjectPart]) -> String {
        let part = |part: &ObjectPart| match part {
            ObjectPart::Text(text) => text.clone(),
            _ => "{}".to_owned(),
        };
        parts.iter().map(part).collect::<Vec<_>>().join("")
    }

    /// Kind, name and what else belongs to the identity, or the error.
    fn head(sql: &str) -> String {
        let mut parts = Vec::new();
        for (at, text) in sql.split("{}").enumerate() {
            if at > 0 {
                parts.push(ObjectPart::Table(syn::parse_quote!(Message)));
            }
            parts.push(ObjectPart::Text(text.to_owned()));
        }
        match read(&parts, Span::call_site()) {
            Err(error) => error.to_string().lines().next().unwrap_or("").to_owned(),
            Ok(identity) => {
                let arguments = identity.arguments.map(|arguments| text(&arguments));
                let table = identity.table.map(|table| match table {
                    ObjectTable::Listed(_) => "{}".to_owned(),
                    ObjectTable::Named(namespace, name) => format!("{namespace}.{name}"),
                });
                let all = [
                    identity.namespace,
                    Some(identity.name),
                    arguments,
                    table,
                    identity.method,
                ];
                let all: Vec<String> = all.into_iter().flatten().collect();
                format!("{}: {}", identity.kind, all.join("|"))
            }
        }
    }

    #[test]
    fn the_head_of_a_text_says_what_it_creates() {
        let cases = [
            (
                "create function touch() returns trigger",
                "FUNCTION: public|touch|",
            ),
            (
                "/* a */ CREATE OR REPLACE FUNCTION \"My\".\"f\"\"x\" -- b\n (a int DEFAULT (1), m {}) AS $$ x $$",
                "FUNCTION: My|f\"x|a int DEFAULT (1), m {}",
            ),
            (
                "create procedure audit.p(in a text)",
                "PROCEDURE: audit|p|in a text",
            ),
            (
                "create aggregate s(int) (sfunc = f, stype = int)",
                "AGGREGATE: public|s|int",
            ),
            (
                "create constraint trigger t after update of a on {} for each row",
                "TRIGGER: t|{}",
            ),
            (
                "create trigger t before insert on a.\"B\" execute",
                "TRIGGER: t|a.B",
            ),
            ("create rule r as on insert to {} do nothing", "RULE: r|{}"),
            (
                "create event trigger e on ddl_command_end",
                "EVENT TRIGGER: e",
            ),
            (
                "create cast (text as citext) with function f(text)",
                "CAST: |text as citext",
            ),
            (
                "create operator shop.=== (function = f, leftarg = numeric(10,2), rightarg = {})",
                "OPERATOR: shop|===|numeric(10,2), {}",
            ),
            (
                "create operator !! (rightarg = int, function = f)",
                "OPERATOR: public|!!|NONE, int",
            ),
            (
                "create operator class c default for type int using btree as",
                "OPERATOR CLASS: public|c|btree",
            ),
            (
                "create type span as range (subtype = int)",
                "TYPE: public|span",
            ),
            (
                "create text search configuration c (copy = x)",
                "TEXT SEARCH CONFIGURATION: public|c",
            ),
        ];
        for (sql, expected) in cases {
            assert_eq!(head(sql), expected, "{sql}");
        }
    }

    #[test]
    fn a_head_that_says_too_little_is_refused() {
        let cases = [
            (
                "drop function f()",
                "this SQL text does not begin with `CREATE`",
            ),
            (
                "create table t ()",
                "`CREATE TABLE` is no text of its own in a schema",
            ),
            (
                "create wonder w",
                "it cannot be told what this SQL text creates",
            ),
            (
                "create function f returns int",
                "this `CREATE FUNCTION` does not have its arguments in parentheses where PostgreSQL expects it",
            ),
            (
                "create trigger t after insert",
                "this `CREATE TRIGGER` does not have its table where PostgreSQL expects it",
            ),
            (
                "create view",
                "this `CREATE VIEW` does not have its name where PostgreSQL expects it",
            ),
        ];
        for (sql, expected) in cases {
            let message = head(sql);
            let (_code, text) = message.split_once("] ").unwrap();
            assert_eq!(text, expected, "{sql}");
        }
    }
}
