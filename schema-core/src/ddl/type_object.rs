//! Enum types, domains and composite types
//! ([`CREATE TYPE`](https://www.postgresql.org/docs/current/sql-createtype.html),
//! [`CREATE DOMAIN`](https://www.postgresql.org/docs/current/sql-createdomain.html)).

use super::column::default_text;
use crate::{
    ident::{quote, quote_literal},
    schema::{
        Attribute, CompositeType, Domain, DomainCheck, EnumType, QualifiedName, SqlType,
        order::TypeObject,
    },
};

/// Renders `CREATE TYPE … AS ENUM`.
#[must_use]
pub fn create_enum(ty: &EnumType) -> String {
    let labels: Vec<String> = ty.labels.iter().map(|label| quote_literal(label)).collect();
    format!(
        "CREATE TYPE {} AS ENUM ({})",
        render(&ty.name),
        labels.join(", ")
    )
}

/// Renders `CREATE DOMAIN` with all that is said of it but checks that are `NOT VALID`, one part to a line.
#[must_use]
pub fn create_domain(domain: &Domain) -> String {
    let mut text = format!(
        "CREATE DOMAIN {} AS {}",
        render(&domain.name),
        domain.sql_type
    );
    let mut push = |part: String| {
        text.push_str("\n    ");
        text.push_str(&part);
    };
    if let Some(collation) = &domain.collation {
        push(format!("COLLATE {}", collation.render()));
    }
    if let Some(default) = &domain.default {
        push(format!("DEFAULT {}", default_text(default.as_str())));
    }
    if domain.not_null {
        push("NOT NULL".to_owned());
    }
    for check in domain.checks.iter().filter(|check| !check.not_valid) {
        push(render_check(check));
    }
    text
}

fn render_check(check: &DomainCheck) -> String {
    format!(
        "CONSTRAINT {} CHECK {}",
        quote(&check.name),
        check.expression.parenthesized()
    )
}

/// Renders `ALTER DOMAIN … ADD CONSTRAINT`, `NOT VALID` where the check is.
#[must_use]
pub fn add_domain_check(domain: &QualifiedName, check: &DomainCheck) -> String {
    format!(
        "ALTER DOMAIN {} ADD {}{}",
        render(domain),
        render_check(check),
        if check.not_valid { " NOT VALID" } else { "" }
    )
}

/// The statements that `CREATE DOMAIN` leaves to do for its checks.
fn finish_checks(domain: &Domain) -> impl Iterator<Item = String> {
    let not_valid = domain.checks.iter().filter(|check| check.not_valid);
    let added = not_valid.map(|check| add_domain_check(&domain.name, check));
    let comments = domain.checks.iter().filter_map(|check| {
        let text = quote_literal(check.comment.as_ref()?);
        let (name, domain) = (quote(&check.name), render(&domain.name));
        Some(format!(
            "COMMENT ON CONSTRAINT {name} ON DOMAIN {domain} IS {text}"
        ))
    });
    added.chain(comments)
}

/// Renders `CREATE TYPE … AS`, one attribute to a line.
#[must_use]
pub fn create_composite(ty: &CompositeType) -> String {
    let attributes: Vec<String> = ty
        .attributes
        .iter()
        .map(|attribute| format!("\n    {}", render_attribute(attribute)))
        .collect();
    let end = if attributes.is_empty() { "" } else { "\n" };
    format!(
        "CREATE TYPE {} AS ({}{end})",
        render(&ty.name),
        attributes.join(",")
    )
}

pub(super) fn render_attribute(attribute: &Attribute) -> String {
    let ty = render_attribute_type(attribute);
    format!("{} {ty}", quote(&attribute.name))
}

/// The type of an attribute, with its collation.
pub(super) fn render_attribute_type(attribute: &Attribute) -> String {
    let collation = attribute.collation.as_ref();
    let collation = collation.map_or(String::new(), |collation| {
        format!(" COLLATE {}", collation.render())
    });
    format!("{}{collation}", attribute.sql_type)
}

/// A type's statements: the one that makes it, and its comments.
pub(super) fn push_type(statements: &mut Vec<String>, ty: TypeObject<'_>) {
    let (create, word, comment) = match ty {
        TypeObject::Enum(ty) => (create_enum(ty), "TYPE", &ty.comment),
        TypeObject::Domain(ty) => (create_domain(ty), "DOMAIN", &ty.comment),
        TypeObject::Composite(ty) => (create_composite(ty), "TYPE", &ty.comment),
    };
    statements.push(create);
    statements.extend(comment_on(word, ty.name(), comment.as_deref()));
    if let TypeObject::Domain(domain) = ty {
        statements.extend(finish_checks(domain));
    }
    if let TypeObject::Composite(ty) = ty {
        let attributes = ty.attributes.iter();
        statements.extend(attributes.filter_map(|attribute| {
            let text = quote_literal(attribute.comment.as_ref()?);
            let name = quote(&attribute.name);
            Some(format!(
                "COMMENT ON COLUMN {}.{name} IS {text}",
                render(&ty.name)
            ))
        }));
    }
}

fn comment_on(word: &str, name: &QualifiedName, comment: Option<&str>) -> Option<String> {
    let text = quote_literal(comment?);
    Some(format!("COMMENT ON {word} {} IS {text}", render(name)))
}

/// A name that stands for the user's type also where PostgreSQL has one by the same name, which it finds first.
pub(super) fn render(name: &QualifiedName) -> String {
    let ty = SqlType {
        namespace: Some(name.namespace.clone()),
        name: name.name.clone(),
        modifiers: Vec::new(),
        array: false,
    };
    ty.to_string()
}
