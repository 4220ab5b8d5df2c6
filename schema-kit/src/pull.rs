//! Writes a database as Rust source: one module per table, view and type, as a person would write it, and a `schema!` with
//! the rest.
//!
//! What is PostgreSQL's own choice is left out: names it would choose, types that the Rust type says, the namespace `public`.
//! The source compiles without warnings, and its DDL makes a database equal to the one that was read. What the attributes
//! have no words for stands as SQL text among the objects; what even that cannot say is listed by name.
//!
//! ```
//! use schema_core::schema::{Column, QualifiedName, Schema, Table};
//! use schema_kit::{introspect::Introspection, pull};
//!
//! let mut users = Table::new(QualifiedName::new("public", "users"));
//! users.columns.push(Column::new("name", "varchar(32)".parse()?));
//! let schema = Schema { tables: vec![users], ..Schema::default() };
//! let found = Introspection { schema, ..Introspection::default() };
//!
//! let source = pull::render(&found, &pull::Options::default());
//! assert_eq!(source.files[2].path, "tables/user.rs");
//! assert!(source.files[2].text.ends_with(
//!     "\
//! use schema_core::Table;
//!
//! #[derive(Table, Debug, Clone, PartialEq)]
//! #[table(name = \"users\", no_primary_key)]
//! pub struct User {
//!     #[column(type = varchar(32))]
//!     pub name: String,
//! }
//! "
//! ));
//! # Ok::<(), schema_core::error::SchemaError>(())
//! ```

mod attribute;
mod context;
mod default;
mod dependencies;
mod entity;
mod error;
mod files;
mod leftover;
mod name;
mod names;
mod partition;
mod place;
mod root;
mod rust_type;
mod selection;
mod table;
mod text;
mod type_object;
mod view;
mod words;

use self::{
    context::Context,
    names::{Item, TABLES, TYPES, VIEWS},
};
use crate::introspect::Introspection;

pub use self::{
    dependencies::dependencies,
    error::PullError,
    files::{Changes, Foreign},
    selection::Selection,
};

/// How the source is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The path of the module the files make, as `use` names it: `crate`, `crate::db`.
    pub module: String,
    /// The file of that module.
    pub root: String,
    /// The static that `schema!` declares.
    pub name: String,
    /// The first line of the documentation.
    pub title: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            module: "crate".to_owned(),
            root: "lib.rs".to_owned(),
            name: "SCHEMA".to_owned(),
            title: "The schema of a database.".to_owned(),
        }
    }
}

/// A file of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path below the module's directory, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The source of a database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The files, the root first, each folder before what lies in it.
    pub files: Vec<SourceFile>,
    /// What the source does not say, by kind and name.
    pub left_out: Vec<String>,
}

/// Renders the source of what was read from a database. The same input gives the same bytes.
#[must_use]
pub fn render(found: &Introspection, options: &Options) -> Source {
    let cx = Context::new(found, &options.module);
    let mut files = Vec::new();
    push_tables(&cx, &mut files);
    push_types(&cx, &mut files);
    push_views(&cx, found, &mut files);
    let root = SourceFile {
        path: options.root.clone(),
        text: root::render(&cx, options),
    };
    files.insert(0, root);
    let mut left_out: Vec<String> = found.unknown.iter().map(ToString::to_string).collect();
    left_out.extend(cx.left_out());
    Source { files, left_out }
}

fn push_tables(cx: &Context, files: &mut Vec<SourceFile>) {
    let tables = cx.placed.schema.tables.iter();
    let tables = tables.filter_map(|it| Some((it, cx.names.relation(&it.name)?)));
    let rendered = tables.map(|(it, item)| file(item, table::render(cx, it, item)));
    push_folder(
        cx,
        (TABLES, "The tables, one struct each."),
        rendered.collect(),
        files,
    );
}

fn push_types(cx: &Context, files: &mut Vec<SourceFile>) {
    let schema = &cx.placed.schema;
    let mut rendered = Vec::new();
    for ty in &schema.enums {
        let item = cx.names.type_item(&ty.name);
        rendered.extend(item.map(|item| file(item, type_object::render_enum(ty, item))));
    }
    for ty in &schema.domains {
        let item = cx.names.type_item(&ty.name);
        rendered.extend(item.map(|item| file(item, type_object::render_domain(cx, ty, item))));
    }
    for ty in &schema.composites {
        let item = cx.names.type_item(&ty.name);
        rendered.extend(item.map(|item| file(item, type_object::render_composite(cx, ty, item))));
    }
    push_folder(cx, (TYPES, "The types that columns have."), rendered, files);
}

fn push_views(cx: &Context, found: &Introspection, files: &mut Vec<SourceFile>) {
    let views = cx.placed.schema.views.iter();
    let views = views.filter_map(|it| {
        let types = found.view_types.get(&it.name)?;
        Some((it, types, cx.names.relation(&it.name)?))
    });
    let rendered = views.map(|(it, types, item)| file(item, view::render(cx, it, types, item)));
    push_folder(
        cx,
        (VIEWS, "The views, one struct each."),
        rendered.collect(),
        files,
    );
}

fn file(item: &Item, text: String) -> SourceFile {
    SourceFile {
        path: format!("{}/{}.rs", item.folder, item.module),
        text,
    }
}

/// Files of a folder, by name, behind that of the folder itself.
fn push_folder(
    cx: &Context,
    (folder, what): (&str, &str),
    mut rendered: Vec<SourceFile>,
    files: &mut Vec<SourceFile>,
) {
    if rendered.is_empty() {
        return;
    }
    rendered.sort_by(|a, b| a.path.cmp(&b.path));
    files.push(SourceFile {
        path: format!("{folder}.rs"),
        text: root::render_folder(&cx.names, folder, what),
    });
    files.extend(rendered);
}
