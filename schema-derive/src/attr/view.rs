//! A struct with `#[derive(View)]`: `#[view(…)]` and its fields.

use proc_macro2::Span;
use syn::{DeriveInput, Path};

use super::{
    allow,
    column::{Columns, Declared},
    index,
    item::{Buffers, Item},
    scope::Scope,
    shape, sql, table, value,
};
use crate::{
    ast::View,
    case::plain,
    code,
    ctxt::{Ctxt, fault},
    symbol::{self, COLUMN, COLUMN_PLACE, Place, TABLE_PLACE, VIEW, VIEW_COLUMN_PLACE, VIEW_PLACE},
};

/// Reads a struct and all its attributes.
pub(crate) fn view(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<View> {
    let struct_buffers = Buffers::of(cx, &input.attrs, VIEW);
    let struct_items = struct_buffers.items(cx, &VIEW_PLACE);
    table::set_krate(cx, &struct_items, krate);
    shape::no_generics(cx, &input.generics, "View");
    let fields = shape::named_fields(cx, input, "View")?;
    let buffers: Vec<Buffers> = fields
        .iter()
        .map(|field| Buffers::of(cx, &field.attrs, COLUMN))
        .collect();
    let declared: Vec<Declared<'_>> = fields
        .iter()
        .zip(&buffers)
        .filter_map(|(field, buffers)| Declared::read(cx, field, buffers, &VIEW_COLUMN_PLACE))
        .collect();
    let scope = Scope {
        cx,
        ident: &input.ident,
        columns: declared.iter().map(|field| plain(field.ident)).collect(),
        skipped: Vec::new(),
    };
    let mut columns = Columns::default();
    for field in declared {
        columns.read(&scope, field);
    }
    let mut view = View {
        table: table::bare(input, krate, columns).table,
        query: None,
        has_query: false,
        depends: Vec::new(),
        materialized: false,
        with: Vec::new(),
        check_option: None,
        with_no_data: None,
        method: None,
        tablespace: None,
    };
    for item in &struct_items {
        set(&scope, &mut view, item);
    }
    Some(view)
}

/// One word of the struct.
fn set(scope: &Scope<'_>, view: &mut View, item: &Item<'_>) {
    let cx = scope.cx;
    let table = &mut view.table;
    match item.word.name {
        symbol::NAME | symbol::NAMESPACE => super::table::name(cx, table, item),
        symbol::QUERY => {
            view.has_query = true;
            view.query = item.value(cx, sql::literal);
        }
        symbol::DEPENDS => view.depends = depends(cx, item),
        symbol::MATERIALIZED => view.materialized = true,
        symbol::WITH => view.with = index::parameters(scope, item),
        symbol::CHECK_OPTION => view.check_option = item.value(cx, check_option),
        symbol::WITH_NO_DATA => view.with_no_data = Some(item.span),
        symbol::USING => {
            view.method = item.value(cx, |tokens| value::word(tokens, "using = heap"));
        }
        symbol::TABLESPACE => view.tablespace = item.value(cx, value::string),
        symbol::INDEX | symbol::UNIQUE_INDEX => {
            table.indexes.extend(index::of_struct(scope, item));
        }
        symbol::RENAMED_FROM => table.renamed_from = item.value(cx, value::string),
        symbol::COMMENT => table.comment = item.value(cx, value::comment).flatten(),
        symbol::ALLOW => table.allows.extend(allow::read(scope, item, None)),
        // `crate` was taken before.
        _ => {}
    }
}

/// `depends(Table, OtherView)`.
fn depends(cx: &Ctxt, item: &Item<'_>) -> Vec<Path> {
    let Some(tokens) = item.list() else {
        return Vec::new();
    };
    if tokens.is_empty() {
        cx.error(
            code::EMPTY_DEPENDS,
            item.span,
            "`depends` names nothing",
            format_args!("write `{}`, or leave it out", item.word.example),
        );
    }
    let entries = tokens.entries().filter_map(|entry| cx.ok(entry));
    let paths = entries.filter_map(|mut entry| {
        let path = entry.path("the struct of a table or view", item.word.example);
        cx.ok(path.and_then(|path| entry.end().map(|()| path)))
    });
    paths.collect()
}

/// The value of `check_option = …`: a variant of `def::CheckOption`.
fn check_option(
    tokens: &mut super::tokens::Tokens<'_>,
) -> syn::Result<crate::ast::Spanned<&'static str>> {
    let choices = [("local", "Local"), ("cascaded", "Cascaded")];
    value::choice(tokens, symbol::CHECK_OPTION, &choices)
}

/// A word of tables, which a view has no use for.
pub(super) fn misplaced(span: Span, name: &str, place: &'static Place) -> Option<syn::Error> {
    let on_struct = std::ptr::eq(place, &raw const VIEW_PLACE);
    if !on_struct && !std::ptr::eq(place, &raw const VIEW_COLUMN_PLACE) {
        return None;
    }
    let wrong = format!("a view has no `{name}`");
    let help = match name {
        symbol::UNIQUE | symbol::PRIMARY_KEY | symbol::NO_PRIMARY_KEY => {
            "leave it out; a materialized view has `unique_index(…)` on the struct"
        }
        symbol::INDEX | symbol::UNIQUE_INDEX => {
            let wrong = format!("`{name}` of a view stands on the struct");
            let help = format!("write `#[view(materialized, {name}(…))]`");
            return Some(fault(code::MISPLACED_WORD, span, wrong, help));
        }
        symbol::CHECK | "where" | "filter" => "write the condition into the query: `WHERE …`",
        symbol::DEFAULT => "write it into the query: `coalesce(…)`",
        symbol::GENERATED | symbol::IDENTITY => "compute it in the query",
        symbol::COLLATE => "write it into the query: `COLLATE \"C\"`",
        symbol::RENAMED_FROM => "a view's columns are made anew with it: leave it out",
        symbol::SKIP => {
            "a view's struct holds its columns alone; another struct with `#[derive(FromRow)]` can read some of them"
        }
        symbol::PARTITION_BY | symbol::EXCLUDE | symbol::FOREIGN_KEY | symbol::REFERENCES => {
            "leave it out: the tables it reads have it"
        }
        symbol::ROW_LEVEL_SECURITY | symbol::POLICY => {
            "row security is the tables' own; `with(security_invoker)` applies it to who reads the view"
        }
        symbol::QUERY | symbol::MATERIALIZED | symbol::NAMESPACE if !on_struct => {
            let wrong = format!("`{name}` belongs on the struct, not on a field");
            return Some(fault(
                code::MISPLACED_WORD,
                span,
                wrong,
                "move it to the struct: `#[view(…)]`",
            ));
        }
        symbol::TYPE | symbol::JSON if on_struct => {
            let wrong = format!("`{name}` belongs on a field, not on the struct");
            let help = "move it to the field: `#[column(…)]`";
            return Some(fault(code::MISPLACED_WORD, span, wrong, help));
        }
        _ if COLUMN_PLACE
            .word(name)
            .or_else(|| TABLE_PLACE.word(name))
            .is_some() =>
        {
            "leave it out: the tables it reads have it"
        }
        _ => return None,
    };
    Some(fault(code::NOT_OF_VIEWS, span, wrong, help))
}
