//! `extensions = […]`.

use super::{
    item::{self, List},
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Extension, Spanned},
    code,
    ctxt::Ctxt,
    symbol::{self, EXTENSION, EXTENSION_PLACE, EXTENSIONS_PLACE},
};

/// One entry: a name alone, or with what else is asked for.
pub(super) fn read(cx: &Ctxt, mut entry: Tokens<'_>) -> Option<Extension> {
    if entry
        .peek_ident()
        .is_none_or(|ident| !super::tokens::is(&ident, EXTENSION))
    {
        let name = value::string(&mut entry);
        return cx.ok(name.and_then(|name| entry.end().map(|()| alone(name))));
    }
    let item = item::entry(cx, entry, &EXTENSIONS_PLACE)?;
    let wrong = "an extension takes words with values";
    let list = List::options(cx, &item, &EXTENSION_PLACE, code::LOOSE_VALUE, wrong)?;
    list.need_name(cx, &item, "extension");
    let mut name = None;
    let mut extension = alone(Spanned {
        value: String::new(),
        span: item.span,
    });
    for option in &list.options {
        match option.word.name {
            symbol::NAME => name = option.value(cx, value::string),
            symbol::NAMESPACE => extension.namespace = option.value(cx, value::string),
            symbol::VERSION => extension.version = option.value(cx, value::string),
            symbol::COMMENT => extension.comment = option.value(cx, value::comment).flatten(),
            _ => extension.cascade = true,
        }
    }
    extension.name = name?;
    Some(extension)
}

fn alone(name: Spanned<String>) -> Extension {
    Extension {
        name,
        namespace: None,
        version: None,
        cascade: false,
        comment: None,
    }
}
