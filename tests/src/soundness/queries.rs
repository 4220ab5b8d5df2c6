//! Statements by `sql!`: what each says, as Rust and as SQL. A server that prepares one looks at all its names and types.

use super::{
    model::{Column, Schema, Table},
    sql::{qualified, quote},
};
use crate::random::Random;

/// A statement that reads a table, and another one beside it.
#[derive(Debug, Clone)]
#[expect(
    missing_docs,
    reason = "each field is the part of the statement by its name"
)]
pub struct Query {
    pub table: usize,
    pub alias: &'static str,
    /// Of the table, as results.
    pub columns: Vec<usize>,
    /// A column that is no NULL in any result.
    pub given: Option<usize>,
    /// A table that is joined to it, and one of its columns, as a result.
    pub joined: Option<(usize, usize)>,
    pub limit: bool,
    /// What stands in the place of the first result's field, which the table does not have.
    pub unknown: Option<&'static str>,
    /// What stands in the place of the first result's alias, which no table has.
    pub stranger: bool,
}

const JOINED: &str = "other";

const ALIASES: [&str; 5] = ["m", "M", "user", "größe", "_1"];

/// Adds one, now and then.
pub(super) fn add(random: &mut Random, schema: &mut Schema) {
    if !random.one_in(3) {
        return;
    }
    let table = random.below(schema.tables.len());
    let columns = readable(&schema.tables[table]);
    if columns.is_empty() {
        return;
    }
    let joined = random.one_in(3).then(|| random.below(schema.tables.len()));
    let joined = joined.and_then(|other| {
        let has = |column: &usize| {
            let name = schema.tables[other].columns[*column].field_name();
            let mut own = schema.tables[table].columns.iter();
            !own.any(|it| it.field_name() == name)
        };
        let columns = readable(&schema.tables[other]);
        let free = columns.into_iter().find(has)?;
        Some((other, free))
    });
    schema.queries.push(Query {
        table,
        alias: random.pick(&ALIASES),
        given: random.one_in(3).then(|| random.pick(&columns)),
        columns: random.some(&columns, 4),
        joined,
        limit: random.one_in(3),
        unknown: None,
        stranger: false,
    });
}

/// The columns that a row made for the statement can have: JSON is read by a struct.
fn readable(table: &Table) -> Vec<usize> {
    let columns = table.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| !column.kind.is_json());
    columns.map(|(at, _)| at).collect()
}

impl Query {
    /// Whether the static lists the tables it reads: `sql!` does not know it.
    #[must_use]
    pub fn is_of_listed(&self, schema: &Schema) -> bool {
        let joined = self.joined.map(|(table, _)| table);
        let mut tables = joined.into_iter().chain([self.table]);
        tables.all(|table| schema.listed.contains(&table))
    }

    /// As an expression, whose text is taken.
    #[must_use]
    pub fn rust(&self, schema: &Schema) -> String {
        let limit = if self.limit { " limit ${3}" } else { "" };
        let (select, from) = self.text(
            schema,
            |table, alias| format!("{{{} as {alias}}}", table.ident),
            |alias, column| format!("{{{alias}.{column}}}"),
            Column::field_name,
        );
        let text = format!("select {select} from {from}{limit}");
        format!("::schema_core::sql!({text:?}).text()")
    }

    /// As SQL.
    #[must_use]
    pub fn sql(&self, schema: &Schema) -> String {
        let limit = if self.limit { " limit $1" } else { "" };
        let (select, from) = self.text(
            schema,
            |table, alias| format!("{} AS {}", qualified(table), quote(alias)),
            |alias, column| format!("{}.{}", quote(alias), quote(column)),
            Column::sql_name,
        );
        format!("PREPARE query AS select {select} from {from}{limit};\nDEALLOCATE query;\n")
    }

    fn text(
        &self,
        schema: &Schema,
        table: impl Fn(&Table, &str) -> String,
        column: impl Fn(&str, &str) -> String,
        name: impl Fn(&Column) -> &str,
    ) -> (String, String) {
        let own = &schema.tables[self.table];
        let mut results: Vec<String> = Vec::new();
        for (at, result) in self.columns.iter().enumerate() {
            let alias = match self.stranger && at == 0 {
                true => "stranger",
                false => self.alias,
            };
            let unknown = self.unknown.filter(|_| at == 0);
            let field = unknown.unwrap_or_else(|| name(&own.columns[*result]));
            results.push(column(alias, field));
        }
        let mut from = table(own, self.alias);
        if let Some((other, result)) = self.joined {
            let other = &schema.tables[other];
            results.push(column(JOINED, name(&other.columns[result])));
            from = format!("{from} left join {} on true", table(other, JOINED));
        }
        if let Some(given) = self.given {
            let given = column(self.alias, name(&own.columns[given]));
            from = format!("{from} where {given} is not null");
        }
        (results.join(", "), from)
    }
}
