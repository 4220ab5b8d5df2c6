//! Prints a view: its definition, its row mapper and the checks of what only the compiler knows.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{
    definition, row,
    sql::{set, with},
    verify,
};
use crate::ast::View;

/// A view's query as Rust.
pub(crate) struct ViewQuery {
    /// The `QueryPart`s.
    pub(crate) parts: Vec<TokenStream>,
    /// The `TableDef`s of what it reads.
    pub(crate) uses: Vec<TokenStream>,
    /// Constants that are evaluated.
    pub(crate) checks: Vec<TokenStream>,
}

/// Prints a view with its query.
pub(crate) fn view((view, query): &(View, ViewQuery)) -> TokenStream {
    let View { table, .. } = view;
    let (krate, ident) = (&table.krate, &table.ident);
    let name = definition::name(table);
    let statics = definition::statics(
        table,
        quote!(<#ident as __View>::NAME),
        quote!(.is_view(true)),
    );
    let ViewQuery {
        parts,
        uses,
        checks: query_checks,
    } = query;
    let part_count = Literal::usize_unsuffixed(parts.len());
    let use_count = Literal::usize_unsuffixed(uses.len());
    let options = options(view);
    let materialized = view.materialized.then(|| implemented(view, "Materialized"));
    let concurrently = (view.materialized && view.has_row_index())
        .then(|| implemented(view, "RefreshedConcurrently"));
    let from_row = row::table(table);
    let checks = verify::table(table);
    let is_json = table.columns.iter().any(|column| column.json);
    let not_null = is_json.then(|| quote!(use #krate::ty::NotNull as _;));
    quote! {
        const _: () = {
            #not_null
            use #krate::{
                View as __View, def as __def, relation::Relation as __Relation, row as __row, ty as __ty,
                ty::ColumnType as __Type, __private::verify::view as __verify,
            };
            #statics
            static __QUERY: [__def::QueryPart; #part_count] = [#(#parts),*];
            static __USES: [&__def::TableDef; #use_count] = [#(#uses),*];
            static __VIEW: __def::ViewDef =
                __def::ViewDef::new(&__TABLE, __def::QueryText(&__QUERY)).uses(&__USES) #(#options)*;
            #[automatically_derived]
            impl __Relation for #ident {
                const RELATION: &'static __def::TableDef = &__TABLE;
                const LISTED: __def::ListedDef = __def::ListedDef::View(&__VIEW);
            }
            #[automatically_derived]
            impl __View for #ident {
                const NAME: __def::TableName = #name;
                const VIEW: &'static __def::ViewDef = &__VIEW;
            }
            #materialized
            #concurrently
            #from_row
            #(#checks)*
            #(#query_checks)*
        };
    }
}

fn options(view: &View) -> Vec<TokenStream> {
    let mut options = Vec::new();
    if view.materialized {
        options.push(set("materialized", quote!(true)));
    }
    options.extend(with(&view.with));
    if let Some(option) = &view.check_option {
        let option = format_ident!("{}", option.value);
        options.push(set("check_option", quote!(__def::CheckOption::#option)));
    }
    for (field, name) in [("method", &view.method), ("tablespace", &view.tablespace)] {
        if let Some(name) = name {
            options.push(set(field, &name.value));
        }
    }
    if view.with_no_data.is_some() {
        options.push(set("with_no_data", quote!(true)));
    }
    options
}

/// A trait without items.
fn implemented(view: &View, marker: &str) -> TokenStream {
    let (krate, ident) = (&view.table.krate, &view.table.ident);
    let marker = format_ident!("{marker}");
    quote! {
        #[automatically_derived]
        impl #krate::view::#marker for #ident {}
    }
}
