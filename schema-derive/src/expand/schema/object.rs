//! Prints what a schema has beside its tables: definitions, and their checks.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path, spanned::Spanned as _};

use super::super::{ends, sql::set, verify};
use crate::{
    ast::{Collation, Extension, Schema, Sequence, SequenceOptions, Spanned},
    case::plain,
};

/// The definitions of all sequences, and their checks.
pub(super) fn sequences(schema: &Schema) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let definitions = schema.sequences.iter();
    let definitions = definitions.map(|sequence| sequence_def(&schema.krate, sequence));
    let mut checks = Vec::new();
    for (index, sequence) in schema.sequences.iter().enumerate() {
        let ident = &schema.ident;
        let index = Literal::usize_unsuffixed(index);
        let call = quote!(__verify::schema_sequence(&#ident, &__LISTED, __RELATIONS, #index));
        let named = verify::check(sequence.name.span, call);
        checks.push(verify::constant(&[named]));
        if let Some((path, field)) = &sequence.owned_by {
            let call = quote!(__verify::sequence_owner(&#ident, __RELATIONS, #index));
            let owned = verify::check_between((ends(path).0, field.span()), call);
            checks.push(verify::constant(&[owned]));
        }
        let options = quote!(&#ident.sequences[#index].options);
        let sql_type = quote!(&#ident.sequences[#index].sql_type);
        let calls = option_checks(&sequence.options, &options, &sql_type);
        checks.extend(calls.map(|call| verify::constant(&[call])));
    }
    (definitions.collect(), checks)
}

/// One check for each number that is given, spanned with it.
pub(in crate::expand) fn option_checks(
    given: &SequenceOptions,
    options: &TokenStream,
    sql_type: &TokenStream,
) -> impl Iterator<Item = TokenStream> {
    given.numbers().map(move |(word, number)| {
        let function = format_ident!("sequence_{word}");
        let call = quote!(__verify::#function(#options, #sql_type));
        verify::check(number.span, call)
    })
}

/// A `SequenceOptionsDef`, `def` being the path of its module.
pub(in crate::expand) fn options_def(def: &TokenStream, options: &SequenceOptions) -> TokenStream {
    let numbers = options.numbers().map(|(word, number)| {
        let value = Literal::i64_unsuffixed(number.value);
        set(word, quote!(#value))
    });
    let cycle = options.cycle.map(|_| set("cycle", quote!(true)));
    quote!(#def::SequenceOptionsDef::NONE #(#numbers)* #cycle)
}

fn sequence_def(krate: &Path, sequence: &Sequence) -> TokenStream {
    let name = table_name(krate, &sequence.name, sequence.namespace.as_ref());
    let variant = format_ident!("{}", sequence.sql_type);
    let mut options = vec![set("sql_type", quote!(#krate::ty::TypeDef::#variant))];
    if !sequence.options.is_empty() {
        let given = options_def(&quote!(#krate::def), &sequence.options);
        options.push(set("options", given));
    }
    if let Some((path, field)) = &sequence.owned_by {
        let field = field_name(field);
        let table = quote_spanned!(path.span()=> <#path as #krate::Table>::TABLE);
        options.push(set("owned_by", quote!((#table, #field))));
    }
    if let Some(comment) = &sequence.comment {
        options.push(set("comment", comment));
    }
    quote!(#krate::def::SequenceDef::new(#name) #(#options)*)
}

/// A `TableName`, which is what any object with a namespace goes by.
fn table_name(
    krate: &Path,
    name: &Spanned<String>,
    namespace: Option<&Spanned<String>>,
) -> TokenStream {
    let namespace = namespace.map_or("public", |namespace| &namespace.value);
    crate::table_name::table_name(&quote!(#krate::def), namespace, &name.value)
}

fn field_name(field: &Ident) -> String {
    plain(field)
}

/// An `ExtensionDef`.
pub(super) fn extension(krate: &Path, extension: &Extension) -> TokenStream {
    let name = &extension.name.value;
    let namespace = extension.namespace.as_ref();
    let namespace = namespace.map(|namespace| set("namespace", &namespace.value));
    let version = extension.version.as_ref();
    let version = version.map(|version| set("version", &version.value));
    let cascade = extension.cascade.then(|| set("cascade", quote!(true)));
    let comment = extension.comment.as_ref();
    let comment = comment.map(|comment| set("comment", comment));
    quote!(#krate::def::ExtensionDef::new(#name) #namespace #version #cascade #comment)
}

/// A `CollationDef`.
pub(super) fn collation(krate: &Path, collation: &Collation) -> TokenStream {
    let name = table_name(krate, &collation.name, collation.namespace.as_ref());
    let provider = format_ident!("{}", collation.provider);
    let provider = quote!(#krate::def::CollationProvider::#provider);
    let (collate, ctype) = (&collation.collate.value, &collation.ctype.value);
    let ctype = (collate != ctype).then(|| set("ctype", ctype));
    let deterministic = collation
        .nondeterministic
        .then(|| set("deterministic", quote!(false)));
    let comment = collation.comment.as_ref();
    let comment = comment.map(|comment| set("comment", comment));
    quote! {
        #krate::def::CollationDef::new(#name, #provider, #collate) #ctype #deterministic #comment
    }
}
