use schema_core::SqlEnum;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(name = "a label of more than sixty-three bytes, which PostgreSQL would refuse")]
    Online,
}

fn main() {}
