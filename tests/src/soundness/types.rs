//! Types beside tables: enums, domains, composite types and enums stored as text. What each says, as Rust and as SQL.

use super::{
    generate::Names,
    kinds::{Family, KINDS, Kind, Own},
    variants::Variants,
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
    Enum { variants: Variants },
    /// Likewise; the column it is stored in.
    Text {
        variants: Variants,
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
    Composite { attributes: Vec<Attribute> },
}

/// A field of a composite type.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Attribute {
    pub field: String,
    pub name: Option<String>,
    pub kind: &'static Kind,
    pub nullable: bool,
    pub collate: Option<&'static str>,
    pub comment: Option<&'static str>,
}

/// Makes a type, which may be made of those before it.
pub fn generate(random: &mut Random, names: &mut Names, before: &[Type]) -> Type {
    let namespace = random.pick(&[None, None, Some("public"), Some("audit"), Some("Types")]);
    let form = match random.below(5) {
        0 | 1 => Form::Enum {
            variants: Variants::new(random),
        },
        2 => domain(random, names, before),
        3 => composite(random, names, before),
        _ => Form::Text {
            variants: Variants::new(random),
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

/// A kind that can be part of another type.
fn part(random: &mut Random, before: &[Type]) -> &'static Kind {
    let own: Vec<&'static Kind> = before.iter().flat_map(Type::kinds).collect();
    if !own.is_empty() && random.one_in(3) {
        return random.pick(&own);
    }
    loop {
        let kind = &KINDS[random.below(KINDS.len())];
        if plain(kind) {
            return kind;
        }
    }
}

fn domain(random: &mut Random, names: &mut Names, before: &[Type]) -> Form {
    let of = part(random, before);
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

fn composite(random: &mut Random, names: &mut Names, before: &[Type]) -> Form {
    names.columns.clear();
    let count = 1 + random.below(4);
    let mut attribute = || {
        let kind = part(random, before);
        let field = names.field(random);
        Attribute {
            name: names.column(random, &field),
            field,
            kind,
            nullable: random.one_in(3),
            collate: (kind.family.is_collatable() && random.one_in(4)).then_some("C"),
            comment: random.one_in(5).then_some("it's a part"),
        }
    };
    Form::Composite {
        attributes: (0..count).map(|_| attribute()).collect(),
    }
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
                variants.texts(),
                &[("\"x-y\"", "'x-y'"), ("1", "1")],
            ),
            Form::Text { variants, column } => (Family::Text, *column, variants.texts(), &[]),
            Form::Domain { of, .. } => (of.family, None, of.defaults, of.wrong_defaults),
            Form::Composite { .. } if !self.is_ordered() => (Family::Unordered, None, &[], &[]),
            Form::Composite { .. } => (Family::OrderedLong, None, &[], &[]),
        };
        let own = match &self.form {
            Form::Domain { of, not_null, .. } => of.own.domain(*not_null),
            Form::Enum { .. } => Own::ENUM,
            _ => Own::NONE,
        };
        let one = Kind {
            rust: ident,
            word,
            sql,
            family,
            defaults,
            wrong_defaults,
            own,
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
                wrong_defaults: match &self.form {
                    Form::Enum { .. } => &[("\"{x-y}\"", "'{x-y}'")],
                    _ => &[],
                },
                own: Own::NONE,
            })));
        }
        kinds
    }

    /// The Rust types it is made of.
    #[must_use]
    pub fn parts(&self) -> Vec<&'static str> {
        match &self.form {
            Form::Enum { .. } | Form::Text { .. } => Vec::new(),
            Form::Domain { of, .. } => vec![of.rust],
            Form::Composite { attributes } => {
                attributes.iter().map(|part| part.kind.rust).collect()
            }
        }
    }

    /// Whether all its parts compare.
    fn is_ordered(&self) -> bool {
        match &self.form {
            Form::Enum { .. } | Form::Text { .. } => true,
            Form::Domain { of, .. } => of.family.is_ordered(),
            Form::Composite { attributes } => {
                let mut families = attributes.iter().map(|part| part.kind.family);
                families.all(Family::is_ordered)
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
        let head = |derive: &str, attribute: &str, words: &[String]| {
            let mut lines = vec![format!("#[derive(Debug, ::schema_core::{derive})]")];
            if !words.is_empty() {
                lines.extend(attribute_lines("", attribute, words));
            }
            lines
        };
        match &self.form {
            Form::Enum { variants } => {
                words.extend(variants.word());
                lines.extend(head("SqlEnum", "sql_enum", &words));
                lines.extend(variants.body(ident, "sql_enum"));
            }
            Form::Text { variants, .. } => {
                let words: Vec<String> = variants.word().into_iter().collect();
                lines.extend(head("TextEnum", "text", &words));
                lines.extend(variants.body(ident, "text"));
            }
            Form::Domain { of, .. } => {
                words.extend(self.domain_words());
                lines.extend(head("SqlDomain", "sql_domain", &words));
                lines.push(format!("pub struct {ident}(pub {});", of.rust));
            }
            Form::Composite { attributes } => {
                lines.extend(head("SqlComposite", "sql_composite", &words));
                lines.push(format!("pub struct {ident} {{"));
                lines.extend(attributes.iter().flat_map(Attribute::rust));
                lines.push("}".to_owned());
            }
        }
        lines
    }

    /// The words of a domain.
    fn domain_words(&self) -> Vec<String> {
        let Form::Domain {
            of,
            checks,
            not_null,
            default,
            collate,
        } = &self.form
        else {
            return Vec::new();
        };
        let mut words = Vec::new();
        words.extend(of.word.map(|word| format!("type = {word}")));
        words.extend(checks.iter().map(|(sql, name)| match name {
            Some(name) => format!("check(sql({}), name = {name:?})", template(sql)),
            None => format!("check = sql({})", template(sql)),
        }));
        words.extend(not_null.then(|| "not_null".to_owned()));
        words.extend(default.map(|(rust, _)| format!("default = {rust}")));
        words.extend(collate.map(|name| format!("collate = {name:?}")));
        words
    }

    /// As SQL; nothing for an enum stored as text.
    #[must_use]
    pub fn sql(&self) -> String {
        let name = self.sql_name();
        let (word, made) = match &self.form {
            Form::Text { .. } => return String::new(),
            Form::Enum { variants } => {
                let labels = variants.labels();
                let labels: Vec<String> = labels.iter().map(|l| super::sql::literal(l)).collect();
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
                let attributes: Vec<String> = attributes.iter().map(Attribute::sql).collect();
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
        format!("{made};\n{comment}{}", self.attribute_comments(&name))
    }

    fn attribute_comments(&self, name: &str) -> String {
        let Form::Composite { attributes } = &self.form else {
            return String::new();
        };
        let comment = |part: &Attribute| {
            let comment = super::sql::literal(part.comment?);
            let column = super::sql::quote(part.sql_name());
            Some(format!("COMMENT ON COLUMN {name}.{column} IS {comment};\n"))
        };
        attributes.iter().filter_map(comment).collect()
    }
}

impl Attribute {
    /// The attribute's name in the database.
    #[must_use]
    pub fn sql_name(&self) -> &str {
        let field = self.field.strip_prefix("r#").unwrap_or(&self.field);
        self.name.as_deref().unwrap_or(field)
    }

    fn rust(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.kind.word.map(|word| format!("type = {word}")));
        words.extend(self.name.as_ref().map(|name| format!("name = {name:?}")));
        words.extend(self.collate.map(|name| format!("collate = {name:?}")));
        words.extend(self.comment.map(|comment| format!("comment = {comment:?}")));
        let mut lines = Vec::new();
        if !words.is_empty() {
            lines.extend(attribute_lines("    ", "sql_composite", &words));
        }
        let rust = self.kind.rust;
        let ty = if self.nullable {
            format!("Option<{rust}>")
        } else {
            rust.to_owned()
        };
        lines.push(format!("    pub {}: {ty},", self.field));
        lines
    }

    fn sql(&self) -> String {
        let collate = self.collate.map_or(String::new(), |name| {
            format!(" COLLATE {}", super::sql::quote(name))
        });
        format!(
            "{} {}{collate}",
            super::sql::quote(self.sql_name()),
            self.kind.sql
        )
    }
}

/// An attribute with a word on each line.
pub(super) fn attribute_lines(indent: &str, attribute: &str, words: &[String]) -> Vec<String> {
    let mut lines = vec![format!("{indent}#[{attribute}(")];
    lines.extend(words.iter().map(|word| format!("{indent}    {word},")));
    lines.push(format!("{indent})]"));
    lines
}

/// SQL text as the macro takes it: braces twice.
fn template(sql: &str) -> String {
    format!("{:?}", sql.replace('{', "{{").replace('}', "}}"))
}
