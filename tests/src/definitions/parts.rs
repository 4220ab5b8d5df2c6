//! The parts of random tables.

use schema_core::def::{
    ColumnDef, Compression, DefaultDef, Deferrable, IndexDef, IndexKeyDef, IndexedDef, NullsOrder,
    SortOrder, SqlPart, SqlText, Storage,
};
use schema_core::ty::TypeDef;

use crate::random::Random;

/// Types that no key is made of, with a default for each.
const TYPES: &[(TypeDef, DefaultDef)] = &[
    (TypeDef::Boolean, DefaultDef::Boolean(true)),
    (TypeDef::SmallInt, DefaultDef::Integer(-32_768)),
    (TypeDef::Integer, DefaultDef::Integer(7)),
    (TypeDef::Real, DefaultDef::Float("1.5")),
    (TypeDef::DoublePrecision, DefaultDef::Integer(0)),
    (TypeDef::Numeric(None), DefaultDef::Float("1.25")),
    (TypeDef::Numeric(Some((12, 3))), DefaultDef::Integer(3)),
    (TypeDef::Money, DefaultDef::Text("$1.00")),
    (TypeDef::Text, DefaultDef::Text("it's \\ \"it\"")),
    (TypeDef::Text, DefaultDef::Text("")),
    (TypeDef::Varchar(None), DefaultDef::Text("é")),
    (TypeDef::Varchar(Some(32)), DefaultDef::Text("offline")),
    (TypeDef::Char(Some(3)), DefaultDef::Text("abc")),
    (TypeDef::Char(None), DefaultDef::Text("c")),
    (TypeDef::Bytea, DefaultDef::Text("\\x00ff")),
    (TypeDef::Date, DefaultDef::Text("2024-02-29")),
    (TypeDef::Time(Some(3)), DefaultDef::Text("12:00:00")),
    (TypeDef::Timetz(None), DefaultDef::Text("12:00:00+00")),
    (
        TypeDef::Timestamp(Some(0)),
        DefaultDef::Text("2024-01-01 00:00:00"),
    ),
    (
        TypeDef::Timestamptz(None),
        DefaultDef::Sql(SqlText(&[SqlPart::Text("now()")])),
    ),
    (
        TypeDef::Timestamptz(Some(3)),
        DefaultDef::Sql(SqlText(&[SqlPart::Text("now()")])),
    ),
    (TypeDef::Interval, DefaultDef::Text("1 day")),
    (
        TypeDef::Verbatim("interval day to second(2)"),
        DefaultDef::Text("1 day"),
    ),
    (
        TypeDef::Uuid,
        DefaultDef::Sql(SqlText(&[SqlPart::Text("gen_random_uuid()")])),
    ),
    (TypeDef::Json, DefaultDef::Text("{}")),
    (TypeDef::Jsonb, DefaultDef::Text("{}")),
    (TypeDef::Inet, DefaultDef::Text("::1")),
    (TypeDef::Cidr, DefaultDef::Text("10.0.0.0/8")),
    (TypeDef::Macaddr, DefaultDef::Text("00:00:00:00:00:00")),
    (
        TypeDef::Macaddr8,
        DefaultDef::Text("00:00:00:00:00:00:00:00"),
    ),
    (TypeDef::Int4Range, DefaultDef::Text("[1,2)")),
    (TypeDef::Int8Range, DefaultDef::Text("empty")),
    (TypeDef::NumRange, DefaultDef::Text("empty")),
    (TypeDef::TsRange, DefaultDef::Text("empty")),
    (TypeDef::TstzRange, DefaultDef::Text("empty")),
    (TypeDef::DateRange, DefaultDef::Text("empty")),
    (TypeDef::Bit(None), DefaultDef::Text("1")),
    (TypeDef::Bit(Some(3)), DefaultDef::Text("101")),
    (TypeDef::Varbit(Some(8)), DefaultDef::Text("101")),
    (TypeDef::Varbit(None), DefaultDef::Text("")),
    (TypeDef::Oid, DefaultDef::Integer(7)),
    (TypeDef::TsVector, DefaultDef::Text("")),
    (TypeDef::TsQuery, DefaultDef::Text("")),
    (TypeDef::Point, DefaultDef::Text("(0,0)")),
    (TypeDef::Array(&TypeDef::Integer), DefaultDef::Text("{1,2}")),
    (
        TypeDef::Array(&TypeDef::Varchar(Some(9))),
        DefaultDef::Text("{}"),
    ),
    (
        TypeDef::Verbatim("pg_catalog.\"char\""),
        DefaultDef::Text("c"),
    ),
    (TypeDef::Verbatim("name"), DefaultDef::Text("n")),
];

/// A column of any type, with what the type can have.
pub(super) fn typed_column(
    random: &mut Random,
    field: &'static str,
    name: &'static str,
) -> ColumnDef {
    let (sql_type, default) = random.pick(TYPES);
    let is_text = sql_type == TypeDef::Text;
    ColumnDef {
        default: random.one_in(2).then_some(default),
        collation: (is_text && random.one_in(3)).then_some("C"),
        storage: (is_text && random.one_in(3))
            .then(|| random.pick(&[Storage::External, Storage::Main])),
        compression: (is_text && random.one_in(3))
            .then(|| random.pick(&[Compression::Pglz, Compression::Lz4])),
        comment: comment(random),
        ..ColumnDef::with_type(field, name, sql_type, random.one_in(2))
    }
}

pub(super) fn comment(random: &mut Random) -> Option<&'static str> {
    let comments = [
        "It's a \"comment\".",
        "two\nlines",
        "a \\ and 😀",
        "$$ -- ; /*",
    ];
    random.one_in(3).then(|| random.pick(&comments))
}

/// A condition as the server would write it.
pub(super) fn condition(random: &mut Random, numbers: &[&'static str]) -> SqlText {
    let column = SqlPart::Column(random.pick(numbers));
    let parts = match random.below(4) {
        0 => vec![
            column,
            SqlPart::Text(" < "),
            SqlPart::Column(random.pick(numbers)),
        ],
        1 => vec![column, SqlPart::Text(" IS NOT NULL")],
        2 => vec![SqlPart::Text("1 > 0")],
        _ => vec![column, SqlPart::Text(" > 0")],
    };
    SqlText(parts.leak())
}

pub(super) fn include(random: &mut Random, columns: &[&'static str]) -> &'static [&'static str] {
    if random.one_in(4) {
        random.some(columns, 2).leak()
    } else {
        &[]
    }
}

pub(super) fn deferrable(random: &mut Random) -> Option<Deferrable> {
    random.pick(&super::DEFERRABLE)
}

/// A B-tree over numbers, texts and expressions, or another method over one column.
pub(super) fn index(random: &mut Random, columns: &[ColumnDef]) -> IndexDef {
    let of_type = |sql_type: TypeDef| -> Vec<&'static str> {
        let columns = columns.iter().filter(|column| column.sql_type == sql_type);
        columns.map(|column| column.name).collect()
    };
    let (numbers, texts) = (of_type(TypeDef::BigInt), of_type(TypeDef::Text));
    let predicate = random.one_in(4).then(|| condition(random, &numbers));
    if random.one_in(5) {
        let method = random.pick(&["hash", "brin"]);
        let key = IndexKeyDef::column(random.pick(&numbers));
        return IndexDef {
            method: Some(method),
            predicate,
            ..IndexDef::new(vec![key].leak())
        };
    }
    let count = 1 + random.below(3);
    let keys: Vec<IndexKeyDef> = (0..count).map(|_| key(random, &numbers, &texts)).collect();
    let unique = random.one_in(3);
    IndexDef {
        unique,
        nulls_not_distinct: unique && random.one_in(2),
        include: include(random, &numbers),
        with: if random.one_in(4) {
            &[("fillfactor", "70")]
        } else {
            &[]
        },
        predicate,
        ..IndexDef::new(keys.leak())
    }
}

fn key(random: &mut Random, numbers: &[&'static str], texts: &[&'static str]) -> IndexKeyDef {
    let key = match random.below(4) {
        0 => expression(random, numbers, texts),
        1 if !texts.is_empty() => IndexKeyDef {
            operator_class: random.one_in(2).then_some("text_pattern_ops"),
            collation: random.one_in(2).then_some("POSIX"),
            ..IndexKeyDef::column(random.pick(texts))
        },
        _ => IndexKeyDef::column(random.pick(numbers)),
    };
    IndexKeyDef {
        order: random.pick(&[None, Some(SortOrder::Asc), Some(SortOrder::Desc)]),
        nulls: random.pick(&[None, None, Some(NullsOrder::First), Some(NullsOrder::Last)]),
        ..key
    }
}

fn expression(
    random: &mut Random,
    numbers: &[&'static str],
    texts: &[&'static str],
) -> IndexKeyDef {
    let number = SqlPart::Column(random.pick(numbers));
    let parts = match random.below(3) {
        0 if !texts.is_empty() => {
            vec![
                SqlPart::Text("lower("),
                SqlPart::Column(random.pick(texts)),
                SqlPart::Text(")"),
            ]
        }
        1 => vec![SqlPart::Text("abs("), number, SqlPart::Text(")")],
        _ => vec![
            number,
            SqlPart::Text(" + "),
            SqlPart::Column(random.pick(numbers)),
        ],
    };
    IndexKeyDef::new(IndexedDef::Expression(SqlText(parts.leak())))
}
