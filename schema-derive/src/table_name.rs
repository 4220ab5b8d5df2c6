//! The name that tables, types and sequences go by.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A `TableName`, with the hash by which the library compares them: FNV-1a of the namespace, a zero and the name.
pub(crate) fn table_name(def: &TokenStream, namespace: &str, name: &str) -> TokenStream {
    let bytes = namespace.bytes().chain([0]).chain(name.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = Literal::u64_unsuffixed(hash);
    quote!(#def::TableName::hashed(#namespace, #name, #hash))
}
