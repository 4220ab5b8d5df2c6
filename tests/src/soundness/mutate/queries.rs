//! Mistakes in statements by `sql!`.

use crate::{
    random::Random,
    soundness::{model::Schema, source::Site},
};

type Sites = Option<Vec<Site>>;

pub(super) fn unknown_column(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema, random)?;
    let table = &schema.tables[schema.queries[at].table];
    let unknown = random.pick(&["no_such_field", "r", "Id"]);
    let has = |name: &str| {
        let mut columns = table.columns.iter();
        columns.any(|it| it.field_name() == name || it.sql_name() == name)
    };
    if has(unknown) || table.skipped.as_deref() == Some(unknown) {
        return None;
    }
    schema.queries[at].unknown = Some(unknown);
    Some(vec![Site::Query(at)])
}

pub(super) fn unknown_alias(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema, random)?;
    schema.queries[at].stranger = true;
    Some(vec![Site::Query(at)])
}

fn any(schema: &Schema, random: &mut Random) -> Option<usize> {
    let queries = schema.queries.iter().enumerate();
    let listed = queries.filter(|(_, query)| query.is_of_listed(schema));
    let listed: Vec<usize> = listed.map(|(at, _)| at).collect();
    (!listed.is_empty()).then(|| random.pick(&listed))
}
