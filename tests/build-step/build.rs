//! Writes `schema.sql` into `OUT_DIR`.

fn main() -> Result<(), schema_core::Error> {
    schema_core::build::write_ddl(&app_schema::CHAT, "schema.sql")?;
    Ok(())
}
