//! SQL types in one spelling each.

use std::{fmt, str::FromStr};

use crate::{
    error::SchemaError,
    ident::{
        self,
        token::parse_tokens,
        type_name::{TypeName, parse_type_name},
    },
    ty::TypeDef,
};

/// An SQL type, by whichever of its names it was given.
///
/// # Examples
///
/// ```
/// use schema_core::schema::SqlType;
///
/// let ty: SqlType = "timestamp(3) with time zone[]".parse()?;
/// assert_eq!(ty, "TIMESTAMPTZ(3)[]".parse()?);
/// assert_eq!(ty.to_string(), "timestamptz(3)[]");
/// assert_eq!("public.mood".parse::<SqlType>()?.to_string(), "mood");
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SqlType {
    /// The namespace of a type the user or an extension made; `None` for PostgreSQL's own.
    pub namespace: Option<String>,
    /// The name: of PostgreSQL's own types the usual one (`integer`, `timestamptz`), of others unquoted.
    pub name: String,
    /// The modifiers: length, or precision and scale.
    pub modifiers: Vec<String>,
    /// Whether it is an array; PostgreSQL does not enforce dimensions.
    pub array: bool,
}

impl SqlType {
    /// The type a definition names.
    ///
    /// # Errors
    ///
    /// Text given as `type = "…"` that is no type's name.
    pub fn from_def(def: &TypeDef) -> Result<Self, SchemaError> {
        Ok(match def {
            TypeDef::Verbatim(text) => text.parse()?,
            TypeDef::Array(element) => Self {
                array: true,
                ..Self::from_def(element)?
            },
            TypeDef::Citext => Self::resolve(None, "citext", Vec::new()),
            TypeDef::Named { namespace, name } => Self::resolve(*namespace, name, Vec::new()),
            def => {
                let (name, modifiers) = builtin(def);
                Self::resolve(None, name, modifiers)
            }
        })
    }

    /// Finds the type a name stands for: one of PostgreSQL's own before one in `public`.
    fn resolve(namespace: Option<&str>, name: &str, modifiers: Vec<String>) -> Self {
        let own = match namespace {
            Some(namespace) => namespace == "pg_catalog",
            None => BUILTIN.binary_search(&name).is_ok(),
        };
        let name = if own {
            usual_name(name, &modifiers)
        } else {
            name
        };
        Self {
            namespace: (!own).then(|| namespace.unwrap_or(ident::PUBLIC).to_owned()),
            name: name.to_owned(),
            modifiers,
            array: false,
        }
    }
}

impl FromStr for SqlType {
    type Err = SchemaError;

    /// Reads a type as SQL or as `format_type()` writes it.
    fn from_str(text: &str) -> Result<Self, SchemaError> {
        let tokens = parse_tokens(text);
        let Some((parsed, _)) =
            parse_type_name(&tokens).filter(|(_, length)| *length == tokens.len())
        else {
            return Err(SchemaError::InvalidType {
                text: text.to_owned(),
            });
        };
        let TypeName {
            namespace,
            name,
            fields,
            mut modifiers,
            array,
        } = parsed;
        if name == "numeric" && modifiers.len() == 1 {
            modifiers.push("0".to_owned());
        }
        let mut ty = Self::resolve(namespace.as_deref(), &name, modifiers);
        if let Some(fields) = fields {
            ty.name = format!("{} {fields}", ty.name);
        }
        Ok(Self { array, ..ty })
    }
}

/// As SQL.
impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            None if self.name == "char" && self.modifiers.is_empty() => f.write_str("\"char\"")?,
            None => f.write_str(&self.name)?,
            // PostgreSQL's own types are found before those of `public`.
            Some(namespace) if BUILTIN.binary_search(&self.name.as_str()).is_ok() => {
                write!(
                    f,
                    "{}.{}",
                    ident::quote(namespace),
                    ident::quote(&self.name)
                )?;
            }
            Some(namespace) => f.write_str(&ident::quote_qualified(namespace, &self.name))?,
        }
        if !self.modifiers.is_empty() {
            write!(f, "({})", self.modifiers.join(", "))?;
        }
        f.write_str(if self.array { "[]" } else { "" })
    }
}

/// The name in `pg_type` and the modifiers of one of PostgreSQL's own types.
fn builtin(def: &TypeDef) -> (&'static str, Vec<String>) {
    let length = |length: &Option<u32>| length.iter().map(u32::to_string).collect();
    let precision = |precision: &Option<u8>| precision.iter().map(u8::to_string).collect();
    let fixed = |length: &Option<u32>| vec![length.unwrap_or(1).to_string()];
    match def {
        TypeDef::Numeric(Some((precision, scale))) => {
            ("numeric", vec![precision.to_string(), scale.to_string()])
        }
        TypeDef::Varchar(n) => ("varchar", length(n)),
        TypeDef::Char(n) => ("bpchar", fixed(n)),
        TypeDef::Bit(n) => ("bit", fixed(n)),
        TypeDef::Varbit(n) => ("varbit", length(n)),
        TypeDef::Time(p) => ("time", precision(p)),
        TypeDef::Timetz(p) => ("timetz", precision(p)),
        TypeDef::Timestamp(p) => ("timestamp", precision(p)),
        TypeDef::Timestamptz(p) => ("timestamptz", precision(p)),
        def => (unmodified(def), Vec::new()),
    }
}

/// The name in `pg_type` of a type without modifiers.
fn unmodified(def: &TypeDef) -> &'static str {
    match def {
        TypeDef::Boolean => "bool",
        TypeDef::SmallInt => "int2",
        TypeDef::Integer => "int4",
        TypeDef::BigInt => "int8",
        TypeDef::Real => "float4",
        TypeDef::DoublePrecision => "float8",
        TypeDef::Numeric(_) => "numeric",
        TypeDef::Money => "money",
        TypeDef::Bytea => "bytea",
        TypeDef::Date => "date",
        TypeDef::Interval => "interval",
        TypeDef::Uuid => "uuid",
        TypeDef::Json => "json",
        TypeDef::Jsonb => "jsonb",
        TypeDef::Inet => "inet",
        TypeDef::Cidr => "cidr",
        TypeDef::Macaddr => "macaddr",
        TypeDef::Macaddr8 => "macaddr8",
        TypeDef::Int4Range => "int4range",
        TypeDef::Int8Range => "int8range",
        TypeDef::NumRange => "numrange",
        TypeDef::TsRange => "tsrange",
        TypeDef::TstzRange => "tstzrange",
        TypeDef::DateRange => "daterange",
        TypeDef::Int4Multirange => "int4multirange",
        TypeDef::Int8Multirange => "int8multirange",
        TypeDef::NumMultirange => "nummultirange",
        TypeDef::TsMultirange => "tsmultirange",
        TypeDef::TstzMultirange => "tstzmultirange",
        TypeDef::DateMultirange => "datemultirange",
        TypeDef::Oid => "oid",
        TypeDef::Xml => "xml",
        TypeDef::TsVector => "tsvector",
        TypeDef::TsQuery => "tsquery",
        TypeDef::Point => "point",
        _ => "text",
    }
}

/// The one spelling of each of PostgreSQL's own types, from its name in `pg_type`.
fn usual_name<'n>(name: &'n str, modifiers: &[String]) -> &'n str {
    match name {
        "bool" => "boolean",
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "real",
        "float8" => "double precision",
        "bpchar" if !modifiers.is_empty() => "char",
        name => name,
    }
}

/// The types in `pg_catalog` that columns can have, in ASCII order.
#[rustfmt::skip]
static BUILTIN: &[&str] = &[
    "aclitem", "bit", "bool", "box", "bpchar", "bytea", "char", "cid", "cidr", "circle", "date",
    "datemultirange", "daterange", "float4", "float8", "gtsvector", "inet", "int2", "int2vector",
    "int4", "int4multirange", "int4range", "int8", "int8multirange", "int8range", "interval",
    "json", "jsonb", "jsonpath", "line", "lseg", "macaddr", "macaddr8", "money", "name", "numeric",
    "nummultirange", "numrange", "oid", "oidvector", "path", "pg_brin_bloom_summary",
    "pg_brin_minmax_multi_summary", "pg_dependencies", "pg_lsn", "pg_mcv_list", "pg_ndistinct",
    "pg_node_tree", "pg_snapshot", "point", "polygon", "refcursor", "regclass", "regcollation",
    "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure", "regrole", "regtype", "text", "tid", "time", "timestamp", "timestamptz",
    "timetz", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange", "tsvector",
    "txid_snapshot", "uuid", "varbit", "varchar", "xid", "xid8", "xml",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> String {
        text.parse::<SqlType>().unwrap().to_string()
    }

    #[test]
    fn the_builtin_types_are_sorted_for_the_binary_search() {
        assert!(BUILTIN.is_sorted());
    }

    #[test]
    fn one_type_has_one_spelling() {
        assert_eq!(spelled("character varying(32)"), "varchar(32)");
        assert_eq!(spelled("CHARACTER"), "char(1)");
        assert_eq!(spelled("bpchar"), "bpchar");
        assert_eq!(spelled("pg_catalog.int8"), "bigint");
        assert_eq!(spelled("decimal(10)"), "numeric(10, 0)");
        assert_eq!(spelled("time without time zone"), "time");
        assert_eq!(
            spelled("interval day to second(3)"),
            "interval day to second(3)"
        );
        assert_eq!(spelled("\"char\""), "\"char\"");
    }

    #[test]
    fn a_users_type_is_never_taken_for_one_of_the_servers() {
        assert_eq!(spelled("public.text"), "public.text");
        assert_eq!(spelled("public.\"time\""), "public.\"time\"");
        assert_eq!(spelled("\"Mood\""), "\"Mood\"");
        assert_eq!(spelled("audit.mood[]"), "audit.mood[]");
    }

    #[test]
    fn a_definitions_type_is_the_one_the_server_prints() {
        let ty = SqlType::from_def(&TypeDef::Array(&TypeDef::Char(None))).unwrap();
        assert_eq!(ty, "character(1)[]".parse().unwrap());
        let ty = SqlType::from_def(&TypeDef::Numeric(Some((10, 0)))).unwrap();
        assert_eq!(ty, "numeric(10,0)".parse().unwrap());
    }

    #[test]
    fn text_that_names_no_type_is_an_error() {
        for text in ["", "int; drop table users", "int)", "setof int"] {
            assert!(text.parse::<SqlType>().is_err(), "{text}");
        }
    }
}
