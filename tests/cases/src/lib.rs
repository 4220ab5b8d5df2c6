//! The compile-fail cases' package: what they are compiled with is in its manifest, the cases are in `ui`, a link.
