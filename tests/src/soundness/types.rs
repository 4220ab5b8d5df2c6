//! Types beside tables: enums, domains, composite types and enums stored as text. What each says, as Rust and as SQL.

use super::{
    generate::Names,
    kinds::{Family, KINDS, Kind},
};
use crate::random::Random;

/// A type with a derive of its own.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Type {
    pub ident: String,
    pub name: String,
    pub namespace: Option<&'static str>,
    pub comment: Option<&'static str>,
    pub form: Form,
}

/// What sort of type it is.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub enum Form {
    /// Variants, some with a label of their own.
    Enum {
        variants: Vec<(&'static str, Option<&'static str>)>,
    },
    /// Likewise; the column it is stored in.
    Text {
        variants: Vec<(&'static str, Option<&'static str>)>,
        column: Option<&'static str>,
    },
    /// A type with conditions.
    Domain {
        of: &'static Kind,
        checks: Vec<(&'static str, Option<String>)>,
        not_null: bool,
        default: Option<(&'static str, &'static str)>,
        collate: Option<&'static str>,
    },
    /// Fields, some with a name of their own.
    Composite {
        attributes: Vec<(String, Option<String>, &'static Kind)>,
    },
}

const VARIANTS: &[(&str, &str)] = &[
    ("Online", "online"),
    ("DoNotDisturb", "do_not_disturb"),
    ("A", "a"),
    ("B2", "b2"),
    ("Größe", "größe"),
    ("None_", "none_"),
    ("r#type", "type"),
];

const LABELS: &[&str] = &[
    "it's",
    "",
    " two words",
    "日本",
    "\"q\"",
    "a\\b",
    "{}",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

/// Makes a type.
pub fn generate(random: &mut Random, names: &mut Names) -> Type {
    let namespace = random.pick(&[None, None, Some("public"), Some("audit"), Some("Types")]);
    let form = match random.below(5) {
        0 | 1 => Form::Enum {
            variants: variants(random),
        },
        2 => domain(random, names),
        3 => composite(random, names),
        _ => Form::Text {
            variants: variants(random),
            column: random.pick(&[None, Some("varchar(70)"), Some("text"), Some("varchar")]),
        },
    };
    Type {
        ident: names.ident(random),
        name: names.table(random, namespace.unwrap_or("public")),
        namespace,
        comment: random.one_in(4).then_some("what it's for"),
        form,
    }
}

fn variants(random: &mut Random) -> Vec<(&'static str, Option<&'static str>)> {
    let some = random.some(VARIANTS, 4);
    let mut labels = LABELS.to_vec();
    let mut label = || {
        let at = random.below(labels.len() * 2);
        (at < labels.len()).then(|| labels.swap_remove(at))
    };
    some.into_iter()
        .map(|(ident, _)| (ident, label()))
        .collect()
}

fn domain(random: &mut Random, names: &mut Names) -> Form {
    let of = loop {
        let kind = &KINDS[random.below(KINDS.len())];
        if plain(kind) {
            break kind;
        }
    };
    let mut checks = Vec::new();
    while random.one_in(2) {
        let sql = match of.family {
            Family::Integer => "VALUE >= -40000 or VALUE is null",
            Family::Text => "VALUE <> '''{}\"' or length(VALUE) < 9",
            _ => "VALUE IS NOT NULL or true",
        };
        checks.push((sql, names.object(random)));
    }
    Form::Domain {
        of,
        checks,
        not_null: random.one_in(5),
        default: (!of.defaults.is_empty() && random.one_in(3)).then(|| random.pick(of.defaults)),
        collate: (of.family.is_collatable() && random.one_in(4))
            .then(|| random.pick(&["C", "POSIX"])),
    }
}

fn composite(random: &mut Random, names: &mut Names) -> Form {
    names.columns.clear();
    let count = 1 + random.below(4);
    let mut attributes = Vec::new();
    while attributes.len() < count {
        let kind = &KINDS[random.below(KINDS.len())];
        if plain(kind) {
            let field = names.field(random);
            let name = names.column(random, &field);
            attributes.push((field, name, kind));
        }
    }
    Form::Composite { attributes }
}

/// Whether a kind can be part of another type.
fn plain(kind: &Kind) -> bool {
    !kind.is_verbatim() && !kind.is_json() && kind.sql != "citext"
}

impl Type {
    /// The kinds of columns of it: of one value, and of an array.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static Kind> {
        let ident: &'static str = self.ident.clone().leak();
        let sql: &'static str = self.sql_name().leak();
        type Defaults = &'static [(&'static str, &'static str)];
        let (family, word, defaults, wrong_defaults): (_, _, Defaults, Defaults) = match &self.form
        {
            Form::Enum { variants } => (
                Family::Ordered,
                None,
                texts(variants),
                &[("\"x-y\"", "'x-y'"), ("1", "1")],
            ),
            Form::Text { variants, column } => (Family::Text, *column, texts(variants), &[]),
            Form::Domain { of, .. } => (of.family, None, of.defaults, of.wrong_defaults),
            Form::Composite { .. } if !self.is_ordered() => (Family::Unordered, None, &[], &[]),
            Form::Composite { .. } => (Family::OrderedLong, None, &[], &[]),
        };
        let one = Kind {
            rust: ident,
            word,
            sql,
            family,
            defaults,
            wrong_defaults,
        };
        let mut kinds = vec![&*Box::leak(Box::new(one))];
        if !matches!(self.form, Form::Text { .. }) {
            kinds.push(Box::leak(Box::new(Kind {
                rust: format!("Vec<{ident}>").leak(),
                word: None,
                sql: format!("{sql}[]").leak(),
                family: if self.is_ordered() {
                    Family::Searched
                } else {
                    Family::Unordered
                },
                defaults: &[("\"{}\"", "'{}'")],
                wrong_defaults: &[],
            })));
        }
        kinds
    }

    /// Whether all its parts compare.
    fn is_ordered(&self) -> bool {
        match &self.form {
            Form::Enum { .. } | Form::Text { .. } => true,
            Form::Domain { of, .. } => of.family.is_ordered(),
            Form::Composite { attributes } => {
                let mut kinds = attributes.iter().map(|(_, _, kind)| kind.family);
                kinds.all(Family::is_ordered)
            }
        }
    }

    /// The type in SQL.
    #[must_use]
    pub fn sql_name(&self) -> String {
        match &self.form {
            Form::Text { column, .. } => column.unwrap_or("text").to_owned(),
            _ => format!(
                "{}.{}",
                super::sql::quote(self.namespace.unwrap_or("public")),
                super::sql::quote(&self.name)
            ),
        }
    }

    /// As Rust.
    #[must_use]
    pub fn rust(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(comment), false) = (self.comment, matches!(self.form, Form::Text { .. })) {
            lines.push(format!("/// {comment}"));
        }
        let mut words = vec![format!("name = {:?}", self.name)];
        words.extend(self.namespace.map(|name| format!("namespace = {name:?}")));
        let ident = &self.ident;
        match &self.form {
            Form::Enum { variants } => {
                lines.push("#[derive(Debug, ::schema_core::SqlEnum)]".to_owned());
                lines.push(format!("#[sql_enum({})]", words.join(", ")));
                lines.extend(enum_body(ident, "sql_enum", variants));
            }
            Form::Text { variants, .. } => {
                lines.push("#[derive(Debug, ::schema_core::TextEnum)]".to_owned());
                lines.extend(enum_body(ident, "text", variants));
            }
            Form::Domain {
                of,
                checks,
                not_null,
                default,
                collate,
            } => {
                words.extend(of.word.map(|word| format!("type = {word}")));
                words.extend(checks.iter().map(|(sql, name)| match name {
                    Some(name) => format!("check(sql({}), name = {name:?})", template(sql)),
                    None => format!("check = sql({})", template(sql)),
                }));
                words.extend(not_null.then(|| "not_null".to_owned()));
                words.extend(default.map(|(rust, _)| format!("default = {rust}")));
                words.extend(collate.map(|name| format!("collate = {name:?}")));
                lines.push("#[derive(Debug, ::schema_core::SqlDomain)]".to_owned());
                lines.push(format!("#[sql_domain({})]", words.join(", ")));
                lines.push(format!("pub struct {ident}(pub {});", of.rust));
            }
            Form::Composite { attributes } => {
                lines.push("#[derive(Debug, ::schema_core::SqlComposite)]".to_owned());
                lines.push(format!("#[sql_composite({})]", words.join(", ")));
                lines.push(format!("pub struct {ident} {{"));
                for (field, name, kind) in attributes {
                    let mut words: Vec<String> = kind
                        .word
                        .map(|word| format!("type = {word}"))
                        .into_iter()
                        .collect();
                    words.extend(name.as_ref().map(|name| format!("name = {name:?}")));
                    if !words.is_empty() {
                        lines.push(format!("    #[sql_composite({})]", words.join(", ")));
                    }
                    lines.push(format!("    pub {field}: {},", kind.rust));
                }
                lines.push("}".to_owned());
            }
        }
        lines
    }

    /// As SQL; nothing for an enum stored as text.
    #[must_use]
    pub fn sql(&self) -> String {
        let name = self.sql_name();
        let (word, made) = match &self.form {
            Form::Text { .. } => return String::new(),
            Form::Enum { variants } => {
                let labels: Vec<String> = labels(variants)
                    .iter()
                    .map(|l| super::sql::literal(l))
                    .collect();
                (
                    "TYPE",
                    format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", ")),
                )
            }
            Form::Domain {
                of,
                checks,
                not_null,
                default,
                collate,
            } => {
                let mut made = format!("CREATE DOMAIN {name} AS {}", of.sql);
                if let Some(collate) = collate {
                    made += &format!(" COLLATE \"{collate}\"");
                }
                if let Some((_, sql)) = default {
                    made += &format!(" DEFAULT {sql}");
                }
                if *not_null {
                    made += " NOT NULL";
                }
                for (sql, name) in checks {
                    let name = name.as_ref().map_or(String::new(), |name| {
                        format!(" CONSTRAINT {}", super::sql::quote(name))
                    });
                    made += &format!("{name} CHECK ({sql})");
                }
                ("DOMAIN", made)
            }
            Form::Composite { attributes } => {
                let attributes: Vec<String> = attributes
                    .iter()
                    .map(|(field, name, kind)| {
                        let field = field.strip_prefix("r#").unwrap_or(field);
                        let name = name.as_deref().unwrap_or(field);
                        format!("{} {}", super::sql::quote(name), kind.sql)
                    })
                    .collect();
                (
                    "TYPE",
                    format!("CREATE TYPE {name} AS ({})", attributes.join(", ")),
                )
            }
        };
        let comment = self.comment.map_or(String::new(), |comment| {
            format!(
                "COMMENT ON {word} {name} IS {};\n",
                super::sql::literal(comment)
            )
        });
        format!("{made};\n{comment}")
    }
}

fn enum_body(
    ident: &str,
    attribute: &str,
    variants: &[(&'static str, Option<&'static str>)],
) -> Vec<String> {
    let mut lines = vec![format!("pub enum {ident} {{")];
    for (variant, label) in variants {
        if let Some(label) = label {
            lines.push(format!("    #[{attribute}(name = {label:?})]"));
        }
        lines.push(format!("    {variant},"));
    }
    lines.push("}".to_owned());
    lines
}

/// What the database calls the variants.
fn labels(variants: &[(&'static str, Option<&'static str>)]) -> Vec<&'static str> {
    let label = |(ident, label): &(&'static str, Option<&'static str>)| {
        let own = VARIANTS.iter().find(|(known, _)| known == ident);
        label.or(own.map(|(_, label)| *label)).unwrap_or_default()
    };
    variants.iter().map(label).collect()
}

/// Each label as a default.
fn texts(
    variants: &[(&'static str, Option<&'static str>)],
) -> &'static [(&'static str, &'static str)] {
    let text = |label: &str| -> (&'static str, &'static str) {
        (
            format!("{label:?}").leak(),
            super::sql::literal(label).leak(),
        )
    };
    labels(variants)
        .into_iter()
        .map(text)
        .collect::<Vec<_>>()
        .leak()
}

/// SQL text as the macro takes it: braces twice.
fn template(sql: &str) -> String {
    format!("{:?}", sql.replace('{', "{{").replace('}', "}}"))
}
