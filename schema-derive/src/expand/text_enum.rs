//! Prints `#[derive(TextEnum)]`: an enum stored as text.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Path;

use crate::ast::{Spanned, TextEnum};

/// The impls of an enum stored as text.
pub(crate) fn text_enum(text_enum: &TextEnum) -> TokenStream {
    let parts = Parts {
        items: TokenStream::new(),
        column: quote!(
            const SQL_TYPES: &'static [__ty::TypeDef] = __private::TEXT_TYPES;
        ),
        accepts: quote!(__private::text_enum_accepts(__type)),
    };
    print(
        &text_enum.ident,
        &text_enum.krate,
        &text_enum.variants,
        &parts,
    )
}

/// What enums stored as text and enum types do not share.
pub(super) struct Parts {
    pub(super) items: TokenStream,
    /// What `ColumnType` says of the SQL type.
    pub(super) column: TokenStream,
    pub(super) accepts: TokenStream,
}

/// The impls of an enum whose variants have texts: as a column, and as its text elsewhere.
pub(super) fn print(
    ident: &Ident,
    krate: &Path,
    variants: &[(Ident, Spanned<String>)],
    parts: &Parts,
) -> TokenStream {
    let names = || variants.iter().map(|(variant, _)| variant);
    let texts = || variants.iter().map(|(_, text)| &text.value);
    let count = variants.len();
    let Parts {
        items,
        column,
        accepts,
    } = parts;
    let (all, variants, variants_again) = (names(), names(), names());
    let (listed, shown, paired) = (texts(), texts(), texts());
    let sql = sql(ident, accepts);
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
            #items
            const __TEXTS: [(&::core::primitive::str, #ident); #count] =
                [#((#paired, #ident::#variants_again)),*];
            #[automatically_derived]
            impl __ty::ColumnType for #ident {
                #column
                const TEXTS: ::core::option::Option<&'static [&'static ::core::primitive::str]> =
                    ::core::option::Option::Some(&[#(#listed),*]);
            }
            #sql
        };
    }
}

fn sql(ident: &Ident, accepts: &TokenStream) -> TokenStream {
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
                #accepts
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
                #accepts
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
