//! Primary keys, unique constraints and foreign keys.

use super::{Names, column};
use crate::{
    random::Random,
    soundness::model::{Action, ForeignKey, Indexed, Key, Table},
};

const DEFERRABLE: &[&str] = &["initially_deferred", "initially_immediate"];

/// A primary key, usually, and unique constraints.
pub(super) fn add_keys(random: &mut Random, names: &mut Names, table: &mut Table) {
    let ordered: Vec<usize> = (0..table.columns.len())
        .filter(|column| table.columns[*column].kind.family.is_ordered())
        .collect();
    if ordered.is_empty() {
        return;
    }
    if !random.one_in(6) {
        let key = key(random, names, table, &ordered);
        for column in &key.columns {
            table.columns[*column].nullable = false;
        }
        table.primary_key = Some(Key {
            nulls_not_distinct: false,
            ..key
        });
    }
    let mut on_fields = Vec::new();
    for _ in 0..random.below(3) {
        let mut key = key(random, names, table, &ordered);
        if key.on_field && on_fields.contains(&key.columns[0]) {
            key.on_field = false;
        }
        if key.on_field {
            on_fields.push(key.columns[0]);
        }
        table.uniques.push(key);
    }
}

fn key(random: &mut Random, names: &mut Names, table: &Table, ordered: &[usize]) -> Key {
    let columns = if random.one_in(2) {
        vec![random.pick(ordered)]
    } else {
        random.some(ordered, 3)
    };
    let name = names.object(random);
    Key {
        include: include(random, table, &columns),
        nulls_not_distinct: random.one_in(6) && (name.is_some() || flag_is_clear(table)),
        name,
        deferrable: random.one_in(6).then(|| random.pick(DEFERRABLE)),
        on_field: columns.len() == 1 && random.one_in(2),
        columns,
    }
}

/// Whether the flag behind keys alone cannot be taken for a column.
pub(super) fn flag_is_clear(table: &Table) -> bool {
    table
        .columns
        .iter()
        .all(|column| column.field != "nulls_not_distinct")
}

/// The name of the field that is no column, which columns cannot have.
fn skipped_name(table: &Table) -> Option<String> {
    let field = table.skipped.as_ref()?;
    Some(field.strip_prefix("r#").unwrap_or(field).to_owned())
}

/// Columns to include beside the keys.
pub(super) fn include(random: &mut Random, table: &Table, keys: &[usize]) -> Vec<usize> {
    let rest: Vec<usize> = (0..table.columns.len())
        .filter(|column| !keys.contains(column))
        .collect();
    if rest.is_empty() || !random.one_in(8) {
        return Vec::new();
    }
    random.some(&rest, 2)
}

/// A foreign key over columns of its own, to any table that has something to reference.
pub(super) fn add_foreign_key(
    random: &mut Random,
    names: &mut Names,
    tables: &mut [Table],
    at: usize,
) {
    let target = random.below(tables.len());
    let mut keys: Vec<(Vec<usize>, bool)> = referenceable(&tables[target]);
    let own = |column: &usize| tables[target].columns[*column].kind.own;
    keys.retain(|(columns, _)| {
        let mut owns = columns.iter().map(own);
        owns.all(|own| !(own.is_domain && own.is_enum))
    });
    if keys.is_empty() {
        return;
    }
    let (referenced, is_primary) = random.pick(&keys.iter().collect::<Vec<_>>()).clone();
    let kinds: Vec<_> = referenced
        .iter()
        .map(|c| tables[target].columns[*c].kind)
        .collect();
    names.columns = tables[at]
        .columns
        .iter()
        .flat_map(|column| [column.field_name().to_owned(), column.sql_name().to_owned()])
        .collect();
    names.columns.extend(skipped_name(&tables[at]));
    let table = &mut tables[at];
    let first = table.columns.len();
    for kind in kinds {
        let mut column = column(random, names, kind);
        if random.one_in(3) && !kind.defaults.is_empty() {
            let (rust, sql) = random.pick(kind.defaults);
            column.default = Some((rust.to_owned(), sql.to_owned()));
        }
        table.columns.push(column);
    }
    let columns: Vec<usize> = (first..table.columns.len()).collect();
    let key = ForeignKey {
        table: target,
        referenced: if is_primary && random.one_in(2) {
            Vec::new()
        } else {
            referenced
        },
        on_delete: action(random, table, &columns, true),
        on_update: action(random, table, &columns, false),
        match_full: random.one_in(6),
        deferrable: random.one_in(5).then(|| random.pick(DEFERRABLE)),
        not_valid: random.one_in(8),
        on_field: columns.len() == 1 && random.one_in(2),
        name: None,
        columns,
    };
    let name = (!key.on_field).then(|| names.object(random)).flatten();
    table.foreign_keys.push(ForeignKey { name, ..key });
}

/// Keys of a table that are checked at once, and which of them is the primary key.
fn referenceable(table: &Table) -> Vec<(Vec<usize>, bool)> {
    let immediate = |key: &&Key| key.deferrable.is_none();
    let primary = table
        .primary_key
        .iter()
        .filter(immediate)
        .map(|key| (key.columns.clone(), true));
    let uniques = table
        .uniques
        .iter()
        .filter(immediate)
        .map(|key| (key.columns.clone(), false));
    let indexes = table.indexes.iter().filter_map(|index| {
        let columns = index.keys.iter().map(|key| match key.indexed {
            Indexed::Column(column) => Some(column),
            Indexed::Sql(_) => None,
        });
        let columns: Option<Vec<usize>> = columns.collect();
        Some((
            columns.filter(|_| index.unique && index.predicate.is_none())?,
            false,
        ))
    });
    let is_bounded = |column: &usize| {
        let sql = table.columns[*column].kind.sql;
        sql.contains('(') && sql.ends_with("[]")
    };
    let keys = primary.chain(uniques).chain(indexes);
    keys.filter(|(columns, _)| !columns.iter().any(is_bounded))
        .collect()
}

fn action(random: &mut Random, table: &Table, columns: &[usize], delete: bool) -> Option<Action> {
    let all = |test: &dyn Fn(usize) -> bool, of: &[usize]| of.iter().all(|column| test(*column));
    let nullable = |column: usize| table.columns[column].nullable;
    let defaulted = |column: usize| nullable(column) || table.columns[column].default.is_some();
    let word = random.pick(&[
        "cascade",
        "restrict",
        "set_null",
        "set_default",
        "no_action",
        "",
    ]);
    let some = if delete && random.one_in(3) {
        random.some(columns, 2)
    } else {
        Vec::new()
    };
    let set: &[usize] = if some.is_empty() { columns } else { &some };
    let action = |columns| Some(Action { word, columns });
    match word {
        "" => None,
        "set_null" if all(&nullable, set) => action(some),
        "set_default" if all(&defaulted, set) => action(some),
        "set_null" | "set_default" => None,
        _ => action(Vec::new()),
    }
}
