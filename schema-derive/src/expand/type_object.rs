//! Prints the derives of types beside tables: an enum type, a domain, a composite type.

use proc_macro2::{Delimiter, Group, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::{
    call_at, ends, option, over,
    sql::{default_def, set, sql_text_alone, sql_type},
    text_enum, underlining,
    verify::{check, check_between, constant},
};
use crate::{
    ast::{Check, Default, Domain, Part, TypeKind, TypeObject},
    case::plain,
    spelling::Spelling,
    table_name::table_name,
};

/// The impls of a type of the user's own: a column of it, read and written.
pub(crate) fn type_object(object: &TypeObject) -> TokenStream {
    match &object.kind {
        TypeKind::Enum(labels) => {
            let column = column_type(object);
            let items = declaration(object);
            let accepts = quote!(__private::enum_accepts(__type, __OBJECT));
            let parts = text_enum::Parts {
                items,
                column,
                accepts,
            };
            text_enum::print(&object.ident, &object.krate, labels, &parts)
        }
        TypeKind::Domain(domain) => self::domain(object, domain),
        TypeKind::Composite(attributes) => composite(object, attributes),
    }
}

/// The `TypeObjectDef`, as `__OBJECT`.
fn declaration(object: &TypeObject) -> TokenStream {
    let TypeObject {
        ident,
        krate,
        name,
        comment,
        ..
    } = object;
    let name = table_name(&quote!(__def), namespace(object), &name.value);
    let rust_name = plain(ident);
    let location = call_at(
        ident.span(),
        quote!(__def::Location::of),
        quote!(#rust_name),
    );
    let comment = option(comment.as_ref());
    let kind = match &object.kind {
        TypeKind::Enum(labels) => {
            let labels = labels.iter().map(|(_, label)| &label.value);
            quote!(Enum(&[#(#labels),*]))
        }
        TypeKind::Domain(domain) => {
            let domain = domain_def(domain);
            quote!(Domain(&#domain))
        }
        TypeKind::Composite(attributes) => {
            let attributes = attributes
                .iter()
                .map(|attribute| column_def(attribute, None));
            quote!(Composite(&[#(#attributes),*]))
        }
    };
    quote! {
        use #krate::def as __def;
        const __OBJECT: &__def::TypeObjectDef = &__def::TypeObjectDef {
            name: #name,
            location: #location,
            comment: #comment,
            kind: __def::TypeObjectKind::#kind,
        };
    }
}

fn namespace(object: &TypeObject) -> &str {
    let namespace = object.namespace.as_ref();
    namespace.map_or("public", |namespace| &namespace.value)
}

/// The constants of `ColumnType`.
fn column_type(object: &TypeObject) -> TokenStream {
    let (name, namespace) = (&object.name.value, namespace(object));
    quote! {
        const SQL_TYPES: &'static [__ty::TypeDef] = &[__ty::TypeDef::Named {
            namespace: ::core::option::Option::Some(#namespace),
            name: #name,
        }];
        const TYPE_OBJECT: ::core::option::Option<&'static __def::TypeObjectDef> =
            ::core::option::Option::Some(__OBJECT);
    }
}

fn domain_def(domain: &Domain) -> TokenStream {
    let value = column_def(
        &domain.value,
        domain.default.as_ref().map(|default| &default.value),
    );
    let not_null = domain.not_null;
    let checks = domain.checks.iter().map(check_def);
    quote! {
        __def::DomainDef { value: #value, not_null: #not_null, checks: &[#(#checks),*] }
    }
}

fn check_def(check: &Check) -> TokenStream {
    let expression = sql_text_alone(&check.expression);
    let new = quote!(__def::CheckDef::new(#expression));
    let name = check.name.as_ref().map(|name| set("name", &name.value));
    let comment = check.comment.as_ref().map(|text| set("comment", text));
    quote!(#new #name #comment)
}

/// A part's `ColumnDef`.
fn column_def(part: &Part, default: Option<&Default>) -> TokenStream {
    let name = &part.name.value;
    let facts = over(&part.ty, ends(&part.ty), "FACTS");
    let mut options = Vec::new();
    if let Some(ty) = &part.sql_type {
        options.push(set("sql_type", sql_type(&ty.value)));
    }
    if let Some(default) = default {
        options.push(set("default", default_def(default, sql_text_alone)));
    }
    if let Some(collation) = &part.collation {
        options.push(set("collation", &collation.value));
    }
    if let Some(comment) = &part.comment {
        options.push(set("comment", comment));
    }
    let new = quote!(__def::ColumnDef::new(#name, #facts));
    quote!(#new #(#options)*)
}

fn domain(object: &TypeObject, domain: &Domain) -> TokenStream {
    let Part { member, ty, .. } = &domain.value;
    let of = |item| over(ty, ends(ty), item);
    let (read, as_sql, texts) = (of("read"), of("as_sql"), of("TEXTS"));
    let below = quote!(__private::domain_value_type(__type, __OBJECT));
    let column = quote! {
        const TEXTS: ::core::option::Option<&'static [&'static ::core::primitive::str]> = #texts;
        fn read(
            __type: &__sql::Type,
            __raw: ::core::option::Option<&[::core::primitive::u8]>,
        ) -> ::core::result::Result<Self, __ty::ReadError> {
            ::core::result::Result::Ok(Self { #member: #read(#below, __raw)? })
        }
    };
    let from_sql = quote!(<Self as __Type>::read(
        __type,
        ::core::option::Option::Some(__raw)
    ));
    let to_sql = quote!(#as_sql(&self.#member).to_sql_checked(#below, __out));
    let accepts = quote!(__private::domain_accepts(__type, __OBJECT));
    let mut checks = part_checks(0, &domain.value);
    let rust = Spelling::of(ty).text;
    let is_option = quote!(__verify::domain_value(__OBJECT, #rust));
    checks.push(check_between(ends(ty), is_option));
    if let Some(default) = &domain.default
        && !matches!(default.value, Default::Sql(_))
    {
        let call = quote!(__verify::domain_default(__OBJECT));
        checks.push(check(default.span, call));
    }
    let impls = Impls {
        column,
        from_sql,
        to_sql,
        accepts,
        checks,
    };
    print(object, &impls)
}

fn composite(object: &TypeObject, attributes: &[Part]) -> TokenStream {
    let reads = attributes.iter().map(|attribute| {
        let Part {
            member, name, ty, ..
        } = attribute;
        let name = &name.value;
        // Reached as everywhere, so that a type without an SQL type gets one error.
        let (first, last) = ends(ty);
        let read = over(ty, (first, last), "read");
        let call = underlining(first, last, quote!(__reader.read_with));
        let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#name, #read));
        arguments.set_span(last);
        let propagate = quote_spanned!(last=> ?);
        quote!(#member: #call #arguments #propagate)
    });
    let from_sql = quote! {{
        let __reader = __private::CompositeReader::new(__type, __raw, __OBJECT)?;
        ::core::result::Result::Ok(Self { #(#reads),* })
    }};
    let values = attributes.iter().map(|attribute| {
        let Part {
            member, name, ty, ..
        } = attribute;
        let (name, as_sql) = (&name.value, over(ty, ends(ty), "as_sql"));
        quote!((#name, #as_sql(&self.#member)))
    });
    let to_sql = quote!(__private::composite_to_sql(__type, __out, __OBJECT, &[#(#values),*]));
    let checks = attributes.iter().enumerate();
    let checks = checks.flat_map(|(at, attribute)| part_checks(at, attribute));
    let impls = Impls {
        column: TokenStream::new(),
        from_sql,
        to_sql,
        accepts: quote!(__private::composite_accepts(__type, __OBJECT)),
        checks: checks.collect(),
    };
    print(object, &impls)
}

/// The check that a part's SQL type holds its Rust type.
fn part_checks(at: usize, part: &Part) -> Vec<TokenStream> {
    let (at, rust) = (Literal::usize_unsuffixed(at), Spelling::of(&part.ty).text);
    let call = quote!(__verify::type_part(__OBJECT, #at, #rust));
    let check = match &part.sql_type {
        Some(sql_type) => check(sql_type.span, call),
        None => check_between(ends(&part.ty), call),
    };
    let collation = part.collation.as_ref().map(|collation| {
        let call = quote!(__verify::type_collation(__OBJECT, #at));
        self::check(collation.span, call)
    });
    [Some(check), collation].into_iter().flatten().collect()
}

/// What the impls of a domain and of a composite type do not share.
struct Impls {
    /// More of `ColumnType`.
    column: TokenStream,
    from_sql: TokenStream,
    to_sql: TokenStream,
    accepts: TokenStream,
    checks: Vec<TokenStream>,
}

fn print(object: &TypeObject, impls: &Impls) -> TokenStream {
    let TypeObject { ident, krate, .. } = object;
    let (declaration, constants) = (declaration(object), column_type(object));
    let Impls {
        column,
        from_sql,
        to_sql,
        accepts,
        checks,
    } = impls;
    let checks = checks
        .iter()
        .map(|check| constant(std::slice::from_ref(check)));
    quote! {
        const _: () = {
            use #krate::{
                __private, postgres_types as __sql, ty as __ty, ty::ColumnType as __Type,
                verify as __verify,
            };
            #declaration
            #[automatically_derived]
            impl __ty::ColumnType for #ident {
                #constants
                #column
            }
            #[automatically_derived]
            impl<'__r> __sql::FromSql<'__r> for #ident {
                fn from_sql(
                    __type: &__sql::Type,
                    __raw: &'__r [::core::primitive::u8],
                ) -> ::core::result::Result<Self, __ty::ReadError> {
                    #from_sql
                }
                fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                    #accepts
                }
            }
            #[automatically_derived]
            impl __sql::ToSql for #ident {
                fn to_sql(
                    &self,
                    __type: &__sql::Type,
                    __out: &mut __private::bytes::BytesMut,
                ) -> ::core::result::Result<__sql::IsNull, __ty::ReadError> {
                    #to_sql
                }
                fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                    #accepts
                }
                __sql::to_sql_checked!();
            }
            #(#checks)*
        };
    }
}
