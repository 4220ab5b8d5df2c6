//! The SQL that a generated schema means, written straight from its model: what the server's judgement of a mutant is
//! about. Names are left to the server where the model gives none.

use std::fmt::Write as _;

use super::{
    model::{
        Action, Check, Column, Exclusion, ForeignKey, Index, IndexKey, Indexed, Key, Part,
        Partition, Policy, Schema, Table, Text,
    },
    partitions,
};

/// Renders the statements that create what is listed.
#[must_use]
pub fn render_sql(schema: &Schema) -> String {
    let mut out = String::new();
    let listed = || schema.listed.iter().map(|table| &schema.tables[*table]);
    for namespace in namespaces(schema) {
        let _ = writeln!(out, "CREATE SCHEMA {};", quote(namespace));
    }
    for extension in &schema.extensions {
        out.push_str(&extension.sql());
    }
    for collation in &schema.collations {
        out.push_str(&collation.sql());
    }
    for ty in schema.listed_types() {
        out.push_str(&ty.sql());
    }
    let sequences = schema.sequences.iter();
    let sequences: Vec<_> = sequences.map(|sequence| sequence.sql(schema)).collect();
    out.extend(sequences.iter().map(|(made, _)| made.as_str()));
    let (early, late): (Vec<_>, Vec<_>) = schema
        .objects
        .iter()
        .partition(|object| object.early || object.before.is_some());
    out.extend(early.iter().map(|object| object.sql(schema)));
    for table in listed() {
        render_table(&mut out, table);
    }
    for table in listed() {
        for key in &table.foreign_keys {
            render_foreign_key(&mut out, schema, table, key);
        }
    }
    out.extend(schema.views.iter().map(|view| view.sql(schema)));
    // A function that a trigger calls may stand behind it.
    let (triggers, others): (Vec<_>, Vec<_>) =
        late.into_iter().partition(|object| object.is_trigger());
    for object in others.into_iter().chain(triggers) {
        out.push_str(&object.sql(schema));
    }
    out.extend(sequences.iter().map(|(_, owned)| owned.as_str()));
    let queries = schema.queries.iter();
    let queries = queries.filter(|query| query.is_of_listed(schema));
    out.extend(queries.map(|query| query.sql(schema)));
    out
}

/// The namespaces to make, each once.
fn namespaces(schema: &Schema) -> Vec<&str> {
    let tables = || schema.listed.iter().map(|table| &schema.tables[*table]);
    let mut namespaces: Vec<&str> = tables().filter_map(|t| t.namespace.as_deref()).collect();
    let types = schema.listed_types().into_iter();
    let types = types.filter(|ty| !ty.sql().is_empty());
    namespaces.extend(types.filter_map(|ty| ty.namespace));
    let partitions = tables().filter_map(|table| table.partition.as_ref());
    let parts = partitions.flat_map(|partition| &partition.parts);
    namespaces.extend(parts.filter_map(|part| part.namespace));
    namespaces.extend(schema.views.iter().filter_map(|view| view.namespace));
    let sequences = schema.sequences.iter();
    namespaces.extend(sequences.filter_map(|sequence| sequence.namespace.as_deref()));
    namespaces.extend(schema.collations.iter().filter_map(|part| part.namespace));
    namespaces.retain(|name| *name != "public");
    namespaces.sort_unstable();
    namespaces.dedup();
    namespaces
}

fn render_table(out: &mut String, table: &Table) {
    let name = qualified(table);
    let mut parts: Vec<String> = table.columns.iter().map(|c| column(table, c)).collect();
    parts.extend(
        table
            .primary_key
            .iter()
            .map(|k| key(table, k, "PRIMARY KEY")),
    );
    parts.extend(table.exclusions.iter().map(|e| exclusion(table, e)));
    parts.extend(
        table
            .checks
            .iter()
            .filter(|c| !c.not_valid)
            .map(|c| check(table, c)),
    );
    let partition = table
        .partition
        .as_ref()
        .map_or(String::new(), |p| partition(table, p));
    let _ = writeln!(
        out,
        "CREATE TABLE {name} (\n  {}\n){partition};",
        parts.join(",\n  ")
    );
    for column in &table.columns {
        if let Some(storage) = column.storage {
            let _ = writeln!(
                out,
                "ALTER TABLE {name} ALTER COLUMN {} SET STORAGE {storage};",
                quote(column.sql_name())
            );
        }
        if let Some(comment) = &column.comment {
            let _ = writeln!(
                out,
                "COMMENT ON COLUMN {name}.{} IS {};",
                quote(column.sql_name()),
                literal(comment)
            );
        }
    }
    // In CREATE TABLE the server would take two of the same columns for one.
    for unique in &table.uniques {
        let _ = writeln!(
            out,
            "ALTER TABLE {name} ADD {};",
            key(table, unique, "UNIQUE")
        );
    }
    // Behind what names an index of the table, for each makes up a name for one of its own.
    if let Some(partition) = &table.partition {
        out.push_str(&partitions::sql(table, partition, &name));
    }
    for not_valid in table.checks.iter().filter(|c| c.not_valid) {
        let _ = writeln!(
            out,
            "ALTER TABLE {name} ADD {} NOT VALID;",
            check(table, not_valid)
        );
    }
    for part in &table.indexes {
        let _ = writeln!(out, "{};", index(table, part));
    }
    if let Some(comment) = &table.comment {
        let _ = writeln!(out, "COMMENT ON TABLE {name} IS {};", literal(comment));
    }
    if table.row_security {
        let _ = writeln!(out, "ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;");
    }
    for part in &table.policies {
        let _ = writeln!(out, "{};", policy(table, part));
    }
}

fn column(table: &Table, column: &Column) -> String {
    let mut text = format!("{} {}", quote(column.sql_name()), column.kind.sql);
    if let Some(compression) = column.compression {
        let _ = write!(text, " COMPRESSION {compression}");
    }
    if let Some(collate) = column.collate {
        let _ = write!(text, " COLLATE {}", collation(collate));
    }
    if !column.nullable {
        text.push_str(" NOT NULL");
    }
    if let Some((_, default)) = &column.default {
        let _ = write!(text, " DEFAULT {default}");
    }
    if let Some(generated) = &column.generated {
        let _ = write!(
            text,
            " GENERATED ALWAYS AS ({}) STORED",
            sql(table, generated)
        );
    }
    if let Some(word) = column.identity {
        let word = if word == "always" {
            "ALWAYS"
        } else {
            "BY DEFAULT"
        };
        let name = column
            .numbering
            .name
            .as_ref()
            .map_or(String::new(), |name| {
                let namespace = table.namespace.as_deref().unwrap_or("public");
                format!(" SEQUENCE NAME {}.{}", quote(namespace), quote(name))
            });
        let options = name + &column.numbering.sql();
        let _ = write!(text, " GENERATED {word} AS IDENTITY");
        if !options.is_empty() {
            let _ = write!(text, " ({})", options.trim_start());
        }
    }
    text
}

fn key(table: &Table, key: &Key, word: &str) -> String {
    let nulls = if key.nulls_not_distinct {
        " NULLS NOT DISTINCT"
    } else {
        ""
    };
    format!(
        "{}{word}{nulls} {}{}{}",
        constraint(key.name.as_deref()),
        columns(table, &key.columns),
        include(table, &key.include),
        deferrable(key.deferrable),
    )
}

fn check(table: &Table, check: &Check) -> String {
    let no_inherit = if check.no_inherit { " NO INHERIT" } else { "" };
    let name = constraint(check.name.as_deref());
    format!("{name}CHECK ({}){no_inherit}", sql(table, &check.sql))
}

fn exclusion(table: &Table, exclusion: &Exclusion) -> String {
    let elements: Vec<String> = exclusion
        .elements
        .iter()
        .map(|(column, operator)| {
            format!(
                "{} WITH {operator}",
                quote(table.columns[*column].sql_name())
            )
        })
        .collect();
    let predicate = exclusion.predicate.as_ref();
    format!(
        "{}EXCLUDE{} ({}){}{}{}{}",
        constraint(exclusion.name.as_deref()),
        exclusion
            .using
            .map_or(String::new(), |using| format!(" USING {using}")),
        elements.join(", "),
        include(table, &exclusion.include),
        fillfactor(exclusion.fillfactor),
        predicate.map_or(String::new(), |text| format!(
            " WHERE ({})",
            sql(table, text)
        )),
        deferrable(exclusion.deferrable),
    )
}

fn partition(table: &Table, partition: &Partition) -> String {
    let keys: Vec<String> = partition
        .keys
        .iter()
        .map(|key| indexed(table, key))
        .collect();
    format!(
        " PARTITION BY {} ({})",
        partition.strategy.to_uppercase(),
        keys.join(", ")
    )
}

fn index(table: &Table, index: &Index) -> String {
    let keys: Vec<String> = index.keys.iter().map(|key| index_key(table, key)).collect();
    let predicate = index.predicate.as_ref();
    format!(
        "CREATE {}INDEX{} ON {}{} ({}){}{}{}{}",
        if index.unique { "UNIQUE " } else { "" },
        index
            .name
            .as_ref()
            .map_or(String::new(), |name| format!(" {}", quote(name))),
        qualified(table),
        index
            .using
            .map_or(String::new(), |using| format!(" USING {using}")),
        keys.join(", "),
        include(table, &index.include),
        if index.nulls_not_distinct {
            " NULLS NOT DISTINCT"
        } else {
            ""
        },
        fillfactor(index.fillfactor),
        predicate.map_or(String::new(), |text| format!(
            " WHERE ({})",
            sql(table, text)
        )),
    )
}

fn index_key(table: &Table, key: &IndexKey) -> String {
    let mut text = indexed(table, &key.indexed);
    if let Some(collate) = key.collate {
        let _ = write!(text, " COLLATE {}", collation(collate));
    }
    if let Some(class) = key.class {
        let _ = write!(text, " {class}");
    }
    for word in [key.order, key.nulls].into_iter().flatten() {
        let _ = write!(text, " {}", word.replace('_', " "));
    }
    text
}

fn indexed(table: &Table, indexed: &Indexed) -> String {
    match indexed {
        Indexed::Column(column) => quote(table.columns[*column].sql_name()),
        Indexed::Sql(text) => format!("({})", sql(table, text)),
    }
}

fn render_foreign_key(out: &mut String, schema: &Schema, table: &Table, key: &ForeignKey) {
    let target = &schema.tables[key.table];
    let action = |event: &str, action: &Option<Action>| {
        action.as_ref().map_or(String::new(), |action| {
            let word = action.word.replace('_', " ");
            let of = if action.columns.is_empty() {
                String::new()
            } else {
                format!(" {}", columns(table, &action.columns))
            };
            format!(" ON {event} {word}{of}")
        })
    };
    let referenced = if key.referenced.is_empty() {
        String::new()
    } else {
        format!(" {}", columns(target, &key.referenced))
    };
    let _ = writeln!(
        out,
        "ALTER TABLE {} ADD {}FOREIGN KEY {} REFERENCES {}{referenced}{}{}{}{}{};",
        qualified(table),
        constraint(key.name.as_deref()),
        columns(table, &key.columns),
        qualified(target),
        if key.match_full { " MATCH FULL" } else { "" },
        action("DELETE", &key.on_delete),
        action("UPDATE", &key.on_update),
        deferrable(key.deferrable),
        if key.not_valid { " NOT VALID" } else { "" },
    );
}

fn policy(table: &Table, policy: &Policy) -> String {
    let mut text = format!(
        "CREATE POLICY {} ON {}",
        quote(&policy.name),
        qualified(table)
    );
    if policy.restrictive {
        text.push_str(" AS RESTRICTIVE");
    }
    if let Some(command) = policy.command {
        let _ = write!(text, " FOR {command}");
    }
    if !policy.roles.is_empty() {
        let _ = write!(text, " TO {}", policy.roles.join(", "));
    }
    if let Some(using) = &policy.using {
        let _ = write!(text, " USING ({})", sql(table, using));
    }
    if let Some(with_check) = &policy.with_check {
        let _ = write!(text, " WITH CHECK ({})", sql(table, with_check));
    }
    text
}

fn sql(table: &Table, text: &Text) -> String {
    let part = |part: &Part| match part {
        Part::Sql(sql) => sql.clone(),
        Part::Column(column) => quote(table.columns[*column].sql_name()),
    };
    text.0.iter().map(part).collect()
}

fn columns(table: &Table, columns: &[usize]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| quote(table.columns[*column].sql_name()))
        .collect();
    format!("({})", names.join(", "))
}

fn fillfactor(number: Option<u32>) -> String {
    number.map_or(String::new(), |number| {
        format!(" WITH (fillfactor = {number})")
    })
}

fn include(table: &Table, included: &[usize]) -> String {
    match included {
        [] => String::new(),
        included => format!(" INCLUDE {}", columns(table, included)),
    }
}

fn constraint(name: Option<&str>) -> String {
    name.map_or(String::new(), |name| format!("CONSTRAINT {} ", quote(name)))
}

fn deferrable(word: Option<&str>) -> &'static str {
    match word {
        Some("initially_deferred") => " DEFERRABLE INITIALLY DEFERRED",
        Some(_) => " DEFERRABLE INITIALLY IMMEDIATE",
        None => "",
    }
}

/// A collation by its name, which may begin with a namespace.
fn collation(name: &str) -> String {
    match name.split_once('.') {
        Some((namespace, name)) => format!("{}.{}", quote(namespace), quote(name)),
        None => quote(name),
    }
}

pub(super) fn qualified(table: &Table) -> String {
    let namespace = table.namespace.as_deref().unwrap_or("public");
    format!("{}.{}", quote(namespace), quote(&table.sql_name()))
}

pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
