use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages")]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
}

schema! {
    pub static CHAT = [Message], objects = [
        sql("CREATE FUNCTION none() RETURNS int RETURN 1"),
        sql("CREATE FUNCTION public.none(int) RETURNS int RETURN 1"),
        sql("CREATE FUNCTION Left() RETURNS int RETURN 1"),
        sql("CREATE TYPE left AS RANGE (SUBTYPE = float8)"),
        sql("CREATE TYPE between AS RANGE (SUBTYPE = float8)"),
        sql("CREATE PROCEDURE user.forget() LANGUAGE sql AS 'SELECT 1'"),
        sql("CREATE TRIGGER select AFTER DELETE ON {Message} FOR EACH ROW EXECUTE FUNCTION f()"),
        sql("CREATE AGGREGATE \"select\" (bigint) (SFUNC = int8pl, STYPE = bigint)"),
    ];
}

fn main() {}
