//! The codes of all messages, each once: a code is one kind of mistake, which `schema-kit explain` has a page about.
//!
//! A code stays what it is: one no longer used is not given to another mistake. What is wrong with a Rust type or
//! between two tables has its codes in `verify::code` of the library.

use std::fmt;

/// What a message starts with, `T` and four digits of which the first two are the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(&'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.0)
    }
}

// Words and their form.

/// A word this place does not know.
pub(crate) const UNKNOWN_WORD: Code = Code("T0101");
/// A word of the struct on a field, or the other way around.
pub(crate) const MISPLACED_WORD: Code = Code("T0102");
/// A word that stands twice.
pub(crate) const DUPLICATE_WORD: Code = Code("T0103");
/// A value its word does not know.
pub(crate) const UNKNOWN_VALUE: Code = Code("T0104");
/// A word in another form than it has.
pub(crate) const WRONG_FORM: Code = Code("T0105");
/// Something else stands here than was expected.
pub(crate) const UNEXPECTED: Code = Code("T0106");
/// Something stands behind a complete entry.
pub(crate) const MISSING_COMMA: Code = Code("T0107");
/// Nothing stands before a comma.
pub(crate) const STRAY_COMMA: Code = Code("T0108");
/// An attribute that says nothing.
pub(crate) const EMPTY_ATTRIBUTE: Code = Code("T0109");
/// An attribute with `=` in place of parentheses.
pub(crate) const ATTRIBUTE_WITH_VALUE: Code = Code("T0110");
/// A list that names no columns.
pub(crate) const NO_COLUMNS_NAMED: Code = Code("T0111");
/// A key that stands behind a flag.
pub(crate) const KEY_BEHIND_FLAG: Code = Code("T0112");
/// A key on a field that names other columns.
pub(crate) const KEY_OF_OTHER_COLUMNS: Code = Code("T0113");
/// Two words on one field that exclude each other.
pub(crate) const EXCLUSIVE_WORDS: Code = Code("T0114");
/// A word beside `skip`.
pub(crate) const WORD_BESIDE_SKIP: Code = Code("T0115");
/// Input that cannot be read as Rust.
pub(crate) const MALFORMED: Code = Code("T0116");
/// SQL text that is empty.
pub(crate) const EMPTY_SQL: Code = Code("T0121");
/// A brace without its partner in SQL text.
pub(crate) const UNPAIRED_BRACE: Code = Code("T0122");
/// A placeholder that names nothing.
pub(crate) const EMPTY_PLACEHOLDER: Code = Code("T0123");
/// A NUL character in a text.
pub(crate) const NUL_CHARACTER: Code = Code("T0124");
/// A lint rule that does not exist.
pub(crate) const UNKNOWN_LINT_RULE: Code = Code("T0131");
/// An `allow` that names no rule.
pub(crate) const ALLOW_WITHOUT_RULE: Code = Code("T0132");
/// An `allow` without a reason.
pub(crate) const ALLOW_WITHOUT_REASON: Code = Code("T0133");
/// A lint rule that is allowed twice in one place.
pub(crate) const RULE_ALLOWED_TWICE: Code = Code("T0134");

// What a derive stands on, and its fields.

/// A derive on something else than a struct with named fields.
pub(crate) const NOT_A_STRUCT: Code = Code("T0201");
/// A derive on something else than an enum.
pub(crate) const NOT_AN_ENUM: Code = Code("T0202");
/// A derive on a generic type.
pub(crate) const GENERIC_TYPE: Code = Code("T0203");
/// A table without columns.
pub(crate) const NO_COLUMNS: Code = Code("T0204");
/// A table with more than 1600 columns.
pub(crate) const TOO_MANY_COLUMNS: Code = Code("T0205");
/// Two fields that are one column.
pub(crate) const COLUMN_TWICE: Code = Code("T0206");
/// A column with the name of a system column.
pub(crate) const SYSTEM_COLUMN: Code = Code("T0207");
/// A field with `skip` that is named as a column.
pub(crate) const SKIPPED_COLUMN: Code = Code("T0208");
/// A column the struct does not have.
pub(crate) const UNKNOWN_COLUMN: Code = Code("T0209");

// Keys, indexes, checks and exclusion constraints.

/// A table without a primary key.
pub(crate) const NO_PRIMARY_KEY: Code = Code("T0301");
/// A table with two primary keys.
pub(crate) const TWO_PRIMARY_KEYS: Code = Code("T0302");
/// `no_primary_key` beside a primary key.
pub(crate) const KEY_DENIED: Code = Code("T0303");
/// A column that stands twice in a key.
pub(crate) const KEY_COLUMN_TWICE: Code = Code("T0304");
/// A key of more than 32 columns.
pub(crate) const TOO_MANY_KEY_COLUMNS: Code = Code("T0305");
/// A key over values PostgreSQL does not compare.
pub(crate) const NOT_COMPARABLE: Code = Code("T0306");
/// An index method that makes no unique index.
pub(crate) const METHOD_NOT_UNIQUE: Code = Code("T0311");
/// An index method that takes no included columns.
pub(crate) const METHOD_WITHOUT_INCLUDE: Code = Code("T0312");
/// An index method that makes no exclusion constraint.
pub(crate) const METHOD_WITHOUT_EXCLUSION: Code = Code("T0313");
/// An index method that takes one key.
pub(crate) const METHOD_OF_ONE_KEY: Code = Code("T0314");
/// An index method that keeps no order.
pub(crate) const METHOD_WITHOUT_ORDER: Code = Code("T0315");
/// A storage parameter that an index method does not have.
pub(crate) const NO_SUCH_PARAMETER: Code = Code("T0316");
/// A storage parameter that is to have a value which it does not take.
pub(crate) const PARAMETER_VALUE: Code = Code("T0317");
/// An element of an exclusion constraint without an operator.
pub(crate) const ELEMENT_WITHOUT_OPERATOR: Code = Code("T0318");
/// A check of none or several conditions.
pub(crate) const NOT_ONE_CONDITION: Code = Code("T0319");

// Foreign keys, as one struct shows them.

/// A word of a foreign key without `references`.
pub(crate) const WITHOUT_REFERENCES: Code = Code("T0401");
/// A foreign key without its columns or its table.
pub(crate) const INCOMPLETE_FOREIGN_KEY: Code = Code("T0402");
/// Columns behind an action of `on_update`.
pub(crate) const ON_UPDATE_COLUMNS: Code = Code("T0403");
/// A foreign key with more or fewer columns than it references.
pub(crate) const COLUMN_COUNT: Code = Code("T0404");
/// A field that is referenced twice by one foreign key.
pub(crate) const REFERENCED_TWICE: Code = Code("T0405");
/// An action on a column of another foreign key.
pub(crate) const ACTION_OF_OTHER_COLUMN: Code = Code("T0406");
/// An action that would write a generated column.
pub(crate) const ACTION_ON_GENERATED: Code = Code("T0407");

// Types, defaults and generated columns, as written.

/// An SQL type that is not known.
pub(crate) const UNKNOWN_SQL_TYPE: Code = Code("T0501");
/// A text that names no SQL type.
pub(crate) const EMPTY_SQL_TYPE: Code = Code("T0502");
/// An SQL type spelled with two words.
pub(crate) const TYPE_OF_TWO_WORDS: Code = Code("T0503");
/// An array with a length.
pub(crate) const ARRAY_LENGTH: Code = Code("T0504");
/// An array of arrays.
pub(crate) const NESTED_ARRAY: Code = Code("T0505");
/// An SQL type with more or fewer numbers than it takes.
pub(crate) const TYPE_MODIFIERS: Code = Code("T0506");
/// A length, precision or scale out of range.
pub(crate) const MODIFIER_OUT_OF_RANGE: Code = Code("T0507");
/// `json` beside a type that is not JSON.
pub(crate) const JSON_INTO_OTHER_TYPE: Code = Code("T0508");
/// A literal with a suffix.
pub(crate) const LITERAL_SUFFIX: Code = Code("T0531");
/// An integer past 128 bits.
pub(crate) const INTEGER_PAST_128_BITS: Code = Code("T0532");
/// A default that names a column.
pub(crate) const DEFAULT_NAMES_COLUMN: Code = Code("T0533");
/// A statistics target out of range.
pub(crate) const STATISTICS_TARGET: Code = Code("T0534");
/// A generated column computed from another one.
pub(crate) const GENERATED_OF_GENERATED: Code = Code("T0541");

// Names.

/// An empty name.
pub(crate) const EMPTY_NAME: Code = Code("T0601");
/// A name of more than 63 bytes.
pub(crate) const NAME_TOO_LONG: Code = Code("T0602");
/// A namespace of PostgreSQL's own.
pub(crate) const RESERVED_NAMESPACE: Code = Code("T0603");
/// Two constraints of one name.
pub(crate) const CONSTRAINT_NAME_TWICE: Code = Code("T0604");
/// An index or key with the name of its table.
pub(crate) const NAME_OF_TABLE: Code = Code("T0605");
/// Two indexes of one name.
pub(crate) const INDEX_NAME_TWICE: Code = Code("T0606");

// `schema!`.

/// A table that stands twice in a schema.
pub(crate) const TABLE_LISTED_TWICE: Code = Code("T0701");
/// An extension that stands twice in a schema.
pub(crate) const EXTENSION_LISTED_TWICE: Code = Code("T0702");
/// A schema in another form than `static NAME = [Table, …];`.
pub(crate) const SCHEMA_FORM: Code = Code("T0703");

// Enums, domains, composite types and bit flags.

/// An enum without variants.
pub(crate) const NO_VARIANTS: Code = Code("T0801");
/// A variant that holds values.
pub(crate) const VARIANT_WITH_VALUES: Code = Code("T0802");
/// Two variants of one text.
pub(crate) const TEXT_TWICE: Code = Code("T0803");
/// Bit flags that are no struct.
pub(crate) const FLAGS_SHAPE: Code = Code("T0804");
/// A domain that is no struct of one field.
pub(crate) const DOMAIN_SHAPE: Code = Code("T0805");
/// A composite type without attributes.
pub(crate) const NO_ATTRIBUTES: Code = Code("T0806");
/// A composite type with more than 1600 attributes.
pub(crate) const TOO_MANY_ATTRIBUTES: Code = Code("T0807");
/// Two attributes of one name.
pub(crate) const ATTRIBUTE_TWICE: Code = Code("T0808");
/// A placeholder in a domain.
pub(crate) const DOMAIN_PLACEHOLDER: Code = Code("T0809");

// `FromRow`.

/// A row without fields.
pub(crate) const NO_FIELDS: Code = Code("T0901");
/// A row with two lifetimes.
pub(crate) const TWO_LIFETIMES: Code = Code("T0902");
/// A word beside `nested`.
pub(crate) const WORD_BESIDE_NESTED: Code = Code("T0903");

// `sql!`.

/// Something else than a statement in quotes.
pub(crate) const NOT_A_STATEMENT: Code = Code("T1001");
/// Something behind the statement.
pub(crate) const BEHIND_STATEMENT: Code = Code("T1002");
/// A parameter that is no Rust expression.
pub(crate) const NOT_AN_EXPRESSION: Code = Code("T1003");
/// A placeholder that is no table, column or result.
pub(crate) const NOT_A_PLACEHOLDER: Code = Code("T1004");
/// A placeholder inside quotes or a comment.
pub(crate) const QUOTED_PLACEHOLDER: Code = Code("T1005");
/// An alias of two tables.
pub(crate) const ALIAS_TWICE: Code = Code("T1006");
/// An alias of no table.
pub(crate) const UNKNOWN_ALIAS: Code = Code("T1007");
/// A result without a Rust type.
pub(crate) const UNTYPED_RESULT: Code = Code("T1008");
/// Two results of one name.
pub(crate) const RESULT_TWICE: Code = Code("T1009");
/// A row of the user's that borrows.
pub(crate) const ROW_BORROWS: Code = Code("T1010");

// Partitioned tables.

/// An index of a partitioned table made concurrently.
pub(crate) const PARTITIONED_CONCURRENTLY: Code = Code("T1101");
/// An exclusion constraint of a partitioned table.
pub(crate) const PARTITIONED_EXCLUSION: Code = Code("T1102");
/// An unchecked foreign key of a partitioned table.
pub(crate) const PARTITIONED_NOT_VALID: Code = Code("T1103");
/// A check of a partitioned table that its partitions lack.
pub(crate) const PARTITIONED_NO_INHERIT: Code = Code("T1104");
/// A `list` of several partition keys.
pub(crate) const LIST_OF_SEVERAL: Code = Code("T1105");
/// A partition key with an order.
pub(crate) const PARTITION_KEY_ORDER: Code = Code("T1106");
/// A partition key that is generated.
pub(crate) const PARTITION_KEY_GENERATED: Code = Code("T1107");
/// A key without a column of the partition key.
pub(crate) const KEY_LACKS_PARTITION_KEY: Code = Code("T1108");
/// A key in a table partitioned by an expression.
pub(crate) const KEY_BESIDE_EXPRESSION: Code = Code("T1109");

// Policies.

/// A policy without a name.
pub(crate) const POLICY_WITHOUT_NAME: Code = Code("T1201");
/// Two policies of one name.
pub(crate) const POLICY_NAME_TWICE: Code = Code("T1202");
/// `using` in a policy for `insert`.
pub(crate) const INSERT_USING: Code = Code("T1203");
/// `with_check` in a policy for `select` or `delete`.
pub(crate) const READ_WITH_CHECK: Code = Code("T1204");

// Views.

/// A word of tables that a view has no use for.
pub(crate) const NOT_OF_VIEWS: Code = Code("T1301");
/// A word of materialized views on a plain one.
pub(crate) const STORED_ALONE: Code = Code("T1302");
/// A word of plain views on a materialized one.
pub(crate) const PLAIN_ALONE: Code = Code("T1303");
/// An option or storage parameter that there is none of.
pub(crate) const UNKNOWN_OPTION: Code = Code("T1304");
/// An option that is neither on nor off.
pub(crate) const OPTION_VALUE: Code = Code("T1305");
/// `check_option` inside `with(…)`.
pub(crate) const CHECK_OPTION_PLACE: Code = Code("T1306");
/// A view without a query.
pub(crate) const NO_QUERY: Code = Code("T1307");
/// A view of another statement than a query.
pub(crate) const NOT_A_QUERY: Code = Code("T1308");
/// A semicolon in a view's query.
pub(crate) const QUERY_SEMICOLON: Code = Code("T1309");
/// A view's query that writes.
pub(crate) const QUERY_WRITES: Code = Code("T1310");
/// A parameter in a view's query.
pub(crate) const QUERY_PARAMETER: Code = Code("T1311");
/// A result with a Rust type in a view's query.
pub(crate) const TYPED_RESULT: Code = Code("T1312");
/// A view that reads itself by name.
pub(crate) const READS_ITSELF: Code = Code("T1313");
/// `check_option` on a view that nothing is written through.
pub(crate) const NOT_UPDATABLE: Code = Code("T1314");
/// A view with more or fewer fields than results.
pub(crate) const RESULT_COUNT: Code = Code("T1315");
/// A view whose fields are in another order than its results.
pub(crate) const RESULT_ORDER: Code = Code("T1316");
/// A `depends` that names nothing.
pub(crate) const EMPTY_DEPENDS: Code = Code("T1317");

// Partitions.

/// Partitions of what is not partitioned.
pub(crate) const PARTITION_OF_WHOLE_TABLE: Code = Code("T1401");
/// A partition without a name.
pub(crate) const PARTITION_WITHOUT_NAME: Code = Code("T1402");
/// A partition without a bound, or with half of one.
pub(crate) const PARTITION_WITHOUT_BOUND: Code = Code("T1403");
/// A partition with two bounds.
pub(crate) const TWO_BOUNDS: Code = Code("T1404");
/// A bound of another strategy than the table is partitioned by.
pub(crate) const BOUND_OF_OTHER_STRATEGY: Code = Code("T1405");
/// A bound with more or fewer values than the partition key has columns.
pub(crate) const BOUND_VALUE_COUNT: Code = Code("T1406");
/// A value behind the end of a range.
pub(crate) const BEHIND_RANGE_END: Code = Code("T1407");
/// NULL in the bound of a range.
pub(crate) const NULL_IN_RANGE: Code = Code("T1408");
/// The end of a range in a list.
pub(crate) const RANGE_END_IN_LIST: Code = Code("T1409");
/// A bound that names a column.
pub(crate) const COLUMN_IN_BOUND: Code = Code("T1410");
/// A range without values.
pub(crate) const EMPTY_RANGE: Code = Code("T1411");
/// Two partitions for one row.
pub(crate) const PARTITIONS_OVERLAP: Code = Code("T1412");
/// A value in two lists.
pub(crate) const VALUE_IN_TWO_PARTITIONS: Code = Code("T1413");
/// Two default partitions.
pub(crate) const TWO_DEFAULT_PARTITIONS: Code = Code("T1414");
/// A remainder that its modulus never leaves.
pub(crate) const REMAINDER_OUT_OF_RANGE: Code = Code("T1415");
/// Moduli of which the smaller is no factor of the larger.
pub(crate) const MODULI_DO_NOT_FIT: Code = Code("T1416");
/// A number of partitions that cannot be.
pub(crate) const PARTITION_COUNT: Code = Code("T1417");
/// A partition beside those that are made by their number.
pub(crate) const PARTITION_BESIDE_COUNT: Code = Code("T1418");
/// A partition by the name of its table, of an index or of another partition.
pub(crate) const PARTITION_NAME_TAKEN: Code = Code("T1419");
// What `schema!` has beside tables.

/// A sequence, extension or collation without a name.
pub(crate) const OBJECT_WITHOUT_NAME: Code = Code("T1511");
/// A value that stands without its word.
pub(crate) const LOOSE_VALUE: Code = Code("T1512");
/// A sequence, collation or object that stands twice in a schema.
pub(crate) const OBJECT_LISTED_TWICE: Code = Code("T1513");
/// A sequence of a type that is no integer.
pub(crate) const SEQUENCE_TYPE: Code = Code("T1514");
/// A number of a sequence past 64 bits.
pub(crate) const SEQUENCE_PAST_64_BITS: Code = Code("T1515");
/// `identity(…)` that does not say once when a number is made.
pub(crate) const IDENTITY_GENERATION: Code = Code("T1516");
/// An object without SQL text, or with two.
pub(crate) const OBJECT_TEXT: Code = Code("T1517");
/// `before(…)` with another object in it.
pub(crate) const BEFORE_OBJECT: Code = Code("T1518");
/// `kind` without `name`, or the other way around.
pub(crate) const KIND_WITHOUT_NAME: Code = Code("T1519");
/// A placeholder that is no table and no column.
pub(crate) const NO_TABLE_OR_COLUMN: Code = Code("T1520");
/// A `CREATE` without its name, arguments or table.
pub(crate) const OBJECT_HEAD: Code = Code("T1521");
/// SQL text that does not say what it creates.
pub(crate) const OBJECT_KIND: Code = Code("T1522");
/// SQL text that creates what has words of its own.
pub(crate) const OBJECT_ELSEWHERE: Code = Code("T1523");
/// A dependency on an object that the schema does not have.
pub(crate) const UNKNOWN_OBJECT: Code = Code("T1524");
/// Objects that need each other.
pub(crate) const OBJECT_CIRCLE: Code = Code("T1525");
/// A collation without its locale, or with two.
pub(crate) const COLLATION_LOCALE: Code = Code("T1526");
/// An option of a collation that its provider does not have.
pub(crate) const COLLATION_PROVIDER: Code = Code("T1527");
