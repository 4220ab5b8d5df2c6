//! Mistakes in a view.

use crate::{
    random::Random,
    soundness::{
        kinds::KINDS,
        model::Schema,
        source::Site,
        views::{Output, Relation, Wrong},
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn other_type(schema: &mut Schema, random: &mut Random) -> Sites {
    let (view, field) = column(schema, random)?;
    let own = schema.kind(&schema.views[view], &schema.views[view].fields[field]);
    let kind = &KINDS[random.below(KINDS.len())];
    if own.is_verbatim() || kind.is_verbatim() || own.is_json() || kind.is_json() {
        return None;
    }
    // The server takes it: what a field holds is this program's affair.
    schema.views[view].wrong = Some(Wrong::Type(field, kind));
    let mut sites = vec![Site::ViewColumn(view, field)];
    sites.extend(readers(schema, view, field));
    Some(sites)
}

/// The fields of other views that are one of this view's: they are compared with what that says.
fn readers(schema: &Schema, view: usize, field: usize) -> Vec<Site> {
    let mut sites = Vec::new();
    for (at, other) in schema.views.iter().enumerate() {
        for (position, read) in other.fields.iter().enumerate() {
            let is_read = matches!(&read.output, Output::Column(from, column)
                if *column == field && matches!(other.reads[*from].0, Relation::View(of) if of == view));
            if is_read {
                sites.push(Site::ViewColumn(at, position));
            }
        }
    }
    sites
}

pub(super) fn not_null(schema: &mut Schema, random: &mut Random) -> Sites {
    let (view, field) = column(schema, random)?;
    if !schema.is_nullable(&schema.views[view], &schema.views[view].fields[field]) {
        return None;
    }
    schema.views[view].wrong = Some(Wrong::NotNull(field));
    Some(vec![Site::ViewColumn(view, field)])
}

pub(super) fn one_more(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    schema.views[view].wrong = Some(Wrong::Extra);
    Some(vec![Site::View(view)])
}

pub(super) fn index(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let declared = &mut schema.views[view];
    declared.materialized = false;
    declared.with_no_data = false;
    declared.with = None;
    declared.indexes = vec![(vec![0], random.one_in(2), None)];
    Some(vec![Site::ViewIndex(view, 0)])
}

pub(super) fn no_data(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let declared = &mut schema.views[view];
    declared.with_no_data = true;
    if !declared.materialized {
        return Some(vec![Site::View(view)]);
    }
    // It is what is filled from it that is wrong.
    let views = schema.views.iter().enumerate();
    let filled = views.filter(|(_, view)| view.materialized && !view.with_no_data);
    let wrong = filled.filter(|(_, view)| schema.reads_unfilled(view));
    let sites: Vec<Site> = wrong.map(|(at, _)| Site::ListedView(at)).collect();
    (!sites.is_empty()).then_some(sites)
}

pub(super) fn check_option(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let declared = &mut schema.views[view];
    declared.check_option = Some(random.pick(&["local", "cascaded"]));
    (declared.materialized || declared.reads.len() > 1).then(|| vec![Site::View(view)])
}

pub(super) fn named_as_table(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let table = random.below(schema.tables.len());
    if !matches!(
        schema.tables[table].namespace.as_deref(),
        None | Some("public")
    ) {
        return None;
    }
    schema.views[view].namespace = None;
    schema.views[view].name = schema.tables[table].sql_name();
    Some(vec![Site::ListedView(view), Site::Listed(table)])
}

pub(super) fn same_names(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let fields = &mut schema.views[view].fields;
    let (left, right) = (random.below(fields.len()), random.below(fields.len()));
    let name = fields[left].sql_name().to_owned();
    fields[right].name = Some(name);
    (left != right).then(|| vec![Site::ViewColumn(view, left.max(right))])
}

pub(super) fn circle(schema: &mut Schema, random: &mut Random) -> Sites {
    let view = any(schema, random)?;
    let later: Vec<usize> = (view..schema.views.len())
        .filter(|later| {
            let mut reads = schema.views[*later].reads.iter();
            *later == view || reads.any(|(relation, _)| *relation == Relation::View(view))
        })
        .collect();
    let other = random.pick(&later);
    let declared = &mut schema.views[view];
    // Only what is there in both can still be asked of it.
    for field in &mut declared.fields {
        field.output = Output::Constant;
        field.name = None;
    }
    for (at, field) in declared.fields.iter_mut().enumerate() {
        field.field = format!("result_{at}");
        field.renamed = true;
    }
    declared.condition = None;
    declared.check_option = None;
    declared.indexes.clear();
    declared.reads = vec![(Relation::View(other), Some("other"))];
    Some(vec![
        Site::View(view),
        Site::ListedView(view),
        Site::ListedView(other),
    ])
}

fn any(schema: &Schema, random: &mut Random) -> Option<usize> {
    (!schema.views.is_empty()).then(|| random.below(schema.views.len()))
}

/// A field of a view that is one column, about whose NULL no condition is.
fn column(schema: &Schema, random: &mut Random) -> Option<(usize, usize)> {
    let view = any(schema, random)?;
    let declared = &schema.views[view];
    let field = random.below(declared.fields.len());
    let is_column = matches!(declared.fields[field].output, Output::Column(..));
    (is_column && declared.condition.is_none()).then_some((view, field))
}
