//! A field of a table: `#[column(…)]`.

use proc_macro2::Ident;
use syn::{Field, Type};

use super::{
    allow, conflict, doc, foreign_key, index,
    item::{Buffers, Item},
    key,
    scope::Scope,
    sequence, sql, sql_type, value,
};
use crate::{
    ast::{
        Allow, Check, Column, ForeignKey, IdentitySequence, Index, Key, Modifiers, Spanned, SqlType,
    },
    case::plain,
    code,
    ctxt::Ctxt,
    spelling::Spelling,
    symbol::{self, CHECK_PLACE, PRIMARY_KEY_PLACE, Place, UNIQUE_PLACE},
};

/// A field with its words told apart, before any of their values is read.
pub(super) struct Declared<'a> {
    pub(super) ident: &'a Ident,
    ty: &'a Type,
    comment: Option<String>,
    items: Vec<Item<'a>>,
}

impl<'a> Declared<'a> {
    /// Tells the words of a field apart.
    pub(super) fn read(
        cx: &Ctxt,
        field: &'a Field,
        buffers: &'a Buffers,
        place: &'static Place,
    ) -> Option<Self> {
        let declared = Self {
            ident: field.ident.as_ref()?,
            ty: &field.ty,
            comment: doc::comment(&field.attrs),
            items: buffers.items(cx, place),
        };
        if declared.skipped() {
            conflict::refuse_beside_skip(cx, &declared.items);
        } else {
            conflict::refuse(cx, &declared.items);
        }
        Some(declared)
    }

    /// Whether the field is not a column.
    pub(super) fn skipped(&self) -> bool {
        self.items.iter().any(|item| item.word.name == symbol::SKIP)
    }
}

/// What the columns say of the table, in field order.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) primary_keys: Vec<Key>,
    pub(super) uniques: Vec<Key>,
    pub(super) checks: Vec<Check>,
    pub(super) indexes: Vec<Index>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) allows: Vec<Allow>,
}

impl Columns {
    /// Reads the values of a field's words.
    pub(super) fn read(&mut self, scope: &Scope<'_>, declared: Declared<'_>) {
        let index = self.columns.len();
        let mut column = column(&declared);
        let mut reference = foreign_key::Words::default();
        for item in &declared.items {
            match item.word.name {
                symbol::PRIMARY_KEY => {
                    let key = key::of_field(scope, item, &PRIMARY_KEY_PLACE, index);
                    self.primary_keys.push(key);
                }
                symbol::UNIQUE => {
                    self.uniques
                        .push(key::of_field(scope, item, &UNIQUE_PLACE, index));
                }
                symbol::INDEX | symbol::UNIQUE_INDEX => {
                    self.indexes.push(index::of_field(scope, item, index));
                }
                symbol::CHECK => self.checks.extend(key::check(scope, item, &CHECK_PLACE)),
                symbol::ALLOW => self.allows.extend(allow::read(scope, item, Some(index))),
                _ if reference.take(scope, item) => {}
                _ => set(scope, &mut column, item),
            }
        }
        json_type(scope.cx, &column);
        self.foreign_keys.extend(reference.of_field(scope, index));
        self.columns.push(column);
    }
}

/// A column that says nothing yet.
fn column(declared: &Declared<'_>) -> Column {
    let field = plain(declared.ident);
    Column {
        ident: declared.ident.clone(),
        name: Spanned {
            value: field.clone(),
            span: declared.ident.span(),
        },
        field,
        ty: declared.ty.clone(),
        spelling: Spelling::of(declared.ty),
        sql_type: None,
        json: false,
        default: None,
        generated: None,
        identity: None,
        sequence: IdentitySequence::default(),
        collation: None,
        storage: None,
        compression: None,
        statistics: None,
        options: Vec::new(),
        comment: declared.comment.clone(),
        renamed_from: None,
    }
}

/// The words of one column alone.
fn set(scope: &Scope<'_>, column: &mut Column, item: &Item<'_>) {
    let cx = scope.cx;
    match item.word.name {
        symbol::TYPE => column.sql_type = item.value(cx, sql_type::read),
        symbol::NAME => {
            if let Some(name) = item.value(cx, value::string) {
                column.name = name;
            }
        }
        symbol::DEFAULT => column.default = item.value(cx, |t| value::default(scope, t)),
        symbol::GENERATED => column.generated = item.value(cx, |t| sql::read(scope, t)),
        symbol::IDENTITY if item.has_value() => {
            column.identity = item.value(cx, value::identity);
        }
        symbol::IDENTITY => {
            column.identity = sequence::identity(cx, item, &mut column.sequence);
        }
        symbol::COLLATE => column.collation = item.value(cx, value::string),
        symbol::STORAGE => column.storage = item.value(cx, value::storage),
        symbol::COMPRESSION => column.compression = item.value(cx, value::compression),
        symbol::STATISTICS => {
            column.statistics = item.value(cx, |tokens| value::statistics(tokens, item));
        }
        symbol::OPTIONS => column.options = index::parameters(scope, item),
        symbol::RENAMED_FROM => column.renamed_from = item.value(cx, value::string),
        symbol::COMMENT => column.comment = item.value(cx, value::comment).flatten(),
        _ => column.json = true,
    }
}

/// Through serde a value becomes JSON, which only the two JSON types hold; a type given as a string is the user's word.
fn json_type(cx: &Ctxt, column: &Column) {
    let Some(Spanned { value: ty, span }) = column.sql_type.as_ref().filter(|_| column.json) else {
        return;
    };
    let SqlType {
        variant,
        modifiers,
        array,
    } = ty;
    let is_json =
        matches!(*variant, "Json" | "Jsonb") || matches!(modifiers, Modifiers::Verbatim(_));
    if !is_json || *array {
        cx.error(
            code::JSON_INTO_OTHER_TYPE,
            *span,
            format_args!(
                "`json` puts column `{}` into JSON, not into this type",
                column.name.value
            ),
            "write `type = jsonb` or `type = json`, or leave `type` out",
        );
    }
}
