//! The codes of messages about Rust types and several tables, each once: a code is one kind of mistake, which
//! `schema-kit explain` has a page about.
//!
//! A code stays what it is: one no longer used is not given to another mistake. Those of what one struct shows are the
//! derive's; those of missing traits stand in the traits' `on_unimplemented`.

/// What a message starts with, `T` and four digits of which the first two are the area.
#[derive(Clone, Copy)]
pub(crate) struct Code(&'static str);

impl Code {
    pub(crate) const fn as_str(self) -> &'static str {
        self.0
    }
}

// Keys.

/// A column of the primary key that may be NULL.
pub(crate) const NULLABLE_PRIMARY_KEY: Code = Code("T0307");
/// A key over a type with a part that PostgreSQL does not compare.
pub(crate) const NOT_COMPARABLE_WITHIN: Code = Code("T0308");
/// A key of an index method that has no operator class for its type.
pub(crate) const NOT_INDEXED: Code = Code("T0309");

// Foreign keys, with the table they reference.

/// A foreign key to a field that its table does not have.
pub(crate) const NO_SUCH_FIELD: Code = Code("T0421");
/// A foreign key of another type than the column it references.
pub(crate) const TYPES_DIFFER: Code = Code("T0422");
/// A foreign key that holds ids of another table than it references.
pub(crate) const ID_OF_OTHER_TABLE: Code = Code("T0423");
/// A foreign key to columns that are not unique.
pub(crate) const NOT_UNIQUE: Code = Code("T0424");
/// A foreign key to columns that are unique only at the end of a transaction.
pub(crate) const UNIQUE_DEFERRABLE: Code = Code("T0425");
/// A foreign key to the primary key of a table without one.
pub(crate) const NO_PRIMARY_KEY: Code = Code("T0426");
/// A foreign key with more or fewer columns than the primary key it references.
pub(crate) const PRIMARY_KEY_COUNT: Code = Code("T0427");
/// `set_null` on a column that is never NULL.
pub(crate) const SET_NULL: Code = Code("T0428");
/// `set_default` on a column without a default.
pub(crate) const SET_DEFAULT: Code = Code("T0429");
/// A foreign key over an array whose elements have a length or precision.
pub(crate) const BOUNDED_ARRAY: Code = Code("T0430");
/// A foreign key over a domain of an enum type.
pub(crate) const DOMAIN_OF_ENUM: Code = Code("T0431");

// Types, defaults, identity and storage.

/// A Rust type in a column that does not hold it.
pub(crate) const MISFIT: Code = Code("T0512");
/// An `Option` of an `Option`, or a list of lists, in one column.
pub(crate) const NESTED: Code = Code("T0513");
/// A column too short for a text of its enum.
pub(crate) const ENUM_TEXT_TOO_LONG: Code = Code("T0514");
/// A raw value without its SQL type.
pub(crate) const WITHOUT_TYPE: Code = Code("T0516");
/// A default of another kind than its column.
pub(crate) const DEFAULT_KIND: Code = Code("T0521");
/// A default longer than its column.
pub(crate) const DEFAULT_TOO_LONG: Code = Code("T0522");
/// A default with more or fewer bits than its column.
pub(crate) const DEFAULT_BITS: Code = Code("T0523");
/// A default out of its column's range.
pub(crate) const DEFAULT_OUT_OF_RANGE: Code = Code("T0524");
/// A default that is no text of its column's enum.
pub(crate) const DEFAULT_UNKNOWN_TEXT: Code = Code("T0525");
/// A default in a form that its column does not read.
pub(crate) const DEFAULT_MALFORMED: Code = Code("T0526");
/// An identity column that is no integer.
pub(crate) const IDENTITY_TYPE: Code = Code("T0551");
/// An identity column that may be NULL.
pub(crate) const IDENTITY_NULLABLE: Code = Code("T0552");
/// A collation of a type that has none.
pub(crate) const COLLATION: Code = Code("T0553");
/// A storage of a type that is always stored plain.
pub(crate) const STORAGE: Code = Code("T0554");
/// A compression of a type that is never compressed.
pub(crate) const COMPRESSION: Code = Code("T0555");

// Tables of one schema.

/// A table that a schema lists under two paths.
pub(crate) const LISTED_TWICE: Code = Code("T0711");
/// Two tables of one name.
pub(crate) const TABLE_NAME_TAKEN: Code = Code("T0712");
/// An index or key with a name that another table uses.
pub(crate) const NAME_TAKEN: Code = Code("T0713");
/// A foreign key to a table that the schema does not list.
pub(crate) const NOT_LISTED: Code = Code("T0714");
/// A type of an extension that the schema does not list.
pub(crate) const EXTENSION_NOT_LISTED: Code = Code("T0715");
/// A type with the name of a table, a view or another type.
pub(crate) const TYPE_NAME_TAKEN: Code = Code("T0716");

// Domains.

/// A domain over an `Option`.
pub(crate) const NULLABLE_DOMAIN: Code = Code("T0811");

// Views, with what they read.

/// A view's field of another type than the column its query gives.
pub(crate) const VIEW_MISFIT: Code = Code("T1321");
/// A view's field of another table's ids than the column its query gives.
pub(crate) const VIEW_ID: Code = Code("T1322");
/// A view's field that is never NULL, for a column that may be.
pub(crate) const VIEW_NULL: Code = Code("T1323");
/// A view of what the schema does not list.
pub(crate) const READS_UNLISTED: Code = Code("T1324");
/// A view that reads itself, or views that read each other.
pub(crate) const VIEW_CIRCLE: Code = Code("T1325");
/// A materialized view filled from one that has no rows to read yet.
pub(crate) const VIEW_UNFILLED: Code = Code("T1326");

// Partitions.

/// A literal in the bound of a partition that its column does not take.
pub(crate) const BOUND_VALUE: Code = Code("T1420");
/// NULL in the bound of a partition whose column has a domain that is NOT NULL.
pub(crate) const BOUND_NULL: Code = Code("T1421");

// `sql!`.

/// A statement with a field that its table does not have.
pub(crate) const NO_SUCH_COLUMN: Code = Code("T1011");
/// A statement that gives more or fewer columns than its row reads.
pub(crate) const ROW_COUNT: Code = Code("T1017");
/// A statement that gives columns in another order than its row reads them.
pub(crate) const ROW_ORDER: Code = Code("T1018");
/// A result of a type that its field does not read.
pub(crate) const ROW_TYPE: Code = Code("T1019");
/// A result that is an id of another table than its field.
pub(crate) const ROW_ID: Code = Code("T1020");
/// A result that may be NULL, read into a field that may not.
pub(crate) const ROW_NULL: Code = Code("T1021");

// What `schema!` has beside tables.

/// A sequence that never leaves its first number.
pub(crate) const SEQUENCE_INCREMENT: Code = Code("T1541");
/// A limit of a sequence that its type does not hold.
pub(crate) const SEQUENCE_OUT_OF_TYPE: Code = Code("T1542");
/// A sequence whose smallest number is not below its largest.
pub(crate) const SEQUENCE_EMPTY: Code = Code("T1543");
/// A sequence that starts outside of its limits.
pub(crate) const SEQUENCE_START: Code = Code("T1544");
/// A sequence that takes less than one number at a time.
pub(crate) const SEQUENCE_CACHE: Code = Code("T1545");
/// A sequence with the name of a table, view, index or constraint.
pub(crate) const SEQUENCE_NAME_TAKEN: Code = Code("T1546");
/// A sequence of a column in another namespace.
pub(crate) const SEQUENCE_OWNER_NAMESPACE: Code = Code("T1547");
/// An object or sequence that names a table the schema does not list.
pub(crate) const OBJECT_TABLE_NOT_LISTED: Code = Code("T1548");
/// A type or operator class of an extension that lies where statements do not look.
pub(crate) const EXTENSION_ELSEWHERE: Code = Code("T1549");
/// An object called by a keyword without quotes.
pub(crate) const OBJECT_KEYWORD: Code = Code("T1550");
