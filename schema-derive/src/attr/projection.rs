//! A struct with `#[derive(FromRow)]`.

use syn::{DeriveInput, Field, GenericParam, Generics, Path, spanned::Spanned as _};

use super::{
    conflict,
    item::{Buffers, Item},
    shape,
    table::set_krate,
    value,
};
use crate::{
    ast::{Projection, ProjectionField, ProjectionSource, Spanned},
    case::plain,
    code,
    ctxt::Ctxt,
    symbol::{self, COLUMN, PROJECTION_COLUMN_PLACE, PROJECTION_PLACE, TABLE},
};

/// Reads a struct and all its attributes.
pub(crate) fn projection(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<Projection> {
    let buffers = Buffers::of(cx, &input.attrs, TABLE);
    set_krate(cx, &buffers.items(cx, &PROJECTION_PLACE), krate);
    one_lifetime(cx, &input.generics);
    let fields = shape::named_fields(cx, input, "FromRow")?;
    if fields.is_empty() {
        cx.error(
            code::NO_FIELDS,
            input.ident.span(),
            format_args!("`{}` has no fields to read", input.ident),
            "add one field per column",
        );
    }
    Some(Projection {
        ident: input.ident.clone(),
        krate: krate.clone(),
        generics: input.generics.clone(),
        fields: fields.iter().filter_map(|field| read(cx, field)).collect(),
    })
}

/// A borrowed row has one lifetime, that of the row; a row mapper over other types has nothing to check them by.
fn one_lifetime(cx: &Ctxt, generics: &Generics) {
    let mut lifetimes = 0;
    for parameter in &generics.params {
        if let GenericParam::Lifetime(_) = parameter {
            lifetimes += 1;
            if lifetimes == 2 {
                cx.error(
                    code::TWO_LIFETIMES,
                    parameter.span(),
                    "a row lends its values for one lifetime, this struct has two",
                    "use one lifetime for all borrowed fields",
                );
            }
        } else {
            cx.error(
                code::GENERIC_TYPE,
                parameter.span(),
                "`FromRow` cannot be derived for a struct with type or constant parameters",
                "write the types out; one lifetime is allowed, for borrowed fields",
            );
        }
    }
}

fn read(cx: &Ctxt, field: &Field) -> Option<ProjectionField> {
    let ident = field.ident.as_ref()?;
    let buffers = Buffers::of(cx, &field.attrs, COLUMN);
    let items = buffers.items(cx, &PROJECTION_COLUMN_PLACE);
    let find = |word: &str| items.iter().find(|item| item.word.name == word);
    let source = if find(symbol::SKIP).is_some() {
        conflict::refuse_beside_skip(cx, &items);
        ProjectionSource::Skip
    } else if let Some(nested) = find(symbol::NESTED) {
        refuse_beside_nested(cx, &items);
        let prefix = nested.value(cx, value::string).map(|prefix| prefix.value);
        ProjectionSource::Nested(prefix.unwrap_or_else(|| format!("{}_", plain(ident))))
    } else {
        let name = find(symbol::NAME).and_then(|item| item.value(cx, value::string));
        if let Some(name) = &name {
            column_name(cx, name);
        }
        let name = name.map_or_else(|| plain(ident), |name| name.value);
        match find(symbol::JSON) {
            Some(_) => ProjectionSource::Json(name),
            None => ProjectionSource::Column(name),
        }
    };
    Some(ProjectionField {
        ident: ident.clone(),
        ty: field.ty.clone(),
        source,
    })
}

/// A result may name its columns as it likes, but not with nothing.
fn column_name(cx: &Ctxt, name: &Spanned<String>) {
    if name.value.is_empty() {
        cx.error(
            code::EMPTY_NAME,
            name.span,
            "this column name is empty",
            "write the name the query gives the column",
        );
    }
}

/// A nested struct reads columns of its own.
fn refuse_beside_nested(cx: &Ctxt, items: &[Item<'_>]) {
    for item in items {
        match item.word.name {
            symbol::NESTED => {}
            symbol::NAME => cx.error(
                code::WORD_BESIDE_NESTED,
                item.span,
                "`name` beside `nested`: the nested struct names its columns itself",
                "a prefix of theirs is written `nested = \"author_\"`",
            ),
            word => cx.error(
                code::WORD_BESIDE_NESTED,
                item.span,
                format_args!("`{word}` beside `nested`: the field is a struct of its own"),
                "remove one of them",
            ),
        }
    }
}
