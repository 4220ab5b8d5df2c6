//! What a schema lists beside its tables: collations and sequences. What each says, as Rust and as SQL.

use std::fmt::Write as _;

use super::{
    generate::Names,
    kinds::Family,
    model::Schema,
    objects,
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

/// An extension.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Extension {
    pub name: &'static str,
    pub namespace: Option<&'static str>,
    pub cascade: bool,
    pub comment: Option<&'static str>,
}

impl Extension {
    /// One that says more than its name now and then.
    #[must_use]
    pub fn new(random: &mut Random, name: &'static str) -> Self {
        Self {
            name,
            namespace: random.one_in(4).then_some("public"),
            cascade: random.one_in(4),
            comment: random.one_in(4).then_some("it's \"needed\""),
        }
    }

    /// As Rust.
    #[must_use]
    pub fn rust(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.namespace.map(|name| format!("namespace = {name:?}")));
        words.extend(self.cascade.then(|| "cascade".to_owned()));
        words.extend(self.comment.map(|text| format!("comment = {text:?}")));
        match words.as_slice() {
            [] => format!("{:?}", self.name),
            words => format!("extension(name = {:?}, {})", self.name, words.join(", ")),
        }
    }

    /// As SQL.
    #[must_use]
    pub fn sql(&self) -> String {
        let name = quote(self.name);
        let within = self.namespace.map_or(String::new(), |namespace| {
            format!(" SCHEMA {}", quote(namespace))
        });
        let cascade = if self.cascade { " CASCADE" } else { "" };
        let comment = self.comment.map_or(String::new(), |comment| {
            format!("COMMENT ON EXTENSION {name} IS {};\n", literal(comment))
        });
        format!("CREATE EXTENSION IF NOT EXISTS {name}{within}{cascade};\n{comment}")
    }
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
        objects::add(random, names, schema);
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
