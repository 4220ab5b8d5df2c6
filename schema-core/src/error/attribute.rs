//! What can be wrong with one attribute of a composite value.

use std::{error::Error, fmt};

/// An attribute of a composite type that could not be read or written, for the reason `source()` gives.
#[derive(Debug)]
pub struct AttributeError {
    /// The composite type.
    pub composite: &'static str,
    /// The attribute.
    pub attribute: &'static str,
    /// Why not.
    pub cause: Box<dyn Error + Sync + Send>,
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            composite,
            attribute,
            ..
        } = self;
        write!(
            f,
            "attribute `{composite}.{attribute}` does not fit its field"
        )
    }
}

impl Error for AttributeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}
