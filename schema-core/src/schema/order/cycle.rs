//! Which foreign keys to leave out so that no cycle remains: the fewest there can be where few tables are entangled, and
//! otherwise a set of which every one is needed.

use std::{cmp::Reverse, collections::BinaryHeap, mem};

use super::graph::{Graph, Need};

/// Up to this many tables in one component, all orders are compared: at most 4,096 sets of them.
const EXACT_LIMIT: usize = 12;

/// Finds the edges to leave out.
pub(super) fn break_cycles(graph: &Graph) -> Vec<(usize, usize)> {
    let mut removed = Vec::new();
    for component in components(graph) {
        if component.len() > 1 {
            removed.extend(break_component(graph, &component));
        }
    }
    removed
}

/// Finds one cycle, from its least node on.
pub(super) fn find(graph: &Graph) -> Option<Vec<usize>> {
    let mut components = components(graph).into_iter();
    let component = components.find(|component| component.len() > 1)?;
    let start = component[0];
    // The shortest way back to it.
    let mut before = vec![None; graph.len()];
    let mut reached = vec![start];
    let mut at = 0;
    while let Some(node) = reached.get(at).copied() {
        at += 1;
        for (next, _) in graph.needs(node) {
            if *next == start {
                let mut cycle = vec![node];
                while let Some(previous) = before[cycle[cycle.len() - 1]] {
                    cycle.push(previous);
                }
                cycle.reverse();
                return Some(cycle);
            }
            if before[*next].is_none() && component.binary_search(next).is_ok() {
                before[*next] = Some(node);
                reached.push(*next);
            }
        }
    }
    Some(component)
}

fn break_component(graph: &Graph, component: &[usize]) -> Vec<(usize, usize)> {
    let mut local = Graph::new(component.len());
    for (at, node) in component.iter().enumerate() {
        for (next, weight) in graph.needs(*node) {
            if let Ok(next) = component.binary_search(next) {
                local.need(at, next, *weight);
            }
        }
    }
    let order = if local.len() <= EXACT_LIMIT {
        best_order(&local)
    } else {
        greedy_order(&local)
    };
    let mut removed = put_back(&local, backward(&local, &order));
    for (node, next) in &mut removed {
        (*node, *next) = (component[*node], component[*next]);
    }
    removed
}

/// The order with the fewest foreign keys to later tables; of several, the one nearest to the declared order. Finds the
/// least cost of placing the rest after each set of placed tables, from the full set down.
fn best_order(graph: &Graph) -> Vec<usize> {
    let all = (1_usize << graph.len()) - 1;
    let cost = |node: usize, placed: usize| -> usize {
        let needs = graph.needs(node).iter();
        let later = needs.filter(|(next, _)| placed & (1 << next) == 0);
        later.map(|(_, weight)| weight).sum()
    };
    let step = |placed: usize, best: &[usize]| {
        let free = (0..graph.len()).filter(move |node| placed & (1 << node) == 0);
        free.map(|node| (cost(node, placed) + best[placed | (1 << node)], node))
            .min()
    };
    let mut best = vec![0; all + 1];
    for placed in (0..all).rev() {
        best[placed] = step(placed, &best).map_or(0, |(cost, _)| cost);
    }
    let mut order = Vec::with_capacity(graph.len());
    let mut placed = 0;
    while let Some((_, node)) = step(placed, &best) {
        order.push(node);
        placed |= 1 << node;
    }
    order
}

/// Places again and again the table with the fewest foreign keys to those not placed.
fn greedy_order(graph: &Graph) -> Vec<usize> {
    let mut needing: Vec<Vec<Need>> = vec![Vec::new(); graph.len()];
    let mut costs = vec![0; graph.len()];
    for (node, cost) in costs.iter_mut().enumerate() {
        for (next, weight) in graph.needs(node) {
            needing[*next].push((node, *weight));
            *cost += weight;
        }
    }
    let mut queue = BinaryHeap::new();
    for (node, cost) in costs.iter().enumerate() {
        queue.push(Reverse((*cost, node)));
    }
    let mut order = Vec::with_capacity(graph.len());
    let mut placed = vec![false; graph.len()];
    while let Some(Reverse((cost, node))) = queue.pop() {
        // A table stands in the queue once more each time its cost falls.
        if cost != costs[node] {
            continue;
        }
        order.push(node);
        placed[node] = true;
        for (other, weight) in &needing[node] {
            if !placed[*other] {
                costs[*other] -= weight;
                queue.push(Reverse((costs[*other], *other)));
            }
        }
    }
    order
}

/// The edges to later nodes.
fn backward(graph: &Graph, order: &[usize]) -> Vec<(usize, usize)> {
    let mut position = vec![0; order.len()];
    for (at, node) in order.iter().enumerate() {
        position[*node] = at;
    }
    let mut edges = Vec::new();
    for node in 0..graph.len() {
        for (next, _) in graph.needs(node) {
            if position[node] < position[*next] {
                edges.push((node, *next));
            }
        }
    }
    edges
}

/// Puts back every removed edge that closes no cycle after all.
fn put_back(graph: &Graph, mut removed: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut kept = graph.clone();
    for (node, next) in &removed {
        kept.remove(*node, *next);
    }
    removed.retain(|(node, next)| {
        let is_needed = reaches(&kept, *next, *node);
        if !is_needed {
            kept.need(*node, *next, graph.weight(*node, *next));
        }
        is_needed
    });
    removed
}

fn reaches(graph: &Graph, from: usize, to: usize) -> bool {
    let mut seen = vec![false; graph.len()];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if !mem::replace(&mut seen[node], true) {
            for (next, _) in graph.needs(node) {
                open.push(*next);
            }
        }
    }
    false
}

/// The strongly connected components (Tarjan), each in declared order; without recursion, as in [`super::depth_first`].
fn components(graph: &Graph) -> Vec<Vec<usize>> {
    let mut search = Search {
        index: vec![usize::MAX; graph.len()],
        low: vec![0; graph.len()],
        on_stack: vec![false; graph.len()],
        stack: Vec::new(),
        next_index: 0,
        components: Vec::new(),
    };
    for root in 0..graph.len() {
        if search.index[root] == usize::MAX {
            search.run(graph, root);
        }
    }
    search.components
}

struct Search {
    index: Vec<usize>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    next_index: usize,
    components: Vec<Vec<usize>>,
}

impl Search {
    fn run(&mut self, graph: &Graph, root: usize) {
        self.enter(root);
        let mut path = vec![(root, graph.needs(root).iter())];
        while let Some((node, needs)) = path.last_mut() {
            let node = *node;
            match needs.next() {
                Some((next, _)) if self.index[*next] == usize::MAX => {
                    self.enter(*next);
                    path.push((*next, graph.needs(*next).iter()));
                }
                Some((next, _)) if self.on_stack[*next] => {
                    self.low[node] = self.low[node].min(self.index[*next]);
                }
                Some(_) => {}
                None => {
                    path.pop();
                    if let Some((parent, _)) = path.last() {
                        self.low[*parent] = self.low[*parent].min(self.low[node]);
                    }
                    self.leave(node);
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = self.next_index;
        self.low[node] = self.next_index;
        self.next_index += 1;
        self.on_stack[node] = true;
        self.stack.push(node);
    }

    /// Takes a finished component off the stack.
    fn leave(&mut self, node: usize) {
        if self.low[node] != self.index[node] {
            return;
        }
        let start = self
            .stack
            .iter()
            .rposition(|other| *other == node)
            .unwrap_or(0);
        let mut component = self.stack.split_off(start);
        for member in &component {
            self.on_stack[*member] = false;
        }
        component.sort_unstable();
        self.components.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of numbers, enough to try many graphs.
    fn graphs(nodes: usize, count: u64) -> impl Iterator<Item = Graph> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        (0..count).map(move |_| {
            let mut graph = Graph::new(nodes);
            for _ in 0..nodes * 2 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let (from, to) = (
                    (state >> 33) as usize % nodes,
                    (state >> 48) as usize % nodes,
                );
                if from != to {
                    graph.count(from, to);
                }
            }
            graph
        })
    }

    fn weight(graph: &Graph, edges: &[(usize, usize)]) -> usize {
        let weights = edges.iter().map(|(node, next)| graph.weight(*node, *next));
        weights.sum()
    }

    fn fewest(graph: &Graph) -> usize {
        fn place(graph: &Graph, order: &mut Vec<usize>) -> usize {
            if order.len() == graph.len() {
                return weight(graph, &backward(graph, order));
            }
            let free: Vec<usize> = (0..graph.len())
                .filter(|node| !order.contains(node))
                .collect();
            let cost = |node| {
                order.push(node);
                let cost = place(graph, order);
                order.pop();
                cost
            };
            free.into_iter().map(cost).min().unwrap()
        }
        place(graph, &mut Vec::new())
    }

    #[test]
    fn no_order_of_few_tables_needs_fewer_deferred_foreign_keys() {
        for graph in graphs(6, 60) {
            assert_eq!(
                weight(&graph, &break_cycles(&graph)),
                fewest(&graph),
                "{graph:?}"
            );
        }
    }

    #[test]
    fn of_many_tables_every_deferred_foreign_key_is_needed() {
        for graph in graphs(60, 20) {
            let removed = break_cycles(&graph);
            let mut kept = graph.clone();
            for (node, next) in &removed {
                kept.remove(*node, *next);
            }
            assert!(
                components(&kept)
                    .iter()
                    .all(|component| component.len() == 1)
            );
            assert!(
                removed
                    .iter()
                    .all(|(node, next)| reaches(&kept, *next, *node))
            );
        }
    }
}
