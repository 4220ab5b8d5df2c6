//! The words of views.

use super::{
    ALLOW_WORD, CHECK_OPTION, COMMENT_WORD, CRATE_WORD, DEPENDS, Form, INDEX, JSON, MATERIALIZED,
    NAME, NAMESPACE_WORD, Place, QUERY, RENAMED_FROM, TABLESPACE, TYPE, UNIQUE_INDEX, USING, WITH,
    WITH_NO_DATA, many, one,
};

/// On a struct with `View`.
pub(crate) static VIEW_PLACE: Place = Place {
    what: "#[view(…)]",
    words: &[
        one(NAME, Form::Value, "name = \"active_users\""),
        NAMESPACE_WORD,
        one(
            QUERY,
            Form::Value,
            "query = sql(\"SELECT {u.id} FROM {User as u}\")",
        ),
        one(DEPENDS, Form::List, "depends(User, Message)"),
        one(MATERIALIZED, Form::Flag, MATERIALIZED),
        one(WITH, Form::List, "with(security_barrier)"),
        one(CHECK_OPTION, Form::Value, "check_option = cascaded"),
        one(WITH_NO_DATA, Form::Flag, WITH_NO_DATA),
        one(USING, Form::Value, "using = heap"),
        one(TABLESPACE, Form::Value, "tablespace = \"fast\""),
        many(INDEX, Form::List, "index(username, id desc)"),
        many(UNIQUE_INDEX, Form::List, "unique_index(id)"),
        one(RENAMED_FROM, Form::Value, "renamed_from = \"busy_users\""),
        COMMENT_WORD,
        ALLOW_WORD,
        CRATE_WORD,
    ],
};

/// On a field of a struct with `View`.
pub(crate) static VIEW_COLUMN_PLACE: Place = Place {
    what: "#[column(…)]",
    words: &[
        one(TYPE, Form::Value, "type = varchar(32)"),
        one(NAME, Form::Value, "name = \"user_id\""),
        one(JSON, Form::Flag, JSON),
        COMMENT_WORD,
        ALLOW_WORD,
    ],
};
