/// Who wrote how much.
#[derive(View)]
#[view(
    name = "authors",
    query = sql("SELECT {u.id}, {u.username}, count(*) AS messages
          FROM {User as u} JOIN {Message as m} ON {m.author_id} = {u.id} GROUP BY {u.id}"),
    depends(Server),
    materialized,
    unique_index(id),
    with(fillfactor = 70),
)]
struct Author {
    id: Id<User>,
    username: String,
    /// All of them.
    messages: i64,
}
