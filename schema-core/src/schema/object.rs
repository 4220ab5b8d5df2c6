//! Objects that are known as SQL text.

mod signature;

pub use signature::Signature;

use super::QualifiedName;
use crate::ident::{self, token};

/// A function, trigger, operator or whatever else has no form of its own here: what it is called, and the statement that
/// creates it, as it is written or as `pg_get_functiondef` and `pg_get_triggerdef` have it.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::Object;
///
/// let mut touch = Object::new("FUNCTION", "touch", "CREATE FUNCTION touch(at date DEFAULT now()) …");
/// touch.namespace = Some("public".into());
/// touch.arguments = Some("at date DEFAULT now()".into());
/// touch.comment = Some("Notes the time.".into());
/// assert_eq!(touch.identity(), "FUNCTION touch(at date)");
/// assert_eq!(
///     ddl::comment_on_object(&touch).as_deref(),
///     Some("COMMENT ON FUNCTION touch(at date) IS 'Notes the time.'")
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// What it is, in capitals: `FUNCTION`, `EVENT TRIGGER`.
    pub kind: String,
    /// The namespace it lies in; `None` where its kind lies in none, or in its table's.
    pub namespace: Option<String>,
    /// Its name, unquoted; empty for a cast.
    pub name: String,
    /// What stands in the parentheses behind the name: a function's arguments, an operator's or a cast's types.
    pub arguments: Option<String>,
    /// The table of a trigger or rule.
    pub table: Option<QualifiedName>,
    /// The index method of an operator class or family.
    pub method: Option<String>,
    /// The statement, without a semicolon at its end.
    pub sql: String,
    /// The statements that say what `sql` cannot, in order: `ALTER TABLE … DISABLE TRIGGER`, `ALTER STATISTICS … SET STATISTICS`.
    pub settings: Vec<String>,
    /// `COMMENT ON …`.
    pub comment: Option<String>,
    /// What must be there before it, sorted.
    pub depends_on: Vec<Dependency>,
    /// The tables that need it, beside those whose expressions call it.
    pub needed_by: Vec<QualifiedName>,
}

/// What an object needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dependency {
    /// A table or view.
    Table(QualifiedName),
    /// A type.
    Type(QualifiedName),
    /// All objects of this name.
    Object(String),
    /// The object with this [identity](Object::identity).
    Identity(String),
}

impl Object {
    /// An object of this kind and name, with nothing else said of it.
    #[must_use]
    pub fn new(kind: impl Into<String>, name: impl Into<String>, sql: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            namespace: None,
            name: name.into(),
            arguments: None,
            table: None,
            method: None,
            sql: sql.into(),
            settings: Vec::new(),
            comment: None,
            depends_on: Vec::new(),
            needed_by: Vec::new(),
        }
    }

    /// Its kind and name with what tells it from others of that name, as `COMMENT ON` and `DROP` take them.
    #[must_use]
    pub fn identity(&self) -> String {
        let name = match &self.namespace {
            // An operator's name is never quoted.
            Some(namespace) if self.kind == "OPERATOR" => match namespace.as_str() {
                ident::PUBLIC => self.name.clone(),
                namespace => format!("{}.{}", ident::quote(namespace), self.name),
            },
            Some(namespace) => ident::quote_qualified(namespace, &self.name),
            None if self.name.is_empty() => String::new(),
            None => ident::quote(&self.name).into_owned(),
        };
        let method = || {
            self.method
                .as_deref()
                .map_or(String::new(), |it| ident::quote(it).into())
        };
        match self.kind.as_str() {
            "USER MAPPING" => {
                return format!("USER MAPPING FOR {} SERVER {}", user(&self.name), method());
            }
            "TRANSFORM" => return format!("TRANSFORM FOR {} LANGUAGE {}", self.name, method()),
            _ => {}
        }
        let mut text = format!("{} {name}", self.kind);
        if let Some(arguments) = &self.arguments {
            let arguments = token::without_defaults(arguments);
            let blank = if self.kind == "OPERATOR" { " " } else { "" };
            text.push_str(&format!("{blank}({arguments})"));
        }
        if let Some(table) = &self.table {
            text.push_str(&format!(" ON {}", table.render()));
        }
        if let Some(method) = &self.method {
            text.push_str(&format!(" USING {}", ident::quote(method)));
        }
        text
    }

    /// Whether expressions call it.
    #[must_use]
    pub fn is_routine(&self) -> bool {
        matches!(self.kind.as_str(), "FUNCTION" | "PROCEDURE" | "AGGREGATE")
    }

    /// The statement's tokens before a routine's body, as text: what its arguments, its results and so on are.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Object;
    ///
    /// let sql = "CREATE FUNCTION f(a int DEFAULT 1) RETURNS text LANGUAGE sql AS 'SELECT 1'";
    /// let signature = Object::new("FUNCTION", "f", sql).signature();
    /// assert_eq!(signature.arguments, ["a int"]);
    /// assert_eq!(signature.defaults, [true]);
    /// assert_eq!(signature.results, "text");
    /// ```
    #[must_use]
    pub fn signature(&self) -> Signature {
        Signature::parse(&self.sql)
    }

    /// Whether the server has read the body of a routine when it was made, and keeps it: SQL that is no string constant.
    #[must_use]
    pub fn has_parsed_body(&self) -> bool {
        let tokens = token::parse_tokens(&self.sql);
        matches!(self.kind.as_str(), "FUNCTION" | "PROCEDURE")
            && super::names::bodies(self, &tokens).is_empty()
    }

    /// Whether it is a trigger that is a constraint as well.
    #[must_use]
    pub fn is_constraint_trigger(&self) -> bool {
        let tokens = token::parse_tokens(&self.sql);
        self.kind == "TRIGGER"
            && tokens
                .iter()
                .take(4)
                .any(|token| token.is_word("constraint"))
    }

    /// Whether it is made before tables where nothing says otherwise: what tables use without naming it, such as a cast.
    pub(crate) fn is_early(&self) -> bool {
        let kind = self.kind.as_str();
        kind.starts_with("TEXT SEARCH")
            || kind.starts_with("OPERATOR")
            || matches!(
                kind,
                "ACCESS METHOD"
                    | "CAST"
                    | "CONVERSION"
                    | "FOREIGN DATA WRAPPER"
                    | "LANGUAGE"
                    | "SERVER"
                    | "TRANSFORM"
                    | "TYPE"
                    | "USER MAPPING"
            )
    }
}

/// A role as SQL: `PUBLIC` is no name.
fn user(name: &str) -> String {
    match name {
        "public" => "PUBLIC".to_owned(),
        name => ident::quote(name).into_owned(),
    }
}
