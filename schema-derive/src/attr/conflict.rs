//! Words on one field that exclude each other.

use super::item::Item;
use crate::{
    code,
    ctxt::Ctxt,
    symbol::{COLLATE, DEFAULT, GENERATED, IDENTITY, JSON, SKIP},
};

/// Pairs of words, and what to do about them.
///
/// That a column has at most one of `DEFAULT`, `GENERATED … AS IDENTITY` and `GENERATED … STORED` is the rule of
/// [`CREATE TABLE`](https://www.postgresql.org/docs/current/sql-createtable.html); the rest is what JSON columns and
/// identity columns, which are integers, have no room for.
const CONFLICTS: [(&str, &str, &str); 6] = [
    (
        DEFAULT,
        GENERATED,
        "a generated column is computed: remove `default`",
    ),
    (
        DEFAULT,
        IDENTITY,
        "an identity column numbers itself: remove `default`",
    ),
    (
        IDENTITY,
        GENERATED,
        "a column is numbered or computed, not both: remove one",
    ),
    (
        JSON,
        IDENTITY,
        "an identity column is an integer: remove one",
    ),
    (JSON, COLLATE, "JSON has no collation: remove `collate`"),
    (
        IDENTITY,
        COLLATE,
        "an identity column is an integer: remove `collate`",
    ),
];

/// Refuses pairs of words that exclude each other, at the later one.
pub(super) fn refuse(cx: &Ctxt, items: &[Item<'_>]) {
    let find = |word: &str| items.iter().position(|item| item.word.name == word);
    for (one, other, help) in CONFLICTS {
        if let (Some(first), Some(second)) = (find(one), find(other)) {
            let later = &items[first.max(second)];
            cx.error(
                code::EXCLUSIVE_WORDS,
                later.span,
                format_args!("`{one}` and `{other}` on one column"),
                help,
            );
        }
    }
}

/// Refuses anything beside `skip`: a field that is no column has nothing to say.
pub(super) fn refuse_beside_skip(cx: &Ctxt, items: &[Item<'_>]) {
    for item in items.iter().filter(|item| item.word.name != SKIP) {
        cx.error(
            code::WORD_BESIDE_SKIP,
            item.span,
            format_args!(
                "`{}` beside `skip`: the field is not a column",
                item.word.name
            ),
            "remove one of them",
        );
    }
}
