//! Indexes ([`CREATE INDEX`](https://www.postgresql.org/docs/current/sql-createindex.html)), and what index-like
//! clauses share.

use std::collections::BTreeMap;

use super::name_list;
use crate::{
    ident::{quote, quote_literal},
    schema::{Index, IndexKey, Indexed, NullsOrder, QualifiedName, SortOrder},
};

/// Renders `CREATE INDEX`. One that is not valid can be made of a partitioned table: without its partitions' indexes.
#[must_use]
pub fn create_index(table: &QualifiedName, index: &Index) -> String {
    render_index(table, index, Build::AtOnce)
}

/// How an index is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Build {
    /// While nobody writes the table.
    AtOnce,
    /// While the table is in use.
    #[cfg(feature = "alter")]
    Concurrently,
    /// Of a partitioned table without its partitions.
    #[cfg(feature = "alter")]
    OnOnly,
}

pub(super) fn render_index(table: &QualifiedName, index: &Index, build: Build) -> String {
    let (how, only) = match build {
        Build::AtOnce => ("", ""),
        #[cfg(feature = "alter")]
        Build::Concurrently => ("CONCURRENTLY IF NOT EXISTS ", ""),
        #[cfg(feature = "alter")]
        Build::OnOnly => ("", "ONLY "),
    };
    let keys: Vec<String> = index.keys.iter().map(render_ordered_key).collect();
    let method = match index.method.as_str() {
        "btree" => String::new(),
        method => format!(" USING {}", quote(method)),
    };
    let predicate = index.predicate.as_ref();
    format!(
        "CREATE {}INDEX {how}{} ON {only}{}{}{method} ({}){}{}{}{}",
        if index.unique { "UNIQUE " } else { "" },
        quote(&index.name),
        if index.invalid { "ONLY " } else { "" },
        table.render(),
        keys.join(", "),
        render_include(&index.include),
        if index.nulls_not_distinct {
            " NULLS NOT DISTINCT"
        } else {
            ""
        },
        render_with(&index.with),
        predicate.map_or(String::new(), |sql| format!(
            " WHERE {}",
            sql.parenthesized()
        )),
    )
}

fn render_ordered_key(key: &IndexKey) -> String {
    let order = match (key.order, key.nulls) {
        (SortOrder::Asc, NullsOrder::Last) => "",
        (SortOrder::Asc, NullsOrder::First) => " NULLS FIRST",
        (SortOrder::Desc, NullsOrder::First) => " DESC",
        (SortOrder::Desc, NullsOrder::Last) => " DESC NULLS LAST",
    };
    render_key(key) + order
}

/// Renders a key without its order, which exclusion constraints and partition keys do not have.
pub(super) fn render_key(key: &IndexKey) -> String {
    let mut text = match &key.key {
        Indexed::Column(name) => quote(name).into_owned(),
        Indexed::Expression(expression) => expression.parenthesized(),
    };
    if let Some(collation) = &key.collation {
        text.push_str(&format!(" COLLATE {}", collation.render()));
    }
    if let Some(operator_class) = &key.operator_class {
        text.push_str(&format!(" {operator_class}"));
    }
    text
}

pub(super) fn render_include(columns: &[String]) -> String {
    match columns {
        [] => String::new(),
        columns => format!(" INCLUDE {}", name_list(columns)),
    }
}

/// Renders storage parameters; a value that is no plain word or number is quoted.
pub(super) fn render_with(parameters: &BTreeMap<String, String>) -> String {
    render_parameters(parameters).map_or(String::new(), |list| format!(" WITH {list}"))
}

/// Renders parameters as a list in parentheses; none are no list.
pub(super) fn render_parameters(parameters: &BTreeMap<String, String>) -> Option<String> {
    if parameters.is_empty() {
        return None;
    }
    let render = |(name, value): (&String, &String)| {
        format!("{} = {}", render_parameter_name(name), render_value(value))
    };
    let parameters: Vec<String> = parameters.iter().map(render).collect();
    Some(format!("({})", parameters.join(", ")))
}

/// Renders the name of a parameter, which may have that of its kind before it.
pub(super) fn render_parameter_name(name: &str) -> String {
    let name = name.split('.').map(|part| quote(part).into_owned());
    let name: Vec<String> = name.collect();
    name.join(".")
}

fn render_value(value: &str) -> String {
    let is_plain = matches!(value, "on" | "off" | "auto" | "true" | "false")
        || (value.parse::<f64>().is_ok()
            && value.bytes().all(|byte| b"0123456789.".contains(&byte)));
    if is_plain {
        value.to_owned()
    } else {
        quote_literal(value)
    }
}
