//! Primary keys and unique constraints: made of an index that is built while the table is in use.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Index, IndexKey, Indexed, PrimaryKey, QualifiedName, Unique},
};

use super::{
    super::{
        effect::LockMode,
        step::{Phase, Step},
    },
    Makes, Online, chain,
    index::{Part, Tree, at, build, partitions},
};

/// A constraint that is an index.
#[derive(Debug)]
pub(in super::super) enum Key {
    Primary(PrimaryKey),
    Unique(Unique),
}

impl Key {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Primary(key) => &key.name,
            Self::Unique(key) => &key.name,
        }
    }

    pub(super) fn is_primary(&self) -> bool {
        matches!(self, Self::Primary(_))
    }

    /// The index that it is, under a name.
    pub(super) fn index(&self, name: &str) -> Index {
        let (columns, include, with, nulls_not_distinct) = match self {
            Self::Primary(key) => (&key.columns, &key.include, &key.with, false),
            Self::Unique(key) => (
                &key.columns,
                &key.include,
                &key.with,
                key.nulls_not_distinct,
            ),
        };
        let keys = columns.iter().cloned().map(Indexed::Column);
        Index {
            unique: true,
            nulls_not_distinct,
            include: include.clone(),
            with: with.clone(),
            ..Index::new(name, keys.map(IndexKey::new).collect())
        }
    }

    /// The statement that makes it of an index.
    pub(super) fn add_using_index(
        &self,
        table: &QualifiedName,
        index: &str,
        replaced: Option<&str>,
    ) -> String {
        match self {
            Self::Primary(key) => ddl::add_primary_key_using_index(table, key, index, replaced),
            Self::Unique(key) => ddl::add_unique_using_index(table, key, index, replaced),
        }
    }

    pub(super) fn add_on_only(&self, table: &QualifiedName, name: &str) -> String {
        match self.named(name) {
            Self::Primary(key) => ddl::add_primary_key_on_only(table, &key),
            Self::Unique(key) => ddl::add_unique_on_only(table, &key),
        }
    }

    /// The same under another name.
    pub(super) fn named(&self, name: &str) -> Self {
        let name = name.to_owned();
        match self {
            Self::Primary(key) => Self::Primary(PrimaryKey {
                name,
                ..key.clone()
            }),
            Self::Unique(key) => Self::Unique(Unique {
                name,
                ..key.clone()
            }),
        }
    }
}

impl Online<'_> {
    pub(super) fn add_key(
        &self,
        mut step: Step,
        table: &QualifiedName,
        key: &Key,
        replaced: Option<Step>,
    ) -> Vec<Step> {
        if let Some(whole) = self.divided(table) {
            step.needs.extend(partitions(&whole));
            let mut tree = Tree::new(self, Part::Key(key));
            tree.top(table, key.name());
            tree.level(&whole, key.name(), key.name());
            return chain(step, tree.steps, Makes::Both);
        }
        let mut old = None;
        if let Some(replaced) = replaced {
            old = replaced.removes.iter().find_map(|address| match address {
                Address::Constraint(_, name) => Some(name.clone()),
                _ => None,
            });
            step.releases.extend(replaced.releases);
            step.removes.extend(replaced.removes);
        }
        // Another index has the name until the key is made.
        let index = Address::Index(at(table, key.name()));
        let is_taken = self.taken.contains(&index);
        let name = match is_taken || old.as_deref() == Some(key.name()) {
            true => ident::make_object_name(key.name(), None, "new"),
            false => key.name().to_owned(),
        };
        let sql = key.add_using_index(table, &name, old.as_deref());
        let mut add = Step::new(Phase::Key, sql).locks(LockMode::AccessExclusive, table);
        add.makes.extend(is_taken.then_some(index));
        let parts = vec![build(table, &key.index(&name)), add];
        chain(step, parts, Makes::Last)
    }
    /// Drops a unique constraint after what comes in its place. Where that is an index of its name, it steps aside.
    pub(super) fn drop_unique(
        &self,
        mut step: Step,
        table: &QualifiedName,
        name: &str,
    ) -> Vec<Step> {
        step.phase = Phase::Remove;
        let old = Address::Constraint(table.clone(), name.to_owned());
        // Foreign keys that are added wait for it.
        step.makes.push(old.clone());
        step.removes.extend(self.below(table, name));
        if !self.asides.contains(&at(table, name)) {
            return vec![step];
        }
        let index = Address::Index(at(table, name));
        let aside_name = self.aside(&at(table, name)).name;
        let rename = ddl::rename(&old, &aside_name);
        let aside = Address::Constraint(table.clone(), aside_name);
        let rename = Step::new(Phase::Release, rename)
            .locks(LockMode::AccessExclusive, table)
            .removes(old.clone())
            .removes(index.clone())
            .makes(aside.clone());
        step.sql = ddl::drop(&aside);
        step.removes.retain(|it| *it != old);
        let step = step.needs([index, aside.clone()]).removes(aside);
        vec![rename, step]
    }
}
