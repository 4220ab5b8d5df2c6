//! Privileges: granted and revoked ([`GRANT`](https://www.postgresql.org/docs/current/sql-grant.html),
//! [`REVOKE`](https://www.postgresql.org/docs/current/sql-revoke.html)).

use super::type_object::render as render_type;
use crate::{
    ident::quote,
    schema::{Grant, Privileges, Securable},
};

/// Renders the statements that make what is granted on an object something else: first those that revoke. One statement
/// holds all privileges that a role gets alike.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::change_grants, schema::{Grant, QualifiedName, Securable}};
///
/// let users = Securable::Relation(QualifiedName::new("public", "users"));
/// let grants = |privileges: &[&str]| -> Vec<Grant> {
///     privileges.iter().map(|it| Grant::new(Some("app".to_owned()), *it)).collect()
/// };
/// assert_eq!(
///     change_grants(&users, &grants(&["DELETE"]), &grants(&["INSERT", "SELECT"])),
///     ["REVOKE DELETE ON TABLE users FROM app", "GRANT INSERT, SELECT ON TABLE users TO app"]
/// );
/// ```
#[must_use]
pub fn change_grants(object: &Securable, before: &[Grant], after: &[Grant]) -> Vec<String> {
    let stays = |list: &[Grant], grant: &Grant| {
        let mut list = list.iter();
        list.any(|it| it.grantee == grant.grantee && it.privilege == grant.privilege)
    };
    let gone = before.iter().filter(|grant| !stays(after, grant));
    let gone = grouped(gone.map(|grant| Grant {
        grantable: false,
        ..grant.clone()
    }));
    let mut statements: Vec<String> = Vec::new();
    for (role, _, privileges) in gone {
        statements.push(format!("REVOKE {} FROM {role}", on(object, &privileges)));
    }
    let kept = before.iter().filter(|grant| grant.grantable);
    let kept = kept.filter(|grant| stays(after, grant) && !after.contains(grant));
    for (role, _, privileges) in grouped(kept.cloned()) {
        let what = on(object, &privileges);
        statements.push(format!("REVOKE GRANT OPTION FOR {what} FROM {role}"));
    }
    let is_new =
        |grant: &&Grant| !before.contains(grant) && (grant.grantable || !stays(before, grant));
    for (role, grantable, privileges) in grouped(after.iter().filter(is_new).cloned()) {
        let option = if grantable { " WITH GRANT OPTION" } else { "" };
        let what = on(object, &privileges);
        statements.push(format!("GRANT {what} TO {role}{option}"));
    }
    statements
}

/// Renders the statements that grant what a schema says, on objects that were just made.
pub(super) fn push_privileges(statements: &mut Vec<String>, privileges: &Privileges) {
    for (object, grants) in &privileges.objects {
        statements.extend(change_grants(object, &object.default_grants(), grants));
    }
}

/// The privileges that a role has alike: the role as SQL, whether it may grant them, and their names.
fn grouped(grants: impl Iterator<Item = Grant>) -> Vec<(String, bool, Vec<String>)> {
    let mut groups: Vec<(String, bool, Vec<String>)> = Vec::new();
    for grant in grants {
        let role = grant.grantee.as_deref();
        let role = role.map_or("PUBLIC".to_owned(), |role| quote(role).into_owned());
        match groups
            .iter_mut()
            .find(|(it, grantable, _)| *it == role && *grantable == grant.grantable)
        {
            Some((.., privileges)) => privileges.push(grant.privilege),
            None => groups.push((role, grant.grantable, vec![grant.privilege])),
        }
    }
    groups
}

/// `SELECT, INSERT ON TABLE users`, `UPDATE (nick) ON TABLE users`.
fn on(object: &Securable, privileges: &[String]) -> String {
    let all = privileges.join(", ");
    match object {
        Securable::Namespace(name) => format!("{all} ON SCHEMA {}", quote(name)),
        Securable::Relation(name) => format!("{all} ON TABLE {}", name.render()),
        Securable::Column(table, column) => {
            let column = quote(column);
            let each = privileges.iter().map(|it| format!("{it} ({column})"));
            let each: Vec<String> = each.collect();
            format!("{} ON TABLE {}", each.join(", "), table.render())
        }
        Securable::Sequence(name) => format!("{all} ON SEQUENCE {}", name.render()),
        Securable::Type(name) => format!("{all} ON TYPE {}", render_type(name)),
        Securable::Domain(name) => format!("{all} ON DOMAIN {}", render_type(name)),
        Securable::Object(identity) => format!("{all} ON {}", routine_or_other(identity)),
    }
}

/// An identity as `GRANT` takes it: an aggregate is a function there, without what it orders by, and a server a foreign one.
fn routine_or_other(identity: &str) -> String {
    if let Some(rest) = identity.strip_prefix("AGGREGATE ") {
        let rest = rest.replace("(*)", "()").replace(" ORDER BY ", ", ");
        return format!("FUNCTION {}", rest.replace("(ORDER BY ", "("));
    }
    match identity.strip_prefix("SERVER ") {
        Some(name) => format!("FOREIGN SERVER {name}"),
        None => identity.to_owned(),
    }
}
