//! The stages of each macro in order, and what comes out where one of them finds a mistake.

use proc_macro2::TokenStream;
use syn::{DeriveInput, Path};

use crate::{attr, ctxt::Ctxt, fallback, valid};

/// What the printing half makes of a tree without mistakes.
pub(crate) type Print<T> = fn(&T) -> TokenStream;

/// A derive of the item it stands on.
pub(crate) fn derive(
    input: TokenStream,
    print: impl FnOnce(&DeriveInput) -> TokenStream,
) -> TokenStream {
    let cx = Ctxt::default();
    match cx.ok(syn::parse2(input)) {
        Some(input) => print(&input),
        None => cx.finish().err().unwrap_or_default(),
    }
}

/// `#[derive(Table)]`.
pub(crate) fn table(input: &DeriveInput, print: Print<crate::ast::Table>) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let declared = attr::table(&cx, input, &mut krate);
    let table = declared.map(|declared| valid::table(&cx, declared));
    let stand_in = |krate: &Path| fallback::table(krate, &input.ident, &input.generics);
    finish(cx, table, print, || stand_in(&krate))
}

/// `#[derive(FromRow)]`.
pub(crate) fn projection(input: &DeriveInput, print: Print<crate::ast::Projection>) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let projection = attr::projection(&cx, input, &mut krate);
    let stand_in = |krate: &Path| fallback::from_row(krate, &input.ident, &input.generics);
    finish(cx, projection, print, || stand_in(&krate))
}

/// `#[derive(TextEnum)]`.
pub(crate) fn text_enum(input: &DeriveInput, print: Print<crate::ast::TextEnum>) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let text_enum = attr::text_enum(&cx, input, &mut krate);
    if let Some(text_enum) = &text_enum {
        valid::text_enum(&cx, text_enum);
    }
    finish(cx, text_enum, print, TokenStream::new)
}

/// How the attributes of a type beside tables are read.
type ReadType = fn(&Ctxt, &DeriveInput, &mut Path) -> Option<crate::ast::TypeObject>;

/// `#[derive(SqlEnum)]`, `#[derive(SqlDomain)]` and `#[derive(SqlComposite)]`.
pub(crate) fn type_object(
    input: &DeriveInput,
    read: ReadType,
    print: Print<crate::ast::TypeObject>,
) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let object = read(&cx, input, &mut krate);
    if let Some(object) = &object {
        valid::type_object(&cx, object);
    }
    finish(cx, object, print, TokenStream::new)
}

/// `#[derive(SqlFlags)]`.
pub(crate) fn sql_flags(input: &DeriveInput, print: Print<crate::ast::SqlFlags>) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let flags = attr::flags(&cx, input, &mut krate);
    finish(cx, Some(flags), print, TokenStream::new)
}

/// `schema!`.
pub(crate) fn schema(input: TokenStream, print: Print<crate::ast::Schema>) -> TokenStream {
    let cx = Ctxt::default();
    let schema = attr::schema(&cx, input);
    if let Some(schema) = &schema {
        valid::schema(&cx, schema);
    }
    finish(cx, schema, print, TokenStream::new)
}

/// `sql!`.
pub(crate) fn sql(input: TokenStream, print: Print<crate::query::Statement>) -> TokenStream {
    let cx = Ctxt::default();
    let statement = crate::query::read(&cx, input);
    match (cx.finish(), statement) {
        (Ok(()), Some(statement)) => print(&statement),
        // An expression of a type nothing is known of, so that its uses have no errors of their own.
        (errors, _) => {
            let errors = errors.err();
            quote::quote!({ #errors; ::core::unimplemented!() })
        }
    }
}

/// The printed tree, or all errors and a stand-in.
fn finish<T>(
    cx: Ctxt,
    tree: Option<T>,
    print: Print<T>,
    stand_in: impl FnOnce() -> TokenStream,
) -> TokenStream {
    match (cx.finish(), tree) {
        (Ok(()), Some(tree)) => print(&tree),
        (Ok(()), None) => TokenStream::new(),
        (Err(mut errors), _) => {
            errors.extend(stand_in());
            errors
        }
    }
}
