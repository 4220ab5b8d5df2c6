//! A struct with `#[derive(Table)]`: `#[table(…)]` and its fields.

use proc_macro2::Span;
use syn::{DeriveInput, Path, parse_quote};

use super::{
    allow,
    column::{Columns, Declared},
    doc, foreign_key, index,
    item::{Buffers, Item},
    key, partition, policy,
    scope::Scope,
    shape, value,
};
use crate::{
    ast::{Key, Spanned, Table},
    case::{plain, snake},
    ctxt::Ctxt,
    symbol::{
        self, CHECK_PLACE, COLUMN, COLUMN_PLACE, PRIMARY_KEY_PLACE, TABLE, TABLE_PLACE,
        UNIQUE_PLACE,
    },
};

/// A table as declared, its primary key not settled.
pub(crate) struct DeclaredTable {
    pub(crate) table: Table,
    /// In the order of the text; there should be one.
    pub(crate) primary_keys: Vec<Key>,
    /// Where `no_primary_key` stands.
    pub(crate) no_primary_key: Option<Span>,
}

/// Reads a struct and all its attributes.
///
/// `krate` becomes the path of `schema_core` as soon as it is known: the stand-in for a broken table needs it too.
pub(crate) fn table(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<DeclaredTable> {
    let struct_buffers = Buffers::of(cx, &input.attrs, TABLE);
    let struct_items = struct_buffers.items(cx, &TABLE_PLACE);
    set_krate(cx, &struct_items, krate);
    shape::no_generics(cx, &input.generics, "Table");
    let fields = shape::named_fields(cx, input, "Table")?;

    let buffers: Vec<Buffers> = fields
        .iter()
        .map(|field| Buffers::of(cx, &field.attrs, COLUMN))
        .collect();
    let declared = fields.iter().zip(&buffers);
    let (skipped, declared): (Vec<_>, Vec<_>) = declared
        .filter_map(|(field, buffers)| Declared::read(cx, field, buffers, &COLUMN_PLACE))
        .partition(Declared::skipped);
    let scope = Scope {
        cx,
        ident: &input.ident,
        columns: declared.iter().map(|field| plain(field.ident)).collect(),
        skipped: skipped.iter().map(|field| plain(field.ident)).collect(),
    };

    let mut columns = Columns::default();
    for field in declared {
        columns.read(&scope, field);
    }
    let mut table = bare(input, krate, columns);
    table.table.skipped = skipped.iter().map(|field| field.ident.clone()).collect();
    for item in &struct_items {
        set(&scope, &mut table, item);
    }
    if let Some(item) = struct_items
        .iter()
        .find(|item| item.word.name == symbol::PARTITIONS)
    {
        let table = &mut table.table;
        partition::of_hash(cx, item, &table.name, &mut table.partitions);
    }
    if table.table.partition_by.is_none() && partition::may_be_divided(cx, &struct_items) {
        table.table.partitions.clear();
    }
    Some(table)
}

/// Takes `crate = …` from the words of a struct.
pub(super) fn set_krate(cx: &Ctxt, items: &[Item<'_>], krate: &mut Path) {
    let item = items.iter().find(|item| item.word.name == symbol::CRATE);
    if let Some(path) = item.and_then(|item| item.value(cx, value::krate)) {
        *krate = path;
    }
}

/// `::schema_core`.
pub(crate) fn default_krate() -> Path {
    parse_quote!(::schema_core)
}

/// The table as its fields alone declare it.
pub(super) fn bare(input: &DeriveInput, krate: &Path, columns: Columns) -> DeclaredTable {
    let name = Spanned {
        value: snake(&plain(&input.ident)),
        span: input.ident.span(),
    };
    let table = Table {
        ident: input.ident.clone(),
        krate: krate.clone(),
        name,
        namespace: None,
        has_lost_name: false,
        comment: doc::comment(&input.attrs),
        columns: columns.columns,
        skipped: Vec::new(),
        primary_key: None,
        uniques: columns.uniques,
        checks: columns.checks,
        exclusions: Vec::new(),
        indexes: columns.indexes,
        foreign_keys: columns.foreign_keys,
        partition_by: None,
        partitions: Vec::new(),
        row_level_security: false,
        force_row_level_security: false,
        unlogged: false,
        with: Vec::new(),
        replica_identity: None,
        clustered_on: None,
        policies: Vec::new(),
        renamed_from: None,
        allows: columns.allows,
    };
    DeclaredTable {
        table,
        primary_keys: columns.primary_keys,
        no_primary_key: None,
    }
}

/// Its name or namespace.
pub(super) fn name(cx: &Ctxt, table: &mut Table, item: &Item<'_>) {
    let given = item.value(cx, value::string);
    table.has_lost_name |= given.is_none();
    match (item.word.name, given) {
        (symbol::NAME, Some(name)) => table.name = name,
        (symbol::NAMESPACE, given) => table.namespace = given,
        _ => {}
    }
}

/// One word of the struct.
fn set(scope: &Scope<'_>, declared: &mut DeclaredTable, item: &Item<'_>) {
    let cx = scope.cx;
    let table = &mut declared.table;
    match item.word.name {
        symbol::NAME | symbol::NAMESPACE => name(cx, table, item),
        symbol::PRIMARY_KEY => {
            let key = key::of_struct(scope, item, &PRIMARY_KEY_PLACE);
            declared.primary_keys.push(key);
        }
        symbol::NO_PRIMARY_KEY => declared.no_primary_key = Some(item.span),
        symbol::UNIQUE => table
            .uniques
            .push(key::of_struct(scope, item, &UNIQUE_PLACE)),
        symbol::INDEX | symbol::UNIQUE_INDEX => {
            table.indexes.extend(index::of_struct(scope, item));
        }
        symbol::FOREIGN_KEY => table
            .foreign_keys
            .extend(foreign_key::of_struct(scope, item)),
        symbol::CHECK => table.checks.extend(key::check(scope, item, &CHECK_PLACE)),
        symbol::EXCLUDE => table.exclusions.extend(index::exclusion(scope, item)),
        symbol::PARTITION_BY => {
            let by = item.value(cx, |tokens| index::partition_by(scope, tokens));
            table.partition_by = by.flatten();
        }
        symbol::PARTITION => table.partitions.extend(partition::read(scope, item)),
        symbol::ROW_LEVEL_SECURITY => table.row_level_security = true,
        symbol::FORCE_ROW_LEVEL_SECURITY => table.force_row_level_security = true,
        symbol::UNLOGGED => table.unlogged = true,
        symbol::WITH => table.with = index::parameters(scope, item),
        symbol::REPLICA_IDENTITY => {
            table.replica_identity = item.value(cx, value::replica_identity);
        }
        symbol::CLUSTERED_ON => table.clustered_on = item.value(cx, value::string),
        symbol::POLICY => table.policies.extend(policy::read(scope, item)),
        symbol::RENAMED_FROM => table.renamed_from = item.value(cx, value::string),
        symbol::COMMENT => table.comment = item.value(cx, value::comment).flatten(),
        symbol::ALLOW => table.allows.extend(allow::read(scope, item, None)),
        // `crate` was taken before, `partitions` comes when the name is known.
        _ => {}
    }
}
