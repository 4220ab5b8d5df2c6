use schema_core::SqlEnum;

#[derive(SqlEnum)]
#[sql_enum(schema = "audit")]
enum Status {
    Online,
}

fn main() {}
