//! Views and materialized views. A view's columns are what its query gives: they are written from the tables as they are,
//! so that a mistake in a table is none in a view of it.

mod make;

use std::fmt::Write as _;

pub(super) use self::make::add;
use super::{
    kinds::{Family, Kind, Own},
    model::{Column, Schema},
    source::Site,
    sql::{literal, qualified, quote},
};
/// A struct with `#[derive(View)]`.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct View {
    /// The struct's name.
    pub ident: String,
    pub name: String,
    pub namespace: Option<&'static str>,
    pub comment: Option<&'static str>,
    /// What its query reads: one relation or two, each with its alias.
    pub reads: Vec<(Relation, Option<&'static str>)>,
    /// Whether the second is joined from the outside: it may give NULL.
    pub outer: bool,
    pub fields: Vec<Field>,
    /// A result that must not be NULL, by the place of its relation.
    pub condition: Option<(usize, usize)>,
    pub materialized: bool,
    pub with_no_data: bool,
    /// `with(…)`, as Rust and as SQL.
    pub with: Option<(&'static str, &'static str)>,
    pub check_option: Option<&'static str>,
    /// Over fields; whether it is unique.
    pub indexes: Vec<(Vec<usize>, bool, Option<String>)>,
    /// What it must not say, where a mistake says it.
    pub wrong: Option<Wrong>,
}

/// What a view reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// A table.
    Table(usize),
    /// A view before it.
    View(usize),
}

/// A field of a view.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Field {
    /// As written; what the query calls the result.
    pub field: String,
    pub name: Option<String>,
    pub output: Output,
    /// Whether the query calls it by another name than its column's field.
    pub renamed: bool,
    pub comment: Option<&'static str>,
}

/// A result of a query.
#[derive(Debug, Clone, Copy)]
pub enum Output {
    /// The column of a relation, by its place.
    Column(usize, usize),
    /// Whether such a column is NULL.
    IsNull(usize, usize),
    /// A text.
    Constant,
}

/// A mistake about one field.
#[derive(Debug, Clone, Copy)]
pub enum Wrong {
    /// Its type, in Rust, where the result has another.
    Type(usize, &'static Kind),
    /// It is no `Option`, though the result may be NULL.
    NotNull(usize),
    /// There is one more than results.
    Extra,
}

/// A result as a column of the view.
struct Shown {
    kind: &'static Kind,
    nullable: bool,
}

static BOOLEAN: Kind = plain("bool", "boolean", Family::Ordered);
static TEXT: Kind = plain("String", "text", Family::Text);

const fn plain(rust: &'static str, sql: &'static str, family: Family) -> Kind {
    Kind {
        rust,
        word: None,
        sql,
        family,
        defaults: &[],
        wrong_defaults: &[],
        own: Own::NONE,
    }
}

impl Schema {
    /// The number of a relation's columns.
    fn width(&self, relation: Relation) -> usize {
        match relation {
            Relation::Table(table) => self.tables[table].columns.len(),
            Relation::View(view) => self.views[view].fields.len(),
        }
    }

    /// A field of a relation, without `r#`.
    fn field(&self, relation: Relation, column: usize) -> String {
        match relation {
            Relation::Table(table) => self.tables[table].columns[column].field.clone(),
            Relation::View(view) => self.views[view].fields[column].field.clone(),
        }
    }

    fn column_name(&self, relation: Relation, column: usize) -> String {
        match relation {
            Relation::Table(table) => self.tables[table].columns[column].sql_name().to_owned(),
            Relation::View(view) => self.views[view].fields[column].sql_name().to_owned(),
        }
    }

    fn ident(&self, relation: Relation) -> &str {
        match relation {
            Relation::Table(table) => &self.tables[table].ident,
            Relation::View(view) => &self.views[view].ident,
        }
    }

    fn relation_name(&self, relation: Relation) -> String {
        match relation {
            Relation::Table(table) => qualified(&self.tables[table]),
            Relation::View(view) => self.views[view].qualified(),
        }
    }

    /// What a field of a view holds.
    fn shown(&self, view: &View, field: &Field) -> Shown {
        let not_null = |kind: &'static Kind| Shown {
            kind,
            nullable: false,
        };
        match field.output {
            Output::Constant => not_null(&TEXT),
            Output::IsNull(..) => not_null(&BOOLEAN),
            Output::Column(read, column) => {
                let mut shown = self.shown_column(view.reads[read].0, column);
                shown.nullable |= view.outer && read == 1;
                shown
            }
        }
    }

    fn shown_column(&self, relation: Relation, column: usize) -> Shown {
        match relation {
            Relation::Table(table) => {
                let Column { kind, nullable, .. } = &self.tables[table].columns[column];
                Shown {
                    kind,
                    nullable: *nullable,
                }
            }
            Relation::View(view) => {
                let view = &self.views[view];
                self.shown(view, &view.fields[column])
            }
        }
    }

    /// Whether a field may be NULL, because its column may or is joined from the outside.
    #[must_use]
    pub fn is_nullable(&self, view: &View, field: &Field) -> bool {
        self.shown(view, field).nullable
    }

    /// The kind of a field that is one column.
    #[must_use]
    pub fn kind(&self, view: &View, field: &Field) -> &'static Kind {
        self.shown(view, field).kind
    }

    /// The views that read a table, directly or through others.
    #[must_use]
    pub fn readers(&self, table: usize) -> Vec<usize> {
        let is = |(relation, _): &(Relation, Option<&str>)| *relation == Relation::Table(table);
        let views = self.views.iter().enumerate();
        views
            .filter(|(_, view)| view.reads.iter().any(is))
            .map(|(at, _)| at)
            .collect()
    }
}

impl Schema {
    /// Whether a view reads one that is made without data, itself or through plain views.
    #[must_use]
    pub fn reads_unfilled(&self, view: &View) -> bool {
        view.reads.iter().any(|(relation, _)| {
            let Relation::View(read) = *relation else {
                return false;
            };
            let read = &self.views[read];
            read.with_no_data || !read.materialized && self.reads_unfilled(read)
        })
    }
}

impl Field {
    /// The column's name in the database.
    #[must_use]
    pub fn sql_name(&self) -> &str {
        let field = self.field.strip_prefix("r#").unwrap_or(&self.field);
        self.name.as_deref().unwrap_or(field)
    }
}

impl View {
    fn qualified(&self) -> String {
        let namespace = self.namespace.unwrap_or("public");
        format!("{}.{}", quote(namespace), quote(&self.name))
    }

    /// The query, its relations and columns written by these.
    fn query(
        &self,
        relation: impl Fn(Relation, Option<&str>) -> String,
        column: impl Fn(usize, usize) -> String,
    ) -> String {
        let outputs = self.fields.iter().map(|field| {
            let name = field.field.strip_prefix("r#").unwrap_or(&field.field);
            match field.output {
                Output::Column(read, of) if field.renamed => {
                    format!("{} AS {name}", column(read, of))
                }
                Output::Column(read, of) => column(read, of),
                Output::IsNull(read, of) => format!("({}) IS NULL AS {name}", column(read, of)),
                Output::Constant => format!("text 'it''s' AS {name}"),
            }
        });
        let mut text = format!("SELECT {}", outputs.collect::<Vec<_>>().join(", "));
        for (at, (read, alias)) in self.reads.iter().enumerate() {
            let relation = relation(*read, *alias);
            let _ = match (at, self.outer) {
                (0, _) => write!(text, " FROM {relation}"),
                (_, true) => write!(text, " LEFT JOIN {relation} ON true"),
                (_, false) => write!(text, " CROSS JOIN {relation}"),
            };
        }
        if let Some((read, of)) = self.condition {
            let _ = write!(text, " WHERE {} IS NOT NULL", column(read, of));
        }
        text
    }

    /// As Rust, each line with its site.
    #[must_use]
    pub fn rust(&self, schema: &Schema, at: usize) -> Vec<(Site, String)> {
        let site = Site::View(at);
        let mut lines = vec![
            (site, "#[derive(::schema_core::View)]".to_owned()),
            (site, "#[view(".to_owned()),
        ];
        for (site, word) in self.words(schema, at) {
            lines.push((site, format!("    {word},")));
        }
        lines.push((site, ")]".to_owned()));
        lines.push((site, format!("pub struct {} {{", self.ident)));
        for (index, field) in self.fields.iter().enumerate() {
            let site = Site::ViewColumn(at, index);
            let mut shown = schema.shown(self, field);
            match self.wrong {
                Some(Wrong::Type(wrong, kind)) if wrong == index => shown.kind = kind,
                Some(Wrong::NotNull(wrong)) if wrong == index => shown.nullable = false,
                _ => {}
            }
            if let Some(comment) = field.comment {
                lines.push((site, format!("    /// {comment}")));
            }
            let mut words = Vec::new();
            words.extend(shown.kind.word.map(|word| match word {
                "json!" => "json".to_owned(),
                _ => format!("type = {word}"),
            }));
            words.extend(field.name.as_ref().map(|name| format!("name = {name:?}")));
            if !words.is_empty() {
                lines.push((site, "    #[column(".to_owned()));
                lines.extend(
                    words
                        .into_iter()
                        .map(|word| (site, format!("        {word},"))),
                );
                lines.push((site, "    )]".to_owned()));
            }
            let rust = shown.kind.rust;
            let ty = if shown.nullable {
                format!("Option<{rust}>")
            } else {
                rust.to_owned()
            };
            lines.push((site, format!("    pub {}: {ty},", field.field)));
        }
        if matches!(self.wrong, Some(Wrong::Extra)) {
            lines.push((site, "    pub one_more: i64,".to_owned()));
        }
        lines.push((site, "}".to_owned()));
        lines
    }

    /// The words of `#[view(…)]`, each with its site.
    fn words(&self, schema: &Schema, at: usize) -> Vec<(Site, String)> {
        let relation = |relation: Relation, alias: Option<&str>| match alias {
            Some(alias) => format!("{{{} as {alias}}}", schema.ident(relation)),
            None => format!("{{{}}}", schema.ident(relation)),
        };
        let column = |read: usize, column: usize| {
            let (relation, alias) = self.reads[read];
            let field = schema.field(relation, column);
            match alias {
                Some(alias) => format!("{{{alias}.{field}}}"),
                None => format!("{{{}::{field}}}", schema.ident(relation)),
            }
        };
        let mut words = vec![
            format!("name = {:?}", self.name),
            format!("query = sql({:?})", self.query(relation, column)),
        ];
        words.extend(self.namespace.map(|name| format!("namespace = {name:?}")));
        words.extend(self.comment.map(|comment| format!("comment = {comment:?}")));
        words.extend(self.materialized.then(|| "materialized".to_owned()));
        words.extend(self.with_no_data.then(|| "with_no_data".to_owned()));
        words.extend(self.with.map(|(rust, _)| format!("with({rust})")));
        words.extend(
            self.check_option
                .map(|word| format!("check_option = {word}")),
        );
        let mut words: Vec<(Site, String)> = words
            .into_iter()
            .map(|word| (Site::View(at), word))
            .collect();
        for (i, (fields, unique, name)) in self.indexes.iter().enumerate() {
            let word = if *unique { "unique_index" } else { "index" };
            let fields = fields.iter().map(|field| self.fields[*field].field.clone());
            let name = name.as_ref().map(|name| format!("name = {name:?}"));
            let all: Vec<String> = fields.chain(name).collect();
            words.push((
                Site::ViewIndex(at, i),
                format!("{word}({})", all.join(", ")),
            ));
        }
        words
    }

    /// As SQL.
    #[must_use]
    pub fn sql(&self, schema: &Schema) -> String {
        let relation = |relation: Relation, alias: Option<&str>| {
            let alias = alias.map_or(String::new(), |alias| format!(" AS {}", quote(alias)));
            schema.relation_name(relation) + &alias
        };
        let column = |read: usize, column: usize| {
            let (relation, alias) = self.reads[read];
            let alias = alias.map_or(String::new(), |alias| quote(alias) + ".");
            alias + &quote(&schema.column_name(relation, column))
        };
        let word = if self.materialized {
            "MATERIALIZED VIEW"
        } else {
            "VIEW"
        };
        let name = self.qualified();
        let mut names: Vec<String> = self.fields.iter().map(|f| quote(f.sql_name())).collect();
        names.extend(matches!(self.wrong, Some(Wrong::Extra)).then(|| "one_more".to_owned()));
        let with = self
            .with
            .map_or(String::new(), |(_, sql)| format!(" WITH ({sql})"));
        let option = self
            .check_option
            .map_or(String::new(), |word| format!(" WITH {word} CHECK OPTION"));
        let data = if self.with_no_data {
            " WITH NO DATA"
        } else {
            ""
        };
        let query = self.query(relation, column);
        let mut sql = format!(
            "CREATE {word} {name} ({}){with} AS {query}{option}{data};\n",
            names.join(", ")
        );
        for (fields, unique, index) in &self.indexes {
            let unique = if *unique { "UNIQUE " } else { "" };
            let fields: Vec<String> = fields
                .iter()
                .map(|field| quote(self.fields[*field].sql_name()))
                .collect();
            let index = index
                .as_ref()
                .map_or(String::new(), |index| format!(" {}", quote(index)));
            let _ = writeln!(
                sql,
                "CREATE {unique}INDEX{index} ON {name} ({});",
                fields.join(", ")
            );
        }
        if let Some(comment) = self.comment {
            let _ = writeln!(sql, "COMMENT ON {word} {name} IS {};", literal(comment));
        }
        for field in &self.fields {
            if let Some(comment) = field.comment {
                let column = quote(field.sql_name());
                let _ = writeln!(
                    sql,
                    "COMMENT ON COLUMN {name}.{column} IS {};",
                    literal(comment)
                );
            }
        }
        sql
    }
}
