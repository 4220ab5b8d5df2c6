//! Schemas as big as one likes, of ordinary tables.

use std::collections::BTreeMap;

use schema_core::schema::{
    Check, Column, Expression, ForeignKey, Index, IndexKey, Indexed, PrimaryKey, QualifiedName,
    ReferentialAction, Schema, Table, Unique,
};

/// Makes so many tables: ten columns each, a primary key, a unique constraint, a check, two indexes, comments, and a foreign
/// key to the table before.
#[must_use]
pub fn schema(tables: usize) -> Schema {
    Schema {
        tables: (0..tables).map(table).collect(),
        ..Schema::default()
    }
}

/// Changes one table in a hundred: a column comes, one gets another type, an index goes.
#[must_use]
pub fn changed(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    for table in schema.tables.iter_mut().step_by(100) {
        table.columns.push(column("added", "text"));
        if let Some(size) = table
            .columns
            .iter_mut()
            .find(|column| column.name == "size")
        {
            size.sql_type = ty("bigint");
        }
        table.indexes.pop();
    }
    schema
}

fn ty(name: &str) -> schema_core::schema::SqlType {
    name.parse().expect("it is a type")
}

fn column(name: &str, sql_type: &str) -> Column {
    Column {
        nullable: true,
        ..Column::new(name, ty(sql_type))
    }
}

fn name_of(at: usize) -> QualifiedName {
    QualifiedName::new("public", format!("table_{at:05}"))
}

fn columns() -> Vec<Column> {
    let mut columns: Vec<Column> = [
        ("id", "bigint"),
        ("owner_id", "bigint"),
        ("code", "varchar(40)"),
        ("name", "text"),
        ("size", "integer"),
        ("price", "numeric(10,2)"),
        ("active", "boolean"),
        ("created_at", "timestamptz"),
        ("settings", "jsonb"),
        ("tags", "text[]"),
    ]
    .map(|(name, ty)| column(name, ty))
    .into();
    columns[0].nullable = false;
    columns[2].nullable = false;
    columns[6].default = Some(Expression::new("false"));
    columns[7].default = Some(Expression::new("now()"));
    columns[3].comment = Some("What people call it.".to_owned());
    columns
}

fn table(at: usize) -> Table {
    let name = name_of(at);
    let named = |what: &str| format!("{}_{what}", name.name);
    Table {
        columns: columns(),
        comment: Some(format!("Table number {at}.")),
        primary_key: Some(PrimaryKey {
            name: named("pkey"),
            columns: vec!["id".to_owned()],
            include: Vec::new(),
            with: BTreeMap::new(),
            deferrable: None,
            comment: None,
        }),
        uniques: vec![Unique {
            name: named("code_key"),
            columns: vec!["code".to_owned()],
            ..Unique::default()
        }],
        checks: vec![Check {
            name: named("size_check"),
            expression: Expression::new("size > 0"),
            no_inherit: false,
            not_valid: false,
            comment: None,
        }],
        foreign_keys: at
            .checked_sub(1)
            .map(|before| foreign_key(named("owner_id_fkey"), before))
            .into_iter()
            .collect(),
        indexes: ["owner_id", "name"]
            .map(|column| index(named(&format!("{column}_idx")), column))
            .into(),
        ..Table::new(name)
    }
}

fn foreign_key(name: String, before: usize) -> ForeignKey {
    ForeignKey {
        name,
        columns: vec!["owner_id".to_owned()],
        referenced_table: name_of(before),
        referenced_columns: vec!["id".to_owned()],
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::NoAction,
        match_full: false,
        deferrable: None,
        not_valid: false,
        comment: None,
    }
}

fn index(name: String, column: &str) -> Index {
    Index {
        name,
        unique: false,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys: vec![IndexKey::new(Indexed::Column(column.to_owned()))],
        include: Vec::new(),
        with: BTreeMap::new(),
        predicate: None,
        invalid: false,
        comment: None,
    }
}
