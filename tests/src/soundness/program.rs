//! What the program of many schemas has beside them.

/// Prints a schema as [`run`](super::compile::run) reads it.
pub(crate) const SHOW: &str = r#"
fn show(schema: &::schema_core::def::SchemaDef) {
    match ::schema_core::schema::Schema::from_def(schema) {
        Ok(schema) => print!("\u{1}ok\u{2}{}", ::schema_core::ddl::script(&schema)),
        Err(error) => print!("\u{1}{error}"),
    }
}
"#;

/// Prints statements behind a schema, each to be looked at by a server and forgotten.
pub(super) const SHOW_QUERIES: &str = r#"
fn show_queries(queries: &[&str]) {
    for query in queries {
        print!("\nPREPARE query AS {query};\nDEALLOCATE query;\n");
    }
}
"#;

/// Types of one's own that schemas name: one that joins in by the trait, for every SQL type without a Rust type, and bits.
pub(super) const OWN: &str = r#"
#[derive(Debug)]
pub struct Own(pub Vec<u8>);

mod own {
    use ::schema_core::{postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked}, ty::{ColumnType, TypeDef}};
    type Failed = Box<dyn std::error::Error + Sync + Send>;

    impl<'a> FromSql<'a> for super::Own {
        fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Failed> {
            Ok(Self(raw.to_vec()))
        }
        fn accepts(_: &Type) -> bool {
            true
        }
    }
    impl ToSql for super::Own {
        fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Failed> {
            out.extend_from_slice(&self.0);
            Ok(IsNull::No)
        }
        fn accepts(_: &Type) -> bool {
            true
        }
        to_sql_checked!();
    }
    impl ColumnType for super::Own {
        const SQL_TYPES: &'static [TypeDef] = &[
            TypeDef::Interval, TypeDef::Money, TypeDef::Timetz(None), TypeDef::Macaddr8, TypeDef::Bit(None),
            TypeDef::Varbit(None), TypeDef::Xml, TypeDef::TsVector, TypeDef::TsQuery, TypeDef::Point,
        ];
    }
}

::bitflags::bitflags! {
    #[derive(Debug, Clone, Copy, ::schema_core::SqlFlags)]
    pub struct Bits: u64 {
        const A = 1;
    }
}
"#;
