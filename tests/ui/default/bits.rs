use schema_core::{
    Table,
    postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
    ty::{ColumnType, TypeDef},
};

type Error = Box<dyn std::error::Error + Sync + Send>;

#[derive(Debug)]
struct Bits(Vec<u8>);

impl<'a> FromSql<'a> for Bits {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Error> {
        Ok(Self(raw.to_vec()))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::BIT
    }
}

impl ToSql for Bits {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Error> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::BIT
    }
    to_sql_checked!();
}

impl ColumnType for Bits {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::Bit(None)];
}

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = bit(4), default = "101")]
    flags: Bits,
}

fn main() {}
