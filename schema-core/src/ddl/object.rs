//! Objects that are known as SQL text.

#[cfg(feature = "alter")]
use crate::ident::{quote, token};
use crate::{ident::quote_literal, schema::Object};

/// Renders `COMMENT ON` an object, where it has a comment.
#[must_use]
pub fn comment_on_object(object: &Object) -> Option<String> {
    let text = quote_literal(object.comment.as_ref()?);
    Some(format!("COMMENT ON {} IS {text}", object.identity()))
}

/// An object's statements: its text, what that cannot say, and its comment.
pub(super) fn push_object(statements: &mut Vec<String>, object: &Object) {
    statements.push(object.sql.clone());
    statements.extend(object.settings.iter().cloned());
    statements.extend(comment_on_object(object));
}

/// Renders the statement that makes an object as one that may be there already: `CREATE OR REPLACE`.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::replace_object, schema::Object};
///
/// let object = Object::new("FUNCTION", "one", "create function one() returns int return 1");
/// assert_eq!(replace_object(&object), "CREATE OR REPLACE function one() returns int return 1");
/// let object = Object::new("FUNCTION", "one", replace_object(&object));
/// assert_eq!(replace_object(&object), object.sql);
/// ```
#[cfg(feature = "alter")]
#[must_use]
pub fn replace_object(object: &Object) -> String {
    let sql = object.sql.as_str();
    let tokens = token::parse_spanned_tokens(sql);
    match tokens.as_slice() {
        [(create, end), (next, _), ..] if create.is_word("create") && !next.is_word("or") => {
            format!("CREATE OR REPLACE{}", &sql[end.end..])
        }
        _ => sql.to_owned(),
    }
}

/// Renders the statement that takes an object back to what it is without settings, where there is one: a trigger or rule
/// that fires, statistics with the server's target.
#[cfg(feature = "alter")]
#[must_use]
pub fn reset_settings(object: &Object) -> Option<String> {
    let name = quote(&object.name);
    match (object.kind.as_str(), &object.table) {
        (kind @ ("TRIGGER" | "RULE"), Some(table)) => Some(format!(
            "ALTER TABLE {} ENABLE {kind} {name}",
            table.render()
        )),
        ("EVENT TRIGGER", _) => Some(format!("ALTER EVENT TRIGGER {name} ENABLE")),
        ("STATISTICS", _) => Some(format!("ALTER {} SET STATISTICS -1", object.identity())),
        _ => None,
    }
}
