//! The order in which types are created: enum types, then each domain and composite type after those it is made of.

use super::{FIRMLY, depth_first, graph::Graph};
use crate::schema::{
    CompositeType, Domain, EnumType, QualifiedName, Schema, SqlType, by_name::ByName,
};

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

/// Adds that each type needs those it is made of.
pub(super) fn add_needs(types: &[TypeObject<'_>], graph: &mut Graph) {
    let places = ByName::of(&mut types.iter().map(|ty| ty.name().as_key()));
    for (at, ty) in types.iter().enumerate() {
        for part in ty.parts() {
            let namespace = part.namespace.as_deref();
            let part = namespace.and_then(|namespace| places.get((namespace, &part.name)));
            if let Some(part) = part {
                graph.need(at, part, FIRMLY);
            }
        }
    }
}

/// All types of a schema in the order of creation.
pub(crate) fn type_order(schema: &Schema) -> Vec<TypeObject<'_>> {
    let mut types = Vec::new();
    types.extend(schema.enums.iter().map(TypeObject::Enum));
    types.extend(schema.domains.iter().map(TypeObject::Domain));
    types.extend(schema.composites.iter().map(TypeObject::Composite));
    let mut graph = Graph::new(types.len());
    add_needs(&types, &mut graph);
    let roots: Vec<usize> = (0..types.len()).collect();
    let order = depth_first(&graph, &roots).into_iter();
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
