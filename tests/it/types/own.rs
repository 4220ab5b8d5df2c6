//! A type of the user's own by one trait, with an SQL type that is not known here.

use schema_core::{
    FromRow, Table,
    postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
    schema::Schema,
    statement,
    ty::{ColumnType, ReadError, TypeDef},
};
use tests::client;

use crate::ddl::assert_created;
use crate::row::{One, one_row, row_error};

/// A circle, which PostgreSQL has and this crate does not know.
#[derive(Debug, Clone, PartialEq)]
struct Circle {
    center: (f64, f64),
    radius: f64,
}

impl<'r> FromSql<'r> for Circle {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        let number = |at: usize| -> Result<f64, ReadError> {
            let bytes = raw.get(at * 8..at * 8 + 8).ok_or("too few bytes")?;
            Ok(f64::from_be_bytes(bytes.try_into()?))
        };
        Ok(Self {
            center: (number(0)?, number(1)?),
            radius: number(2)?,
        })
    }
    fn accepts(ty: &Type) -> bool {
        ty.name() == "circle"
    }
}

impl ToSql for Circle {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        for number in [self.center.0, self.center.1, self.radius] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        Ok(IsNull::No)
    }
    fn accepts(ty: &Type) -> bool {
        ty.name() == "circle"
    }
    to_sql_checked!();
}

impl ColumnType for Circle {
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::Verbatim("circle")];
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "drawings")]
struct Drawing {
    #[column(primary_key)]
    id: i64,
    #[column(default = "<(0,0),1>")]
    outline: Circle,
    hole: Option<Circle>,
    dots: Vec<Circle>,
    #[column(type = "circle[]")]
    marks: Option<Vec<Option<Circle>>>,
    #[column(type = "circle")]
    same: Circle,
}

fn circle(radius: f64) -> Circle {
    Circle {
        center: (-0.5, 1e300),
        radius,
    }
}

#[tokio::test]
async fn a_type_by_one_trait_is_a_column_an_option_and_an_array() {
    let (_database, client) = client().await;
    let schema = Schema::from_tables(&[Drawing::ENTRY]).unwrap();
    assert_created(&client, schema, "drawings").await;
    let bare = |id| Drawing {
        id,
        outline: circle(1.0),
        hole: None,
        dots: vec![],
        marks: None,
        same: circle(0.0),
    };
    let full = Drawing {
        hole: Some(circle(2.0)),
        dots: vec![circle(3.0), circle(4.0)],
        marks: Some(vec![None, Some(circle(5.0))]),
        ..bare(2)
    };
    for written in [bare(1), full] {
        statement::insert(&client, &written).await.unwrap();
        let sql = "SELECT * FROM drawings WHERE id = $1";
        let row = client.query_one(sql, &[&written.id]).await.unwrap();
        assert_eq!(Drawing::from_row(&row).unwrap(), written);
    }
}

#[tokio::test]
async fn another_type_in_the_result_is_named_with_the_one_it_was_read_as() {
    let (_database, client) = client().await;
    let row = one_row(&client, "SELECT '(0,0)'::point AS at").await;
    let error = row_error(One::<Circle>::from_row(&row)).to_string();
    assert_eq!(
        error,
        "cannot read `One.at` (column 1, POINT) as `Circle`: the types do not fit"
    );
}
