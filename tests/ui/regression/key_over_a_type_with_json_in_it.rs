use schema_core::{SqlComposite, SqlDomain, Table};

#[derive(SqlDomain, Debug)]
#[sql_domain(type = json)]
struct Body(serde_json::Value);

#[derive(SqlComposite, Debug)]
struct Draft {
    title: String,
    body: Body,
}

#[derive(Table)]
#[table(index(draft, id), index(drafts, using = gin))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    body: Body,
    draft: Option<Draft>,
    drafts: Vec<Draft>,
}

fn main() {}
