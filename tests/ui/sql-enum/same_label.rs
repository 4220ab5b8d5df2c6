use schema_core::SqlEnum;

#[derive(SqlEnum)]
enum Status {
    Online,
    #[sql_enum(name = "online")]
    Away,
}

fn main() {}
