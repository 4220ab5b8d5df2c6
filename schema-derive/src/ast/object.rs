//! What `schema!` has beside tables.

use proc_macro2::{Ident, Span};
use syn::Path;

use super::Spanned;

/// `sequence(…)`.
pub(crate) struct Sequence {
    pub(crate) name: Spanned<String>,
    pub(crate) namespace: Option<Spanned<String>>,
    /// A variant of `ty::TypeDef`: `SmallInt`, `Integer` or `BigInt`.
    pub(crate) sql_type: &'static str,
    pub(crate) options: SequenceOptions,
    pub(crate) owned_by: Option<(Path, Ident)>,
    pub(crate) comment: Option<String>,
}

/// What `identity(…)` says of the column's own sequence.
#[derive(Debug, Default)]
pub(crate) struct IdentitySequence {
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) options: SequenceOptions,
}

/// The options of a sequence, an identity column's own among them.
#[derive(Debug, Default)]
pub(crate) struct SequenceOptions {
    pub(crate) start: Option<Spanned<i64>>,
    pub(crate) increment: Option<Spanned<i64>>,
    pub(crate) min: Option<Spanned<i64>>,
    pub(crate) max: Option<Spanned<i64>>,
    pub(crate) cache: Option<Spanned<i64>>,
    /// Where `cycle` stands.
    pub(crate) cycle: Option<Span>,
}

impl SequenceOptions {
    /// Those with a number, each by its word.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = (&'static str, &Spanned<i64>)> {
        let all = [
            ("increment", &self.increment),
            ("min", &self.min),
            ("max", &self.max),
            ("start", &self.start),
            ("cache", &self.cache),
        ];
        all.into_iter()
            .filter_map(|(word, value)| Some((word, value.as_ref()?)))
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers().next().is_none() && self.cycle.is_none()
    }
}

/// `sql("CREATE …")` or `object(…)`.
pub(crate) struct Object {
    pub(crate) text: ObjectText,
    pub(crate) identity: ObjectIdentity,
    pub(crate) depends: Vec<Dependency>,
    pub(crate) before: Vec<Path>,
    pub(crate) comment: Option<String>,
}

/// What an object is called.
#[derive(Default)]
pub(crate) struct ObjectIdentity {
    /// In capitals.
    pub(crate) kind: String,
    /// Only of what lies in one of its own accord.
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    /// The first word of its name where that has no quotes, and whether it is a function's.
    pub(crate) unquoted: Option<(String, bool)>,
    /// What stands in the parentheses behind the name.
    pub(crate) arguments: Option<Vec<ObjectPart>>,
    /// Of a trigger or rule.
    pub(crate) table: Option<ObjectTable>,
    /// Of an operator class or family.
    pub(crate) method: Option<String>,
}

/// The table a trigger or rule is on.
#[derive(Clone)]
pub(crate) enum ObjectTable {
    Listed(Path),
    /// Namespace and name.
    Named(String, String),
}

/// `sql("…")` with placeholders for tables and their columns.
pub(crate) struct ObjectText {
    pub(crate) parts: Vec<ObjectPart>,
    pub(crate) span: Span,
}

/// One part of an [`ObjectText`].
#[derive(Clone)]
pub(crate) enum ObjectPart {
    Text(String),
    /// `{Message}`.
    Table(Path),
    /// `{Message.content}`.
    Column(Path, Ident),
}

impl ObjectPart {
    /// The table it names.
    pub(crate) fn table(&self) -> Option<&Path> {
        match self {
            Self::Text(_) => None,
            Self::Table(path) | Self::Column(path, _) => Some(path),
        }
    }
}

/// What `depends(…)` names.
pub(crate) enum Dependency {
    Table(Path),
    Object(Spanned<String>),
}

/// `"citext"` or `extension(…)`.
pub(crate) struct Extension {
    pub(crate) name: Spanned<String>,
    pub(crate) namespace: Option<Spanned<String>>,
    pub(crate) version: Option<Spanned<String>>,
    pub(crate) cascade: bool,
    pub(crate) comment: Option<String>,
}

/// `collation(…)`.
pub(crate) struct Collation {
    pub(crate) name: Spanned<String>,
    pub(crate) namespace: Option<Spanned<String>>,
    /// A variant of `def::CollationProvider`.
    pub(crate) provider: &'static str,
    pub(crate) collate: Spanned<String>,
    pub(crate) ctype: Spanned<String>,
    pub(crate) nondeterministic: bool,
    pub(crate) comment: Option<String>,
}
