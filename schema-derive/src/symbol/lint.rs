//! The rules of `schema-kit lint`, which `allow(…)` silences by name.

/// Every rule's name, in the order of `schema_kit::lint::rules()`: a test holds the two lists equal.
pub(crate) const LINT_RULES: [&str; 16] = [
    "unindexed_foreign_key",
    "duplicate_index",
    "redundant_index",
    "boolean_index",
    "nullable_column_in_unique_key",
    "integer_primary_key",
    "float_key",
    "varchar_without_length",
    "char_type",
    "money_type",
    "json_instead_of_jsonb",
    "timestamp_without_time_zone",
    "time_with_time_zone",
    "quoted_name",
    "policy_without_row_level_security",
    "row_level_security_without_policy",
];
