//! Schemas that nobody wrote.

use app_schema::CHAT;
use schema_core::schema::Schema;
use tests::{
    catalog, client,
    definitions::{self, References},
    random::Random,
};

use super::{assert_survives, read, send};

#[tokio::test]
async fn the_thirteen_tables_survive() {
    let schema = Schema::from_def(&CHAT).unwrap();
    let (database, mut client) = send(&schema, "app-schema").await;
    assert_survives(&database, &mut client, "app-schema").await;
}

#[tokio::test]
async fn random_definitions_survive() {
    for seed in 0..6 {
        let entries = definitions::tables(&mut Random::new(seed), References::Any);
        let schema = Schema::from_tables(&entries).unwrap();
        let context = format!("seed {seed}");
        let (database, mut client) = send(&schema, &context).await;
        assert_survives(&database, &mut client, &context).await;
    }
}

#[tokio::test]
async fn what_is_read_is_what_an_independent_reader_sees() {
    for seed in 100..130 {
        let entries = definitions::tables(&mut Random::new(seed), References::Any);
        let schema = Schema::from_tables(&entries).unwrap();
        let (_database, mut client) = client().await;
        let script = schema_core::ddl::script(&schema);
        client.batch_execute(&script).await.unwrap();
        let found = read(&mut client).await.schema;
        let seen = catalog::sorted(catalog::read(&client).await);
        assert_eq!(catalog::sorted(found), seen, "seed {seed}");
    }
}
