//! Prints `#[derive(TextEnum)]`: an enum stored as text.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::TextEnum;

/// The impls of an enum stored as text: as a column, and as its text elsewhere.
pub(crate) fn text_enum(text_enum: &TextEnum) -> TokenStream {
    let TextEnum { ident, krate, .. } = text_enum;
    let names = || text_enum.variants.iter().map(|(variant, _)| variant);
    let texts = || text_enum.variants.iter().map(|(_, text)| &text.value);
    let (all, variants, variants_again) = (names(), names(), names());
    let (listed, shown, paired) = (texts(), texts(), texts());
    let count = text_enum.variants.len();
    let sql = sql(text_enum);
    quote! {
        impl #ident {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[#(Self::#all),*];
            /// The text it is stored as.
            #[must_use]
            pub const fn as_str(&self) -> &'static ::core::primitive::str {
                match self { #(Self::#variants => #shown,)* }
            }
        }
        const _: () = {
            use #krate::{__private, postgres_types as __sql, ty as __ty};
            const __TEXTS: [(&::core::primitive::str, #ident); #count] =
                [#((#paired, #ident::#variants_again)),*];
            #[automatically_derived]
            impl __ty::ColumnType for #ident {
                const SQL_TYPES: &'static [__ty::TypeDef] = __private::TEXT_TYPES;
                const TEXTS: ::core::option::Option<&'static [&'static ::core::primitive::str]> =
                    ::core::option::Option::Some(&[#(#listed),*]);
            }
            #sql
        };
    }
}

fn sql(text_enum: &TextEnum) -> TokenStream {
    let ident = &text_enum.ident;
    quote! {
        #[automatically_derived]
        impl<'__r> __sql::FromSql<'__r> for #ident {
            fn from_sql(
                __type: &__sql::Type,
                __raw: &'__r [::core::primitive::u8],
            ) -> ::core::result::Result<Self, __ty::ReadError> {
                __private::text_enum_from_sql(__type, __raw, __TEXTS)
            }
            fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                __private::text_enum_accepts(__type)
            }
        }
        #[automatically_derived]
        impl __sql::ToSql for #ident {
            fn to_sql(
                &self,
                _: &__sql::Type,
                __out: &mut __private::bytes::BytesMut,
            ) -> ::core::result::Result<__sql::IsNull, __ty::ReadError> {
                ::core::result::Result::Ok(__private::text_enum_to_sql(self.as_str(), __out))
            }
            fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                __private::text_enum_accepts(__type)
            }
            __sql::to_sql_checked!();
        }
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __f.pad(self.as_str())
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
            type Err = __private::ValueError;
            fn from_str(__text: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                __private::text_enum_from_str(__text, __TEXTS)
            }
        }
    }
}
