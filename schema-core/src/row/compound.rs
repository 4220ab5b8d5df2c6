//! Rows of more than one struct: optional parts and tuples.

use super::{FromRow, Reader, RowField, RowShape};
use crate::Error;

impl<'r, T: FromRow<'r>> FromRow<'r> for Option<T> {
    const SOURCE: &'static str = T::SOURCE;
    const FIELDS: &'static [RowField] = T::FIELDS;
    const SHAPE: RowShape = RowShape {
        optional: true,
        ..T::SHAPE
    };

    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
        reader.nested_or_null()
    }
}

macro_rules! tuples {
    ($(($($part:ident)+))+) => {
        $(impl<'r, $($part: FromRow<'r>),+> FromRow<'r> for ($($part,)+) {
            const SOURCE: &'static str = "tuple";
            const FIELDS: &'static [RowField] = &[$(RowField::nested::<$part>("")),+];

            fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
                Ok(($(reader.nested::<$part>()?,)+))
            }
        })+
    };
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
}
