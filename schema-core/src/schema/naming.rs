//! Gives names to what has none, as the server would while it runs the statements of [`crate::ddl::create`].
//!
//! Three name spaces matter, all per namespace: relations (tables, indexes, sequences), types and constraints. A constraint's
//! name must be unused in its table alone, but the name the server makes up is unused in the whole namespace.

mod partition;
mod type_object;
mod view;

use std::collections::BTreeMap;

use super::{
    ForeignKey, Index, IndexKey, Indexed, QualifiedName, ReplicaIdentity, Schema, Table, Unique,
    View,
    order::{Step, creation_order},
};
use crate::{error::SchemaError, ident};

/// Walks the types and tables in the order they are created.
pub(super) fn name_objects(schema: &mut Schema) -> Result<(), SchemaError> {
    let mut names = Names::default();
    names.give_relations(&schema.tables, &schema.views);
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
        if !index_names(table).contains(&name) {
            return Err(SchemaError::MissingIndex {
                table: table.name.to_string(),
                word,
                index: name.clone(),
            });
        }
    }
    Ok(())
}

/// The names in use so far.
#[derive(Default)]
struct Names {
    taken: BTreeMap<QualifiedName, Taken>,
}

/// What has a name, and in messages what that is called.
#[derive(Default)]
struct Taken {
    /// Whether a relation has it whose name is not chosen: what comes before must leave it free.
    given: bool,
    relation: Option<String>,
    ty: Option<String>,
    /// Whether a constraint has it, of any table.
    constraint: bool,
    /// The constraints of the table of this name, by theirs.
    table_constraints: BTreeMap<String, String>,
    /// How many partitions the table of this name has, at all levels.
    partitions: usize,
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
            self.claim_relation(&beside(&table.name, &name), &object)?;
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
            let addition = unique_addition(unique);
            table.uniques[at].name = self.choose_key(table, Some(&addition), "key");
        }
        self.claim_key(table, &table.uniques[at].name, "a unique constraint")
    }

    fn name_exclusion(&mut self, table: &mut Table, at: usize) -> Result<(), SchemaError> {
        let exclusion = &table.exclusions[at];
        if exclusion.name.is_empty() {
            let mut keys = exclusion.elements.iter().map(|element| &element.key);
            let addition = index_addition(&mut keys, &exclusion.include);
            table.exclusions[at].name = self.choose_key(table, Some(&addition), "excl");
        }
        self.claim_key(table, &table.exclusions[at].name, "an exclusion constraint")
    }

    fn name_index(&mut self, table: &QualifiedName, index: &mut Index) -> Result<(), SchemaError> {
        if index.name.is_empty() {
            let addition = index_addition(&mut index.keys.iter(), &index.include);
            index.name = self.choose_relation(table, Some(&addition), "idx");
        }
        let object = format!("an index of `{table}`");
        self.claim_relation(&beside(table, &index.name), &object)
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
        self.choose(&table.name, name2, label, |taken| taken.constraint)
    }

    /// `ChooseRelationName` of what is no constraint.
    fn choose_relation(&self, table: &QualifiedName, name2: Option<&str>, label: &str) -> String {
        self.choose(table, name2, label, |taken| {
            taken.relation.is_some() || taken.given
        })
    }

    /// `ChooseRelationName` of a constraint's index.
    fn choose_key(&self, table: &Table, name2: Option<&str>, label: &str) -> String {
        self.choose(&table.name, name2, label, |taken| {
            taken.relation.is_some() || taken.given || taken.constraint
        })
    }

    /// Chooses a name for what belongs to `owner` that is not taken in its namespace.
    fn choose(
        &self,
        owner: &QualifiedName,
        name2: Option<&str>,
        label: &str,
        is_taken: fn(&Taken) -> bool,
    ) -> String {
        ident::choose_name(&owner.name, name2, label, |name| {
            let taken = self.taken.get(&beside(owner, name));
            taken.is_some_and(is_taken)
        })
    }

    fn of(&mut self, name: QualifiedName) -> &mut Taken {
        self.taken.entry(name).or_default()
    }

    fn claim_relation(&mut self, name: &QualifiedName, object: &str) -> Result<(), SchemaError> {
        check_name(&name.name, object)?;
        let before = self.of(name.clone()).relation.replace(object.to_owned());
        check_free(&name.name, before, object)
    }

    fn claim_constraint(
        &mut self,
        table: &Table,
        name: &str,
        kind: &str,
    ) -> Result<(), SchemaError> {
        let object = format!("{kind} of `{}`", table.name);
        check_name(name, &object)?;
        let before = self.add_constraint(table, name, &object);
        check_free(name, before, &object)
    }

    /// Notes a constraint, and returns what had its name.
    fn add_constraint(&mut self, table: &Table, name: &str, object: &str) -> Option<String> {
        self.of(beside(&table.name, name)).constraint = true;
        let constraints = &mut self.of(table.name.clone()).table_constraints;
        constraints.insert(name.to_owned(), object.to_owned())
    }

    fn claim_key(&mut self, table: &Table, name: &str, kind: &str) -> Result<(), SchemaError> {
        self.claim_relation(
            &beside(&table.name, name),
            &format!("{kind} of `{}`", table.name),
        )?;
        self.claim_constraint(table, name, kind)
    }
}

impl Names {
    /// Notes the tables and views, and the indexes and constraints with a name of their own that are relations.
    ///
    /// The server numbers a name it makes up only after what is there already, and refuses what comes later under it.
    fn give_relations(&mut self, tables: &[Table], views: &[View]) {
        for view in views {
            self.give(view.name.clone());
            for index in &view.indexes {
                self.give(beside(&view.name, &index.name));
            }
        }
        for table in tables {
            self.give(table.name.clone());
            for column in &table.columns {
                if let Some(identity) = &column.identity {
                    self.give(beside(&table.name, &identity.sequence));
                }
            }
            for index in index_names(table) {
                self.give(beside(&table.name, index));
            }
            for (_, partition) in table.partitions() {
                self.give(partition.table.name.clone());
            }
        }
    }

    fn give(&mut self, name: QualifiedName) {
        self.of(name).given = true;
    }
}

/// What the indexes of a table are called, those of its constraints too.
fn index_names(table: &Table) -> Vec<&String> {
    let mut names = Vec::new();
    names.extend(table.primary_key.iter().map(|key| &key.name));
    names.extend(table.uniques.iter().map(|unique| &unique.name));
    names.extend(table.exclusions.iter().map(|exclusion| &exclusion.name));
    names.extend(table.indexes.iter().map(|index| &index.name));
    names
}

/// A name in the namespace of another.
fn beside(other: &QualifiedName, name: &str) -> QualifiedName {
    QualifiedName::new(other.namespace.as_str(), name)
}

/// The middle part of an index's name: its columns, those it includes too.
fn index_addition(keys: &mut dyn Iterator<Item = &IndexKey>, include: &[String]) -> String {
    let mut names = Vec::new();
    for key in keys {
        names.push(match &key.key {
            Indexed::Column(name) => name.clone(),
            Indexed::Expression(expression) => {
                ident::expression_name(expression.as_str()).unwrap_or_else(|| "expr".to_owned())
            }
        });
    }
    addition(names, include)
}

/// The middle part of the name of a unique constraint.
fn unique_addition(unique: &Unique) -> String {
    addition(unique.columns.clone(), &unique.include)
}

fn addition(mut names: Vec<String>, include: &[String]) -> String {
    names.extend_from_slice(include);
    let names = ident::index_column_names(names.iter().map(String::as_str));
    ident::name_addition(names.iter().map(String::as_str))
}

/// Checks the names that are never chosen.
fn check_names(table: &Table) -> Result<(), SchemaError> {
    check_name(&table.name.namespace, "a namespace")?;
    let mut columns = table.columns.iter().map(|column| column.name.as_str());
    check_distinct(&mut columns, &format!("a column of `{}`", table.name))?;
    let mut policies = table.policies.iter().map(|policy| policy.name.as_str());
    check_distinct(&mut policies, &format!("a policy of `{}`", table.name))
}

/// Checks the names of things that are all called `object`.
fn check_distinct(names: &mut dyn Iterator<Item = &str>, object: &str) -> Result<(), SchemaError> {
    let mut seen = Vec::new();
    for name in names {
        check_name(name, object)?;
        check_unseen(&mut seen, name, object)?;
    }
    Ok(())
}

/// Checks that a name is not among these, and adds it to them.
fn check_unseen<'n>(
    seen: &mut Vec<&'n str>,
    name: &'n str,
    object: &str,
) -> Result<(), SchemaError> {
    match seen.binary_search(&name) {
        Ok(_) => Err(clash(name, object.to_owned(), object)),
        Err(at) => {
            seen.insert(at, name);
            Ok(())
        }
    }
}

/// Checks that nothing had a name before.
fn check_free(name: &str, before: Option<String>, object: &str) -> Result<(), SchemaError> {
    match before {
        None => Ok(()),
        Some(first) => Err(clash(name, first, object)),
    }
}

fn clash(name: &str, first: String, second: &str) -> SchemaError {
    SchemaError::NameClash {
        name: name.to_owned(),
        first,
        second: second.to_owned(),
    }
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
