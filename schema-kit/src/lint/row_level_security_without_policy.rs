//! Tables whose rows nobody but the owner sees.

use super::{Advice, Check, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    name: "row_level_security_without_policy",
    summary: "row level security without a policy that permits anything",
    reason: "Without a permissive policy no row is seen and none can be written, by anybody but the table's owner and \
             those who bypass row level security; no statement fails, it finds nothing.",
    instead_of: "#[table(row_level_security)]",
    write: "#[table(row_level_security, policy(name = \"own\", using = sql(\"{owner} = current_user\")))]",
    source: "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
    check: Check::Table(check),
};

fn check(subject: &Subject<'_>) -> Vec<Advice> {
    let table = subject.table;
    let mut policies = table.policies.iter();
    if !table.row_level_security || policies.any(|policy| !policy.restrictive) {
        return Vec::new();
    }
    vec![Advice {
        columns: Vec::new(),
        position: None,
        message: format!(
            "row level security is on and no policy permits anything on `{}`",
            subject.name()
        ),
        help: "add a `policy(…)` that is not restrictive to the struct's `#[table(…)]`".to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use schema_core::Table;

    use super::{super::testing::messages, RULE};

    #[derive(Table)]
    #[table(row_level_security)]
    struct Closed {
        #[column(primary_key)]
        id: i64,
    }

    #[derive(Table)]
    #[table(row_level_security, policy(name = "own", as = restrictive, using = sql("{id} > 0")))]
    struct Narrowed {
        #[column(primary_key)]
        id: i64,
    }

    #[derive(Table)]
    #[table(row_level_security, policy(name = "own", using = sql("{id} > 0")))]
    struct Open {
        #[column(primary_key)]
        id: i64,
    }

    #[test]
    fn restrictive_policies_alone_permit_nothing() {
        assert_eq!(
            messages(&RULE, &[Closed::ENTRY, Narrowed::ENTRY, Open::ENTRY]),
            [
                "row level security is on and no policy permits anything on `closed`",
                "row level security is on and no policy permits anything on `narrowed`",
            ]
        );
    }
}
