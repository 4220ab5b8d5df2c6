//! What enums and structs beside tables declare: enum types, domains and composite types.

use proc_macro2::Ident;
use syn::{Member, Path, Type};

use super::{Check, Default, Spanned, SqlType};

/// An enum or struct that is a type of the database.
pub(crate) struct TypeObject {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) name: Spanned<String>,
    pub(crate) namespace: Option<Spanned<String>>,
    pub(crate) comment: Option<String>,
    pub(crate) kind: TypeKind,
}

/// Which kind of type it is.
pub(crate) enum TypeKind {
    /// `#[derive(SqlEnum)]`: each variant with its label.
    Enum(Vec<(Ident, Spanned<String>)>),
    /// `#[derive(SqlDomain)]`.
    Domain(Box<Domain>),
    /// `#[derive(SqlComposite)]`: its attributes.
    Composite(Vec<Part>),
}

/// What a domain says of its values.
pub(crate) struct Domain {
    pub(crate) value: Part,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Spanned<Default>>,
    pub(crate) checks: Vec<Check>,
}

/// The field of a domain, or a field of a composite type.
pub(crate) struct Part {
    pub(crate) member: Member,
    pub(crate) name: Spanned<String>,
    pub(crate) ty: Type,
    pub(crate) sql_type: Option<Spanned<SqlType>>,
    pub(crate) collation: Option<Spanned<String>>,
    pub(crate) comment: Option<String>,
}
