//! What a schema lists beside its tables: collations, sequences, and objects known as SQL text. What each says, as Rust
//! and as SQL.

use std::fmt::Write as _;

use super::{
    generate::Names,
    kinds::Family,
    model::{Check, Part, Schema, Text},
    sql::{literal, qualified, quote},
};
use crate::random::Random;

/// How a sequence counts.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Numbering {
    /// Of the sequence behind an identity column.
    pub name: Option<String>,
    pub start: Option<i64>,
    pub increment: Option<i64>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub cache: Option<i64>,
    pub cycle: bool,
}

/// A sequence.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Sequence {
    pub name: String,
    pub namespace: Option<String>,
    pub sql_type: Option<&'static str>,
    pub numbering: Numbering,
    /// A table and its column.
    pub owned_by: Option<(usize, usize)>,
    pub comment: Option<&'static str>,
}

/// A collation.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Collation {
    pub name: &'static str,
    pub namespace: Option<&'static str>,
    pub icu: bool,
    pub nondeterministic: bool,
    pub comment: Option<&'static str>,
}

/// SQL text that says itself what it creates.
#[derive(Debug, Clone)]
pub struct Object {
    /// Its text.
    pub text: Vec<Piece>,
    /// `comment = "…"`, with what PostgreSQL calls the object.
    pub comment: Option<(&'static str, String)>,
    /// Tables that `depends(…)` names.
    pub depends: Vec<usize>,
    /// `kind` and `name`, where the text does not say them.
    pub said: Option<(&'static str, String)>,
    /// Whether tables call it.
    pub early: bool,
}

/// A part of an object's text.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text as it is.
    Sql(String),
    /// A table.
    Table(usize),
    /// A column of a table.
    Column(usize, usize),
}

const COLLATIONS: &[&str] = &["natural", "Natural One", "größe", "order"];

/// Adds collations, sequences and objects to a schema of tables, and lets some columns use them.
pub(super) fn add(random: &mut Random, names: &mut Names, schema: &mut Schema) {
    while random.one_in(6) && schema.collations.len() < 2 {
        add_collation(random, schema);
    }
    while random.one_in(4) && schema.sequences.len() < 3 {
        let sequence = sequence(random, names, schema);
        schema.sequences.push(sequence);
    }
    while random.one_in(3) && schema.objects.len() < 4 {
        add_object(random, names, schema);
    }
}

fn add_collation(random: &mut Random, schema: &mut Schema) {
    let name = random.pick(COLLATIONS);
    if schema.collations.iter().any(|other| other.name == name) {
        return;
    }
    let collation = Collation {
        name,
        namespace: random.pick(&[None, None, Some("public"), Some("by hand")]),
        icu: random.one_in(2),
        nondeterministic: false,
        comment: random.one_in(3).then_some("as people's lists are"),
    };
    let nondeterministic = collation.icu && random.one_in(2);
    let collation = Collation {
        nondeterministic,
        ..collation
    };
    let word: &'static str = collation.word().leak();
    for table in &mut schema.tables {
        // An index of another collation than its partition key's would not hold across partitions.
        let is_free = table.partition.is_none();
        for column in &mut table.columns {
            let takes = column.kind.family == Family::Text && column.collate.is_none();
            if is_free && takes && column.generated.is_none() && random.one_in(2) {
                column.collate = Some(word);
            }
        }
    }
    schema.collations.push(collation);
}

fn sequence(random: &mut Random, names: &mut Names, schema: &Schema) -> Sequence {
    let owner = random.one_in(2).then(|| {
        let table = random.below(schema.tables.len());
        (table, random.below(schema.tables[table].columns.len()))
    });
    let namespace = match owner {
        Some((table, _)) => schema.tables[table].namespace.clone(),
        None => random
            .pick(&[None, Some("public"), Some("audit")])
            .map(str::to_owned),
    };
    let sql_type = random.pick(&[None, Some("bigint"), Some("integer"), Some("smallint")]);
    Sequence {
        name: names.table(random, namespace.as_deref().unwrap_or("public")),
        namespace,
        sql_type,
        numbering: numbering(random, sql_type.unwrap_or("bigint")),
        owned_by: owner,
        comment: random.one_in(4).then_some("counts what's \"new\""),
    }
}

/// Options that go together, of a sequence of this type.
pub(super) fn numbering(random: &mut Random, sql_type: &str) -> Numbering {
    let (least, most) = match sql_type {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let increment = random.pick(&[None, None, Some(10), Some(-1), Some(-7)]);
    let min = random.pick(&[None, None, Some(-5), Some(least)]);
    let max = random.pick(&[None, None, Some(9999), Some(most)]);
    let is_falling = increment.is_some_and(|step| step < 0);
    let lowest = min.unwrap_or(if is_falling { least } else { 1 });
    let highest = max.unwrap_or(if is_falling { -1 } else { most });
    let start = random.pick(&[None, Some(1000), Some(-3), Some(lowest), Some(highest)]);
    Numbering {
        name: None,
        start: start.filter(|start| (lowest..=highest).contains(start)),
        increment,
        min,
        max,
        cache: random.one_in(4).then_some(20),
        cycle: random.one_in(4),
    }
}

impl Numbering {
    /// As words.
    #[must_use]
    pub fn rust(&self) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.name.as_ref().map(|name| format!("name = {name:?}")));
        for (word, value) in [
            ("start", self.start),
            ("increment", self.increment),
            ("min", self.min),
            ("max", self.max),
            ("cache", self.cache),
        ] {
            words.extend(value.map(|value| format!("{word} = {value}")));
        }
        words.extend(self.cycle.then(|| "cycle".to_owned()));
        words
    }

    /// As SQL, a blank before each option.
    #[must_use]
    pub fn sql(&self) -> String {
        let mut sql = String::new();
        for (word, value) in [
            ("INCREMENT BY", self.increment),
            ("MINVALUE", self.min),
            ("MAXVALUE", self.max),
            ("START WITH", self.start),
            ("CACHE", self.cache),
        ] {
            if let Some(value) = value {
                let _ = write!(sql, " {word} {value}");
            }
        }
        if self.cycle {
            sql.push_str(" CYCLE");
        }
        sql
    }
}

impl Sequence {
    /// As an entry of `sequences`.
    #[must_use]
    pub fn rust(&self, schema: &Schema) -> String {
        let mut words = vec![format!("name = {:?}", self.name)];
        words.extend(
            self.namespace
                .as_ref()
                .map(|name| format!("namespace = {name:?}")),
        );
        words.extend(self.sql_type.map(|ty| format!("type = {ty}")));
        words.extend(self.numbering.rust());
        words.extend(self.owned_by.map(|(table, column)| {
            let table = &schema.tables[table];
            format!(
                "owned_by = {}({})",
                table.ident, table.columns[column].field
            )
        }));
        words.extend(self.comment.map(|comment| format!("comment = {comment:?}")));
        format!("sequence({})", words.join(", "))
    }

    /// The statements that make it, and the one that gives it to its column, where it has one.
    #[must_use]
    pub fn sql(&self, schema: &Schema) -> (String, String) {
        let namespace = self.namespace.as_deref().unwrap_or("public");
        let name = format!("{}.{}", quote(namespace), quote(&self.name));
        let ty = self
            .sql_type
            .map_or(String::new(), |ty| format!(" AS {ty}"));
        let mut made = format!("CREATE SEQUENCE {name}{ty}{};\n", self.numbering.sql());
        if let Some(comment) = self.comment {
            let _ = writeln!(made, "COMMENT ON SEQUENCE {name} IS {};", literal(comment));
        }
        let owned = self.owned_by.map_or(String::new(), |(table, column)| {
            let table = &schema.tables[table];
            let column = quote(table.columns[column].sql_name());
            format!(
                "ALTER SEQUENCE {name} OWNED BY {}.{column};\n",
                qualified(table)
            )
        });
        (made, owned)
    }
}

impl Collation {
    /// As `collate` names it.
    #[must_use]
    pub fn word(&self) -> String {
        match self.namespace {
            None => self.name.to_owned(),
            Some(namespace) => format!("{namespace}.{}", self.name),
        }
    }

    /// As an entry of `collations`.
    #[must_use]
    pub fn rust(&self) -> String {
        let mut words = vec![format!("name = {:?}", self.name)];
        words.extend(self.namespace.map(|name| format!("namespace = {name:?}")));
        words.push(if self.icu {
            "provider = icu, locale = \"de-u-kn-true\"".to_owned()
        } else {
            "locale = \"C\"".to_owned()
        });
        words.extend(self.nondeterministic.then(|| "nondeterministic".to_owned()));
        words.extend(self.comment.map(|comment| format!("comment = {comment:?}")));
        format!("collation({})", words.join(", "))
    }

    /// As SQL.
    #[must_use]
    pub fn sql(&self) -> String {
        let namespace = self.namespace.unwrap_or("public");
        let name = format!("{}.{}", quote(namespace), quote(self.name));
        let provider = if self.icu {
            "provider = icu, locale = 'de-u-kn-true'"
        } else {
            "provider = libc, locale = 'C'"
        };
        let deterministic = if self.nondeterministic {
            ", deterministic = false"
        } else {
            ""
        };
        let mut made = format!("CREATE COLLATION {name} ({provider}{deterministic});\n");
        if let Some(comment) = self.comment {
            let _ = writeln!(made, "COMMENT ON COLLATION {name} IS {};", literal(comment));
        }
        made
    }
}

impl Object {
    /// As an entry of `objects`.
    #[must_use]
    pub fn rust(&self, schema: &Schema) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Sql(sql) => sql.replace('{', "{{").replace('}', "}}"),
            Piece::Table(table) => format!("{{{}}}", schema.tables[*table].ident),
            Piece::Column(table, column) => {
                let table = &schema.tables[*table];
                format!("{{{}.{}}}", table.ident, table.columns[*column].field)
            }
        };
        let text: String = self.text.iter().map(piece).collect();
        let mut words = vec![format!("sql({text:?})")];
        if !self.depends.is_empty() {
            let tables = self.depends.iter();
            let tables: Vec<&str> = tables.map(|at| schema.tables[*at].ident.as_str()).collect();
            words.push(format!("depends({})", tables.join(", ")));
        }
        if let Some((kind, name)) = &self.said {
            words.push(format!("kind = {kind:?}, name = {name:?}"));
        }
        if self.comment.is_some() {
            words.push("comment = \"made by \\\"text\\\"\"".to_owned());
        }
        match words.as_slice() {
            [text] => text.clone(),
            words => format!("object({})", words.join(", ")),
        }
    }

    /// As SQL.
    #[must_use]
    pub fn sql(&self, schema: &Schema) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Sql(sql) => sql.clone(),
            Piece::Table(table) => qualified(&schema.tables[*table]),
            Piece::Column(table, column) => {
                quote(schema.tables[*table].columns[*column].sql_name())
            }
        };
        let text: String = self.text.iter().map(piece).collect();
        let comment = self.comment.as_ref().map_or(String::new(), |(kind, name)| {
            let name = name.replace("{}", &self.table(schema));
            format!("COMMENT ON {kind} {name} IS 'made by \"text\"';\n")
        });
        format!("{text};\n{comment}")
    }

    /// Whether it calls a function that may stand behind it.
    #[must_use]
    pub fn is_trigger(&self) -> bool {
        matches!(self.text.first(), Some(Piece::Sql(sql)) if sql.starts_with("CREATE TRIGGER"))
    }

    /// Whether its text or what it depends on is about a table.
    #[must_use]
    pub fn names(&self, table: usize) -> bool {
        let is = |piece: &Piece| match piece {
            Piece::Sql(_) => false,
            Piece::Table(of) | Piece::Column(of, _) => *of == table,
        };
        self.depends.contains(&table) || self.text.iter().any(is)
    }

    /// The first table it names.
    fn table(&self, schema: &Schema) -> String {
        let table = self.text.iter().find_map(|piece| match piece {
            Piece::Table(table) => Some(qualified(&schema.tables[*table])),
            _ => None,
        });
        table.unwrap_or_default()
    }
}

/// Text in which `{}` is a table and `$1` to `$9` are left alone.
fn text(template: &str, table: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, sql) in template.split("{}").enumerate() {
        if at > 0 {
            pieces.push(Piece::Table(table));
        }
        pieces.push(Piece::Sql(sql.to_owned()));
    }
    pieces
}

fn add_object(random: &mut Random, names: &mut Names, schema: &mut Schema) {
    let name = quote(&names.unique(random));
    // In a text, a table is told from a column by the struct's first letter.
    let named: Vec<usize> = (0..schema.tables.len())
        .filter(|at| schema.tables[*at].ident.starts_with(char::is_uppercase))
        .collect();
    let made = match random.below(8) {
        0 => checked(random, schema, &name),
        1 => Some(object(
            &format!("CREATE AGGREGATE public.{name} (bigint) (SFUNC = int8pl, STYPE = bigint)"),
            0,
            ("AGGREGATE", format!("public.{name}(bigint)")),
        )),
        _ if named.is_empty() => None,
        sort => about(random, names, schema, (sort, &name), &named),
    };
    let Some(mut object) = made else { return };
    if object.said.is_some() || random.one_in(2) {
        object.comment = None;
    }
    if random.one_in(4) {
        object.depends.extend(named.first());
        object.depends.retain(|_| !object.early);
    }
    schema.objects.push(object);
}

fn object(template: &str, table: usize, comment: (&'static str, String)) -> Object {
    Object {
        text: text(template, table),
        comment: Some(comment),
        depends: Vec::new(),
        said: None,
        early: false,
    }
}

/// A function that a check of a table calls.
fn checked(random: &mut Random, schema: &mut Schema, name: &str) -> Option<Object> {
    let table = random.below(schema.tables.len());
    let column = schema.tables[table]
        .columns
        .iter()
        .position(|column| column.kind.sql == "bigint")?;
    let text = |sql: String| Part::Sql(sql);
    schema.tables[table].checks.push(Check {
        sql: Text(vec![
            text(format!("public.{name}(")),
            Part::Column(column),
            text(")".to_owned()),
        ]),
        name: None,
        no_inherit: false,
        not_valid: false,
        on_field: None,
    });
    let body = random.pick(&[
        "LANGUAGE sql AS $x$ SELECT $1 > 0 or $1 is null $x$",
        "RETURN $1 > 0",
        "LANGUAGE plpgsql AS 'BEGIN RETURN $1 > 0; END'",
    ]);
    let sql = format!("CREATE FUNCTION public.{name}(bigint) RETURNS boolean IMMUTABLE {body}");
    let made = object(&sql, 0, ("FUNCTION", format!("public.{name}(bigint)")));
    Some(Object {
        early: true,
        ..made
    })
}

/// An object about a table.
fn about(
    random: &mut Random,
    names: &mut Names,
    schema: &mut Schema,
    (sort, name): (usize, &str),
    tables: &[usize],
) -> Option<Object> {
    let at = random.pick(tables);
    let made = match sort {
        2 => trigger(random, names, schema, name, at),
        3 => {
            let quotes = random.pick(&[("'", "'"), ("$x$", "$x$")]);
            let sql = format!(
                "CREATE FUNCTION {name}() RETURNS SETOF {{}} LANGUAGE sql AS {}SELECT * FROM {{}}{}",
                quotes.0, quotes.1
            );
            object(&sql, at, ("FUNCTION", format!("public.{name}()")))
        }
        4 => {
            let action = random.pick(&["NOTHING", "ALSO SELECT 1", "INSTEAD NOTHING"]);
            let sql = format!("CREATE RULE {name} AS ON DELETE TO {{}} DO {action}");
            object(&sql, at, ("RULE", format!("{name} ON {{}}")))
        }
        5 => statistics(schema, name, at)?,
        6 => {
            let sql = format!(
                "CREATE PROCEDURE {name}(IN bigint) LANGUAGE sql AS $x$ DELETE FROM {{}} WHERE $1 = 0 $x$"
            );
            object(&sql, at, ("PROCEDURE", format!("public.{name}(bigint)")))
        }
        _ => {
            let mut made = object("GRANT SELECT ON {} TO PUBLIC", at, ("TABLE", String::new()));
            made.said = Some(("grant", names.unique(random)));
            made
        }
    };
    Some(made)
}

/// A trigger; its function goes to the schema, before it or behind it.
fn trigger(
    random: &mut Random,
    names: &mut Names,
    schema: &mut Schema,
    name: &str,
    at: usize,
) -> Object {
    let function = quote(&names.unique(random));
    let body = "LANGUAGE plpgsql AS $x$ BEGIN RETURN NEW; END $x$";
    let sql = format!("CREATE FUNCTION {function}() RETURNS trigger {body}");
    let when = random.pick(&["BEFORE INSERT OR UPDATE", "AFTER DELETE", "AFTER UPDATE"]);
    let trigger =
        format!("CREATE TRIGGER {name} {when} ON {{}} FOR EACH ROW EXECUTE FUNCTION {function}()");
    let trigger = object(&trigger, at, ("TRIGGER", format!("{name} ON {{}}")));
    let function = object(&sql, 0, ("FUNCTION", format!("public.{function}()")));
    let (first, second) = if random.one_in(2) {
        (trigger, function)
    } else {
        (function, trigger)
    };
    schema.objects.push(first);
    second
}

fn statistics(schema: &Schema, name: &str, at: usize) -> Option<Object> {
    let table = &schema.tables[at];
    let is_sorted = |column: &usize| {
        let column = &table.columns[*column];
        column.kind.family.is_ordered() && column.generated.is_none()
    };
    let columns: Vec<usize> = (0..table.columns.len()).filter(is_sorted).collect();
    let [first, second, ..] = columns[..] else {
        return None;
    };
    let mut made = object(
        &format!("CREATE STATISTICS public.{name} ON "),
        at,
        ("STATISTICS", format!("public.{name}")),
    );
    made.text.extend([
        Piece::Column(at, first),
        Piece::Sql(", ".to_owned()),
        Piece::Column(at, second),
        Piece::Sql(" FROM ".to_owned()),
        Piece::Table(at),
    ]);
    Some(made)
}
