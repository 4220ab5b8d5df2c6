//! Which foreign keys to leave out so that no cycle remains: the fewest there can be where few tables are entangled, and
//! otherwise a set of which every one is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;

/// Up to this many tables in one component, all orders are compared: at most 4,096 sets of them.
const EXACT_LIMIT: usize = 12;

/// Finds the edges to leave out.
pub(super) fn break_cycles(graph: &Graph) -> BTreeSet<(usize, usize)> {
    let mut removed = BTreeSet::new();
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
    let members: BTreeSet<usize> = component.iter().copied().collect();
    let start = component[0];
    // The shortest way back to it.
    let mut before = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for next in graph[node].keys().filter(|next| members.contains(next)) {
            if *next == start {
                let mut cycle = vec![node];
                while let Some(previous) = before.get(&cycle[cycle.len() - 1]) {
                    cycle.push(*previous);
                }
                cycle.reverse();
                return Some(cycle);
            }
            if !before.contains_key(next) {
                before.insert(*next, node);
                open.push_back(*next);
            }
        }
    }
    Some(component)
}

fn break_component(graph: &Graph, component: &[usize]) -> BTreeSet<(usize, usize)> {
    let members: BTreeMap<usize, usize> = component
        .iter()
        .enumerate()
        .map(|(local, node)| (*node, local))
        .collect();
    let local: Graph = component
        .iter()
        .map(|node| {
            let needed = graph[*node].iter();
            needed
                .filter_map(|(next, count)| Some((*members.get(next)?, *count)))
                .collect()
        })
        .collect();
    let order = if local.len() <= EXACT_LIMIT {
        best_order(&local)
    } else {
        greedy_order(&local)
    };
    let removed = put_back(&local, backward(&local, &order));
    removed
        .into_iter()
        .map(|(from, to)| (component[from], component[to]))
        .collect()
}

/// The order with the fewest foreign keys to later tables; of several, the one nearest to the declared order. Finds the
/// least cost of placing the rest after each set of placed tables, from the full set down.
fn best_order(graph: &Graph) -> Vec<usize> {
    let all = (1_usize << graph.len()) - 1;
    let cost = |node: usize, placed: usize| -> usize {
        let later = graph[node]
            .iter()
            .filter(|(next, _)| placed & (1 << **next) == 0);
        later.map(|(_, count)| count).sum()
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
    let mut needing: Vec<Vec<(usize, usize)>> = vec![Vec::new(); graph.len()];
    for (node, needed) in graph.iter().enumerate() {
        for (next, count) in needed {
            needing[*next].push((node, *count));
        }
    }
    let mut costs: Vec<usize> = graph.iter().map(|needed| needed.values().sum()).collect();
    let mut queue: BTreeSet<(usize, usize)> = costs
        .iter()
        .enumerate()
        .map(|(node, cost)| (*cost, node))
        .collect();
    let mut order = Vec::with_capacity(graph.len());
    while let Some((_, node)) = queue.pop_first() {
        order.push(node);
        for (other, count) in &needing[node] {
            if queue.remove(&(costs[*other], *other)) {
                costs[*other] -= count;
                queue.insert((costs[*other], *other));
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
    let edges = graph
        .iter()
        .enumerate()
        .flat_map(|(node, needed)| needed.keys().map(move |next| (node, *next)));
    edges
        .filter(|(node, next)| position[*node] < position[*next])
        .collect()
}

/// Puts back every removed edge that closes no cycle after all.
fn put_back(graph: &Graph, removed: Vec<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let mut kept = graph.clone();
    for (node, next) in &removed {
        kept[*node].remove(next);
    }
    let mut needed = BTreeSet::new();
    for (node, next) in removed {
        if reaches(&kept, next, node) {
            needed.insert((node, next));
        } else {
            kept[node].insert(next, graph[node][&next]);
        }
    }
    needed
}

fn reaches(graph: &Graph, from: usize, to: usize) -> bool {
    let mut seen = vec![false; graph.len()];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            open.extend(graph[node].keys());
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
        let mut path = vec![(root, graph[root].keys())];
        while let Some((node, needed)) = path.last_mut() {
            let node = *node;
            match needed.next() {
                Some(next) if self.index[*next] == usize::MAX => {
                    self.enter(*next);
                    path.push((*next, graph[*next].keys()));
                }
                Some(next) if self.on_stack[*next] => {
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
            let mut graph: Graph = vec![BTreeMap::new(); nodes];
            for _ in 0..nodes * 2 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let (from, to) = (
                    (state >> 33) as usize % nodes,
                    (state >> 48) as usize % nodes,
                );
                if from != to {
                    *graph[from].entry(to).or_default() += 1;
                }
            }
            graph
        })
    }

    fn weight(graph: &Graph, edges: &BTreeSet<(usize, usize)>) -> usize {
        edges.iter().map(|(node, next)| graph[*node][next]).sum()
    }

    fn fewest(graph: &Graph) -> usize {
        fn place(graph: &Graph, order: &mut Vec<usize>) -> usize {
            if order.len() == graph.len() {
                let edges: BTreeSet<_> = backward(graph, order).into_iter().collect();
                return weight(graph, &edges);
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
                kept[*node].remove(next);
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
