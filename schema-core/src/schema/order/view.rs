//! The order in which views are created: each after those it reads.

use std::collections::BTreeMap;

use super::{Graph, depth_first};
use crate::schema::{QualifiedName, View};

/// The views in the order of creation, by index: otherwise as declared.
pub(crate) fn view_order(views: &[View]) -> Vec<usize> {
    let names = views.iter().enumerate().map(|(at, view)| (&view.name, at));
    let positions: BTreeMap<&QualifiedName, usize> = names.collect();
    let used = |view: &View| {
        let used = view.depends_on.iter();
        used.filter_map(|name| Some((*positions.get(name)?, 1)))
            .collect()
    };
    let graph: Graph = views.iter().map(used).collect();
    depth_first(&graph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Expression;

    #[test]
    fn a_view_comes_after_those_it_reads_and_the_rest_stays() {
        let name = |name: &str| QualifiedName::new("public", name);
        let view = |(own, used): (&str, &str)| View {
            depends_on: used.chars().map(|used| name(&used.to_string())).collect(),
            ..View::new(name(own), Expression::new("SELECT"))
        };
        let views = [("a", "zt"), ("b", ""), ("z", "y"), ("y", "t")].map(view);
        let order: String = view_order(&views)
            .into_iter()
            .map(|at| views[at].name.name.as_str())
            .collect();
        assert_eq!(order, "yzab");
    }
}
