//! Rules of row security policies ([CREATE POLICY](https://www.postgresql.org/docs/current/sql-createpolicy.html)).

use crate::{
    ast::{Policy, Table},
    code,
    ctxt::Ctxt,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    for (at, policy) in table.policies.iter().enumerate() {
        one_name_each(cx, &table.policies[..at], policy);
        expressions_fit(cx, policy);
    }
}

/// Policies of a table are told apart by their names.
fn one_name_each(cx: &Ctxt, earlier: &[Policy], policy: &Policy) {
    let name = &policy.name;
    if earlier.iter().any(|other| other.name.value == name.value) {
        cx.error(
            code::POLICY_NAME_TWICE,
            name.span,
            format_args!("two policies are called `{}`", name.value),
            "give one of them another name",
        );
    }
}

/// `using` picks rows that are there, `with_check` looks at new ones: not every command has both.
fn expressions_fit(cx: &Ctxt, policy: &Policy) {
    match (policy.command, &policy.using, &policy.with_check) {
        ("Insert", Some(using), _) => cx.error(
            code::INSERT_USING,
            using.span,
            "a policy for `insert` picks no rows, so it takes no `using`",
            "write `with_check = sql(\"…\")`",
        ),
        ("Select" | "Delete", _, Some(with_check)) => cx.error(
            code::READ_WITH_CHECK,
            with_check.span,
            "a policy for `select` or `delete` writes no rows, so it takes no `with_check`",
            "write `using = sql(\"…\")`",
        ),
        _ => {}
    }
}
