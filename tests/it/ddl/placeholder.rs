//! `{field}` in each place that takes SQL text.

use schema_core::Table;

use super::assert_tables;

#[derive(Table)]
#[table(
    name = "Place s",
    check(sql("{least} < {most}")),
    index(sql("{least} + {most}"), where = sql("{most} > 0")),
    unique_index(sql("abs({most})")),
    exclude(using = btree, sql("{most} + 1") with "=", where = sql("{least} is not null")),
    row_level_security,
    policy(name = "some", for = update, using = sql("{least} > 0"), with_check = sql("{most} > 0")),
)]
#[expect(dead_code, reason = "its definition is what is looked at")]
struct Places {
    #[column(primary_key, name = "The \"id\"")]
    id: i64,
    #[column(name = "least of all", check = sql("{least} > 0"), index(where = sql("{least} < 10")))]
    least: i64,
    #[column(name = "select", unique_index(where = sql("{most} < 100")))]
    most: i64,
    #[column(name = "Sum", generated = sql("{least} + {r#most}"))]
    sum: i64,
}

#[tokio::test]
async fn a_placeholder_is_the_quoted_name_of_its_column_wherever_sql_text_stands() {
    assert_tables(&[Places::ENTRY]).await;
}

#[derive(Table)]
#[table(name = "parted", partition_by = range(sql("{most} % 10")), no_primary_key)]
struct Parted {
    #[column(name = "Most")]
    most: i64,
}

#[tokio::test]
async fn a_placeholder_is_the_quoted_name_of_its_column_in_a_partition_key() {
    assert_tables(&[Parted::ENTRY]).await;
}
