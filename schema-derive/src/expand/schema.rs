//! Prints `schema!`: the static, and one check per listed table or view, sequence and object.

mod object;
mod text;

pub(super) use object::{option_checks, options_def};

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
        ..
    } = schema;
    let name = ident.unraw().to_string();
    let comment = option(comment.as_ref());
    let extensions = extensions.iter();
    let extensions = extensions.map(|extension| object::extension(krate, extension));
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
    let collations = schema.collations.iter();
    let collations = collations.map(|collation| object::collation(krate, collation));
    let (sequences, sequence_checks) = object::sequences(schema);
    let (objects, object_checks) = text::objects(schema);
    let count = Literal::usize_unsuffixed(tables.len());
    quote! {
        #(#attributes)*
        #visibility static #ident: #krate::def::SchemaDef = {
            #[allow(unused_imports)]
            use #krate::{def as __def, relation as __relation, verify as __verify};
            static __LISTED: [__def::ListedDef; #count] = [#(#entries),*];
            const __TABLES: ::core::primitive::usize = __def::count_tables(&__LISTED);
            static __TABLE_LIST: [__def::TableEntry; __TABLES] = __def::tables(&__LISTED);
            static __VIEW_LIST: [&__def::ViewDef; #count - __TABLES] = __def::views(&__LISTED);
            const __SLOTS: ::core::primitive::usize = __verify::relation_slots(&__LISTED);
            static __RELATIONS: &__verify::Relations<__SLOTS> = &__verify::relations(&__LISTED);
            static __EXTENSIONS: &[__def::ExtensionDef] = &[#(#extensions),*];
            static __SEQUENCES: &[__def::SequenceDef] = &[#(#sequences),*];
            static __COLLATIONS: &[__def::CollationDef] = &[#(#collations),*];
            static __OBJECTS: &[__def::ObjectDef] = &[#(#objects),*];
            #(#checks)*
            #(#sequence_checks)*
            #(#object_checks)*
            __def::SchemaDef {
                name: #name,
                comment: #comment,
                tables: &__TABLE_LIST,
                views: &__VIEW_LIST,
                extensions: __EXTENSIONS,
                sequences: __SEQUENCES,
                collations: __COLLATIONS,
                objects: __OBJECTS,
            }
        };
    }
}
