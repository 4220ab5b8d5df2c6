//! Words that are none of ours, with what to write instead.

/// Words that belong to SQL, to other libraries or to another place, and what to write instead.
pub(crate) static ELSEWHERE: &[(&str, &str)] = &[
    ("null", NULLABLE_HELP),
    ("nullable", NULLABLE_HELP),
    ("optional", NULLABLE_HELP),
    (
        "not_null",
        "a column is NOT NULL unless its field is an `Option<…>`",
    ),
    (
        "required",
        "a column is NOT NULL unless its field is an `Option<…>`",
    ),
    ("pk", "write `primary_key`"),
    ("primary", "write `primary_key`"),
    ("ref", "write `references = …`"),
    ("refs", "write `references = …`"),
    ("fk", "write `references = User(id)`"),
    ("foreign", "write `references = User(id)`"),
    ("schema", "write `namespace = \"…\"`"),
    ("table_name", "write `name = \"…\"`"),
    ("column_name", "write `name = \"…\"`"),
    ("rename", "write `name = \"…\"`"),
    ("sql_type", "write `type = …`"),
    ("length", "write `type = varchar(…)`"),
    ("max_length", "write `type = varchar(…)`"),
    ("auto_increment", "write `identity = always`"),
    ("autoincrement", "write `identity = always`"),
    ("serial", "write `identity = always`"),
    ("ignore", "write `skip`"),
    ("transient", "write `skip`"),
    ("jsonb", "write `json`, or `type = jsonb`"),
    ("constraint", "write `check(sql(\"…\"), name = \"…\")`"),
    ("rls", "write `row_level_security`"),
    ("default_sql", "write `default = sql(\"…\")`"),
    ("method", "write `using = …`"),
    ("command", "write `for = …`"),
    ("roles", "write `to(…)`"),
    ("restrictive", "write `as = restrictive`"),
    ("permissive", "write `as = permissive`"),
    ("predicate", "write `where = sql(\"…\")`"),
    ("filter", "write `where = sql(\"…\")`"),
    (
        "include",
        "write `include(…)` inside `index(…)`, `unique(…)` or `primary_key(…)`",
    ),
    (
        "using",
        "write `using = …` inside `index(…)` or `exclude(…)`",
    ),
    (
        "where",
        "write `where = sql(\"…\")` inside `index(…)` or `exclude(…)`",
    ),
    ("concurrently", "write `concurrently` inside `index(…)`"),
    (
        "nulls_not_distinct",
        "write it inside `unique(…)` or `unique_index(…)`",
    ),
    (
        "deferrable",
        "keys alone can be deferred: write it inside `unique(…)`, `primary_key(…)`, `exclude(…)` or `foreign_key(…)`",
    ),
    (
        "deterministic",
        "leave it out: a collation is deterministic unless it says `nondeterministic`",
    ),
    ("functions", OBJECTS_HELP),
    ("function", OBJECTS_HELP),
    ("triggers", OBJECTS_HELP),
    ("trigger", OBJECTS_HELP),
    ("procedures", OBJECTS_HELP),
    ("rules", OBJECTS_HELP),
    ("casts", OBJECTS_HELP),
    ("operators", OBJECTS_HELP),
    ("aggregates", OBJECTS_HELP),
    ("event_triggers", OBJECTS_HELP),
    ("min_value", "write `min = …`"),
    ("minvalue", "write `min = …`"),
    ("max_value", "write `max = …`"),
    ("maxvalue", "write `max = …`"),
    ("start_with", "write `start = …`"),
    ("increment_by", "write `increment = …`"),
    ("columns", "write `columns(…)` inside `foreign_key(…)`"),
];

const OBJECTS_HELP: &str =
    "write `objects = [sql(\"CREATE …\")]` in `schema!`: the text says itself what it creates";

const NULLABLE_HELP: &str = "make the field an `Option<…>` instead: nothing else says nullable";
