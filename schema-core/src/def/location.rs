//! Where in the user's source a definition stands.

/// Where a definition stands in the user's source, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// The struct's or enum's name as written.
    pub rust_name: &'static str,
    /// The file, as rustc was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, in characters, counted from 1.
    pub column: u32,
}

impl Location {
    /// A struct or enum that is declared where this is called.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::def::Location;
    ///
    /// const HERE: Location = Location::of("User");
    /// assert_eq!((HERE.file, HERE.line), (file!(), line!() - 1));
    /// ```
    #[track_caller]
    #[must_use]
    pub const fn of(rust_name: &'static str) -> Self {
        let caller = std::panic::Location::caller();
        Self {
            rust_name,
            file: caller.file(),
            line: caller.line(),
            column: caller.column(),
        }
    }
}

/// Where something is declared, in the file of the struct it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, in characters, counted from 1.
    pub column: u32,
}

impl Position {
    /// The caller's. The derive gives its calls the place of the user's words; no token is spent on it.
    #[track_caller]
    #[must_use]
    pub const fn here() -> Self {
        let caller = std::panic::Location::caller();
        Self {
            line: caller.line(),
            column: caller.column(),
        }
    }
}
