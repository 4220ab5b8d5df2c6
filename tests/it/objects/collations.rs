//! Collations of one's own.

use schema_core::{Id, SqlDomain, Table, schema};

use super::created;

/// A title, ordered as people do.
#[derive(SqlDomain, Debug, Clone)]
#[sql_domain(collate = "natural_de")]
struct Title(String);

#[derive(Table)]
#[table(name = "books", index(author collate = "by hand.c like"))]
struct Book {
    #[column(primary_key)]
    id: Id<Book>,
    #[column(collate = "natural_de")]
    chapter: String,
    title: Title,
    author: String,
}

schema! {
    static BOOKS = [Book], collations = [
        collation(
            name = "natural_de",
            provider = icu,
            locale = "de-u-kn-true",
            nondeterministic,
            comment = "Chapter 10 comes behind chapter 9.",
        ),
        collation(name = "c like", namespace = "by hand", locale = "C"),
        collation(name = "mixed", lc_collate = "C", lc_ctype = "POSIX"),
    ];
}

#[tokio::test]
async fn collations_are_made_before_the_types_and_tables_that_use_them() {
    let (_database, client) = created(&BOOKS).await;
    let sql = "SELECT chapter FROM books ORDER BY chapter";
    let insert = "INSERT INTO books VALUES (1, '10', 'a', 'b'), (2, '9', 'a', 'b')";
    client.batch_execute(insert).await.unwrap();
    let rows = client.query(sql, &[]).await.unwrap();
    let chapters: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(chapters, ["9", "10"]);
}
