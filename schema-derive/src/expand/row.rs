//! Prints `impl FromRow`, for tables and for projections, and a row's values as parameters.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{GenericParam, Lifetime, spanned::Spanned as _};

use super::{ends, over, over_as, underlining};
use crate::ast::{Column, Identity, Projection, ProjectionField, ProjectionSource, Table};

/// `impl FromRow for …`, for a table. Its fields are reached through `ColumnType` alone, at the type's span: one that
/// is none gets the same error everywhere, which the compiler shows once.
pub(super) fn table(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let name = &table.name.value;
    let mut values = Values::default();
    for Column {
        ident,
        ty,
        spelling,
        json,
        ..
    } in &table.columns
    {
        let value = if *json {
            quote_spanned!(ty.span()=> __reader.take_json())
        } else {
            let ends = spelling.ends();
            call(ends, quote!(__reader.take), over(ty, ends, "TYPE"))
        };
        values.take(ident, value);
    }
    for ident in &table.skipped {
        values.skip(ident);
    }
    let read = values.read();
    quote! {
        #[automatically_derived]
        impl<'__r> __row::FromRow<'__r> for #ident {
            const SOURCE: &'static ::core::primitive::str = #name;
            const FIELDS: &'static [__row::RowField] = &__row::RowField::of(&__COLUMNS);
            fn read(__reader: &mut __row::Reader<'__r, '_>) -> __row::ReadResult<Self> {
                #read
            }
        }
    }
}

/// How many values are told apart from errors at once. The compiler takes a way out for each time, and more than linear
/// time for the values.
const AT_ONCE: usize = 16;

/// The values of a struct, taken from a row.
#[derive(Default)]
struct Values {
    names: Vec<Ident>,
    taken: Vec<TokenStream>,
    fields: Vec<TokenStream>,
}

impl Values {
    /// A field whose value is read.
    fn take(&mut self, ident: &Ident, value: TokenStream) {
        let name = format_ident!("__{}", self.names.len());
        self.fields.push(quote!(#ident: #name));
        self.names.push(name);
        self.taken.push(value);
    }

    /// A field that has its default.
    fn skip(&mut self, ident: &Ident) {
        let span = ident.span();
        self.fields
            .push(quote_spanned!(span=> #ident: ::core::default::Default::default()));
    }

    /// The body of `read`: the first value that cannot be read is the error, whatever comes behind it.
    fn read(&self) -> TokenStream {
        let Self {
            names,
            taken,
            fields,
        } = self;
        let groups = names.chunks(AT_ONCE).zip(taken.chunks(AT_ONCE));
        let groups = groups.map(|(names, taken)| {
            quote! {
                let (#(__row::Some(#names),)*) = (#(#taken,)*) else {
                    return __reader.failed();
                };
            }
        });
        quote! {
            #(#groups)*
            ::core::result::Result::Ok(Self { #(#fields),* })
        }
    }
}

/// `fn params`: the columns that are written, in order.
pub(super) fn params(table: &Table) -> TokenStream {
    let is_json = table.columns.iter().any(|column| column.json);
    let written = table.columns.iter().filter(|column| is_written(column));
    let params = written.map(|column| {
        let Column { ident, ty, .. } = column;
        if column.json {
            return quote_spanned!(ty.span()=> __row::Param::json(&self.#ident));
        }
        let as_sql = over(ty, column.spelling.ends(), "as_sql");
        if is_json {
            quote!(__row::Param::from_sql(#as_sql(&self.#ident)))
        } else {
            quote!(#as_sql(&self.#ident))
        }
    });
    let params = if is_json {
        quote!(::std::vec::Vec::from([#(#params),*]))
    } else {
        quote!(__row::params([#(#params),*]))
    };
    quote! {
        fn params(&self) -> ::std::vec::Vec<__row::Param<'_>> { #params }
    }
}

fn is_written(column: &Column) -> bool {
    let always = |identity: &crate::ast::Spanned<Identity>| identity.value == Identity::Always;
    column.generated.is_none() && !column.identity.as_ref().is_some_and(always)
}

/// `impl FromRow for …`, for a projection, whose fields may borrow from the row.
pub(crate) fn projection(projection: &Projection) -> TokenStream {
    let Projection {
        ident,
        krate,
        generics,
        fields,
    } = projection;
    let lifetime = row_lifetime(projection);
    let name = ident.to_string();
    let name = name.trim_start_matches("r#");
    let described = fields.iter().filter_map(described);
    let mut values = Values::default();
    for field in fields {
        read(&mut values, field);
    }
    let read = values.read();
    let (_, arguments, _) = generics.split_for_impl();
    quote! {
        const _: () = {
            use #krate::row as __row;
            #[automatically_derived]
            impl<#lifetime> __row::FromRow<#lifetime> for #ident #arguments {
                const SOURCE: &'static ::core::primitive::str = #name;
                const FIELDS: &'static [__row::RowField] = &[#(#described),*];
                fn read(__reader: &mut __row::Reader<#lifetime, '_>) -> __row::ReadResult<Self> {
                    #read
                }
            }
        };
    }
}

/// The struct's own lifetime, which is the row's, or one of ours.
fn row_lifetime(projection: &Projection) -> Lifetime {
    let own = projection
        .generics
        .params
        .iter()
        .find_map(|param| match param {
            GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
            _ => None,
        });
    own.unwrap_or_else(|| Lifetime::new("'__r", projection.ident.span()))
}

fn described(field: &ProjectionField) -> Option<TokenStream> {
    let ty = &field.ty;
    Some(match &field.source {
        ProjectionSource::Column(name) => {
            let ends = ends(ty);
            let of = |item| over_as(ty, ends, quote_spanned!(ends.1=> __row::RowValue<'_>), item);
            let (accepts, facts) = (of("accepts"), of("FACTS"));
            quote! {
                __row::RowField::Value {
                    name: #name,
                    accepts: #accepts,
                    rust_type: ::std::any::type_name::<#ty>,
                    facts: #facts,
                }
            }
        }
        ProjectionSource::Json(name) => {
            quote_spanned!(ty.span()=> __row::RowField::json::<#ty>(#name))
        }
        ProjectionSource::Nested(prefix) => {
            let ends = ends(ty);
            let of = |item| over_as(ty, ends, quote_spanned!(ends.1=> __row::FromRow<'_>), item);
            let (source, fields) = (of("SOURCE"), of("FIELDS"));
            quote!(__row::RowField::Nested { prefix: #prefix, source: #source, fields: #fields })
        }
        ProjectionSource::Skip => return None,
    })
}

fn read(values: &mut Values, field: &ProjectionField) {
    let ProjectionField { ident, ty, source } = field;
    let ends = ends(ty);
    let value = match source {
        ProjectionSource::Column(_) => {
            let value = quote_spanned!(ends.1=> __row::RowValue<'_>);
            let read = over_as(ty, ends, value, "from_column");
            call(ends, quote!(__reader.take_value), read)
        }
        ProjectionSource::Json(_) => quote_spanned!(ty.span()=> __reader.take_json()),
        ProjectionSource::Nested(_) => {
            let row = quote_spanned!(ends.1=> __row::FromRow<'_>);
            let read = over_as(ty, ends, row, "read");
            call(ends, quote!(__reader.take_nested), read)
        }
        ProjectionSource::Skip => return values.skip(ident),
    };
    values.take(ident, value);
}

/// A call with one argument, spanned as the type.
fn call((first, last): (Span, Span), function: TokenStream, argument: TokenStream) -> TokenStream {
    let call = underlining(first, last, function);
    let mut arguments = Group::new(Delimiter::Parenthesis, argument);
    arguments.set_span(last);
    quote!(#call #arguments)
}
