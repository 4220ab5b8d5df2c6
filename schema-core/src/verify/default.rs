//! Whether a column's type takes its literal default.
//!
//! A literal must be of the column's kind (text for text, a number for numbers), stricter than PostgreSQL, which also
//! reads a number from text; within its kind it is refused only if the server refuses it too.

use super::{
    array::elements_fit,
    code::{self, Code},
    decimal::Decimal,
    literal,
    message::{Message, contains},
    point::is_point,
    range::{multirange_fits, range_fits},
};
use crate::{
    def::{ColumnDef, DefaultDef, TableDef},
    ty::TypeDef,
};

const DATE_WORDS: &[&str] = &[
    "now",
    "today",
    "tomorrow",
    "yesterday",
    "epoch",
    "infinity",
    "-infinity",
    "+infinity",
];
const TIME_WORDS: &[&str] = &["now", "allballs"];
pub(super) const NOT_FINITE: &[&str] = &[
    "nan",
    "infinity",
    "-infinity",
    "+infinity",
    "inf",
    "-inf",
    "+inf",
];

/// Ranges as they are written.
const NUMBERS: &str = "\"[1,10)\"";
const DATES: &str = "\"[2024-01-01,2024-12-31)\"";
const SEVERAL_NUMBERS: &str = "\"{[1,10)}\"";
const SEVERAL_DATES: &str = "\"{[2024-01-01,2024-12-31)}\"";

/// What is wrong with a literal, with what the message needs to say so.
pub(super) enum Problem {
    /// Of another kind than the column; how a default of the column's kind is written.
    Kind(&'static str),
    /// Longer than so many characters.
    Long(u32),
    /// A bit string not as long as the column, or longer.
    Bits,
    OutOfRange(&'static str),
    Overflow,
    /// None of the texts the Rust type knows.
    Unknown,
    /// Text that the type does not read; an example it does.
    Malformed(&'static str),
}

impl Problem {
    const fn code(&self) -> Code {
        match self {
            Self::Kind(_) => code::DEFAULT_KIND,
            Self::Long(_) => code::DEFAULT_TOO_LONG,
            Self::Bits => code::DEFAULT_BITS,
            Self::OutOfRange(_) | Self::Overflow => code::DEFAULT_OUT_OF_RANGE,
            Self::Unknown => code::DEFAULT_UNKNOWN_TEXT,
            Self::Malformed(_) => code::DEFAULT_MALFORMED,
        }
    }
}

/// Checks a literal default against its column's type and the texts its Rust type knows.
#[track_caller]
pub const fn default_value(table: &TableDef, index: usize) {
    let declared = &table.columns[index];
    let Some(default) = &declared.default else {
        return;
    };
    let beneath = declared.beneath();
    let column = &ColumnDef {
        sql_type: beneath.sql_type,
        facts: beneath.facts,
        ..*declared
    };
    if let Some(problem) = problem(default, column) {
        let mut message = Message::new(problem.code());
        message.push("default ");
        push_literal(&mut message, default);
        message.push(" of ").column(table, column.name);
        push_problem(&mut message, &problem, column);
        message.fail();
    }
}

/// What keeps a literal from being a value of the column.
pub(super) const fn problem(literal: &DefaultDef, column: &ColumnDef) -> Option<Problem> {
    let texts = column.facts.texts;
    let is_enum = texts.is_some() && matches!(column.sql_type, TypeDef::Named { .. });
    match literal {
        DefaultDef::Integer(_) | DefaultDef::Float(_) | DefaultDef::Boolean(_) if is_enum => {
            Some(Problem::Kind("one of its labels in quotes"))
        }
        DefaultDef::Text(text) => match (
            text_problem(text, &column.sql_type, texts),
            &column.sql_type,
        ) {
            (None, TypeDef::Array(element))
                if !elements_fit(text, element, column.facts.type_object) =>
            {
                Some(Problem::Malformed("\"{}\", or with elements of its type"))
            }
            (problem, _) => problem,
        },
        DefaultDef::Integer(value) => integer_problem(*value, &column.sql_type),
        DefaultDef::Float(text) => float_problem(text, &column.sql_type),
        DefaultDef::Boolean(_) => boolean_problem(&column.sql_type),
        DefaultDef::Sql(_) => None,
    }
}

const fn text_problem(text: &str, ty: &TypeDef, texts: Option<&[&str]>) -> Option<Problem> {
    // These are of one element; those of an array literal are taken apart elsewhere.
    if let Some(texts) = texts
        && !matches!(ty, TypeDef::Array(_))
        && !contains(texts, text)
    {
        return Some(Problem::Unknown);
    }
    match ty {
        TypeDef::Varchar(Some(limit)) => length_problem(text, *limit),
        TypeDef::Char(limit) => length_problem(text, limit_or(limit, 1)),
        TypeDef::Bit(limit) => match literal::bits(text) {
            Some(bits) if bits == limit_or(limit, 1) => None,
            _ => Some(Problem::Bits),
        },
        TypeDef::Varbit(limit) => match literal::bits(text) {
            Some(bits) if bits <= limit_or(limit, u32::MAX) => None,
            _ => Some(Problem::Bits),
        },
        TypeDef::Boolean => Some(Problem::Kind("`default = true` or `default = false`")),
        TypeDef::SmallInt | TypeDef::Integer | TypeDef::BigInt | TypeDef::Oid => Some(
            Problem::Kind("a number without quotes, such as `default = 0`"),
        ),
        TypeDef::Real | TypeDef::DoublePrecision | TypeDef::Numeric(None) => not_finite(text),
        // With a precision, NaN is the only value outside the numbers.
        TypeDef::Numeric(Some(_)) if text.eq_ignore_ascii_case("nan") => None,
        TypeDef::Numeric(Some(_)) => not_finite(""),
        _ => malformed(text, ty),
    }
}

const fn not_finite(text: &str) -> Option<Problem> {
    if literal::is_word(text.trim_ascii(), NOT_FINITE) {
        None
    } else {
        Some(Problem::Kind(
            "a number without quotes, such as `default = 0`",
        ))
    }
}

/// Types that read text of a form of their own.
pub(super) const fn malformed(text: &str, ty: &TypeDef) -> Option<Problem> {
    let (good, example) = match ty {
        TypeDef::Date => (literal::is_datetime(text, DATE_WORDS), "\"2024-01-31\""),
        TypeDef::Timestamp(_) => (
            literal::is_datetime(text, DATE_WORDS),
            "\"2024-01-31 12:00:00\"",
        ),
        TypeDef::Timestamptz(_) => (
            literal::is_datetime(text, DATE_WORDS),
            "\"2024-01-31 12:00:00+00\"",
        ),
        TypeDef::Time(_) => (literal::is_datetime(text, TIME_WORDS), "\"12:00:00\""),
        TypeDef::Timetz(_) => (literal::is_datetime(text, TIME_WORDS), "\"12:00:00+00\""),
        TypeDef::Interval => (
            literal::has_digit(text)
                || literal::is_word(text, &["infinity", "-infinity", "+infinity"]),
            "\"1 day\"",
        ),
        TypeDef::Money => (literal::is_money(text), "\"12.34\""),
        TypeDef::Bytea => (literal::is_bytea(text), "\"\\\\x00ff\""),
        TypeDef::Uuid => (
            literal::is_uuid(text),
            "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
        ),
        TypeDef::Json | TypeDef::Jsonb => (literal::is_json(text), "\"{}\" or \"[]\""),
        TypeDef::Inet => (literal::is_network(text), "\"192.0.2.1\""),
        TypeDef::Cidr => (literal::is_cidr(text), "\"192.0.2.0/24\""),
        TypeDef::Macaddr => (literal::is_macaddr(text), "\"08:00:2b:01:02:03\""),
        TypeDef::Macaddr8 => (literal::is_macaddr8(text), "\"08:00:2b:01:02:03:04:05\""),
        TypeDef::TsVector => (literal::is_words(text, ""), "\"some words\""),
        TypeDef::TsQuery => (literal::is_words(text, "&|"), "\"one & other\""),
        TypeDef::Array(_) => (literal::is_array(text), "\"{}\""),
        TypeDef::Int4Range => (range_fits(text, &TypeDef::Integer), NUMBERS),
        TypeDef::Int8Range => (range_fits(text, &TypeDef::BigInt), NUMBERS),
        TypeDef::NumRange => (range_fits(text, &TypeDef::Numeric(None)), NUMBERS),
        TypeDef::DateRange => (range_fits(text, &TypeDef::Date), DATES),
        TypeDef::TsRange => (range_fits(text, &TypeDef::Timestamp(None)), DATES),
        TypeDef::TstzRange => (range_fits(text, &TypeDef::Timestamptz(None)), DATES),
        TypeDef::Int4Multirange => (multirange_fits(text, &TypeDef::Integer), SEVERAL_NUMBERS),
        TypeDef::Int8Multirange => (multirange_fits(text, &TypeDef::BigInt), SEVERAL_NUMBERS),
        TypeDef::NumMultirange => (
            multirange_fits(text, &TypeDef::Numeric(None)),
            SEVERAL_NUMBERS,
        ),
        TypeDef::DateMultirange => (multirange_fits(text, &TypeDef::Date), SEVERAL_DATES),
        TypeDef::TsMultirange => (
            multirange_fits(text, &TypeDef::Timestamp(None)),
            SEVERAL_DATES,
        ),
        TypeDef::TstzMultirange => (
            multirange_fits(text, &TypeDef::Timestamptz(None)),
            SEVERAL_DATES,
        ),
        TypeDef::Point => (is_point(text), "\"(1.5,2)\""),
        _ => (true, ""),
    };
    if good {
        None
    } else {
        Some(Problem::Malformed(example))
    }
}

const fn limit_or(limit: &Option<u32>, otherwise: u32) -> u32 {
    match limit {
        Some(limit) => *limit,
        None => otherwise,
    }
}

/// PostgreSQL cuts what goes beyond the length without a word if it is spaces.
const fn length_problem(text: &str, limit: u32) -> Option<Problem> {
    if characters(text.trim_ascii_end()) > limit && characters(text) > limit {
        Some(Problem::Long(limit))
    } else {
        None
    }
}

/// How many characters a text has.
pub(crate) const fn characters(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut count, mut i) = (0, 0);
    while i < bytes.len() {
        // Every byte but those that continue a character begins one.
        count += (bytes[i] & 0b1100_0000 != 0b1000_0000) as u32;
        i += 1;
    }
    count
}

pub(super) const fn integer_problem(value: i128, ty: &TypeDef) -> Option<Problem> {
    let (low, high, range) = match ty {
        TypeDef::SmallInt => (i16::MIN as i128, i16::MAX as i128, "-32768 to 32767"),
        TypeDef::Integer => (
            i32::MIN as i128,
            i32::MAX as i128,
            "-2147483648 to 2147483647",
        ),
        TypeDef::BigInt => (
            i64::MIN as i128,
            i64::MAX as i128,
            "-9223372036854775808 to 9223372036854775807",
        ),
        TypeDef::Oid => (0, u32::MAX as i128, "0 to 4294967295"),
        _ => return number_problem(&Decimal::of(value), ty),
    };
    if low <= value && value <= high {
        None
    } else {
        Some(Problem::OutOfRange(range))
    }
}

const fn float_problem(text: &str, ty: &TypeDef) -> Option<Problem> {
    match ty {
        TypeDef::SmallInt | TypeDef::Integer | TypeDef::BigInt | TypeDef::Oid => {
            Some(Problem::Kind("a whole number, such as `default = 0`"))
        }
        _ => match Decimal::parse(text) {
            Some(number) => number_problem(&number, ty),
            None => None,
        },
    }
}

/// Any number against a type that is not an integer.
const fn number_problem(number: &Decimal, ty: &TypeDef) -> Option<Problem> {
    match ty {
        TypeDef::Numeric(Some((precision, scale))) if !number.fits(*precision, *scale) => {
            Some(Problem::Overflow)
        }
        TypeDef::Real if !fits_float(number, "0.7006e-45", "3.4028235677973366e38") => Some(
            Problem::OutOfRange("about 1e-45 to 3.4e38, either sign, and 0"),
        ),
        TypeDef::DoublePrecision
            if !fits_float(number, "2.4703e-324", "1.7976931348623158e308") =>
        {
            Some(Problem::OutOfRange(
                "about 5e-324 to 1.8e308, either sign, and 0",
            ))
        }
        TypeDef::Real
        | TypeDef::DoublePrecision
        | TypeDef::Numeric(_)
        | TypeDef::Money
        | TypeDef::Named { .. }
        | TypeDef::Verbatim(_) => None,
        _ => Some(wanted(ty)),
    }
}

const fn fits_float(number: &Decimal, least: &str, greatest: &str) -> bool {
    match (Decimal::parse(least), Decimal::parse(greatest)) {
        (Some(least), Some(greatest)) => number.fits_float(&least, &greatest),
        _ => true,
    }
}

const fn boolean_problem(ty: &TypeDef) -> Option<Problem> {
    match ty {
        TypeDef::Boolean | TypeDef::Named { .. } | TypeDef::Verbatim(_) => None,
        _ => Some(wanted(ty)),
    }
}

/// How a default of a type is written, for one of another kind.
const fn wanted(ty: &TypeDef) -> Problem {
    Problem::Kind(match ty {
        TypeDef::Boolean => "`default = true` or `default = false`",
        TypeDef::SmallInt
        | TypeDef::Integer
        | TypeDef::BigInt
        | TypeDef::Oid
        | TypeDef::Real
        | TypeDef::DoublePrecision
        | TypeDef::Numeric(_)
        | TypeDef::Money => "a number, such as `default = 0`",
        TypeDef::Array(_) => "an array as text, such as `default = \"{}\"`",
        _ => "text in quotes, such as `default = \"…\"`",
    })
}

pub(super) const fn push_literal(message: &mut Message, default: &DefaultDef) {
    match default {
        DefaultDef::Text(text) => message.text(&["\"", text, "\""]),
        DefaultDef::Integer(value) => message.number(*value),
        DefaultDef::Float(text) => message.push(text),
        DefaultDef::Boolean(true) => message.push("true"),
        DefaultDef::Boolean(false) => message.push("false"),
        DefaultDef::Sql(_) => message,
    };
}

pub(super) const fn push_problem(message: &mut Message, problem: &Problem, column: &ColumnDef) {
    let ty = &column.sql_type;
    let texts = match column.facts.texts {
        Some(texts) => texts,
        None => &[],
    };
    match problem {
        Problem::Kind(wanted) => message.push(kind(&column.default)).sql_type(ty).text(&[
            "\nhelp: write ",
            wanted,
            ", or an expression as `default = sql(\"…\")`",
        ]),
        Problem::Long(limit) => message
            .push(" has ")
            .number(default_length(column) as i128)
            .push(" characters, but the column is ")
            .sql_type(ty)
            .push("\nhelp: shorten it to ")
            .number(*limit as i128)
            .push(", or make the column longer"),
        Problem::Bits => message
            .push(" does not fit the column, which is ")
            .sql_type(ty)
            .push("\nhelp: write as many bits as the column has, such as \"0101\""),
        Problem::OutOfRange(range) => message
            .push(" is out of range of ")
            .sql_type(ty)
            .push("\nhelp: ")
            .sql_type(ty)
            .text(&[" holds ", range]),
        Problem::Overflow => message
            .push(" is too large for ")
            .sql_type(ty)
            .push("\nhelp: NUMERIC(p, s) has p - s digits before the point"),
        Problem::Unknown => push_texts(message, column, texts),
        Problem::Malformed(example) => message.push(" is not something ").sql_type(ty).text(&[
            " reads\nhelp: write it like ",
            example,
            ", or an expression as `default = sql(\"…\")`",
        ]),
    };
}

pub(super) const fn kind(default: &Option<DefaultDef>) -> &'static str {
    match default {
        Some(DefaultDef::Text(_)) => " is text, but the column is ",
        Some(DefaultDef::Integer(_)) => " is a number, but the column is ",
        Some(DefaultDef::Float(_)) => {
            " is a number with a fraction or an exponent, but the column is "
        }
        _ => " is a boolean, but the column is ",
    }
}

const fn default_length(column: &ColumnDef) -> u32 {
    match &column.default {
        Some(DefaultDef::Text(text)) => characters(text),
        _ => 0,
    }
}

const fn push_texts<'m>(
    message: &'m mut Message,
    column: &ColumnDef,
    texts: &[&str],
) -> &'m mut Message {
    message.push(" is none of the texts its type knows");
    let Some(DefaultDef::Text(text)) = &column.default else {
        return message;
    };
    match super::message::nearest(text, texts) {
        Some(near) => message.text(&["\nhelp: did you mean \"", texts[near], "\"?"]),
        None => message.push("\nhelp: it knows ").names(texts, "and"),
    }
}
