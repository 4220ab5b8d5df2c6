//! The root of the module: what there is, and `schema!` with all that is not a struct.

use schema_core::schema::{
    CollationObject, CollationProvider, Dependency, Extension, Object, QualifiedName, Schema,
    Sequence,
};

use super::{
    Options,
    attribute::{Sorted, Word},
    context::Context,
    leftover::Statement,
    name::raw,
    names::{Names, TABLES, TYPES, VIEWS},
    table::sequence_words,
    text::{doubled, literal, literal_of_lines},
};

/// Renders the root.
pub(super) fn render(cx: &Context, options: &Options) -> String {
    let schema = &cx.placed.schema;
    let folders = [TABLES, TYPES, VIEWS];
    let modules: String = folders
        .iter()
        .filter(|folder| cx.names.folder(folder).next().is_some())
        .map(|folder| format!("pub mod {folder};\n"))
        .collect();
    let name = &options.name;
    let listed: String = listed(cx)
        .iter()
        .map(|path| format!("        {path},\n"))
        .collect();
    let list = if listed.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{listed}    ]")
    };
    let mut sections: Vec<String> = vec![
        section("extensions", schema.extensions.iter().map(extension)),
        section("collations", schema.collations.iter().map(collation)),
        section(
            "sequences",
            schema.sequences.iter().map(|it| sequence(cx, it)),
        ),
        section("objects", objects(cx)),
    ];
    sections.retain(|section| !section.is_empty());
    let sections: String = sections
        .iter()
        .map(|section| format!(",{section}"))
        .collect();
    let blank = if modules.is_empty() { "" } else { "\n" };
    format!(
        "//! {}\n\n{modules}{blank}schema_core::schema! {{\n    /// {}\n    pub static {name} = {list}{sections};\n}}\n",
        options.title, options.title
    )
}

/// Renders the file of a folder: its modules, and what they hold.
pub(super) fn render_folder(names: &Names, folder: &str, what: &str) -> String {
    let mut modules: Vec<&str> = names
        .folder(folder)
        .map(|item| item.module.as_str())
        .collect();
    modules.sort_unstable();
    let modules: String = modules
        .iter()
        .map(|name| format!("mod {};\n", raw(name)))
        .collect();
    let items = names.folder(folder);
    let mut items: Vec<_> = items
        .map(|item| (Sorted(raw(&item.module)), &item.ident))
        .collect();
    items.sort();
    let uses: String = items
        .iter()
        .map(|(module, ident)| format!("pub use {}::{ident};\n", module.0))
        .collect();
    format!("//! {what}\n\n{modules}\n{uses}")
}

/// Tables and views by their paths, in the order of the schema.
fn listed(cx: &Context) -> Vec<String> {
    let schema = &cx.placed.schema;
    let tables = schema.tables.iter().map(|table| &table.name);
    let names = tables.chain(schema.views.iter().map(|view| &view.name));
    names.filter_map(|name| path(cx, name)).collect()
}

fn path(cx: &Context, name: &QualifiedName) -> Option<String> {
    let item = cx.names.relation(name)?;
    Some(format!("{}::{}", item.folder, item.ident))
}

fn section(name: &str, items: impl IntoIterator<Item = String>) -> String {
    let items: String = items
        .into_iter()
        .map(|item| format!("            {item},\n"))
        .collect();
    if items.is_empty() {
        return items;
    }
    format!("\n        {name} = [\n{items}        ]")
}

fn call(name: &str, words: &[String]) -> String {
    format!("{name}({})", words.join(", "))
}

fn extension(extension: &Extension) -> String {
    let name = literal(&extension.name);
    let mut words = vec![format!("name = {name}")];
    words.extend(
        extension
            .namespace
            .iter()
            .map(|it| format!("namespace = {}", literal(it))),
    );
    words.extend(
        extension
            .comment
            .iter()
            .map(|it| format!("comment = {}", literal(it))),
    );
    match words.len() {
        1 => name,
        _ => call("extension", &words),
    }
}

/// `name = "…"` and, where it is not `public`, `namespace = "…"`.
fn name_words(name: &QualifiedName) -> Vec<String> {
    let mut words = vec![format!("name = {}", literal(&name.name))];
    if name.namespace != schema_core::ident::PUBLIC {
        words.push(format!("namespace = {}", literal(&name.namespace)));
    }
    words
}

fn collation(collation: &CollationObject) -> String {
    let mut words = name_words(&collation.name);
    let provider = match collation.provider {
        CollationProvider::Icu => "icu",
        CollationProvider::Builtin => "builtin",
        _ => "libc",
    };
    words.push(format!("provider = {provider}"));
    if collation.collate == collation.ctype {
        words.push(format!("locale = {}", literal(&collation.collate)));
    } else {
        words.push(format!("lc_collate = {}", literal(&collation.collate)));
        words.push(format!("lc_ctype = {}", literal(&collation.ctype)));
    }
    words.extend((!collation.deterministic).then(|| "nondeterministic".to_owned()));
    words.extend(
        collation
            .comment
            .iter()
            .map(|it| format!("comment = {}", literal(it))),
    );
    call("collation", &words)
}

fn sequence(cx: &Context, sequence: &Sequence) -> String {
    let mut words = name_words(&sequence.name);
    let ty = &sequence.sql_type.name;
    words.extend((ty != "bigint").then(|| format!("type = {ty}")));
    let options = sequence_words(&sequence.options, ty).into_iter();
    words.extend(options.map(|word| match word {
        Word::Text(text) | Word::List(text, _) => text,
    }));
    if let Some((table, column)) = &sequence.owned_by {
        let item = cx.names.relation(table);
        words.extend(item.map(|item| {
            format!(
                "owned_by = {}::{}({})",
                item.folder,
                item.ident,
                item.field(column)
            )
        }));
    }
    words.extend(
        sequence
            .comment
            .iter()
            .map(|it| format!("comment = {}", literal(it))),
    );
    if sequence.unlogged {
        cx.leave_out(format!("that sequence {} is unlogged", sequence.name));
    }
    call("sequence", &words)
}

/// Objects known as SQL text, and the statements that other parts left.
fn objects(cx: &Context) -> Vec<String> {
    let schema: &Schema = &cx.placed.schema;
    let objects = schema.objects.iter().flat_map(|it| {
        let settings = settings(it);
        std::iter::once(object(cx, it)).chain(settings)
    });
    let statements = cx.statements.iter().map(statement);
    objects.chain(statements).collect()
}

/// The first words of the texts that say themselves what they make.
const KINDS: [&str; 25] = [
    "ACCESS METHOD",
    "AGGREGATE",
    "CAST",
    "CONVERSION",
    "DOMAIN",
    "EVENT TRIGGER",
    "FOREIGN DATA WRAPPER",
    "FOREIGN TABLE",
    "FUNCTION",
    "LANGUAGE",
    "MATERIALIZED VIEW",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "OPERATOR",
    "PROCEDURE",
    "PUBLICATION",
    "RULE",
    "SERVER",
    "STATISTICS",
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH TEMPLATE",
    "TRIGGER",
    "TYPE",
    "VIEW",
];

fn object(cx: &Context, object: &Object) -> String {
    let sql = format!("sql({})", literal_of_lines(&doubled(&object.sql)));
    let mut words = vec![sql.clone()];
    let mut depends: Vec<String> = object
        .depends_on
        .iter()
        .filter_map(|dependency| needed(cx, object, dependency))
        .collect();
    depends.sort();
    depends.dedup();
    words.extend((!depends.is_empty()).then(|| call("depends", &depends)));
    let before: Vec<String> = object
        .needed_by
        .iter()
        .filter_map(|table| path(cx, table))
        .collect();
    words.extend((!before.is_empty()).then(|| call("before", &before)));
    if !KINDS.contains(&object.kind.as_str()) || !object.sql.starts_with("CREATE") {
        words.push(format!("kind = {}", literal(&object.kind.to_lowercase())));
        words.push(format!("name = {}", literal(&object.name)));
    }
    words.extend(
        object
            .comment
            .iter()
            .map(|it| format!("comment = {}", literal(it))),
    );
    match words.len() {
        1 => sql,
        _ => call("object", &words),
    }
}

/// What an object says it needs, where its text does not show it: a table by its struct, another object by its name.
fn needed(cx: &Context, object: &Object, dependency: &Dependency) -> Option<String> {
    let objects = &cx.placed.schema.objects;
    let name = match dependency {
        Dependency::Table(table) if object.table.as_ref() == Some(table) => return None,
        Dependency::Table(table) => return path(cx, table),
        // A type is known by its name in the text.
        Dependency::Type(_) => return None,
        Dependency::Object(name) => name,
        Dependency::Identity(identity) => {
            let mut objects = objects.iter();
            &objects.find(|other| other.identity() == *identity)?.name
        }
    };
    // Objects of one name would need each other.
    let is_listed = objects.iter().any(|other| other.name == *name);
    (is_listed && *name != object.name).then(|| literal(name))
}

/// The statements behind an object, as objects of their own.
fn settings(object: &Object) -> Vec<String> {
    let settings = object.settings.iter().enumerate();
    let rendered = settings.map(|(at, sql)| {
        let name = format!("{} {}", object.identity(), at + 1);
        let words = [
            format!("sql({})", literal_of_lines(&doubled(sql))),
            format!("depends({})", literal(&object.name)),
            "kind = \"setting\"".to_owned(),
            format!("name = {}", literal(&name)),
        ];
        call("object", &words)
    });
    rendered.collect()
}

fn statement(statement: &Statement) -> String {
    let sql = format!("sql({})", literal_of_lines(&doubled(&statement.sql)));
    match &statement.identity {
        None => sql,
        Some((kind, name)) => {
            let words = [
                sql,
                format!("kind = {}", literal(kind)),
                format!("name = {}", literal(name)),
            ];
            call("object", &words)
        }
    }
}
