//! `primary_key(…)`, `unique(…)` and `check(…)`, on the struct and on a field.

use super::{
    index,
    item::{Item, List},
    scope::Scope,
    sql, value,
};
use crate::{
    ast::{Check, ColumnRef, Key},
    code,
    ctxt::fault,
    symbol::{self, Place},
};

/// A key over several columns, declared on the struct.
pub(super) fn of_struct(scope: &Scope<'_>, item: &Item<'_>, place: &'static Place) -> Key {
    // Without a list there was an error; the key counts all the same, so that it is not missed as well.
    let Some(tokens) = item.list() else {
        return Key {
            has_lost: true,
            ..options(scope, item, &[], Vec::new())
        };
    };
    let errors = scope.cx.count();
    let list = List::read(scope.cx, tokens, place, &|name| scope.has(name));
    list.need_keys(scope.cx, item);
    let columns: Vec<ColumnRef> = list
        .keys
        .iter()
        .filter_map(|entry| scope.cx.ok(scope.lone_column(*entry, item.word.example)))
        .collect();
    let has_lost = scope.cx.count() > errors;
    Key {
        has_lost,
        ..options(scope, item, &list.options, columns)
    }
}

/// A key over one column, declared on its field.
pub(super) fn of_field(
    scope: &Scope<'_>,
    item: &Item<'_>,
    place: &'static Place,
    index: usize,
) -> Key {
    let list = field_options(scope, item, place);
    let columns = vec![ColumnRef {
        index,
        span: item.span,
    }];
    options(scope, item, &list, columns)
}

/// A check, declared on the struct or on a field, with the options of a place.
pub(super) fn check(scope: &Scope<'_>, item: &Item<'_>, place: &'static Place) -> Option<Check> {
    let cx = scope.cx;
    if item.has_value() {
        let expression = item.value(cx, |tokens| sql::read(scope, tokens))?;
        return Some(Check {
            span: item.span,
            name: None,
            expression,
            no_inherit: false,
            not_valid: false,
            comment: None,
        });
    }
    let list = List::read(cx, item.list()?, place, &|_| false);
    if list.keys.is_empty() && !list.bare {
        return None;
    }
    let [mut entry] = list.keys[..] else {
        cx.error(
            code::NOT_ONE_CONDITION,
            item.span,
            "`check` takes one condition",
            "write `check(sql(\"{starts_at} < {ends_at}\"))`; a second check is a second `check(…)`",
        );
        return None;
    };
    let expression = sql::read(scope, &mut entry).and_then(|sql| entry.end().map(|()| sql));
    let mut check = Check {
        span: item.span,
        name: None,
        expression: cx.ok(expression)?,
        no_inherit: false,
        not_valid: false,
        comment: None,
    };
    for option in &list.options {
        match option.word.name {
            symbol::NAME => check.name = option.value(cx, value::string),
            symbol::NO_INHERIT => check.no_inherit = true,
            symbol::COMMENT => check.comment = option.value(cx, value::comment).flatten(),
            _ => check.not_valid = true,
        }
    }
    Some(check)
}

/// The options in the parentheses behind a word on a field, where keys have no place.
fn field_options<'a>(scope: &Scope<'_>, item: &Item<'a>, place: &'static Place) -> Vec<Item<'a>> {
    let Some(tokens) = item.list() else {
        return Vec::new();
    };
    let list = List::split(scope.cx, tokens, place, &|_| false);
    // Several columns in one list are one mistake.
    if let Some(key) = list.keys.first() {
        let word = item.word.name;
        scope.cx.push(fault(
            code::KEY_OF_OTHER_COLUMNS,
            key.span(),
            format_args!("`{word}` on a field is of this column alone"),
            format_args!(
                "name several columns on the struct: `#[table({word}(…))]`; here it takes {}",
                crate::suggest::list(&place.names())
            ),
        ));
    }
    list.options
}

fn options(
    scope: &Scope<'_>,
    item: &Item<'_>,
    options: &[Item<'_>],
    columns: Vec<ColumnRef>,
) -> Key {
    let cx = scope.cx;
    let mut key = Key {
        span: item.span,
        name: None,
        columns,
        has_lost: false,
        include: Vec::new(),
        nulls_not_distinct: false,
        with: Vec::new(),
        deferrable: None,
        comment: None,
    };
    for option in options {
        match option.word.name {
            symbol::NAME => key.name = option.value(cx, value::string),
            symbol::INCLUDE => key.include = include(scope, option),
            symbol::DEFERRABLE => key.deferrable = option.value(cx, value::deferrable),
            symbol::WITH => key.with = index::parameters(scope, option),
            symbol::COMMENT => key.comment = option.value(cx, value::comment).flatten(),
            _ => key.nulls_not_distinct = true,
        }
    }
    key
}

/// The columns in `include(…)`.
pub(super) fn include(scope: &Scope<'_>, option: &Item<'_>) -> Vec<ColumnRef> {
    let Some(tokens) = option.list() else {
        return Vec::new();
    };
    if tokens.is_empty() {
        scope.cx.push(value::no_columns(
            option.span,
            symbol::INCLUDE,
            option.word.example,
        ));
    }
    scope.columns(tokens, option.word.example)
}
