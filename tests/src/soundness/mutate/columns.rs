//! Mistakes in a column.

use super::any_column;
use crate::{
    random::Random,
    soundness::{
        kinds::Family,
        model::{Schema, Text},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn wrong_default(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    if column.kind.wrong_defaults.is_empty()
        || column.generated.is_some()
        || column.identity.is_some()
    {
        return None;
    }
    let (rust, sql) = random.pick(column.kind.wrong_defaults);
    column.default = Some((rust.to_owned(), sql.to_owned()));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn default_and_generated(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    column.generated.as_ref()?;
    column.default = Some(("sql(\"null\")".to_owned(), "null".to_owned()));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn default_and_identity(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    column.identity?;
    column.default = Some(("0".to_owned(), "0".to_owned()));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn identity_of_any(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    if column.kind.family == Family::Integer
        || column.kind.is_verbatim()
        || column.default.is_some()
        || column.generated.is_some()
        || column.nullable
        || column.collate.is_some()
    {
        return None;
    }
    column.identity = Some("always");
    Some(vec![Site::Column(table, at)])
}

pub(super) fn nullable_identity(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let sites = super::column_sites(schema, table, at);
    let column = &mut schema.tables[table].columns[at];
    if column.identity.is_none() || sites.contains(&Site::PrimaryKey(table)) {
        return None;
    }
    column.nullable = true;
    Some(vec![Site::Column(table, at)])
}

pub(super) fn collate_any(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    if column.kind.is_verbatim() || column.kind.family.is_collatable() || column.identity.is_some()
    {
        return None;
    }
    column.collate = Some("C");
    Some(vec![Site::Column(table, at)])
}

pub(super) fn storage_of_any(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    if column.kind.is_verbatim() || column.kind.family.is_long() {
        return None;
    }
    column.storage = Some(random.pick(&["plain", "external", "extended", "main"]));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn compression_of_any(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let column = &mut schema.tables[table].columns[at];
    if column.kind.is_verbatim() || column.kind.family.is_long() {
        return None;
    }
    column.compression = Some(random.pick(&["pglz", "lz4"]));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn generated_twice(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let declared = &mut schema.tables[table];
    let other = (0..declared.columns.len())
        .find(|other| *other != at && declared.columns[*other].generated.is_some())?;
    let column = &mut declared.columns[at];
    if column.kind.sql != "boolean" || column.default.is_some() {
        return None;
    }
    column.generated = Some(Text::of("$ is null", &[other]));
    Some(vec![Site::Column(table, at)])
}

pub(super) fn same_name(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    let columns = &mut schema.tables[table].columns;
    let other = random.below(columns.len());
    if other == at {
        return None;
    }
    columns[at].name = Some(columns[other].sql_name().to_owned());
    Some(vec![Site::Column(table, at.max(other))])
}

pub(super) fn system_column(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    schema.tables[table].columns[at].name =
        Some(random.pick(&["ctid", "xmin", "tableoid", "oid"]).to_owned());
    Some(vec![Site::Column(table, at)])
}

pub(super) fn long_name(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, at) = any_column(schema, random);
    schema.tables[table].columns[at].name = Some(random.pick(&["", "é"]).repeat(32));
    Some(vec![Site::Column(table, at)])
}
