//! Objects that are known as SQL text.

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
