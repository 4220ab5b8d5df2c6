//! The words of `schema!`.

use super::*;

const START_WORD: Word = one(START, Form::Value, "start = 1000");
const INCREMENT_WORD: Word = one(INCREMENT, Form::Value, "increment = 10");
const MIN_WORD: Word = one(MIN, Form::Value, "min = 1");
const MAX_WORD: Word = one(MAX, Form::Value, "max = 9999");
const CACHE_WORD: Word = one(CACHE, Form::Value, "cache = 20");
const CYCLE_WORD: Word = one(CYCLE, Form::Flag, CYCLE);

/// Behind the tables of `schema!`.
pub(crate) static SCHEMA_PLACE: Place = Place {
    what: "schema!",
    words: &[
        one(EXTENSIONS, Form::Value, "extensions = [\"citext\"]"),
        one(
            SEQUENCES,
            Form::Value,
            "sequences = [sequence(name = \"order_numbers\", start = 1000)]",
        ),
        one(
            COLLATIONS,
            Form::Value,
            "collations = [collation(name = \"natural_de\", provider = icu, locale = \"de-u-kn-true\")]",
        ),
        one(
            OBJECTS,
            Form::Value,
            "objects = [sql(\"CREATE FUNCTION …\")]",
        ),
    ],
};

/// In `extensions = […]`.
pub(crate) static EXTENSIONS_PLACE: Place = Place {
    what: "extensions",
    words: &[many(
        EXTENSION,
        Form::List,
        "extension(name = \"postgis\", namespace = \"gis\")",
    )],
};

/// Behind `extension`.
pub(crate) static EXTENSION_PLACE: Place = Place {
    what: "extension(…)",
    words: &[
        one(NAME, Form::Value, "name = \"postgis\""),
        one(NAMESPACE, Form::Value, "namespace = \"gis\""),
        one(VERSION, Form::Value, "version = \"3.4\""),
        one(CASCADE, Form::Flag, CASCADE),
        COMMENT_WORD,
    ],
};

/// In `sequences = […]`.
pub(crate) static SEQUENCES_PLACE: Place = Place {
    what: "sequences",
    words: &[many(
        SEQUENCE,
        Form::List,
        "sequence(name = \"order_numbers\", start = 1000)",
    )],
};

/// In `collations = […]`.
pub(crate) static COLLATIONS_PLACE: Place = Place {
    what: "collations",
    words: &[many(
        COLLATION,
        Form::List,
        "collation(name = \"natural_de\", provider = icu, locale = \"de-u-kn-true\")",
    )],
};

/// Behind `collation`.
pub(crate) static COLLATION_PLACE: Place = Place {
    what: "collation(…)",
    words: &[
        one(NAME, Form::Value, "name = \"natural_de\""),
        NAMESPACE_WORD,
        one(PROVIDER, Form::Value, "provider = icu"),
        one(LOCALE, Form::Value, "locale = \"de-u-kn-true\""),
        one(LC_COLLATE, Form::Value, "lc_collate = \"de_DE.utf8\""),
        one(LC_CTYPE, Form::Value, "lc_ctype = \"C\""),
        one(NONDETERMINISTIC, Form::Flag, NONDETERMINISTIC),
        COMMENT_WORD,
    ],
};

/// In `objects = […]`.
pub(crate) static OBJECTS_PLACE: Place = Place {
    what: "objects",
    words: &[many(
        OBJECT,
        Form::List,
        "object(sql(\"CREATE FUNCTION …\"), depends(Message))",
    )],
};

/// Behind `object`.
pub(crate) static OBJECT_PLACE: Place = Place {
    what: "object(…)",
    words: &[
        one(DEPENDS, Form::List, "depends(Message, touch)"),
        one(BEFORE, Form::List, "before(Message)"),
        COMMENT_WORD,
        one(KIND, Form::Value, "kind = \"statistics\""),
        one(NAME, Form::Value, "name = \"message_lengths\""),
    ],
};

/// Behind `identity`.
pub(crate) static IDENTITY_PLACE: Place = Place {
    what: "identity(…)",
    words: &[
        one(NAME, Form::Value, "name = \"order_numbers\""),
        START_WORD,
        INCREMENT_WORD,
        MIN_WORD,
        MAX_WORD,
        CACHE_WORD,
        CYCLE_WORD,
    ],
};

/// Behind `sequence`.
pub(crate) static SEQUENCE_PLACE: Place = Place {
    what: "sequence(…)",
    words: &[
        one(NAME, Form::Value, "name = \"order_numbers\""),
        NAMESPACE_WORD,
        one(TYPE, Form::Value, "type = bigint"),
        START_WORD,
        INCREMENT_WORD,
        MIN_WORD,
        MAX_WORD,
        CACHE_WORD,
        CYCLE_WORD,
        one(OWNED_BY, Form::Value, "owned_by = Order(number)"),
        COMMENT_WORD,
    ],
};
