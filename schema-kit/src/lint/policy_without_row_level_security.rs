//! Policies that do nothing.

use super::{Advice, Check, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "policy_without_row_level_security",
    summary: "policies on a table without row level security",
    reason: "Policies apply only where row level security is on: as it stands, everybody who may read the table sees \
             all of its rows.",
    instead_of: "#[table(policy(name = \"own\", using = sql(\"{owner} = current_user\")))]",
    write: "#[table(row_level_security, policy(name = \"own\", using = sql(\"{owner} = current_user\")))]",
    source: "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let table = subject.table;
    if table.row_level_security || table.policies.is_empty() {
        return Vec::new();
    }
    let policies: Vec<String> = table
        .policies
        .iter()
        .map(|policy| format!("`{}`", policy.name))
        .collect();
    vec![Advice {
        columns: Vec::new(),
        position: subject.def.policies.first().map(|policy| policy.position),
        message: format!(
            "row level security is off on `{}`, so these policies have no effect: {}",
            subject.name(),
            policies.join(", ")
        ),
        help: "add `row_level_security` to the struct's `#[table(…)]`".to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(policy(name = "own", using = sql("{id} > 0")))]
    struct Off {
        #[column(primary_key)]
        id: i64,
    }

    #[derive(Table)]
    #[table(row_level_security, policy(name = "own", using = sql("{id} > 0")))]
    struct On {
        #[column(primary_key)]
        id: i64,
    }

    #[test]
    fn policies_are_found_only_where_they_have_no_effect() {
        assert_eq!(
            messages(&RULE, &[Off::ENTRY, On::ENTRY]),
            ["row level security is off on `off`, so these policies have no effect: `own`"]
        );
    }
}
