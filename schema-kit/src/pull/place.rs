//! Where in the source each part of a table stands, and which names have to be said.
//!
//! What is about one column alone stands on its field, the rest on the struct; the definitions then have the fields' parts
//! first. A name that PostgreSQL would choose is left out, which depends on everything before it: so names are chosen for
//! the schema as its source declares it, and said where the choice is another.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ident,
    schema::{
        Check, Dependency, ForeignKey, Index, IndexKey, Indexed, Object, QualifiedName,
        ReplicaIdentity, Schema, Table,
    },
};

/// A part of a table or domain, by its name.
type Part = (QualifiedName, String);

/// The schema in the order of its source, and which names that says.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) schema: Schema,
    said: BTreeSet<Part>,
    on_struct: BTreeSet<Part>,
}

impl Placed {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut schema = schema.clone();
        schema.objects = needed_first(&schema.objects);
        let mut placed = Self {
            schema,
            said: BTreeSet::new(),
            on_struct: BTreeSet::new(),
        };
        loop {
            placed.arrange();
            if !placed.say_names() {
                return placed;
            }
        }
    }

    /// Whether the name of a part is to be said.
    pub(super) fn says(&self, owner: &QualifiedName, name: &str) -> bool {
        self.said.contains(&(owner.clone(), name.to_owned()))
    }

    /// The column on whose field a unique constraint stands.
    pub(super) fn unique_field<'t>(&self, table: &'t Table, at: usize) -> Option<&'t str> {
        let one = |at: usize| match table.uniques[at].columns.as_slice() {
            [column] => Some(column.as_str()),
            _ => None,
        };
        let column = one(at)?;
        // Only one stands on a field.
        (0..at)
            .all(|earlier| one(earlier) != Some(column))
            .then_some(column)
    }

    /// The column on whose field an index stands.
    pub(super) fn index_field<'t>(&self, index: &'t Index) -> Option<&'t str> {
        match index.keys.as_slice() {
            [key]
                if index.include.is_empty()
                    && index.with.is_empty()
                    && index.predicate.is_none()
                    && !has_parameters(key) =>
            {
                match &key.key {
                    Indexed::Column(column) => Some(column),
                    Indexed::Expression(_) => None,
                }
            }
            _ => None,
        }
    }

    /// The column on whose field a check stands.
    pub(super) fn check_field<'t>(&self, table: &'t Table, check: &Check) -> Option<&'t str> {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        let used = ident::columns_in(check.expression.as_str(), &table.name.name, &columns);
        match used.as_slice() {
            [one] => columns.into_iter().find(|column| column == one),
            _ => None,
        }
    }

    /// The column on whose field a foreign key stands, where it can have no name.
    pub(super) fn foreign_key_field<'t>(&self, table: &'t Table, at: usize) -> Option<&'t str> {
        let stands = |key: &ForeignKey| match key.columns.as_slice() {
            [column] if key.comment.is_none() => {
                let usual = ident::choose_name(&table.name.name, Some(column), "fkey", |_| false);
                key.name == usual
                    && !self
                        .on_struct
                        .contains(&(table.name.clone(), key.name.clone()))
            }
            _ => false,
        };
        let key = &table.foreign_keys[at];
        let column = key.columns.first()?;
        let earlier = table.foreign_keys[..at].iter();
        let is_first = !earlier
            .into_iter()
            .any(|other| other.columns == key.columns && stands(other));
        (stands(key) && is_first).then_some(column)
    }

    /// Puts what stands on fields first, in the order of the fields.
    fn arrange(&mut self) {
        for at in 0..self.schema.tables.len() {
            let table = &self.schema.tables[at];
            let column = |name: Option<&str>| {
                let place = |name| table.columns.iter().position(|column| column.name == name);
                name.and_then(place).unwrap_or(usize::MAX)
            };
            let uniques = sorted(&table.uniques, |at, _| column(self.unique_field(table, at)));
            let checks = sorted(&table.checks, |_, check| {
                column(self.check_field(table, check))
            });
            let indexes = sorted(&table.indexes, |_, index| column(self.index_field(index)));
            let keys = sorted(&table.foreign_keys, |at, _| {
                column(self.foreign_key_field(table, at))
            });
            let table = &mut self.schema.tables[at];
            (
                table.uniques,
                table.checks,
                table.indexes,
                table.foreign_keys,
            ) = (uniques, checks, indexes, keys);
        }
    }

    /// Lets names be chosen where none is said yet; says those for which another would be. Whether there were any.
    fn say_names(&mut self) -> bool {
        let mut chosen = self.schema.clone();
        for_each_name(&mut chosen, |owner, name| {
            if !self.said.contains(&(owner.clone(), name.clone())) {
                name.clear();
            }
        });
        // What they name has no name meanwhile.
        for table in &mut chosen.tables {
            table.replica_identity = ReplicaIdentity::Default;
            table.clustered_on = None;
        }
        let is_named = chosen.name_objects().is_ok();
        let mut names = Vec::new();
        for_each_name(&mut chosen, |_, name| names.push(std::mem::take(name)));
        let mut names = names.into_iter();
        let mut wrong = BTreeSet::new();
        for_each_name(&mut self.schema.clone(), |owner, name| {
            let other = names.next();
            if !is_named || other.as_ref() != Some(name) {
                wrong.insert((owner.clone(), name.clone()));
            }
        });
        let keys = self.schema.tables.iter().flat_map(|table| {
            (0..table.foreign_keys.len())
                .filter(|at| self.foreign_key_field(table, *at).is_some())
                .map(|at| (table.name.clone(), table.foreign_keys[at].name.clone()))
        });
        let moved: Vec<Part> = keys.filter(|part| wrong.contains(part)).collect();
        self.on_struct.extend(moved);
        let before = self.said.len();
        self.said.extend(wrong);
        self.said.len() > before
    }
}

/// Objects behind those they need, otherwise as they were: of several with one name, no word tells which one is needed.
fn needed_first(objects: &[Object]) -> Vec<Object> {
    let places: BTreeMap<String, usize> = objects
        .iter()
        .enumerate()
        .map(|(at, object)| (object.identity(), at))
        .collect();
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for at in 0..objects.len() {
        // What is left to look at: an object, and how many of its dependencies were looked at.
        let mut path = vec![(at, 0)];
        while let Some((at, next)) = path.pop() {
            if next == 0 && !seen.insert(at) {
                continue;
            }
            match objects[at].depends_on.get(next) {
                None => order.push(at),
                Some(dependency) => {
                    path.push((at, next + 1));
                    if let Dependency::Identity(identity) = dependency {
                        path.extend(places.get(identity).map(|needed| (*needed, 0)));
                    }
                }
            }
        }
    }
    order.into_iter().map(|at| objects[at].clone()).collect()
}

/// Whether an operator class has parameters, which stand behind a column alone.
fn has_parameters(key: &IndexKey) -> bool {
    let class = key.operator_class.as_ref();
    class.is_some_and(|class| class.contains('('))
}

/// The parts by the place of their field, otherwise as they were.
fn sorted<T: Clone>(parts: &[T], place: impl Fn(usize, &T) -> usize) -> Vec<T> {
    let mut placed: Vec<(usize, T)> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| (place(at, part), part.clone()))
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, part)| part).collect()
}

/// Every name that may be left out, with what it belongs to, always in the same order.
fn for_each_name(schema: &mut Schema, mut each: impl FnMut(&QualifiedName, &mut String)) {
    for domain in &mut schema.domains {
        for check in &mut domain.checks {
            each(&domain.name, &mut check.name);
        }
    }
    for table in &mut schema.tables {
        let owner = &table.name;
        for column in &mut table.columns {
            if let Some(identity) = &mut column.identity {
                each(owner, &mut identity.sequence);
            }
        }
        if let Some(key) = &mut table.primary_key {
            each(owner, &mut key.name);
        }
        for unique in &mut table.uniques {
            each(owner, &mut unique.name);
        }
        for check in &mut table.checks {
            each(owner, &mut check.name);
        }
        for exclusion in &mut table.exclusions {
            each(owner, &mut exclusion.name);
        }
        for key in &mut table.foreign_keys {
            each(owner, &mut key.name);
        }
        for index in &mut table.indexes {
            each(owner, &mut index.name);
        }
    }
    for view in &mut schema.views {
        for index in &mut view.indexes {
            each(&view.name, &mut index.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_stands_behind_those_it_needs() {
        let object = |kind: &str, needs: &[&str]| {
            let mut object = Object::new(kind, "f", "");
            let needs = needs
                .iter()
                .map(|name| Dependency::Identity((*name).to_owned()));
            object.depends_on = needs.collect();
            object
        };
        let objects = [
            object("AGGREGATE", &["FUNCTION f", "TYPE f"]),
            object("FUNCTION", &["TYPE f", "FUNCTION f"]),
            object("TRIGGER", &[]),
            object("TYPE", &["AGGREGATE f"]),
        ];
        let ordered = needed_first(&objects);
        let kinds: Vec<&str> = ordered.iter().map(|object| object.kind.as_str()).collect();
        assert_eq!(kinds, ["TYPE", "FUNCTION", "AGGREGATE", "TRIGGER"]);
    }
}
