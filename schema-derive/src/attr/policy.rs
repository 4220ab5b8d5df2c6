//! `policy(…)`: a row security policy.

use super::{
    item::{Item, List},
    scope::Scope,
    sql, value,
};
use crate::{
    ast::{Policy, Spanned},
    code, symbol,
};

/// The value behind `for`, each with its variant of `def::PolicyCommand`.
const COMMANDS: [(&str, &str); 5] = [
    ("all", "All"),
    ("select", "Select"),
    ("insert", "Insert"),
    ("update", "Update"),
    ("delete", "Delete"),
];

/// The value behind `as`, each with whether the policy is restrictive.
const KINDS: [(&str, bool); 2] = [("permissive", false), ("restrictive", true)];

/// A row security policy.
pub(super) fn read(scope: &Scope<'_>, item: &Item<'_>) -> Option<Policy> {
    let cx = scope.cx;
    let wrong = "a policy takes words with values";
    let list = List::options(cx, item, &symbol::POLICY_PLACE, code::LOOSE_VALUE, wrong)?;
    let example = item.word.example;
    let named = list
        .options
        .iter()
        .any(|option| option.word.name == symbol::NAME);
    let mut policy = Policy {
        name: Spanned {
            value: String::new(),
            span: item.span,
        },
        restrictive: false,
        command: "All",
        roles: Vec::new(),
        using: None,
        with_check: None,
        comment: None,
    };
    let mut readable = true;
    for option in &list.options {
        match option.word.name {
            symbol::NAME => match option.value(cx, value::string) {
                Some(name) => policy.name = name,
                None => readable = false,
            },
            symbol::AS => {
                let kind = option.value(cx, |tokens| value::choice(tokens, symbol::AS, &KINDS));
                policy.restrictive = kind.is_some_and(|kind| kind.value);
            }
            symbol::FOR => {
                let command =
                    option.value(cx, |tokens| value::choice(tokens, symbol::FOR, &COMMANDS));
                policy.command = command.map_or("All", |command| command.value);
            }
            symbol::TO => policy.roles = roles(scope, option),
            symbol::COMMENT => policy.comment = option.value(cx, value::comment).flatten(),
            symbol::USING => policy.using = option.value(cx, |t| sql::read(scope, t)),
            _ => policy.with_check = option.value(cx, |t| sql::read(scope, t)),
        }
    }
    if !named && (list.has_lost || !list.keys.is_empty()) {
        return None;
    }
    if !named {
        cx.error(
            code::POLICY_WITHOUT_NAME,
            item.span,
            "this policy has no name",
            format_args!("write `{example}`"),
        );
        return None;
    }
    readable.then_some(policy)
}

/// `to = role` or `to(role, …)`.
fn roles(scope: &Scope<'_>, option: &Item<'_>) -> Vec<Spanned<String>> {
    const EXAMPLE: &str = "to(app_user, \"app-admin\")";
    let cx = scope.cx;
    if option.has_value() {
        let role = option.value(cx, |tokens| value::word(tokens, EXAMPLE));
        return role.into_iter().collect();
    }
    let Some(tokens) = option.list() else {
        return Vec::new();
    };
    if tokens.is_empty() {
        cx.push(tokens.expected("a role", EXAMPLE));
    }
    let entries = tokens.entries().filter_map(|entry| cx.ok(entry));
    let roles = entries.filter_map(|mut entry| {
        let role = value::word(&mut entry, EXAMPLE).and_then(|role| entry.end().map(|()| role));
        cx.ok(role)
    });
    roles.collect()
}
