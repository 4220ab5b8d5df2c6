//! Gives names to what has none, as the server would while it runs the statements of [`crate::ddl::create`].
//!
//! Three name spaces matter, all per namespace: relations (tables, indexes, sequences), types and constraints. A constraint's
//! name must be unused in its table alone, but the name the server makes up is unused in the whole namespace.

mod partition;
mod type_object;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ExclusionElement, ForeignKey, Index, IndexKey, Indexed, QualifiedName, ReplicaIdentity, Schema,
    Table, View,
    order::{Step, creation_order},
};
use crate::{error::SchemaError, ident};

/// Walks the types and tables in the order they are created.
pub(super) fn name_objects(schema: &mut Schema) -> Result<(), SchemaError> {
    let mut names = Names {
        given: given_relations(&schema.tables, &schema.views),
        ..Names::default()
    };
    for collation in &schema.collations {
        check_name(&collation.name.namespace, "a namespace")?;
        check_name(&collation.name.name, "a collation")?;
    }
    for sequence in &schema.sequences {
        check_name(&sequence.name.namespace, "a namespace")?;
        names.claim_relation(&sequence.name, &format!("sequence `{}`", sequence.name))?;
    }
    names.name_types(schema)?;
    let order = creation_order(schema);
    let (mut tables, mut views) = (Vec::new(), Vec::new());
    for step in order.steps {
        match step {
            Step::Table(at, inline) => tables.push((at, inline)),
            Step::View(at) => views.push(at),
            Step::Type(_) | Step::Object(_) => {}
        }
    }
    let deferred = order.deferred;
    for (at, inline) in &tables {
        names.name_table(&mut schema.tables[*at], inline)?;
    }
    for (at, foreign_key) in &deferred {
        names.name_foreign_key(&mut schema.tables[*at], *foreign_key)?;
    }
    for at in views {
        names.name_view(&mut schema.views[at])?;
    }
    schema.tables.iter().try_for_each(check_chosen_indexes)
}

/// Checks that the indexes a table names for replication and clustering are its own.
fn check_chosen_indexes(table: &Table) -> Result<(), SchemaError> {
    let identity = match &table.replica_identity {
        ReplicaIdentity::Index(name) => Some(("replica_identity", name)),
        _ => None,
    };
    let clustered_on = table.clustered_on.as_ref();
    let chosen = identity
        .into_iter()
        .chain(clustered_on.map(|name| ("clustered_on", name)));
    for (word, name) in chosen {
        let keys = table.primary_key.iter().map(|key| &key.name);
        let mut indexes = keys
            .chain(table.uniques.iter().map(|unique| &unique.name))
            .chain(table.exclusions.iter().map(|exclusion| &exclusion.name))
            .chain(table.indexes.iter().map(|index| &index.name));
        if !indexes.any(|index| index == name) {
            return Err(SchemaError::MissingIndex {
                table: table.name.to_string(),
                word,
                index: name.clone(),
            });
        }
    }
    Ok(())
}

/// The names in use so far, each with what has it.
#[derive(Default)]
struct Names {
    /// The relations whose names are not chosen: what comes before them must leave those free.
    given: BTreeSet<QualifiedName>,
    relations: BTreeMap<QualifiedName, String>,
    types: BTreeMap<QualifiedName, String>,
    /// By table, then by name.
    table_constraints: BTreeMap<(QualifiedName, String), String>,
    constraints: BTreeSet<QualifiedName>,
    /// How many partitions a table has, at all levels.
    partitions: BTreeMap<QualifiedName, usize>,
}

impl Names {
    /// The order is the server's: `CREATE TABLE` makes sequences, the table, checks, keys and foreign keys; what it
    /// cannot hold follows, then the indexes.
    fn name_table(&mut self, table: &mut Table, inline: &[usize]) -> Result<(), SchemaError> {
        check_names(table)?;
        self.name_sequences(table)?;
        let object = format!("table `{}`", table.name);
        self.claim_relation(&table.name, &object)?;
        self.claim_type(&table.name, &object)?;
        let (valid, not_valid): (Vec<_>, Vec<_>) =
            (0..table.checks.len()).partition(|check| !table.checks[*check].not_valid);
        for check in valid {
            self.name_check(table, check)?;
        }
        self.name_primary_key(table)?;
        let (uniques, repeated_uniques): (Vec<_>, Vec<_>) =
            (0..table.uniques.len()).partition(|unique| !table.is_repeated_unique(*unique));
        let (exclusions, repeated_exclusions): (Vec<_>, Vec<_>) =
            (0..table.exclusions.len()).partition(|at| !table.is_repeated_exclusion(*at));
        for unique in uniques {
            self.name_unique(table, unique)?;
        }
        for exclusion in exclusions {
            self.name_exclusion(table, exclusion)?;
        }
        for foreign_key in inline {
            self.name_foreign_key(table, *foreign_key)?;
        }
        for unique in repeated_uniques {
            self.name_unique(table, unique)?;
        }
        for exclusion in repeated_exclusions {
            self.name_exclusion(table, exclusion)?;
        }
        for check in not_valid {
            self.name_check(table, check)?;
        }
        for index in &mut table.indexes {
            self.name_index(&table.name, index)?;
        }
        self.name_partitions(table)
    }

    fn name_sequences(&mut self, table: &mut Table) -> Result<(), SchemaError> {
        for at in 0..table.columns.len() {
            let column = &table.columns[at];
            let Some(identity) = &column.identity else {
                continue;
            };
            let object = format!("the sequence of `{}.{}`", table.name, column.name);
            let mut name = identity.sequence.clone();
            if name.is_empty() {
                name = self.choose_relation(&table.name, Some(&column.name), "seq");
            }
            self.claim_relation(&in_namespace(table, &name), &object)?;
            if let Some(identity) = &mut table.columns[at].identity {
                identity.sequence = name;
            }
        }
        Ok(())
    }

    fn name_check(&mut self, table: &mut Table, at: usize) -> Result<(), SchemaError> {
        let check = &table.checks[at];
        if check.name.is_empty() {
            let columns: Vec<&str> = table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            let used = ident::columns_in(check.expression.as_str(), &table.name.name, &columns);
            let column = match used.as_slice() {
                [one] if columns.contains(&one.as_str()) => Some(one.as_str()),
                _ => None,
            };
            table.checks[at].name = self.choose_constraint(table, column, "check");
        }
        self.claim_constraint(table, &table.checks[at].name, "a check")
    }

    fn name_primary_key(&mut self, table: &mut Table) -> Result<(), SchemaError> {
        let Some(mut key) = table.primary_key.take() else {
            return Ok(());
        };
        if key.name.is_empty() {
            key.name = self.choose_key(table, None, "pkey");
        }
        self.claim_key(table, &key.name, "the primary key")?;
        table.primary_key = Some(key);
        Ok(())
    }

    fn name_unique(&mut self, table: &mut Table, at: usize) -> Result<(), SchemaError> {
        let unique = &table.uniques[at];
        if unique.name.is_empty() {
            let columns = unique
                .columns
                .iter()
                .chain(&unique.include)
                .map(String::as_str);
            let addition = ident::name_addition(
                ident::index_column_names(columns)
                    .iter()
                    .map(String::as_str),
            );
            table.uniques[at].name = self.choose_key(table, Some(&addition), "key");
        }
        self.claim_key(table, &table.uniques[at].name, "a unique constraint")
    }

    fn name_exclusion(&mut self, table: &mut Table, at: usize) -> Result<(), SchemaError> {
        let exclusion = &table.exclusions[at];
        if exclusion.name.is_empty() {
            let keys = exclusion
                .elements
                .iter()
                .map(|ExclusionElement { key, .. }| key);
            let addition = index_addition(keys, &exclusion.include);
            table.exclusions[at].name = self.choose_key(table, Some(&addition), "excl");
        }
        self.claim_key(table, &table.exclusions[at].name, "an exclusion constraint")
    }

    fn name_index(&mut self, table: &QualifiedName, index: &mut Index) -> Result<(), SchemaError> {
        if index.name.is_empty() {
            let addition = index_addition(index.keys.iter(), &index.include);
            index.name = self.choose_relation(table, Some(&addition), "idx");
        }
        let object = format!("an index of `{table}`");
        let name = QualifiedName::new(table.namespace.clone(), index.name.clone());
        self.claim_relation(&name, &object)
    }

    fn name_foreign_key(&mut self, table: &mut Table, at: usize) -> Result<(), SchemaError> {
        let ForeignKey { name, columns, .. } = &table.foreign_keys[at];
        if name.is_empty() {
            let addition = ident::name_addition(columns.iter().map(String::as_str));
            table.foreign_keys[at].name = self.choose_constraint(table, Some(&addition), "fkey");
        }
        let key = &table.foreign_keys[at];
        self.claim_constraint(table, &key.name, "a foreign key")?;
        self.claim_partition_references(table, &key.referenced_table, &key.columns);
        Ok(())
    }

    /// `ChooseConstraintName`.
    fn choose_constraint(&self, table: &Table, name2: Option<&str>, label: &str) -> String {
        ident::choose_name(&table.name.name, name2, label, |name| {
            self.constraints.contains(&in_namespace(table, name))
        })
    }

    /// `ChooseRelationName` of what is no constraint.
    fn choose_relation(&self, table: &QualifiedName, name2: Option<&str>, label: &str) -> String {
        ident::choose_name(&table.name, name2, label, |name| {
            let name = QualifiedName::new(table.namespace.clone(), name);
            self.relations.contains_key(&name) || self.given.contains(&name)
        })
    }

    /// `ChooseRelationName` of a constraint's index.
    fn choose_key(&self, table: &Table, name2: Option<&str>, label: &str) -> String {
        ident::choose_name(&table.name.name, name2, label, |name| {
            let name = in_namespace(table, name);
            self.relations.contains_key(&name)
                || self.given.contains(&name)
                || self.constraints.contains(&name)
        })
    }

    fn claim_relation(&mut self, name: &QualifiedName, object: &str) -> Result<(), SchemaError> {
        check_name(&name.name, object)?;
        match self.relations.insert(name.clone(), object.to_owned()) {
            None => Ok(()),
            Some(first) => Err(clash(&name.name, first, object)),
        }
    }

    fn claim_constraint(
        &mut self,
        table: &Table,
        name: &str,
        kind: &str,
    ) -> Result<(), SchemaError> {
        let object = format!("{kind} of `{}`", table.name);
        check_name(name, &object)?;
        let key = (table.name.clone(), name.to_owned());
        self.constraints.insert(in_namespace(table, name));
        match self.table_constraints.insert(key, object.clone()) {
            None => Ok(()),
            Some(first) => Err(clash(name, first, &object)),
        }
    }

    fn claim_key(&mut self, table: &Table, name: &str, kind: &str) -> Result<(), SchemaError> {
        self.claim_relation(
            &in_namespace(table, name),
            &format!("{kind} of `{}`", table.name),
        )?;
        self.claim_constraint(table, name, kind)
    }
}

/// The tables and views, and the indexes and constraints with a name of their own that are relations.
///
/// The server numbers a name it makes up only after what is there already, and refuses what comes later under it.
fn given_relations(tables: &[Table], views: &[View]) -> BTreeSet<QualifiedName> {
    let mut given = BTreeSet::new();
    for view in views {
        let indexes = view.indexes.iter();
        given.extend(
            indexes
                .map(|index| QualifiedName::new(view.name.namespace.clone(), index.name.clone())),
        );
        given.insert(view.name.clone());
    }
    for table in tables {
        let keys = table.primary_key.iter().map(|key| &key.name);
        let names = keys
            .chain(table.uniques.iter().map(|unique| &unique.name))
            .chain(table.exclusions.iter().map(|exclusion| &exclusion.name))
            .chain(table.indexes.iter().map(|index| &index.name))
            .chain(table.columns.iter().filter_map(|column| {
                let identity = column.identity.as_ref()?;
                Some(&identity.sequence)
            }));
        given.extend(names.map(|name| in_namespace(table, name)));
        given.insert(table.name.clone());
        let partitions = table.partitions().into_iter();
        given.extend(partitions.map(|(_, partition)| partition.table.name.clone()));
    }
    given
}

fn clash(name: &str, first: String, second: &str) -> SchemaError {
    SchemaError::NameClash {
        name: name.to_owned(),
        first,
        second: second.to_owned(),
    }
}

fn in_namespace(table: &Table, name: &str) -> QualifiedName {
    QualifiedName::new(table.name.namespace.clone(), name)
}

/// The middle part of an index's name: its columns, those it includes too.
fn index_addition<'a>(keys: impl Iterator<Item = &'a IndexKey>, include: &'a [String]) -> String {
    let keys = keys.map(|key| match &key.key {
        Indexed::Column(name) => name.clone(),
        Indexed::Expression(expression) => {
            ident::expression_name(expression.as_str()).unwrap_or_else(|| "expr".to_owned())
        }
    });
    let names: Vec<String> = keys.chain(include.iter().cloned()).collect();
    let names = ident::index_column_names(names.iter().map(String::as_str));
    ident::name_addition(names.iter().map(String::as_str))
}

/// Checks the names that are never chosen.
fn check_names(table: &Table) -> Result<(), SchemaError> {
    check_name(&table.name.namespace, "a namespace")?;
    let mut columns = BTreeSet::new();
    for column in &table.columns {
        let object = format!("a column of `{}`", table.name);
        check_name(&column.name, &object)?;
        if !columns.insert(&column.name) {
            return Err(clash(&column.name, object.clone(), &object));
        }
    }
    let mut policies = BTreeSet::new();
    for policy in &table.policies {
        let object = format!("a policy of `{}`", table.name);
        check_name(&policy.name, &object)?;
        if !policies.insert(&policy.name) {
            return Err(clash(&policy.name, object.clone(), &object));
        }
    }
    Ok(())
}

fn check_name(name: &str, object: &str) -> Result<(), SchemaError> {
    let reason = if name.is_empty() {
        "is empty"
    } else if name.contains('\0') {
        "holds a zero byte"
    } else if name.len() > ident::MAX_BYTES {
        "is longer than 63 bytes, where PostgreSQL would cut it"
    } else {
        return Ok(());
    };
    Err(SchemaError::InvalidName {
        name: name.to_owned(),
        object: object.to_owned(),
        reason,
    })
}
