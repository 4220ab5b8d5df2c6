//! Two schemas that share most of what they have: each is a random schema with parts left out and facts changed.

mod kinds;
pub mod rows;

use std::collections::BTreeSet;

use schema_core::{
    ident,
    schema::{Expression, ForeignKey, Indexed, QualifiedName, Schema, Table},
};

use schema_kit::diff::Renames;

use crate::random::Random;

/// Two versions of a schema.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The version that there is.
    pub previous: Schema,
    /// The version that is to be.
    pub next: Schema,
    /// What of the previous version has another name in the next one, as `--rename` takes it.
    pub hints: Vec<String>,
}

/// Makes two versions of a schema, of tables and of all else that the model holds.
///
/// # Panics
///
/// When a hint cannot be followed.
#[must_use]
pub fn pair(random: &mut Random, schema: &Schema) -> Pair {
    let mut whole = schema.clone();
    kinds::enrich(random, &mut whole);
    let [mut previous, mut next] = [(), ()].map(|()| {
        let mut version = version(random, &whole);
        kinds::change(random, &mut version);
        version
    });
    let hints = hints(random, &previous, &next);
    let renames = Renames::from_hints(&hints, &next).expect("both versions have what is renamed");
    next = renames.apply(&next);
    kinds::views(random, &mut previous);
    kinds::views(random, &mut next);
    Pair {
        previous,
        next,
        hints,
    }
}

/// A schema that goes on changing.
#[derive(Debug, Clone)]
pub struct Walk {
    /// What both sides of each step are versions of, under the names of now.
    whole: Schema,
    now: Schema,
    steps: usize,
}

impl Walk {
    /// Begins with a version of a schema.
    #[must_use]
    pub fn new(random: &mut Random, schema: &Schema) -> Self {
        let mut whole = schema.clone();
        kinds::enrich(random, &mut whole);
        let mut now = version(random, &whole);
        kinds::change(random, &mut now);
        kinds::views(random, &mut now);
        Self {
            whole,
            now,
            steps: 0,
        }
    }

    /// The schema as it is now.
    #[must_use]
    pub fn now(&self) -> &Schema {
        &self.now
    }

    /// Goes on to another version.
    ///
    /// # Panics
    ///
    /// When a hint cannot be followed.
    pub fn step(&mut self, random: &mut Random) -> Pair {
        self.steps += 1;
        let mut next = version(random, &self.whole);
        kinds::change(random, &mut next);
        let hints = hints(random, &self.now, &next);
        // A name is taken once in a walk, and one without digits may be changed again.
        let letter = |digit: u8| char::from(digit - b'0' + b'a');
        let own: String = self.steps.to_string().bytes().map(letter).collect();
        let own = |hint: &String| format!("{hint}_{own}");
        let hints: Vec<String> = hints.iter().map(own).collect();
        let renames = |of: &Schema| Renames::from_hints(&hints, of).expect("both have it");
        next = renames(&next).apply(&next);
        self.whole = renames(&self.whole).apply(&self.whole);
        kinds::views(random, &mut next);
        Pair {
            previous: std::mem::replace(&mut self.now, next.clone()),
            next,
            hints,
        }
    }
}

/// Renames a table and a column that both versions have.
fn hints(random: &mut Random, previous: &Schema, next: &Schema) -> Vec<String> {
    let is_plain = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let mut hints = Vec::new();
    for table in &previous.tables {
        let QualifiedName { namespace, name } = &table.name;
        let Some(other) = next.table(namespace, name) else {
            continue;
        };
        if !is_plain(namespace) || !is_plain(name) {
            continue;
        }
        let columns = table.columns.iter().map(|column| &column.name);
        let shared = columns.filter(|name| is_plain(name) && other.column(name).is_some());
        let shared: Vec<&String> = shared.collect();
        if !shared.is_empty() && random.one_in(4) {
            let column = random.pick(&shared);
            hints.push(format!("{namespace}.{name}.{column}=renamed_column"));
        }
        if random.one_in(6) {
            hints.push(format!("{namespace}.{name}=renamed_{}", hints.len()));
        }
    }
    hints
}

/// A schema without some of its tables, columns, constraints and indexes, and with some facts changed.
fn version(random: &mut Random, schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    schema.tables.retain(|_| !random.one_in(6));
    for table in &mut schema.tables {
        thin(random, table);
        change(random, table);
    }
    // What a foreign key references may be gone, the key over it too.
    let there = schema.clone();
    for table in &mut schema.tables {
        table.foreign_keys.retain(|key| is_possible(&there, key));
    }
    let namespaces: BTreeSet<&str> = schema
        .tables
        .iter()
        .map(|table| table.name.namespace.as_str())
        .collect();
    schema
        .namespaces
        .retain(|namespace| namespaces.contains(namespace.name.as_str()));
    schema
}

fn is_possible(schema: &Schema, key: &ForeignKey) -> bool {
    let QualifiedName { namespace, name } = &key.referenced_table;
    let Some(table) = schema.table(namespace, name) else {
        return false;
    };
    let wanted: BTreeSet<&String> = key.referenced_columns.iter().collect();
    let is_wanted = |columns: &[String]| columns.iter().collect::<BTreeSet<_>>() == wanted;
    let primary_key = table.primary_key.iter().any(|key| is_wanted(&key.columns));
    primary_key
        || table
            .uniques
            .iter()
            .any(|unique| is_wanted(&unique.columns))
}

fn thin(random: &mut Random, table: &mut Table) {
    let in_partitions = |name: &str| {
        let mut keys = table.partition_by.iter().flat_map(|it| &it.keys);
        keys.any(|key| key.key == Indexed::Column(name.to_owned()))
    };
    let mut gone: Vec<String> = table
        .columns
        .iter()
        .filter(|column| random.one_in(5) && !in_partitions(&column.name))
        .map(|column| column.name.clone())
        .collect();
    let all: Vec<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let name = table.name.name.clone();
    let uses = |sql: &Expression, gone: &[String]| {
        let used = ident::columns_in(sql.as_str(), &name, &all);
        used.iter().any(|column| gone.contains(column))
    };
    for column in &table.columns {
        if column
            .generated
            .as_ref()
            .is_some_and(|sql| uses(sql, &gone))
        {
            gone.push(column.name.clone());
        }
    }
    let used = |sql: &Expression| uses(sql, &gone);
    let any = |columns: &[String]| columns.iter().any(|column| gone.contains(column));
    table.columns.retain(|column| !gone.contains(&column.name));
    table.primary_key = table.primary_key.take().filter(|key| !any(&key.columns));
    table
        .uniques
        .retain(|it| !any(&it.columns) && !any(&it.include) && !random.one_in(4));
    table
        .checks
        .retain(|it| !used(&it.expression) && !random.one_in(4));
    table
        .foreign_keys
        .retain(|it| !any(&it.columns) && !random.one_in(4));
    table.policies.retain(|it| {
        let mut conditions = it.using.iter().chain(&it.with_check);
        !conditions.any(used) && !random.one_in(4)
    });
    let is_kept = |key: &Indexed| match key {
        Indexed::Column(name) => !gone.contains(name),
        Indexed::Expression(sql) => !used(sql),
    };
    table
        .exclusions
        .retain(|it| it.elements.iter().all(|it| is_kept(&it.key.key)));
    table.indexes.retain(|it| {
        it.keys.iter().all(|it| is_kept(&it.key))
            && !any(&it.include)
            && !it.predicate.as_ref().is_some_and(used)
            && !random.one_in(4)
    });
}

fn change(random: &mut Random, table: &mut Table) {
    if random.one_in(3) {
        table.comment = random.one_in(2).then(|| "It's another one.".to_owned());
    }
    table.row_level_security ^= random.one_in(6);
    let key: Vec<String> = table
        .primary_key
        .iter()
        .flat_map(|key| key.columns.clone())
        .collect();
    for column in &mut table.columns {
        let is_plain = column.identity.is_none() && column.generated.is_none();
        if is_plain && !key.contains(&column.name) && random.one_in(4) {
            column.nullable = !column.nullable;
        }
        if random.one_in(6) {
            column.default = None;
            column.comment = None;
        }
    }
    for check in &mut table.checks {
        check.not_valid ^= random.one_in(6);
    }
    for foreign_key in &mut table.foreign_keys {
        foreign_key.not_valid ^= random.one_in(6);
    }
}
