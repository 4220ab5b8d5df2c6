//! Row security ([`CREATE POLICY`](https://www.postgresql.org/docs/current/sql-createpolicy.html)).

use crate::{
    ident::quote,
    schema::{Policy, PolicyCommand, QualifiedName},
};

/// Renders `ALTER TABLE … ENABLE ROW LEVEL SECURITY`.
#[must_use]
pub fn enable_row_level_security(table: &QualifiedName) -> String {
    format!("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", table.render())
}

/// Renders `ALTER TABLE … FORCE ROW LEVEL SECURITY`.
#[must_use]
pub fn force_row_level_security(table: &QualifiedName) -> String {
    format!("ALTER TABLE {} FORCE ROW LEVEL SECURITY", table.render())
}

/// Renders `CREATE POLICY`.
#[must_use]
pub fn create_policy(table: &QualifiedName, policy: &Policy) -> String {
    let mut text = format!(
        "CREATE POLICY {} ON {}",
        quote(&policy.name),
        table.render()
    );
    if policy.restrictive {
        text.push_str(" AS RESTRICTIVE");
    }
    text.push_str(match policy.command {
        PolicyCommand::All => "",
        PolicyCommand::Select => " FOR SELECT",
        PolicyCommand::Insert => " FOR INSERT",
        PolicyCommand::Update => " FOR UPDATE",
        PolicyCommand::Delete => " FOR DELETE",
    });
    if !policy.roles.is_empty() {
        let roles: Vec<String> = policy.roles.iter().map(|role| render_role(role)).collect();
        text.push_str(&format!(" TO {}", roles.join(", ")));
    }
    if let Some(using) = &policy.using {
        text.push_str(&format!(" USING {}", using.parenthesized()));
    }
    if let Some(with_check) = &policy.with_check {
        text.push_str(&format!(" WITH CHECK {}", with_check.parenthesized()));
    }
    text
}

/// Renders a role; the words that stand for whoever runs the statement stay words.
fn render_role(role: &str) -> String {
    match role {
        "current_user" | "current_role" | "session_user" => role.to_uppercase(),
        role => quote(role).into_owned(),
    }
}
