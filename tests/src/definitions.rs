//! Random definitions that PostgreSQL accepts, with names it has to quote, to cut and to number. They live as long as the
//! process, as the derive's do.

mod parts;

use schema_core::def::{
    CheckDef, ColumnDef, DefaultDef, Deferrable, ForeignKeyDef, Identity, IdentityDef, IndexDef,
    KeyDef, Location, PolicyCommand, PolicyDef, Position, ReferentialActionDef, SqlPart, SqlText,
    TableDef, TableEntry, TableName,
};
use schema_core::ty::TypeDef;

use crate::random::Random;

/// Which tables a foreign key may reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum References {
    /// Its own and those before it.
    Backward,
    /// Any, so that cycles come about.
    Any,
}

/// Names that need quotes, that are as long as can be, that are cut in the middle of a character, and that are cut to the
/// same.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<String> = [
        "a", "b", "a_b", "t", "id", "order", "user", "Name", "it's", "na me", "6", "position",
    ]
    .iter()
    .map(|name| (*name).to_owned())
    .collect();
    names.extend(
        [
            "\"q\"", "a\\b", "größe", "日本", "a.b", "select", "check", "$1", "--", "e'", "",
        ]
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| (*name).to_owned()),
    );
    names.push("x".repeat(63));
    names.push(format!("{}y", "x".repeat(62)));
    names.push("日".repeat(21));
    names.push(format!("{}é", "日".repeat(20)));
    names.push("é".repeat(31));
    names.push(format!("a{}", "é".repeat(31)));
    names.push("😀".repeat(15));
    names.push("long_column_name_that_goes_on_and_on".to_owned());
    names.push("long_column_name_that_goes_on_and_on_and_on".to_owned());
    names.into_iter().map(|name| &*name.leak()).collect()
}

/// Some tables of a schema, each with everything a definition may say.
#[must_use]
pub fn tables(random: &mut Random, references: References) -> Vec<TableEntry> {
    let namespaces: &[&str] = &["public", "public", "audit", "Other one"];
    let namespace = random.pick(namespaces);
    let table_names = random.some(&names(), 5);
    let defs: Vec<&TableDef> = table_names
        .into_iter()
        .map(|name| &*Box::leak(Box::new(table(random, TableName::new(namespace, name)))))
        .collect();
    let entry = |(at, table): (usize, &&'static TableDef)| {
        let visible = match references {
            References::Backward => &defs[..=at],
            References::Any => &defs,
        };
        let count = random.below(4);
        let keys = (0..count).map(|_| foreign_key(random, table, visible));
        TableEntry {
            table,
            foreign_keys: keys.collect::<Vec<_>>().leak(),
        }
    };
    defs.iter().enumerate().map(entry).collect()
}

fn table(random: &mut Random, name: TableName) -> TableDef {
    let mut columns = columns(random);
    let numbers: Vec<&'static str> = columns
        .iter()
        .filter(|column| column.sql_type == TypeDef::BigInt && column.generated.is_none())
        .map(|column| column.name)
        .collect();
    let key = KeyDef::new(random.some(&numbers, 3).leak());
    for column in &mut columns {
        column.nullable &= !key.columns.contains(&column.name);
    }
    let location = Location::of("Random");
    TableDef {
        comment: parts::comment(random),
        primary_key: Some(key),
        uniques: uniques(random, &numbers, key.columns),
        checks: checks(random, &numbers),
        indexes: indexes(random, &columns),
        row_level_security: random.one_in(4),
        policies: policies(random, &numbers),
        columns: columns.leak(),
        ..TableDef::new(name, location)
    }
}

/// Three numbers or more, which keys are made of, and columns of other types.
fn columns(random: &mut Random) -> Vec<ColumnDef> {
    let names = random.some(&names(), 8);
    let mut columns = Vec::new();
    for at in 0..names.len().max(3) {
        let name = names.get(at).copied().unwrap_or(["c0", "c1", "c2"][at % 3]);
        let field = format!("field_{at}").leak();
        columns.push(match at {
            0..=2 => number(random, field, name, at),
            _ => parts::typed_column(random, field, name),
        });
    }
    if random.one_in(4) {
        let twice = vec![SqlPart::Column(columns[0].name), SqlPart::Text(" * 2")];
        columns.push(ColumnDef {
            generated: Some(SqlText(twice.leak())),
            ..ColumnDef::with_type("twice", "twice", TypeDef::BigInt, true)
        });
    }
    columns
}

fn number(random: &mut Random, field: &'static str, name: &'static str, at: usize) -> ColumnDef {
    let column = ColumnDef::with_type(field, name, TypeDef::BigInt, random.one_in(2));
    match random.below(6) {
        0 if at == 0 => ColumnDef {
            nullable: false,
            identity: Some(IdentityDef::new(
                random.pick(&[Identity::Always, Identity::ByDefault]),
            )),
            ..column
        },
        1 => ColumnDef {
            default: Some(DefaultDef::Integer(-5)),
            ..column
        },
        2 => ColumnDef {
            comment: parts::comment(random),
            ..column
        },
        _ => column,
    }
}

/// Unique constraints over sets of columns of their own; now and then one that repeats the primary key.
fn uniques(
    random: &mut Random,
    numbers: &[&'static str],
    key: &'static [&'static str],
) -> &'static [KeyDef] {
    let mut taken = vec![sorted(key)];
    let mut uniques = Vec::new();
    for _ in 0..random.below(4) {
        let columns = random.some(numbers, 3);
        if taken.contains(&sorted(&columns)) {
            continue;
        }
        taken.push(sorted(&columns));
        uniques.push(KeyDef {
            nulls_not_distinct: random.one_in(4),
            include: parts::include(random, numbers),
            ..KeyDef::new(columns.leak())
        });
    }
    uniques.leak()
}

fn sorted(columns: &[&'static str]) -> Vec<&'static str> {
    let mut columns = columns.to_vec();
    columns.sort_unstable();
    columns
}

fn checks(random: &mut Random, numbers: &[&'static str]) -> &'static [CheckDef] {
    let checks = (0..random.below(5)).map(|_| CheckDef {
        no_inherit: random.one_in(6),
        ..CheckDef::new(parts::condition(random, numbers))
    });
    checks.collect::<Vec<_>>().leak()
}

fn indexes(random: &mut Random, columns: &[ColumnDef]) -> &'static [IndexDef] {
    let indexes = (0..random.below(5)).map(|_| parts::index(random, columns));
    indexes.collect::<Vec<_>>().leak()
}

fn policies(random: &mut Random, numbers: &[&'static str]) -> &'static [PolicyDef] {
    if !random.one_in(4) {
        return &[];
    }
    let commands = [PolicyCommand::All, PolicyCommand::Update];
    let policies = random.some(&names(), 2).into_iter().map(|name| PolicyDef {
        position: Position::here(),
        name,
        restrictive: random.one_in(2),
        command: random.pick(&commands),
        roles: &[],
        using: Some(parts::condition(random, numbers)),
        with_check: random.one_in(2).then(|| parts::condition(random, numbers)),
        comment: None,
    });
    policies.collect::<Vec<_>>().leak()
}

fn foreign_key(
    random: &mut Random,
    table: &TableDef,
    visible: &[&'static TableDef],
) -> ForeignKeyDef {
    let referenced = random.pick(visible);
    let keys: Vec<&KeyDef> = referenced
        .primary_key
        .iter()
        .chain(referenced.uniques)
        .collect();
    let key = random.pick(&keys);
    let field = |name: &&str| {
        let mut columns = referenced.columns.iter();
        columns
            .find(|column| column.name == *name)
            .expect("keys have columns")
            .field
    };
    let by_default = referenced
        .primary_key
        .is_some_and(|primary| primary.columns == key.columns)
        && random.one_in(2);
    let fields: Vec<&'static str> = if by_default {
        Vec::new()
    } else {
        key.columns.iter().map(field).collect()
    };
    let numbers: Vec<&'static str> = table
        .columns
        .iter()
        .filter(|column| column.sql_type == TypeDef::BigInt && column.generated.is_none())
        .map(|column| column.name)
        .collect();
    let mut columns = random.some(&numbers, 1);
    while columns.len() < key.columns.len() {
        let rest: Vec<_> = numbers
            .iter()
            .filter(|name| !columns.contains(*name))
            .copied()
            .collect();
        columns.push(random.pick(&rest));
    }
    let columns: &'static [&'static str] = columns.leak();
    ForeignKeyDef {
        on_delete: action(random, &columns[..1]),
        on_update: action(random, &[]),
        match_full: random.one_in(5),
        deferrable: parts::deferrable(random),
        ..ForeignKeyDef::new(columns, referenced, fields.leak())
    }
}

fn action(random: &mut Random, columns: &'static [&'static str]) -> ReferentialActionDef {
    match random.below(6) {
        0 => ReferentialActionDef::Restrict,
        1 => ReferentialActionDef::Cascade,
        2 => ReferentialActionDef::SetNull(if random.one_in(2) { columns } else { &[] }),
        3 => ReferentialActionDef::SetDefault(if random.one_in(2) { columns } else { &[] }),
        _ => ReferentialActionDef::NoAction,
    }
}

/// Every way to be deferrable.
pub const DEFERRABLE: [Option<Deferrable>; 3] = [
    None,
    Some(Deferrable::InitiallyImmediate),
    Some(Deferrable::InitiallyDeferred),
];
