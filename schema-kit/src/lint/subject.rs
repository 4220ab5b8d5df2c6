//! What a rule looks at, and what it says.

use schema_core::{
    def::{ColumnDef, ForeignKeyDef, Position, TableDef},
    schema::{Column, SqlType, Table},
};

/// One table, as declared and as it will be in the database.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    pub(super) def: &'a TableDef,
    pub(super) foreign_keys: &'a [ForeignKeyDef],
    pub(super) table: &'a Table,
}

/// A piece of advice about the table at hand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Advice {
    /// The columns it is about; an `allow` on any of them silences it.
    pub(super) columns: Vec<String>,
    /// Where that is declared; `None` is at the first of these columns, or at the struct where there are none.
    pub(super) position: Option<Position>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Subject<'_> {
    /// The table's name as messages write it.
    pub(super) fn name(&self) -> String {
        self.table.name.to_string()
    }

    /// The field of a column.
    pub(super) fn field(&self, column: &str) -> Option<&'static str> {
        Some(self.column_def(column)?.field)
    }

    /// Where something about these columns is to be found: at the first of them, or at the struct.
    pub(super) fn position(&self, columns: &[String]) -> Position {
        let location = self.def.location;
        let first = columns.first().and_then(|column| self.column_def(column));
        first.map_or(
            Position {
                line: location.line,
                column: location.column,
            },
            |column| column.position,
        )
    }

    fn column_def(&self, column: &str) -> Option<&ColumnDef> {
        let mut columns = self.def.columns.iter();
        columns.find(|def| def.name == column)
    }

    /// The fields of columns, as an attribute lists them: `server_id, user_id`.
    pub(super) fn fields(&self, columns: &[String]) -> String {
        let fields = columns.iter().filter_map(|column| self.field(column));
        fields.collect::<Vec<_>>().join(", ")
    }

    /// Columns as messages write them: `members.user_id`, or `members (server_id, user_id)`.
    pub(super) fn describe(&self, columns: &[String]) -> String {
        match columns {
            [column] => format!("`{}.{column}`", self.name()),
            _ => format!("`{} ({})`", self.name(), columns.join(", ")),
        }
    }

    /// One piece of advice for each column that a rule about single columns finds fault with.
    pub(super) fn each_column(
        &self,
        is_wrong: impl Fn(&Column) -> bool,
        advise: impl Fn(&Column) -> (String, String),
    ) -> Vec<Advice> {
        let columns = self.table.columns.iter().filter(|column| is_wrong(column));
        let advice = columns.map(|column| {
            let (message, help) = advise(column);
            Advice {
                columns: vec![column.name.clone()],
                position: None,
                message,
                help,
            }
        });
        advice.collect()
    }

    /// One piece of advice for each column of one of PostgreSQL's own types, or an array of it.
    pub(super) fn each_of_type(&self, name: &str, help: &str) -> Vec<Advice> {
        self.each_column(
            |column| is_own(&column.sql_type, name),
            |column| (self.is_of_type(column), help.to_owned()),
        )
    }

    /// `` `messages.sent_at` is `timestamp` ``.
    pub(super) fn is_of_type(&self, column: &Column) -> String {
        let name = self.describe(std::slice::from_ref(&column.name));
        format!("{name} is `{}`", column.sql_type)
    }
}

/// Whether this is one of PostgreSQL's own types by its usual name, or an array of it.
pub(super) fn is_own(ty: &SqlType, name: &str) -> bool {
    ty.namespace.is_none() && ty.name == name
}
