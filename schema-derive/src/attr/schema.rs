//! The input of `schema!`: `[$crate] /// docs pub static NAME = [Table, …];`.

use proc_macro2::TokenStream;
use syn::{
    Attribute, Ident, Path, Token, Visibility, bracketed,
    buffer::TokenBuffer,
    parse::{ParseStream, Parser},
};

use super::{
    collation, doc, extension,
    item::{self, Item},
    object, sequence,
    tokens::Tokens,
};
use crate::{
    ast::Schema,
    code,
    ctxt::{Ctxt, fault},
    symbol::{self, COLLATIONS_PLACE, SCHEMA_PLACE, SEQUENCES_PLACE},
};

/// What stands before the `=`.
struct Head {
    krate: Path,
    attributes: Vec<Attribute>,
    visibility: Visibility,
    ident: Ident,
    rest: TokenStream,
}

/// Reads the whole input.
pub(crate) fn schema(cx: &Ctxt, input: TokenStream) -> Option<Schema> {
    let head = cx.ok(head.parse2(input))?;
    let buffer = TokenBuffer::new2(head.rest);
    let mut tokens = Tokens::new(buffer.begin(), head.ident.span());
    let tables = cx.ok(tables(cx, &mut tokens))?;
    let items = cx.ok(options(cx, tokens))?;
    let mut schema = Schema {
        krate: head.krate,
        comment: doc::comment(&head.attributes),
        attributes: head.attributes,
        visibility: head.visibility,
        ident: head.ident,
        tables,
        extensions: Vec::new(),
        sequences: Vec::new(),
        collations: Vec::new(),
        objects: Vec::new(),
    };
    for item in &items {
        match item.word.name {
            symbol::EXTENSIONS => {
                let entries = inside(cx, item).into_iter().flat_map(Tokens::entries);
                let entries = entries.filter_map(|entry| cx.ok(entry));
                let extensions = entries.filter_map(|entry| extension::read(cx, entry));
                schema.extensions = extensions.collect();
            }
            symbol::SEQUENCES => {
                let items =
                    inside(cx, item).map(|inside| item::items(cx, inside, &SEQUENCES_PLACE));
                let items = items.unwrap_or_default();
                let sequences = items.iter().filter_map(|item| sequence::read(cx, item));
                schema.sequences = sequences.collect();
            }
            symbol::COLLATIONS => {
                let items =
                    inside(cx, item).map(|inside| item::items(cx, inside, &COLLATIONS_PLACE));
                let items = items.unwrap_or_default();
                let collations = items.iter().filter_map(|item| collation::read(cx, item));
                schema.collations = collations.collect();
            }
            _ => {
                let entries = inside(cx, item).into_iter().flat_map(Tokens::entries);
                let entries = entries.filter_map(|entry| cx.ok(entry));
                schema.objects = entries
                    .filter_map(|entry| object::read(cx, entry))
                    .collect();
            }
        }
    }
    Some(schema)
}

fn head(input: ParseStream<'_>) -> syn::Result<Head> {
    let krate;
    bracketed!(krate in input);
    let krate = TokenBuffer::new2(krate.parse()?);
    let krate =
        Tokens::new(krate.begin(), input.span()).path("`$crate` in brackets", "[$crate]")?;
    let attributes = Attribute::parse_outer(input)?;
    let visibility = input.parse()?;
    let example = "pub static CHAT = [User, Server];";
    let wrong = |input: ParseStream<'_>, what: &str| {
        fault(
            code::SCHEMA_FORM,
            input.span(),
            format_args!("expected {what}"),
            format_args!("write `{example}`"),
        )
    };
    input
        .parse::<Token![static]>()
        .map_err(|_| wrong(input, "`static`"))?;
    let ident = input
        .parse()
        .map_err(|_| wrong(input, "the schema's name"))?;
    input
        .parse::<Token![=]>()
        .map_err(|_| wrong(input, "`=` behind the schema's name"))?;
    Ok(Head {
        krate,
        attributes,
        visibility,
        ident,
        rest: input.parse()?,
    })
}

/// `[Table, …]`.
fn tables(cx: &Ctxt, tokens: &mut Tokens<'_>) -> syn::Result<Vec<Path>> {
    const EXAMPLE: &str = "pub static CHAT = [User, Server];";
    let Some(inside) = tokens.brackets() else {
        return Err(tokens.expected("the tables in brackets", EXAMPLE));
    };
    let entries = inside.entries().filter_map(|entry| cx.ok(entry));
    let paths = entries.filter_map(|mut entry| {
        let path = entry.path("a table's struct", EXAMPLE);
        cx.ok(path.and_then(|path| entry.end().map(|()| path)))
    });
    Ok(paths.collect())
}

/// What stands behind the tables, up to the semicolon.
fn options<'a>(cx: &Ctxt, mut tokens: Tokens<'a>) -> syn::Result<Vec<Item<'a>>> {
    let comma = tokens.sign(',');
    let (options, behind) = tokens.split_at(';');
    let Some(behind) = behind else {
        let end = tokens.last();
        return Err(end.expected("`;` at the end", "pub static CHAT = [User, Server];"));
    };
    behind.end()?;
    if !comma {
        options.end()?;
    }
    Ok(item::items(cx, options, &SCHEMA_PLACE))
}

/// What stands in the brackets behind a word.
fn inside<'a>(cx: &Ctxt, item: &Item<'a>) -> Option<Tokens<'a>> {
    item.value(cx, |tokens| match tokens.brackets() {
        Some(inside) => Ok(inside),
        None => Err(tokens.expected("a list in brackets", item.word.example)),
    })
}
