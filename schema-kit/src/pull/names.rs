//! What everything is called in Rust: structs, their modules and their fields.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ident,
    schema::{QualifiedName, Schema},
};

use super::name::{camel, free, raw, singular, snake, taken_fields, taken_structs};

/// The folders of the files, each with a module of that name.
pub(super) const TABLES: &str = "tables";
/// As [`TABLES`].
pub(super) const TYPES: &str = "types";
/// As [`TABLES`].
pub(super) const VIEWS: &str = "views";

/// A struct or enum.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) ident: String,
    /// The folder it lies in.
    pub(super) folder: &'static str,
    /// The name of its file.
    pub(super) module: String,
    /// Its fields without `r#`, by column.
    pub(super) fields: BTreeMap<String, String>,
}

impl Item {
    /// A field as Rust spells it.
    pub(super) fn field(&self, column: &str) -> String {
        raw(self.field_name(column))
    }

    /// A field without `r#`, as placeholders name it.
    pub(super) fn field_name<'n>(&'n self, column: &'n str) -> &'n str {
        self.fields.get(column).map_or(column, String::as_str)
    }
}

/// The names of all structs and enums.
#[derive(Debug)]
pub(super) struct Names {
    /// The path of the module they all lie in.
    root: String,
    relations: BTreeMap<QualifiedName, Item>,
    types: BTreeMap<QualifiedName, Item>,
}

impl Names {
    pub(super) fn new(schema: &Schema, root: &str) -> Self {
        let mut names = Self {
            root: root.to_owned(),
            relations: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        let mut taken = taken_structs();
        let mut modules = [TABLES, TYPES, VIEWS].map(|folder| {
            let mut taken = taken_fields();
            taken.insert(folder.to_owned());
            (folder, taken)
        });
        let mut item = |name: &QualifiedName, folder: &'static str, columns: Vec<&str>| {
            let ident = free(&mut taken, &candidates(name, folder));
            let of_folder = modules.iter_mut().find(|(of, _)| *of == folder);
            let module = file_name(&snake(&ident));
            let module = match of_folder {
                Some((_, taken)) => free(taken, &[module.clone(), format!("{module}_")]),
                None => module,
            };
            Item {
                ident,
                folder,
                module,
                fields: fields(&columns),
            }
        };
        for table in public_first(schema.tables.iter().map(|table| (&table.name, table))) {
            let columns = table.columns.iter().map(|column| column.name.as_str());
            let named = item(&table.name, TABLES, columns.collect());
            names.relations.insert(table.name.clone(), named);
        }
        let enums = schema.enums.iter().map(|ty| (&ty.name, Vec::new()));
        let domains = schema.domains.iter().map(|ty| (&ty.name, Vec::new()));
        let composites = schema.composites.iter().map(|ty| {
            let attributes = ty.attributes.iter();
            (
                &ty.name,
                attributes
                    .map(|attribute| attribute.name.as_str())
                    .collect(),
            )
        });
        let types = enums.chain(domains).chain(composites);
        for (name, columns) in public_first(types.map(|ty| (ty.0, ty))) {
            let named = item(name, TYPES, columns);
            names.types.insert(name.clone(), named);
        }
        for view in public_first(schema.views.iter().map(|view| (&view.name, view))) {
            let columns = view.columns.iter().map(|column| column.name.as_str());
            let named = item(&view.name, VIEWS, columns.collect());
            names.relations.insert(view.name.clone(), named);
        }
        names
    }

    /// The struct of a table or view.
    pub(super) fn relation(&self, name: &QualifiedName) -> Option<&Item> {
        self.relations.get(name)
    }

    /// The struct or enum of a type.
    pub(super) fn type_item(&self, name: &QualifiedName) -> Option<&Item> {
        self.types.get(name)
    }

    /// How a file in a folder imports an item.
    pub(super) fn path(&self, item: &Item, from: &str) -> String {
        if item.folder == from {
            format!("super::{}", item.ident)
        } else {
            format!("{}::{}::{}", self.root, item.folder, item.ident)
        }
    }

    /// The items of a folder, by module.
    pub(super) fn folder<'n>(&'n self, folder: &'n str) -> impl Iterator<Item = &'n Item> {
        let all = self.relations.values().chain(self.types.values());
        all.filter(move |item| item.folder == folder)
    }
}

/// A module's name: rustc looks for no file of a name beyond ASCII.
fn file_name(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let kept: String = name.chars().filter(char::is_ascii).collect();
    format!("{}_named", kept.trim_matches('_'))
}

/// What lies in `public` has the first choice of names.
fn public_first<'n, T>(named: impl Iterator<Item = (&'n QualifiedName, T)>) -> Vec<T> {
    let mut all: Vec<(&QualifiedName, T)> = named.collect();
    all.sort_by_key(|(name, _)| (name.namespace != ident::PUBLIC, *name));
    all.into_iter().map(|(_, item)| item).collect()
}

/// What an item may be called, the best first.
fn candidates(name: &QualifiedName, folder: &str) -> Vec<String> {
    let (one, suffix) = match folder {
        TYPES => (camel(&name.name), "Type"),
        VIEWS => (camel(&singular(&name.name)), "View"),
        _ => (camel(&singular(&name.name)), "Row"),
    };
    let mut candidates = vec![one.clone()];
    if name.namespace != ident::PUBLIC {
        candidates.push(camel(&format!("{}_{one}", name.namespace)));
    }
    candidates.push(camel(&name.name));
    candidates.push(format!("{one}{suffix}"));
    candidates
}

fn fields(columns: &[&str]) -> BTreeMap<String, String> {
    let mut taken: BTreeSet<String> = taken_fields();
    // A column that is a field as it stands keeps its name, whichever comes first.
    let (plain, others): (Vec<&str>, Vec<&str>) = columns
        .iter()
        .partition(|column| snake(column) == **column && !taken.contains(**column));
    let mut fields = BTreeMap::new();
    for column in plain.into_iter().chain(others) {
        let field = snake(column);
        let field = free(&mut taken, &[field.clone(), format!("{field}_")]);
        fields.insert(column.to_owned(), field);
    }
    fields
}
