//! Random views that are valid by construction.

use super::{Field, Output, Relation, View};
use crate::{
    random::Random,
    soundness::{generate::Names, model::Schema},
};

const ALIASES: &[&str] = &["u", "m", "order", "größe_", "T0", "x1", "desc", "value"];
const OPTIONS: &[(&str, &str)] = &[
    ("security_barrier", "security_barrier"),
    ("security_barrier = false", "security_barrier = false"),
    ("security_invoker", "security_invoker"),
];

/// Adds views to a schema of tables.
pub(in crate::soundness) fn add(random: &mut Random, names: &mut Names, schema: &mut Schema) {
    while random.one_in(3) && schema.views.len() < 3 {
        let view = view(random, names, schema);
        schema.views.push(view);
    }
    schema.views_first = random.one_in(2);
}

fn view(random: &mut Random, names: &mut Names, schema: &Schema) -> View {
    let mut view = View {
        ident: names.ident(random),
        namespace: random.pick(&[None, None, Some("public"), Some("audit")]),
        comment: random.one_in(4).then_some("what's to \"see\""),
        ..View::default()
    };
    view.name = names.table(random, view.namespace.unwrap_or("public"));
    let count = 1 + usize::from(random.one_in(3));
    for at in 0..count {
        let relation = match random.below(schema.tables.len() + schema.views.len()) {
            table if table < schema.tables.len() => Relation::Table(table),
            other => Relation::View(other - schema.tables.len()),
        };
        // By its first letter alone a struct is told from a column.
        let is_plain = schema.ident(relation).starts_with(char::is_uppercase);
        let aliased = count > 1 || !is_plain || random.one_in(2);
        let alias = aliased.then(|| ALIASES[at * 4 + random.below(4)]);
        view.reads.push((relation, alias));
    }
    view.outer = count > 1 && random.one_in(2);
    fields(random, names, schema, &mut view);
    view.materialized = random.one_in(3);
    if view.materialized {
        view.with_no_data = random.one_in(4) || schema.reads_unfilled(&view);
        view.with = random
            .one_in(4)
            .then_some(("fillfactor = 70", "fillfactor = 70"));
        while random.one_in(2) && view.indexes.len() < 2 {
            add_index(random, names, schema, &mut view);
        }
    } else {
        view.with = random.one_in(3).then(|| random.pick(OPTIONS));
        let is_column = |field: &Field| matches!(field.output, Output::Column(..));
        let is_table = matches!(view.reads[..], [(Relation::Table(_), _)]);
        if is_table && view.fields.iter().any(is_column) {
            view.check_option = random
                .one_in(3)
                .then(|| random.pick(&["local", "cascaded"]));
        }
    }
    view
}

fn fields(random: &mut Random, names: &mut Names, schema: &Schema, view: &mut View) {
    names.columns.clear();
    let count = 1 + random.below(4);
    for at in 0..count {
        let read = random.below(view.reads.len());
        let relation = view.reads[read].0;
        let column = random.below(schema.width(relation));
        let output = match random.below(6) {
            0 => Output::IsNull(read, column),
            1 => Output::Constant,
            _ => Output::Column(read, column),
        };
        let own = schema.field(relation, column);
        // The query calls a column as its field, and other results as it says.
        let is_own = matches!(output, Output::Column(..)) && random.one_in(2);
        let is_own = is_own && names.columns.insert(own.clone());
        let field = if is_own {
            own
        } else {
            format!("v{}_{at}", schema.views.len())
        };
        let name = names.column(random, &field);
        view.fields.push(Field {
            field,
            name,
            output,
            renamed: !is_own,
            comment: random.one_in(6).then_some("it's a result"),
        });
    }
    if random.one_in(4) {
        let read = random.below(view.reads.len());
        let column = random.below(schema.width(view.reads[read].0));
        view.condition = Some((read, column));
    }
}

fn add_index(random: &mut Random, names: &mut Names, schema: &Schema, view: &mut View) {
    let is_ordered = |field: &usize| {
        let kind = schema.shown(view, &view.fields[*field]).kind;
        kind.family.is_ordered() && !kind.is_verbatim()
    };
    let fields: Vec<usize> = (0..view.fields.len()).filter(is_ordered).collect();
    if !fields.is_empty() {
        let index = (
            random.some(&fields, 2),
            random.one_in(2),
            names.object(random),
        );
        view.indexes.push(index);
    }
}
