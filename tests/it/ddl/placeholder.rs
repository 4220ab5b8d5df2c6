//! `{field}` in each place that takes SQL text.

use schema_core::{Table, ddl, schema::Schema};
use tests::client;

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

#[derive(Table)]
#[table(name = "parted", partition_by = range(sql("{most} % 10")), no_primary_key)]
struct Parted {
    #[column(name = "Most")]
    most: i64,
}

#[tokio::test]
async fn a_placeholder_is_the_quoted_name_of_its_column_wherever_sql_text_stands() {
    let (_database, client) = client().await;
    let schema = Schema::from_tables(&[Places::ENTRY, Parted::ENTRY]).unwrap();
    client.batch_execute(&ddl::script(&schema)).await.unwrap();
    let sql = r#"SELECT string_agg(definition, E'\n') FROM (
        SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype <> 'p'
        UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
        UNION ALL SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
        UNION ALL SELECT pg_get_partkeydef(oid) FROM pg_class WHERE relkind = 'p'
        UNION ALL SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
        UNION ALL SELECT pg_get_expr(polwithcheck, polrelid) FROM pg_policy
    ) AS d(definition)"#;
    let definitions: String = client.query_one(sql, &[]).await.unwrap().get(0);
    for expected in [
        r#"CHECK (("least of all" < "select"))"#,
        r#"CHECK (("least of all" > 0))"#,
        r#"((("least of all" + "select"))) WHERE ("select" > 0)"#,
        r#"(abs("select"))"#,
        r#"EXCLUDE USING btree ((("select" + 1)) WITH =) WHERE (("least of all" IS NOT NULL))"#,
        r#"("least of all") WHERE ("least of all" < 10)"#,
        r#"("select") WHERE ("select" < 100)"#,
        r#"RANGE ((("Most" % (10)::bigint)))"#,
        r#"("least of all" > 0)"#,
        r#"("select" > 0)"#,
    ] {
        assert!(definitions.contains(expected), "{expected}\n{definitions}");
    }
}
