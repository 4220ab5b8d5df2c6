//! Names of types and of domains' checks. A type's name is also taken by the row type of each table and, of a composite
//! type, by a relation.

use super::{Names, beside, check_distinct, check_free, check_name, check_unseen};
use crate::{
    error::SchemaError,
    schema::{Domain, EnumType, QualifiedName, Schema, order::TypeObject, order::type_order},
};

impl Names {
    /// Claims the names of all types, which are made before the tables, and names the checks of domains.
    pub(super) fn name_types(&mut self, schema: &mut Schema) -> Result<(), SchemaError> {
        let mut domains = Vec::new();
        for ty in type_order(schema) {
            self.claim(ty)?;
            if let TypeObject::Domain(domain) = ty {
                let mut all = schema.domains.iter();
                domains.extend(all.position(|other| std::ptr::eq(other, domain)));
            }
        }
        for at in domains {
            self.name_domain_checks(&mut schema.domains[at])?;
        }
        Ok(())
    }

    fn claim(&mut self, ty: TypeObject<'_>) -> Result<(), SchemaError> {
        let name = ty.name();
        let kind = match ty {
            TypeObject::Enum(_) => "enum type",
            TypeObject::Domain(_) => "domain",
            TypeObject::Composite(_) => "composite type",
        };
        let object = format!("{kind} `{name}`");
        check_name(&name.namespace, "a namespace")?;
        self.claim_type(name, &object)?;
        match ty {
            TypeObject::Enum(ty) => check_labels(ty, &format!("a label of {object}")),
            TypeObject::Domain(_) => Ok(()),
            TypeObject::Composite(ty) => {
                self.claim_relation(name, &object)?;
                let mut names = ty
                    .attributes
                    .iter()
                    .map(|attribute| attribute.name.as_str());
                check_distinct(&mut names, &format!("an attribute of {object}"))
            }
        }
    }

    pub(super) fn claim_type(
        &mut self,
        name: &QualifiedName,
        object: &str,
    ) -> Result<(), SchemaError> {
        check_name(&name.name, object)?;
        let before = self.of(name.clone()).ty.replace(object.to_owned());
        check_free(&name.name, before, object)
    }

    fn name_domain_checks(&mut self, domain: &mut Domain) -> Result<(), SchemaError> {
        let object = format!("a check of domain `{}`", domain.name);
        for check in &mut domain.checks {
            if check.name.is_empty() {
                check.name = self.choose(&domain.name, None, "check", |taken| taken.constraint);
            }
            self.of(beside(&domain.name, &check.name)).constraint = true;
        }
        let mut names = domain.checks.iter().map(|check| check.name.as_str());
        check_distinct(&mut names, &object)
    }
}

/// An enum's label may be empty, unlike any name.
fn check_labels(ty: &EnumType, object: &str) -> Result<(), SchemaError> {
    let mut seen = Vec::new();
    for label in &ty.labels {
        if !label.is_empty() {
            check_name(label, object)?;
        }
        check_unseen(&mut seen, label, object)?;
    }
    Ok(())
}
