//! The words of structs with `FromRow`.

use super::{CRATE_WORD, Form, JSON, NAME, NESTED, Place, SKIP, one};

/// On a struct with `FromRow`.
pub(crate) static PROJECTION_PLACE: Place = Place {
    what: "#[table(…)]",
    words: &[CRATE_WORD],
};

/// On a field of a struct with `FromRow`.
pub(crate) static PROJECTION_COLUMN_PLACE: Place = Place {
    what: "#[column(…)]",
    words: &[
        one(NAME, Form::Value, "name = \"author_name\""),
        one(NESTED, Form::FlagOrValue, "nested = \"author_\""),
        one(JSON, Form::Flag, JSON),
        one(SKIP, Form::Flag, SKIP),
    ],
};
