//! SQL types → Rust types, with the word a column needs where the Rust type alone would be another SQL type.

use schema_core::schema::{QualifiedName, SqlType};

use super::{attribute::Imports, names::Names, text::literal};

/// A column's Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RustType {
    /// As the field has it, but for `Option`.
    pub(super) ty: String,
    /// The value of `type = …`.
    pub(super) word: Option<String>,
    /// What is imported for it.
    imports: Vec<String>,
    /// The advice that the word brings about.
    pub(super) advice: Option<&'static str>,
}

impl RustType {
    fn new(ty: &str) -> Self {
        Self {
            ty: ty.to_owned(),
            word: None,
            imports: Vec::new(),
            advice: None,
        }
    }

    fn word(mut self, word: impl Into<String>) -> Self {
        self.word = Some(word.into());
        self
    }

    fn import(mut self, path: impl Into<String>) -> Self {
        self.imports.push(path.into());
        self
    }

    fn advice(mut self, rule: &'static str) -> Self {
        self.advice = Some(rule);
        self
    }

    /// Adds what it needs to a file's imports.
    pub(super) fn add_imports(&self, imports: &mut Imports) {
        for path in &self.imports {
            imports.add(path.clone());
        }
    }
}

/// The Rust type of a column; `from` is the folder of the file it stands in.
pub(super) fn rust_type(names: &Names, ty: &SqlType, from: &str) -> RustType {
    if !ty.array {
        return one(names, ty, from).unwrap_or_else(|| raw(ty));
    }
    let element = SqlType {
        array: false,
        ..ty.clone()
    };
    match one(names, &element, from) {
        None => raw(ty),
        Some(element) => {
            let word = element
                .word
                .as_ref()
                .map(|word| match word.strip_suffix('"') {
                    Some(_) => literal(&ty.to_string()),
                    None => format!("{word}[]"),
                });
            RustType {
                ty: format!("Vec<{}>", element.ty),
                word,
                ..element
            }
        }
    }
}

/// The Rust type of a typed id.
pub(super) fn id(ident: &str, path: Option<String>) -> RustType {
    let ty = RustType::new(&format!("Id<{ident}>")).import("schema_core::Id");
    match path {
        Some(path) => ty.import(path),
        None => ty,
    }
}

/// A type that no Rust type stands for.
fn raw(ty: &SqlType) -> RustType {
    RustType::new("RawValue")
        .import("schema_core::ty::RawValue")
        .word(literal(&ty.to_string()))
}

fn one(names: &Names, ty: &SqlType, from: &str) -> Option<RustType> {
    match &ty.namespace {
        None => builtin(ty),
        Some(namespace) => {
            let name = QualifiedName::new(namespace.clone(), ty.name.clone());
            match names.type_item(&name) {
                Some(item) => Some(RustType::new(&item.ident).import(names.path(item, from))),
                None => of_extension(ty),
            }
        }
    }
}

/// Types of extensions that are read as text.
fn of_extension(ty: &SqlType) -> Option<RustType> {
    let is_public = ty.namespace.as_deref() == Some(schema_core::ident::PUBLIC);
    match ty.name.as_str() {
        "citext" if is_public => Some(RustType::new("String").word("citext")),
        "citext" | "ltree" | "lquery" | "ltxtquery" => Some(verbatim("String", ty)),
        _ => None,
    }
}

fn verbatim(rust: &str, ty: &SqlType) -> RustType {
    RustType::new(rust).word(literal(&ty.to_string()))
}

fn builtin(ty: &SqlType) -> Option<RustType> {
    let name = ty.name.as_str();
    let modifiers = ty.modifiers.join(", ");
    let with_modifiers = |rust: RustType| match modifiers.as_str() {
        "" => rust,
        modifiers => rust.word(format!("{name}({modifiers})")),
    };
    Some(match (name, ty.modifiers.is_empty()) {
        ("boolean", _) => RustType::new("bool"),
        ("smallint", _) => RustType::new("i16"),
        ("integer", _) => RustType::new("i32"),
        ("bigint", _) => RustType::new("i64"),
        ("oid", _) => RustType::new("u32"),
        ("real", _) => RustType::new("f32"),
        ("double precision", _) => RustType::new("f64"),
        ("numeric", _) => with_modifiers(RustType::new("Decimal").import("rust_decimal::Decimal")),
        ("text", _) => RustType::new("String"),
        ("varchar", true) => RustType::new("String")
            .word("varchar")
            .advice("varchar_without_length"),
        ("varchar", false) | ("char", false) => with_modifiers(RustType::new("String")),
        ("bpchar" | "name", true) => verbatim("String", ty),
        ("bytea", _) => RustType::new("Vec<u8>"),
        ("uuid", _) => RustType::new("Uuid").import("uuid::Uuid"),
        ("jsonb", _) => RustType::new("serde_json::Value"),
        ("json", _) => RustType::new("serde_json::Value")
            .word("json")
            .advice("json_instead_of_jsonb"),
        ("inet", _) => RustType::new("IpAddr").import("std::net::IpAddr"),
        ("cidr", _) => RustType::new("IpCidr").import("cidr::IpCidr"),
        ("macaddr", _) => RustType::new("MacAddress").import("eui48::MacAddress"),
        _ => {
            return date_time(ty)
                .map(with_modifiers)
                .map(advised)
                .or_else(|| range(name));
        }
    })
}

fn date_time(ty: &SqlType) -> Option<RustType> {
    Some(match ty.name.as_str() {
        "timestamptz" => RustType::new("Timestamp").import("jiff::Timestamp"),
        "timestamp" => RustType::new("DateTime").import("jiff::civil::DateTime"),
        "date" => RustType::new("Date").import("jiff::civil::Date"),
        "time" => RustType::new("Time").import("jiff::civil::Time"),
        _ => return None,
    })
}

/// The compiler's advice is about types by their words alone.
fn advised(rust: RustType) -> RustType {
    match &rust.word {
        Some(word) if word.starts_with("timestamp(") => rust.advice("timestamp_without_time_zone"),
        _ => rust,
    }
}

fn range(name: &str) -> Option<RustType> {
    let (kind, element) = match name.strip_suffix("multirange") {
        Some(element) => ("Multirange", element),
        None => ("Range", name.strip_suffix("range")?),
    };
    let bound = match element {
        "int4" => RustType::new("i32"),
        "int8" => RustType::new("i64"),
        "num" => RustType::new("Decimal").import("rust_decimal::Decimal"),
        "ts" => RustType::new("DateTime").import("jiff::civil::DateTime"),
        "tstz" => RustType::new("Timestamp").import("jiff::Timestamp"),
        "date" => RustType::new("Date").import("jiff::civil::Date"),
        _ => return None,
    };
    Some(RustType {
        ty: format!("{kind}<{}>", bound.ty),
        ..bound.import(format!("schema_core::range::{kind}"))
    })
}

/// A column whose type is written as text: what a foreign key between two integer types needs.
pub(super) fn as_text(rust: RustType, ty: &SqlType) -> RustType {
    RustType {
        word: Some(literal(&ty.to_string())),
        advice: None,
        ..rust
    }
}
