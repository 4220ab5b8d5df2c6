//! The words of partitions, on a struct and behind `partition`.

use super::{
    COMMENT_WORD, DEFAULT, FROM, Form, IN, MODULUS, NAME, NAMESPACE_WORD, PARTITION, PARTITION_BY,
    PARTITIONS, Place, REMAINDER, TO, Word, many, one,
};

pub(super) const PARTITION_BY_WORD: Word =
    one(PARTITION_BY, Form::Value, "partition_by = range(id)");
pub(super) const PARTITION_WORD: Word = many(
    PARTITION,
    Form::List,
    "partition(name = \"messages_2026\", from = 2026, to = 2027)",
);
pub(super) const PARTITIONS_WORD: Word = one(PARTITIONS, Form::Value, "partitions = 4");

/// Behind `partition`.
pub(crate) static PARTITION_PLACE: Place = Place {
    what: "partition(…)",
    words: &[
        one(NAME, Form::Value, "name = \"messages_2026\""),
        NAMESPACE_WORD,
        one(
            FROM,
            Form::ValueOrList,
            "from = 2026` or `from(2026, minvalue)",
        ),
        one(TO, Form::ValueOrList, "to = 2027` or `to(2026, maxvalue)"),
        one(IN, Form::ValueOrList, "in = \"a\"` or `in(\"a\", \"b\")"),
        one(MODULUS, Form::Value, "modulus = 4"),
        one(REMAINDER, Form::Value, "remainder = 0"),
        one(DEFAULT, Form::Flag, DEFAULT),
        PARTITION_BY_WORD,
        PARTITION_WORD,
        PARTITIONS_WORD,
        COMMENT_WORD,
    ],
};
