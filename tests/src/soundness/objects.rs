//! Objects known as SQL text: functions, triggers, rules, statistics and the like.

use super::{
    generate::Names,
    model::{Check, Part, Schema, Text},
    sql::{qualified, quote},
};
use crate::random::Random;

/// SQL text that says itself what it creates.
#[derive(Debug, Clone)]
pub struct Object {
    /// Its text.
    pub text: Vec<Piece>,
    /// `comment = "…"`, with what PostgreSQL calls the object.
    pub comment: Option<(&'static str, String)>,
    /// Tables that `depends(…)` names.
    pub depends: Vec<usize>,
    /// A table that `before(…)` names.
    pub before: Option<usize>,
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
        if let Some(table) = self.before {
            words.push(format!("before({})", schema.tables[table].ident));
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
        // A body in quotes doubles those in names.
        let is_quoted = |piece: &Piece| matches!(piece, Piece::Sql(sql) if sql.contains(" AS '"));
        let quoted = self.text.iter().position(is_quoted);
        let piece = |(at, piece): (usize, &Piece)| match piece {
            Piece::Sql(sql) => sql.clone(),
            Piece::Table(table) if quoted.is_some_and(|quoted| at > quoted) => {
                qualified(&schema.tables[*table]).replace('\'', "''")
            }
            Piece::Table(table) => qualified(&schema.tables[*table]),
            Piece::Column(table, column) => {
                quote(schema.tables[*table].columns[*column].sql_name())
            }
        };
        let text: String = self.text.iter().enumerate().map(piece).collect();
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

    /// Whether its text names no table.
    fn is_of_no_table(&self) -> bool {
        let mut pieces = self.text.iter();
        self.said.is_none() && pieces.all(|piece| matches!(piece, Piece::Sql(_)))
    }

    /// Whether its text or what it depends on is about a table.
    #[must_use]
    pub fn names(&self, table: usize) -> bool {
        let is = |piece: &Piece| match piece {
            Piece::Sql(_) => false,
            Piece::Table(of) | Piece::Column(of, _) => *of == table,
        };
        self.depends.contains(&table) || self.before == Some(table) || self.text.iter().any(is)
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

pub(super) fn add(random: &mut Random, names: &mut Names, schema: &mut Schema) {
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
    if object.is_of_no_table() && object.depends.is_empty() && random.one_in(2) {
        object.before = named.first().copied();
    }
    schema.objects.push(object);
}

fn object(template: &str, table: usize, comment: (&'static str, String)) -> Object {
    Object {
        text: text(template, table),
        comment: Some(comment),
        depends: Vec::new(),
        before: None,
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
