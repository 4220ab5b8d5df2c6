//! Prints `impl Table`: the definition as constant data, and a row's values as parameters.

mod column;
mod constraint;
mod partition;

pub(super) use partition::literal;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{
    call_at, option, row,
    sql::{set, sql_text, with},
};
use crate::{
    ast::{Allow, Policy, ReplicaIdentity, Table},
    table_name::table_name,
};

/// The statics a table's constants point to, and `impl Table for …`.
///
/// The compiler walks through all that a constant refers to each time it meets one that refers to it, and ends at a
/// static: it looks at each of those once.
pub(super) fn table(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let name = name(table);
    let statics = statics(table, quote!(<#ident as __Table>::NAME), TokenStream::new());
    let (keys, foreign_keys) = foreign_keys(table);
    let params = row::params(table);
    quote! {
        #statics
        #keys
        #[automatically_derived]
        impl __Table for #ident {
            const NAME: __def::TableName = #name;
            const TABLE: &'static __def::TableDef = &__TABLE;
            const FOREIGN_KEYS: &'static [__def::ForeignKeyDef] = #foreign_keys;
            #params
        }
    }
}

/// The `TableName`.
pub(super) fn name(table: &Table) -> TokenStream {
    let name = &table.name.value;
    let namespace = table
        .namespace
        .as_ref()
        .map_or("public", |namespace| &namespace.value);
    table_name(&quote!(__def), namespace, name)
}

/// The statics of the columns and of the `TableDef`, with options that are not the table's own behind it.
pub(super) fn statics(table: &Table, name: TokenStream, more: TokenStream) -> TokenStream {
    let definition = definition(table, name);
    let columns = table
        .columns
        .iter()
        .map(|column| column::column(table, column));
    let count = Literal::usize_unsuffixed(table.columns.len());
    quote! {
        static __COLUMNS: [__def::ColumnDef; #count] = [#(#columns),*];
        static __TABLE: __def::TableDef = #definition #more;
    }
}

/// The static of the foreign keys, where there are any, and a reference to them.
fn foreign_keys(table: &Table) -> (Option<TokenStream>, TokenStream) {
    if table.foreign_keys.is_empty() {
        return (None, quote!(&[]));
    }
    let keys = table
        .foreign_keys
        .iter()
        .map(|key| constraint::foreign_key(table, key));
    let count = Literal::usize_unsuffixed(table.foreign_keys.len());
    let keys = quote!(static __KEYS: [__def::ForeignKeyDef; #count] = [#(#keys),*];);
    (Some(keys), quote!(&__KEYS))
}

/// The `TableDef`.
fn definition(table: &Table, name: TokenStream) -> TokenStream {
    let ident = &table.ident;
    let rust_name = ident.to_string();
    let rust_name = rust_name.trim_start_matches("r#");
    let location = call_at(
        ident.span(),
        quote!(__def::Location::of),
        quote!(#rust_name),
    );
    let options = options(table);
    let new = quote!(__def::TableDef::new(#name, #location));
    quote!(#new #(#options)*)
}

fn options(table: &Table) -> Vec<TokenStream> {
    let mut options = Vec::new();
    if let Some(comment) = &table.comment {
        options.push(set("comment", comment));
    }
    options.push(set("columns", quote!(&__COLUMNS)));
    if let Some(key) = &table.primary_key {
        options.push(set("primary_key", constraint::key(table, key)));
    }
    let uniques = table.uniques.iter().map(|key| constraint::key(table, key));
    list(&mut options, "uniques", uniques);
    let checks = table
        .checks
        .iter()
        .map(|check| constraint::check(table, check));
    list(&mut options, "checks", checks);
    let exclusions = table
        .exclusions
        .iter()
        .map(|exclusion| constraint::exclusion(table, exclusion));
    list(&mut options, "exclusions", exclusions);
    let indexes = table
        .indexes
        .iter()
        .map(|index| constraint::index(table, index));
    list(&mut options, "indexes", indexes);
    if let Some(partition) = &table.partition_by {
        let namespace = table.namespace.as_ref();
        let namespace = namespace.map_or("public", |namespace| &namespace.value);
        let partition = partition::partition_by(table, partition, &table.partitions, namespace);
        options.push(set("partition_by", partition));
    }
    if table.row_level_security {
        options.push(set("row_level_security", quote!(true)));
    }
    options.extend(storage(table));
    let policies = table
        .policies
        .iter()
        .map(|policy| self::policy(table, policy));
    list(&mut options, "policies", policies);
    if let Some(former) = &table.renamed_from {
        options.push(set("renamed_from", &former.value));
    }
    let allows = table.allows.iter().map(|allow| self::allow(table, allow));
    list(&mut options, "allows", allows);
    options
}

/// How the table is stored, and what it says of itself to replication and to `CLUSTER`.
fn storage(table: &Table) -> Vec<TokenStream> {
    let flags = [
        ("force_row_level_security", table.force_row_level_security),
        ("unlogged", table.unlogged),
    ];
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    let mut options: Vec<TokenStream> = flags.map(|(field, _)| set(field, quote!(true))).collect();
    options.extend(with(&table.with));
    options.extend(table.replica_identity.as_ref().map(|identity| {
        let variant = match identity {
            ReplicaIdentity::Word(word) => format_ident!("{word}").to_token_stream(),
            ReplicaIdentity::Index(name) => quote!(Index(#name)),
        };
        set(
            "replica_identity",
            quote!(__def::ReplicaIdentityDef::#variant),
        )
    }));
    let clustered_on = table.clustered_on.as_ref();
    options.extend(clustered_on.map(|index| set("clustered_on", &index.value)));
    options
}

/// `field: &[…]`, unless it is empty.
fn list<T: ToTokens>(
    options: &mut Vec<TokenStream>,
    field: &str,
    items: impl ExactSizeIterator<Item = T>,
) {
    if items.len() > 0 {
        options.push(set(field, quote!(&[#(#items),*])));
    }
}

fn allow(table: &Table, allow: &Allow) -> TokenStream {
    let Allow { rule, reason, .. } = allow;
    let position = position(rule.span);
    let rule = rule.value;
    let column = option(allow.column.map(|index| &table.columns[index].name.value));
    quote!(__def::AllowDef { rule: #rule, column: #column, reason: #reason, position: #position })
}

/// A `Position`.
fn position(span: Span) -> TokenStream {
    call_at(span, quote!(__def::Position::here), TokenStream::new())
}

fn policy(table: &Table, policy: &Policy) -> TokenStream {
    let Policy {
        name,
        restrictive,
        command,
        roles,
        using,
        with_check,
        comment,
    } = policy;
    let position = position(name.span);
    let name = &name.value;
    let command = format_ident!("{command}");
    let roles = roles.iter().map(|role| &role.value);
    let comment = option(comment.as_ref());
    let using = option(using.as_ref().map(|text| sql_text(table, text)));
    let with_check = option(with_check.as_ref().map(|text| sql_text(table, text)));
    quote! {
        __def::PolicyDef {
            position: #position,
            name: #name,
            restrictive: #restrictive,
            command: __def::PolicyCommand::#command,
            roles: &[#(#roles),*],
            using: #using,
            with_check: #with_check,
            comment: #comment,
        }
    }
}
