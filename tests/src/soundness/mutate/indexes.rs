//! Mistakes in an index or exclusion constraint.

use super::any_column;
use crate::{
    random::Random,
    soundness::{
        model::{Exclusion, Index, IndexKey, Indexed, Schema},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn other_method(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let declared = &mut schema.tables[table];
    let index = &mut declared.indexes[at];
    // What type an expression has, and what one in quotes is, only the server knows.
    let is_opaque = |key: &IndexKey| match key.indexed {
        Indexed::Sql(_) => true,
        Indexed::Column(column) => declared.columns[column].kind.is_verbatim(),
    };
    if index.keys.iter().any(is_opaque) {
        return None;
    }
    index.using = Some(random.pick(&["btree", "hash", "gin", "gist", "brin", "spgist"]));
    // Its order, its included columns and the number of its keys may each not fit, and the schema lack the extension that
    // makes it fit.
    let mut sites = vec![Site::Index(table, at); 3];
    sites.push(Site::Listed(table));
    Some(sites)
}

pub(super) fn any_type(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = any_column(schema, random);
    let declared = &mut schema.tables[table];
    let kind = declared.columns[column].kind;
    if kind.is_verbatim() || kind.family.is_ordered() {
        return None;
    }
    declared.indexes.push(Index {
        keys: vec![IndexKey::column(column)],
        on_field: random.one_in(2),
        ..Index::default()
    });
    Some(vec![
        Site::Index(table, declared.indexes.len() - 1),
        Site::Column(table, column),
    ])
}

pub(super) fn other_class(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let key = &mut schema.tables[table].indexes[at].keys[0];
    key.class = Some(random.pick(&["text_pattern_ops", "int8_ops", "jsonb_path_ops"]));
    Some(vec![Site::Index(table, at)])
}

pub(super) fn collate_any(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let key = &schema.tables[table].indexes[at].keys[0];
    match key.indexed {
        Indexed::Column(column) if !schema.tables[table].columns[column].kind.is_verbatim() => {}
        _ => return None,
    }
    schema.tables[table].indexes[at].keys[0].collate = Some("C");
    Some(vec![Site::Index(table, at)])
}

pub(super) fn named_as_table(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    let other = random.below(schema.tables.len());
    let name = schema.tables[other].sql_name();
    // A sequence may have it too, for it is a name in another namespace.
    let sequences = schema.sequences.iter().enumerate();
    let sequences = sequences.filter(|(_, sequence)| sequence.name == name);
    let mut sites: Vec<Site> = sequences.map(|(at, _)| Site::Sequence(at)).collect();
    schema.tables[table].indexes[at].name = Some(name);
    sites.extend([
        Site::Index(table, at),
        Site::Listed(table),
        Site::Listed(other),
    ]);
    Some(sites)
}

pub(super) fn fillfactor(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any(schema, random)?;
    schema.tables[table].indexes[at].fillfactor = Some(random.pick(&[0, 5, 101, 10, 100]));
    Some(vec![Site::Index(table, at)])
}

pub(super) fn exclusion(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = any_column(schema, random);
    let declared = &mut schema.tables[table];
    // What a type in quotes is, only the server knows.
    if declared.columns[column].kind.is_verbatim() {
        return None;
    }
    declared.exclusions.push(Exclusion {
        name: None,
        using: random.pick(&[
            None,
            Some("gist"),
            Some("btree"),
            Some("gin"),
            Some("hash"),
            Some("brin"),
        ]),
        elements: vec![(column, "=")],
        include: Vec::new(),
        fillfactor: random.one_in(6).then(|| random.pick(&[5, 50, 101])),
        predicate: None,
        deferrable: None,
    });
    // Its method may not fit, and a partitioned table has none at all.
    let site = Site::Exclusion(table, declared.exclusions.len() - 1);
    Some(vec![site, site, Site::Listed(table)])
}

fn any(schema: &Schema, random: &mut Random) -> Option<(usize, usize)> {
    let table = random.below(schema.tables.len());
    let indexes = schema.tables[table].indexes.len();
    (indexes > 0).then(|| (table, random.below(indexes)))
}
