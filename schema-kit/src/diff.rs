//! What differs between two schemas, as data: which objects to create, to drop and to alter. No SQL, no order and no
//! danger; those are a plan's.
//!
//! Objects are the same where they have the same name. A table or column that was renamed is told by [`Renames`], which
//! are applied to the previous schema before it is compared ([`align`]), and never guessed; [`Diff::rename_candidates`]
//! points out what looks like one. A constraint or index that differs in its name alone holds the same facts, so it is altered and
//! not made again.
//!
//! ```
//! use schema_core::schema::{Column, QualifiedName, Schema, Table};
//! use schema_kit::diff::{Change, Diff, TableChange};
//!
//! let table = |columns: &[&str]| Table {
//!     columns: columns.iter().map(|name| Column::new(*name, "text".parse().unwrap())).collect(),
//!     ..Table::new(QualifiedName::new("public", "users"))
//! };
//! let previous = Schema { tables: vec![table(&["name"])], ..Schema::default() };
//! let next = Schema { tables: vec![table(&["name", "email"])], ..Schema::default() };
//!
//! let diff = Diff::between(&previous, &next);
//! let [TableChange::Alter(users)] = &diff.tables[..] else { unreachable!() };
//! let [Change::Create(email)] = &users.columns[..] else { unreachable!() };
//! assert_eq!(email.name, "email");
//! assert!(Diff::between(&next, &next).is_empty());
//! ```

mod candidate;
mod change;
mod moved;
mod privilege;
mod rename;
mod summary;
mod table;

use std::{borrow::Cow, collections::BTreeMap};

use schema_core::schema::{
    CollationObject, CompositeType, Domain, EnumType, Extension, Namespace, Object, Schema,
    Sequence, Table, View,
};

pub use self::{
    candidate::RenameCandidate,
    change::{Change, Pair},
    moved::{Moved, Place},
    privilege::GrantChange,
    rename::{RenameError, Renames},
    table::{AlterTable, TableChange},
};
pub(crate) use self::{
    change::{changes, changes_with_renames},
    moved::{names, places},
    privilege::Present,
    table::unnamed,
};
use crate::normalize;

/// What differs between two schemas. Each list holds what is dropped first, in the order of the previous schema, then
/// what is altered or created, in the order of the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff<'a> {
    /// The namespaces that differ.
    pub namespaces: Vec<Change<'a, Namespace>>,
    /// The extensions that differ.
    pub extensions: Vec<Change<'a, Extension>>,
    /// The collations that differ.
    pub collations: Vec<Change<'a, CollationObject>>,
    /// The sequences that differ.
    pub sequences: Vec<Change<'a, Sequence>>,
    /// The objects known as SQL text that differ.
    pub objects: Vec<Change<'a, Object>>,
    /// The enum types that differ.
    pub enums: Vec<Change<'a, EnumType>>,
    /// The domains that differ.
    pub domains: Vec<Change<'a, Domain>>,
    /// The composite types that differ.
    pub composites: Vec<Change<'a, CompositeType>>,
    /// The tables that differ, but those that moved.
    pub tables: Vec<TableChange<'a>>,
    /// The tables that are partitions of something else than before, by name. What differs in them otherwise stands nowhere
    /// else.
    pub moved: Vec<Moved<'a>>,
    /// The views that differ.
    pub views: Vec<Change<'a, View>>,
    /// The objects on which something else is granted, where that is known of both schemas.
    pub privileges: Vec<GrantChange>,
}

/// Makes the schema to compare with the next one: the previous schema after the renames, in the next one's words where
/// only the spelling differs ([`normalize::respell`]). It is the previous schema itself where there is nothing to do.
///
/// # Examples
///
/// ```
/// use schema_core::schema::Schema;
/// use schema_kit::diff::{self, Diff, Renames};
///
/// let (previous, next) = (Schema::default(), Schema::default());
/// let aligned = diff::align(&previous, &next, &Renames::default());
/// assert!(Diff::between(&aligned, &next).is_empty());
/// ```
#[must_use]
pub fn align<'s>(previous: &'s Schema, next: &Schema, renames: &Renames) -> Cow<'s, Schema> {
    if renames.is_empty() {
        return normalize::respell(previous, next);
    }
    let renamed = renames.apply(previous);
    let respelled = match normalize::respell(&renamed, next) {
        Cow::Borrowed(_) => None,
        Cow::Owned(respelled) => Some(respelled),
    };
    Cow::Owned(respelled.unwrap_or(renamed))
}

impl<'a> Diff<'a> {
    /// Compares two schemas; the time it takes grows with their size, not with its square.
    #[must_use]
    pub fn between(previous: &'a Schema, next: &'a Schema) -> Self {
        let moved = moved::moved(previous, next);
        let elsewhere = moved::names(&moved);
        Self {
            namespaces: change::changes(&previous.namespaces, &next.namespaces, |it| &it.name),
            extensions: change::changes(&previous.extensions, &next.extensions, |it| &it.name)
                .into_iter()
                .filter(|change| !matches!(change, Change::Alter(pair) if is_same_extension(*pair)))
                .collect(),
            collations: change::changes(&previous.collations, &next.collations, |it| &it.name),
            sequences: change::changes_with_renames(
                &previous.sequences,
                &next.sequences,
                |it| &it.name,
                // A column's own sequence is the same one under whatever name.
                |it| it.owned_by.as_ref().ok_or(&it.name),
            ),
            objects: objects(&previous.objects, &next.objects),
            enums: change::changes(&previous.enums, &next.enums, |it| &it.name),
            domains: change::changes(&previous.domains, &next.domains, |it| &it.name),
            composites: change::changes(&previous.composites, &next.composites, |it| &it.name),
            tables: change::changes(&previous.tables, &next.tables, |it| &it.name)
                .into_iter()
                .filter(|change| !change.any().is_some_and(|it| elsewhere.contains(&it.name)))
                .filter_map(TableChange::new)
                .collect(),
            moved,
            views: change::changes(&previous.views, &next.views, |it| &it.name)
                .into_iter()
                .filter(|change| !matches!(change, Change::Alter(pair) if is_same_view(*pair)))
                .collect(),
            privileges: privilege::changes(previous, next),
        }
    }

    /// Whether the schemas are equal, but for the order of columns, which PostgreSQL cannot change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            namespaces,
            extensions,
            collations,
            sequences,
            objects,
            enums,
            domains,
            composites,
            tables,
            moved,
            views,
            privileges,
        } = self;
        namespaces.is_empty()
            && extensions.is_empty()
            && collations.is_empty()
            && sequences.is_empty()
            && objects.is_empty()
            && enums.is_empty()
            && domains.is_empty()
            && composites.is_empty()
            && tables.is_empty()
            && moved.is_empty()
            && views.is_empty()
            && privileges.is_empty()
    }

    /// The tables and columns that are dropped where one that looks like them is created: perhaps they were renamed.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{Column, QualifiedName, Schema, Table};
    /// use schema_kit::diff::Diff;
    ///
    /// let schema = |column: &str| Schema {
    ///     tables: vec![Table {
    ///         columns: vec![Column::new(column, "text".parse().unwrap())],
    ///         ..Table::new(QualifiedName::new("public", "users"))
    ///     }],
    ///     ..Schema::default()
    /// };
    /// let (previous, next) = (schema("nick"), schema("display_name"));
    /// let candidates = Diff::between(&previous, &next).rename_candidates();
    /// assert_eq!(candidates[0].to_string(), "users.nick=display_name");
    /// ```
    #[must_use]
    pub fn rename_candidates(&self) -> Vec<RenameCandidate> {
        candidate::candidates(&self.tables)
    }

    /// Says in words what differs, one line per object.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{QualifiedName, Schema, Table};
    /// use schema_kit::diff::Diff;
    ///
    /// let users = Table::new(QualifiedName::new("public", "users"));
    /// let next = Schema { tables: vec![users], ..Schema::default() };
    /// assert_eq!(Diff::between(&Schema::default(), &next).summary(), ["create table users"]);
    /// ```
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        summary::summary(self)
    }

    /// The tables both schemas have that differ.
    pub fn altered_tables(&self) -> impl Iterator<Item = &AlterTable<'a>> {
        self.tables.iter().filter_map(|change| match change {
            TableChange::Alter(alter) => Some(&**alter),
            TableChange::Create(_) | TableChange::Drop(_) => None,
        })
    }

    /// The tables that only the next schema has.
    pub fn created_tables(&self) -> impl Iterator<Item = &'a Table> {
        self.tables.iter().filter_map(|change| match change {
            TableChange::Create(table) => Some(*table),
            TableChange::Alter(_) | TableChange::Drop(_) => None,
        })
    }
}

/// Whether two views differ in nothing that lasts: what is read follows from the query, and a view that is to begin without
/// rows may have some by now.
fn is_same_view(pair: Pair<'_, View>) -> bool {
    let Pair { previous, next } = pair;
    let same = View {
        depends_on: next.depends_on.clone(),
        with_no_data: previous.with_no_data || next.with_no_data,
        ..previous.clone()
    };
    let as_next = View {
        with_no_data: previous.with_no_data || next.with_no_data,
        ..next.clone()
    };
    let is_filled = previous.with_no_data && !next.with_no_data;
    same == as_next && !is_filled
}

/// What is not asked for makes no difference: a version, a namespace, a comment.
fn is_same_extension(pair: Pair<'_, Extension>) -> bool {
    let Pair { previous, next } = pair;
    let is_moved = next.namespace.is_some() && previous.namespace != next.namespace;
    let is_described = next.comment.is_some() && previous.comment != next.comment;
    !is_moved && !is_described && !next.is_at_another_version(previous)
}

/// Objects are told apart by what identifies them, which is made of several facts.
fn objects<'a>(previous: &'a [Object], next: &'a [Object]) -> Vec<Change<'a, Object>> {
    let named = |objects: &'a [Object]| -> BTreeMap<String, &'a Object> {
        objects.iter().map(|it| (it.identity(), it)).collect()
    };
    let (before, after) = (named(previous), named(next));
    let dropped = before.iter().filter(|(key, _)| !after.contains_key(*key));
    let mut changes: Vec<_> = dropped.map(|(_, it)| Change::Drop(*it)).collect();
    changes.extend(
        after
            .iter()
            .filter_map(|(key, next)| match before.get(key) {
                None => Some(Change::Create(*next)),
                Some(previous) if !is_same_object(previous, next) => {
                    Some(Change::Alter(Pair { previous, next }))
                }
                Some(_) => None,
            }),
    );
    changes
}

/// Whether two objects are one: what they need follows from the rest.
fn is_same_object(previous: &Object, next: &Object) -> bool {
    let same = Object {
        depends_on: next.depends_on.clone(),
        needed_by: next.needed_by.clone(),
        ..previous.clone()
    };
    same == *next
}
