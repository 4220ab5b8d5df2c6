//! Names: quoted as the server quotes them, and chosen as the server chooses them.

mod chosen;
mod expression;

use schema_core::{
    ident::{MAX_BYTES, quote, quote_literal, quote_qualified, truncate},
    schema::SqlType,
};
use tests::{client, definitions};

#[tokio::test]
async fn every_keyword_of_the_server_is_quoted_as_the_server_does() {
    let (_database, client) = client().await;
    let sql = "SELECT word, quote_ident(word) FROM pg_get_keywords()";
    let version: String = client
        .query_one("SHOW server_version_num", &[])
        .await
        .unwrap()
        .get(0);
    let newest = version.parse::<u32>().unwrap() >= 180_000;
    for row in client.query(sql, &[]).await.unwrap() {
        let (word, quoted): (String, String) = (row.get(0), row.get(1));
        // An older server knows fewer keywords and quotes fewer words.
        if newest || quoted != word {
            assert_eq!(quote(&word), quoted);
        }
    }
}

#[tokio::test]
async fn hostile_names_and_texts_are_quoted_as_the_server_does() {
    let (_database, client) = client().await;
    for name in definitions::names()
        .into_iter()
        .filter(|name| *name != "json")
    {
        let row = client
            .query_one("SELECT quote_ident($1)", &[&name])
            .await
            .unwrap();
        assert_eq!(quote(name), row.get::<_, &str>(0));
        let sql = format!("SELECT {} AS {}", quote_literal(name), quote(name));
        let row = client.query_one(&sql, &[]).await.unwrap();
        assert_eq!(
            (row.get::<_, &str>(0), row.columns()[0].name()),
            (name, name)
        );
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_cut_where_the_server_cuts_it() {
    let (_database, client) = client().await;
    for character in ["x", "é", "日", "😀"] {
        for start in ["", "a", "ab", "abc"] {
            let name = format!("{start}{}", character.repeat(70));
            let row = client
                .query_one(&format!("SELECT 1 AS {}", quote(&name)), &[])
                .await
                .unwrap();
            assert_eq!(truncate(&name), row.columns()[0].name());
            assert!(truncate(&name).len() <= MAX_BYTES);
        }
    }
}

#[tokio::test]
async fn a_table_called_like_a_system_catalog_is_still_the_users() {
    let (_database, client) = client().await;
    let table = quote_qualified("public", "pg_class");
    client
        .batch_execute(&format!(
            "CREATE TABLE {table} (own int); SELECT own FROM {table}"
        ))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_type_reads_the_same_from_a_definition_and_from_the_server() {
    let (_database, client) = client().await;
    client
        .batch_execute("CREATE TYPE mood AS ENUM (); CREATE TYPE public.text AS ENUM ()")
        .await
        .unwrap();
    let types = [
        "int",
        "int8",
        "float(24)",
        "float",
        "dec(5)",
        "numeric",
        "varchar",
        "character varying(9)",
        "char",
        "char(4)[]",
        "bpchar",
        "time(2)",
        "time with time zone",
        "timestamp(3) without time zone",
        "timestamptz(1)",
        "interval",
        "interval(3)",
        "interval year to month",
        "interval second(2)",
        "bit",
        "bit varying",
        "varbit(3)",
        "\"char\"",
        "name",
        "xid8",
        "public.text",
        "mood",
        "mood[][]",
        "int array[2]",
        "regclass",
        "tsmultirange",
    ];
    for written in types {
        let ty: SqlType = written.parse().unwrap();
        let sql = format!(
            "CREATE TEMP TABLE probe (c {ty}); CREATE TEMP TABLE other (c {written}); SET search_path = pg_catalog"
        );
        client.batch_execute(&sql).await.unwrap();
        let sql = "SELECT format_type(atttypid, atttypmod), attndims FROM pg_attribute
            WHERE attrelid IN ('pg_temp.probe'::regclass, 'pg_temp.other'::regclass) AND attname = 'c' ORDER BY attrelid";
        let rows = client.query(sql, &[]).await.unwrap();
        let (own, other): (String, String) = (rows[0].get(0), rows[1].get(0));
        assert_eq!(own, other, "{written} as {ty}");
        assert_eq!(own.parse::<SqlType>().unwrap(), ty, "{written}");
        client
            .batch_execute("RESET search_path; DROP TABLE pg_temp.probe, pg_temp.other")
            .await
            .unwrap();
    }
}
