//! The types of generated columns, and what PostgreSQL can do with each.

/// A Rust type in a column of an SQL type.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// As the field is declared, without `Option`.
    pub rust: &'static str,
    /// `type = …`, where it is not the default.
    pub word: Option<&'static str>,
    /// The type in SQL.
    pub sql: &'static str,
    /// What it is good for.
    pub family: Family,
    /// Literal defaults, each as Rust and as SQL write it.
    pub defaults: &'static [(&'static str, &'static str)],
    /// Literal defaults that PostgreSQL refuses, written likewise.
    pub wrong_defaults: &'static [(&'static str, &'static str)],
    /// What its family does not say of it, where it is of the schema's own.
    pub own: Own,
}

/// What a type of a schema's own is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// A domain.
    pub is_domain: bool,
    /// A domain that has no NULL, itself or below.
    pub is_not_null: bool,
    /// An enum, or a domain over one.
    pub is_enum: bool,
}

impl Own {
    /// What no schema declares.
    pub const NONE: Self = Self {
        is_domain: false,
        is_not_null: false,
        is_enum: false,
    };
    /// An enum.
    pub const ENUM: Self = Self {
        is_enum: true,
        ..Self::NONE
    };

    /// A domain over it.
    #[must_use]
    pub const fn domain(self, is_not_null: bool) -> Self {
        Self {
            is_domain: true,
            is_not_null: is_not_null || self.is_not_null,
            ..self
        }
    }
}

impl Kind {
    /// Whether its values go through serde: the field says `json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.word == Some("json!")
    }

    /// Whether a column of it can number itself.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self.sql, "bigint" | "integer" | "smallint")
    }

    /// Whether its SQL type stands in quotes: what that is, only the server knows.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.word.is_some_and(|word| word.starts_with('"'))
    }
}

/// What columns of a type can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Whole numbers.
    Integer,
    /// Text with a collation.
    Text,
    /// Other types with an order and a hash.
    Ordered,
    /// As these, and of variable length.
    OrderedLong,
    /// With an order, and no hash.
    Sorted,
    /// As these, and of variable length.
    SortedLong,
    /// With an order, a hash and a GIN operator class.
    Searched,
    /// Ranges: an order, a hash, and a GiST operator class.
    Range,
    /// Arrays of text, which have a collation.
    TextArray,
    /// No order at all: `json`, `xml`.
    Unordered,
    /// With a GiST operator class alone: `point`.
    Point,
}

impl Family {
    /// Whether it has a default operator class for b-trees.
    #[must_use]
    pub const fn is_ordered(self) -> bool {
        !matches!(self, Self::Unordered | Self::Point)
    }

    /// Whether it has a collation.
    #[must_use]
    pub const fn is_collatable(self) -> bool {
        matches!(self, Self::Text | Self::TextArray)
    }

    /// Whether its values can be stored out of line.
    #[must_use]
    pub const fn is_long(self) -> bool {
        !matches!(
            self,
            Self::Integer | Self::Ordered | Self::Sorted | Self::Point
        )
    }
}

macro_rules! kinds {
    ($($rust:literal $(as $word:literal)?, $sql:literal, $family:ident, [$($good:literal $good_sql:literal),*], [$($bad:literal $bad_sql:literal),*];)+) => {
        /// All of them.
        pub static KINDS: &[Kind] = &[$(Kind {
            rust: $rust,
            word: { let word: Option<&'static str> = None; $(let _ = word; let word = Some($word);)? word },
            sql: $sql,
            family: Family::$family,
            defaults: &[$(($good, $good_sql)),*],
            wrong_defaults: &[$(($bad, $bad_sql)),*],
            own: Own::NONE,
        }),+];
    };
}

kinds! {
    "i64", "bigint", Integer, ["0" "0", "-9223372036854775808" "-9223372036854775808", "7" "7"], ["9223372036854775808" "9223372036854775808", "\"x\"" "'x'", "true" "true"];
    "i32", "integer", Integer, ["1" "1", "2147483647" "2147483647"], ["2147483648" "2147483648", "\"\"" "''"];
    "i16", "smallint", Integer, ["-32768" "-32768"], ["32768" "32768", "false" "false"];
    "String", "text", Text, ["\"it's\"" "'it''s'", "\"a\\\\b\"" "'a\\b'", "\"\"" "''", "\"日本\"" "'日本'"], [];
    "String" as "varchar(8)", "varchar(8)", Text, ["\"offline\"" "'offline'", "\"12345678  \"" "'12345678  '"], ["\"123456789\"" "'123456789'"];
    "String" as "char(3)", "char(3)", Text, ["\"abc\"" "'abc'", "\"a\"" "'a'"], ["\"abcd\"" "'abcd'"];
    "String" as "varchar", "varchar", Text, ["\"x\"" "'x'"], [];
    "String" as "citext", "citext", Text, ["\"X\"" "'X'"], [];
    "bool", "boolean", Ordered, ["true" "true", "false" "false"], ["\"maybe\"" "'maybe'", "2.5" "2.5"];
    "f32", "real", Ordered, ["0.5" "0.5", "1e30" "1e30", "3" "3", "\"NaN\"" "'NaN'"], ["1e39" "1e39", "\"x\"" "'x'"];
    "f64", "double precision", Ordered, ["-0.5" "-0.5", "1e300" "1e300", "\"-Infinity\"" "'-Infinity'"], ["1e309" "1e309"];
    "::rust_decimal::Decimal" as "numeric(6, 2)", "numeric(6, 2)", OrderedLong, ["12.34" "12.34", "9999.99" "9999.99", "0" "0"], ["10000" "10000", "9999.996" "9999.996"];
    "::rust_decimal::Decimal", "numeric", OrderedLong, ["12.34" "12.34"], ["\"x\"" "'x'"];
    "Vec<u8>", "bytea", OrderedLong, ["\"\\\\x00ff\"" "'\\x00ff'"], ["\"\\\\x0\"" "'\\x0'"];
    "::uuid::Uuid", "uuid", Ordered, ["\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"" "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"], ["\"a0eebc99\"" "'a0eebc99'"];
    "::jiff::Timestamp", "timestamptz", Ordered, ["\"2024-01-31 12:00:00+00\"" "'2024-01-31 12:00:00+00'", "\"-infinity\"" "'-infinity'"], ["\"2024-02-30\"" "'2024-02-30'"];
    "::jiff::civil::DateTime" as "timestamp(3)", "timestamp(3)", Ordered, ["\"2024-01-31 12:00:00\"" "'2024-01-31 12:00:00'"], ["\"soon\"" "'soon'"];
    "::jiff::civil::Date", "date", Ordered, ["\"2024-02-29\"" "'2024-02-29'"], ["\"2023-02-29\"" "'2023-02-29'", "0" "0"];
    "::jiff::civil::Time", "time", Ordered, ["\"12:00\"" "'12:00'"], ["\"noon\"" "'noon'"];
    "::std::net::IpAddr", "inet", OrderedLong, ["\"192.0.2.1\"" "'192.0.2.1'"], ["\"nowhere\"" "'nowhere'"];
    "::serde_json::Value", "jsonb", Searched, ["\"{}\"" "'{}'", "\"[]\"" "'[]'", "\"null\"" "'null'"], ["\"x\"" "'x'", "\"'\"" "''''"];
    "::serde_json::Value" as "json", "json", Unordered, ["\"{}\"" "'{}'"], ["\"\"" "''"];
    "::std::collections::BTreeMap<String, i64>" as "json!", "jsonb", Searched, ["\"{}\"" "'{}'"], ["\"{\"" "'{'"];
    "::serde_json::Value" as "jsonb", "jsonb", Searched, [], [];
    "u32", "oid", Ordered, ["0" "0"], ["\"x\"" "'x'"];
    "::chrono::DateTime<::chrono::Utc>" as "timestamptz(0)", "timestamptz(0)", Ordered, ["\"2024-01-31 12:00:00+00\"" "'2024-01-31 12:00:00+00'"], ["\"2024-02-30\"" "'2024-02-30'"];
    "::time::Date", "date", Ordered, ["\"2024-02-29\"" "'2024-02-29'"], ["\"2023-02-29\"" "'2023-02-29'"];
    "::cidr::IpCidr", "cidr", OrderedLong, ["\"192.0.2.0/24\"" "'192.0.2.0/24'"], ["\"192.0.2.1/24\"" "'192.0.2.1/24'"];
    "::eui48::MacAddress", "macaddr", Ordered, ["\"08:00:2b:01:02:03\"" "'08:00:2b:01:02:03'"], ["\"08:00:2b\"" "'08:00:2b'"];
    "Vec<::uuid::Uuid>", "uuid[]", Searched, ["\"{}\"" "'{}'"], ["\"{x}\"" "'{x}'"];
    "Vec<String>" as "varchar(3)[]", "varchar(3)[]", TextArray, ["\"{a,b}\"" "'{a,b}'"], ["\"a\"" "'a'"];
    "Vec<i64>", "bigint[]", Searched, ["\"{}\"" "'{}'", "\"{1,2}\"" "'{1,2}'"], ["\"1\"" "'1'"];
    "Vec<String>", "text[]", TextArray, ["\"{a,b}\"" "'{a,b}'"], ["\"a\"" "'a'"];
    "::schema_core::range::Range<i64>", "int8range", Range, ["\"[1,10)\"" "'[1,10)'", "\"empty\"" "'empty'"], ["\"1-10\"" "'1-10'"];
    "::schema_core::range::Multirange<i64>", "int8multirange", Range, ["\"{[1,10)}\"" "'{[1,10)}'", "\"{}\"" "'{}'"], ["\"[1,10)\"" "'[1,10)'"];
    "::schema_core::range::Range<::jiff::Timestamp>", "tstzrange", Range, ["\"[2024-01-01,)\"" "'[2024-01-01,)'"], ["\"always\"" "'always'"];
    "::schema_core::range::Range<i32>", "int4range", Range, ["\"[1,10)\"" "'[1,10)'", "\"(,5]\"" "'(,5]'"], ["\"[5,1)\"" "'[5,1)'"];
    "::schema_core::range::Range<::rust_decimal::Decimal>", "numrange", Range, ["\"[1.5,)\"" "'[1.5,)'"], ["\"[a,b)\"" "'[a,b)'"];
    "::schema_core::range::Range<::jiff::civil::Date>", "daterange", Range, ["\"[2024-01-01,2024-02-01)\"" "'[2024-01-01,2024-02-01)'"], ["\"[2024-02-30,)\"" "'[2024-02-30,)'"];
    "::schema_core::range::Range<::jiff::civil::DateTime>", "tsrange", Range, ["\"empty\"" "'empty'"], ["\"\"" "''"];
    "::schema_core::range::Multirange<::jiff::civil::Date>", "datemultirange", Range, ["\"{}\"" "'{}'"], ["\"[,)\"" "'[,)'"];
    "::schema_core::range::Multirange<::rust_decimal::Decimal>", "nummultirange", Range, [], [];
    "Vec<::schema_core::range::Range<i64>>", "int8range[]", Searched, ["\"{}\"" "'{}'"], ["\"[1,2)\"" "'[1,2)'"];
    "crate::Bits", "bigint", Integer, ["3" "3"], [];
    "crate::Own", "interval", Ordered, ["\"1 day\"" "'1 day'", "\"-1:30\"" "'-1:30'"], ["\"soon\"" "'soon'"];
    "crate::Own" as "money", "money", Sorted, ["\"12.34\"" "'12.34'"], ["\"much\"" "'much'"];
    "crate::Own" as "timetz(3)", "timetz(3)", Ordered, ["\"12:00+00\"" "'12:00+00'"], ["\"noon\"" "'noon'"];
    "crate::Own" as "macaddr8", "macaddr8", Ordered, ["\"08:00:2b:01:02:03:04:05\"" "'08:00:2b:01:02:03:04:05'"], ["\"08\"" "'08'"];
    "crate::Own" as "bit(3)", "bit(3)", SortedLong, ["\"101\"" "'101'"], ["\"10x\"" "'10x'"];
    "crate::Own" as "bit_varying(5)", "bit varying(5)", SortedLong, ["\"1\"" "'1'", "\"\"" "''"], ["\"2\"" "'2'"];
    "crate::Own" as "xml", "xml", Unordered, ["\"<a/>\"" "'<a/>'"], [];
    "crate::Own" as "tsvector", "tsvector", SortedLong, ["\"a b\"" "'a b'"], ["\"'\"" "''''"];
    "crate::Own" as "tsquery", "tsquery", Sorted, ["\"a & b\"" "'a & b'"], ["\"a b\"" "'a b'"];
    "crate::Own" as "point", "point", Point, ["\"(1,2)\"" "'(1,2)'"], ["\"1\"" "'1'"];
    "Vec<crate::Own>" as "money[]", "money[]", Sorted, ["\"{}\"" "'{}'"], ["\"{x}\"" "'{x}'"];
    "::schema_core::json::Json<Vec<i64>>", "jsonb", Searched, ["\"[1]\"" "'[1]'"], ["\"[1\"" "'[1'"];
    "Box<str>", "text", Text, ["\"x\"" "'x'"], [];
    "Vec<bool>", "boolean[]", Searched, ["\"{t,f}\"" "'{t,f}'"], ["\"{maybe}\"" "'{maybe}'"];
    "::schema_core::Snowflake", "bigint", Integer, ["0" "0"], ["1.5e30" "1.5e30"];
    "String" as "\"pg_catalog.text\"", "pg_catalog.text", Text, ["\"x\"" "'x'"], [];
    "String" as "\"double precision[]\"", "double precision[]", Searched, ["\"{}\"" "'{}'"], [];
    "String" as "\"point\"", "point", Point, ["\"(1,2)\"" "'(1,2)'"], [];
    "String" as "\"xml\"", "xml", Unordered, ["\"<a/>\"" "'<a/>'"], [];
    "String" as "\"tsvector\"", "tsvector", Searched, [], [];
}
