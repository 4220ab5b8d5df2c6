//! `objects = […]`: whatever has no word of its own, as SQL text that says itself what it creates.

mod head;
mod lex;

use proc_macro2::Span;
use syn::{Ident, LitStr, Path, Token, ext::IdentExt as _, parse::ParseStream};

use super::{
    item::{self, List},
    sql::{self, Part},
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Dependency, Object, ObjectIdentity, ObjectPart, ObjectText, Spanned},
    case::plain,
    code,
    ctxt::{Ctxt, fault},
    symbol::{self, OBJECT_PLACE, OBJECTS_PLACE},
};

const EXAMPLE: &str = "{Message}";

/// Reads one entry.
pub(super) fn read(cx: &Ctxt, entry: Tokens<'_>) -> Option<Object> {
    let errors = cx.count();
    let mut rest = entry;
    if sql::starts(rest) {
        let text = text(cx, &mut rest).and_then(|text| rest.end().map(|()| text));
        return finish(cx, cx.ok(text)?, Options::default(), errors);
    }
    let items = item::entry(cx, entry, &OBJECTS_PLACE)?;
    let list = List::read(cx, items.list()?, &OBJECT_PLACE, &|_| false);
    let options = options(cx, &list);
    let mut keys = list.keys.into_iter();
    let Some(mut key) = keys.next() else {
        if !list.bare {
            return None;
        }
        let help = format_args!("write `{}`", items.word.example);
        cx.error(
            code::OBJECT_TEXT,
            items.span,
            "this object has no SQL text",
            help,
        );
        return None;
    };
    for key in keys {
        cx.error(
            code::OBJECT_TEXT,
            key.span(),
            "an object has one SQL text",
            "write an object for each statement",
        );
    }
    let text = text(cx, &mut key).and_then(|text| key.end().map(|()| text));
    finish(cx, cx.ok(text)?, options, errors)
}

/// What stands behind the text.
#[derive(Default)]
struct Options {
    kind: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    depends: Vec<Dependency>,
    before: Vec<Path>,
    comment: Option<String>,
}

fn options(cx: &Ctxt, list: &List<'_>) -> Options {
    let mut options = Options::default();
    for option in &list.options {
        match option.word.name {
            symbol::KIND => options.kind = option.value(cx, value::string),
            symbol::NAME => options.name = option.value(cx, value::string),
            symbol::COMMENT => options.comment = option.value(cx, value::comment).flatten(),
            word => {
                let entries = option.list().into_iter().flat_map(Tokens::entries);
                for entry in entries.filter_map(|entry| cx.ok(entry)) {
                    match cx.ok(dependency(entry, option.word.example)) {
                        Some(Dependency::Table(path)) if word == symbol::BEFORE => {
                            options.before.push(path);
                        }
                        Some(Dependency::Object(name)) if word == symbol::BEFORE => cx.error(
                            code::BEFORE_OBJECT,
                            name.span,
                            "`before(…)` names the structs of tables",
                            "where another object needs this one, let it say `depends(…)`",
                        ),
                        Some(dependency) => options.depends.push(dependency),
                        None => {}
                    }
                }
            }
        }
    }
    options
}

/// A table's struct, or the name of another object as it is or in quotes.
fn dependency(mut entry: Tokens<'_>, example: &str) -> syn::Result<Dependency> {
    let start = entry;
    if let Ok(literal) = entry.string("", "") {
        entry.end()?;
        return Ok(Dependency::Object(Spanned {
            value: literal.value(),
            span: literal.span(),
        }));
    }
    entry = start;
    let path = entry.path("a table's struct or an object's name", example)?;
    entry.end()?;
    let is_name = |ident: &Ident| plain(ident).starts_with(|c: char| !c.is_uppercase());
    Ok(match path.get_ident() {
        Some(ident) if is_name(ident) => Dependency::Object(Spanned {
            value: plain(ident),
            span: ident.span(),
        }),
        _ => Dependency::Table(path),
    })
}

/// Reads what the text creates, unless that is said.
fn finish(cx: &Ctxt, mut text: ObjectText, options: Options, errors: usize) -> Option<Object> {
    // A placeholder that was left out would be missed again.
    if cx.count() > errors {
        return None;
    }
    head::end(&mut text.parts);
    let span = text.span;
    let identity = match (options.kind, options.name) {
        (Some(kind), Some(name)) => ObjectIdentity {
            kind: kind.value.to_uppercase(),
            name: name.value,
            ..ObjectIdentity::default()
        },
        (None, None) => cx.ok(head::read(&text.parts, span))?,
        (Some(word), None) | (None, Some(word)) => {
            cx.error(
                code::KIND_WITHOUT_NAME,
                word.span,
                "`kind` and `name` are said together, where the text does not say them",
                "write both or none",
            );
            return None;
        }
    };
    Some(Object {
        text,
        identity,
        depends: options.depends,
        before: options.before,
        comment: options.comment,
    })
}

/// Reads `sql("…")`; every wrong placeholder in it is reported.
fn text(cx: &Ctxt, tokens: &mut Tokens<'_>) -> syn::Result<ObjectText> {
    let literal = sql::literal(tokens)?;
    let (value, span) = (literal.value(), literal.span());
    let parts = sql::split(&value, span, EXAMPLE)?.into_iter();
    let parts = parts.filter_map(|part| match part {
        Part::Text(text) => Some(ObjectPart::Text(text)),
        Part::Placeholder(inside) => cx.ok(placeholder(inside, span)),
    });
    Ok(ObjectText {
        parts: parts.collect(),
        span,
    })
}

/// `Message`, `Message.content` or `Message::content`.
fn placeholder(inside: &str, span: Span) -> syn::Result<ObjectPart> {
    let parsed = LitStr::new(inside, span).parse_with(|input: ParseStream<'_>| {
        let mut path = input.call(Path::parse_mod_style)?;
        if input.parse::<Option<Token![.]>>()?.is_some() {
            return Ok(ObjectPart::Column(path, input.call(Ident::parse_any)?));
        }
        let is_struct = |ident: &Ident| plain(ident).starts_with(char::is_uppercase);
        // Behind a struct stands a field, whatever its first letter.
        let behind_struct = path
            .segments
            .iter()
            .rev()
            .skip(1)
            .any(|part| is_struct(&part.ident));
        if path.segments.len() > 1
            && let Some(last) = path.segments.last()
            && (behind_struct || !is_struct(&last.ident))
        {
            let field = last.ident.clone();
            path.segments.pop();
            path.segments.pop_punct();
            return Ok(ObjectPart::Column(path, field));
        }
        if path
            .segments
            .last()
            .is_some_and(|last| is_struct(&last.ident))
        {
            return Ok(ObjectPart::Table(path));
        }
        Err(input.error(""))
    });
    parsed.map_err(|_| {
        fault(code::NO_TABLE_OR_COLUMN,
            span,
            format_args!("`{{{inside}}}` is no table and no column"),
            format_args!(
                "a table is named by its struct, `{EXAMPLE}`, a column by its field, `{{Message.content}}`; write `{{{{` for a brace"
            ),
        )
    })
}
