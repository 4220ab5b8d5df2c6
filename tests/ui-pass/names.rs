//! Names that stand in the way: raw, one letter, lower case, and those of the prelude.
#![deny(warnings)]
#![allow(non_camel_case_types, dead_code)]

extern crate schema_core as renamed;

use renamed as core_of_schemas;

mod shadowed {
    //! Everything the expansion could mean by a short name means something else here.
    use crate::core_of_schemas::Table as DeriveTable;

    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Result;
    pub struct Ok;
    pub struct Vec;
    pub struct String;
    pub struct Default;
    pub struct TableDef;
    pub struct str;
    pub struct usize;
    pub trait Table {}
    pub trait FromRow {}
    pub mod core {}
    pub mod std {}
    pub mod schema_core {}
    #[allow(unused_macros)]
    macro_rules! vec {
        () => {};
    }
    #[allow(unused_imports)]
    pub(crate) use vec;

    #[derive(DeriveTable)]
    #[table(name = "shadows", crate = crate::core_of_schemas)]
    pub struct Shadow {
        #[column(primary_key)]
        id: i64,
        #[column(type = varchar(3), default = "abc")]
        text: ::std::option::Option<::std::string::String>,
        #[column(references = Shadow)]
        other: i64,
        #[column(skip)]
        cached: u8,
    }

    #[derive(crate::core_of_schemas::View)]
    #[view(
        query = sql("SELECT {s.id}, {s.text} FROM {Shadow as s}"),
        materialized,
        unique_index(id),
        crate = crate::core_of_schemas
    )]
    pub struct View {
        id: i64,
        text: ::std::option::Option<::std::string::String>,
    }
}

use renamed::{Id, Table, schema};

#[derive(Table)]
struct t {
    #[column(primary_key)]
    id: Id<t>,
    #[column(references = T)]
    r#type: Id<T>,
}

#[derive(Table)]
#[table(name = "upper_t")]
struct T {
    #[column(primary_key)]
    r#id: Id<T>,
    #[column(references = t(id), on_delete = cascade)]
    r#match: Option<Id<t>>,
}

#[derive(Table)]
struct r#struct {
    #[column(primary_key)]
    r#fn: i64,
    #[column(references = r#struct(r#fn))]
    a: i64,
}

#[derive(renamed::View)]
#[view(query = sql("SELECT {r#type.r#fn}, {v.id} FROM {r#struct as r#type}, {shadowed::View as v}"))]
struct u {
    r#fn: i64,
    r#id: i64,
}

schema! {
    static S = [u, shadowed::View, t, T, r#struct, shadowed::Shadow];
}

fn main() {
    assert_eq!(S.tables[0].foreign_keys[0].referenced.name.name, "upper_t");
    assert_eq!(S.tables[2].table.columns[0].name, "fn");
}
