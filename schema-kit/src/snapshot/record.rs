//! The facts of each object. A field that the model gains does not compile until it stands here.

use schema_core::schema::{
    Attribute, BoundValue, Check, CheckOption, Collation, CollationObject, CollationProvider,
    Column, CompositeType, Compression, Deferrable, Dependency, Domain, DomainCheck, EnumType,
    Exclusion, ExclusionElement, Extension, ForeignKey, Grant, Identity, IdentityGeneration, Index,
    IndexKey, Indexed, Namespace, NullsOrder, Object, Partition, PartitionBound, PartitionBy,
    PartitionStrategy, Policy, PolicyCommand, PrimaryKey, QualifiedName, ReferentialAction,
    ReplicaIdentity, Schema, Sequence, SequenceOptions, SortOrder, Storage, Table, Unique, View,
    ViewColumn,
};
use serde_json::{Map, Value};

use super::{
    SnapshotError,
    fact::{Fact, Place, object, read_named, read_qualified, write_named},
};

/// The fields of structs: as they are, `named`, or `qualified` by a namespace as well.
macro_rules! records {
    ($($ty:ident { $($field:ident $(: $how:ident)?),* $(,)? })*) => {
        $(impl Fact for $ty {
            fn write(&self) -> Option<Value> {
                let Self { $($field),* } = self;
                let mut object = Map::new();
                $(if let Some(value) = records!(@write $field $($how)?) {
                    object.insert(stringify!($field).to_owned(), value);
                })*
                Some(Value::Object(object))
            }

            fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
                let mut object = object(value, place)?;
                let record = Self {
                    $($field: match object.remove(stringify!($field)) {
                        Some(value) => {
                            records!(@read value, place.key(stringify!($field)), $($how)?)
                        }
                        None => Fact::absent().ok_or_else(|| {
                            place.error(concat!("lacks `", stringify!($field), "`"))
                        })?,
                    }),*
                };
                match object.keys().next() {
                    Some(key) => Err(place.key(key).error("is not known")),
                    None => Ok(record),
                }
            }
        })*
    };
    (@write $field:ident) => { $field.write() };
    (@write $field:ident $how:ident) => { write_named($field) };
    (@read $value:expr, $place:expr, ) => { Fact::read($value, $place)? };
    (@read $value:expr, $place:expr, named) => { read_named($value, $place)? };
    (@read $value:expr, $place:expr, qualified) => { read_qualified($value, $place)? };
}

records! {
    Schema {
        namespaces: named,
        extensions: named,
        collations: qualified,
        sequences: qualified,
        objects,
        enums: qualified,
        domains: qualified,
        composites: qualified,
        tables: qualified,
        views: qualified,
        privileges,
    }
    Grant { grantee, privilege, grantable }
    Namespace { name, comment }
    Extension { name, namespace, version, installed, cascade, comment }
    CollationObject { name, provider, collate, ctype, deterministic, comment }
    Sequence { name, sql_type, unlogged, options, owned_by, comment }
    SequenceOptions { start, increment, min, max, cache, cycle }
    Object {
        kind, namespace, name, arguments, table, method, sql, settings, comment, depends_on, needed_by,
    }
    QualifiedName { namespace, name }
    EnumType { name, labels, comment }
    Domain { name, sql_type, collation, not_null, default, checks: named, comment }
    DomainCheck { name, expression, not_valid, comment }
    CompositeType { name, attributes, comment }
    Attribute { name, sql_type, collation, comment }
    Collation { namespace, name }
    Table {
        name, comment, columns, primary_key, uniques: named, checks: named, exclusions: named, foreign_keys: named,
        indexes: named, partition_by, inherits, unlogged, with, replica_identity, clustered_on, row_level_security,
        force_row_level_security, policies: named,
    }
    Column {
        name, sql_type, nullable, default, generated, identity, collation, storage, compression, statistics, options,
        inherited, comment,
    }
    Identity { generation, sequence, options }
    PrimaryKey { name, columns, include, with, deferrable, comment }
    Unique { name, columns, include, nulls_not_distinct, with, deferrable, comment }
    Check { name, expression, no_inherit, not_valid, comment }
    Exclusion { name, method, elements, include, with, predicate, deferrable, comment }
    ExclusionElement { key, operator }
    ForeignKey {
        name, columns, referenced_table, referenced_columns, on_delete, on_update, match_full, deferrable, not_valid,
        comment,
    }
    Index { name, unique, nulls_not_distinct, method, keys, include, with, predicate, invalid, comment }
    IndexKey { key, order, nulls, operator_class, collation }
    PartitionBy { strategy, keys, partitions: qualified }
    View {
        name, materialized, comment, columns, query, with, check_option, method, tablespace, with_no_data,
        indexes: named, depends_on,
    }
    ViewColumn { name, comment }
    Policy { name, restrictive, command, roles, using, with_check, comment }
}

/// Choices as words; the one after `absent` is left out.
macro_rules! words {
    ($($ty:ident $(absent $absent:ident)? { $($variant:ident = $word:literal),* $(,)? })*) => {
        $(impl Fact for $ty {
            fn write(&self) -> Option<Value> {
                match self {
                    $(Self::$absent => None,)?
                    #[allow(unreachable_patterns, reason = "the absent one stands above")]
                    other => Some(match other { $(Self::$variant => $word),* }.into()),
                }
            }

            fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
                match String::read(value, place)?.as_str() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(place.error(concat!("should be one of", $(" `", $word, "`"),*))),
                }
            }

            $(fn absent() -> Option<Self> {
                Some(Self::$absent)
            })?
        })*
    };
}

words! {
    SortOrder absent Asc { Asc = "asc", Desc = "desc" }
    NullsOrder { First = "first", Last = "last" }
    Deferrable { InitiallyImmediate = "initially immediate", InitiallyDeferred = "initially deferred" }
    Storage { Plain = "plain", External = "external", Extended = "extended", Main = "main" }
    Compression { Pglz = "pglz", Lz4 = "lz4" }
    IdentityGeneration { Always = "always", ByDefault = "by default" }
    PartitionStrategy { Range = "range", List = "list", Hash = "hash" }
    CollationProvider { Builtin = "builtin", Icu = "icu", Libc = "libc" }
    CheckOption { Local = "local", Cascaded = "cascaded" }
    PolicyCommand absent All { All = "all", Select = "select", Insert = "insert", Update = "update", Delete = "delete" }
}

/// A column by its name, an expression as `{"expression": …}`.
impl Fact for Indexed {
    fn write(&self) -> Option<Value> {
        match self {
            Self::Column(name) => name.write(),
            Self::Expression(expression) => Some(tagged("expression", expression.write())),
        }
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        match tag(value, place)? {
            (name, None) => Ok(Self::Column(name)),
            (tag, Some(value)) if tag == "expression" => {
                Fact::read(value, place.key(&tag)).map(Self::Expression)
            }
            (tag, Some(_)) => Err(place.key(&tag).error("is not known")),
        }
    }
}

/// A word, or the name of an index as `{"index": …}`.
impl Fact for ReplicaIdentity {
    fn write(&self) -> Option<Value> {
        match self {
            Self::Default => None,
            Self::Full => Some("full".into()),
            Self::Nothing => Some("nothing".into()),
            Self::Index(name) => Some(tagged("index", name.write())),
        }
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        match tag(value, place)? {
            (word, None) if word == "full" => Ok(Self::Full),
            (word, None) if word == "nothing" => Ok(Self::Nothing),
            (tag, Some(value)) if tag == "index" => {
                Fact::read(value, place.key(&tag)).map(Self::Index)
            }
            (other, _) => Err(place.key(&other).error("is not known")),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Default)
    }
}

/// A partition is written as the table it is, with its bound beside.
impl Fact for Partition {
    fn write(&self) -> Option<Value> {
        let Self {
            table,
            bound,
            index_names,
        } = self;
        let Some(Value::Object(mut object)) = table.write() else {
            return None;
        };
        object.extend(bound.write().map(|bound| ("bound".to_owned(), bound)));
        let names = index_names.write();
        object.extend(names.map(|names| ("index_names".to_owned(), names)));
        Some(Value::Object(object))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let mut object = object(value, place)?;
        let Some(bound) = object.remove("bound") else {
            return Err(place.error("lacks `bound`"));
        };
        let names = object.remove("index_names");
        let names = names.map(|names| Fact::read(names, place.key("index_names")));
        Ok(Self {
            bound: Fact::read(bound, place.key("bound"))?,
            index_names: names.transpose()?.unwrap_or_default(),
            table: Fact::read(Value::Object(object), place)?,
        })
    }
}

/// The word `default`, or an object with the one key that tells the others apart.
impl Fact for PartitionBound {
    fn write(&self) -> Option<Value> {
        Some(match self {
            Self::Range { from, to } => pair("from", from.write(), "to", to.write()),
            Self::List(values) => tagged(
                "in",
                values.write().or_else(|| Some(Value::Array(Vec::new()))),
            ),
            Self::Hash { modulus, remainder } => {
                pair("modulus", modulus.write(), "remainder", remainder.write())
            }
            Self::Default => "default".into(),
        })
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        if value == "default" {
            return Ok(Self::Default);
        }
        let object = object(value, place)?;
        let mut entries = object.into_iter().collect::<Vec<_>>();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        match <[_; 2]>::try_from(entries) {
            Ok([(from, lower), (to, upper)]) if from == "from" && to == "to" => Ok(Self::Range {
                from: Fact::read(lower, place.key("from"))?,
                to: Fact::read(upper, place.key("to"))?,
            }),
            Ok([(modulus, divisor), (remainder, rest)])
                if modulus == "modulus" && remainder == "remainder" =>
            {
                Ok(Self::Hash {
                    modulus: Fact::read(divisor, place.key("modulus"))?,
                    remainder: Fact::read(rest, place.key("remainder"))?,
                })
            }
            Err(entries) => match <[_; 1]>::try_from(entries) {
                Ok([(key, values)]) if key == "in" => {
                    Fact::read(values, place.key("in")).map(Self::List)
                }
                _ => Err(place.error(BOUND)),
            },
            Ok(_) => Err(place.error(BOUND)),
        }
    }
}

/// What a bound may be.
const BOUND: &str =
    "should be `default`, or have `from` and `to`, `in`, or `modulus` and `remainder`";

/// An end of everything as a word, a value as `{"value": …}`.
impl Fact for BoundValue {
    fn write(&self) -> Option<Value> {
        Some(match self {
            Self::MinValue => "min value".into(),
            Self::MaxValue => "max value".into(),
            Self::Value(expression) => tagged("value", expression.write()),
        })
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        match tag(value, place)? {
            (word, None) if word == "min value" => Ok(Self::MinValue),
            (word, None) if word == "max value" => Ok(Self::MaxValue),
            (tag, Some(value)) if tag == "value" => {
                Fact::read(value, place.key(&tag)).map(Self::Value)
            }
            (other, _) => Err(place.key(&other).error("is not known")),
        }
    }
}

/// The table and the column, as an object with one key each.
impl Fact for (QualifiedName, String) {
    fn write(&self) -> Option<Value> {
        Some(pair("column", self.1.write(), "table", self.0.write()))
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let mut object = object(value, place)?;
        match (object.remove("table"), object.remove("column")) {
            (Some(table), Some(column)) if object.is_empty() => Ok((
                Fact::read(table, place.key("table"))?,
                Fact::read(column, place.key("column"))?,
            )),
            _ => Err(place.error("should have `table` and `column`")),
        }
    }
}

/// A table as `{"table": …}`, a type and an identity likewise, objects of a name as the name.
impl Fact for Dependency {
    fn write(&self) -> Option<Value> {
        Some(match self {
            Self::Table(name) => tagged("table", name.write()),
            Self::Type(name) => tagged("type", name.write()),
            Self::Identity(identity) => tagged("object", identity.write()),
            Self::Object(name) => name.as_str().into(),
        })
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        match tag(value, place)? {
            (name, None) => Ok(Self::Object(name)),
            (tag, Some(value)) if tag == "table" => {
                Fact::read(value, place.key(&tag)).map(Self::Table)
            }
            (tag, Some(value)) if tag == "type" => {
                Fact::read(value, place.key(&tag)).map(Self::Type)
            }
            (tag, Some(value)) if tag == "object" => {
                Fact::read(value, place.key(&tag)).map(Self::Identity)
            }
            (other, _) => Err(place.key(&other).error("is not known")),
        }
    }
}

/// A word, or with columns of its own a list under it.
impl Fact for ReferentialAction {
    fn write(&self) -> Option<Value> {
        let with = |word: &str, columns: &Vec<String>| match columns.write() {
            None => word.into(),
            columns => tagged(word, columns),
        };
        Some(match self {
            Self::NoAction => return None,
            Self::Restrict => "restrict".into(),
            Self::Cascade => "cascade".into(),
            Self::SetNull(columns) => with("set null", columns),
            Self::SetDefault(columns) => with("set default", columns),
        })
    }

    fn read(value: Value, place: Place<'_>) -> Result<Self, SnapshotError> {
        let (word, columns) = tag(value, place)?;
        let columns = match columns {
            Some(columns) => Fact::read(columns, place.key(&word))?,
            None => Vec::new(),
        };
        match word.as_str() {
            "restrict" if columns.is_empty() => Ok(Self::Restrict),
            "cascade" if columns.is_empty() => Ok(Self::Cascade),
            "set null" => Ok(Self::SetNull(columns)),
            "set default" => Ok(Self::SetDefault(columns)),
            _ => Err(place.key(&word).error("is not known")),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::NoAction)
    }
}

fn pair(one: &str, value: Option<Value>, other: &str, second: Option<Value>) -> Value {
    let entries = [(one, value), (other, second)];
    let entries = entries.map(|(key, value)| (key.to_owned(), value.unwrap_or_default()));
    Value::Object(entries.into_iter().collect())
}

fn tagged(tag: &str, value: Option<Value>) -> Value {
    let entry = (tag.to_owned(), value.unwrap_or_default());
    Value::Object([entry].into_iter().collect())
}

/// Reads a word, or an object with one key.
fn tag(value: Value, place: Place<'_>) -> Result<(String, Option<Value>), SnapshotError> {
    match value {
        Value::String(word) => Ok((word, None)),
        Value::Object(object) if object.len() == 1 => {
            let mut entries = object.into_iter();
            let entry = entries.next().map(|(tag, value)| (tag, Some(value)));
            entry.ok_or_else(|| place.error("is empty"))
        }
        _ => Err(place.error("should be a string, or an object with one key")),
    }
}
