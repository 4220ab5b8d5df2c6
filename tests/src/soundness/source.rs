//! The Rust source of a generated schema: one thing on one line, so that a line says whose it is.

pub(super) mod words;

use super::model::{Column, Indexed, Schema, Table};
use words::sql;

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
    /// A declared partition of a table, by its place in the list.
    Part(usize, usize),
    /// A type beside the tables.
    Type(usize),
    /// A view itself: its name, its query, and the words about all of it.
    View(usize),
    /// A field of a view.
    ViewColumn(usize, usize),
    /// An index of a materialized view.
    ViewIndex(usize, usize),
    /// The mention of a table in the static's list.
    Listed(usize),
    /// The mention of a view in the static's list.
    ListedView(usize),
    /// A collation in the static.
    Collation(usize),
    /// A sequence in the static.
    Sequence(usize),
    /// An object in the static.
    Object(usize),
    /// A statement.
    Query(usize),
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
    /// Whether it has a function `queries`, of the texts of statements.
    pub has_queries: bool,
}

/// Renders a module with the structs and the static `SCHEMA`.
#[must_use]
pub fn render_source(schema: &Schema) -> Source {
    let mut source = Source::default();
    for (at, ty) in schema.types.iter().enumerate() {
        for line in ty.rust() {
            source.line(Site::Type(at), &line);
        }
    }
    for at in 0..schema.tables.len() {
        table(&mut source, schema, at);
    }
    for (at, view) in schema.views.iter().enumerate() {
        for (site, line) in view.rust(schema, at) {
            source.line(site, &line);
        }
    }
    schema_static(&mut source, schema);
    queries(&mut source, schema);
    source
}

/// The statements by `sql!`.
fn queries(source: &mut Source, schema: &Schema) {
    source.has_queries = true;
    source.line(Site::Elsewhere, "pub fn queries() -> Vec<&'static str> {");
    source.line(Site::Elsewhere, "    vec![");
    let queries = schema.queries.iter().enumerate();
    for (at, query) in queries.filter(|(_, query)| query.is_of_listed(schema)) {
        source.line(Site::Query(at), &format!("        {},", query.rust(schema)));
    }
    source.line(Site::Elsewhere, "    ]");
    source.line(Site::Elsewhere, "}");
}

/// The static that lists everything.
fn schema_static(source: &mut Source, schema: &Schema) {
    source.line(Site::Elsewhere, "::schema_core::schema! {");
    source.line(Site::Elsewhere, "    pub static SCHEMA = [");
    let tables = schema.listed.iter();
    let tables = tables.map(|at| (Site::Listed(*at), &schema.tables[*at].ident));
    let views = schema.views.iter().enumerate();
    let views = views.map(|(at, view)| (Site::ListedView(at), &view.ident));
    let listed: Vec<(Site, &String)> = if schema.views_first {
        views.chain(tables).collect()
    } else {
        tables.chain(views).collect()
    };
    for (site, ident) in listed {
        source.line(site, &format!("        {ident},"));
    }
    source.line(Site::Elsewhere, "    ]");
    let extensions = schema.extensions.iter();
    let extensions = extensions.map(|part| (Site::Elsewhere, part.rust()));
    let collations = schema.collations.iter().enumerate();
    let collations = collations.map(|(at, part)| (Site::Collation(at), part.rust()));
    let sequences = schema.sequences.iter().enumerate();
    let sequences = sequences.map(|(at, part)| (Site::Sequence(at), part.rust(schema)));
    let objects = schema.objects.iter().enumerate();
    let objects = objects.map(|(at, part)| (Site::Object(at), part.rust(schema)));
    let lists: [(&str, Vec<(Site, String)>); 4] = [
        ("extensions", extensions.collect()),
        ("collations", collations.collect()),
        ("sequences", sequences.collect()),
        ("objects", objects.collect()),
    ];
    for (word, entries) in lists {
        if entries.is_empty() {
            continue;
        }
        source.line(Site::Elsewhere, &format!("    , {word} = ["));
        for (site, entry) in entries {
            source.line(site, &format!("        {entry},"));
        }
        source.line(Site::Elsewhere, "    ]");
    }
    source.line(Site::Elsewhere, "    ;");
    source.line(Site::Elsewhere, "}");
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
            word(Site::PrimaryKey(at), words::key(table, key, "primary_key"))
        }
        Some(_) => {}
    }
    words.extend(listed_words(schema, at));
    let mut word = |site: Site, text: String| words.push((site, text));
    if let Some(partition) = &table.partition {
        let keys: Vec<String> = partition
            .keys
            .iter()
            .map(|key| words::indexed(table, key))
            .collect();
        word(
            Site::Partition(at),
            format!("partition_by = {}({})", partition.strategy, keys.join(", ")),
        );
        if let Some(count) = partition.count {
            word(Site::Partition(at), format!("partitions = {count}"));
        }
        for (i, part) in partition.parts.iter().enumerate() {
            word(Site::Part(at, i), part.rust(table));
        }
    }
    if table.row_security {
        word(site, "row_level_security".to_owned());
    }
    for (i, policy) in table.policies.iter().enumerate() {
        word(Site::Policy(at, i), words::policy(table, policy));
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
        word(Site::Unique(at, i), words::key(table, key, "unique"));
    }
    for (i, index) in table
        .indexes
        .iter()
        .enumerate()
        .filter(|(_, index)| !index.on_field)
    {
        word(Site::Index(at, i), words::index(table, index));
    }
    for (i, check) in table
        .checks
        .iter()
        .enumerate()
        .filter(|(_, c)| c.on_field.is_none())
    {
        word(Site::Check(at, i), words::check(table, check));
    }
    for (i, exclusion) in table.exclusions.iter().enumerate() {
        word(Site::Exclusion(at, i), words::exclusion(table, exclusion));
    }
    for (i, key) in table
        .foreign_keys
        .iter()
        .enumerate()
        .filter(|(_, key)| !key.on_field)
    {
        let words = words::foreign_key(schema, table, key).join(", ");
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
        words.push((Site::PrimaryKey(at), words::key(table, key, "primary_key")));
    }
    for (i, key) in table.uniques.iter().enumerate() {
        if key.on_field && key.columns == [position] {
            words.push((Site::Unique(at, i), words::key(table, key, "unique")));
        }
    }
    for (i, index) in table.indexes.iter().enumerate() {
        if index.on_field
            && matches!(index.keys[0].indexed, Indexed::Column(column) if column == position)
        {
            words.push((Site::Index(at, i), words::index(table, index)));
        }
    }
    for (i, check) in table.checks.iter().enumerate() {
        if check.on_field == Some(position) {
            words.push((Site::Check(at, i), words::check(table, check)));
        }
    }
    for (i, key) in table.foreign_keys.iter().enumerate() {
        if key.on_field && key.columns[0] == position {
            let site = Site::ForeignKey(at, i);
            words.extend(
                words::foreign_key(schema, table, key)
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
    words.extend(column.identity.map(|word| {
        let options = column.numbering.rust();
        if options.is_empty() {
            format!("identity = {word}")
        } else {
            format!("identity({word}, {})", options.join(", "))
        }
    }));
    words.extend(column.collate.map(|name| format!("collate = {name:?}")));
    words.extend(column.storage.map(|word| format!("storage = {word}")));
    words.extend(
        column
            .compression
            .map(|word| format!("compression = {word}")),
    );
    words
}
