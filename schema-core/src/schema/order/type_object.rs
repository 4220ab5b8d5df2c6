//! The order in which types are created: enum types, then each domain and composite type after those it is made of.

use std::collections::BTreeMap;

use super::{Graph, depth_first};
use crate::schema::{CompositeType, Domain, EnumType, QualifiedName, Schema, SqlType};

/// A type of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeObject<'s> {
    Enum(&'s EnumType),
    Domain(&'s Domain),
    Composite(&'s CompositeType),
}

impl<'s> TypeObject<'s> {
    pub(crate) fn name(self) -> &'s QualifiedName {
        match self {
            Self::Enum(ty) => &ty.name,
            Self::Domain(ty) => &ty.name,
            Self::Composite(ty) => &ty.name,
        }
    }

    /// The types it is made of, PostgreSQL's own among them.
    pub(super) fn parts(self) -> Vec<&'s SqlType> {
        match self {
            Self::Enum(_) => Vec::new(),
            Self::Domain(domain) => vec![&domain.sql_type],
            Self::Composite(composite) => {
                let attributes = composite.attributes.iter();
                attributes.map(|attribute| &attribute.sql_type).collect()
            }
        }
    }
}

/// Each type, by its place in the order of creation, with one it is made of.
pub(super) fn edges(types: &[TypeObject<'_>]) -> Vec<(usize, usize)> {
    let positions = positions(types);
    let edges = types.iter().enumerate().flat_map(|(at, ty)| {
        let parts = ty.parts().into_iter().filter_map(|part| {
            let namespace = part.namespace.as_deref()?;
            Some((at, *positions.get(&(namespace, part.name.as_str()))?))
        });
        parts.collect::<Vec<_>>()
    });
    edges.collect()
}

fn positions<'s>(types: &[TypeObject<'s>]) -> BTreeMap<(&'s str, &'s str), usize> {
    let types = types.iter().enumerate();
    types
        .map(|(at, ty)| ((ty.name().namespace.as_str(), ty.name().name.as_str()), at))
        .collect()
}

/// All types of a schema in the order of creation.
pub(crate) fn type_order(schema: &Schema) -> Vec<TypeObject<'_>> {
    let enums = schema.enums.iter().map(TypeObject::Enum);
    let domains = schema.domains.iter().map(TypeObject::Domain);
    let composites = schema.composites.iter().map(TypeObject::Composite);
    let types: Vec<TypeObject<'_>> = enums.chain(domains).chain(composites).collect();
    let mut graph: Graph = vec![BTreeMap::new(); types.len()];
    for (node, part) in edges(&types) {
        graph[node].insert(part, 1);
    }
    let order = depth_first(&graph).into_iter();
    order.map(|at| types[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Attribute;

    #[test]
    fn a_type_comes_after_those_it_is_made_of() {
        let name = |name: &str| QualifiedName::new("public", name);
        let composite = |own: &str, part: &str| CompositeType {
            name: name(own),
            attributes: vec![Attribute::new("part", part.parse().unwrap())],
            comment: None,
        };
        let schema = Schema {
            enums: vec![EnumType {
                name: name("mood"),
                labels: Vec::new(),
                comment: None,
            }],
            domains: vec![
                Domain::new(name("a"), "z[]".parse().unwrap()),
                Domain::new(name("b"), "mood".parse().unwrap()),
            ],
            composites: vec![composite("y", "a"), composite("z", "b")],
            ..Schema::default()
        };
        let order = type_order(&schema);
        let names: Vec<&str> = order.iter().map(|ty| ty.name().name.as_str()).collect();
        assert_eq!(names, ["mood", "b", "z", "a", "y"]);
    }
}
