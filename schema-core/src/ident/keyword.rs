//! The keywords of PostgreSQL 18 that are more than plain names.
//!
//! The list follows `src/include/parser/kwlist.h`: every keyword that is not `UNRESERVED_KEYWORD`. Words that only newer
//! servers know are quoted for older ones too, so the same definitions give the same text everywhere.

/// What a keyword may still be used for without quotes ([SQL Key Words](https://www.postgresql.org/docs/18/sql-keywords-appendix.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// A column or table, but no function or type (`COL_NAME_KEYWORD`).
    ColumnName,
    /// A function or type, but no column or table (`TYPE_FUNC_NAME_KEYWORD`).
    TypeOrFunctionName,
    /// Nothing (`RESERVED_KEYWORD`).
    Reserved,
}

/// Finds the category of a lower-case word; `None` for plain names and unreserved keywords.
pub(super) fn category(word: &str) -> Option<Category> {
    KEYWORDS
        .binary_search_by(|(keyword, _)| (*keyword).cmp(word))
        .ok()
        .map(|index| KEYWORDS[index].1)
}

/// Whether the server takes a word for the name of something new; of a function where it is one. Nothing is allocated, so
/// that constants can ask.
pub(crate) const fn is_name(word: &str, of_function: bool) -> bool {
    let mut i = 0;
    while i < KEYWORDS.len() {
        let (keyword, category) = KEYWORDS[i];
        if keyword.eq_ignore_ascii_case(word) {
            return match category {
                Category::ColumnName => !of_function,
                Category::TypeOrFunctionName => of_function,
                Category::Reserved => false,
            };
        }
        i += 1;
    }
    true
}

use Category::{ColumnName as C, Reserved as R, TypeOrFunctionName as T};

/// In ASCII order.
#[rustfmt::skip]
const KEYWORDS: &[(&str, Category)] = &[
    ("all", R), ("analyse", R), ("analyze", R), ("and", R), ("any", R), ("array", R), ("as", R),
    ("asc", R), ("asymmetric", R), ("authorization", T), ("between", C), ("bigint", C),
    ("binary", T), ("bit", C), ("boolean", C), ("both", R), ("case", R), ("cast", R), ("char", C),
    ("character", C), ("check", R), ("coalesce", C), ("collate", R), ("collation", T),
    ("column", R), ("concurrently", T), ("constraint", R), ("create", R), ("cross", T),
    ("current_catalog", R), ("current_date", R), ("current_role", R), ("current_schema", T),
    ("current_time", R), ("current_timestamp", R), ("current_user", R), ("dec", C),
    ("decimal", C), ("default", R), ("deferrable", R), ("desc", R), ("distinct", R), ("do", R),
    ("else", R), ("end", R), ("except", R), ("exists", C), ("extract", C), ("false", R),
    ("fetch", R), ("float", C), ("for", R), ("foreign", R), ("freeze", T), ("from", R),
    ("full", T), ("grant", R), ("greatest", C), ("group", R), ("grouping", C), ("having", R),
    ("ilike", T), ("in", R), ("initially", R), ("inner", T), ("inout", C), ("int", C),
    ("integer", C), ("intersect", R), ("interval", C), ("into", R), ("is", T), ("isnull", T),
    ("join", T), ("json", C), ("json_array", C), ("json_arrayagg", C), ("json_exists", C),
    ("json_object", C), ("json_objectagg", C), ("json_query", C), ("json_scalar", C),
    ("json_serialize", C), ("json_table", C), ("json_value", C), ("lateral", R), ("leading", R),
    ("least", C), ("left", T), ("like", T), ("limit", R), ("localtime", R), ("localtimestamp", R),
    ("merge_action", C), ("national", C), ("natural", T), ("nchar", C), ("none", C),
    ("normalize", C), ("not", R), ("notnull", T), ("null", R), ("nullif", C), ("numeric", C),
    ("offset", R), ("on", R), ("only", R), ("or", R), ("order", R), ("out", C), ("outer", T),
    ("overlaps", T), ("overlay", C), ("placing", R), ("position", C), ("precision", C),
    ("primary", R), ("real", C), ("references", R), ("returning", R), ("right", T), ("row", C),
    ("select", R), ("session_user", R), ("setof", C), ("similar", T), ("smallint", C),
    ("some", R), ("substring", C), ("symmetric", R), ("system_user", R), ("table", R),
    ("tablesample", T), ("then", R), ("time", C), ("timestamp", C), ("to", R), ("trailing", R),
    ("treat", C), ("trim", C), ("true", R), ("union", R), ("unique", R), ("user", R),
    ("using", R), ("values", C), ("varchar", C), ("variadic", R), ("verbose", T), ("when", R),
    ("where", R), ("window", R), ("with", R), ("xmlattributes", C), ("xmlconcat", C),
    ("xmlelement", C), ("xmlexists", C), ("xmlforest", C), ("xmlnamespaces", C), ("xmlparse", C),
    ("xmlpi", C), ("xmlroot", C), ("xmlserialize", C), ("xmltable", C),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keywords_are_sorted_for_the_binary_search() {
        assert!(KEYWORDS.is_sorted_by(|left, right| left.0 < right.0));
    }
}
