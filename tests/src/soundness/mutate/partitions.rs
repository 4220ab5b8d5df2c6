//! Mistakes in declared partitions.

use crate::{
    random::Random,
    soundness::{
        model::Schema,
        partitions::{Bound, LEAST, MOST, Part, first_kind},
        source::Site,
    },
};

type Sites = Option<Vec<Site>>;

pub(super) fn wrong_value(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, keys, strategy) = any(schema, random)?;
    let declared = &schema.tables[table];
    let kind = first_kind(declared, declared.partition.as_ref()?)?;
    if kind.wrong_defaults.is_empty() || strategy == "hash" {
        return None;
    }
    let value = random.pick(kind.wrong_defaults);
    let bound = if strategy == "list" {
        Bound::List(vec![value])
    } else {
        let ends = |first| {
            (0..keys)
                .map(|at| if at == 0 { first } else { LEAST })
                .collect()
        };
        Bound::Range(ends(LEAST), ends(value))
    };
    only(schema, table, vec![bound])
}

pub(super) fn overlap(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, keys, strategy) = any(schema, random)?;
    let declared = &schema.tables[table];
    let kind = first_kind(declared, declared.partition.as_ref()?)?;
    let bounds = match (strategy, kind.defaults) {
        ("hash", _) => random
            .pick(
                &[
                    [Bound::Hash(4, 1), Bound::Hash(4, 1)],
                    [Bound::Hash(4, 1), Bound::Hash(8, 5)],
                    [Bound::Hash(4, 1), Bound::Hash(6, 2)],
                    [Bound::Hash(3, 3), Bound::Hash(3, 0)],
                ]
                .iter()
                .collect::<Vec<_>>(),
            )
            .to_vec(),
        (_, []) => return None,
        ("list", values) => {
            let value = random.pick(values);
            vec![
                Bound::List(vec![value]),
                Bound::List(vec![value, ("null", "NULL")]),
            ]
        }
        (_, values) => {
            let value = random.pick(values);
            let ends = |first, rest| -> Vec<_> {
                (0..keys)
                    .map(|at| if at == 0 { first } else { rest })
                    .collect()
            };
            random
                .pick(
                    &[
                        [
                            Bound::Range(ends(LEAST, LEAST), ends(MOST, MOST)),
                            Bound::Range(ends(value, LEAST), ends(MOST, MOST)),
                        ],
                        [
                            Bound::Range(ends(value, LEAST), ends(value, LEAST)),
                            Bound::Default,
                        ],
                        [
                            Bound::Range(ends(MOST, MOST), ends(value, LEAST)),
                            Bound::Default,
                        ],
                    ]
                    .iter()
                    .collect::<Vec<_>>(),
                )
                .to_vec()
        }
    };
    only(schema, table, bounds)
}

pub(super) fn two_defaults(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, ..) = any(schema, random)?;
    only(schema, table, vec![Bound::Default, Bound::Default])
}

pub(super) fn other_strategy(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, ..) = any(schema, random)?;
    let bound = match random.below(4) {
        0 => Bound::Hash(2, 0),
        1 => Bound::List(vec![("null", "NULL")]),
        2 => Bound::Range(vec![LEAST], vec![MOST]),
        _ => Bound::Range(vec![LEAST; 3], vec![MOST; 3]),
    };
    only(schema, table, vec![bound])
}

pub(super) fn named_as_table(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, ..) = any(schema, random)?;
    let other = random.below(schema.tables.len());
    let namespace = match schema.tables[other].namespace.as_deref() {
        None | Some("public") => Some("public"),
        Some("audit") => Some("audit"),
        Some(_) => return None,
    };
    let name = schema.tables[other].sql_name();
    let partition = schema.tables[table].partition.as_mut()?;
    let part = partition.parts.first_mut()?;
    part.namespace = namespace;
    part.name = name;
    part.divided = None;
    Some(vec![
        Site::Part(table, 0),
        Site::Listed(table),
        Site::Listed(other),
    ])
}

pub(super) fn nothing_to_divide(schema: &mut Schema, random: &mut Random) -> Sites {
    let (table, ..) = any(schema, random)?;
    let partition = schema.tables[table].partition.as_mut()?;
    if partition.strategy == "hash" && partition.parts.is_empty() {
        return None;
    }
    partition.count = Some(random.pick(&[2, 0]));
    let mut sites = vec![Site::Partition(table)];
    sites.extend((0..partition.parts.len()).map(|at| Site::Part(table, at)));
    Some(sites)
}

/// A partitioned table, with the number of its keys and how it is divided.
fn any(schema: &Schema, random: &mut Random) -> Option<(usize, usize, &'static str)> {
    let table = random.below(schema.tables.len());
    let partition = schema.tables[table].partition.as_ref()?;
    Some((table, partition.keys.len(), partition.strategy))
}

/// Gives a table these partitions alone.
fn only(schema: &mut Schema, table: usize, bounds: Vec<Bound>) -> Sites {
    let partition = schema.tables[table].partition.as_mut()?;
    partition.count = None;
    let part = |(at, bound)| Part {
        name: format!("only part {at}"),
        namespace: Some("public"),
        comment: None,
        bound,
        divided: None,
    };
    partition.parts = bounds.into_iter().enumerate().map(part).collect();
    Some(
        (0..partition.parts.len())
            .map(|at| Site::Part(table, at))
            .collect(),
    )
}
