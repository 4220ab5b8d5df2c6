//! The order in which types, tables, views and objects known as SQL text are created: each after what it needs, a table
//! after those it references, and otherwise types before tables before views before objects, as declared. Foreign keys
//! are deferred only inside a cycle, as few as break it.

mod cycle;
mod graph;
mod object;
mod type_object;

use std::mem;

pub(crate) use type_object::{TypeObject, type_order};

use graph::Graph;

use super::{ForeignKey, Schema, Table, by_name::ByName, names::Names};
use crate::error::SchemaError;

/// The order of creation.
pub(crate) struct CreationOrder<'s> {
    pub(crate) steps: Vec<Step<'s>>,
    /// The foreign keys that are added when all tables are there, each with its table.
    pub(crate) deferred: Vec<(usize, usize)>,
    /// The routines whose bodies name what comes after them, by index: the server must not look into these.
    pub(crate) unchecked: Vec<usize>,
}

/// What is created next.
pub(crate) enum Step<'s> {
    Type(TypeObject<'s>),
    /// A table, with the foreign keys that are made along with it, each by its index.
    Table(usize, Vec<usize>),
    /// A view by its index.
    View(usize),
    /// An object by its index.
    Object(usize),
}

/// The weight of what cannot be deferred: more than all foreign keys together.
const FIRMLY: usize = 1 << 32;

/// The weight of what a routine's body names, which the server can be told not to look at.
const LOOSELY: usize = 1 << 16;

/// The order of creation of tables alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOrder {
    /// Every table by its index, with the foreign keys that are made along with it.
    pub tables: Vec<(usize, Vec<usize>)>,
    /// The foreign keys that are added when all tables are there, each with its table.
    pub deferred: Vec<(usize, usize)>,
}

/// Orders the tables of a schema.
#[must_use]
pub fn table_order(schema: &Schema) -> TableOrder {
    let order = creation_order(schema);
    let tables = order.steps.into_iter().filter_map(|step| match step {
        Step::Table(at, inline) => Some((at, inline)),
        Step::Type(_) | Step::View(_) | Step::Object(_) => None,
    });
    TableOrder {
        tables: tables.collect(),
        deferred: order.deferred,
    }
}

/// Orders a schema. A foreign key to a table that is not in it is made along with its table.
pub(crate) fn creation_order(schema: &Schema) -> CreationOrder<'_> {
    let tables = &schema.tables;
    let names = Names::new(schema);
    let types = names.types();
    let first_table = types.len();
    let first_view = first_table + tables.len();
    let first_object = first_view + schema.views.len();
    let places = ByName::of(&mut tables.iter().map(|table| table.name.as_key()));
    let mut graph = needs_graph(schema, &names);
    add_tables(tables, &places, first_table, &mut graph);
    let removed = cycle::break_cycles(&graph);
    for (node, needed) in &removed {
        graph.remove(*node, *needed);
    }
    let is_inline = |at: usize, foreign_key: &ForeignKey| {
        !foreign_key.not_valid
            && match places.get(foreign_key.referenced_table.as_key()) {
                Some(own) if own == at => {
                    tables[at].makes_key_over(&foreign_key.referenced_columns)
                }
                Some(referenced) => graph.weight(first_table + at, first_table + referenced) > 0,
                None => true,
            }
    };
    let mut deferred = Vec::new();
    let early = (0..schema.objects.len()).filter(|at| schema.objects[*at].is_early());
    let mut roots: Vec<usize> = (0..first_table).collect();
    roots.extend(early.map(|at| first_object + at));
    roots.extend(first_table..graph.len());
    let order = depth_first(&graph, &roots);
    let mut steps = Vec::with_capacity(order.len());
    for node in order {
        steps.push(if let Some(ty) = types.get(node) {
            Step::Type(*ty)
        } else if node >= first_object {
            Step::Object(node - first_object)
        } else if node >= first_view {
            Step::View(node - first_view)
        } else {
            let at = node - first_table;
            let mut inline = Vec::new();
            for (key, foreign_key) in tables[at].foreign_keys.iter().enumerate() {
                if is_inline(at, foreign_key) {
                    inline.push(key);
                } else {
                    deferred.push((at, key));
                }
            }
            Step::Table(at, inline)
        });
    }
    let mut unchecked = Vec::new();
    for (node, _) in removed {
        if node >= first_object {
            unchecked.push(node - first_object);
        }
    }
    unchecked.dedup();
    CreationOrder {
        steps,
        deferred,
        unchecked,
    }
}

/// Adds what tables need of each other: those they reference, and those they inherit from.
fn add_tables(tables: &[Table], places: &ByName<'_>, first_table: usize, graph: &mut Graph) {
    for (at, table) in tables.iter().enumerate() {
        let node = first_table + at;
        for foreign_key in &table.foreign_keys {
            match places.get(foreign_key.referenced_table.as_key()) {
                Some(referenced) if referenced != at && !foreign_key.not_valid => {
                    graph.count(node, first_table + referenced);
                }
                _ => {}
            }
        }
        for parent in &table.inherits {
            if let Some(parent) = places.get(parent.as_key()) {
                graph.need(node, first_table + parent, FIRMLY);
            }
        }
    }
}

/// What types, tables, views and objects need of each other, foreign keys apart.
fn needs_graph(schema: &Schema, names: &Names<'_>) -> Graph {
    let types = names.types();
    let nodes = types.len() + schema.tables.len() + schema.views.len() + schema.objects.len();
    let mut graph = Graph::new(nodes);
    type_object::add_needs(types, &mut graph);
    object::Needs::new(schema, names).add_to(&mut graph);
    graph
}

/// Checks that nothing needs itself.
pub(super) fn check_cycles(schema: &Schema) -> Result<(), SchemaError> {
    let names = Names::new(schema);
    let mut graph = needs_graph(schema, &names);
    graph.retain(FIRMLY);
    let Some(cycle) = cycle::find(&graph) else {
        return Ok(());
    };
    let describe = |node: usize| object::describe(schema, names.types(), node);
    Err(SchemaError::DependencyCycle {
        cycle: cycle.into_iter().map(describe).collect(),
    })
}

/// Each node after those it needs, otherwise in the order of the roots. Without recursion: a chain may be as long as the
/// schema.
fn depth_first(graph: &Graph, roots: &[usize]) -> Vec<usize> {
    let mut order = Vec::with_capacity(graph.len());
    let mut seen = vec![false; graph.len()];
    for root in roots {
        if mem::replace(&mut seen[*root], true) {
            continue;
        }
        let mut path = vec![(*root, graph.needs(*root).iter())];
        while let Some((node, needs)) = path.last_mut() {
            match needs.next() {
                Some((next, _)) if !mem::replace(&mut seen[*next], true) => {
                    path.push((*next, graph.needs(*next).iter()));
                }
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
    use crate::schema::{
        Dependency, Expression, Object, PrimaryKey, QualifiedName, ReferentialAction, View,
    };

    fn schema(tables: Vec<Table>) -> Schema {
        Schema {
            tables,
            ..Schema::default()
        }
    }

    /// The order as names.
    fn names(schema: &Schema) -> Vec<&str> {
        let order = creation_order(schema);
        let steps = order.steps.into_iter().map(|step| match step {
            Step::Type(ty) => ty.name().name.as_str(),
            Step::Table(at, _) => schema.tables[at].name.name.as_str(),
            Step::View(at) => schema.views[at].name.name.as_str(),
            Step::Object(at) => schema.objects[at].name.as_str(),
        });
        steps.collect()
    }

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
        let schema = schema(tables(written));
        let order = creation_order(&schema);
        let letter = |at: usize| schema.tables[at].name.name.as_str();
        let names = names(&schema).concat();
        let deferred = order.deferred.iter().map(|(at, key)| {
            format!(
                "{}{}",
                letter(*at),
                schema.tables[*at].foreign_keys[*key].referenced_table
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
        assert_eq!(creation_order(&schema(tables)).deferred, [(0, 0)]);
    }

    fn object(kind: &str, name: &str, sql: &str) -> Object {
        Object {
            namespace: Some("public".into()),
            ..Object::new(kind, name, sql)
        }
    }

    #[test]
    fn an_object_comes_before_what_calls_it_and_after_what_it_names() {
        let mut schema = schema(tables(&[("a", "b"), ("b", "")]));
        let mut column = crate::schema::Column::new("c", "span".parse().unwrap());
        column.default = Some(crate::schema::Expression::new("public.first('second(')"));
        schema.tables[0].columns.push(column);
        schema.objects = vec![
            object("FUNCTION", "last", "create function last() as 'x'"),
            object(
                "FUNCTION",
                "first",
                "create function first(text) as 'second()'",
            ),
            object("FUNCTION", "second", "create function second(int) as 'x'"),
            object(
                "TYPE",
                "span",
                "create type span as range (subtype_diff = \"second\")",
            ),
            object("FUNCTION", "second", "create function second(text) as 'x'"),
        ];
        schema.objects[1].depends_on = vec![Dependency::Table(QualifiedName::new("public", "b"))];
        assert_eq!(
            names(&schema),
            ["second", "second", "span", "b", "first", "a", "last"]
        );
        assert_eq!(check_cycles(&schema), Ok(()));
    }

    #[test]
    fn a_body_that_names_what_needs_its_routine_is_not_looked_into() {
        let mut schema = schema(tables(&[("a", "")]));
        schema.tables[0].columns.push(crate::schema::Column {
            default: Some(Expression::new("f()")),
            ..crate::schema::Column::new("c", "integer".parse().unwrap())
        });
        let body = "create function f() returns int language sql as 'select count(*) from a'";
        schema.objects = vec![object("FUNCTION", "f", body)];
        let order = creation_order(&schema);
        assert_eq!(order.unchecked, [0]);
        assert_eq!(names(&schema), ["f", "a"]);
        assert_eq!(check_cycles(&schema), Ok(()));
        schema.tables[0].columns.clear();
        assert!(creation_order(&schema).unchecked.is_empty());
        assert_eq!(names(&schema), ["a", "f"]);
    }

    /// A view by one letter, with the letters of what it reads.
    fn view(name: &str, reads: &str, query: &str) -> View {
        let relation = |name: &str| QualifiedName::new("public", name);
        View {
            depends_on: reads
                .chars()
                .map(|read| relation(&read.to_string()))
                .collect(),
            ..View::new(relation(name), Expression::new(query))
        }
    }

    #[test]
    fn a_view_comes_after_what_it_reads_and_the_rest_stays() {
        let mut schema = schema(tables(&[("t", "")]));
        schema.views = [("a", "zt"), ("b", ""), ("z", "y"), ("y", "t")]
            .map(|(name, reads)| view(name, reads, "SELECT"))
            .into();
        assert_eq!(names(&schema).concat(), "tyzab");
    }

    #[test]
    fn an_object_comes_before_the_view_that_calls_it_and_after_the_one_it_names() {
        let mut schema = schema(tables(&[("t", "")]));
        schema.views = vec![
            view("v", "t", "SELECT first(id) FROM t"),
            view("w", "t", "SELECT id FROM t"),
        ];
        let mut rule = object("RULE", "r", "create rule r as on insert to v do nothing");
        rule.table = Some(QualifiedName::new("public", "v"));
        let mut first = object("FUNCTION", "first", "create function first(int)");
        first.depends_on = vec![Dependency::Table(QualifiedName::new("public", "w"))];
        schema.objects = vec![rule, first];
        assert_eq!(names(&schema), ["t", "w", "first", "v", "r"]);
        assert_eq!(check_cycles(&schema), Ok(()));
    }

    #[test]
    fn a_view_comes_after_a_type_that_is_text() {
        let mut schema = schema(Vec::new());
        schema.views = vec![view("v", "", "SELECT NULL::span")];
        schema.objects = vec![object("TYPE", "span", "create type span as range (…)")];
        assert_eq!(names(&schema), ["span", "v"]);
    }

    #[test]
    fn a_view_may_be_needed_by_a_table() {
        let mut schema = schema(tables(&[("a", ""), ("b", "")]));
        schema.views = vec![view("v", "b", "SELECT id FROM b")];
        let mut f = object("FUNCTION", "f", "create function f()");
        f.depends_on = vec![Dependency::Table(QualifiedName::new("public", "v"))];
        f.needed_by = vec![QualifiedName::new("public", "a")];
        schema.objects = vec![f];
        assert_eq!(names(&schema).concat(), "bvfa");
    }

    #[test]
    fn a_circle_of_needs_is_told_and_one_of_foreign_keys_is_broken_beside_it() {
        let mut schema = schema(tables(&[("a", "b"), ("b", "a")]));
        schema.objects = vec![object("FUNCTION", "f", "create function f()")];
        schema.objects[0].depends_on = vec![Dependency::Table(QualifiedName::new("public", "b"))];
        schema.objects[0].needed_by = vec![QualifiedName::new("public", "a")];
        assert_eq!(names(&schema), ["b", "f", "a"]);
        assert_eq!(creation_order(&schema).deferred, [(1, 0)]);
        schema.objects[0].depends_on = vec![Dependency::Table(QualifiedName::new("public", "a"))];
        let error = check_cycles(&schema).map_err(|error| error.to_string());
        assert_eq!(
            error.unwrap_err(),
            "nothing can be created first: table `a` needs function `f`, which needs table `a`; \
             take one of these out, or qualify a name that means another object"
        );
    }

    #[test]
    fn a_chain_as_long_as_a_big_schema_is_ordered() {
        let mut graph = Graph::new(20_001);
        for at in 0..20_000 {
            graph.count(at, at + 1);
        }
        let roots: Vec<usize> = (0..=20_000).collect();
        assert!(cycle::break_cycles(&graph).is_empty());
        assert!(
            depth_first(&graph, &roots)
                .into_iter()
                .eq((0..=20_000).rev())
        );
    }
}
