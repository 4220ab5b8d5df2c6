//! Views and materialized views ([`CREATE VIEW`](https://www.postgresql.org/docs/current/sql-createview.html),
//! [`CREATE MATERIALIZED VIEW`](https://www.postgresql.org/docs/current/sql-creatematerializedview.html)).

use super::{comment_on_index, create_index, index::render_with, name_list};
use crate::{
    ident::{quote, quote_literal},
    schema::{CheckOption, View},
};

/// Renders `CREATE VIEW` or `CREATE MATERIALIZED VIEW`, with the names of the columns.
#[must_use]
pub fn create_view(view: &View) -> String {
    let names: Vec<String> = view
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let columns = match names.as_slice() {
        [] => String::new(),
        names => format!(" {}", name_list(names)),
    };
    let method = view.method.as_ref();
    let tablespace = view.tablespace.as_ref();
    // A comment may run to the end of the query's last line.
    let behind = match (view.check_option, view.with_no_data) {
        (Some(CheckOption::Local), _) => "\nWITH LOCAL CHECK OPTION",
        (Some(CheckOption::Cascaded), _) => "\nWITH CASCADED CHECK OPTION",
        (None, true) => "\nWITH NO DATA",
        (None, false) if view.query.as_str().contains("--") => "\n",
        (None, false) => "",
    };
    format!(
        "CREATE {} {}{columns}{}{}{} AS\n{}{behind}",
        kind(view),
        view.name.render(),
        method.map_or(String::new(), |method| format!(" USING {}", quote(method))),
        render_with(&view.with),
        tablespace.map_or(String::new(), |name| format!(" TABLESPACE {}", quote(name))),
        view.query,
    )
}

/// Renders `COMMENT ON VIEW` or `COMMENT ON MATERIALIZED VIEW`, where the view has one.
#[must_use]
pub fn comment_on_view(view: &View) -> Option<String> {
    let text = quote_literal(view.comment.as_ref()?);
    Some(format!(
        "COMMENT ON {} {} IS {text}",
        kind(view),
        view.name.render()
    ))
}

/// All statements of one view.
pub(super) fn push_view(statements: &mut Vec<String>, view: &View) {
    statements.push(create_view(view));
    let indexes = view.indexes.iter();
    statements.extend(indexes.map(|index| create_index(&view.name, index)));
    let indexes = view.indexes.iter();
    statements.extend(indexes.filter_map(|index| comment_on_index(&view.name, index)));
    statements.extend(comment_on_view(view));
    for column in &view.columns {
        statements.extend(column.comment.as_ref().map(|text| {
            let (view, column) = (view.name.render(), quote(&column.name));
            format!(
                "COMMENT ON COLUMN {view}.{column} IS {}",
                quote_literal(text)
            )
        }));
    }
}

fn kind(view: &View) -> &'static str {
    if view.materialized {
        "MATERIALIZED VIEW"
    } else {
        "VIEW"
    }
}
