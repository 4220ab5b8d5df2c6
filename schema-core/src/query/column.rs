//! The Rust types a statement's columns give its parameters and its rows.
//!
//! A column's type is that of the struct's field, inferred from a closure that reaches for it. The closure's argument
//! is [`Checked`] first: a field that does not exist gets our message and nothing else.

use std::marker::PhantomData;

use postgres_types::ToSql;

use crate::{FromRow, relation::Relation};

/// A table or view whose column was found: `N` is what the check gave. Where it gave an error, there is no type, and so no
/// error about its fields.
pub trait Checked<const N: usize> {
    /// The table's struct.
    type Row;
}

impl<T: Relation> Checked<0> for T {
    type Row = T;
}

/// A struct a statement's rows are read as: `N` is what the check gave. Where it gave an error, there is no type, and so
/// no error about its uses.
pub trait Given<const N: usize> {
    /// The struct.
    type Row;
}

#[diagnostic::do_not_recommend]
impl<R: for<'r> FromRow<'r>> Given<0> for R {
    type Row = R;
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
pub trait ComparedWith<C>: ToSql + Sync {}

/// A parameter that holds many values of a column of type `C`, for `= any(…)`.
#[diagnostic::on_unimplemented(
    message = "[T1013] a parameter of type `{Self}` is no list of a column's `{C}`",
    label = "in this statement",
    note = "`= any(…)` takes a `Vec` or a slice of the column's type"
)]
pub trait AnyOf<C>: ToSql + Sync {}

/// A parameter that is written into a column of type `C`.
#[diagnostic::on_unimplemented(
    message = "[T1014] a parameter of type `{Self}` is written into a column of type `{C}`",
    label = "in this statement",
    note = "pass `{C}` or a reference to it; only a column of an `Option` takes an `Option`"
)]
pub trait AssignedTo<C>: ToSql + Sync {}

/// A parameter behind `LIMIT` or `OFFSET`.
#[diagnostic::on_unimplemented(
    message = "[T1016] a parameter of type `{Self}` is given to LIMIT or OFFSET, which take a BIGINT",
    label = "in this statement",
    note = "pass an `i64`, a reference to it or an `Option` of it, of which `None` is no limit"
)]
pub trait RowCount: ToSql + Sync {}

macro_rules! row_counts {
    ($($param:ty),+) => {
        $(#[diagnostic::do_not_recommend] impl RowCount for $param {})+
    };
}

row_counts!(i64, &i64, Option<i64>, Option<&i64>);

// No two of these overlap: a type cannot be an `Option` of itself, nor a reference to itself.
macro_rules! holds {
    ($($trait:ident { $([$($generic:ident)?] $param:ty => $column:ty),+ $(,)? })+) => {
        // A list of what else holds would only hide what is wrong.
        $($(
            #[diagnostic::do_not_recommend]
            impl$(<$generic>)? $trait<$column> for $param where Self: ToSql + Sync {}
        )+)+
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

// A parameter is handed on by its first check: one whose type is wrong is asked for nothing more.

/// Checks the type of a parameter that is compared with a column.
pub fn compared<C, P: ComparedWith<C>>(_: Column<C>, param: &P) -> &(dyn ToSql + Sync) {
    param
}

/// Checks the type of a parameter in `= any(…)`.
pub fn compared_with_any<C, P: AnyOf<C>>(_: Column<C>, param: &P) -> &(dyn ToSql + Sync) {
    param
}

/// Checks the type of a parameter that is written into a column.
pub fn assigned<C, P: AssignedTo<C>>(_: Column<C>, param: &P) -> &(dyn ToSql + Sync) {
    param
}

/// Checks the type of a parameter that is a number of rows.
pub fn limited<P: RowCount>(param: &P) -> &(dyn ToSql + Sync) {
    param
}
