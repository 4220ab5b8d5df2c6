//! What the soundness runs found and the compiler must take since, one module a case; what it must refuse since stands in
//! `ui/regression`.

mod collation_of_a_key_on_its_field;
mod field_with_a_capital_behind_its_struct;
mod flag_beside_a_column_of_its_name;
mod index_of_a_materialized_view_over_types_of_ones_own;
mod made_up_name_that_another_object_has;
mod name_with_a_quote_in_a_body_in_quotes;
mod operator_class_of_a_keyword;
mod storage_parameters_at_their_bounds;

use schema_core::{def::SchemaDef, schema::Schema};
use tests::client;

use crate::ddl::assert_created;

/// The schema is created, and the catalogs hold what it says.
async fn accepted(schema: &SchemaDef) {
    let (_database, client) = client().await;
    let schema = Schema::from_def(schema).unwrap();
    assert_created(&client, schema, "regression").await;
}
