//! Rules of `allow(…)`.

use crate::{ast::Table, code, ctxt::Ctxt};

/// A rule is allowed once in a place, so that it has one reason there.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    for (at, allow) in table.allows.iter().enumerate() {
        let mut earlier = table.allows[..at].iter();
        if earlier.any(|other| other.rule.value == allow.rule.value && other.column == allow.column)
        {
            cx.error(
                code::RULE_ALLOWED_TWICE,
                allow.rule.span,
                format_args!("`{}` is allowed twice here", allow.rule.value),
                "keep one of them",
            );
        }
    }
}
