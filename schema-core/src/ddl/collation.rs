//! Collations ([`CREATE COLLATION`](https://www.postgresql.org/docs/current/sql-createcollation.html)).

use crate::{
    ident::quote_literal,
    schema::{CollationObject, CollationProvider},
};

/// Renders `CREATE COLLATION`.
#[must_use]
pub fn create_collation(collation: &CollationObject) -> String {
    let provider = match collation.provider {
        CollationProvider::Builtin => "builtin",
        CollationProvider::Icu => "icu",
        CollationProvider::Libc => "libc",
    };
    let (collate, ctype) = (
        quote_literal(&collation.collate),
        quote_literal(&collation.ctype),
    );
    let locale = if collate == ctype {
        format!("LOCALE = {collate}")
    } else {
        format!("LC_COLLATE = {collate}, LC_CTYPE = {ctype}")
    };
    let deterministic = if collation.deterministic {
        ""
    } else {
        ", DETERMINISTIC = false"
    };
    format!(
        "CREATE COLLATION {} (PROVIDER = {provider}, {locale}{deterministic})",
        collation.name.render()
    )
}

/// Renders `COMMENT ON COLLATION`, where the collation has one.
#[must_use]
pub fn comment_on_collation(collation: &CollationObject) -> Option<String> {
    let text = quote_literal(collation.comment.as_ref()?);
    Some(format!(
        "COMMENT ON COLLATION {} IS {text}",
        collation.name.render()
    ))
}
