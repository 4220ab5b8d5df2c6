//! `sql!`: a statement in PostgreSQL's own words. Its pieces are read (`read`), its text is looked through for what
//! the pieces are to each other (`lex`, `shape`, `parameter`), and it is printed as an expression (`expand`, `row`).
//!
//! SQL is not parsed. Only two things are looked for: the list of results (`shape`), and parameters whose type is plain
//! (`parameter`).
//! Where the text is not plainly one of these, nothing is said of it.

mod expand;
mod lex;
mod parameter;
mod read;
mod row;
mod shape;
mod view;

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::{Expr, Ident, Path, Type};

pub(crate) use self::{expand::expand, read::read, view::view};

/// A statement without mistakes of its own.
pub(crate) struct Statement {
    /// The path of `schema_core`.
    krate: Path,
    /// The literal.
    span: Span,
    /// The text in order.
    pieces: Vec<Piece>,
    /// What is bound to `$1` and so on.
    params: Vec<Expr>,
    result: Results,
    uses: Vec<Use>,
    /// Parameters that are a number of rows.
    limits: Vec<usize>,
}

/// A piece of the text.
enum Piece {
    Text(String),
    Table(Table),
    Column(Column),
    /// An index into the parameters.
    Param(usize),
    /// `{name: Type}`.
    Output(Ident, Type),
}

/// `{Message}` or `{Message as m}`.
#[derive(Clone)]
struct Table {
    path: Path,
    alias: Option<String>,
}

/// `{m.id}` or `{Message::id}`.
#[derive(Clone)]
struct Column {
    table: Path,
    alias: Option<String>,
    field: Ident,
}

/// What the statement gives.
enum Results {
    Nothing,
    /// The struct the user named, and the results where the text lists them all.
    Given(Box<Type>, Option<Vec<Listed>>),
    /// One field each in a struct of ours.
    Fields(Vec<Field>),
}

/// A result that a struct of the user's reads.
enum Listed {
    Column {
        column: Column,
        /// Whether it is on the nullable side of an outer join.
        outer: bool,
        /// The name `as` gives it, where it is not its own.
        name: Option<String>,
    },
    Typed(Ident, Box<Type>),
    /// One of an unknown type, by its name if it has one.
    Other(Option<String>),
}

/// A result that becomes a field.
struct Field {
    name: Ident,
    source: Source,
}

/// Where a result's type is from.
enum Source {
    Column {
        column: Column,
        /// Whether it is on the nullable side of an outer join.
        outer: bool,
        /// Whether the result has the field's name and not the column's.
        renamed: bool,
    },
    Given(Type),
}

/// A parameter beside one column.
struct Use {
    kind: UseKind,
    column: Column,
    param: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum UseKind {
    Compared,
    ComparedWithAny,
    Assigned,
}

/// Whether two paths are written alike; two spellings of one path only cost a second check.
fn same_path(a: &Path, b: &Path) -> bool {
    a.to_token_stream().to_string() == b.to_token_stream().to_string()
}
