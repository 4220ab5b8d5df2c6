//! Names of types and of domains' checks. A type's name is also taken by the row type of each table and, of a composite
//! type, by a relation.

use std::collections::BTreeSet;

use super::{Names, check_name, clash};
use crate::{
    error::SchemaError,
    ident,
    schema::{Domain, QualifiedName, Schema, order::TypeObject, order::type_order},
};

impl Names {
    /// Claims the names of all types, which are made before the tables, and names the checks of domains.
    pub(super) fn name_types(&mut self, schema: &mut Schema) -> Result<(), SchemaError> {
        let mut domains = Vec::new();
        for ty in type_order(schema) {
            self.claim(ty)?;
            if let TypeObject::Domain(domain) = ty {
                domains.extend(schema.domains.iter().position(|other| other == domain));
            }
        }
        for at in domains {
            self.name_domain_checks(&mut schema.domains[at])?;
        }
        Ok(())
    }

    fn claim(&mut self, ty: TypeObject<'_>) -> Result<(), SchemaError> {
        let name = ty.name();
        let (kind, parts, part) = match ty {
            TypeObject::Enum(ty) => ("enum type", ty.labels.iter().collect(), "a label"),
            TypeObject::Domain(_) => ("domain", Vec::new(), ""),
            TypeObject::Composite(ty) => {
                let attributes = ty.attributes.iter();
                let names = attributes.map(|attribute| &attribute.name).collect();
                ("composite type", names, "an attribute")
            }
        };
        let object = format!("{kind} `{name}`");
        check_name(&name.namespace, "a namespace")?;
        self.claim_type(name, &object)?;
        if let TypeObject::Composite(_) = ty {
            self.claim_relation(name, &object)?;
        }
        let mut seen = BTreeSet::new();
        for text in parts {
            let part = format!("{part} of {object}");
            // An enum's label may be empty, unlike any name.
            if !(text.is_empty() && matches!(ty, TypeObject::Enum(_))) {
                check_name(text, &part)?;
            }
            if !seen.insert(text) {
                return Err(clash(text, part.clone(), &part));
            }
        }
        Ok(())
    }

    pub(super) fn claim_type(
        &mut self,
        name: &QualifiedName,
        object: &str,
    ) -> Result<(), SchemaError> {
        check_name(&name.name, object)?;
        match self.types.insert(name.clone(), object.to_owned()) {
            None => Ok(()),
            Some(first) => Err(clash(&name.name, first, object)),
        }
    }

    fn name_domain_checks(&mut self, domain: &mut Domain) -> Result<(), SchemaError> {
        let in_namespace = |name: &str| QualifiedName::new(domain.name.namespace.clone(), name);
        let object = format!("a check of domain `{}`", domain.name);
        let mut seen = BTreeSet::new();
        for check in &mut domain.checks {
            if check.name.is_empty() {
                check.name = ident::choose_name(&domain.name.name, None, "check", |name| {
                    self.constraints.contains(&in_namespace(name))
                });
            }
            check_name(&check.name, &object)?;
            self.constraints.insert(in_namespace(&check.name));
            if !seen.insert(check.name.clone()) {
                return Err(clash(&check.name, object.clone(), &object));
            }
        }
        Ok(())
    }
}
