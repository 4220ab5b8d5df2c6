//! `index(…)`, `unique_index(…)`, `exclude(…)` and `partition_by = …`: lists of keys with an order and a method.

use proc_macro2::Span;
use syn::ext::IdentExt;

use super::{
    item::{Item, List},
    key::include,
    scope::Scope,
    sql,
    tokens::{Tokens, is},
    value,
};
use crate::{
    ast::{
        ColumnRef, Exclusion, Index, IndexKey, Indexed, NullsOrder, Parameter, PartitionBy,
        SortOrder, Spanned,
    },
    code,
    ctxt::fault,
    suggest, symbol,
};

const EXAMPLE: &str = "index(channel_id, id desc)";
const MODIFIERS: [&str; 4] = ["asc", "desc", "nulls_first", "nulls_last"];

/// An index declared on the struct.
pub(super) fn of_struct(scope: &Scope<'_>, item: &Item<'_>) -> Option<Index> {
    let errors = scope.cx.count();
    let list = List::read(scope.cx, item.list()?, place(item), &|name| scope.has(name));
    list.need_keys(scope.cx, item);
    let keys = list.keys.iter().filter_map(|entry| {
        let mut entry = *entry;
        let key = key(scope, &mut entry).and_then(|key| entry.end().map(|()| key));
        scope.cx.ok(key)
    });
    let keys = keys.collect();
    let index = options(scope, item, &list.options, keys);
    Some(Index {
        has_lost: scope.cx.count() > errors,
        ..index
    })
}

/// An index over one column, declared on its field: its parentheses hold the key's order and the options.
pub(super) fn of_field(scope: &Scope<'_>, item: &Item<'_>, index: usize) -> Index {
    let mut key = IndexKey::new(Indexed::Column(ColumnRef {
        index,
        span: item.span,
    }));
    let Some(tokens) = item.list() else {
        return options(scope, item, &[], vec![key]);
    };
    let errors = scope.cx.count();
    let list = List::read(scope.cx, tokens, place(item), &|name| {
        name == symbol::COLLATE
    });
    for entry in &list.keys {
        let mut entry = *entry;
        let names_column = names_column(scope, entry);
        let read = if names_column {
            Err(fault(
                code::KEY_OF_OTHER_COLUMNS,
                entry.span(),
                format_args!("`{}` on a field is of this column alone", item.word.name),
                format_args!(
                    "name several columns on the struct: `#[table({}(…))]`",
                    item.word.name
                ),
            ))
        } else {
            modifiers(&mut key, &mut entry).and_then(|()| entry.end())
        };
        scope.cx.ok(read);
        // Several columns in one list are one mistake.
        if names_column {
            break;
        }
    }
    let index = options(scope, item, &list.options, vec![key]);
    Index {
        has_lost: scope.cx.count() > errors,
        ..index
    }
}

/// An exclusion constraint.
pub(super) fn exclusion(scope: &Scope<'_>, item: &Item<'_>) -> Option<Exclusion> {
    let cx = scope.cx;
    let errors = cx.count();
    let list = List::read(cx, item.list()?, &symbol::EXCLUDE_PLACE, &|name| {
        scope.has(name)
    });
    list.need_keys(cx, item);
    let elements = list.keys.iter();
    let mut exclusion = Exclusion {
        span: item.span,
        name: None,
        method: None,
        elements: elements
            .filter_map(|entry| cx.ok(element(scope, *entry)))
            .collect(),
        include: Vec::new(),
        with: Vec::new(),
        predicate: None,
        deferrable: None,
        comment: None,
        has_lost: false,
    };
    for option in &list.options {
        match option.word.name {
            symbol::NAME => exclusion.name = option.value(cx, value::string),
            symbol::USING => exclusion.method = method(scope, option),
            symbol::INCLUDE => exclusion.include = include(scope, option),
            symbol::WITH => exclusion.with = parameters(scope, option),
            symbol::WHERE => exclusion.predicate = option.value(cx, |t| sql::read(scope, t)),
            symbol::COMMENT => exclusion.comment = option.value(cx, value::comment).flatten(),
            _ => exclusion.deferrable = option.value(cx, value::deferrable),
        }
    }
    exclusion.has_lost = cx.count() > errors;
    Some(exclusion)
}

/// The value of `partition_by = …`; nothing where a key of it could not be read, which is reported.
pub(super) fn partition_by(
    scope: &Scope<'_>,
    tokens: &mut Tokens<'_>,
) -> syn::Result<Option<PartitionBy>> {
    const EXAMPLE: &str = "partition_by = range(id)";
    let strategies = [("range", "Range"), ("list", "List"), ("hash", "Hash")];
    let strategy = value::choice(tokens, symbol::PARTITION_BY, &strategies)?;
    let Some(inside) = tokens.parentheses() else {
        return Err(tokens.expected("the partition key in parentheses", EXAMPLE));
    };
    if inside.is_empty() {
        return Err(inside.expected("the partition key", EXAMPLE));
    }
    let keys = inside.entries().map(|entry| {
        let mut entry = scope.cx.ok(entry)?;
        let key = key(scope, &mut entry).and_then(|key| entry.end().map(|()| key));
        scope.cx.ok(key)
    });
    // All are read, so that each has its message.
    let keys: Vec<Option<IndexKey>> = keys.collect();
    let keys: Option<Vec<IndexKey>> = keys.into_iter().collect();
    Ok(keys.map(|keys| PartitionBy {
        strategy: strategy.value,
        keys,
        span: strategy.span,
    }))
}

fn place(item: &Item<'_>) -> &'static symbol::Place {
    match item.word.name {
        symbol::UNIQUE_INDEX => &symbol::UNIQUE_INDEX_PLACE,
        _ => &symbol::INDEX_PLACE,
    }
}

fn names_column(scope: &Scope<'_>, entry: Tokens<'_>) -> bool {
    let mut ahead = entry;
    let ident = ahead.ident().map(|ident| ident.unraw().to_string());
    let names = |name: &str| !MODIFIERS.contains(&name) && scope.has(name) && !ahead.sign('=');
    sql::starts(entry) || ident.as_deref().is_some_and(names)
}

fn options(scope: &Scope<'_>, item: &Item<'_>, options: &[Item<'_>], keys: Vec<IndexKey>) -> Index {
    let cx = scope.cx;
    let mut index = Index {
        span: item.span,
        name: None,
        unique: item.word.name == symbol::UNIQUE_INDEX,
        nulls_not_distinct: false,
        method: None,
        keys,
        has_lost: false,
        include: Vec::new(),
        with: Vec::new(),
        predicate: None,
        concurrently: false,
        comment: None,
    };
    for option in options {
        match option.word.name {
            symbol::NAME => index.name = option.value(cx, value::string),
            symbol::USING => index.method = method(scope, option),
            symbol::INCLUDE => index.include = include(scope, option),
            symbol::WITH => index.with = parameters(scope, option),
            symbol::WHERE => index.predicate = option.value(cx, |t| sql::read(scope, t)),
            symbol::CONCURRENTLY => index.concurrently = true,
            symbol::COMMENT => index.comment = option.value(cx, value::comment).flatten(),
            _ => index.nulls_not_distinct = true,
        }
    }
    index
}

fn method(scope: &Scope<'_>, option: &Item<'_>) -> Option<Spanned<String>> {
    option.value(scope.cx, |tokens| value::word(tokens, "using = gin"))
}

/// The storage parameters in `with(…)`.
pub(super) fn parameters(scope: &Scope<'_>, option: &Item<'_>) -> Vec<Parameter> {
    let Some(tokens) = option.list() else {
        return Vec::new();
    };
    let entries = tokens.entries().filter_map(|entry| scope.cx.ok(entry));
    entries
        .filter_map(|entry| scope.cx.ok(parameter(entry)))
        .collect()
}

/// One storage parameter; alone it is on.
fn parameter(mut entry: Tokens<'_>) -> syn::Result<Parameter> {
    let Some(ident) = entry.ident() else {
        return Err(entry.expected("a storage parameter", "with(fillfactor = 70)"));
    };
    let mut name = ident.unraw().to_string();
    if entry.sign('.') {
        match entry.ident() {
            Some(ident) => name = format!("{name}.{}", ident.unraw()),
            None => return Err(entry.expected("a storage parameter", "toast.autovacuum_enabled")),
        }
    }
    let value = if entry.sign('=') {
        value::parameter(&mut entry)?
    } else {
        "true".to_owned()
    };
    entry.end()?;
    Ok(Parameter {
        name,
        value,
        span: ident.span(),
    })
}

/// One element of an exclusion constraint: a key, `with`, an operator.
fn element(scope: &Scope<'_>, mut entry: Tokens<'_>) -> syn::Result<(IndexKey, Spanned<String>)> {
    const EXAMPLE: &str = "during with \"&&\"";
    let key = key(scope, &mut entry)?;
    let with = entry.span();
    if entry.ident().is_none_or(|ident| ident != symbol::WITH) {
        return Err(fault(
            code::ELEMENT_WITHOUT_OPERATOR,
            with,
            "this element has no operator",
            format_args!("write the operator no two rows may fulfil: `{EXAMPLE}`"),
        ));
    }
    let operator = entry.string("an operator in quotes", EXAMPLE)?;
    entry.end()?;
    let operator = Spanned {
        value: operator.value(),
        span: operator.span(),
    };
    Ok((key, operator))
}

/// A column or expression with what follows it.
fn key(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<IndexKey> {
    let indexed = if sql::starts(*tokens) {
        Indexed::Expression(sql::read(scope, tokens)?)
    } else {
        match tokens.ident() {
            Some(ident) => Indexed::Column(scope.column(&ident)?),
            None => return Err(tokens.expected("a column or SQL text", EXAMPLE)),
        }
    };
    let mut key = IndexKey::new(indexed);
    modifiers(&mut key, tokens)?;
    Ok(key)
}

/// What may follow a key, in any order; stops before `with`.
fn modifiers(key: &mut IndexKey, tokens: &mut Tokens<'_>) -> syn::Result<()> {
    while let Some(ident) = tokens.peek_ident().filter(|ident| ident != symbol::WITH) {
        tokens.ident();
        let span = ident.span();
        let twice = if is(&ident, "asc") {
            key.order.replace(SortOrder::Asc).is_some()
        } else if is(&ident, "desc") {
            key.order.replace(SortOrder::Desc).is_some()
        } else if is(&ident, "nulls_first") {
            key.nulls.replace(NullsOrder::First).is_some()
        } else if is(&ident, "nulls_last") {
            key.nulls.replace(NullsOrder::Last).is_some()
        } else if is(&ident, symbol::COLLATE) {
            if !tokens.sign('=') {
                return Err(tokens.expected("`=` behind `collate`", "email collate = \"C\""));
            }
            key.collation.replace(value::string(tokens)?).is_some()
        } else {
            let class = operator_class(&ident.unraw().to_string(), span, tokens)?;
            key.operator_class.replace(class).is_some()
        };
        if twice {
            return Err(fault(
                code::DUPLICATE_WORD,
                span,
                format_args!("`{ident}` stands behind another word of its kind"),
                "a key has one order, one place for nulls, one collation and one operator class",
            ));
        }
    }
    Ok(())
}

/// An operator class: `text_pattern_ops`, `public.gin_trgm_ops`, `gist_trgm_ops(siglen = 32)`.
fn operator_class(
    first: &str,
    span: Span,
    tokens: &mut Tokens<'_>,
) -> syn::Result<Spanned<String>> {
    let mut name = first.to_owned();
    // The server's own classes all end in `_ops`; another word so near to ours is a misspelled one.
    if !name.ends_with("_ops")
        && let Some(near) = suggest::nearest(&name, &MODIFIERS)
    {
        return Err(fault(
            code::UNKNOWN_WORD,
            span,
            format_args!("unknown word `{name}` behind a key"),
            format_args!("did you mean `{near}`?"),
        ));
    }
    while tokens.sign('.') {
        let Some(next) = tokens.ident() else {
            return Err(tokens.expected("an operator class", "name public.gin_trgm_ops"));
        };
        name.push('.');
        name.push_str(&next.unraw().to_string());
    }
    if let Some(inside) = tokens.parentheses() {
        let mut parameters = Vec::new();
        for entry in inside.entries() {
            let Parameter { name, value, .. } = parameter(entry?)?;
            parameters.push(format!("{name} = {value}"));
        }
        name = format!("{name}({})", parameters.join(", "));
    }
    Ok(Spanned { value: name, span })
}
