//! Stand-in impls for a type whose attributes have errors, so that one mistake gives one message: what uses the type still
//! finds its traits. None of it ever runs, for a crate with an error does not compile.
//!
//! A table's stand-in has no columns, which no real table does; the checks across tables take it as "not known". Its
//! namespace is the empty one, in which nothing else lies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Generics, Lifetime, Path, parse_quote};

use crate::table_name::table_name;

/// Stands in for a table; one with generic parameters could not keep the trait's bounds, so it gets nothing.
pub(crate) fn table(krate: &Path, ident: &Ident, generics: &Generics) -> TokenStream {
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    let from_row = from_row(krate, ident, generics);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let name = ident.to_string();
    let table_name = table_name(&quote!(#krate::def), "", &name);
    quote! {
        #from_row
        #[automatically_derived]
        impl #impl_generics #krate::table::Table for #ident #ty_generics #where_clause {
            const NAME: #krate::def::TableName =
                #table_name;
            const TABLE: &'static #krate::def::TableDef = &#krate::def::TableDef::new(
                <Self as #krate::table::Table>::NAME,
                #krate::def::Location { rust_name: #name, file: "", line: 0, column: 0 },
            );
            const FOREIGN_KEYS: &'static [#krate::def::ForeignKeyDef] = &[];
            fn params(&self) -> ::std::vec::Vec<#krate::row::Param<'_>> {
                ::std::vec::Vec::new()
            }
        }
    }
}

/// Stands in for a view, as [`table`] does for a table.
pub(crate) fn view(krate: &Path, ident: &Ident, generics: &Generics) -> TokenStream {
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    let from_row = from_row(krate, ident, generics);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let name = ident.to_string();
    let table_name = table_name(&quote!(#krate::def), "", &name);
    quote! {
        #from_row
        const _: () = {
            static __TABLE: #krate::def::TableDef = #krate::def::TableDef::new(
                <#ident as #krate::view::View>::NAME,
                #krate::def::Location { rust_name: #name, file: "", line: 0, column: 0 },
            );
            static __VIEW: #krate::def::ViewDef =
                #krate::def::ViewDef::new(&__TABLE, #krate::def::QueryText(&[]));
            #[automatically_derived]
            impl #impl_generics #krate::relation::Relation for #ident #ty_generics #where_clause {
                const RELATION: &'static #krate::def::TableDef = &__TABLE;
                const LISTED: #krate::def::ListedDef = #krate::def::ListedDef::View(&__VIEW);
            }
            #[automatically_derived]
            impl #impl_generics #krate::view::View for #ident #ty_generics #where_clause {
                const NAME: #krate::def::TableName =
                    #table_name;
                const VIEW: &'static #krate::def::ViewDef = &__VIEW;
            }
            #[automatically_derived]
            impl #impl_generics #krate::view::Materialized for #ident #ty_generics #where_clause {}
            #[automatically_derived]
            impl #impl_generics #krate::view::RefreshedConcurrently for #ident #ty_generics #where_clause {}
        };
    }
}

/// Stands in for a type of a column: one of no known SQL type, which fits everything.
///
/// `ToSql` asks for `Debug`. A type without it is told of it once its own errors are gone: a bound with a lifetime is not
/// judged where it stands, as one without would be.
pub(crate) fn column_type(krate: &Path, ident: &Ident, generics: &Generics) -> TokenStream {
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            use #krate::{__private, postgres_types as __sql, ty as __ty};
            #[automatically_derived]
            impl __ty::ColumnType for #ident
            where
                for<'__any> #ident: ::core::fmt::Debug,
            {
                const SQL_TYPES: &'static [__ty::TypeDef] = &[__ty::TypeDef::STAND_IN];
            }
            #[automatically_derived]
            impl<'__r> __sql::FromSql<'__r> for #ident {
                fn from_sql(
                    _: &__sql::Type,
                    _: &'__r [::core::primitive::u8],
                ) -> ::core::result::Result<Self, __ty::ReadError> {
                    ::core::unreachable!()
                }
                fn accepts(_: &__sql::Type) -> ::core::primitive::bool {
                    true
                }
            }
            #[automatically_derived]
            impl __sql::ToSql for #ident
            where
                for<'__any> #ident: ::core::fmt::Debug,
            {
                fn to_sql(
                    &self,
                    _: &__sql::Type,
                    _: &mut __private::bytes::BytesMut,
                ) -> ::core::result::Result<__sql::IsNull, __ty::ReadError> {
                    ::core::unreachable!()
                }
                fn accepts(_: &__sql::Type) -> ::core::primitive::bool {
                    true
                }
                __sql::to_sql_checked!();
            }
        };
    }
}

/// Stands in for an enum with texts, as a column and as its text elsewhere.
pub(crate) fn text_enum(krate: &Path, ident: &Ident, generics: &Generics) -> TokenStream {
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    let column_type = column_type(krate, ident, generics);
    quote! {
        #column_type
        impl #ident {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[];
            /// The text it is stored as.
            #[must_use]
            pub const fn as_str(&self) -> &'static ::core::primitive::str { "" }
        }
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::unreachable!()
            }
        }
        #[automatically_derived]
        impl ::core::convert::AsRef<::core::primitive::str> for #ident {
            fn as_ref(&self) -> &::core::primitive::str {
                self.as_str()
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = #krate::__private::ValueError;
            fn from_str(_: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                ::core::unreachable!()
            }
        }
    }
}

/// Stands in for a row mapper.
pub(crate) fn from_row(krate: &Path, ident: &Ident, generics: &Generics) -> TokenStream {
    let (_, ty_generics, where_clause) = generics.split_for_impl();
    let mut with_row = generics.clone();
    let row = match generics.lifetimes().next() {
        Some(lifetime) => lifetime.lifetime.clone(),
        None => {
            let row: Lifetime = parse_quote!('__r);
            with_row.params.insert(0, parse_quote!(#row));
            row
        }
    };
    let (impl_generics, ..) = with_row.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::row::FromRow<#row> for #ident #ty_generics #where_clause {
            const SOURCE: &'static str = "";
            const FIELDS: &'static [#krate::row::RowField] = &[];
            fn read(
                _: &mut #krate::row::Reader<#row, '_>,
            ) -> ::core::result::Result<Self, #krate::Error> {
                ::core::unreachable!()
            }
        }
    }
}
