//! Mistakes in a key.

use super::any_column;
use crate::{
    random::Random,
    soundness::{
        model::{Key, Schema},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn nullable_primary_key(schema: &mut Schema, random: &mut Random) -> Sites {
    let table = random.below(schema.tables.len());
    let declared = &mut schema.tables[table];
    let columns = declared.primary_key.as_ref()?.columns.clone();
    let column = random.pick(&columns);
    if declared.columns[column].identity.is_some() {
        return None;
    }
    declared.columns[column].nullable = true;
    Some(vec![Site::PrimaryKey(table), Site::Column(table, column)])
}

pub(super) fn twice(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at, key) = any_key(schema, random)?;
    key.on_field = false;
    key.columns.push(key.columns[0]);
    Some(vec![site(table, at)])
}

pub(super) fn any_type(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = any_column(schema, random);
    let declared = &mut schema.tables[table];
    let kind = declared.columns[column].kind;
    if kind.is_verbatim() || kind.family.is_ordered() || declared.partition.is_some() {
        return None;
    }
    let key = Key {
        columns: vec![column],
        on_field: random.one_in(2),
        ..Key::default()
    };
    if declared.primary_key.is_none() && !declared.columns[column].nullable {
        declared.primary_key = Some(key);
        return Some(vec![Site::PrimaryKey(table), Site::Column(table, column)]);
    }
    declared.uniques.push(key);
    Some(vec![
        Site::Unique(table, declared.uniques.len() - 1),
        Site::Column(table, column),
    ])
}

pub(super) fn same_name(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at, key) = any_key(schema, random)?;
    key.name = Some("one name".to_owned());
    let mut sites = vec![site(table, at)];
    let (other, other_at, key) = any_key(schema, random)?;
    if (other, other_at) == (table, at) {
        return None;
    }
    key.name = Some("one name".to_owned());
    sites.push(site(other, other_at));
    sites.extend([Site::Listed(table), Site::Listed(other)]);
    Some(sites)
}

pub(super) fn included(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at, key) = any_key(schema, random)?;
    key.include = vec![key.columns[0]];
    Some(vec![site(table, at)])
}

/// A primary key, at `None`, or a unique constraint.
fn any_key<'s>(
    schema: &'s mut Schema,
    random: &mut Random,
) -> Option<(usize, Option<usize>, &'s mut Key)> {
    let table = random.below(schema.tables.len());
    let declared = &mut schema.tables[table];
    let at = random.below(declared.uniques.len() + 1);
    if at == declared.uniques.len() {
        return Some((table, None, declared.primary_key.as_mut()?));
    }
    Some((table, Some(at), &mut declared.uniques[at]))
}

fn site(table: usize, at: Option<usize>) -> Site {
    at.map_or(Site::PrimaryKey(table), |at| Site::Unique(table, at))
}
