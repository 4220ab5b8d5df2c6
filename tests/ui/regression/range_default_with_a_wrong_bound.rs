use schema_core::{Table, range::Range};

#[derive(Table)]
struct Sale {
    #[column(primary_key)]
    id: i64,
    #[column(default = "[5,1)")]
    numbers: Range<i32>,
    #[column(default = "[2024-02-30,)")]
    days: Range<jiff::civil::Date>,
    #[column(default = "[1,2,3)")]
    three: Range<i64>,
    #[column(default = "[-5,1)")]
    right: Range<i32>,
}

fn main() {}
