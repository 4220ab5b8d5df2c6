//! Prints `#[derive(SqlFlags)]`: a `bitflags` type stored as the integer of its bits.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::SqlFlags;

/// The three impls of a bit set that is a column.
pub(crate) fn sql_flags(flags: &SqlFlags) -> TokenStream {
    let SqlFlags { ident, krate } = flags;
    quote! {
        const _: () = {
            use #krate::{__private, postgres_types as __sql, ty as __ty};
            const __FLAGS: __private::FlagFunctions<#ident> = __private::flags();
            #[automatically_derived]
            impl __ty::ColumnType for #ident {
                const SQL_TYPES: &'static [__ty::TypeDef] = __FLAGS.types;
            }
            #[automatically_derived]
            impl<'__r> __sql::FromSql<'__r> for #ident {
                fn from_sql(
                    __type: &__sql::Type,
                    __raw: &'__r [::core::primitive::u8],
                ) -> ::core::result::Result<Self, __ty::ReadError> {
                    (__FLAGS.read)(__type, __raw)
                }
                fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                    (__FLAGS.accepts)(__type)
                }
            }
            #[automatically_derived]
            impl __sql::ToSql for #ident {
                fn to_sql(
                    &self,
                    __type: &__sql::Type,
                    __out: &mut __private::bytes::BytesMut,
                ) -> ::core::result::Result<__sql::IsNull, __ty::ReadError> {
                    (__FLAGS.write)(self, __type, __out)
                }
                fn accepts(__type: &__sql::Type) -> ::core::primitive::bool {
                    (__FLAGS.accepts)(__type)
                }
                __sql::to_sql_checked!();
            }
        };
    }
}
