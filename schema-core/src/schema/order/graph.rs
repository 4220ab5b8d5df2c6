//! What needs what.

/// Nodes by number, each with those it needs to be there before it.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    /// By node, sorted.
    needs: Vec<Vec<Need>>,
}

/// A node that is needed, with the number of foreign keys that say so, [`LOOSELY`](super::LOOSELY) or
/// [`FIRMLY`](super::FIRMLY).
pub(super) type Need = (usize, usize);

impl Graph {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            needs: vec![Vec::new(); nodes],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.needs.len()
    }

    /// What a node needs, in order.
    pub(super) fn needs(&self, node: usize) -> &[Need] {
        &self.needs[node]
    }

    /// How much a node needs another; zero if it does not.
    pub(super) fn weight(&self, node: usize, needed: usize) -> usize {
        let needs = &self.needs[node];
        needs
            .binary_search_by_key(&needed, |need| need.0)
            .map_or(0, |at| needs[at].1)
    }

    /// Says that a node needs another so much, if not more. Nothing needs itself.
    pub(super) fn need(&mut self, node: usize, needed: usize, weight: usize) {
        if node != needed {
            let before = self.weight_mut(node, needed);
            *before = weight.max(*before);
        }
    }

    /// Says once more that a node needs another.
    pub(super) fn count(&mut self, node: usize, needed: usize) {
        *self.weight_mut(node, needed) += 1;
    }

    fn weight_mut(&mut self, node: usize, needed: usize) -> &mut usize {
        let needs = &mut self.needs[node];
        let at = needs
            .binary_search_by_key(&needed, |need| need.0)
            .unwrap_or_else(|at| {
                needs.insert(at, (needed, 0));
                at
            });
        &mut needs[at].1
    }

    pub(super) fn remove(&mut self, node: usize, needed: usize) {
        self.needs[node].retain(|need| need.0 != needed);
    }

    /// Leaves out what is needed less.
    pub(super) fn retain(&mut self, weight: usize) {
        for needs in &mut self.needs {
            needs.retain(|need| need.1 >= weight);
        }
    }
}
