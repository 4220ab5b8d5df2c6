//! `type = …`: SQL types by their names in snake_case.

use proc_macro2::{Ident, Span};
use syn::Lit;

use super::tokens::Tokens;
use crate::{
    ast::{Modifiers, Spanned, SqlType},
    case::plain,
    code,
    ctxt::fault,
    suggest,
};

/// What a type takes in parentheses.
#[derive(Debug, Clone, Copy)]
enum Takes {
    Nothing,
    /// A length from 1 to this.
    Length(u32),
    /// Fractional digits of a second.
    Precision,
    /// Precision and scale.
    PrecisionAndScale,
}

/// The longest VARCHAR and CHAR ([Character Types](https://www.postgresql.org/docs/current/datatype-character.html)).
const MAX_CHARACTERS: u32 = 10_485_760;
/// The longest BIT, in bits.
const MAX_BITS: u32 = 83_886_080;

/// Each name with its variant of `ty::TypeDef`: PostgreSQL's own spelling first, its aliases behind it.
const TYPES: &[(&str, &str, Takes)] = &[
    ("boolean", "Boolean", Takes::Nothing),
    ("bool", "Boolean", Takes::Nothing),
    ("smallint", "SmallInt", Takes::Nothing),
    ("int2", "SmallInt", Takes::Nothing),
    ("integer", "Integer", Takes::Nothing),
    ("int", "Integer", Takes::Nothing),
    ("int4", "Integer", Takes::Nothing),
    ("bigint", "BigInt", Takes::Nothing),
    ("int8", "BigInt", Takes::Nothing),
    ("real", "Real", Takes::Nothing),
    ("float4", "Real", Takes::Nothing),
    ("double_precision", "DoublePrecision", Takes::Nothing),
    ("float8", "DoublePrecision", Takes::Nothing),
    ("numeric", "Numeric", Takes::PrecisionAndScale),
    ("decimal", "Numeric", Takes::PrecisionAndScale),
    ("money", "Money", Takes::Nothing),
    ("text", "Text", Takes::Nothing),
    ("varchar", "Varchar", Takes::Length(MAX_CHARACTERS)),
    (
        "character_varying",
        "Varchar",
        Takes::Length(MAX_CHARACTERS),
    ),
    ("char", "Char", Takes::Length(MAX_CHARACTERS)),
    ("character", "Char", Takes::Length(MAX_CHARACTERS)),
    ("citext", "Citext", Takes::Nothing),
    ("bytea", "Bytea", Takes::Nothing),
    ("date", "Date", Takes::Nothing),
    ("time", "Time", Takes::Precision),
    ("timetz", "Timetz", Takes::Precision),
    ("timestamp", "Timestamp", Takes::Precision),
    ("timestamptz", "Timestamptz", Takes::Precision),
    ("interval", "Interval", Takes::Nothing),
    ("uuid", "Uuid", Takes::Nothing),
    ("json", "Json", Takes::Nothing),
    ("jsonb", "Jsonb", Takes::Nothing),
    ("inet", "Inet", Takes::Nothing),
    ("cidr", "Cidr", Takes::Nothing),
    ("macaddr", "Macaddr", Takes::Nothing),
    ("macaddr8", "Macaddr8", Takes::Nothing),
    ("int4range", "Int4Range", Takes::Nothing),
    ("int8range", "Int8Range", Takes::Nothing),
    ("numrange", "NumRange", Takes::Nothing),
    ("tsrange", "TsRange", Takes::Nothing),
    ("tstzrange", "TstzRange", Takes::Nothing),
    ("daterange", "DateRange", Takes::Nothing),
    ("int4multirange", "Int4Multirange", Takes::Nothing),
    ("int8multirange", "Int8Multirange", Takes::Nothing),
    ("nummultirange", "NumMultirange", Takes::Nothing),
    ("tsmultirange", "TsMultirange", Takes::Nothing),
    ("tstzmultirange", "TstzMultirange", Takes::Nothing),
    ("datemultirange", "DateMultirange", Takes::Nothing),
    ("bit", "Bit", Takes::Length(MAX_BITS)),
    ("varbit", "Varbit", Takes::Length(MAX_BITS)),
    ("bit_varying", "Varbit", Takes::Length(MAX_BITS)),
    ("oid", "Oid", Takes::Nothing),
    ("xml", "Xml", Takes::Nothing),
    ("tsvector", "TsVector", Takes::Nothing),
    ("tsquery", "TsQuery", Takes::Nothing),
    ("point", "Point", Takes::Nothing),
];

/// Names of other databases and of pseudo types, and what to write instead.
const OTHERS: &[(&str, &str)] = &[
    ("serial", "write `type = integer, identity = always`"),
    ("serial4", "write `type = integer, identity = always`"),
    ("bigserial", "write `type = bigint, identity = always`"),
    ("serial8", "write `type = bigint, identity = always`"),
    ("smallserial", "write `type = smallint, identity = always`"),
    ("serial2", "write `type = smallint, identity = always`"),
    (
        "bpchar",
        "write `type = char(…)`, or `type = \"bpchar\"` for one without a length",
    ),
    ("string", "write `type = text` or `type = varchar(…)`"),
    (
        "datetime",
        "write `type = timestamptz` or `type = timestamp`",
    ),
    ("blob", "write `type = bytea`"),
    ("binary", "write `type = bytea`"),
    ("varbinary", "write `type = bytea`"),
    ("tinyint", "write `type = smallint`"),
    ("float", "write `type = real` or `type = double_precision`"),
    ("double", "write `type = double_precision`"),
    ("timestamp_with_time_zone", "write `type = timestamptz`"),
    ("timestamp_without_time_zone", "write `type = timestamp`"),
    ("time_with_time_zone", "write `type = timetz`"),
    ("time_without_time_zone", "write `type = time`"),
];

/// The value of `type = …`.
pub(super) fn read(tokens: &mut Tokens<'_>) -> syn::Result<Spanned<SqlType>> {
    const EXAMPLE: &str = "type = varchar(32)";
    let Some(ident) = tokens.ident() else {
        return verbatim(tokens, EXAMPLE);
    };
    let name = plain(&ident);
    let span = ident.span();
    let Some((_, variant, takes)) = TYPES.iter().find(|(known, ..)| *known == name) else {
        return Err(unknown(&ident, &name));
    };
    let modifiers = match tokens.parentheses() {
        Some(inside) => modifiers(*takes, inside, &name)?,
        None => takes.absent(),
    };
    two_words(tokens, &name)?;
    let array = array(tokens)?;
    Ok(Spanned {
        value: SqlType {
            variant,
            modifiers,
            array,
        },
        span,
    })
}

impl Takes {
    /// The modifiers of a type without parentheses.
    fn absent(self) -> Modifiers {
        match self {
            Self::Nothing => Modifiers::None,
            Self::Length(_) | Self::Precision => Modifiers::One(None),
            Self::PrecisionAndScale => Modifiers::Two(None),
        }
    }
}

fn verbatim(tokens: &mut Tokens<'_>, example: &str) -> syn::Result<Spanned<SqlType>> {
    let literal = tokens.string("an SQL type", example)?;
    let (value, span) = (literal.value(), literal.span());
    if value.trim().is_empty() || value.contains('\0') {
        return Err(fault(
            code::EMPTY_SQL_TYPE,
            span,
            "this names no SQL type",
            "write the type as SQL does, such as `type = \"vector(3)\"`",
        ));
    }
    Ok(Spanned {
        value: SqlType {
            variant: "Verbatim",
            modifiers: Modifiers::Verbatim(value),
            array: false,
        },
        span,
    })
}

fn unknown(ident: &Ident, name: &str) -> syn::Error {
    let folded = name.to_lowercase();
    let other = OTHERS.iter().find(|(other, _)| *other == folded);
    let known: Vec<&str> = TYPES.iter().map(|(known, ..)| *known).collect();
    let near = suggest::nearest(name, &known);
    let help = match (other, near) {
        (Some((_, help)), _) => (*help).to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => {
            format!("a type not known here is written as a string: `type = \"{name}\"`")
        }
    };
    fault(
        code::UNKNOWN_SQL_TYPE,
        ident.span(),
        format_args!("unknown SQL type `{name}`"),
        help,
    )
}

/// SQL's names of two words are one word here.
fn two_words(tokens: &Tokens<'_>, name: &str) -> syn::Result<()> {
    let Some(next) = tokens.peek_ident() else {
        return Ok(());
    };
    let one_word = match (name, plain(&next).as_str()) {
        ("character" | "char", "varying") => "varchar",
        ("bit", "varying") => "varbit",
        ("timestamp", "with") => "timestamptz",
        ("timestamp", "without") => "timestamp",
        ("time", "with") => "timetz",
        ("time", "without") => "time",
        _ => return Ok(()),
    };
    Err(fault(
        code::TYPE_OF_TWO_WORDS,
        next.span(),
        format_args!("an SQL type is one word here, found `{name} {next} …`"),
        format_args!("write `type = {one_word}`"),
    ))
}

fn array(tokens: &mut Tokens<'_>) -> syn::Result<bool> {
    let span = tokens.span();
    let Some(inside) = tokens.brackets() else {
        return Ok(false);
    };
    if !inside.is_empty() {
        return Err(fault(
            code::ARRAY_LENGTH,
            inside.span(),
            "PostgreSQL does not keep an array's length",
            "write `[]`",
        ));
    }
    if tokens.brackets().is_some() {
        return Err(fault(
            code::NESTED_ARRAY,
            span,
            "PostgreSQL's arrays do not nest: `T[][]` is `T[]`",
            "write `[]` once",
        ));
    }
    Ok(true)
}

fn modifiers(takes: Takes, inside: Tokens<'_>, name: &str) -> syn::Result<Modifiers> {
    let around = inside.span();
    let mut numbers = Vec::new();
    for entry in inside.entries() {
        numbers.push(number(entry?, name)?);
    }
    match (takes, numbers.as_slice()) {
        (Takes::Nothing, _) => Err(fault(
            code::TYPE_MODIFIERS,
            around,
            format_args!("`{name}` takes nothing in parentheses"),
            format_args!("write `type = {name}`, or as SQL in a string: `type = \"{name}(…)\"`"),
        )),
        (Takes::Length(most), &[length]) => {
            within(
                length,
                1,
                i64::from(most),
                &format!("`{name}` cannot have the length"),
            )?;
            Ok(Modifiers::One(u32::try_from(length.0).ok()))
        }
        (Takes::Precision, &[digits]) => {
            within(digits, 0, 6, &format!("`{name}` cannot have the precision"))?;
            Ok(Modifiers::One(u32::try_from(digits.0).ok()))
        }
        (Takes::PrecisionAndScale, &[precision]) => numeric(precision, (0, precision.1), name),
        (Takes::PrecisionAndScale, &[precision, scale]) => numeric(precision, scale, name),
        (Takes::Length(_) | Takes::Precision, _) => Err(fault(
            code::TYPE_MODIFIERS,
            around,
            format_args!("`{name}` takes one number in parentheses"),
            format_args!("write `type = {name}(3)`"),
        )),
        (Takes::PrecisionAndScale, _) => Err(fault(
            code::TYPE_MODIFIERS,
            around,
            format_args!("`{name}` takes a precision, or a precision and a scale, in parentheses"),
            format_args!("write `type = {name}(10, 2)`"),
        )),
    }
}

/// The bounds are those of [Arbitrary Precision Numbers](https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL).
fn numeric(precision: (i64, Span), scale: (i64, Span), name: &str) -> syn::Result<Modifiers> {
    within(
        precision,
        1,
        1000,
        &format!("`{name}` cannot have the precision"),
    )?;
    within(
        scale,
        -1000,
        1000,
        &format!("`{name}` cannot have the scale"),
    )?;
    let digits = u16::try_from(precision.0)
        .ok()
        .zip(i16::try_from(scale.0).ok());
    Ok(Modifiers::Two(digits))
}

fn within((number, span): (i64, Span), least: i64, most: i64, what: &str) -> syn::Result<()> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(fault(
        code::MODIFIER_OUT_OF_RANGE,
        span,
        format_args!("{what} {number}"),
        format_args!("PostgreSQL takes {least} to {most}"),
    ))
}

fn number(mut entry: Tokens<'_>, name: &str) -> syn::Result<(i64, Span)> {
    let start = entry;
    let minus = entry.sign('-');
    let wrong = || start.expected("a number", &format!("type = {name}(3)"));
    match entry.literal() {
        Some(Lit::Int(int)) if int.suffix().is_empty() => {
            entry.end()?;
            let number: i64 = int.base10_digits().parse().map_err(|_| wrong())?;
            Ok((if minus { -number } else { number }, int.span()))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Span, TokenStream};
    use syn::buffer::TokenBuffer;

    use super::{Tokens, read};

    fn parse(text: &str) -> Result<String, String> {
        let tokens: TokenStream = text.parse().expect("tokens");
        let buffer = TokenBuffer::new2(tokens);
        let mut tokens = Tokens::new(buffer.begin(), Span::call_site());
        let read = read(&mut tokens).and_then(|ty| tokens.end().map(|()| ty.value));
        read.map(|ty| format!("{} {:?} {}", ty.variant, ty.modifiers, ty.array))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn types_are_read_with_their_modifiers() {
        for (text, expected) in [
            ("text", "Text None false"),
            ("varchar", "Varchar One(None) false"),
            ("varchar(32)", "Varchar One(Some(32)) false"),
            ("varchar(32)[]", "Varchar One(Some(32)) true"),
            ("character_varying(3)", "Varchar One(Some(3)) false"),
            ("int8[]", "BigInt None true"),
            ("timestamptz(3)", "Timestamptz One(Some(3)) false"),
            ("numeric", "Numeric Two(None) false"),
            ("numeric(10)", "Numeric Two(Some((10, 0))) false"),
            ("decimal(10, -2)", "Numeric Two(Some((10, -2))) false"),
            ("\"vector(3)\"", "Verbatim Verbatim(\"vector(3)\") false"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_type_the_server_would_refuse_is_refused_with_a_help() {
        for text in [
            "varchr(32)",
            "varchar()",
            "varchar(0)",
            "varchar(10485761)",
            "varchar(1, 2)",
            "varchar(n)",
            "text(3)",
            "timestamp(7)",
            "numeric(0)",
            "numeric(1001)",
            "numeric(1, 2, 3)",
            "timestamp with time zone",
            "bigserial",
            "text[][]",
            "text[3]",
            "\"\"",
            "3",
            "mood",
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains("\nhelp: "), "{text}: {error}");
        }
    }
}
