//! What a mistake gets: each case in `ui/<kind>/<mistake>.rs` fails to compile with exactly the messages beside it.

#[test]
fn every_mistake_gets_its_message() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

#[test]
fn tables_compile_under_strict_lints_and_among_names_that_stand_in_the_way() {
    trybuild::TestCases::new().pass("ui-pass/*.rs");
}
