//! Lists the migrations, which the library embeds.

fn main() -> Result<(), schema_kit::embed::EmbedError> {
    schema_kit::embed::list("migrations")
}
