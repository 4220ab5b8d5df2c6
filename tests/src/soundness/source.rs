//! The Rust source of a generated schema: one thing on one line, so that a line says whose it is.

use std::fmt::Write as _;

use super::model::{
    Action, Check, Column, Exclusion, ForeignKey, Index, IndexKey, Indexed, Key, Part, Policy,
    Schema, Table, Text,
};
use super::types::Type;

/// What a line of the source declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// A struct itself: its name, and the words about all of it.
    Table(usize),
    /// A field with the words of its column.
    Column(usize, usize),
    /// The primary key of a table.
    PrimaryKey(usize),
    /// A unique constraint of a table.
    Unique(usize, usize),
    /// An index of a table.
    Index(usize, usize),
    /// A check of a table.
    Check(usize, usize),
    /// An exclusion constraint of a table.
    Exclusion(usize, usize),
    /// A foreign key of a table.
    ForeignKey(usize, usize),
    /// The partition key of a table.
    Partition(usize),
    /// A policy of a table.
    Policy(usize, usize),
    /// The mention of a table in the static's list.
    Listed(usize),
    /// Around all of these.
    Elsewhere,
}

/// Source and the site of each of its lines.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The text.
    pub text: String,
    /// By line, from the first.
    pub sites: Vec<Site>,
}

/// Renders a module with the structs and the static `SCHEMA`.
#[must_use]
pub fn render_source(schema: &Schema) -> Source {
    let mut source = Source::default();
    for line in schema.types.iter().flat_map(Type::rust) {
        source.line(Site::Elsewhere, &line);
    }
    for at in 0..schema.tables.len() {
        table(&mut source, schema, at);
    }
    source.line(Site::Elsewhere, "::schema_core::schema! {");
    source.line(Site::Elsewhere, "    pub static SCHEMA = [");
    for listed in &schema.listed {
        let ident = &schema.tables[*listed].ident;
        source.line(Site::Listed(*listed), &format!("        {ident},"));
    }
    let extensions: Vec<String> = schema
        .extensions
        .iter()
        .map(|name| format!("{name:?}"))
        .collect();
    let extensions = match extensions.as_slice() {
        [] => String::new(),
        names => format!(", extensions = [{}]", names.join(", ")),
    };
    source.line(Site::Elsewhere, &format!("    ]{extensions};"));
    source.line(Site::Elsewhere, "}");
    source
}

impl Source {
    fn line(&mut self, site: Site, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.sites.push(site);
    }
}

fn table(source: &mut Source, schema: &Schema, at: usize) {
    let table = &schema.tables[at];
    let site = Site::Table(at);
    source.line(site, "#[derive(::schema_core::Table)]");
    let words = table_words(schema, at);
    if !words.is_empty() {
        source.line(site, "#[table(");
        for (site, word) in words {
            source.line(site, &format!("    {word},"));
        }
        source.line(site, ")]");
    }
    source.line(site, &format!("pub struct {} {{", table.ident));
    for column in 0..table.columns.len() {
        field(source, schema, at, column);
    }
    if let Some(field) = &table.skipped {
        source.line(site, "    #[column(skip)]");
        source.line(site, &format!("    pub {field}: Option<Vec<String>>,"));
    }
    source.line(site, "}");
}

/// The words of `#[table(…)]`, each with its site.
fn table_words(schema: &Schema, at: usize) -> Vec<(Site, String)> {
    let table = &schema.tables[at];
    let site = Site::Table(at);
    let mut words: Vec<(Site, String)> = Vec::new();
    let mut word = |site: Site, text: String| words.push((site, text));
    if let Some(name) = &table.name {
        word(site, format!("name = {name:?}"));
    }
    if let Some(namespace) = &table.namespace {
        word(site, format!("namespace = {namespace:?}"));
    }
    if let Some(comment) = &table.comment {
        word(site, format!("comment = {comment:?}"));
    }
    if let Some(former) = table.renamed_from {
        word(site, format!("renamed_from = {former:?}"));
    }
    if let Some(rule) = table.allow {
        word(site, format!("allow({rule}, reason = \"it's so\")"));
    }
    match &table.primary_key {
        None => word(site, "no_primary_key".to_owned()),
        Some(key) if !key.on_field => {
            word(Site::PrimaryKey(at), self::key(table, key, "primary_key"))
        }
        Some(_) => {}
    }
    words.extend(listed_words(schema, at));
    let mut word = |site: Site, text: String| words.push((site, text));
    if let Some(partition) = &table.partition {
        let keys: Vec<String> = partition
            .keys
            .iter()
            .map(|key| indexed(table, key))
            .collect();
        word(
            Site::Partition(at),
            format!("partition_by = {}({})", partition.strategy, keys.join(", ")),
        );
    }
    if table.row_security {
        word(site, "row_level_security".to_owned());
    }
    for (i, policy) in table.policies.iter().enumerate() {
        word(Site::Policy(at, i), self::policy(table, policy));
    }
    words
}

/// The constraints and indexes that stand on the struct.
fn listed_words(schema: &Schema, at: usize) -> Vec<(Site, String)> {
    let table = &schema.tables[at];
    let mut words = Vec::new();
    let mut word = |site: Site, text: String| words.push((site, text));
    for (i, key) in table
        .uniques
        .iter()
        .enumerate()
        .filter(|(_, key)| !key.on_field)
    {
        word(Site::Unique(at, i), self::key(table, key, "unique"));
    }
    for (i, index) in table
        .indexes
        .iter()
        .enumerate()
        .filter(|(_, index)| !index.on_field)
    {
        word(Site::Index(at, i), self::index(table, index));
    }
    for (i, check) in table
        .checks
        .iter()
        .enumerate()
        .filter(|(_, c)| c.on_field.is_none())
    {
        word(Site::Check(at, i), self::check(table, check));
    }
    for (i, exclusion) in table.exclusions.iter().enumerate() {
        word(Site::Exclusion(at, i), self::exclusion(table, exclusion));
    }
    for (i, key) in table
        .foreign_keys
        .iter()
        .enumerate()
        .filter(|(_, key)| !key.on_field)
    {
        let words = foreign_key(schema, table, key).join(", ");
        word(Site::ForeignKey(at, i), format!("foreign_key({words})"));
    }
    words
}

fn field(source: &mut Source, schema: &Schema, at: usize, position: usize) {
    let table = &schema.tables[at];
    let column = &table.columns[position];
    let site = Site::Column(at, position);
    if let Some(comment) = &column.comment {
        for line in comment.lines() {
            source.line(site, &format!("    /// {line}"));
        }
    }
    let mut words: Vec<(Site, String)> = column_words(table, column)
        .into_iter()
        .map(|word| (site, word))
        .collect();
    if let Some(key) = table
        .primary_key
        .as_ref()
        .filter(|key| key.on_field && key.columns == [position])
    {
        words.push((Site::PrimaryKey(at), self::key(table, key, "primary_key")));
    }
    for (i, key) in table.uniques.iter().enumerate() {
        if key.on_field && key.columns == [position] {
            words.push((Site::Unique(at, i), self::key(table, key, "unique")));
        }
    }
    for (i, index) in table.indexes.iter().enumerate() {
        if index.on_field
            && matches!(index.keys[0].indexed, Indexed::Column(column) if column == position)
        {
            words.push((Site::Index(at, i), self::index(table, index)));
        }
    }
    for (i, check) in table.checks.iter().enumerate() {
        if check.on_field == Some(position) {
            words.push((Site::Check(at, i), self::check(table, check)));
        }
    }
    for (i, key) in table.foreign_keys.iter().enumerate() {
        if key.on_field && key.columns[0] == position {
            let site = Site::ForeignKey(at, i);
            words.extend(
                foreign_key(schema, table, key)
                    .into_iter()
                    .map(|word| (site, word)),
            );
        }
    }
    if !words.is_empty() {
        source.line(site, "    #[column(");
        for (site, word) in words {
            source.line(site, &format!("        {word},"));
        }
        source.line(site, "    )]");
    }
    let rust = column.kind.rust;
    let ty = if column.nullable {
        format!("Option<{rust}>")
    } else {
        rust.to_owned()
    };
    source.line(site, &format!("    pub {}: {ty},", column.field));
}

fn column_words(table: &Table, column: &Column) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(column.kind.word.map(|word| match word {
        "json!" => "json".to_owned(),
        _ => format!("type = {word}"),
    }));
    words.extend(
        column
            .renamed_from
            .map(|name| format!("renamed_from = {name:?}")),
    );
    words.extend(
        column
            .allow
            .map(|rule| format!("allow({rule}, reason = \"it's so\")")),
    );
    words.extend(column.name.as_ref().map(|name| format!("name = {name:?}")));
    words.extend(
        column
            .default
            .as_ref()
            .map(|(rust, _)| format!("default = {rust}")),
    );
    words.extend(
        column
            .generated
            .as_ref()
            .map(|text| format!("generated = {}", sql(table, text))),
    );
    words.extend(column.identity.map(|word| format!("identity = {word}")));
    words.extend(column.collate.map(|name| format!("collate = {name:?}")));
    words.extend(column.storage.map(|word| format!("storage = {word}")));
    words.extend(
        column
            .compression
            .map(|word| format!("compression = {word}")),
    );
    words
}

/// `word(keys, options)`, or the bare word where there is nothing to say.
fn listed(word: &str, keys: Vec<String>, options: Vec<String>) -> String {
    let all: Vec<String> = keys.into_iter().chain(options).collect();
    if all.is_empty() {
        word.to_owned()
    } else {
        format!("{word}({})", all.join(", "))
    }
}

fn key(table: &Table, key: &Key, word: &str) -> String {
    let keys = if key.on_field {
        Vec::new()
    } else {
        names(table, &key.columns)
    };
    let mut options = Vec::new();
    options.extend(key.name.as_ref().map(|name| format!("name = {name:?}")));
    options.extend(include(table, &key.include));
    if key.nulls_not_distinct {
        options.push("nulls_not_distinct".to_owned());
    }
    options.extend(key.deferrable.map(|word| format!("deferrable = {word}")));
    listed(word, keys, options)
}

fn index(table: &Table, index: &Index) -> String {
    let keys = index
        .keys
        .iter()
        .map(|key| index_key(table, key, index.on_field));
    let keys = keys.filter(|key| !key.is_empty()).collect();
    let mut options = Vec::new();
    options.extend(index.name.as_ref().map(|name| format!("name = {name:?}")));
    options.extend(index.using.map(|using| format!("using = {using}")));
    options.extend(include(table, &index.include));
    options.extend(
        index
            .predicate
            .as_ref()
            .map(|text| format!("where = {}", sql(table, text))),
    );
    options.extend(
        index
            .fillfactor
            .map(|number| format!("with(fillfactor = {number})")),
    );
    if index.concurrently {
        options.push("concurrently".to_owned());
    }
    if index.nulls_not_distinct {
        options.push("nulls_not_distinct".to_owned());
    }
    listed(
        if index.unique {
            "unique_index"
        } else {
            "index"
        },
        keys,
        options,
    )
}

fn index_key(table: &Table, key: &IndexKey, on_field: bool) -> String {
    let mut text = if on_field {
        String::new()
    } else {
        indexed(table, &key.indexed)
    };
    for word in [key.order, key.nulls, key.class].into_iter().flatten() {
        let _ = write!(text, " {word}");
    }
    if let Some(collate) = key.collate {
        let _ = write!(text, " collate = {collate:?}");
    }
    text.trim_start().to_owned()
}

fn indexed(table: &Table, indexed: &Indexed) -> String {
    match indexed {
        Indexed::Column(column) => table.columns[*column].field.clone(),
        Indexed::Sql(text) => sql(table, text),
    }
}

fn check(table: &Table, check: &Check) -> String {
    let text = sql(table, &check.sql);
    let mut options = Vec::new();
    options.extend(check.name.as_ref().map(|name| format!("name = {name:?}")));
    if check.no_inherit {
        options.push("no_inherit".to_owned());
    }
    if check.not_valid {
        options.push("not_valid".to_owned());
    }
    if check.on_field.is_some() && options.is_empty() {
        return format!("check = {text}");
    }
    listed("check", vec![text], options)
}

fn exclusion(table: &Table, exclusion: &Exclusion) -> String {
    let element = |(column, operator): &(usize, &str)| {
        format!("{} with {operator:?}", table.columns[*column].field)
    };
    let keys = exclusion.elements.iter().map(element).collect();
    let mut options = Vec::new();
    options.extend(
        exclusion
            .name
            .as_ref()
            .map(|name| format!("name = {name:?}")),
    );
    options.extend(exclusion.using.map(|using| format!("using = {using}")));
    options.extend(
        exclusion
            .predicate
            .as_ref()
            .map(|text| format!("where = {}", sql(table, text))),
    );
    options.extend(
        exclusion
            .deferrable
            .map(|word| format!("deferrable = {word}")),
    );
    listed("exclude", keys, options)
}

fn foreign_key(schema: &Schema, table: &Table, key: &ForeignKey) -> Vec<String> {
    let target = &schema.tables[key.table];
    let mut words = Vec::new();
    if !key.on_field {
        words.push(format!(
            "columns({})",
            names(table, &key.columns).join(", ")
        ));
    }
    words.push(format!(
        "references = {}",
        listed(&target.ident, names(target, &key.referenced), Vec::new())
    ));
    words.extend(key.name.as_ref().map(|name| format!("name = {name:?}")));
    let action = |word: &str, action: &Option<Action>| {
        let of = |action: &Action| listed(action.word, names(table, &action.columns), Vec::new());
        action
            .as_ref()
            .map(|action| format!("{word} = {}", of(action)))
    };
    words.extend(action("on_delete", &key.on_delete));
    words.extend(action("on_update", &key.on_update));
    if key.match_full {
        words.push("match_full".to_owned());
    }
    words.extend(key.deferrable.map(|word| format!("deferrable = {word}")));
    if key.not_valid {
        words.push("not_valid".to_owned());
    }
    words
}

fn policy(table: &Table, policy: &Policy) -> String {
    let mut words = vec![format!("name = {:?}", policy.name)];
    if policy.restrictive {
        words.push("as = restrictive".to_owned());
    }
    words.extend(policy.command.map(|command| format!("for = {command}")));
    if !policy.roles.is_empty() {
        words.push(format!("to({})", policy.roles.join(", ")));
    }
    words.extend(
        policy
            .using
            .as_ref()
            .map(|text| format!("using = {}", sql(table, text))),
    );
    words.extend(
        policy
            .with_check
            .as_ref()
            .map(|text| format!("with_check = {}", sql(table, text))),
    );
    format!("policy({})", words.join(", "))
}

fn include(table: &Table, columns: &[usize]) -> Option<String> {
    (!columns.is_empty()).then(|| format!("include({})", names(table, columns).join(", ")))
}

fn names(table: &Table, columns: &[usize]) -> Vec<String> {
    columns
        .iter()
        .map(|column| table.columns[*column].field.clone())
        .collect()
}

fn sql(table: &Table, text: &Text) -> String {
    let part = |part: &Part| match part {
        Part::Sql(sql) => sql.replace('{', "{{").replace('}', "}}"),
        Part::Column(column) => format!("{{{}}}", table.columns[*column].field_name()),
    };
    let text: String = text.0.iter().map(part).collect();
    format!("sql({text:?})")
}
