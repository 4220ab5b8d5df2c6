//! Prints `schema!`: the static, and one check per listed table or view.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ext::IdentExt as _, spanned::Spanned as _};

use super::{ends, option, underlining};
use crate::ast::Schema;

/// The static that lists the tables and views.
///
/// What stands in the list, only the compiler knows: the statics inside tell tables and views apart.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let Schema {
        krate,
        attributes,
        comment,
        visibility,
        ident,
        tables,
        extensions,
    } = schema;
    let name = ident.unraw().to_string();
    let comment = option(comment.as_ref());
    let extensions = extensions.iter().map(|extension| &extension.value);
    let entries = tables
        .iter()
        .map(|table| quote_spanned!(table.span()=> <#table as #krate::relation::Relation>::LISTED));
    let checks = tables.iter().enumerate().map(|(index, table)| {
        let index = Literal::usize_unsuffixed(index);
        let (first, last) = ends(table);
        let call = quote!(__verify::listed(&#ident, &__LISTED, __RELATIONS, #index));
        let call = underlining(first, last, call);
        quote!(const _: () = #call;)
    });
    let count = Literal::usize_unsuffixed(tables.len());
    quote! {
        #(#attributes)*
        #visibility static #ident: #krate::def::SchemaDef = {
            use #krate::{def as __def, verify as __verify};
            static __LISTED: [__def::ListedDef; #count] = [#(#entries),*];
            const __TABLES: ::core::primitive::usize = __def::count_tables(&__LISTED);
            static __TABLE_LIST: [__def::TableEntry; __TABLES] = __def::tables(&__LISTED);
            static __VIEW_LIST: [&__def::ViewDef; #count - __TABLES] = __def::views(&__LISTED);
            const __SLOTS: ::core::primitive::usize = __verify::relation_slots(&__LISTED);
            static __RELATIONS: &__verify::Relations<__SLOTS> = &__verify::relations(&__LISTED);
            #(#checks)*
            __def::SchemaDef {
                name: #name,
                comment: #comment,
                tables: &__TABLE_LIST,
                views: &__VIEW_LIST,
                extensions: &[#(#extensions),*],
            }
        };
    }
}
