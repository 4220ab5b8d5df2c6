//! The order in which tables are created: a table after those it references, and otherwise as declared. Foreign keys
//! are deferred only inside a cycle, as few as break it.

mod cycle;
mod type_object;
mod view;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use type_object::{TypeObject, type_order};
pub(crate) use view::view_order;

use super::{ForeignKey, QualifiedName, Table};

/// The order of creation, by index into the tables and into each one's foreign keys.
#[derive(Debug, PartialEq, Eq)]
pub struct CreationOrder {
    /// Every table, with the foreign keys that are made along with it.
    pub tables: Vec<(usize, Vec<usize>)>,
    /// The foreign keys that are added when all tables are there, each with its table.
    pub deferred: Vec<(usize, usize)>,
}

/// Which tables each table needs to be there before it, with the number of foreign keys that say so.
type Graph = Vec<BTreeMap<usize, usize>>;

/// The weight of an edge that no order may leave out: more than all foreign keys of a schema.
const INHERITED: usize = 1 << 31;

/// Orders the tables. A foreign key to a table that is not among them is made along with its table.
#[must_use]
pub fn creation_order(tables: &[Table]) -> CreationOrder {
    let positions: BTreeMap<&QualifiedName, usize> = tables
        .iter()
        .enumerate()
        .map(|(at, table)| (&table.name, at))
        .collect();
    let mut graph: Graph = vec![BTreeMap::new(); tables.len()];
    for (at, table) in tables.iter().enumerate() {
        for foreign_key in &table.foreign_keys {
            match positions.get(&foreign_key.referenced_table) {
                Some(referenced) if *referenced != at && !foreign_key.not_valid => {
                    *graph[at].entry(*referenced).or_default() += 1;
                }
                _ => {}
            }
        }
        for parent in &table.inherits {
            if let Some(parent) = positions.get(parent) {
                *graph[at].entry(*parent).or_default() += INHERITED;
            }
        }
    }
    let removed = cycle::break_cycles(&graph);
    for (at, referenced) in &removed {
        graph[*at].remove(referenced);
    }
    let order = depth_first(&graph);
    let is_inline = |at: usize, foreign_key: &ForeignKey| {
        let referenced = positions.get(&foreign_key.referenced_table);
        !foreign_key.not_valid
            && match referenced {
                Some(own) if *own == at => {
                    tables[at].makes_key_over(&foreign_key.referenced_columns)
                }
                Some(referenced) => !removed.contains(&(at, *referenced)),
                None => true,
            }
    };
    let mut deferred = Vec::new();
    let tables = order.into_iter().map(|at| {
        let keys = &tables[at].foreign_keys;
        let (inline, later): (Vec<usize>, Vec<usize>) =
            (0..keys.len()).partition(|key| is_inline(at, &keys[*key]));
        deferred.extend(later.into_iter().map(|key| (at, key)));
        (at, inline)
    });
    CreationOrder {
        tables: tables.collect(),
        deferred,
    }
}

/// Each node after those it needs, otherwise in order. Without recursion: a chain may be as long as the schema.
fn depth_first(graph: &Graph) -> Vec<usize> {
    let mut order = Vec::with_capacity(graph.len());
    let mut seen = BTreeSet::new();
    for root in 0..graph.len() {
        if !seen.insert(root) {
            continue;
        }
        let mut path = vec![(root, graph[root].keys())];
        while let Some((node, needed)) = path.last_mut() {
            match needed.next() {
                Some(next) if seen.insert(*next) => path.push((*next, graph[*next].keys())),
                Some(_) => {}
                None => {
                    order.push(*node);
                    path.pop();
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{PrimaryKey, ReferentialAction};

    /// Tables by one letter each, with the letters they reference.
    fn tables(written: &[(&str, &str)]) -> Vec<Table> {
        let name = |letter: &str| QualifiedName::new("public", letter);
        let table = |(letter, references): &(&str, &str)| {
            let mut table = Table::new(name(letter));
            table.primary_key = Some(PrimaryKey {
                columns: vec!["id".into()],
                ..PrimaryKey::default()
            });
            table.foreign_keys = references
                .chars()
                .map(|referenced| ForeignKey {
                    name: String::new(),
                    columns: vec!["id".into()],
                    referenced_table: name(&referenced.to_string()),
                    referenced_columns: vec!["id".into()],
                    on_delete: ReferentialAction::NoAction,
                    on_update: ReferentialAction::NoAction,
                    match_full: false,
                    deferrable: None,
                    not_valid: false,
                    comment: None,
                })
                .collect();
            table
        };
        written.iter().map(table).collect()
    }

    /// The order as letters, and the deferred foreign keys as pairs of them.
    fn ordered(written: &[(&str, &str)]) -> (String, String) {
        let tables = tables(written);
        let order = creation_order(&tables);
        let letter = |at: usize| tables[at].name.name.as_str();
        let names = order.tables.iter().map(|(at, _)| letter(*at)).collect();
        let deferred = order.deferred.iter().map(|(at, key)| {
            format!(
                "{}{}",
                letter(*at),
                tables[*at].foreign_keys[*key].referenced_table
            )
        });
        (names, deferred.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn tables_without_references_keep_their_order() {
        assert_eq!(
            ordered(&[("c", ""), ("a", ""), ("b", "")]),
            ("cab".into(), String::new())
        );
    }

    #[test]
    fn a_referenced_table_comes_first_and_the_rest_stays() {
        let order = ordered(&[("a", "z"), ("b", ""), ("z", "y"), ("y", "")]);
        assert_eq!(order, ("yzab".into(), String::new()));
    }

    #[test]
    fn a_table_that_references_itself_or_another_schema_defers_nothing() {
        assert_eq!(ordered(&[("a", "ax")]), ("a".into(), String::new()));
    }

    #[test]
    fn a_cycle_is_broken_at_one_foreign_key() {
        let (order, deferred) = ordered(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]);
        assert_eq!((order.as_str(), deferred.as_str()), ("acbd", "ab"));
    }

    #[test]
    fn of_two_tables_the_one_with_fewer_foreign_keys_defers_them() {
        let (order, deferred) = ordered(&[("a", "bb"), ("b", "a")]);
        assert_eq!((order.as_str(), deferred.as_str()), ("ba", "ba"));
    }

    #[test]
    fn a_foreign_key_to_an_index_of_its_own_table_waits_for_it() {
        let mut tables = tables(&[("a", "a")]);
        tables[0].foreign_keys[0].referenced_columns = vec!["code".into()];
        assert_eq!(creation_order(&tables).deferred, [(0, 0)]);
    }

    #[test]
    fn a_chain_as_long_as_a_big_schema_is_ordered() {
        let chain = (0..20_000).map(|at| BTreeMap::from([(at + 1, 1)]));
        let graph: Graph = chain.chain([BTreeMap::new()]).collect();
        assert!(cycle::break_cycles(&graph).is_empty());
        assert!(depth_first(&graph).into_iter().eq((0..=20_000).rev()));
    }
}
