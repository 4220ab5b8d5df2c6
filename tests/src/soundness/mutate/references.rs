//! Mistakes in a foreign key.

use crate::{
    random::Random,
    soundness::{
        kinds::KINDS,
        model::{Action, ForeignKey, Schema, Text},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn other_type(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let declared = &mut schema.tables[table];
    let column = random.pick(&declared.foreign_keys[at].columns);
    let kind = &KINDS[random.below(KINDS.len())];
    let changed = &mut declared.columns[column];
    // What a type in quotes is, only the server knows.
    if changed.kind == kind
        || [kind, changed.kind].iter().any(|kind| kind.is_verbatim())
        || !kind.family.is_ordered()
        || kind.sql == "citext"
    {
        return None;
    }
    changed.kind = kind;
    changed.default = None;
    declared.checks.clear();
    declared.indexes.clear();
    declared.partition = None;
    if declared.foreign_keys[at]
        .on_delete
        .as_ref()
        .is_some_and(|action| action.word == "set_default")
    {
        return None;
    }
    declared.foreign_keys[at].on_update = None;
    Some(vec![
        Site::ForeignKey(table, at),
        Site::Column(table, column),
    ])
}

pub(super) fn not_unique(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let key = &schema.tables[table].foreign_keys[at];
    let target = &schema.tables[key.table];
    let [column] = key.columns[..] else {
        return None;
    };
    let kind = schema.tables[table].columns[column].kind;
    let same: Vec<usize> = (0..target.columns.len())
        .filter(|other| target.columns[*other].kind == kind)
        .collect();
    if same.is_empty() {
        return None;
    }
    let picked = random.pick(&same);
    schema.tables[table].foreign_keys[at].referenced = vec![picked];
    Some(vec![Site::ForeignKey(table, at)])
}

pub(super) fn dropped_key(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let target = schema.tables[table].foreign_keys[at].table;
    if schema.tables[target].partition.is_some() {
        return None;
    }
    let referenced = schema.tables[target].referenced(&schema.tables[table].foreign_keys[at]);
    let sites = referencing(schema, target, &referenced);
    let target = &mut schema.tables[target];
    if target
        .primary_key
        .as_ref()
        .is_some_and(|key| same_columns(&key.columns, &referenced))
    {
        target.primary_key = None;
    } else {
        target
            .uniques
            .retain(|key| !same_columns(&key.columns, &referenced));
    }
    Some(sites)
}

pub(super) fn deferrable_key(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let target = schema.tables[table].foreign_keys[at].table;
    let referenced = schema.tables[target].referenced(&schema.tables[table].foreign_keys[at]);
    let sites = referencing(schema, target, &referenced);
    let target = &mut schema.tables[target];
    for key in target.primary_key.iter_mut().chain(&mut target.uniques) {
        if same_columns(&key.columns, &referenced) {
            key.deferrable = Some("initially_deferred");
        }
    }
    Some(sites)
}

pub(super) fn other_count(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let count = schema.tables[table].columns.len();
    let key = &mut schema.tables[table].foreign_keys[at];
    let acts = [&key.on_delete, &key.on_update]
        .into_iter()
        .flatten()
        .any(|action| action.word.starts_with("set"));
    if acts {
        return None;
    }
    key.on_field = false;
    if key.columns.len() > 1 && random.one_in(2) {
        key.columns.pop();
    } else {
        let extra = (0..count).find(|column| !key.columns.contains(column))?;
        key.columns.push(extra);
    }
    Some(vec![Site::ForeignKey(table, at)])
}

pub(super) fn set_null(schema: &mut Schema, random: &mut Random) -> Sites {
    set(schema, random, "set_null")
}

pub(super) fn set_default(schema: &mut Schema, random: &mut Random) -> Sites {
    set(schema, random, "set_default")
}

fn set(schema: &mut Schema, random: &mut Random, word: &'static str) -> Sites {
    let (table, at) = any(schema, random)?;
    let action = Some(Action {
        word,
        columns: Vec::new(),
    });
    let key = &mut schema.tables[table].foreign_keys[at];
    if random.one_in(2) {
        key.on_delete = action
    } else {
        key.on_update = action
    }
    Some(vec![Site::ForeignKey(table, at)])
}

pub(super) fn other_columns(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let declared = &mut schema.tables[table];
    let columns = (0..declared.columns.len()).filter(|column| declared.columns[*column].nullable);
    let columns: Vec<usize> = columns.collect();
    if columns.is_empty() {
        return None;
    }
    let columns = vec![random.pick(&columns)];
    let action = Action {
        word: "set_null",
        columns,
    };
    declared.foreign_keys[at].on_delete = Some(action);
    Some(vec![Site::ForeignKey(table, at)])
}

pub(super) fn generated(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let declared = &mut schema.tables[table];
    let column = declared.foreign_keys[at].columns[0];
    if declared.partition.is_some() {
        return None;
    }
    let changed = &mut declared.columns[column];
    let sql = format!("null::{}", changed.kind.sql);
    changed.default = None;
    changed.generated = Some(Text::of(&sql, &[]));
    // Each of its two actions may write the column.
    Some(vec![
        Site::ForeignKey(table, at),
        Site::ForeignKey(table, at),
        Site::Column(table, column),
    ])
}

fn any(schema: &Schema, random: &mut Random) -> Option<(usize, usize)> {
    let table = random.below(schema.tables.len());
    let keys = schema.tables[table].foreign_keys.len();
    (keys > 0).then(|| (table, random.below(keys)))
}

/// All foreign keys that reference these columns.
fn referencing(schema: &Schema, target: usize, columns: &[usize]) -> Vec<Site> {
    let mut sites = Vec::new();
    for (at, table) in schema.tables.iter().enumerate() {
        for (key, declared) in table.foreign_keys.iter().enumerate() {
            let is =
                |key: &ForeignKey| same_columns(&schema.tables[target].referenced(key), columns);
            if declared.table == target && is(declared) {
                sites.push(Site::ForeignKey(at, key));
            }
        }
    }
    sites
}

fn same_columns(left: &[usize], right: &[usize]) -> bool {
    left.len() == right.len() && left.iter().all(|column| right.contains(column))
}
