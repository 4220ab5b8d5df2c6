//! The Rust types a statement's columns give its parameters and its rows.
//!
//! A column's type is that of the struct's field, inferred from a closure that reaches for it. The closure's argument
//! is [`Checked`] first: a field that does not exist gets our message and nothing else.

use std::marker::PhantomData;

use crate::Table;

/// A table whose column was found: `N` is what the check gave. Where it gave an error, there is no type, and so no
/// error about its fields.
pub trait Checked<const N: usize> {
    /// The table's struct.
    type Row;
}

impl<T: Table> Checked<0> for T {
    type Row = T;
}

/// A column of the Rust type `C`.
#[derive(Debug)]
pub struct Column<C>(PhantomData<fn() -> C>);

impl<C> Clone for Column<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Column<C> {}

impl<C> Column<C> {
    /// The column behind a field.
    #[must_use]
    pub const fn of<T>(_: fn(&T) -> &C) -> Self {
        Self(PhantomData)
    }

    /// A result whose type the user gave.
    #[must_use]
    pub const fn given() -> Self {
        Self(PhantomData)
    }
}

impl<C> Column<Option<C>> {
    /// The column on the nullable side of an outer join: it is nullable already.
    #[must_use]
    pub const fn outer(self) -> Self {
        self
    }
}

/// `outer` of a column that is not nullable: a method of a trait comes after that of the type.
pub trait OuterColumn<C>: Sized {
    /// The column on the nullable side of an outer join.
    #[must_use]
    fn outer(self) -> Column<Option<C>> {
        Column(PhantomData)
    }
}

impl<C> OuterColumn<C> for Column<C> {}

/// A parameter that is compared with a column of type `C`; an `Option` may be NULL.
#[diagnostic::on_unimplemented(
    message = "[T1012] a parameter of type `{Self}` is compared with a column of type `{C}`",
    label = "in this statement",
    note = "pass `{C}`, a reference to it or an `Option` of it"
)]
pub trait ComparedWith<C> {}

/// A parameter that holds many values of a column of type `C`, for `= any(…)`.
#[diagnostic::on_unimplemented(
    message = "[T1013] a parameter of type `{Self}` is no list of a column's `{C}`",
    label = "in this statement",
    note = "`= any(…)` takes a `Vec` or a slice of the column's type"
)]
pub trait AnyOf<C> {}

/// A parameter that is written into a column of type `C`.
#[diagnostic::on_unimplemented(
    message = "[T1014] a parameter of type `{Self}` is written into a column of type `{C}`",
    label = "in this statement",
    note = "pass `{C}` or a reference to it; only a column of an `Option` takes an `Option`"
)]
pub trait AssignedTo<C> {}

// No two of these overlap: a type cannot be an `Option` of itself, nor a reference to itself.
macro_rules! holds {
    ($($trait:ident { $([$($generic:ident)?] $param:ty => $column:ty),+ $(,)? })+) => {
        // A list of what else holds would only hide what is wrong.
        $($(#[diagnostic::do_not_recommend] impl$(<$generic>)? $trait<$column> for $param {})+)+
    };
}

holds! {
    ComparedWith {
        [T] T => T, [T] T => Option<T>, [T] &T => T, [T] &T => Option<T>,
        [T] Option<T> => T, [T] Option<&T> => T, [T] Option<&T> => Option<T>,
        [] &str => String, [] &str => Option<String>, [] Option<&str> => String, [] Option<&str> => Option<String>,
        [T] &[T] => Vec<T>, [T] &[T] => Option<Vec<T>>, [T] Option<&[T]> => Vec<T>, [T] Option<&[T]> => Option<Vec<T>>,
    }
    AssignedTo {
        [T] T => T, [T] T => Option<T>, [T] &T => T, [T] &T => Option<T>, [T] Option<&T> => Option<T>,
        [] &str => String, [] &str => Option<String>, [] Option<&str> => Option<String>,
        [T] &[T] => Vec<T>, [T] &[T] => Option<Vec<T>>, [T] Option<&[T]> => Option<Vec<T>>,
    }
    AnyOf {
        [T] Vec<T> => T, [T] Vec<T> => Option<T>, [T] &Vec<T> => T, [T] &Vec<T> => Option<T>,
        [T] &[T] => T, [T] &[T] => Option<T>,
        [] Vec<&str> => String, [] Vec<&str> => Option<String>, [] &[&str] => String, [] &[&str] => Option<String>,
    }
}

/// Checks the type of a parameter that is compared with a column.
pub const fn compared<C, P: ComparedWith<C>>(_: Column<C>, _: &P) {}

/// Checks the type of a parameter in `= any(…)`.
pub const fn compared_with_any<C, P: AnyOf<C>>(_: Column<C>, _: &P) {}

/// Checks the type of a parameter that is written into a column.
pub const fn assigned<C, P: AssignedTo<C>>(_: Column<C>, _: &P) {}
