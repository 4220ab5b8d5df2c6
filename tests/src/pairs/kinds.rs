//! What random definitions do not have: types of one's own, partitions, views, and columns that change their type.

use std::collections::BTreeMap;

use schema_core::{
    ident,
    schema::{
        BoundValue, Column, Domain, DomainCheck, EnumType, Expression, Identity,
        IdentityGeneration, Index, IndexKey, Indexed, Partition, PartitionBound, PartitionBy,
        PartitionStrategy, PrimaryKey, QualifiedName, Schema, SequenceOptions, Table, View,
        ViewColumn,
    },
};

use crate::random::Random;

/// The types a column may have, each of which the values of the others can become.
const FAMILIES: [(&str, &[&str]); 4] = [
    (
        "plain_a",
        &["integer", "bigint", "numeric(12,2)", "text", "smallint"],
    ),
    ("plain_b", &["text", "varchar(20)", "varchar(40)"]),
    (
        "plain_c",
        &[
            "numeric(10,2)",
            "numeric(12,4)",
            "numeric",
            "double precision",
        ],
    ),
    ("plain_d", &["timestamptz", "timestamp", "date"]),
];

fn public(name: impl Into<String>) -> QualifiedName {
    QualifiedName::new("public", name)
}

fn column(name: &str, ty: &str) -> Column {
    Column {
        nullable: true,
        ..Column::new(name, ty.parse().expect("it is a type"))
    }
}

/// Adds to a schema what both versions begin with.
pub(super) fn enrich(random: &mut Random, schema: &mut Schema) {
    for at in 0..random.below(3) {
        let labels = ["on", "off", "idle", "away"][..2 + random.below(3)].iter();
        schema.enums.push(EnumType {
            name: public(format!("mood_{at}")),
            labels: labels.map(ToString::to_string).collect(),
            comment: None,
        });
    }
    if random.one_in(2) {
        schema.domains.push(amount());
    }
    let enums: Vec<String> = schema.enums.iter().map(|it| it.name.to_string()).collect();
    let has_domain = !schema.domains.is_empty();
    for (at, table) in schema.tables.iter_mut().enumerate() {
        for name in &enums {
            if random.one_in(2) {
                let mut mood = column(name, &format!("public.{name}"));
                mood.default = Some(Expression::new(format!("'on'::{name}")));
                table.columns.push(mood);
            }
        }
        if has_domain && random.one_in(2) {
            table.columns.push(column("amount", "public.amount"));
        }
        for (name, types) in FAMILIES {
            if random.one_in(2) {
                table.columns.push(column(name, types[0]));
            }
        }
        if random.one_in(3) {
            table.columns.push(column("factor", "integer"));
            table.columns.push(Column {
                generated: Some(Expression::new("factor * 2")),
                ..column("product", "integer")
            });
        }
        if random.one_in(3) {
            table.columns.push(Column {
                nullable: false,
                identity: Some(identity(IdentityGeneration::Always, at)),
                ..column("counted", "bigint")
            });
        }
    }
    if random.one_in(2) {
        schema.tables.push(parted(random));
    }
}

fn amount() -> Domain {
    let mut amount = Domain::new(public("amount"), "bigint".parse().expect("it is a type"));
    amount.checks.push(DomainCheck {
        name: "amount_check".to_owned(),
        expression: Expression::new("VALUE >= 0"),
        not_valid: false,
        comment: None,
    });
    amount
}

fn identity(generation: IdentityGeneration, at: usize) -> Identity {
    Identity {
        generation,
        sequence: format!("counted_{at}_seq"),
        options: SequenceOptions::of(i64::MAX, 1),
    }
}

fn parted(random: &mut Random) -> Table {
    let by_list = random.one_in(2);
    let mut id = column("id", "bigint");
    id.nullable = false;
    let key = if by_list { "kind" } else { "id" };
    let part = |at: usize| {
        let bound = if by_list {
            PartitionBound::List(vec![Expression::new(format!("'{at}'"))])
        } else {
            let value =
                |at: usize| vec![BoundValue::Value(Expression::new(format!("'{}'", at * 10)))];
            PartitionBound::Range {
                from: value(at),
                to: value(at + 1),
            }
        };
        Partition::new(public(format!("parted_{at}")), bound)
    };
    Table {
        columns: vec![id, column("kind", "text"), column("plain_a", "integer")],
        primary_key: (!by_list).then(|| PrimaryKey {
            name: "parted_pkey".to_owned(),
            columns: vec!["id".to_owned()],
            include: Vec::new(),
            with: BTreeMap::new(),
            deferrable: None,
            comment: None,
        }),
        partition_by: Some(PartitionBy {
            strategy: if by_list {
                PartitionStrategy::List
            } else {
                PartitionStrategy::Range
            },
            keys: vec![IndexKey::new(Indexed::Column(key.to_owned()))],
            partitions: (0..4).map(part).collect(),
        }),
        ..Table::new(public("parted"))
    }
}

/// Changes a version in what [`enrich`] gave it.
pub(super) fn change(random: &mut Random, schema: &mut Schema) {
    schema.enums.iter_mut().for_each(|it| relabel(random, it));
    for domain in &mut schema.domains {
        if random.one_in(3) {
            domain.checks.clear();
        }
        domain.default = random.one_in(3).then(|| Expression::new("1"));
        domain.comment = random.one_in(3).then(|| "How much.".to_owned());
    }
    for table in &mut schema.tables {
        let is_parted = table.partition_by.is_some();
        if let Some(by) = &mut table.partition_by {
            by.partitions.retain(|_| !random.one_in(4));
        } else if random.one_in(5) {
            table.with.insert(
                "fillfactor".to_owned(),
                random.pick(&["70", "90"]).to_owned(),
            );
        }
        for column in &mut table.columns {
            change_column(random, column, is_parted);
        }
        if is_parted {
            divide(random, table);
        }
    }
}

/// Now and then divides a table in another way, or no more.
fn divide(random: &mut Random, table: &mut Table) {
    if random.one_in(6) {
        table.partition_by = None;
    } else if table.column("id").is_none() {
        return;
    } else if random.one_in(6) {
        table.partition_by = Some(by_hash("hashed"));
    }
    let parts = table.partition_by.iter_mut();
    for part in parts.flat_map(|by| &mut by.partitions) {
        if random.one_in(8) {
            let name = part.table.name.name.clone();
            part.table.partition_by = Some(by_hash(&name));
        }
    }
}

/// Two partitions by the hash of `id`.
fn by_hash(name: &str) -> PartitionBy {
    let part = |remainder: u32| {
        let bound = PartitionBound::Hash {
            modulus: 2,
            remainder,
        };
        Partition::new(public(format!("{name}_{remainder}")), bound)
    };
    PartitionBy {
        strategy: PartitionStrategy::Hash,
        keys: vec![IndexKey::new(Indexed::Column("id".to_owned()))],
        partitions: (0..2).map(part).collect(),
    }
}

/// Takes a label away, puts one in, or turns two around; the default stays.
fn relabel(random: &mut Random, ty: &mut EnumType) {
    let labels = &mut ty.labels;
    if random.one_in(5) {
        let at = 1 + random.below(labels.len() - 1);
        labels.remove(at);
    }
    if random.one_in(3) {
        let at = random.below(labels.len() + 1);
        labels.insert(at, random.pick(&["new", "it's"]).to_owned());
    }
    if random.one_in(8) {
        labels.reverse();
    }
    ty.comment = random.one_in(4).then(|| "How one feels.".to_owned());
}

fn change_column(random: &mut Random, column: &mut Column, is_parted: bool) {
    let family = FAMILIES.iter().find(|(name, _)| *name == column.name);
    if let Some((_, types)) = family {
        if random.one_in(2) && !is_parted {
            column.sql_type = random.pick(types).parse().expect("it is a type");
        }
        column.default = random.one_in(3).then(|| default(random, column));
        column.nullable = !random.one_in(4);
    }
    match column.name.as_str() {
        "product" if random.one_in(4) => {
            // What it multiplies may have another name by now.
            let other = |it: &Expression| Expression::new(it.as_str().replace("* 2", "* 3"));
            column.generated = column.generated.as_ref().map(other);
        }
        "product" if random.one_in(4) => column.generated = None,
        "counted" => match (random.below(4), &mut column.identity) {
            (0, identity) => *identity = None,
            (1, Some(identity)) => identity.generation = IdentityGeneration::ByDefault,
            _ => {}
        },
        _ => {}
    }
}

fn default(random: &mut Random, column: &Column) -> Expression {
    let number = random.below(9);
    Expression::new(match column.sql_type.name.as_str() {
        "text" | "varchar" => format!("'{number}'"),
        "timestamptz" | "timestamp" => "now()".to_owned(),
        "date" => format!("'2026-01-0{}'", number + 1),
        _ => number.to_string(),
    })
}

/// Gives a version its views; those of one name in two versions may differ in everything.
pub(super) fn views(random: &mut Random, schema: &mut Schema) {
    let tables = schema
        .tables
        .iter()
        .filter(|table| !table.columns.is_empty());
    let tables: Vec<&Table> = tables.collect();
    if tables.is_empty() {
        return;
    }
    let mut views = Vec::new();
    for at in 0..3 {
        if random.one_in(3) {
            continue;
        }
        let table = random.pick(&tables);
        let columns: Vec<&Column> = table.columns.iter().collect();
        views.push(view(random, &format!("view_{at}"), table, columns));
    }
    if let Some(below) = views.first().filter(|_| random.one_in(2)) {
        let query = format!("SELECT count(*) AS n FROM {}", below.name.render());
        views.push(View {
            columns: vec![view_column("n")],
            depends_on: vec![below.name.clone()],
            ..View::new(public("a_top"), Expression::new(query))
        });
    }
    schema.views = views;
}

fn view(random: &mut Random, name: &str, table: &Table, columns: Vec<&Column>) -> View {
    let mut chosen = random.some(&columns, 3);
    chosen.sort_by(|one, other| one.name.cmp(&other.name));
    let list: Vec<_> = chosen
        .iter()
        .map(|column| ident::quote(&column.name))
        .collect();
    let query = format!("SELECT {} FROM {}", list.join(", "), table.name.render());
    let materialized = random.one_in(3);
    let number = chosen
        .iter()
        .find(|column| column.sql_type.name == "bigint");
    let index = number.filter(|_| materialized).map(|column| Index {
        name: format!("{name}_index"),
        unique: false,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys: vec![IndexKey::new(Indexed::Column(column.name.clone()))],
        include: Vec::new(),
        with: BTreeMap::new(),
        predicate: None,
        invalid: false,
        comment: None,
    });
    View {
        materialized,
        comment: random.one_in(3).then(|| "Seen.".to_owned()),
        columns: chosen
            .iter()
            .map(|column| view_column(&column.name))
            .collect(),
        indexes: index.into_iter().collect(),
        depends_on: vec![table.name.clone()],
        ..View::new(public(name), Expression::new(query))
    }
}

fn view_column(name: &str) -> ViewColumn {
    ViewColumn {
        name: name.to_owned(),
        comment: None,
    }
}
