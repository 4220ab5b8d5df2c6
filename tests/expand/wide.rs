#[derive(Table)]
#[table(
    namespace = "audit",
    primary_key(tenant, number),
    unique(number, r#type, nulls_not_distinct, name = "by_number"),
    index(sql("lower({r#type})"), number desc nulls_last, using = btree, where = sql("{number} > 0")),
    check(sql("{number} <> 7")),
    allow(integer_primary_key, reason = "it numbers within a tenant"),
)]
struct Entry {
    tenant: i64,
    #[column(identity = always)]
    number: i32,
    r#type: String,
    #[column(json, allow(json_instead_of_jsonb, reason = "the order of keys is kept"))]
    details: Option<Details>,
    #[column(generated = sql("upper({r#type})"))]
    upper: String,
    #[column(skip)]
    cached: u8,
}
