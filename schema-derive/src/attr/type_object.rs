//! Enums and structs that are types of the database: `#[sql_enum(…)]`, `#[sql_domain(…)]`, `#[sql_composite(…)]`.

use syn::{Data, DeriveInput, Field, Fields, Index, Member, Path};

use super::{
    doc,
    item::{Buffers, Item},
    key,
    scope::Scope,
    shape, sql_type,
    table::set_krate,
    text_enum, value,
};
use crate::{
    ast::{Domain, Part, Spanned, TypeKind, TypeObject},
    case::{plain, snake},
    code,
    ctxt::Ctxt,
    symbol::{
        self, Place, SQL_ATTRIBUTE_PLACE, SQL_COMPOSITE, SQL_COMPOSITE_PLACE, SQL_DOMAIN,
        SQL_DOMAIN_CHECK_PLACE, SQL_DOMAIN_PLACE, SQL_ENUM, SQL_ENUM_PLACE, SQL_VARIANT_PLACE,
    },
};

/// Reads an enum type.
pub(crate) fn sql_enum(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<TypeObject> {
    let buffers = Buffers::of(cx, &input.attrs, SQL_ENUM);
    let items = buffers.items(cx, &SQL_ENUM_PLACE);
    set_krate(cx, &items, krate);
    shape::no_generics(cx, &input.generics, "SqlEnum");
    let data = shape::plain_enum(cx, input, "SqlEnum")?;
    let style = text_enum::style(cx, &items);
    let labels = data.variants.iter().map(|variant| {
        let attribute = (SQL_ENUM, &SQL_VARIANT_PLACE);
        let label = text_enum::text(cx, variant, attribute, &style);
        (variant.ident.clone(), label)
    });
    let kind = TypeKind::Enum(labels.collect());
    Some(object(cx, input, &items, krate, kind))
}

/// Reads a domain.
pub(crate) fn sql_domain(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<TypeObject> {
    let buffers = Buffers::of(cx, &input.attrs, SQL_DOMAIN);
    let items = buffers.items(cx, &SQL_DOMAIN_PLACE);
    set_krate(cx, &items, krate);
    shape::no_generics(cx, &input.generics, "SqlDomain");
    let field = only_field(cx, input)?;
    let scope = Scope {
        cx,
        ident: &input.ident,
        columns: Vec::new(),
        skipped: Vec::new(),
    };
    let mut domain = Domain {
        value: part(0, field),
        not_null: false,
        default: None,
        checks: Vec::new(),
    };
    domain.value.comment = None;
    "value".clone_into(&mut domain.value.name.value);
    for item in &items {
        match item.word.name {
            symbol::TYPE => domain.value.sql_type = item.value(cx, sql_type::read),
            symbol::COLLATE => domain.value.collation = item.value(cx, value::string),
            symbol::NOT_NULL => domain.not_null = true,
            symbol::DEFAULT => domain.default = item.value(cx, |t| value::default(&scope, t)),
            symbol::CHECK => {
                let check = key::check(&scope, item, &SQL_DOMAIN_CHECK_PLACE);
                domain.checks.extend(check);
            }
            // The words every type has.
            _ => {}
        }
    }
    Some(object(
        cx,
        input,
        &items,
        krate,
        TypeKind::Domain(Box::new(domain)),
    ))
}

/// Reads a composite type.
pub(crate) fn sql_composite(
    cx: &Ctxt,
    input: &DeriveInput,
    krate: &mut Path,
) -> Option<TypeObject> {
    let buffers = Buffers::of(cx, &input.attrs, SQL_COMPOSITE);
    let items = buffers.items(cx, &SQL_COMPOSITE_PLACE);
    set_krate(cx, &items, krate);
    shape::no_generics(cx, &input.generics, "SqlComposite");
    let fields = shape::named_fields(cx, input, "SqlComposite")?;
    let attributes = fields.into_iter().enumerate();
    let attributes = attributes.map(|(at, field)| attribute(cx, at, field));
    let kind = TypeKind::Composite(attributes.collect());
    Some(object(cx, input, &items, krate, kind))
}

/// The words every type has: its names and its comment.
fn object(
    cx: &Ctxt,
    input: &DeriveInput,
    items: &[Item<'_>],
    krate: &Path,
    kind: TypeKind,
) -> TypeObject {
    let mut object = TypeObject {
        ident: input.ident.clone(),
        krate: krate.clone(),
        name: Spanned {
            value: snake(&plain(&input.ident)),
            span: input.ident.span(),
        },
        namespace: None,
        comment: doc::comment(&input.attrs),
        kind,
    };
    for item in items {
        match item.word.name {
            symbol::NAME => {
                if let Some(name) = item.value(cx, value::string) {
                    object.name = name;
                }
            }
            symbol::NAMESPACE => object.namespace = item.value(cx, value::string),
            symbol::COMMENT => object.comment = item.value(cx, value::comment).flatten(),
            _ => {}
        }
    }
    object
}

/// The one field of a domain's struct; anything else is reported.
fn only_field<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Option<&'a Field> {
    let help = "write `struct Name(Type);`: a domain is one type with conditions";
    let Data::Struct(data) = &input.data else {
        let wrong = "`SqlDomain` can be derived for structs alone";
        cx.error(code::DOMAIN_SHAPE, input.ident.span(), wrong, help);
        return None;
    };
    let mut fields = data.fields.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        let count = data.fields.len();
        let wrong = format_args!("`SqlDomain` needs a struct of one field, this one has {count}");
        cx.error(code::DOMAIN_SHAPE, input.ident.span(), wrong, help);
        return None;
    };
    // On the field a word would be lost.
    if let Fields::Named(_) | Fields::Unnamed(_) = &data.fields {
        let ours = field.attrs.iter();
        for attribute in ours.filter(|attribute| attribute.path().is_ident(SQL_DOMAIN)) {
            if let Some(segment) = attribute.path().segments.first() {
                let wrong = "`#[sql_domain(…)]` stands on the struct, not on its field";
                cx.error(
                    code::MISPLACED_WORD,
                    segment.ident.span(),
                    wrong,
                    "move it to the struct",
                );
            }
        }
    }
    Some(field)
}

/// A field that says nothing yet.
fn part(at: usize, field: &Field) -> Part {
    let (member, name) = match &field.ident {
        Some(ident) => (
            Member::from(ident.clone()),
            Spanned {
                value: plain(ident),
                span: ident.span(),
            },
        ),
        None => {
            let index = Index::from(at);
            let span = index.span;
            let value = at.to_string();
            (Member::from(index), Spanned { value, span })
        }
    };
    Part {
        member,
        name,
        ty: field.ty.clone(),
        sql_type: None,
        collation: None,
        comment: doc::comment(&field.attrs),
    }
}

/// A field of a composite type.
fn attribute(cx: &Ctxt, at: usize, field: &Field) -> Part {
    const PLACE: &Place = &SQL_ATTRIBUTE_PLACE;
    let mut part = part(at, field);
    let buffers = Buffers::of(cx, &field.attrs, SQL_COMPOSITE);
    for item in &buffers.items(cx, PLACE) {
        match item.word.name {
            symbol::TYPE => part.sql_type = item.value(cx, sql_type::read),
            symbol::COLLATE => part.collation = item.value(cx, value::string),
            symbol::NAME => {
                if let Some(name) = item.value(cx, value::string) {
                    part.name = name;
                }
            }
            _ => part.comment = item.value(cx, value::comment).flatten(),
        }
    }
    part
}
