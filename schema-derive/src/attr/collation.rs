//! `collation(…)`.

use super::{
    item::{Item, List},
    value,
};
use crate::{
    ast::Collation,
    code,
    ctxt::Ctxt,
    symbol::{self, COLLATION_PLACE},
};

/// The value of `provider`, each with its variant of `def::CollationProvider`.
const PROVIDERS: [(&str, &str); 3] = [("libc", "Libc"), ("icu", "Icu"), ("builtin", "Builtin")];

/// One collation.
pub(super) fn read(cx: &Ctxt, item: &Item<'_>) -> Option<Collation> {
    let wrong = "a collation takes words with values";
    let list = List::options(cx, item, &COLLATION_PLACE, code::LOOSE_VALUE, wrong)?;
    list.need_name(cx, item, "collation");
    let errors = cx.count();
    let is_whole = !list.has_lost && list.keys.is_empty();
    let (mut name, mut locale, mut collate, mut ctype) = (None, None, None, None);
    let (mut provider, mut nondeterministic) = (None, None);
    let (mut namespace, mut comment) = (None, None);
    for option in &list.options {
        match option.word.name {
            symbol::NAME => name = option.value(cx, value::string),
            symbol::NAMESPACE => namespace = option.value(cx, value::string),
            symbol::PROVIDER => {
                provider = option.value(cx, |tokens| {
                    value::choice(tokens, symbol::PROVIDER, &PROVIDERS)
                });
            }
            symbol::LOCALE => locale = option.value(cx, value::string),
            symbol::LC_COLLATE => collate = option.value(cx, value::string),
            symbol::LC_CTYPE => ctype = option.value(cx, value::string),
            symbol::COMMENT => comment = option.value(cx, value::comment).flatten(),
            _ => nondeterministic = Some(option.span),
        }
    }
    if cx.count() > errors || !is_whole {
        return None;
    }
    let has_parts = collate.is_some() || ctype.is_some();
    let locales = match (locale, collate, ctype) {
        (Some(locale), None, None) => Some((locale.clone(), locale)),
        (None, Some(collate), Some(ctype)) => Some((collate, ctype)),
        _ => None,
    };
    let Some((collate, ctype)) = locales else {
        cx.error(
            code::COLLATION_LOCALE,
            item.span,
            "a collation has one `locale`, or both of `lc_collate` and `lc_ctype`",
            format_args!("write `{}`", item.word.example),
        );
        return None;
    };
    let variant = provider.as_ref().map_or("Libc", |provider| provider.value);
    if has_parts && variant != "Libc" {
        let help = "write `locale = \"…\"`";
        let wrong = "only the provider `libc` tells `lc_collate` from `lc_ctype`";
        cx.error(code::COLLATION_PROVIDER, collate.span, wrong, help);
    }
    if let Some(span) = nondeterministic.filter(|_| variant != "Icu") {
        let wrong = "only collations of the provider `icu` can be nondeterministic";
        cx.error(
            code::COLLATION_PROVIDER,
            span,
            wrong,
            "write `provider = icu`",
        );
    }
    Some(Collation {
        name: name?,
        namespace,
        provider: variant,
        collate,
        ctype,
        nondeterministic: nondeterministic.is_some(),
        comment,
    })
}
