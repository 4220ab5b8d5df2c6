//! Arrays of every type a user declares, and declared types over arrays and each other, in rows both ways.

use schema_core::{
    FromRow, SqlComposite, SqlDomain, SqlEnum, SqlFlags, Table, TextEnum, ddl,
    range::{Multirange, Range},
    schema::Schema,
    statement,
};
use serde_json::{Value, json};
use tests::client;

use crate::ddl::assert_created;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Color {
    Red,
    #[sql_enum(name = "dark, \"red\" {}")]
    DarkRed,
}

#[derive(TextEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Small,
    Large,
}

bitflags::bitflags! {
    #[derive(SqlFlags, Debug, Clone, Copy, PartialEq, Eq)]
    struct Rights: u32 {
        const READ = 1;
        const WRITE = 1 << 31;
    }
}

#[derive(SqlDomain, Debug, Clone, PartialEq)]
#[sql_domain(check = sql("VALUE <> ''::text"))]
struct Word(String);

/// A domain over an array of an enum type.
#[derive(SqlDomain, Debug, Clone, PartialEq)]
struct Palette(Vec<Option<Color>>);

/// A composite type of everything.
#[derive(SqlComposite, Debug, Clone, PartialEq)]
struct Item {
    color: Option<Color>,
    words: Vec<Option<Word>>,
    #[sql_composite(type = varchar(10))]
    size: Size,
    #[sql_composite(type = varchar(10)[])]
    sizes: Vec<Size>,
    data: Option<Value>,
    palette: Palette,
    years: Range<i32>,
    periods: Vec<Option<Multirange<i64>>>,
    rights: Vec<Rights>,
}

/// A domain over a composite type.
#[derive(SqlDomain, Debug, Clone, PartialEq)]
struct Goods(Item);

/// A composite type of arrays of domains over composite types.
#[derive(SqlComposite, Debug, Clone, PartialEq)]
struct Shelf {
    goods: Vec<Option<Goods>>,
    best: Option<Goods>,
    item: Item,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "stocks")]
struct Stock {
    #[column(primary_key)]
    id: i64,
    colors: Vec<Option<Color>>,
    #[column(type = varchar(10)[])]
    sizes: Option<Vec<Option<Size>>>,
    words: Vec<Option<Word>>,
    palettes: Vec<Option<Palette>>,
    items: Vec<Option<Item>>,
    goods: Option<Vec<Goods>>,
    one: Option<Goods>,
    shelves: Vec<Option<Shelf>>,
    years: Vec<Option<Range<i32>>>,
    periods: Option<Vec<Option<Multirange<i32>>>>,
    rights: Vec<Option<Rights>>,
    data: Vec<Option<Value>>,
}

fn empty(id: i64) -> Stock {
    Stock {
        id,
        colors: vec![],
        sizes: None,
        words: vec![],
        palettes: vec![],
        items: vec![],
        goods: None,
        one: None,
        shelves: vec![],
        years: vec![],
        periods: None,
        rights: vec![],
        data: vec![],
    }
}

fn item() -> Item {
    Item {
        color: None,
        words: vec![None, Some(Word("a \"b\", {c}".into()))],
        size: Size::Large,
        sizes: vec![],
        data: Some(json!({"a": [1, null]})),
        palette: Palette(vec![Some(Color::DarkRed), None]),
        years: Range::Empty,
        periods: vec![
            None,
            Some(Multirange::empty()),
            Some(Multirange::from([Range::from(1..3), Range::from(5..)])),
        ],
        rights: vec![Rights::READ | Rights::WRITE, Rights::empty()],
    }
}

fn full(id: i64) -> Stock {
    let goods = Goods(Item {
        color: Some(Color::Red),
        data: None,
        ..item()
    });
    let shelf = Shelf {
        goods: vec![Some(goods.clone()), None],
        best: None,
        item: item(),
    };
    Stock {
        id,
        colors: vec![None, Some(Color::DarkRed), Some(Color::Red)],
        sizes: Some(vec![Some(Size::Small), None]),
        words: vec![None, Some(Word("w".into()))],
        palettes: vec![None, Some(Palette(vec![])), Some(Palette(vec![None]))],
        items: vec![Some(item()), None],
        goods: Some(vec![goods.clone()]),
        one: Some(goods),
        shelves: vec![Some(shelf.clone()), None, Some(shelf)],
        years: vec![Some(Range::from(1..3)), None, Some(Range::Empty)],
        periods: Some(vec![None, Some(Multirange::from([Range::from(..3)]))]),
        rights: vec![Some(Rights::all()), None],
        data: vec![Some(json!(null)), None, Some(json!("x"))],
    }
}

#[tokio::test]
async fn arrays_of_every_declared_type_come_back_with_nulls_and_empty() {
    let (_database, client) = client().await;
    for statement in ddl::create(&Schema::from_tables(&[Stock::ENTRY]).unwrap()) {
        client.batch_execute(&statement).await.unwrap();
    }
    for written in [empty(1), full(2)] {
        statement::insert(&client, &written).await.unwrap();
        let sql = "SELECT * FROM stocks WHERE id = $1";
        let row = client.query_one(sql, &[&written.id]).await.unwrap();
        assert_eq!(Stock::from_row(&row).unwrap(), written);
    }
}

#[tokio::test]
async fn declared_types_over_each_other_are_made_as_declared() {
    let (_database, client) = client().await;
    let schema = Schema::from_tables(&[Stock::ENTRY]).unwrap();
    assert_created(&client, schema, "stocks").await;
}

#[tokio::test]
async fn the_server_sees_in_an_array_what_was_written() {
    let (_database, client) = client().await;
    for statement in ddl::create(&Schema::from_tables(&[Stock::ENTRY]).unwrap()) {
        client.batch_execute(&statement).await.unwrap();
    }
    statement::insert(&client, &full(1)).await.unwrap();
    let sql = "SELECT (items[1]).words[2]::text, (items[1]).palette[1]::text, items[2] IS NULL,
            (items[1]).rights[1], array_length((shelves[3]).goods, 1)
        FROM stocks";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "a \"b\", {c}");
    assert_eq!(row.get::<_, &str>(1), "dark, \"red\" {}");
    assert!(row.get::<_, bool>(2));
    assert_eq!(row.get::<_, i32>(3), i32::MIN + 1);
    assert_eq!(row.get::<_, i32>(4), 2);
}
