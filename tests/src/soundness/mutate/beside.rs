//! Mistakes in what stands beside tables: types, sequences and objects.

use crate::{
    random::Random,
    soundness::{
        beside::Numbering,
        model::Schema,
        objects::{Object, Piece},
        source::Site,
        types::Form,
    },
};

type Sites = Option<Vec<Site>>;

/// Increment, least and greatest value, start and cache.
type Wrong = (
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

/// Options that the server takes of no sequence, or not of a small one.
const WRONG: &[Wrong] = &[
    (Some(0), None, None, None, None),
    (None, Some(5), Some(5), None, None),
    (None, Some(9), Some(5), None, None),
    (None, None, Some(9), Some(10), None),
    (None, Some(5), None, Some(4), None),
    (None, None, None, None, Some(0)),
    (None, None, None, None, Some(-1)),
    (None, None, Some(40_000), None, None),
    (Some(3_000_000_000), None, None, None, None),
    (Some(-1), Some(0), None, None, None),
    (None, None, Some(0), None, None),
    (None, None, None, Some(-9), None),
];

fn wrong(random: &mut Random) -> Numbering {
    let (increment, min, max, start, cache) = random.pick(WRONG);
    Numbering {
        increment,
        min,
        max,
        start,
        cache,
        ..Numbering::default()
    }
}

pub(super) fn sequence_options(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema.sequences.len(), random)?;
    schema.sequences[at].numbering = wrong(random);
    Some(vec![Site::Sequence(at)])
}

pub(super) fn identity_options(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, column) = super::any_column(schema, random);
    let declared = &mut schema.tables[table].columns[column];
    declared.identity?;
    declared.numbering = wrong(random);
    Some(vec![Site::Column(table, column)])
}

pub(super) fn owner_elsewhere(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema.sequences.len(), random)?;
    let sequence = &mut schema.sequences[at];
    sequence.owned_by?;
    sequence.namespace = Some("elsewhere".to_owned());
    Some(vec![Site::Sequence(at)])
}

pub(super) fn sequence_named_as_table(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema.sequences.len(), random)?;
    let table = random.below(schema.tables.len());
    schema.sequences[at].owned_by = None;
    schema.sequences[at].name = schema.tables[table].sql_name();
    schema.sequences[at].namespace = schema.tables[table].namespace.clone();
    Some(vec![Site::Sequence(at), Site::Listed(table)])
}

pub(super) fn same_object(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = any(schema.objects.len(), random)?;
    let copy = schema.objects[at].clone();
    if copy.said.is_some() {
        return None;
    }
    schema.objects.push(copy);
    Some(vec![Site::Object(schema.objects.len() - 1)])
}

/// A function or procedure whose name is a keyword, which the server takes of some keywords.
pub(super) fn keyword(schema: &mut Schema, random: &mut Random) -> Sites {
    let name = random.pick(&[
        "none",
        "select",
        "coalesce",
        "left",
        "user",
        "between",
        "table",
        "public",
        "name",
        "value",
        "row",
        "check",
        "ilike",
        "authorization",
    ]);
    let text = random
        .pick(&[
            format!("CREATE FUNCTION {name}() RETURNS int RETURN 1").as_str(),
            &format!("CREATE FUNCTION public.{name}() RETURNS int RETURN 1"),
            &format!("CREATE AGGREGATE {name} (bigint) (SFUNC = int8pl, STYPE = bigint)"),
            &format!("CREATE TYPE {name} AS RANGE (SUBTYPE = float8)"),
            &format!("CREATE PROCEDURE {name}() LANGUAGE sql AS 'select 1'"),
        ])
        .to_owned();
    schema.objects.push(Object {
        text: vec![Piece::Sql(text)],
        comment: None,
        depends: Vec::new(),
        before: None,
        said: None,
        early: false,
    });
    Some(vec![Site::Object(schema.objects.len() - 1)])
}

pub(super) fn label(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = used_type(schema, random)?;
    let long: &'static str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    let Form::Enum { variants } = &mut schema.types[at].form else {
        return None;
    };
    let variant = random.below(variants.list.len());
    if variants.list.len() > 1 && random.one_in(2) {
        let other = (variant + 1) % variants.list.len();
        variants.list[variant].1 = Some("twice");
        variants.list[other].1 = Some("twice");
    } else {
        variants.list[variant].1 = Some(long);
    }
    without_defaults(schema);
    Some(vec![Site::Type(at)])
}

pub(super) fn domain(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = used_type(schema, random)?;
    let Form::Domain {
        of,
        checks,
        default,
        collate,
        ..
    } = &mut schema.types[at].form
    else {
        return None;
    };
    match random.below(3) {
        0 if !of.wrong_defaults.is_empty() && !of.is_verbatim() => {
            *default = Some(random.pick(of.wrong_defaults));
        }
        1 if !of.family.is_collatable() && !of.is_verbatim() => *collate = Some("C"),
        2 => {
            let twice = ("VALUE is not null or true", Some("a check".to_owned()));
            checks.extend([twice.clone(), twice]);
        }
        _ => return None,
    }
    Some(vec![Site::Type(at)])
}

pub(super) fn composite(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = used_type(schema, random)?;
    let Form::Composite { attributes } = &mut schema.types[at].form else {
        return None;
    };
    let part = random.below(attributes.len());
    if attributes.len() > 1 && random.one_in(2) {
        let name = attributes[(part + 1) % attributes.len()]
            .sql_name()
            .to_owned();
        attributes[part].name = Some(name);
    } else if !attributes[part].kind.family.is_collatable() && !attributes[part].kind.is_verbatim()
    {
        attributes[part].collate = Some("C");
    } else {
        return None;
    }
    Some(vec![Site::Type(at)])
}

pub(super) fn type_named_as_table(schema: &mut Schema, random: &mut Random) -> Sites {
    let at = used_type(schema, random)?;
    let table = random.below(schema.tables.len());
    let namespace = match schema.tables[table].namespace.as_deref() {
        None | Some("public") => None,
        Some("audit") => Some("audit"),
        Some(_) => return None,
    };
    schema.types[at].namespace = namespace;
    schema.types[at].name = schema.tables[table].sql_name();
    // Its kinds have its name in them.
    without_defaults(schema);
    let sites = vec![Site::Type(at), Site::Listed(table)];
    let sites = sites
        .into_iter()
        .chain((0..schema.tables.len()).map(Site::Listed))
        .chain((0..schema.views.len()).map(Site::ListedView));
    Some(sites.collect())
}

/// Drops what may name a label, for that would be another mistake.
fn without_defaults(schema: &mut Schema) {
    for table in &mut schema.tables {
        for column in &mut table.columns {
            column.default = None;
        }
        for key in &mut table.foreign_keys {
            for action in [&mut key.on_delete, &mut key.on_update] {
                if action
                    .as_ref()
                    .is_some_and(|action| action.word == "set_default")
                {
                    *action = None;
                }
            }
        }
        if let Some(partition) = &mut table.partition {
            partition.parts.clear();
        }
    }
    for ty in &mut schema.types {
        if let Form::Domain { default, .. } = &mut ty.form {
            *default = None;
        }
    }
}

/// A type that the server gets to see.
fn used_type(schema: &Schema, random: &mut Random) -> Option<usize> {
    let at = any(schema.types.len(), random)?;
    let mut used = schema.listed_types().into_iter();
    used.any(|ty| ty.ident == schema.types[at].ident)
        .then_some(at)
}

fn any(count: usize, random: &mut Random) -> Option<usize> {
    (count > 0).then(|| random.below(count))
}
