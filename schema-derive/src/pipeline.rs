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

/// `#[derive(View)]`.
pub(crate) fn view(
    input: &DeriveInput,
    print: Print<(crate::ast::View, crate::expand::ViewQuery)>,
) -> TokenStream {
    let cx = Ctxt::default();
    let mut krate = attr::default_krate();
    let view = attr::view(&cx, input, &mut krate);
    let tree = view.and_then(|view| {
        valid::view(&cx, &view);
        let query = crate::query::view(&cx, &view)?;
        Some((view, query))
    });
    let stand_in = |krate: &Path| fallback::view(krate, &input.ident, &input.generics);
    finish(cx, tree, print, || stand_in(&krate))
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
    let stand_in = || fallback::text_enum(&krate, &input.ident, &input.generics);
    finish(cx, text_enum, print, stand_in)
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
    let is_enum = matches!(input.data, syn::Data::Enum(_));
    let stand_in = if is_enum {
        fallback::text_enum
    } else {
        fallback::column_type
    };
    finish(cx, object, print, || {
        stand_in(&krate, &input.ident, &input.generics)
    })
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
        // The last `compile_error!` is the block's value, of the type of an error: its uses have none of their own.
        (errors, _) => {
            let errors = errors.err();
            quote::quote!({ #errors })
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
