//! Prints `schema!`: the static, and one check per listed table and object.

mod object;
mod text;

pub(super) use object::{option_checks, options_def};

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
        ..
    } = schema;
    let name = ident.unraw().to_string();
    let comment = option(comment.as_ref());
    let extensions = extensions.iter();
    let extensions = extensions.map(|extension| object::extension(krate, extension));
    let entries = tables
        .iter()
        .map(|table| quote_spanned!(table.span()=> <#table as #krate::Table>::ENTRY));
    let checks = tables.iter().enumerate().map(|(index, table)| {
        let index = Literal::usize_unsuffixed(index);
        let (first, last) = ends(table);
        let call = quote!(__verify::schema_table(&#ident, __RELATIONS, #index));
        let call = underlining(first, last, call);
        quote!(const _: () = #call;)
    });
    let collations = schema.collations.iter();
    let collations = collations.map(|collation| object::collation(krate, collation));
    let (sequences, sequence_checks) = object::sequences(schema);
    let (objects, object_checks) = text::objects(schema);
    quote! {
        #(#attributes)*
        #visibility static #ident: #krate::def::SchemaDef = #krate::def::SchemaDef {
            name: #name,
            comment: #comment,
            tables: &[#(#entries),*],
            extensions: &[#(#extensions),*],
            sequences: &[#(#sequences),*],
            collations: &[#(#collations),*],
            objects: &[#(#objects),*],
        };
        const _: () = {
            #[allow(unused_imports)]
            use #krate::{Table as __Table, verify as __verify};
            const __SLOTS: ::core::primitive::usize = __verify::relation_slots(&#ident);
            static __RELATIONS: &__verify::Relations<__SLOTS> = &__verify::relations(&#ident);
            #(#checks)*
            #(#sequence_checks)*
            #(#object_checks)*
        };
    }
}
