//! What every part of the source is written with: the placed schema, names, typed ids; and what is left over.

use std::cell::RefCell;

use schema_core::schema::{Column, QualifiedName, SqlType, Table};

use super::{
    attribute::Imports,
    entity::Entities,
    leftover::{self, Statement},
    names::{Item, Names},
    place::Placed,
    rust_type::{self, RustType, rust_type},
};
use crate::introspect::Introspection;

/// The schema as it is written.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) placed: Placed,
    pub(super) names: Names,
    pub(super) entities: Entities,
    pub(super) statements: Vec<Statement>,
    left_out: RefCell<Vec<String>>,
}

impl Context {
    pub(super) fn new(found: &Introspection, module: &str) -> Self {
        let mut schema = found.schema.clone();
        let statements = leftover::take(&mut schema, &found.view_types);
        let placed = Placed::new(&schema);
        let names = Names::new(&placed.schema, module);
        let entities = Entities::new(&placed.schema);
        Self {
            placed,
            names,
            entities,
            statements,
            left_out: RefCell::default(),
        }
    }

    /// Notes what no source says.
    pub(super) fn leave_out(&self, what: String) {
        self.left_out.borrow_mut().push(what);
    }

    /// What no source says.
    pub(super) fn left_out(&self) -> Vec<String> {
        self.left_out.borrow().clone()
    }

    /// A table of the schema.
    pub(super) fn table(&self, name: &QualifiedName) -> Option<&Table> {
        self.placed.schema.table(&name.namespace, &name.name)
    }

    /// The Rust type of a table's column, in a file of this folder.
    pub(super) fn column_type(&self, table: &Table, column: &Column, folder: &str) -> RustType {
        let entity = self.entities.of(&table.name, &column.name);
        if let Some(item) = entity.and_then(|entity| self.names.relation(entity)) {
            let is_own = entity == Some(&table.name);
            return rust_type::id(
                &item.ident,
                (!is_own).then(|| self.names.path(item, folder)),
            );
        }
        let rust = rust_type(&self.names, &column.sql_type, folder);
        if self.references_another_type(table, column) {
            rust_type::as_text(rust, &column.sql_type)
        } else {
            rust
        }
    }

    /// Whether a foreign key leads from this column to one of another type, which PostgreSQL compares all the same.
    fn references_another_type(&self, table: &Table, column: &Column) -> bool {
        table.foreign_keys.iter().any(|key| {
            let mut pairs = key.columns.iter().zip(&key.referenced_columns);
            let referenced = pairs.find(|(from, _)| **from == column.name);
            let referenced =
                referenced.and_then(|(_, to)| self.table(&key.referenced_table)?.column(to));
            referenced.is_some_and(|to| is_other(&column.sql_type, &to.sql_type))
        })
    }

    /// The import of a table or view, but in its own file.
    pub(super) fn import_relation(
        &self,
        name: &QualifiedName,
        own: &QualifiedName,
        folder: &str,
        imports: &mut Imports,
    ) -> Option<&Item> {
        let item = self.names.relation(name)?;
        if name != own {
            imports.add(self.names.path(item, folder));
        }
        Some(item)
    }
}

fn is_other(a: &SqlType, b: &SqlType) -> bool {
    (&a.namespace, &a.name, a.array) != (&b.namespace, &b.name, b.array)
}
