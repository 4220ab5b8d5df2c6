//! A table's file: its struct with all that is said on it and on its fields.

use schema_core::schema::{
    Column, Compression, Identity, IdentityGeneration, Policy, PolicyCommand, ReplicaIdentity,
    SequenceOptions, Storage, Table,
};

use super::{
    attribute::{Imports, Word, render_attribute},
    context::Context,
    default::default,
    names::{Item, TABLES},
    partition,
    rust_type::RustType,
    text::{doc_lines, literal},
    words::{self, Scope, collation_name},
};

/// Why advice of the compiler does not hold.
const REASON: &str = "the database has it so";

/// Renders the file of a table.
pub(super) fn render(cx: &Context, table: &Table, item: &Item) -> String {
    let mut imports = Imports::default();
    imports.add("schema_core::Table");
    let scope = Scope {
        cx,
        owner: &table.name,
        item,
    };
    let writer = Writer { scope, table };
    let types: Vec<RustType> = table
        .columns
        .iter()
        .map(|column| cx.column_type(table, column, TABLES))
        .collect();
    for rust in &types {
        rust.add_imports(&mut imports);
    }
    for key in &table.foreign_keys {
        let _ = cx.import_relation(&key.referenced_table, &table.name, TABLES, &mut imports);
    }
    writer.leave_out();
    let on_struct = writer.advice_of_struct(&types);
    let mut fields = String::new();
    for (column, rust) in table.columns.iter().zip(&types) {
        fields.push_str(&writer.field(column, rust, &on_struct));
    }
    let (doc, comment) = documentation(table.comment.as_deref(), 0);
    let attribute = render_attribute("table", &writer.struct_words(comment, &on_struct), 0);
    format!(
        "//! {}\n\n{}{doc}#[derive(Table, Debug, Clone, PartialEq)]\n{attribute}pub struct {} {{\n{fields}}}\n",
        title("table", &table.name.to_string()),
        imports.render(),
        item.ident,
    )
}

/// The first line of a file.
pub(super) fn title(kind: &str, name: &str) -> String {
    let shown: String = name
        .chars()
        .map(|c| {
            if c.is_control() || c == '`' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    format!("The {kind} `{}`.", shown.trim())
}

/// A comment as a doc comment, or as a word where it would not stay what it is.
pub(super) fn documentation(comment: Option<&str>, indent: usize) -> (String, Option<Word>) {
    let Some(comment) = comment else {
        return (String::new(), None);
    };
    match doc_lines(comment) {
        None => (String::new(), words::comment(Some(comment))),
        Some(lines) => {
            let blank = " ".repeat(indent);
            let lines = lines.iter().map(|line| match *line {
                "" => format!("{blank}///\n"),
                line => format!("{blank}/// {line}\n"),
            });
            (lines.collect(), None)
        }
    }
}

/// `allow(rule, reason = "…")`.
fn allow(rules: &[&str]) -> Option<Word> {
    let mut words: Vec<Word> = rules.iter().map(|rule| Word::text(*rule)).collect();
    words.push(Word::Text(format!("reason = \"{REASON}\"")));
    (!rules.is_empty()).then(|| Word::List("allow".to_owned(), words))
}

struct Writer<'c> {
    scope: Scope<'c>,
    table: &'c Table,
}

impl Writer<'_> {
    /// The words of `#[table(…)]`.
    fn struct_words(&self, comment: Option<Word>, advice: &[&str]) -> Vec<Word> {
        let (scope, table) = (&self.scope, self.table);
        let placed = &scope.cx.placed;
        let mut words = names(scope.item, &table.name);
        words.extend(comment);
        match &table.primary_key {
            None => words.push(Word::text("no_primary_key")),
            Some(key) if key.columns.len() != 1 => words.push(scope.primary_key(key, None)),
            Some(_) => {}
        }
        let uniques = table.uniques.iter().enumerate();
        let uniques = uniques.filter(|(at, _)| placed.unique_field(table, *at).is_none());
        words.extend(uniques.map(|(_, unique)| scope.unique(unique, None)));
        let keys = table.foreign_keys.iter().enumerate();
        for (_, key) in keys.filter(|(at, _)| placed.foreign_key_field(table, *at).is_none()) {
            match scope.foreign_key(key, None) {
                Some(found) => words.extend(found),
                None => self.leave_out_foreign_key(&key.name, &key.referenced_table.to_string()),
            }
        }
        let checks = table.checks.iter();
        let checks = checks.filter(|check| placed.check_field(table, check).is_none());
        words.extend(checks.map(|check| scope.check(check, None)));
        let indexes = table.indexes.iter();
        let indexes = indexes.filter(|index| placed.index_field(index).is_none());
        words.extend(indexes.map(|index| scope.index(index, None)));
        words.extend(
            table
                .exclusions
                .iter()
                .map(|exclusion| scope.exclusion(exclusion)),
        );
        words.extend(
            table
                .partition_by
                .iter()
                .flat_map(|by| partition::words(scope, table, by)),
        );
        if table.row_level_security {
            words.push(Word::text("row_level_security"));
        }
        words.extend(table_storage_words(table));
        words.extend(table.policies.iter().map(|policy| self.policy(policy)));
        words.extend(allow(advice));
        words
    }

    /// Notes what no word says.
    fn leave_out(&self) {
        let (cx, table) = (self.scope.cx, self.table);
        for parent in &table.inherits {
            cx.leave_out(format!("inheritance of table {} from {parent}", table.name));
        }
        for index in table.indexes.iter().filter(|index| index.invalid) {
            cx.leave_out(format!(
                "that index {} of table {} is invalid",
                index.name, table.name
            ));
        }
    }

    fn leave_out_foreign_key(&self, name: &str, referenced: &str) {
        let table = &self.table.name;
        self.scope.cx.leave_out(format!(
            "foreign key {name} of table {table} to {referenced}, which is not pulled"
        ));
    }

    fn policy(&self, policy: &Policy) -> Word {
        let mut words = vec![Word::Text(format!("name = {}", literal(&policy.name)))];
        words.extend(policy.restrictive.then(|| Word::text("as = restrictive")));
        let command = match policy.command {
            PolicyCommand::All => None,
            PolicyCommand::Select => Some("select"),
            PolicyCommand::Insert => Some("insert"),
            PolicyCommand::Update => Some("update"),
            PolicyCommand::Delete => Some("delete"),
        };
        words.extend(command.map(|command| Word::Text(format!("for = {command}"))));
        let roles: Vec<String> = policy.roles.iter().map(|role| words::word(role)).collect();
        words.extend(match roles.as_slice() {
            [] => None,
            [one] => Some(Word::Text(format!("to = {one}"))),
            roles => Some(Word::Text(format!("to({})", roles.join(", ")))),
        });
        let using = policy.using.as_ref();
        words.extend(using.map(|using| Word::Text(format!("using = {}", self.scope.sql(using)))));
        let check = policy.with_check.as_ref();
        words.extend(
            check.map(|check| Word::Text(format!("with_check = {}", self.scope.sql(check)))),
        );
        words.extend(words::comment(policy.comment.as_deref()));
        Word::List("policy".to_owned(), words)
    }

    /// The advice that several columns bring about, which is answered once.
    fn advice_of_struct(&self, types: &[RustType]) -> Vec<&'static str> {
        let mut rules: Vec<&'static str> = types.iter().filter_map(|rust| rust.advice).collect();
        rules.sort_unstable();
        let mut several: Vec<&'static str> = rules
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        several.dedup();
        several
    }

    fn field(&self, column: &Column, rust: &RustType, on_struct: &[&str]) -> String {
        let (doc, comment) = documentation(column.comment.as_deref(), 4);
        let words = self.column_words(column, rust, comment, on_struct);
        let ty = if column.nullable {
            format!("Option<{}>", rust.ty)
        } else {
            rust.ty.clone()
        };
        format!(
            "{doc}{}    pub {}: {ty},\n",
            render_attribute("column", &words, 4),
            self.scope.field(&column.name),
        )
    }

    /// The words of `#[column(…)]`.
    fn column_words(
        &self,
        column: &Column,
        rust: &RustType,
        comment: Option<Word>,
        on_struct: &[&str],
    ) -> Vec<Word> {
        let mut words = Vec::new();
        let name = &column.name;
        if self.scope.item.field_name(name) != name {
            words.push(Word::Text(format!("name = {}", literal(name))));
        }
        let key = self
            .table
            .primary_key
            .iter()
            .find(|key| key.columns == [name.as_str()]);
        words.extend(key.map(|key| self.scope.primary_key(key, Some(name))));
        words.extend(
            rust.word
                .iter()
                .map(|word| Word::Text(format!("type = {word}"))),
        );
        words.extend(self.constraint_words(name));
        words.extend(value_words(&self.scope, column));
        words.extend(self.checks(name));
        words.extend(storage_words(column));
        words.extend(comment);
        let is_integer_key = key.is_some()
            && rust.ty == "i32"
            && rust.word.is_none()
            && self
                .table
                .foreign_keys
                .iter()
                .all(|key| !key.columns.contains(name));
        let advice = rust.advice.filter(|rule| !on_struct.contains(rule));
        let rules = advice
            .into_iter()
            .chain(is_integer_key.then_some("integer_primary_key"));
        words.extend(allow(&rules.collect::<Vec<_>>()));
        words
    }

    /// `unique`, `references` and `index`.
    fn constraint_words(&self, name: &str) -> Vec<Word> {
        let (scope, table) = (&self.scope, self.table);
        let placed = &scope.cx.placed;
        let mut words = Vec::new();
        for (at, unique) in table.uniques.iter().enumerate() {
            if placed.unique_field(table, at) == Some(name) {
                words.push(scope.unique(unique, Some(name)));
            }
        }
        for (at, key) in table.foreign_keys.iter().enumerate() {
            if placed.foreign_key_field(table, at) == Some(name) {
                match scope.foreign_key(key, Some(name)) {
                    Some(found) => words.extend(found),
                    None => {
                        self.leave_out_foreign_key(&key.name, &key.referenced_table.to_string());
                    }
                }
            }
        }
        let indexes = table.indexes.iter();
        let indexes = indexes.filter(|index| placed.index_field(index) == Some(name));
        words.extend(indexes.map(|index| scope.index(index, Some(name))));
        words
    }

    fn checks(&self, name: &str) -> Vec<Word> {
        let placed = &self.scope.cx.placed;
        let checks = self.table.checks.iter();
        let checks = checks.filter(|check| placed.check_field(self.table, check) == Some(name));
        checks
            .map(|check| self.scope.check(check, Some(name)))
            .collect()
    }
}

/// `name = "…"` and `namespace = "…"`, where they are not what the struct's name says.
pub(super) fn names(item: &Item, name: &schema_core::schema::QualifiedName) -> Vec<Word> {
    let mut words = Vec::new();
    if super::name::derived(&item.ident) != name.name {
        words.push(Word::Text(format!("name = {}", literal(&name.name))));
    }
    if name.namespace != schema_core::ident::PUBLIC {
        words.push(Word::Text(format!(
            "namespace = {}",
            literal(&name.namespace)
        )));
    }
    words
}

/// `default`, `generated` and `identity`.
fn value_words(scope: &Scope<'_>, column: &Column) -> Vec<Word> {
    let mut words = Vec::new();
    if let Some(expression) = &column.default {
        words.push(Word::Text(format!(
            "default = {}",
            default(column, expression.as_str())
        )));
    }
    if let Some(expression) = &column.generated {
        words.push(Word::Text(format!("generated = {}", scope.sql(expression))));
    }
    if let Some(identity) = &column.identity {
        words.push(identity_word(scope, column, identity));
    }
    words
}

fn identity_word(scope: &Scope<'_>, column: &Column, identity: &Identity) -> Word {
    let generation = match identity.generation {
        IdentityGeneration::Always => "always",
        IdentityGeneration::ByDefault => "by_default",
    };
    let mut words = vec![Word::text(generation)];
    words.extend(sequence_words(&identity.options, &column.sql_type.name));
    if scope.cx.placed.says(scope.owner, &identity.sequence) {
        words.push(Word::Text(format!(
            "name = {}",
            literal(&identity.sequence)
        )));
    }
    match words.as_slice() {
        [_] => Word::Text(format!("identity = {generation}")),
        _ => Word::List("identity".to_owned(), words),
    }
}

/// The options of a sequence of this integer type that are not the server's choice.
pub(super) fn sequence_words(options: &SequenceOptions, ty: &str) -> Vec<Word> {
    let largest = match ty {
        "smallint" => i64::from(i16::MAX),
        "integer" => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    let usual = SequenceOptions::of(largest, options.increment);
    let start = if options.increment > 0 {
        options.min
    } else {
        options.max
    };
    let numbers = [
        ("start", options.start, start),
        ("increment", options.increment, 1),
        ("min", options.min, usual.min),
        ("max", options.max, usual.max),
        ("cache", options.cache, 1),
    ];
    let numbers = numbers
        .into_iter()
        .filter(|(_, value, usual)| value != usual);
    let words = numbers.map(|(name, value, _)| Word::Text(format!("{name} = {value}")));
    words
        .chain(options.cycle.then(|| Word::text("cycle")))
        .collect()
}

/// How a table is stored, and what it says of itself to replication and to `CLUSTER`.
fn table_storage_words(table: &Table) -> Vec<Word> {
    let mut words = Vec::new();
    let flags = [
        ("force_row_level_security", table.force_row_level_security),
        ("unlogged", table.unlogged),
    ];
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    words.extend(flags.map(|(flag, _)| Word::text(flag)));
    words.extend(words::parameters("with", &table.with));
    let identity = match &table.replica_identity {
        ReplicaIdentity::Default => None,
        ReplicaIdentity::Full => Some("full".to_owned()),
        ReplicaIdentity::Nothing => Some("nothing".to_owned()),
        ReplicaIdentity::Index(name) => Some(literal(name)),
    };
    words.extend(identity.map(|identity| Word::Text(format!("replica_identity = {identity}"))));
    let index = table.clustered_on.as_ref();
    words.extend(index.map(|name| Word::Text(format!("clustered_on = {}", literal(name)))));
    words
}

fn storage_words(column: &Column) -> Vec<Word> {
    let mut words = Vec::new();
    if let Some(collation) = &column.collation {
        words.push(Word::Text(format!(
            "collate = {}",
            literal(&collation_name(collation))
        )));
    }
    let storage = column.storage.map(|storage| match storage {
        Storage::Plain => "plain",
        Storage::External => "external",
        Storage::Extended => "extended",
        Storage::Main => "main",
    });
    words.extend(storage.map(|word| Word::Text(format!("storage = {word}"))));
    let compression = column.compression.map(|compression| match compression {
        Compression::Pglz => "pglz",
        Compression::Lz4 => "lz4",
    });
    words.extend(compression.map(|word| Word::Text(format!("compression = {word}"))));
    let target = column.statistics;
    words.extend(target.map(|target| Word::Text(format!("statistics = {target}"))));
    words.extend(words::parameters("options", &column.options));
    words
}
