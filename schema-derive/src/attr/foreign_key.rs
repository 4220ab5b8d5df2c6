//! `references = …` with its companions on a field, and `foreign_key(…)` on the struct.

use proc_macro2::{Ident, Span};
use syn::Path;

use super::{
    item::{Item, List},
    scope::Scope,
    tokens::Tokens,
    value,
};
use crate::{
    ast::{Action, ColumnRef, Deferrable, ForeignKey, Spanned},
    code,
    ctxt::fault,
    suggest, symbol,
};

const EXAMPLE: &str = "references = User(id)";

/// The words around a foreign key, wherever they stand.
#[derive(Default)]
pub(super) struct Words {
    references: Option<(Span, Path, Vec<Ident>)>,
    /// The first word that says nothing without `references`.
    first: Option<(Span, &'static str)>,
    on_delete: Option<Spanned<Action>>,
    on_update: Option<Spanned<Action>>,
    match_full: bool,
    deferrable: Option<Deferrable>,
    not_valid: bool,
    /// Whether `references` is there but could not be read.
    broken: bool,
}

impl Words {
    /// Takes a word that belongs to a foreign key; false where it is none.
    pub(super) fn take(&mut self, scope: &Scope<'_>, item: &Item<'_>) -> bool {
        let cx = scope.cx;
        match item.word.name {
            symbol::REFERENCES => {
                self.references = item.value(cx, |tokens| references(scope, tokens));
                self.broken = self.references.is_none();
                return true;
            }
            symbol::ON_DELETE => self.on_delete = item.value(cx, |t| action(scope, t)),
            symbol::ON_UPDATE => {
                self.on_update = item.value(cx, |tokens| action(scope, tokens).and_then(on_update));
            }
            symbol::MATCH_FULL => self.match_full = true,
            symbol::DEFERRABLE => self.deferrable = item.value(cx, value::deferrable),
            symbol::NOT_VALID => self.not_valid = true,
            _ => return false,
        }
        if !item.is_wrong() {
            self.first.get_or_insert((item.span, item.word.name));
        }
        true
    }

    /// The foreign key of a field, if it has one.
    pub(super) fn of_field(self, scope: &Scope<'_>, index: usize) -> Option<ForeignKey> {
        let broken = self.broken || scope.cx.has_lost_word();
        if let (None, Some((span, word)), false) = (&self.references, self.first, broken) {
            let help = match word {
                symbol::DEFERRABLE => {
                    "add `references = …`; a deferrable unique constraint is `unique(deferrable = …)`"
                }
                symbol::NOT_VALID => {
                    "add `references = …`; a check is `check(sql(\"…\"), not_valid)`"
                }
                _ => "add `references = …`, the table it is about",
            };
            let wrong = format_args!("`{word}` says nothing without `references`");
            scope.cx.error(code::WITHOUT_REFERENCES, span, wrong, help);
        }
        let span = self.references.as_ref().map(|(span, ..)| *span)?;
        self.into_key((None, None), vec![ColumnRef { index, span }])
    }

    fn into_key(
        self,
        (name, comment): (Option<Spanned<String>>, Option<String>),
        columns: Vec<ColumnRef>,
    ) -> Option<ForeignKey> {
        let (span, referenced, referenced_fields) = self.references?;
        Some(ForeignKey {
            span,
            name,
            columns,
            referenced,
            referenced_fields,
            on_delete: self.on_delete,
            on_update: self.on_update,
            match_full: self.match_full,
            deferrable: self.deferrable,
            not_valid: self.not_valid,
            comment,
        })
    }
}

/// A foreign key declared on the struct.
pub(super) fn of_struct(scope: &Scope<'_>, item: &Item<'_>) -> Option<ForeignKey> {
    let cx = scope.cx;
    let errors = cx.count();
    let (place, code) = (&symbol::FOREIGN_KEY_PLACE, code::INCOMPLETE_FOREIGN_KEY);
    let wrong = "a foreign key names its columns in `columns(…)`";
    let list = List::options(cx, item, place, code, wrong)?;
    let example = item.word.example;
    let mut words = Words::default();
    let (mut name, mut comment) = (None, None);
    let mut columns = None;
    for option in &list.options {
        match option.word.name {
            symbol::NAME => name = option.value(cx, value::string),
            symbol::COMMENT => comment = option.value(cx, value::comment).flatten(),
            symbol::COLUMNS => {
                let tokens = option.list()?;
                if tokens.is_empty() {
                    cx.push(value::no_columns(option.span, symbol::COLUMNS, example));
                }
                columns = Some(scope.columns(tokens, example));
            }
            _ => {
                words.take(scope, option);
            }
        }
    }
    let named = list
        .options
        .iter()
        .any(|option| option.word.name == symbol::COLUMNS);
    // What could not be read may have been the word.
    let has_lost = list.has_lost || !list.keys.is_empty();
    if !named && !has_lost {
        missing(scope, item, symbol::COLUMNS);
    }
    if words.references.is_none() && !words.broken && !has_lost {
        missing(scope, item, symbol::REFERENCES);
    }
    // Half of a key would only seem to break further rules.
    if cx.count() > errors {
        return None;
    }
    words.into_key((name, comment), columns?)
}

fn missing(scope: &Scope<'_>, item: &Item<'_>, word: &str) {
    let help = format_args!("write `{}`", item.word.example);
    scope.cx.error(
        code::INCOMPLETE_FOREIGN_KEY,
        item.span,
        format_args!("this foreign key lacks `{word}`"),
        help,
    );
}

/// The value of `references = …`: a struct, and fields of it or none for its primary key.
fn references(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<(Span, Path, Vec<Ident>)> {
    let mut path = tokens.path("the referenced table's struct", EXAMPLE)?;
    // `Self` would mean something else in the constants this ends up in.
    if path.is_ident("Self") {
        let mut ident = scope.ident.clone();
        ident.set_span(path.segments[0].ident.span());
        path = Path::from(ident);
    }
    let last = path.segments.last().map(|segment| segment.ident.span());
    let span = last.unwrap_or_else(|| tokens.span());
    let mut fields = Vec::new();
    if let Some(inside) = tokens.parentheses() {
        if inside.is_empty() {
            return Err(fault(
                code::NO_COLUMNS_NAMED,
                inside.span(),
                "`references` names no fields in its parentheses",
                "name them, or leave the parentheses out to mean the primary key",
            ));
        }
        for entry in inside.entries() {
            let mut entry = entry?;
            match entry.ident() {
                Some(field) => fields.push(field),
                None => return Err(entry.expected("a field of the referenced struct", EXAMPLE)),
            }
            entry.end()?;
        }
    }
    Ok((span, path, fields))
}

/// The value of `on_delete = …` and `on_update = …`.
fn action(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<Spanned<Action>> {
    const ACTIONS: [&str; 5] = [
        "cascade",
        "restrict",
        "set_null",
        "set_default",
        "no_action",
    ];
    let Some(ident) = tokens.ident() else {
        let what = format!("one of {}", suggest::list(&ACTIONS));
        return Err(tokens.expected(&what, "on_delete = cascade"));
    };
    let span = ident.span();
    let name = ident.to_string();
    let value = match name.as_str() {
        "cascade" => Action::Cascade,
        "restrict" => Action::Restrict,
        "no_action" => Action::NoAction,
        "set_null" => Action::SetNull(action_columns(scope, tokens)?),
        "set_default" => Action::SetDefault(action_columns(scope, tokens)?),
        _ => {
            return Err(fault(
                code::UNKNOWN_VALUE,
                span,
                format_args!("unknown action `{name}`"),
                suggest::help(&name, &ACTIONS),
            ));
        }
    };
    Ok(Spanned { value, span })
}

fn action_columns(scope: &Scope<'_>, tokens: &mut Tokens<'_>) -> syn::Result<Vec<ColumnRef>> {
    let Some(inside) = tokens.parentheses() else {
        return Ok(Vec::new());
    };
    if inside.is_empty() {
        return Err(fault(
            code::NO_COLUMNS_NAMED,
            inside.span(),
            "these parentheses name no columns",
            "name columns of the foreign key, or leave the parentheses out to mean all of them",
        ));
    }
    Ok(scope.columns(inside, "set_null(category_id)"))
}

/// PostgreSQL takes a column list with ON DELETE alone.
fn on_update(action: Spanned<Action>) -> syn::Result<Spanned<Action>> {
    match &action.value {
        Action::SetNull(columns) | Action::SetDefault(columns) if !columns.is_empty() => {
            Err(fault(
                code::ON_UPDATE_COLUMNS,
                action.span,
                "`on_update` takes no columns: PostgreSQL has a column list for `on_delete` alone",
                "leave the parentheses out",
            ))
        }
        _ => Ok(action),
    }
}
