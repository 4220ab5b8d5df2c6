//! Prints `schema!`: the static, and one check per listed table.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ext::IdentExt as _, spanned::Spanned as _};

use super::{ends, option, underlining};
use crate::ast::Schema;

/// The static that lists the tables.
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
    // `Table::ENTRY` in its parts: a constant is validated with all it refers to, and so each table once more.
    let entries = tables.iter().map(|table| {
        quote_spanned! {table.span()=>
            #krate::def::TableEntry {
                table: <#table as #krate::Table>::TABLE,
                foreign_keys: <#table as #krate::Table>::FOREIGN_KEYS,
            }
        }
    });
    let checks = tables.iter().enumerate().map(|(index, table)| {
        let index = Literal::usize_unsuffixed(index);
        let (first, last) = ends(table);
        let call = quote!(__verify::schema_table(&#ident, __RELATIONS, #index));
        let call = underlining(first, last, call);
        quote!(const _: () = #call;)
    });
    quote! {
        #(#attributes)*
        #visibility static #ident: #krate::def::SchemaDef = #krate::def::SchemaDef {
            name: #name,
            comment: #comment,
            tables: &[#(#entries),*],
            extensions: &[#(#extensions),*],
        };
        const _: () = {
            use #krate::verify as __verify;
            const __SLOTS: ::core::primitive::usize = __verify::relation_slots(&#ident);
            static __RELATIONS: &__verify::Relations<__SLOTS> = &__verify::relations(&#ident);
            #(#checks)*
        };
    }
}
